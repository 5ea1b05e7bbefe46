/* rust, crates, profiles. */
#include "specs/maker.h"

#include <string.h>

static const struct attribute *
tag_rows(const char *extension, const char *tag)
{
	return extension_tag(catalogue_extension(extension), tag)->attributes;
}

static bool
rust_is(struct maker *maker, const char *since, const char *last)
{
	return version_in_range(maker->rules_rust, since, last);
}

/* ---- rust ---- */

/* Whether rules_rust sets up this machine by itself. */
static bool
is_default_machine(struct maker *maker, const char *triple)
{
	for (const struct rust_exec_set *set = rust_exec_sets(); set->triple != NULL; set++) {
		if (strcmp(set->triple, triple) == 0 && rust_is(maker, set->since, set->last))
			return true;
	}
	return false;
}

static void
put_triples(struct maker *maker, bool of_machines)
{
	const char **triples = triple_supported(maker->arena, maker->rules_rust);
	size_t count = 0;
	size_t at;

	while (triples[count] != NULL)
		count++;
	at = below(maker, count);
	list_begin(maker);
	for (size_t i = below(maker, 5); i > 0; i--) {
		struct triple_constraints constraints;
		const char *triple = triples[(at + i * 7) % count];

		if (!triple_map(str_from(triple), maker->rules_rust, &constraints))
			continue;
		if (of_machines && rust_is(maker, NULL, "0.55.999") &&
		    !is_default_machine(maker, triple))
			continue;
		put_text(maker, triple);
	}
	list_end(maker);
}

static void
put_channels(struct maker *maker)
{
	static const char *const channels[] = {"stable", "beta", "nightly"};
	size_t least = below(maker, 3);
	bool has[3];

	for (size_t i = 0; i < COUNT(channels); i++)
		has[i] = i == least || chance(maker, 40);
	put_plain(maker, "versions");
	map_begin(maker);
	for (size_t i = 0; i < COUNT(channels); i++) {
		if (has[i])
			put_pair(maker, channels[i], i == 0 ? "1.85.0" : "2025-02-20");
	}
	map_end(maker);
	if (!has[0])
		maker->has_flags = true;
	if (chance(maker, 30)) {
		put_pair(maker, "channel", channels[least]);
		maker->has_flags = least > 0;
	}
}

void
put_rust(struct maker *maker)
{
	if (chance(maker, 15))
		return;
	put_plain(maker, "rust");
	map_begin(maker);
	maker->needs_editions = chance(maker, 20);
	if (!maker->needs_editions)
		put_pair(maker, "edition", chance(maker, 70) ? "2021" : "2018");
	if (chance(maker, 50))
		put_channels(maker);
	else if (chance(maker, 60))
		put_pair(maker, "version", "1.86.0");
	if (chance(maker, 30)) {
		put_plain(maker, "exec_triples");
		put_triples(maker, true);
	}
	if (chance(maker, 40)) {
		put_plain(maker, "extra_target_triples");
		put_triples(maker, false);
	}
	if (chance(maker, 30)) {
		put_plain(maker, "host_tools");
		map_begin(maker);
		if (rust_is(maker, "0.57.0", NULL) && chance(maker, 50)) {
			maker->host_tools = unique(maker, "host_tools_");
			put_pair(maker, "name", maker->host_tools);
		}
		put_some_rows(maker, tag_rows("rust_host_tools", "host_tools"), "|name|", 40);
		map_end(maker);
	}
	if (chance(maker, 40)) {
		put_plain(maker, "toolchain");
		map_begin(maker);
		put_some_rows(maker, tag_rows("rust", "toolchain"),
			      "|edition|versions|extra_target_triples|", 30);
		map_end(maker);
	}
	map_end(maker);
}

/* ---- specs ---- */

static void
put_source(struct maker *maker)
{
	static const char *const refs[] = {"branch", "tag", "rev"};
	static const char *const versions[] = {"1.0",    "=1.2.3", ">=1.2, <2", "*",
					       "^0.3.1", "1.*",    "~1",        "2.0.0-rc.1"};

	if (chance(maker, 15) && rust_is(maker, "0.66.0", NULL)) {
		put_pair(maker, "path", "crates/local one");
	} else if (chance(maker, 25)) {
		put_pair(maker, "git", "https://example.com/\"x\".git");
		if (chance(maker, 60))
			put_pair(maker, PICK(maker, refs), "main");
		if (chance(maker, 20))
			put_pair(maker, "version", "1.0");
	} else {
		put_pair(maker, "version", PICK(maker, versions));
	}
}

static void
put_spec(struct maker *maker, struct made_hub *hub, const char *crate)
{
	const char *name = crate;
	bool is_proc_macro = crate_is_proc_macro(str_from(crate));

	put_plain(maker, crate);
	if (chance(maker, 40)) {
		put_text(maker, chance(maker, 50) ? "1.0" : "0.4.1");
	} else {
		map_begin(maker);
		put_source(maker);
		if (rust_is(maker, "0.70.0", NULL) && chance(maker, 15)) {
			name = unique(maker, "alias-of-");
			put_pair(maker, "package_alias", name);
		}
		if (chance(maker, 15)) {
			is_proc_macro = chance(maker, 30);
			put_plain(maker, "proc_macro");
			put_plain(maker, is_proc_macro ? "true" : "false");
		}
		put_some_rows(
			maker, tag_rows("crate", "spec"),
			"|package|package_alias|repositories|version|git|branch|tag|rev|path|", 30);
		map_end(maker);
	}
	if (hub->crate_count == CRATES_MAX)
		return;
	hub->is_proc_macro[hub->crate_count] = is_proc_macro;
	hub->crates[hub->crate_count++] = name;
}

static void
put_specs(struct maker *maker, struct made_hub *hub)
{
	static const char *const names[] = {"serde",    "tokio",     "anyhow",     "async-trait",
					    "rand",     "thiserror", "serde_json", "clap_derive",
					    "X509",     "_private",  "a-b_c",      "tracing",
					    "criterion"};
	size_t first = below(maker, COUNT(names));

	put_plain(maker, "specs");
	map_begin(maker);
	for (size_t i = 1 + below(maker, 6); i > 0; i--)
		put_spec(maker, hub, names[(first + i) % COUNT(names)]);
	map_end(maker);
}

/* ---- annotations ---- */

static void
put_annotation(struct maker *maker, const char *version)
{
	static const char *const triples[] = {"x86_64-unknown-linux-gnu", "aarch64-apple-darwin",
					      "wasm32-unknown-unknown"};

	map_begin(maker);
	if (version != NULL)
		put_pair(maker, "version", version);
	put_some_rows(maker, tag_rows("crate", "annotation"), "|crate|repositories|version|", 12);
	if (rust_is(maker, "0.66.0", NULL) && chance(maker, 25)) {
		put_plain(maker, "select");
		map_begin(maker);
		for (size_t i = 0; i < 1 + below(maker, COUNT(triples)); i++) {
			if (i == COUNT(triples))
				break;
			put_plain(maker, triples[i]);
			map_begin(maker);
			put_some_rows(maker, tag_rows("crate", "annotation_select"),
				      "|crate|repositories|version|triples|", 15);
			map_end(maker);
		}
		map_end(maker);
	}
	map_end(maker);
}

static void
put_annotations(struct maker *maker)
{
	static const char *const crates[] = {"ring", "openssl-sys", "serde", "_x", "zstd-sys"};

	put_plain(maker, "annotations");
	map_begin(maker);
	for (size_t i = 0; i < below(maker, COUNT(crates) + 1); i++) {
		if (i == COUNT(crates))
			break;
		put_plain(maker, crates[i]);
		if (chance(maker, 70)) {
			put_annotation(maker, chance(maker, 20) ? "1.0" : NULL);
			continue;
		}
		list_begin(maker);
		put_annotation(maker, "1.0.0");
		put_annotation(maker, "2.*");
		if (chance(maker, 50))
			put_annotation(maker, NULL);
		list_end(maker);
	}
	map_end(maker);
}

/* ---- hubs ---- */

static void
put_hub_file(struct maker *maker, const char *key, const char *path)
{
	const char *name = unique(maker, path);

	if (chance(maker, 30)) {
		need_package(maker, "cargo files");
		need_file(maker, text_of(maker, "cargo files/%s", name), "");
		name = text_of(maker, "//cargo files:%s", name);
	} else {
		need_file(maker, name, "");
	}
	put_pair(maker, key, name);
}

static void
put_from_cargo(struct maker *maker)
{
	put_plain(maker, "from_cargo");
	map_begin(maker);
	need_file(maker, "Cargo.toml", "[workspace]\n");
	need_file(maker, "Cargo.lock", "version = 4\n");
	if (chance(maker, 50)) {
		put_plain(maker, "manifests");
		list_begin(maker);
		put_text(maker, chance(maker, 50) ? "Cargo.toml" : "./Cargo.toml");
		need_file(maker, "some member/Cargo.toml", "[package]\n");
		if (chance(maker, 50))
			put_text(maker, "some member/Cargo.toml");
		list_end(maker);
	}
	if (chance(maker, 50))
		put_hub_file(maker, "cargo_lockfile", "Cargo.lock.");
	if (rust_is(maker, "0.57.0", NULL) && chance(maker, 30))
		put_hub_file(maker, "lockfile", "lock.json.");
	put_some_rows(maker, tag_rows("crate", "from_cargo"),
		      "|manifests|cargo_lockfile|lockfile|cargo_config|name|splicing_config|"
		      "host_tools|host_tools_repo|isolated|generate_binaries|",
		      25);
	map_end(maker);
}

/* Rows that both tags have, so that they can stand beside either. */
static void
put_hub_rows(struct maker *maker)
{
	if (chance(maker, 30)) {
		put_plain(maker, "isolated");
		put_plain(maker, "true");
	}
	if (chance(maker, 30)) {
		put_plain(maker, "generate_binaries");
		put_bool(maker);
	}
	if (rust_is(maker, "0.61.0", NULL) && maker->host_tools != NULL && chance(maker, 50))
		put_pair(maker, "host_tools", text_of(maker, "@%s", maker->host_tools));
}

/* Up to 0.56 specs go to every hub that has some. */
static bool
may_have_specs(struct maker *maker, const struct made_hub *hub)
{
	if (rust_is(maker, "0.57.0", NULL))
		return true;
	for (size_t i = 0; i < maker->hub_count; i++) {
		if (maker->hubs[i].has_specs || (&maker->hubs[i] == hub && hub->has_cargo))
			return false;
	}
	return true;
}

static void
put_hub(struct maker *maker, struct made_hub *hub)
{
	hub->has_cargo = chance(maker, 35);
	if (may_have_specs(maker, hub) && (!hub->has_cargo || chance(maker, 25))) {
		hub->has_specs = true;
		put_specs(maker, hub);
	} else {
		hub->has_cargo = true;
	}
	if (hub->has_cargo) {
		put_from_cargo(maker);
		if (hub->crate_count < CRATES_MAX)
			hub->crates[hub->crate_count++] = "from_cargo";
	}
	if (chance(maker, 40))
		put_annotations(maker);
	if (rust_is(maker, "0.57.0", NULL)) {
		put_hub_rows(maker);
		if (chance(maker, 25)) {
			put_plain(maker, "render_config");
			map_begin(maker);
			put_some_rows(maker, tag_rows("crate", "render_config"), "|repositories|",
				      30);
			map_end(maker);
		}
		if (chance(maker, 15)) {
			put_plain(maker, "splicing_config");
			map_begin(maker);
			put_pair(maker, "resolver_version", "2");
			map_end(maker);
		}
	}
}

static struct made_hub *
add_hub(struct maker *maker, const char *name)
{
	struct made_hub *hub = &maker->hubs[maker->hub_count++];

	*hub = (struct made_hub){.name = name};
	return hub;
}

static void
put_external(struct maker *maker, struct made_hub *hub)
{
	hub->is_external = true;
	hub->crates[hub->crate_count++] = "made_elsewhere";
	if (chance(maker, 60)) {
		put_text(maker, "external");
		return;
	}
	map_begin(maker);
	put_pair(maker, "origin", "external");
	map_end(maker);
}

static void
put_hubs(struct maker *maker)
{
	put_plain(maker, "hubs");
	map_begin(maker);
	for (size_t i = below(maker, HUBS_MAX); i > 0; i--) {
		const char *name = unique(maker, chance(maker, 70) ? "hub" : "Hub.x-");
		struct made_hub *hub = add_hub(maker, name);

		put_plain(maker, name);
		if (chance(maker, 25)) {
			put_external(maker, hub);
			continue;
		}
		map_begin(maker);
		put_hub(maker, hub);
		map_end(maker);
	}
	map_end(maker);
}

void
put_crates(struct maker *maker)
{
	bool has_main = chance(maker, 85);
	const char *name = "crates";

	if (chance(maker, 20))
		return;
	put_plain(maker, "crates");
	map_begin(maker);
	if (chance(maker, 30)) {
		name = unique(maker, "my_crates");
		put_pair(maker, "repository", name);
	}
	if (has_main)
		put_hub(maker, add_hub(maker, name));
	if (!has_main || chance(maker, 30))
		put_hubs(maker);
	map_end(maker);
}

/* ---- profiles ---- */

static void
put_profile(struct maker *maker, const char *name)
{
	static const char *const flags[] = {"-Ctarget-cpu=native",
					    "-Clink-arg=-Wl,-z,now",
					    "--cfg=feature=\"x y\"",
					    "-Wunused",
					    "-C",
					    "a\\b"};

	put_plain(maker, name);
	map_begin(maker);
	if (chance(maker, 50))
		put_pair(maker, "opt_level", chance(maker, 50) ? "3" : "z");
	if (chance(maker, 50)) {
		/* 0.56 cannot do without its own -Cembed-bitcode=no */
		bool is_off = rust_is(maker, "0.56.0", "0.56.999") || chance(maker, 40);

		put_pair(maker, "lto", is_off ? "off" : chance(maker, 50) ? "thin" : "fat");
		maker->has_flags |= !is_off && rust_is(maker, "0.57.0", NULL);
	}
	if (chance(maker, 50)) {
		put_plain(maker, "codegen_units");
		put_int(maker, 1 + (long long)below(maker, 256));
	}
	if (chance(maker, 30))
		put_pair(maker, "panic", "abort");
	if (chance(maker, 30))
		put_pair(maker, "strip", "debuginfo");
	if (chance(maker, 30))
		put_pair(maker, "debug", chance(maker, 50) ? "2" : "line-tables-only");
	if (chance(maker, 30)) {
		put_plain(maker, "overflow_checks");
		put_bool(maker);
	}
	if (chance(maker, 50)) {
		put_plain(maker, "rustc_flags");
		list_begin(maker);
		for (size_t i = below(maker, 4); i > 0; i--)
			put_text(maker, PICK(maker, flags));
		list_end(maker);
	}
	map_end(maker);
}

void
put_profiles(struct maker *maker)
{
	if (chance(maker, 40))
		return;
	maker->has_profiles = true;
	put_plain(maker, "profiles");
	map_begin(maker);
	if (chance(maker, 80))
		put_profile(maker, "release");
	if (chance(maker, 60))
		put_profile(maker, "dev");
	map_end(maker);
}

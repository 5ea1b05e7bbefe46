/* module, layout, bazel_deps, overrides, extensions, repositories, registrations. */
#include "specs/maker.h"

#include <string.h>

#include "catalogue/directives.h"

/* ---- versions ---- */

static bool
is_yanked(const struct module *module, const char *version)
{
	for (size_t i = 0; module->yanked != NULL && module->yanked[i] != NULL; i++) {
		if (strcmp(module->yanked[i], version) == 0)
			return true;
	}
	return false;
}

/* A version of a module from the registry, `least` or later. */
static const char *
some_version(struct maker *maker, const char *name, const char *least)
{
	const struct module *module = catalogue_module(str_from(name));
	size_t count = 0;
	const char *version;

	while (module->versions[count] != NULL)
		count++;
	do {
		version = module->versions[below(maker, count)];
	} while (is_yanked(module, version) || !version_in_range(str_from(version), least, NULL));
	return version;
}

static void
add_repo(struct maker *maker, const char *name)
{
	if (maker->repo_count < REPOS_MAX)
		maker->repos[maker->repo_count++] = name;
}

void
plan_rulesets(struct maker *maker)
{
	maker->set = catalogue_set(chance(maker, 40) ? STR("2024-07") : STR(""));
	maker->rules_rust = str_from(catalogue_pin(maker->set, STR("rules_rust")));
	maker->rules_pkg = str_from(catalogue_pin(maker->set, STR("rules_pkg")));
	if (chance(maker, 50))
		maker->rules_rust = str_from(some_version(maker, "rules_rust", "0.46.0"));
	if (chance(maker, 30))
		maker->rules_pkg = str_from(some_version(maker, "rules_pkg", "0.7.0"));
	maker->is_segment = chance(maker, 15);
	maker->build_file = chance(maker, 20) ? "BUILD" : "BUILD.bazel";
	maker->bazelrc = "build/bzlmodgen.bazelrc";
	maker->has_manual_package = chance(maker, 40);
	if (maker->has_manual_package)
		need_file(maker, chance(maker, 50) ? "manual/BUILD" : "manual/BUILD.bazel", "");
	if (maker->is_segment)
		need_file(maker, "MODULE.bazel",
			  "module(name = \"by_hand\")\n\ninclude(\"//:bzlmodgen.MODULE.bazel\")\n");
	if (chance(maker, 15))
		need_file(maker, ".bazelrc",
			  chance(maker, 50) ? "import %workspace%/build/bzlmodgen.bazelrc\n"
					    : "build --keep_going\n");
}

/* ---- module, layout ---- */

static void
put_compatibility(struct maker *maker)
{
	static const char *const conditions[] = {">=7.0.0", "<10.0.0", "-7.0.1", "<=9.9.9",
						 ">6.1.0"};

	put_plain(maker, "bazel_compatibility");
	list_begin(maker);
	for (size_t i = below(maker, 3); i > 0; i--)
		put_text(maker, PICK(maker, conditions));
	list_end(maker);
}

static void
put_module(struct maker *maker)
{
	static const char *const names[] = {"my_service", "a", "with-dash", "with.dot", "x_1"};
	const char *name = PICK(maker, names);

	if (maker->is_segment || chance(maker, 20))
		return;
	put_plain(maker, "module");
	map_begin(maker);
	if (chance(maker, 90)) {
		put_pair(maker, "name", name);
		maker->own_repo = name;
	}
	if (chance(maker, 70))
		put_pair(maker, "version", chance(maker, 50) ? "0.1.0" : "1.2.3-rc.1+x");
	if (maker->own_repo != NULL && chance(maker, 25)) {
		maker->own_repo = "own_name";
		put_pair(maker, "repo_name", maker->own_repo);
	}
	if (chance(maker, 30)) {
		put_plain(maker, "compatibility_level");
		put_int(maker, (long long)below(maker, 4));
	}
	if (chance(maker, 40))
		put_compatibility(maker);
	map_end(maker);
}

static void
put_layout(struct maker *maker)
{
	bool is_build = strcmp(maker->build_file, "BUILD") == 0;

	if (!maker->is_segment && !is_build && chance(maker, 50))
		return;
	put_plain(maker, "layout");
	map_begin(maker);
	if (maker->is_segment || chance(maker, 30))
		put_pair(maker, "module", maker->is_segment ? "segment" : "file");
	if (is_build || chance(maker, 30))
		put_pair(maker, "build_file", maker->build_file);
	/* beside a file BUILD, some disks have no room for a folder build */
	if (is_build || chance(maker, 30)) {
		put_pair(maker, "build_dir", "tools/bazel");
		maker->bazelrc = "tools/bazel/bzlmodgen.bazelrc";
	}
	if (chance(maker, 30)) {
		maker->bazelrc = chance(maker, 40) ? NULL : "etc/our flags.rc";
		put_pair(maker, "bazelrc", maker->bazelrc == NULL ? "none" : maker->bazelrc);
	}
	if (chance(maker, 40))
		put_pair(maker, "bazelversion",
			 chance(maker, 50) ? "7.7.1" : "9.0.0-pre.20250101.1");
	map_end(maker);
}

/* ---- bazel_deps ---- */

/* A module that outputs need stays visible. */
static void
put_dep(struct maker *maker, const char *name, const char *version, bool may_hide)
{
	bool is_user = maker->is_segment && version != NULL && !may_hide && chance(maker, 20) &&
		       catalogue_pin(maker->set, str_from(name)) != NULL &&
		       strcmp(catalogue_pin(maker->set, str_from(name)), version) == 0;
	bool may_rename = strcmp(name, "platforms") != 0 && strcmp(name, "bazel_skylib") != 0;
	const char *repo = name;

	put_plain(maker, name);
	if (is_user)
		version = "user";
	if (version != NULL && chance(maker, 40)) {
		put_text(maker, version);
		add_repo(maker, repo);
		return;
	}
	map_begin(maker);
	if (version != NULL)
		put_pair(maker, "version", version);
	if (chance(maker, 25)) {
		put_plain(maker, "dev_dependency");
		put_bool(maker);
	}
	if (may_hide && chance(maker, 15))
		repo = NULL;
	else if (may_rename && chance(maker, 30))
		repo = unique(maker, chance(maker, 50) ? "Other-repo.name" : "renamed_");
	if (repo != name)
		put_pair(maker, "repo_name", repo == NULL ? "none" : repo);
	if (chance(maker, 15)) {
		put_plain(maker, "max_compatibility_level");
		put_int(maker, (long long)below(maker, 5));
	}
	map_end(maker);
	if (repo != NULL)
		add_repo(maker, repo);
}

/* Rulesets in use: named where the version is another than the pin, else sometimes. */
static void
put_ruleset(struct maker *maker, const char *name, struct str version)
{
	const char *pin = catalogue_pin(maker->set, str_from(name));
	bool is_pin = str_is(version, pin);

	if (is_pin && chance(maker, 50))
		return;
	put_dep(maker, name, is_pin && chance(maker, 30) ? NULL : version.at, false);
}

/* True: it leaves `overrides` open, of which one of its modules needs an entry. */
static bool
put_bazel_deps(struct maker *maker)
{
	static const char *const known[] = {"rules_cc",   "rules_python", "platforms",
					    "rules_java", "bazel_skylib", "rules_shell",
					    "protobuf",   "zlib",         "tar.bzl"};
	size_t first = below(maker, COUNT(known));

	if (str_is(maker->rules_rust, catalogue_pin(maker->set, STR("rules_rust"))) &&
	    str_is(maker->rules_pkg, catalogue_pin(maker->set, STR("rules_pkg"))) &&
	    chance(maker, 40))
		return false;
	put_plain(maker, "bazel_deps");
	map_begin(maker);
	put_ruleset(maker, "rules_rust", maker->rules_rust);
	for (size_t i = below(maker, 4); i > 0; i--) {
		const char *name = known[(first + i) % COUNT(known)];

		put_dep(maker, name, some_version(maker, name, NULL),
			strcmp(name, "platforms") != 0 && strcmp(name, "bazel_skylib") != 0);
	}
	put_ruleset(maker, "rules_pkg", maker->rules_pkg);
	for (size_t i = below(maker, 3); i > 0; i--)
		put_dep(maker, unique(maker, "strange.module-"), "2.0.bcr.1", true);
	/* only an override says where it comes from */
	put_dep(maker, "local_only", NULL, true);
	map_end(maker);
	put_plain(maker, "overrides");
	map_begin(maker);
	put_plain(maker, "local_only");
	map_begin(maker);
	put_pair(maker, "local_path", chance(maker, 50) ? "../else where" : "/srv/\"module\"");
	map_end(maker);
	return true;
}

/* ---- overrides ---- */

static void
put_override(struct maker *maker)
{
	static const struct {
		const char *key;
		const char *directive;
	} forms[] = {
		{"git", "git_override"},
		{"archive", "archive_override"},
		{"single_version", "single_version_override"},
		{"multiple_version", "multiple_version_override"},
	};
	size_t form = below(maker, COUNT(forms) + 1);

	map_begin(maker);
	if (form == COUNT(forms)) {
		put_pair(maker, "local_path", "../sibling");
	} else {
		put_plain(maker, forms[form].key);
		map_begin(maker);
		put_some_rows(maker, directive_attributes(forms[form].directive), "", 40);
		map_end(maker);
	}
	map_end(maker);
}

static void
put_overrides(struct maker *maker)
{
	for (size_t i = below(maker, 3); i > 0; i--) {
		put_plain(maker, unique(maker, "deep_module_"));
		put_override(maker);
	}
	if (chance(maker, 15)) {
		put_plain(maker, "rules_rust");
		put_override(maker);
	}
}

void
put_module_parts(struct maker *maker)
{
	put_module(maker);
	put_layout(maker);
	if (!put_bazel_deps(maker)) {
		put_plain(maker, "overrides");
		map_begin(maker);
	}
	put_overrides(maker);
	map_end(maker);
}

/* ---- extensions ---- */

/* The label of a .bzl file of the project or of a module. */
static const char *
bzl_label(struct maker *maker, const char *name)
{
	switch (below(maker, 4)) {
	case 0:
		if (maker->repo_count > 0)
			return text_of(maker, "@%s//ext:%s.bzl",
				       maker->repos[below(maker, maker->repo_count)], name);
		return text_of(maker, "@bazel_tools//tools/x:%s.bzl", name);
	case 1:
		return text_of(maker, "@bazel_tools//tools/x:%s.bzl", name);
	case 2:
		return text_of(maker, "@bazel_skylib//lib:%s.bzl", name);
	default:
		need_package(maker, "tools/ext");
		return text_of(maker, "//tools/ext:%s.bzl", name);
	}
}

static void
put_attributes(struct maker *maker)
{
	static const char *const names[] = {"name", "version",    "srcs",   "urls",
					    "tags", "deps",       "sha256", "_under",
					    "zz",   "visibility", "B",      "patches"};
	size_t first = below(maker, COUNT(names));
	size_t count = below(maker, 5);

	map_begin(maker);
	for (size_t i = 0; i < count; i++) {
		const char *name = names[(first + i * 5) % COUNT(names)];

		put_plain(maker, strcmp(name, "name") == 0 ? "nome" : name);
		put_anything(maker, true, 3);
	}
	map_end(maker);
}

static void
put_uses(struct maker *maker, size_t count)
{
	list_begin(maker);
	for (size_t i = count; i > 0; i--) {
		const char *repo =
			unique(maker, PICK(maker, ((const char *const[]){"repo_", "Repo.x-", "r-",
									 "zz.", "a_"})));

		add_repo(maker, repo);
		if (chance(maker, 60)) {
			put_text(maker, repo);
			continue;
		}
		map_begin(maker);
		put_text(maker, repo);
		put_text(maker, unique(maker, chance(maker, 50) ? "theirs_" : "their-s."));
		map_end(maker);
	}
	list_end(maker);
}

static void
put_extension(struct maker *maker)
{
	const char *proxy = unique(maker, chance(maker, 50) ? "pip" : "_ext");
	bool has_tags = chance(maker, 70);

	put_plain(maker, proxy);
	map_begin(maker);
	put_pair(maker, "file", bzl_label(maker, "extensions"));
	if (chance(maker, 40))
		put_pair(maker, "name", "some_extension");
	if (chance(maker, 30)) {
		put_plain(maker, "dev_dependency");
		put_bool(maker);
	}
	if (has_tags) {
		put_plain(maker, "tags");
		list_begin(maker);
		for (size_t i = 1 + below(maker, 3); i > 0; i--) {
			map_begin(maker);
			put_plain(maker, chance(maker, 50) ? "toolchain" : "install");
			put_attributes(maker);
			map_end(maker);
		}
		list_end(maker);
	}
	if (!has_tags || chance(maker, 70)) {
		put_plain(maker, "use_repo");
		put_uses(maker, has_tags ? below(maker, 5) : 1 + below(maker, 4));
	}
	map_end(maker);
}

static void
put_repository(struct maker *maker)
{
	static const char *const rules[] = {"http_archive", "http_archive", "HttpFile",
					    "fetch",        "fetch_2",      "fetch_3"};
	static const char *const files[] = {"one", "two", "three"};
	const char *name = unique(maker, chance(maker, 50) ? "archive_" : "arch.ive-");
	const char *rule = PICK(maker, rules);
	const char *file = text_of(maker, "//tools:%s.bzl", PICK(maker, files));

	need_package(maker, "tools");
	if (strncmp(rule, "http", 4) == 0 || strncmp(rule, "Http", 4) == 0)
		file = "@bazel_tools//tools/build_defs/repo:http.bzl";
	put_plain(maker, name);
	map_begin(maker);
	put_pair(maker, "rule", text_of(maker, "%s%%%s", file, rule));
	if (chance(maker, 25)) {
		put_plain(maker, "dev_dependency");
		put_bool(maker);
	}
	if (chance(maker, 80)) {
		put_plain(maker, "attrs");
		put_attributes(maker);
	}
	map_end(maker);
	add_repo(maker, name);
}

void
put_extensions(struct maker *maker)
{
	if (chance(maker, 50)) {
		put_plain(maker, "extensions");
		map_begin(maker);
		for (size_t i = below(maker, 4); i > 0; i--)
			put_extension(maker);
		map_end(maker);
	}
	if (chance(maker, 50)) {
		put_plain(maker, "repositories");
		map_begin(maker);
		for (size_t i = below(maker, 7); i > 0; i--)
			put_repository(maker);
		map_end(maker);
	}
}

/* ---- registrations ---- */

static void
put_registration(struct maker *maker)
{
	static const char *const labels[] = {"//toolchains:all",
					     "//...",
					     "//a/b/...",
					     "//x:y",
					     "//tools/with space:all",
					     "@bazel_tools//tools/cpp:all",
					     "//toolchains:toolchains",
					     "@platforms//host:all"};
	const char *label = PICK(maker, labels);

	need_package(maker, "toolchains");
	need_package(maker, "x");
	need_package(maker, "tools/with space");
	if (maker->repo_count > 0 && chance(maker, 40))
		label = text_of(maker, "@%s//x:all", maker->repos[below(maker, maker->repo_count)]);
	if (chance(maker, 60)) {
		put_text(maker, label);
		return;
	}
	map_begin(maker);
	put_pair(maker, "label", label);
	put_plain(maker, "dev_dependency");
	put_bool(maker);
	map_end(maker);
}

void
put_registrations(struct maker *maker)
{
	static const char *const keys[] = {"toolchains", "execution_platforms"};

	for (size_t key = 0; key < COUNT(keys); key++) {
		if (chance(maker, 50))
			continue;
		put_plain(maker, keys[key]);
		list_begin(maker);
		for (size_t i = below(maker, 6); i > 0; i--)
			put_registration(maker);
		list_end(maker);
	}
}

/* packages and raw. What stands where is decided first, so that labels can lead to it. */
#include "specs/maker.h"

#include <string.h>

#include "catalogue/directives.h"

/* ---- plan ---- */

static const char *const foreign_rules[] = {
	/* with a load(), from a file of their own */
	"my_rule",
	"other_rule",
	"sh_thing",
	"macro_x",
	/* native */
	"toolchain_type",
	"package_group",
	"toolchain",
};
enum { LOADED_RULES = 4 };

static const struct rule *
some_rule(struct maker *maker)
{
	const struct rule *rules = catalogue_rules();
	size_t count = 0;

	while (rules[count].name != NULL)
		count++;
	for (;;) {
		const struct rule *rule = &rules[below(maker, count)];
		struct str version = maker->rules_rust;

		if (rule->module != NULL && strcmp(rule->module, "rules_pkg") == 0)
			version = maker->rules_pkg;
		if (rule->module == NULL || version_in_range(version, rule->since, rule->last))
			return rule;
	}
}

static const char *
some_name(struct maker *maker, const struct rule *rule)
{
	static const char *const plain[] = {"lib", "main-bin", "x_", "Server", "t"};
	static const char *const strange[] = {
		"a b",   "q\"uote", "sub/dir", "v1.2+x", "gr\xc3\xbc\xc3\x9f",
		"it's",  "a=b,c",   "$x",      "[1]",    "~t",
		"(p)",   "a#b",     "@x",      "{{x}}",  "-dash",
		"&amp;", "%s"};

	if (rule == NULL || rule->module != NULL || chance(maker, 60))
		return unique(maker, PICK(maker, plain));
	return unique(maker, PICK(maker, strange));
}

void
plan_packages(struct maker *maker)
{
	static const char *const paths[] = {
		"",          "app", "lib/core",   "lib",
		"tools/x-y", "a.b", "deep/er/st", "third_party/@scope/pkg",
		"Upper",     "1/2", "a_b/c_d",    "lib/core/sub"};
	size_t first = below(maker, COUNT(paths));
	size_t count = chance(maker, 5) ? 0 : 1 + below(maker, PACKAGES_MAX);

	for (size_t i = 0; i < count; i++)
		maker->packages[maker->package_count++] = paths[(first + i * 5) % COUNT(paths)];
	for (size_t i = 0; i < count; i++)
		need_file(maker, in_package(maker, i, "NOTES"), "text\n");
	if (count == 0)
		return;
	for (size_t i = below(maker, TARGETS_MAX + 1); i > 0; i--) {
		struct made_target *target = &maker->targets[maker->target_count++];

		*target = (struct made_target){.package = below(maker, count)};
		if (chance(maker, 12))
			target->foreign = PICK(maker, foreign_rules);
		else
			target->rule = some_rule(maker);
		target->name = some_name(maker, target->rule);
		/* as the package's label without a target means it */
		if (chance(maker, 10) && strcmp(maker->packages[target->package], "app") == 0 &&
		    maker->has_manual_package) {
			target->name = "app";
			maker->has_manual_package = false;
		}
	}
}

/* ---- one target ---- */

static void
put_visibility(struct maker *maker)
{
	if (chance(maker, 50)) {
		put_pair(maker, "visibility", chance(maker, 70) ? "public" : "private");
		return;
	}
	put_plain(maker, "visibility");
	list_begin(maker);
	for (size_t i = below(maker, 4); i > 0; i--) {
		const char *path = maker->packages[below(maker, maker->package_count)];

		put_text(maker, text_of(maker, "//%s:%s", path,
					chance(maker, 50) ? "__pkg__" : "__subpackages__"));
	}
	if (chance(maker, 20))
		put_text(maker, "//visibility:public");
	list_end(maker);
}

static const char *
some_comment(struct maker *maker)
{
	static const char *const comments[] = {
		"Short.",
		"Two\nlines",
		"  indented\n\n\tand a gap\n",
		"#already # marked",
		"",
		"trailing blanks   \nnext\t",
		"gr\xc3\xbc\xc3\x9f \xf0\x9f\xa6\x80",
		"\\backslash\"quote",
		"bell \x07 and escape \x1b",
		"crlf\r\nline",
		")\n]",
		"\"\"\"",
		"TODO: x",
		"\n\nlate",
	};

	return PICK(maker, comments);
}

/* Sources with a root that rules_rust can find. */
static void
put_sources(struct maker *maker, const struct place *place, const struct made_target *target)
{
	bool is_main = (target->rule->flags & (RULE_BINARY | RULE_TEST | RULE_BUILD_SCRIPT)) != 0;
	const char *root = is_main ? "src/main.rs" : "src/lib.rs";
	size_t form = below(maker, 5);

	if (strcmp(target->rule->name, "rust_test_suite") == 0)
		form = 4;
	if (form == 3) {
		root = "src/some root.rs";
		put_pair(maker, "crate_root", root);
	}
	need_file(maker, in_package(maker, place->package, root), "");
	put_plain(maker, "srcs");
	if (form == 4) {
		map_begin(maker);
		put_plain(maker, "glob");
		list_begin(maker);
		put_text(maker, "src/**/*.rs");
		list_end(maker);
		map_end(maker);
		return;
	}
	list_begin(maker);
	if (form > 0) {
		need_file(maker, in_package(maker, place->package, "src/util.rs"), "");
		put_text(maker, "src/util.rs");
	}
	put_text(maker, root);
	list_end(maker);
}

static bool
takes(struct maker *maker, const struct rule *rule, const char *name)
{
	const struct attribute *row = rule_attribute(rule, str_from(name), maker->rules_rust);

	return row != NULL && version_has(maker->rules_rust, row);
}

static void
put_crate_names(struct maker *maker, const struct made_hub *hub)
{
	size_t first = below(maker, hub->crate_count);
	size_t count = below(maker, hub->crate_count + 1);

	list_begin(maker);
	for (size_t i = 0; i < count; i++)
		put_text(maker, hub->crates[(first + i) % hub->crate_count]);
	list_end(maker);
}

static void
put_all_crates(struct maker *maker)
{
	static const char *const kinds[] = {"normal",         "normal_dev", "proc_macro",
					    "proc_macro_dev", "build",      "build_proc_macro"};

	if (chance(maker, 50)) {
		put_text(maker, "all");
		return;
	}
	map_begin(maker);
	put_plain(maker, "all");
	list_begin(maker);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (chance(maker, 40))
			put_plain(maker, kinds[i]);
	}
	list_end(maker);
	if (chance(maker, 50)) {
		put_plain(maker, "aliases");
		put_bool(maker);
	}
	map_end(maker);
}

/* `crates` of a target, where its rule has all attributes that may follow from it. */
static void
put_target_crates(struct maker *maker, const struct rule *rule)
{
	const struct made_hub *first = &maker->hubs[0];

	if (!is_rust_rule(rule) || maker->hub_count == 0 || !takes(maker, rule, "deps") ||
	    !takes(maker, rule, "proc_macro_deps") || chance(maker, 40))
		return;
	put_plain(maker, "crates");
	if ((first->has_cargo || first->is_external) && takes(maker, rule, "aliases") &&
	    chance(maker, 50)) {
		put_all_crates(maker);
	} else if (first->crate_count > 0 && chance(maker, 50)) {
		put_crate_names(maker, first);
	} else {
		map_begin(maker);
		for (size_t i = 0; i < maker->hub_count; i++) {
			if (maker->hubs[i].crate_count == 0 || chance(maker, 40))
				continue;
			put_plain(maker, maker->hubs[i].name);
			put_crate_names(maker, &maker->hubs[i]);
		}
		map_end(maker);
	}
}

static void
put_unchecked(struct maker *maker)
{
	static const char *const names[] = {"exec_group", "_private", "zz", "generator_x", "B"};

	put_plain(maker, "attrs");
	map_begin(maker);
	for (size_t i = 0; i < COUNT(names); i++) {
		if (!chance(maker, 40))
			continue;
		put_plain(maker, names[i]);
		put_anything(maker, false, 2);
	}
	map_end(maker);
}

static void
put_keys(struct maker *maker, const struct rule *rule)
{
	if (chance(maker, 30))
		put_pair(maker, "comment", some_comment(maker));
	if (chance(maker, 30))
		put_visibility(maker);
	if (rule != NULL && takes(maker, rule, "rustc_flags") && chance(maker, 20)) {
		put_plain(maker, "profile");
		put_bool(maker);
	}
	if (rule != NULL && chance(maker, 15))
		put_unchecked(maker);
}

/* What a target is to have, and what stands there for itself or cannot. */
struct row_choice {
	bool has_root; /* sources with a crate root */
	bool has_crate; /* `crate` in their place */
};

static bool
is_barred(struct maker *maker, const struct rule *rule, const struct attribute *row,
	  const struct row_choice *choice)
{
	static const char *const always[] = {"name", "visibility"};
	bool is_source = strcmp(row->name, "srcs") == 0 || strcmp(row->name, "crate_root") == 0;

	for (size_t i = 0; i < COUNT(always); i++) {
		if (strcmp(row->name, always[i]) == 0)
			return true;
	}
	if (strcmp(row->name, "aliases") == 0 && maker->hub_count > 0)
		return true; /* `crates: all` makes some */
	if (strcmp(row->name, "values") == 0 && strcmp(rule->name, "config_setting") == 0)
		return true;
	if (strcmp(row->name, "parents") == 0)
		return true; /* one at most, and a platform */
	return (is_source && choice->has_root) || !has_row(maker, rule, row);
}

static bool
is_needed(struct maker *maker, const struct rule *rule, const struct attribute *row,
	  const struct row_choice *choice)
{
	if ((row->flags & ATTRIBUTE_REQUIRED) != 0)
		return true;
	if (strcmp(row->name, "crate") == 0)
		return choice->has_crate;
	if (strcmp(row->name, "edition") == 0 && is_rust_rule(rule) && maker->needs_editions)
		return true;
	if (strcmp(row->name, "cmd") == 0 && strcmp(rule->name, "genrule") == 0)
		return true;
	return chance(maker, 14);
}

static void
put_rows(struct maker *maker, const struct place *place, const struct made_target *target)
{
	const struct rule *rule = target->rule;
	bool is_suite = strcmp(rule->name, "rust_test_suite") == 0;
	struct row_choice choice = {
		.has_root = is_suite || takes(maker, rule, "crate_root"),
		.has_crate = !is_suite && takes(maker, rule, "crate") && chance(maker, 40),
	};

	if (choice.has_root && !choice.has_crate)
		put_sources(maker, place, target);
	if (strcmp(rule->name, "config_setting") == 0) {
		put_plain(maker, "values");
		map_begin(maker);
		put_pair(maker, "compilation_mode", "opt");
		map_end(maker);
	}
	for (size_t i = 0; rule->attributes[i] != NULL; i++) {
		for (const struct attribute *row = rule->attributes[i]; row->name != NULL; row++) {
			if (is_barred(maker, rule, row, &choice) ||
			    !is_needed(maker, rule, row, &choice))
				continue;
			put_plain(maker, row->name);
			put_attribute(maker, place, row);
		}
	}
}

static void
put_foreign(struct maker *maker, const struct made_target *target)
{
	static const char *const files[] = {"//manual:my_rule.bzl", "@bazel_skylib//rules:o.bzl",
					    "//tools:sh.bzl", "@bazel_tools//x:macro.bzl"};
	static const char *const names[] = {"srcs", "deps", "size", "out", "tags", "zz", "hdrs"};

	put_pair(maker, "rule", target->foreign);
	put_pair(maker, "name", target->name);
	for (size_t i = 0; i < LOADED_RULES; i++) {
		if (strcmp(foreign_rules[i], target->foreign) != 0)
			continue;
		if (files[i][0] == '/')
			need_package(maker, files[i][2] == 'm' ? "manual" : "tools");
		put_pair(maker, "load", files[i]);
	}
	put_keys(maker, NULL);
	if (chance(maker, 30))
		return;
	put_plain(maker, "attrs");
	map_begin(maker);
	for (size_t i = 0; i < COUNT(names); i++) {
		if (!chance(maker, 30))
			continue;
		put_plain(maker, names[i]);
		put_anything(maker, false, 3);
	}
	map_end(maker);
}

void
put_target(struct maker *maker, size_t at)
{
	const struct made_target *target = &maker->targets[at];
	struct place place = {.package = target->package, .before = at};

	map_begin(maker);
	if (target->foreign != NULL) {
		put_foreign(maker, target);
	} else {
		put_pair(maker, target->rule->name, target->name);
		put_rows(maker, &place, target);
		put_target_crates(maker, target->rule);
		put_keys(maker, target->rule);
	}
	map_end(maker);
}

/* ---- packages ---- */

static void
put_arguments(struct maker *maker, size_t package)
{
	struct place place = {.package = package, .before = 0};

	put_plain(maker, "package");
	map_begin(maker);
	for (const struct attribute *row = directive_attributes("package"); row->name != NULL;
	     row++) {
		if (!chance(maker, 35))
			continue;
		put_plain(maker, row->name);
		if (strcmp(row->name, "default_visibility") == 0 && chance(maker, 60))
			put_text(maker, chance(maker, 60) ? "public" : "private");
		else
			put_attribute(maker, &place, row);
	}
	map_end(maker);
}

static void
put_exports(struct maker *maker, size_t package)
{
	static const char *const files[] = {"LICENSE", "data/x y.txt", "z.txt", "a.txt", "B.txt"};
	size_t first = below(maker, COUNT(files));

	map_begin(maker);
	put_plain(maker, "exports_files");
	list_begin(maker);
	for (size_t i = 0; i < 1 + first; i++) {
		const char *file = files[(first + i * 2) % COUNT(files)];

		need_file(maker, in_package(maker, package, file), "");
		put_text(maker, file);
	}
	list_end(maker);
	if (chance(maker, 40))
		put_visibility(maker);
	if (chance(maker, 40))
		put_pair(maker, "comment", some_comment(maker));
	map_end(maker);
}

static void
put_targets(struct maker *maker, size_t package)
{
	bool has_exports = chance(maker, 25);

	list_begin(maker);
	for (size_t i = 0; i < maker->target_count; i++) {
		if (has_exports && i == maker->target_count / 2)
			put_exports(maker, package);
		if (maker->targets[i].package == package)
			put_target(maker, i);
	}
	list_end(maker);
}

void
put_packages(struct maker *maker)
{
	size_t first;

	if (maker->package_count == 0)
		return;
	first = below(maker, maker->package_count);
	put_plain(maker, "packages");
	map_begin(maker);
	for (size_t i = 0; i < maker->package_count; i++) {
		size_t package = (first + i) % maker->package_count;
		const char *path = maker->packages[package];

		put_text(maker, path[0] == '\0' && chance(maker, 50) ? "." : path);
		if (chance(maker, 60)) {
			put_targets(maker, package);
			continue;
		}
		map_begin(maker);
		if (chance(maker, 70))
			put_arguments(maker, package);
		put_plain(maker, "targets");
		put_targets(maker, package);
		map_end(maker);
	}
	map_end(maker);
}

/* ---- raw ---- */

void
put_raw(struct maker *maker)
{
	static const char *const build[] = {
		"# A comment.\n",
		"exports_files([\"by_hand.txt\"])",
		"filegroup(\n    name = \"by_hand\",\n    srcs = [\"a\\\"b\"],\n)\n\n\n",
		"[\n    filegroup(name = \"by_hand_%d\" % i)\n    for i in range(3)\n]\n",
	};
	bool has_package = maker->package_count > 0 && chance(maker, 60);

	if (chance(maker, 60))
		return;
	put_plain(maker, "raw");
	map_begin(maker);
	if (has_package)
		put_pair(maker,
			 in_package(maker, below(maker, maker->package_count), maker->build_file),
			 PICK(maker, build));
	if (chance(maker, 60))
		put_pair(maker, maker->is_segment ? "bzlmodgen.MODULE.bazel" : "MODULE.bazel",
			 chance(maker, 50) ? "# By hand.\n"
					   : "bazel_dep(name = \"by_hand\", version = \"1.0\")\n");
	if (maker->has_flags && maker->bazelrc != NULL && chance(maker, 60))
		put_pair(maker, maker->bazelrc, "build --jobs=4\n# \"quoted\"\n");
	map_end(maker);
}

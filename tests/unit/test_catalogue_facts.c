/*
 * Single facts about rulesets, written down apart from the tables: when an attribute came and
 * went, its type, whether it takes a select(). Versions are those in the registry.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalogue/catalogue.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* "crate.spec" is a tag of an extension, "rust_binary" a rule. */
static const struct attribute *
find(const char *owner, const char *name, struct str version)
{
	struct str tag_name = str_from(owner);
	struct str key = str_cut(&tag_name, '.');
	char text[64] = "";
	const struct tag_class *tag;

	if (tag_name.len == 0) {
		const struct rule *rule = catalogue_rule(key);

		assert_non_null(rule);
		return rule_attribute(rule, str_from(name), version);
	}
	memcpy(text, key.at, key.len);
	assert_non_null(catalogue_extension(text));
	tag = extension_tag(catalogue_extension(text), tag_name.at);
	assert_non_null(tag);
	return tag_attribute(tag, str_from(name), version);
}

struct history {
	const char *owner, *name;
	enum attribute_type type;
	const char *first, *last; /* versions in the registry; NULL: from 0.46.0 on, to the end */
};

static const struct history histories[] = {
	/* rust.toolchain */
	{"rust.toolchain", "edition", ATTRIBUTE_STRING, NULL, NULL},
	{"rust.toolchain", "versions", ATTRIBUTE_STRING_LIST, NULL, NULL},
	{"rust.toolchain", "aliases", ATTRIBUTE_STRING_DICT, "0.54.1", NULL},
	{"rust.toolchain", "extra_rustc_flags", ATTRIBUTE_STRING_LIST, "0.55.6", NULL},
	{"rust.toolchain", "extra_rustc_flags_triples", ATTRIBUTE_STRING_LIST_DICT, "0.55.6", NULL},
	{"rust.toolchain", "extra_exec_rustc_flags_triples", ATTRIBUTE_STRING_LIST_DICT, "0.71.0",
	 NULL},
	{"rust.toolchain", "target_settings", ATTRIBUTE_LABEL_LIST, "0.63.0", NULL},
	{"rust.toolchain", "strip_level", ATTRIBUTE_STRING_DICT, "0.70.0", NULL},
	{"rust.toolchain", "opt_level", ATTRIBUTE_STRING_DICT, "0.71.0", NULL},
	{"rust.toolchain", "global_allocator_library", ATTRIBUTE_LABEL, "0.70.0", NULL},
	/* rust.repository_set, which itself came with 0.56.0 */
	{"rust.repository_set", "target_settings", ATTRIBUTE_LABEL_LIST, "0.63.0", NULL},
	{"rust.repository_set", "opt_level", ATTRIBUTE_STRING_DICT, "0.68.0", NULL},
	{"rust.repository_set", "exec_compatible_with", ATTRIBUTE_LABEL_LIST, "0.70.0", NULL},
	{"rust.repository_set", "netrc", ATTRIBUTE_STRING, "0.70.0", NULL},
	/* rust_host_tools.host_tools */
	{"rust_host_tools.host_tools", "version", ATTRIBUTE_STRING, NULL, NULL},
	{"rust_host_tools.host_tools", "name", ATTRIBUTE_STRING, "0.57.0", NULL},
	/* crate.from_cargo, crate.from_specs */
	{"crate.from_cargo", "manifests", ATTRIBUTE_LABEL_LIST, NULL, NULL},
	{"crate.from_cargo", "cargo_lockfile", ATTRIBUTE_LABEL, NULL, NULL},
	{"crate.from_specs", "cargo_lockfile", ATTRIBUTE_LABEL, "0.57.0", NULL},
	{"crate.from_cargo", "host_tools_repo", ATTRIBUTE_STRING, "0.57.0", "0.60.0"},
	{"crate.from_specs", "host_tools_repo", ATTRIBUTE_STRING, "0.57.0", "0.60.0"},
	{"crate.from_cargo", "host_tools", ATTRIBUTE_LABEL, "0.61.0", NULL},
	{"crate.from_specs", "host_tools", ATTRIBUTE_LABEL, "0.61.0", NULL},
	{"crate.from_cargo", "splicing_config", ATTRIBUTE_STRING, "0.54.1", "0.56.0"},
	{"crate.from_cargo", "isolated", ATTRIBUTE_BOOL, "0.57.0", NULL},
	{"crate.from_specs", "lockfile", ATTRIBUTE_LABEL, "0.57.0", NULL},
	{"crate.from_cargo", "skip_cargo_lockfile_overwrite", ATTRIBUTE_BOOL, "0.63.0", NULL},
	{"crate.from_cargo", "strip_internal_dependencies_from_cargo_lockfile", ATTRIBUTE_BOOL,
	 "0.68.0", NULL},
	/* crate.spec */
	{"crate.spec", "default_features", ATTRIBUTE_BOOL, NULL, NULL},
	{"crate.spec", "repositories", ATTRIBUTE_STRING_LIST, "0.57.0", NULL},
	{"crate.spec", "path", ATTRIBUTE_STRING, "0.66.0", NULL},
	{"crate.spec", "package_alias", ATTRIBUTE_STRING, "0.70.0", NULL},
	/* crate.annotation, crate.annotation_select */
	{"crate.annotation", "gen_binaries", ATTRIBUTE_STRING_LIST, NULL, NULL},
	{"crate.annotation", "build_script_link_deps", ATTRIBUTE_STRING_LIST, "0.58.0", NULL},
	{"crate.annotation", "compile_data_glob_excludes", ATTRIBUTE_STRING_LIST, "0.59.1", NULL},
	{"crate.annotation", "build_script_data_select", ATTRIBUTE_STRING_LIST_DICT, "0.64.0",
	 "0.65.0"},
	{"crate.annotation", "build_script_env_select", ATTRIBUTE_STRING_DICT, "0.64.0", "0.65.0"},
	{"crate.annotation", "build_script_compile_data", ATTRIBUTE_STRING_LIST, "0.66.0", NULL},
	{"crate.annotation", "build_script_exec_properties", ATTRIBUTE_STRING_DICT, "0.69.0", NULL},
	{"crate.annotation", "label_injections", ATTRIBUTE_LABEL_STRING_DICT, "0.71.0", NULL},
	{"crate.annotation", "link_deps", ATTRIBUTE_STRING_LIST, "0.71.1", NULL},
	{"crate.annotation", "build_script_use_cc_toolchain", ATTRIBUTE_STRING, "0.72.0", NULL},
	{"crate.annotation", "build_script_env_files", ATTRIBUTE_STRING_LIST, "0.73.0", NULL},
	{"crate.annotation_select", "link_deps", ATTRIBUTE_STRING_LIST, "0.71.1", NULL},
	{"crate.annotation_select", "build_script_env_files", ATTRIBUTE_STRING_LIST, "0.73.0",
	 NULL},
	/* crate.render_config */
	{"crate.render_config", "generate_cargo_toml_env_vars", ATTRIBUTE_BOOL, "0.59.1", NULL},
	{"crate.render_config", "incompatible_no_root_alias_targets", ATTRIBUTE_BOOL, "0.71.0",
	 NULL},
	/* rules */
	{"rust_library", "disable_pipelining", ATTRIBUTE_BOOL, NULL, NULL},
	{"rust_library", "alwayslink", ATTRIBUTE_BOOL, "0.49.1", NULL},
	{"rust_library", "lint_config", ATTRIBUTE_LABEL, "0.57.0", NULL},
	{"rust_library", "allocator_libraries", ATTRIBUTE_LABEL, "0.63.0", NULL},
	{"rust_library", "require_explicit_unstable_features", ATTRIBUTE_INT, "0.68.0", NULL},
	{"rust_library", "unstable_rust_features_config", ATTRIBUTE_LABEL, "0.70.0", NULL},
	{"rust_library", "zself_profile_events", ATTRIBUTE_LABEL, "0.71.0", NULL},
	{"rust_library", "link_deps", ATTRIBUTE_LABEL_LIST, "0.71.0", NULL},
	{"rust_library", "root_path", ATTRIBUTE_STRING, "0.72.0", NULL},
	{"rust_binary", "platform", ATTRIBUTE_LABEL, NULL, NULL},
	{"rust_binary", "linker_script", ATTRIBUTE_LABEL, NULL, NULL},
	{"rust_binary", "aliases", ATTRIBUTE_LABEL_STRING_DICT, NULL, NULL},
	{"rust_binary", "binary_name", ATTRIBUTE_STRING, "0.54.1", NULL},
	{"rust_binary", "out_binary", ATTRIBUTE_BOOL, NULL, "0.69.0"},
	{"rust_test", "crate", ATTRIBUTE_LABEL, NULL, NULL},
	{"rust_test", "use_libtest_harness", ATTRIBUTE_BOOL, NULL, NULL},
	{"rust_test", "env_inherit", ATTRIBUTE_STRING_LIST, "0.50.0", NULL},
	{"rust_test_suite", "shared_srcs", ATTRIBUTE_LABEL_LIST, "0.48.0", NULL},
	{"rust_test_suite", "env_inherit", ATTRIBUTE_STRING_LIST, "0.50.0", NULL},
	{"rust_doc", "markdown_css", ATTRIBUTE_LABEL_LIST, NULL, NULL},
	{"rust_doc", "crate_features", ATTRIBUTE_STRING_LIST, "0.64.0", NULL},
	{"rust_doc_test", "proc_macro_deps", ATTRIBUTE_LABEL_LIST, "0.55.6", NULL},
	{"rust_doc_test", "rustdoc_flags", ATTRIBUTE_STRING_LIST, "0.64.0", NULL},
	{"rustfmt_test", "transitive", ATTRIBUTE_BOOL, "0.72.0", NULL},
	{"cargo_build_script", "links", ATTRIBUTE_STRING, NULL, NULL},
	{"cargo_build_script", "use_default_shell_env", ATTRIBUTE_BOOL, "0.55.6", NULL},
	{"cargo_build_script", "build_script_env_files", ATTRIBUTE_LABEL_LIST, "0.66.0", NULL},
	{"cargo_build_script", "emit_warnings", ATTRIBUTE_BOOL, "0.71.0", NULL},
	{"cargo_build_script", "use_cc_toolchain", ATTRIBUTE_BOOL, "0.72.0", NULL},
	/* rules_pkg */
	{"pkg_tar", "compression_level", ATTRIBUTE_INT, "1.1.0", NULL},
	{"pkg_tar", "create_parents", ATTRIBUTE_BOOL, "1.0.1", NULL},
	{"pkg_tar", "preserve_mode", ATTRIBUTE_BOOL, "1.2.0", NULL},
};

/* Where `version` stands in the list; `count` where it is NULL. */
static size_t
place(const char *const *versions, const char *version, size_t otherwise)
{
	if (version == NULL)
		return otherwise;
	for (size_t i = 0; versions[i] != NULL; i++) {
		if (strcmp(versions[i], version) == 0)
			return i;
	}
	fail_msg("%s is not in the registry", version);
	return 0;
}

static void
check_history(const struct history *fact)
{
	bool is_pkg = strcmp(fact->owner, "pkg_tar") == 0;
	const char *const *versions =
		catalogue_module(is_pkg ? STR("rules_pkg") : STR("rules_rust"))->versions;
	size_t oldest = place(versions, is_pkg ? "0.7.0" : "0.46.0", 0);
	size_t first = place(versions, fact->first, oldest);
	size_t last = place(versions, fact->last, SIZE_MAX);

	for (size_t i = oldest; versions[i] != NULL; i++) {
		const struct attribute *row = find(fact->owner, fact->name, str_from(versions[i]));
		bool is_there = row != NULL &&
				version_in_range(str_from(versions[i]), row->since, row->last);

		if (is_there != (i >= first && i <= last))
			fail_msg("%s.%s at %s: %s", fact->owner, fact->name, versions[i],
				 is_there ? "is there" : "is missing");
		if (is_there && row->type != fact->type)
			fail_msg("%s.%s has another type", fact->owner, fact->name);
	}
}

static void
attributes_come_and_go(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(histories); i++)
		check_history(&histories[i]);
}

static void
allocator_library_became_a_label(void **state)
{
	static const char *const owners[] = {"rust.toolchain", "rust.repository_set",
					     "rust_host_tools.host_tools"};

	(void)state;
	for (size_t i = 0; i < COUNT(owners); i++) {
		assert_int_equal(find(owners[i], "allocator_library", STR("0.69.0"))->type,
				 ATTRIBUTE_STRING);
		assert_int_equal(find(owners[i], "allocator_library", STR("0.70.0"))->type,
				 ATTRIBUTE_LABEL);
	}
}

struct absence {
	const char *owner, *name;
};

static const struct absence absences[] = {
	{"rust_library", "platform"},
	{"rust_proc_macro", "platform"},
	{"rust_proc_macro", "link_deps"},
	{"rust_static_library", "malloc"},
	{"rust_library", "env"},
	{"rust_library", "crate_type"},
	{"rust_library_group", "srcs"},
	{"rust_test_suite", "crate_root"},
	{"rust_test_suite", "crate_name"},
	{"rust_test", "crate_type"},
	{"crate.from_specs", "manifests"},
	{"crate.from_cargo", "specs"},
	{"rust_library", "licenses"},
	{"rust_library", "args"},
	{"rust_binary", "env_inherit"},
	{"rust_binary", "size"},
	{"rust_test", "output_licenses"},
	{"cargo_build_script", "platform"},
	{"cargo_build_script", "malloc"},
	{"pkg_tar", "private_stamp_detect"},
	{"platform", "target_compatible_with"},
	{"platform", "applicable_licenses"},
	{"constraint_value", "compatible_with"},
	{"constraint_setting", "exec_properties"},
	{"config_setting", "target_compatible_with"},
	{"config_setting", "restricted_to"},
	{"alias", "licenses"},
	{"alias", "exec_compatible_with"},
	{"filegroup", "exec_compatible_with"},
	{"filegroup", "toolchains"},
	{"test_suite", "size"},
	{"genrule", "data"},
	{"genrule", "args"},
	{"rust_binary", "licenses"},
};

static void
attributes_that_do_not_exist(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(absences); i++) {
		if (find(absences[i].owner, absences[i].name, STR("")) != NULL)
			fail_msg("%s has no %s", absences[i].owner, absences[i].name);
	}
}

struct flags {
	const char *owner, *name;
	unsigned flags;
	const char *values;
};

enum {
	R = ATTRIBUTE_REQUIRED,
	F = ATTRIBUTE_FIXED,
	O = ATTRIBUTE_OUTPUT,
	P = ATTRIBUTE_IN_PACKAGE,
};

static const struct flags flag_rows[] = {
	{"rust_library", "name", R | F, NULL},
	{"rust_library", "tags", F, NULL},
	{"rust_library", "visibility", F, NULL},
	{"rust_library", "testonly", F, NULL},
	{"rust_library", "deprecation", F, NULL},
	{"rust_library", "compatible_with", F, NULL},
	{"rust_library", "restricted_to", F, NULL},
	{"rust_library", "exec_compatible_with", F, NULL},
	{"rust_library", "target_compatible_with", 0, NULL},
	{"rust_library", "features", 0, NULL},
	{"rust_library", "toolchains", 0, NULL},
	{"rust_library", "exec_properties", 0, NULL},
	{"rust_library", "stamp", 0, "-1|0|1"},
	{"rust_library", "srcs", 0, NULL},
	{"rust_test", "size", F, "small|medium|large|enormous"},
	{"rust_test", "timeout", F, "short|moderate|long|eternal"},
	{"rust_test", "flaky", F, NULL},
	{"rust_test", "local", F, NULL},
	{"rust_test", "shard_count", 0, NULL},
	{"rust_test", "args", 0, NULL},
	{"rust_test_suite", "srcs", R | F, NULL},
	{"rust_doc", "crate", R, NULL},
	{"rust_doc_test", "crate", R, NULL},
	{"extract_cargo_lints", "manifest", R, NULL},
	{"extract_cargo_lints", "workspace", 0, NULL},
	{"cargo_build_script", "rustc_env", F, NULL},
	{"cargo_build_script", "build_script_env", 0, NULL},
	{"alias", "actual", R, NULL},
	{"alias", "target_compatible_with", 0, NULL},
	{"genrule", "outs", R | F | O | P, NULL},
	{"genrule", "executable", F, NULL},
	{"genrule", "local", 0, NULL},
	{"genrule", "stamp", 0, "-1|0|1"},
	{"genrule", "cmd", 0, NULL},
	{"config_setting", "values", F, NULL},
	{"config_setting", "constraint_values", F, NULL},
	{"config_setting", "flag_values", F, NULL},
	{"constraint_setting", "default_constraint_value", F | P, NULL},
	{"constraint_value", "constraint_setting", R | F, NULL},
	{"platform", "constraint_values", F, NULL},
	{"platform", "exec_properties", F, NULL},
	{"test_suite", "tests", F, NULL},
	{"filegroup", "srcs", 0, NULL},
	{"pkg_tar", "out", F | O | P, NULL},
	{"pkg_tar", "extension", F, NULL},
	{"pkg_tar", "srcs", 0, NULL},
	{"crate.spec", "package", R, NULL},
	{"crate.spec", "version", 0, NULL},
	{"crate.annotation", "crate", R, NULL},
	{"crate.annotation", "gen_build_script", 0, "auto|on|off"},
	{"crate.annotation_select", "triples", R, NULL},
};

static void
flags_and_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(flag_rows); i++) {
		const struct attribute *row = find(flag_rows[i].owner, flag_rows[i].name, STR(""));

		if (row == NULL || row->flags != flag_rows[i].flags) {
			fail_msg("%s.%s has other flags", flag_rows[i].owner, flag_rows[i].name);
			return;
		}
		if (flag_rows[i].values == NULL ? row->values != NULL
						: strcmp(row->values, flag_rows[i].values) != 0)
			fail_msg("%s.%s takes other values", flag_rows[i].owner, flag_rows[i].name);
	}
}

static void
rules_and_tags_come_later(void **state)
{
	const struct extension *crate = catalogue_extension("crate");

	(void)state;
	assert_string_equal(catalogue_rule(STR("rust_lint_config"))->since, "0.57.0");
	assert_string_equal(catalogue_rule(STR("extract_cargo_lints"))->since, "0.57.0");
	assert_string_equal(catalogue_rule(STR("rust_clippy_test"))->since, "0.72.0");
	assert_null(catalogue_rule(STR("rust_test_suite"))->since);
	assert_string_equal(extension_tag(catalogue_extension("rust"), "repository_set")->since,
			    "0.56.0");
	assert_null(extension_tag(catalogue_extension("rust"), "toolchain")->since);
	assert_string_equal(extension_tag(crate, "annotation_select")->since, "0.66.0");
	assert_string_equal(extension_tag(crate, "render_config")->since, "0.57.0");
	assert_string_equal(extension_tag(crate, "splicing_config")->since, "0.57.0");
	assert_null(extension_tag(crate, "annotation")->since);
}

static void
rules_say_what_they_are(void **state)
{
	(void)state;
	assert_int_equal(catalogue_rule(STR("rust_binary"))->flags, RULE_RUST | RULE_BINARY);
	assert_int_equal(catalogue_rule(STR("rust_test"))->flags, RULE_RUST | RULE_TEST);
	assert_int_equal(catalogue_rule(STR("rust_proc_macro"))->flags,
			 RULE_RUST | RULE_PROC_MACRO);
	assert_int_equal(catalogue_rule(STR("cargo_build_script"))->flags,
			 RULE_RUST | RULE_BUILD_SCRIPT | RULE_MACRO);
	assert_int_equal(catalogue_rule(STR("rust_test_suite"))->flags,
			 RULE_RUST | RULE_TEST | RULE_MACRO);
	assert_int_equal(catalogue_rule(STR("filegroup"))->flags, 0);
	assert_null(catalogue_rule(STR("filegroup"))->module);
}

/* ---- modules and sets ---- */

static bool
has_version(const char *module, const char *version)
{
	const char *const *at = catalogue_module(str_from(module))->versions;

	while (*at != NULL && strcmp(*at, version) != 0)
		at++;
	return *at != NULL;
}

static void
tags_that_are_not_in_the_registry(void **state)
{
	static const char *const missing[] = {"0.54.0", "0.55.0", "0.55.5", "0.59.0",
					      "0.36.0", "0.41.0", "0.42.0"};
	static const char *const present[] = {"0.46.0", "0.49.3", "0.54.1", "0.55.6",
					      "0.56.0", "0.59.1", "0.73.0"};

	(void)state;
	for (size_t i = 0; i < COUNT(missing); i++)
		assert_false(has_version("rules_rust", missing[i]));
	for (size_t i = 0; i < COUNT(present); i++)
		assert_true(has_version("rules_rust", present[i]));
	assert_false(has_version("rules_rust_prost", "0.54.1"));
	assert_true(has_version("rules_rust_prost", "0.55.6"));
	assert_false(has_version("rules_oci", "2.3.2"));
	assert_false(has_version("toolchains_musl", "0.1.24"));
	assert_true(has_version("toolchains_musl", "0.1.27.bcr.1"));
}

struct yanked {
	const char *module, *version;
};

static void
yanked_versions(void **state)
{
	static const struct yanked facts[] = {
		{"rules_cc", "0.0.14"},
		{"rules_cc", "0.1.0"},
		{"protobuf", "3.19.0"},
		{"protobuf", "33.3"},
		{"aspect_bazel_lib", "1.31.0"},
		{"aspect_bazel_lib", "1.34.2"},
		{"aspect_bazel_lib", "2.17.0"},
		{"bazel_features", "1.7.0"},
		{"zlib", "1.2.11"},
		{"zlib", "1.2.12"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		const char *const *at = catalogue_module(str_from(facts[i].module))->yanked;

		while (at != NULL && *at != NULL && strcmp(*at, facts[i].version) != 0)
			at++;
		if (at == NULL || *at == NULL)
			fail_msg("%s %s is yanked", facts[i].module, facts[i].version);
	}
	assert_null(catalogue_module(STR("rules_rust"))->yanked);
	assert_null(catalogue_module(STR("rules_oci"))->yanked);
}

static void
newest_versions_and_levels(void **state)
{
	static const struct {
		const char *module, *newest;
		int level;
	} facts[] = {
		{"rules_rust", "0.73.0", 0},     {"rules_oci", "2.3.0", 1},
		{"toolchains_llvm", "1.8.0", 0}, {"platforms", "1.1.0", 1},
		{"bazel_skylib", "1.9.2", 1},    {"aspect_bazel_lib", "2.22.5", 1},
		{"bazel_lib", "3.7.1", 1},       {"tar.bzl", "0.10.8", 1},
		{"rules_pkg", "1.3.0", 1},       {"protobuf", "36.0", 1},
		{"rules_proto", "7.1.0", 1},     {"rules_cc", "0.2.22", 1},
		{"rules_shell", "0.8.0", 0},     {"hermetic_cc_toolchain", "4.3.0", 0},
		{"llvm", "0.8.18", 0},           {"rules_img", "0.3.19", 0},
		{"rules_rs", "0.0.106", 0},      {"toolchains_protoc", "0.6.1", 1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		const struct module *module = catalogue_module(str_from(facts[i].module));
		const char *const *at = module->versions;

		while (at[1] != NULL)
			at++;
		assert_string_equal(*at, facts[i].newest);
		assert_int_equal(module->compatibility_level, facts[i].level);
	}
}

static void
pins_of_the_sets(void **state)
{
	static const struct {
		const char *set, *module, *version;
	} facts[] = {
		{"2026-08", "rules_rust", "0.73.0"},
		{"2026-08", "rules_rust_prost", "0.73.0"},
		{"2026-08", "protobuf", "33.6"},
		{"2026-08", "toolchains_llvm", "1.8.0"},
		{"2026-08", "toolchains_musl", "0.1.27.bcr.1"},
		{"2026-08", "rules_cc", "0.2.22"},
		{"2026-08", "rules_shell", "0.8.0"},
		{"2024-07", "rules_rust", "0.46.0"},
		{"2024-07", "rules_oci", "1.7.6"},
		{"2024-07", "toolchains_llvm", "1.0.0"},
		{"2024-07", "toolchains_musl", "0.1.16"},
		{"2024-07", "rules_pkg", "0.10.1"},
		{"2024-07", "platforms", "0.0.10"},
		{"2024-07", "toolchains_protoc", "0.3.1"},
		{"2024-07", "protobuf", "27.1"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(facts); i++) {
		const struct catalogue_set *set = catalogue_set(str_from(facts[i].set));

		assert_string_equal(catalogue_pin(set, str_from(facts[i].module)),
				    facts[i].version);
	}
	/* prost was part of rules_rust then */
	assert_null(catalogue_pin(catalogue_set(STR("2024-07")), STR("rules_rust_prost")));
	assert_string_equal(catalogue_set(STR(""))->name, "2026-08");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attributes_come_and_go),
		cmocka_unit_test(allocator_library_became_a_label),
		cmocka_unit_test(attributes_that_do_not_exist),
		cmocka_unit_test(flags_and_values),
		cmocka_unit_test(rules_and_tags_come_later),
		cmocka_unit_test(rules_say_what_they_are),
		cmocka_unit_test(tags_that_are_not_in_the_registry),
		cmocka_unit_test(yanked_versions),
		cmocka_unit_test(newest_versions_and_levels),
		cmocka_unit_test(pins_of_the_sets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

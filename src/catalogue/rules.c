/*
 * The list of rules and of extensions. rust:defs.bzl serves all rules_rust versions; the file per
 * rule that 0.61.0 added is not needed.
 */
#include "catalogue/tables.h"

#include <string.h>

static const struct load_site rust_defs[] = {{.label = "@rules_rust//rust:defs.bzl"}, {0}};
static const struct load_site cargo_defs[] = {{.label = "@rules_rust//cargo:defs.bzl"}, {0}};
static const struct load_site pkg_tar_bzl[] = {{.label = "@rules_pkg//pkg:tar.bzl"}, {0}};

/* Sorted by name, bytewise. */
static const struct rule rules[] = {
	{"alias", .attributes = alias_attributes, .doc = "Another name for a target."},
	{"cargo_build_script", "rules_rust", cargo_defs, RULE_RUST | RULE_BUILD_SCRIPT | RULE_MACRO,
	 .attributes = cargo_build_script_attributes,
	 .doc = "Compiles and runs a build script; goes into deps of what needs it."},
	{"config_setting", .attributes = config_setting_attributes,
	 .doc = "A condition for select(): flags and constraints that must hold."},
	{"constraint_setting", .attributes = constraint_setting_attributes,
	 .doc = "A property in which platforms differ."},
	{"constraint_value", .attributes = constraint_value_attributes,
	 .doc = "One value of such a property."},
	{"extract_cargo_lints", "rules_rust", cargo_defs, 0, "0.57.0",
	 .attributes = extract_cargo_lints_attributes,
	 .doc = "Lint levels read from a Cargo.toml, for lint_config."},
	{"filegroup", .attributes = filegroup_attributes, .doc = "A name for several targets."},
	{"genrule", .attributes = genrule_attributes, .doc = "Files that a shell command makes."},
	{"pkg_tar", "rules_pkg", pkg_tar_bzl, RULE_MACRO, "0.7.0", .attributes = pkg_tar_attributes,
	 .doc = "A tar archive of targets and files."},
	{"platform", .attributes = platform_attributes,
	 .doc = "A platform as a set of constraint values."},
	{"rust_binary", "rules_rust", rust_defs, RULE_RUST | RULE_BINARY,
	 .attributes = rust_binary_attributes, .doc = "A Rust program."},
	{"rust_clippy", "rules_rust", rust_defs, .attributes = rust_clippy_attributes,
	 .doc = "Runs clippy over targets when it is built."},
	{"rust_clippy_test", "rules_rust", rust_defs, 0, "0.72.0",
	 .attributes = rust_clippy_test_attributes,
	 .doc = "A test that fails where clippy finds something."},
	{"rust_doc", "rules_rust", rust_defs, .attributes = rust_doc_attributes,
	 .doc = "The documentation that rustdoc makes of a crate."},
	{"rust_doc_test", "rules_rust", rust_defs, RULE_RUST | RULE_TEST,
	 .attributes = rust_doc_test_attributes,
	 .doc = "A test that runs the examples in a crate's documentation."},
	{"rust_library", "rules_rust", rust_defs, RULE_RUST, .attributes = rust_library_attributes,
	 .doc = "A Rust library for other Rust targets."},
	{"rust_library_group", "rules_rust", rust_defs, RULE_RUST,
	 .attributes = rust_library_group_attributes,
	 .doc = "Several libraries that stand in deps as one."},
	{"rust_lint_config", "rules_rust", rust_defs, 0, "0.57.0",
	 .attributes = rust_lint_config_attributes, .doc = "Lint levels, for lint_config."},
	{"rust_proc_macro", "rules_rust", rust_defs, RULE_RUST | RULE_PROC_MACRO,
	 .attributes = rust_proc_macro_attributes, .doc = "A crate of procedural macros."},
	{"rust_shared_library", "rules_rust", rust_defs, RULE_RUST,
	 .attributes = rust_shared_library_attributes,
	 .doc = "A shared library with a C interface (cdylib)."},
	{"rust_static_library", "rules_rust", rust_defs, RULE_RUST,
	 .attributes = rust_static_library_attributes,
	 .doc = "A static library with a C interface (staticlib)."},
	{"rust_test", "rules_rust", rust_defs, RULE_RUST | RULE_TEST,
	 .attributes = rust_test_attributes, .doc = "A Rust test, of its own or of a crate."},
	{"rust_test_suite", "rules_rust", rust_defs, RULE_RUST | RULE_TEST | RULE_MACRO,
	 .attributes = rust_test_suite_attributes,
	 .doc = "A test for each source file, and a suite of them all."},
	{"rustfmt_test", "rules_rust", rust_defs, .attributes = rustfmt_test_attributes,
	 .doc = "A test that fails where rustfmt would change a source."},
	{"test_suite", .attributes = test_suite_attributes, .doc = "A name for several tests."},
	{0},
};

static const struct load_site rust_extensions[] = {
	{.label = "@rules_rust//rust:extensions.bzl"},
	{0},
};
/* The singular file is missing in 0.71.0 and 0.71.1 and deprecated from 0.71.2 on. */
static const struct load_site crate_extensions[] = {
	{"@rules_rust//crate_universe:extension.bzl", .last = "0.54.1"},
	{"@rules_rust//crate_universe:extensions.bzl", .since = "0.55.0"},
	{0},
};

static const struct extension extensions[] = {
	{"crate", "rules_rust", "crate", crate_extensions, crate_tags},
	{"rust", "rules_rust", "rust", rust_extensions, rust_tags},
	{"rust_host_tools", "rules_rust", "rust_host_tools", rust_extensions, rust_host_tools_tags},
	{0},
};

const struct rule *
catalogue_rules(void)
{
	return rules;
}

/* <0, 0, >0 as text before, equal to, behind the rule's name. */
static int
compare_name(struct str text, const char *name)
{
	return str_cmp(text, str_from(name));
}

const struct rule *
catalogue_rule(struct str name)
{
	size_t from = 0, to = sizeof(rules) / sizeof(rules[0]) - 1;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = compare_name(name, rules[middle].name);

		if (order == 0)
			return &rules[middle];
		if (order < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return NULL;
}

void
catalogue_offer_rules(struct nearest *nearest)
{
	for (const struct rule *rule = rules; rule->name != NULL; rule++)
		nearest_offer(nearest, str_from(rule->name));
}

const struct extension *
catalogue_extensions(void)
{
	return extensions;
}

const struct extension *
catalogue_extension(const char *key)
{
	for (const struct extension *extension = extensions; extension->key != NULL; extension++) {
		if (strcmp(extension->key, key) == 0)
			return extension;
	}
	return NULL;
}

const struct tag_class *
extension_tag(const struct extension *extension, const char *name)
{
	for (const struct tag_class *tag = extension->tags; tag->name != NULL; tag++) {
		if (strcmp(tag->name, name) == 0)
			return tag;
	}
	return NULL;
}

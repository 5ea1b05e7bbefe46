/* That the tables of the catalogue are well-formed, and that looking things up works. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalogue/catalogue.h"

static int
make_arena(void **state)
{
	static jmp_buf escape; /* never used: the limit is far above what a test takes */
	static struct arena arena;

	arena_init(&arena, (size_t)1 << 24, &escape);
	*state = &arena;
	return 0;
}

static int
free_arena(void **state)
{
	arena_free(*state);
	return 0;
}

/* ---- rows ---- */

/* One sentence: a capital (or a dotted name) first, a full stop last and nowhere between. */
static void
assert_doc(const char *owner, const char *name, const char *doc)
{
	size_t len;

	if (doc == NULL || doc[0] == '\0') {
		fail_msg("%s.%s has no doc", owner, name);
		return;
	}
	len = strlen(doc);
	if (doc[len - 1] != '.' || strstr(doc, ". ") != NULL || strchr(doc, '\n') != NULL)
		fail_msg("the doc of %s.%s is not one sentence: %s", owner, name, doc);
	if (doc[0] < 'A' || doc[0] > 'Z')
		fail_msg("the doc of %s.%s starts in lower case: %s", owner, name, doc);
}

static void
assert_range(const char *owner, const char *name, const char *since, const char *last)
{
	if (since != NULL && (since[0] == '\0' || !bazel_is_version(str_from(since))))
		fail_msg("%s.%s: since '%s' is no version", owner, name, since);
	if (last != NULL && (last[0] == '\0' || !bazel_is_version(str_from(last))))
		fail_msg("%s.%s: last '%s' is no version", owner, name, last);
	if (since != NULL && last != NULL &&
	    bazel_compare_versions(str_from(since), str_from(last)) > 0)
		fail_msg("%s.%s: since %s is behind last %s", owner, name, since, last);
}

static bool
ranges_overlap(const struct attribute *a, const struct attribute *b)
{
	if (a->last != NULL && b->since != NULL &&
	    bazel_compare_versions(str_from(a->last), str_from(b->since)) < 0)
		return false;
	return b->last == NULL || a->since == NULL ||
	       bazel_compare_versions(str_from(b->last), str_from(a->since)) >= 0;
}

/* Each word of "a|b|c" has a letter or digit. */
static void
assert_values(const char *owner, const struct attribute *row)
{
	struct str rest;

	if (row->values == NULL)
		return;
	if (row->type != ATTRIBUTE_STRING && row->type != ATTRIBUTE_INT)
		fail_msg("%s.%s has values but is neither text nor number", owner, row->name);
	rest = str_from(row->values);
	if (rest.len == 0 || rest.at[rest.len - 1] == '|')
		fail_msg("%s.%s: empty value", owner, row->name);
	while (rest.len > 0) {
		if (str_cut(&rest, '|').len == 0)
			fail_msg("%s.%s: empty value in %s", owner, row->name, row->values);
	}
}

/* `row` against all rows behind it, in its group and in those that follow. */
static void
assert_no_twin(const char *owner, const struct attribute *row, const struct attribute *const *group)
{
	for (const struct attribute *other = row + 1;; other++) {
		while (other->name == NULL) {
			group++;
			if (*group == NULL)
				return;
			other = *group;
		}
		if (strcmp(row->name, other->name) == 0 && ranges_overlap(row, other))
			fail_msg("%s has '%s' twice", owner, row->name);
	}
}

static void
assert_attributes(const char *owner, const struct attribute *const *groups)
{
	for (const struct attribute *const *group = groups; *group != NULL; group++) {
		for (const struct attribute *row = *group; row->name != NULL; row++) {
			assert_true(starlark_is_identifier(str_from(row->name)));
			assert_doc(owner, row->name, row->doc);
			assert_range(owner, row->name, row->since, row->last);
			assert_values(owner, row);
			assert_no_twin(owner, row, group);
			if (row > *group && strcmp(row[-1].name, row->name) > 0)
				fail_msg("%s: '%s' is not sorted", owner, row->name);
		}
	}
}

/* `version` is one that the module has from `since` on. */
static void
assert_loads(const char *owner, const char *module, const struct load_site *sites,
	     struct str version)
{
	struct label label;
	const char *why, *at = load_site_at(sites, version);
	size_t in_force = 0;

	if (at == NULL)
		fail_msg("%s has no load at %.*s", owner, STR_ARG(version));
	for (const struct load_site *site = sites; site->label != NULL; site++) {
		assert_range(owner, site->label, site->since, site->last);
		in_force += version_in_range(version, site->since, site->last);
		if (!label_parse(str_from(site->label), &label, &why))
			fail_msg("%s: %s", site->label, why);
		if (!label.has_repo || label.is_canonical || !str_is(label.repo, module) ||
		    !label.has_package || !str_has_suffix(label.target, STR(".bzl")))
			fail_msg("'%s' is not a load label of %s", site->label, module);
	}
	if (in_force != 1)
		fail_msg("%s has %zu loads at %.*s", owner, in_force, STR_ARG(version));
}

/* The oldest version that the rows were written for. */
static const char *
oldest_known(const char *module)
{
	return strcmp(module, "rules_rust") == 0 ? "0.46.0" : "0.7.0";
}

static void
assert_all_loads(const char *owner, const char *name, const struct load_site *sites,
		 const char *since)
{
	const struct module *module = catalogue_module(str_from(name));

	if (module == NULL) {
		fail_msg("%s is of an unknown module '%s'", owner, name);
		return;
	}
	for (const char *const *version = module->versions; *version != NULL; version++) {
		if (version_in_range(str_from(*version), oldest_known(name), NULL) &&
		    version_in_range(str_from(*version), since, NULL))
			assert_loads(owner, name, sites, str_from(*version));
	}
	assert_loads(owner, name, sites, STR(""));
}

static void
rules_are_well_formed(void **state)
{
	size_t count = 0, rust = 0;

	(void)state;
	for (const struct rule *rule = catalogue_rules(); rule->name != NULL; rule++, count++) {
		if (count > 0 && strcmp(rule[-1].name, rule->name) >= 0)
			fail_msg("'%s' is not sorted", rule->name);
		assert_doc("rules", rule->name, rule->doc);
		assert_range("rules", rule->name, rule->since, rule->last);
		assert_attributes(rule->name, rule->attributes);
		assert_ptr_equal(catalogue_rule(str_from(rule->name)), rule);
		assert_int_equal(rule->module == NULL, rule->loads == NULL);
		if (rule->module != NULL)
			assert_all_loads(rule->name, rule->module, rule->loads, rule->since);
		if ((rule->flags & RULE_RUST) != 0) {
			assert_string_equal(rule->module, "rules_rust");
			assert_non_null(rule_attribute(rule, STR("deps"), STR("")));
			rust++;
		}
	}
	assert_int_equal(count, 25);
	assert_int_equal(rust, 10);
}

static void
extensions_are_well_formed(void **state)
{
	size_t tags = 0;

	(void)state;
	for (const struct extension *extension = catalogue_extensions(); extension->key != NULL;
	     extension++) {
		assert_ptr_equal(catalogue_extension(extension->key), extension);
		assert_all_loads(extension->key, extension->module, extension->files, NULL);
		for (const struct tag_class *tag = extension->tags; tag->name != NULL;
		     tag++, tags++) {
			const struct attribute *const groups[] = {tag->attributes, NULL};

			assert_ptr_equal(extension_tag(extension, tag->name), tag);
			assert_doc(extension->key, tag->name, tag->doc);
			assert_range(extension->key, tag->name, tag->since, tag->last);
			assert_attributes(tag->name, groups);
		}
	}
	assert_int_equal(tags, 10);
	assert_null(catalogue_extension("oci_not_yet"));
	assert_null(extension_tag(catalogue_extension("crate"), "conditional_crates_vendor"));
}

static void
every_rule_has_the_common_attributes(void **state)
{
	static const char *const names[] = {"name",        "visibility", "tags",        "testonly",
					    "deprecation", "features",   "aspect_hints"};

	(void)state;
	for (const struct rule *rule = catalogue_rules(); rule->name != NULL; rule++) {
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			if (rule_attribute(rule, str_from(names[i]), STR("")) == NULL)
				fail_msg("%s lacks %s", rule->name, names[i]);
		}
	}
}

/* ---- modules and sets ---- */

static bool
is_listed(const char *const *versions, const char *version)
{
	for (; versions != NULL && *versions != NULL; versions++) {
		if (strcmp(*versions, version) == 0)
			return true;
	}
	return false;
}

static void
modules_are_well_formed(void **state)
{
	(void)state;
	for (const struct module *module = catalogue_modules(); module->name != NULL; module++) {
		assert_true(bazel_is_module_name(str_from(module->name)));
		assert_doc("modules", module->name, module->doc);
		assert_ptr_equal(catalogue_module(str_from(module->name)), module);
		assert_true(module->compatibility_level == 0 || module->compatibility_level == 1);
		assert_non_null(module->versions);
		assert_non_null(module->versions[0]);
		if (module > catalogue_modules())
			assert_true(strcmp(module[-1].name, module->name) < 0);
		for (const char *const *version = module->versions; *version != NULL; version++) {
			assert_true(bazel_is_version(str_from(*version)));
			if (version > module->versions &&
			    bazel_compare_versions(str_from(version[-1]), str_from(*version)) >= 0)
				fail_msg("%s: %s is not ascending", module->name, *version);
		}
		for (const char *const *version = module->yanked;
		     version != NULL && *version != NULL; version++)
			assert_true(is_listed(module->versions, *version));
	}
}

static void
pins_exist_and_are_sorted(void **state)
{
	(void)state;
	for (const struct catalogue_set *set = catalogue_sets(); set->name != NULL; set++) {
		assert_doc("sets", set->name, set->doc);
		assert_true(strlen(set->bazel) > 0);
		assert_ptr_equal(catalogue_set(str_from(set->name)), set);
		if (set > catalogue_sets()) /* newest first */
			assert_true(strcmp(set[-1].name, set->name) > 0);
		for (const struct pin *pin = set->pins; pin->module != NULL; pin++) {
			const struct module *module = catalogue_module(str_from(pin->module));

			if (module == NULL || !is_listed(module->versions, pin->version)) {
				fail_msg("%s %s is not in the registry", pin->module, pin->version);
				return;
			}
			assert_false(is_listed(module->yanked, pin->version));
			if (pin > set->pins)
				assert_true(strcmp(pin[-1].module, pin->module) < 0);
			assert_string_equal(catalogue_pin(set, str_from(pin->module)),
					    pin->version);
		}
		for (const struct rule *rule = catalogue_rules(); rule->name != NULL; rule++) {
			if (rule->module != NULL)
				assert_non_null(catalogue_pin(set, str_from(rule->module)));
		}
	}
	assert_null(catalogue_pin(catalogue_set(STR("")), STR("rules_nothing")));
	assert_null(catalogue_set(STR("2023-01")));
	assert_ptr_equal(catalogue_set(STR("")), catalogue_sets());
	assert_null(catalogue_module(STR("rules_rus")));
	assert_null(catalogue_module(STR("")));
}

/* ---- look-ups ---- */

static void
unknown_rules_are_not_found(void **state)
{
	struct nearest nearest;

	(void)state;
	assert_null(catalogue_rule(STR("")));
	assert_null(catalogue_rule(STR("rust")));
	assert_null(catalogue_rule(STR("rust_binaryx")));
	assert_null(catalogue_rule(STR("zzz")));
	assert_null(catalogue_rule(STR("a")));
	nearest_init(&nearest, STR("rust_libary"));
	catalogue_offer_rules(&nearest);
	assert_true(str_is(nearest.best, "rust_library"));
}

static void
versions_lie_in_ranges(void **state)
{
	(void)state;
	assert_true(version_in_range(STR("0.46.0"), NULL, NULL));
	assert_true(version_in_range(STR("0.57.0"), "0.57.0", "0.60.0"));
	assert_true(version_in_range(STR("0.60.0"), "0.57.0", "0.60.0"));
	assert_true(version_in_range(STR("0.59.2"), "0.57.0", "0.60.0"));
	assert_false(version_in_range(STR("0.56.0"), "0.57.0", "0.60.0"));
	assert_false(version_in_range(STR("0.61.0"), "0.57.0", "0.60.0"));
	assert_false(version_in_range(STR("0.9.0"), "0.57.0", NULL)); /* by number, not by text */
	assert_true(version_in_range(STR("0.9.0"), NULL, "0.57.0"));
	assert_true(version_in_range(STR(""), "0.57.0", NULL));
	assert_false(version_in_range(STR(""), NULL, "0.60.0"));
	assert_false(version_in_range(STR("0.60.0.bcr.1"), NULL, "0.60.0"));
	assert_false(version_in_range(STR("0.57.0-rc1"), "0.57.0", NULL));
}

static void
ranges_are_put_into_words(void **state)
{
	struct arena *arena = *state;

	assert_true(str_is(version_range_text(arena, NULL, NULL), "in all versions"));
	assert_true(str_is(version_range_text(arena, "0.57.0", NULL), "from 0.57.0"));
	assert_true(str_is(version_range_text(arena, NULL, "0.69.0"), "up to 0.69.0"));
	assert_true(str_is(version_range_text(arena, "0.54.0", "0.56.0"), "from 0.54.0 to 0.56.0"));
}

static void
rows_follow_the_version(void **state)
{
	const struct tag_class *tag = extension_tag(catalogue_extension("rust"), "toolchain");
	const struct rule *binary = catalogue_rule(STR("rust_binary"));
	const struct attribute *row;

	(void)state;
	row = tag_attribute(tag, STR("allocator_library"), STR("0.69.0"));
	assert_int_equal(row->type, ATTRIBUTE_STRING);
	row = tag_attribute(tag, STR("allocator_library"), STR("0.70.0"));
	assert_int_equal(row->type, ATTRIBUTE_LABEL);
	/* a row that is not in force is still found, to say when it is */
	row = rule_attribute(binary, STR("out_binary"), STR("0.70.0"));
	assert_string_equal(row->last, "0.69.0");
	row = tag_attribute(tag, STR("opt_level"), STR("0.46.0"));
	assert_string_equal(row->since, "0.71.0");
	assert_null(rule_attribute(binary, STR("out_binar"), STR("")));
	assert_null(tag_attribute(tag, STR(""), STR("")));
}

static void
suggestions_follow_the_version(void **state)
{
	const struct rule *binary = catalogue_rule(STR("rust_binary"));
	const struct tag_class *tag = extension_tag(catalogue_extension("crate"), "from_cargo");
	struct nearest nearest;

	(void)state;
	nearest_init(&nearest, STR("binary_nam"));
	rule_offer_attributes(binary, STR("0.73.0"), &nearest);
	assert_true(str_is(nearest.best, "binary_name"));
	nearest_init(&nearest, STR("binary_nam"));
	rule_offer_attributes(binary, STR("0.46.0"), &nearest);
	assert_false(str_is(nearest.best, "binary_name"));
	nearest_init(&nearest, STR("host_tools_rep"));
	tag_offer_attributes(tag, STR("0.60.0"), &nearest);
	assert_true(str_is(nearest.best, "host_tools_repo"));
}

static void
load_sites_follow_the_version(void **state)
{
	const struct extension *crate = catalogue_extension("crate");

	(void)state;
	assert_string_equal(load_site_at(crate->files, STR("0.46.0")),
			    "@rules_rust//crate_universe:extension.bzl");
	assert_string_equal(load_site_at(crate->files, STR("0.54.1")),
			    "@rules_rust//crate_universe:extension.bzl");
	assert_string_equal(load_site_at(crate->files, STR("0.55.6")),
			    "@rules_rust//crate_universe:extensions.bzl");
	assert_string_equal(load_site_at(crate->files, STR("0.71.0")),
			    "@rules_rust//crate_universe:extensions.bzl");
	assert_null(load_site_at(NULL, STR("0.71.0")));
	assert_string_equal(catalogue_rule(STR("cargo_build_script"))->loads[0].label,
			    "@rules_rust//cargo:defs.bzl");
	assert_string_equal(catalogue_rule(STR("pkg_tar"))->loads[0].label,
			    "@rules_pkg//pkg:tar.bzl");
}

/* ---- proc macros ---- */

/* The list itself is private; its source is not. */
static void
proc_macros_are_sorted_and_found(void **state)
{
	FILE *file = fopen(SOURCE_DIR "/src/catalogue/proc_macros.c", "r");
	char line[256], before[256] = "";
	size_t count = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		struct str name = str_trim(str_from(line));

		if (!str_has_prefix(name, STR("\"")) || !str_has_suffix(name, STR("\",")))
			continue;
		name = str_slice(name, 1, name.len - 3);
		if (str_cmp(str_from(before), name) >= 0)
			fail_msg("%.*s is not sorted", STR_ARG(name));
		if (!crate_is_proc_macro(name))
			fail_msg("%.*s is not found", STR_ARG(name));
		memcpy(before, name.at, name.len);
		before[name.len] = '\0';
		count++;
	}
	fclose(file);
	assert_true(count > 150);
}

static void
well_known_crates_are_told_apart(void **state)
{
	static const char *const macros[] = {
		"async-trait",    "async-recursion", "serde_derive", "clap_derive",
		"thiserror-impl", "tokio-macros",    "strum_macros", "paste",
		"prost-derive",   "zeroize_derive",  "sqlx-macros",  "derive_more-impl"};
	static const char *const others[] = {
		"serde",   "clap",    "thiserror",   "tokio",       "strum",   "prost",   "anyhow",
		"zeroize", "sqlx",    "syn",         "quote",       "tracing", "futures", "",
		"zzz",     "typetag", "async_trait", "derive_more", "tonic"};

	(void)state;
	for (size_t i = 0; i < sizeof(macros) / sizeof(macros[0]); i++) {
		if (!crate_is_proc_macro(str_from(macros[i])))
			fail_msg("%s is a proc macro", macros[i]);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (crate_is_proc_macro(str_from(others[i])))
			fail_msg("%s is no proc macro", others[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_are_well_formed),
		cmocka_unit_test(extensions_are_well_formed),
		cmocka_unit_test(every_rule_has_the_common_attributes),
		cmocka_unit_test(modules_are_well_formed),
		cmocka_unit_test(pins_exist_and_are_sorted),
		cmocka_unit_test(unknown_rules_are_not_found),
		cmocka_unit_test(versions_lie_in_ranges),
		cmocka_unit_test(ranges_are_put_into_words),
		cmocka_unit_test(rows_follow_the_version),
		cmocka_unit_test(suggestions_follow_the_version),
		cmocka_unit_test(load_sites_follow_the_version),
		cmocka_unit_test(proc_macros_are_sorted_and_found),
		cmocka_unit_test(well_known_crates_are_told_apart),
	};

	return cmocka_run_group_tests(tests, make_arena, free_arena);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "starlark/starlark.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef bool (*grammar_fn)(struct str s);

/* Both lists hold words that are separated by blanks. */
static void
assert_grammar(grammar_fn grammar, const char *good, const char *bad)
{
	struct str accepted = str_from(good);
	struct str rejected = str_from(bad);

	while (accepted.len > 0) {
		struct str word = str_cut(&accepted, ' ');

		if (!grammar(word))
			fail_msg("is rejected: '%.*s'", STR_ARG(word));
	}
	while (rejected.len > 0) {
		struct str word = str_cut(&rejected, ' ');

		if (grammar(word))
			fail_msg("is accepted: '%.*s'", STR_ARG(word));
	}
}

static void
identifiers(void **state)
{
	(void)state;
	assert_grammar(starlark_is_identifier, "a A _ a1 _1 crate_spec import_ i",
		       "1a a-b a.b \xc3\xbc");
	assert_grammar(starlark_is_identifier, "Import pass_ is_ fort",
		       "and as assert async await break class continue def del elif else except "
		       "finally for from global if import in is lambda load nonlocal not or pass "
		       "raise return try while with yield True False None");
	assert_false(starlark_is_identifier(STR("")));
	assert_false(starlark_is_identifier(STR("a b")));
	assert_false(starlark_is_identifier(STR("a\0")));
}

static void
module_names(void **state)
{
	(void)state;
	assert_grammar(bazel_is_module_name, "a a.b a-b_c.d1 a--b rules_rust",
		       "A 1a _a a_ a- a. aB a/b a+b");
	assert_false(bazel_is_module_name(STR("")));
	assert_false(bazel_is_module_name(STR("a ")));
}

static void
repo_names(void **state)
{
	(void)state;
	assert_grammar(bazel_is_repo_name, "a A a.b a-b a_b a1 a. crates__serde-1.0",
		       "1a _a .a -a a+b a~b @a a/b a:b");
	assert_false(bazel_is_repo_name(STR("")));
}

static void
compatibility(void **state)
{
	(void)state;
	assert_grammar(
		bazel_is_compatibility, ">7.0.0 <8.1.2 -7.1.0 <=7.10.0 >=7.0.0",
		"7.0.0 =7.0.0 ==7.0.0 >7.0 >7 >7.0.0.0 >7.0.0-pre >7..0 >.7.0.0 >7.0. -=7.0.0 "
		"> >= >x.0.0 >7.0.0, ~7.0.0");
	assert_false(bazel_is_compatibility(STR("")));
	assert_false(bazel_is_compatibility(STR("> 7.0.0")));
}

static void
package_names(void **state)
{
	(void)state;
	assert_grammar(bazel_is_package_name, "a a/b a.b/c-d_e @a a/..b A9",
		       "/a a/ a//b . .. ... a/. a/../b a:b a+b a\\b \xc3\xbc");
	assert_true(bazel_is_package_name(STR("")));
	assert_false(bazel_is_package_name(STR("a b")));
}

static void
target_names(void **state)
{
	(void)state;
	assert_grammar(
		bazel_is_target_name,
		"a a/b a.b !\"#$%&'()*+,-;<=>?@[]^_`{|}~ image.digest \xc3\xbc ..a a/..b ...",
		"/a a/ a//b . .. a/. a/./b ../a a/.. a:b a\\b a\x01 a\x7f a\tb");
	assert_true(bazel_is_target_name(STR("a b")));
	assert_false(bazel_is_target_name(STR("")));
}

static void
versions(void **state)
{
	(void)state;
	assert_grammar(bazel_is_version,
		       "1.0 abc v1 01 1.0-a-b 2024-07-02.bcr.1 1.0+build 1.0-rc.1+b-2.x 1+a..b "
		       "18446744073709551615 0018446744073709551615 1--",
		       "1_0 1..2 1.0- .1 1. 1.0-a..b 1.0-.a 1.0-a. +a 1+ 1+a+b -a 1.0-+b 1.0~x "
		       "18446744073709551616 1.99999999999999999999999");
	assert_true(bazel_is_version(STR("")));
	assert_false(bazel_is_version(STR("1 0")));
	assert_false(bazel_is_version(STR("1\0")));
}

static void
versions_are_ordered(void **state)
{
	/* each before the next; an empty one marks an override and is highest */
	static const char *const ordered[] = {
		"0",
		"0.1",
		"01",
		"1-1",
		"1-2",
		"1-2.0",
		"1-a",
		"1",
		"1.0-rc.2",
		"1.0-rc.10",
		"1.0-rc.a",
		"1.0",
		"1.0.0",
		"1.0.bcr.1",
		"1.2",
		"1.10",
		"1.a",
		"2",
		"18446744073709551614",
		"18446744073709551615",
		"A",
		"a",
		"a.1",
		"b",
		"",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ordered); i++) {
		for (size_t j = 0; j < COUNT(ordered); j++) {
			int order =
				bazel_compare_versions(str_from(ordered[i]), str_from(ordered[j]));

			if ((order > 0) - (order < 0) != (i > j) - (i < j))
				fail_msg("'%s' against '%s': %d", ordered[i], ordered[j], order);
		}
	}
	assert_int_equal(bazel_compare_versions(STR("1.0+a"), STR("1.0+b")), 0);
	assert_int_equal(bazel_compare_versions(STR("1.0-a+b"), STR("1.0-a")), 0);
}

/* Each before the next, and all before those behind it. */
static void
assert_order(int (*compare)(struct str a, struct str b), const char *const *ordered, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			int order = compare(str_from(ordered[i]), str_from(ordered[j]));

			if ((order > 0) - (order < 0) != (i > j) - (i < j))
				fail_msg("'%s' against '%s': %d", ordered[i], ordered[j], order);
		}
	}
}

static void
strings_are_ordered(void **state)
{
	static const char *const ordered[] = {
		"",         ".",     "A.rs",    "a",      "a.",      "a.b.rs", "a.rs",
		"a:rs",     "a!",    "a-b.rs",  "a10.rs", "a2.rs",   "a_b.rs", "sub/a.rs",
		"\xc3\xa9", ":",     ":x",      "//",     "//a:a/b", "//a.b",  "//a.b:c",
		"//a-b:c",  "//a/b", "//a_b:c", "@b//:c", "@b//a:z", "@b//x",
	};

	(void)state;
	assert_order(starlark_compare_strings, ordered, COUNT(ordered));
}

static void
loads_are_ordered(void **state)
{
	static const char *const ordered[] = {
		"@//:x.bzl",     "@a",           "@a//:x.bzl", "@@a//a:x.bzl", "@a//A/b:a.bzl",
		"@a//a/B:c.bzl", "@a_b//:x.bzl", "//:B.bzl",   "//:b.bzl",     "//X:a.bzl",
		"//x:a/b.bzl",   "//x:a-b.bzl",  "//x:A.bzl",  "//x:a.bzl",    "//x/y:a.bzl",
		"//x-y:a.bzl",   ":a.bzl",       "b.bzl",
	};

	(void)state;
	assert_order(starlark_compare_loads, ordered, COUNT(ordered));
	assert_int_equal(starlark_compare_loads(STR(":a.bzl"), STR("a.bzl")), 0);
	assert_int_equal(starlark_compare_loads(STR("//a"), STR("//a:a")), 0);
}

struct label_case {
	const char *text;
	const char *repo; /* with its @ or @@; NULL: none */
	const char *package; /* NULL: none */
	const char *target;
};

static void
labels(void **state)
{
	static const struct label_case cases[] = {
		{"//a/b:c", NULL, "a/b", "c"},
		{"//a/b", NULL, "a/b", "b"},
		{"//a", NULL, "a", "a"},
		{"//:a", NULL, "", "a"},
		{":a", NULL, NULL, "a"},
		{"a", NULL, NULL, "a"},
		{"src/main.rs", NULL, NULL, "src/main.rs"},
		{":src/main.rs", NULL, NULL, "src/main.rs"},
		{"@crates//:serde", "@crates", "", "serde"},
		{"@crates//serde", "@crates", "serde", "serde"},
		{"@crates", "@crates", "", "crates"},
		{"@@rules_rust~~i~crates//a:b", "@@rules_rust~~i~crates", "a", "b"},
		{"@@rules_rust+", "@@rules_rust+", "", "rules_rust+"},
		{"@//a:b", "@", "a", "b"},
		{"@@//a:b", "@@", "a", "b"},
		{"//c++/x:y", NULL, "c++/x", "y"},
		{"//a:b c", NULL, "a", "b c"},
		{"@platforms//cpu:all", "@platforms", "cpu", "all"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct label_case *wanted = &cases[i];
		const char *repo = wanted->repo == NULL ? "" : wanted->repo;
		size_t ats = repo[0] != '@' ? 0 : repo[1] == '@' ? 2 : 1;
		struct label label;
		const char *why;

		if (!label_parse(str_from(wanted->text), &label, &why))
			fail_msg("'%s': %s", wanted->text, why);
		assert_int_equal(label.has_repo, ats > 0);
		assert_int_equal(label.is_canonical, ats == 2);
		assert_true(str_is(label.repo, repo + ats));
		assert_int_equal(label.has_package, wanted->package != NULL);
		assert_true(str_is(label.package, wanted->package == NULL ? "" : wanted->package));
		assert_true(str_is(label.target, wanted->target));
	}
}

static void
not_labels(void **state)
{
	static const char *const cases[][2] = {
		{"", "it is empty"},
		{"@", "there is no name behind '@'"},
		{"@@", "there is no name behind '@'"},
		{"@a:b", "'//' is missing behind the repository"},
		{"@a/b", "'//' is missing behind the repository"},
		{"@1a//:b",
		 "a repository name starts with a letter and holds only letters, digits, "
		 "'_', '.' and '-'"},
		{"@a~b//:b", "a repository name starts with a letter and holds only letters, "
			     "digits, '_', '.' and '-'"},
		{"@@a b//:b", "the repository name holds a character that Bazel does not take"},
		{"@a//", "the target is empty"},
		{"//", "the target is empty"},
		{"//a:", "the target is empty"},
		{":", "the target is empty"},
		{"///a", "the package starts with '/'"},
		{"//a/", "the package ends with '/'"},
		{"//a//b", "the package holds '//'"},
		{"//a\\b", "the package holds a character that Bazel does not take"},
		{"//\xc3\xa9", "the package holds a character that Bazel does not take"},
		{"//...", "'...' is a pattern for many targets"},
		{"//a/...:all", "'...' is a pattern for many targets"},
		{"//a/../b", "a part of the package is '.' or '..'"},
		{"//a/....", "a part of the package has only dots"},
		{"a/b:c", "a package starts with '//'"},
		{"//a:/b", "the target starts with '/'"},
		{"//a:b/", "the target ends with '/'"},
		{"//a:b:c", "there is more than one ':'"},
		{"::a", "there is more than one ':'"},
		{"a\\b", "the target holds a '\\'"},
		{"a//b", "the target holds '//'"},
		{"//a:b\n", "the target holds a control character"},
		{"../a", "a part of the target is '.' or '..'"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct label label;
		const char *why;

		if (label_parse(str_from(cases[i][0]), &label, &why))
			fail_msg("is accepted: '%s'", cases[i][0]);
		assert_string_equal(why, cases[i][1]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identifiers),
		cmocka_unit_test(module_names),
		cmocka_unit_test(repo_names),
		cmocka_unit_test(compatibility),
		cmocka_unit_test(package_names),
		cmocka_unit_test(target_names),
		cmocka_unit_test(versions),
		cmocka_unit_test(versions_are_ordered),
		cmocka_unit_test(strings_are_ordered),
		cmocka_unit_test(loads_are_ordered),
		cmocka_unit_test(labels),
		cmocka_unit_test(not_labels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "starlark_read.h"

static jmp_buf escape;

static int
set_up(void **state)
{
	static struct arena arena;

	arena_init(&arena, (size_t)1 << 30, &escape);
	*state = &arena;
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

/* Without line ends and indentation, which other tests are about. */
static struct str
flat_text(struct arena *arena, const struct value *value)
{
	struct buf text;
	struct buf flat;

	buf_init(&text, arena);
	starlark_print(&text, value, 0, NULL);
	buf_init(&flat, arena);
	for (size_t i = 0; i < text.len; i++) {
		bool is_indent =
			text.at[i] == '\n' || (text.at[i] == ' ' && i > 0 &&
					       (text.at[i - 1] == '\n' || text.at[i - 1] == ' '));

		if (!is_indent)
			buf_char(&flat, text.at[i]);
	}
	return buf_str(&flat);
}

static const struct value *
must_read(struct arena *arena, const char *text)
{
	const struct value *value = starlark_read(arena, str_from(text));

	if (value == NULL)
		fail_msg("not readable: %s", text);
	return value;
}

/* Whether `from` becomes `to`, and `to` stays as it is, in the very same value. */
static void
assert_canonical_in(struct arena *arena, enum starlark_file file, const char *from, const char *to)
{
	const struct value *call = must_read(arena, from);
	const struct value *wanted = must_read(arena, to);
	struct str before = flat_text(arena, call);
	struct str text = flat_text(arena, starlark_canonical_call(arena, call->text, call, file));
	struct str expected = flat_text(arena, wanted);

	if (!str_eq(text, expected))
		fail_msg("expected:\n%s\ngot:\n%.*s", to, STR_ARG(text));
	if (!str_eq(before, flat_text(arena, call)))
		fail_msg("was changed in place: %s", from);
	assert_ptr_equal(starlark_canonical_call(arena, wanted->text, wanted, file), wanted);
	/* the same in place, for which this call is read once more */
	text = flat_text(arena,
			 starlark_canonicalize(arena, call->text,
					       (struct value *)starlark_read(arena, str_from(from)),
					       file));
	if (!str_eq(text, expected))
		fail_msg("expected in place:\n%s\ngot:\n%.*s", to, STR_ARG(text));
}

static void
assert_canonical(struct arena *arena, const char *from, const char *to)
{
	assert_canonical_in(arena, STARLARK_BUILD, from, to);
	assert_canonical_in(arena, STARLARK_MODULE, from, to);
}

static void
arguments_are_ordered(void **state)
{
	struct arena *arena = *state;

	assert_canonical(arena, "crate.spec(version = 1, package = 2, features = 3, a = 4)",
			 "crate.spec(a = 4, features = 3, package = 2, version = 1)");
	assert_canonical(arena, "r(deps = 1, visibility = 2, edition = 3, srcs = 4, name = 5)",
			 "r(name = 5, srcs = 4, edition = 3, visibility = 2, deps = 1)");
	assert_canonical(arena, "f(z = 1, alwayslink = 2, _b = 3, B = 4, size = 5, out = 6)",
			 "f(size = 5, out = 6, B = 4, _b = 3, z = 1, alwayslink = 2)");
	assert_canonical(arena, "f(**{\"a\": 1}, b = 1, 3, 2, a = 4)",
			 "f(3, 2, a = 4, b = 1, **{\"a\": 1})");
	assert_canonical(arena, "(b = 1, name = 2)", "(name = 2, b = 1)");
}

static void
some_functions_order_otherwise(void **state)
{
	struct arena *arena = *state;

	assert_canonical(arena, "module(compatibility_level = 1, version = 2, name = 3)",
			 "module(name = 3, version = 2, compatibility_level = 1)");
	assert_canonical(arena, "bazel_dep(dev_dependency = 1, version = 2, name = 3)",
			 "bazel_dep(name = 3, version = 2, dev_dependency = 1)");
	assert_canonical(arena, "git_override(commit = 1, remote = 2, module_name = 3)",
			 "git_override(module_name = 3, commit = 1, remote = 2)");
	assert_canonical(arena, "single_version_override(version = 2, module_name = 3)",
			 "single_version_override(module_name = 3, version = 2)");
	assert_canonical(arena, "x.module(version = 2, module_name = 3, a = 1)",
			 "x.module(a = 1, module_name = 3, version = 2)");
}

static void
known_lists_are_sorted(void **state)
{
	struct arena *arena = *state;

	assert_canonical(
		arena,
		"f(srcs = [\"sub/a.rs\", \"a_b.rs\", \"a2.rs\", \"a10.rs\", \"a-b.rs\", \"a.rs\", "
		"\"a.b.rs\", \"A.rs\"])",
		"f(srcs = [\"A.rs\", \"a.b.rs\", \"a.rs\", \"a-b.rs\", \"a10.rs\", \"a2.rs\", "
		"\"a_b.rs\", \"sub/a.rs\"])");
	assert_canonical(
		arena,
		"f(tags = [\"@foo\", \"@crates//:anyhow\", \"//a/b:c\", \"//a\", \":x\", \"y\"])",
		"f(tags = [\"y\", \":x\", \"//a\", \"//a/b:c\", \"@crates//:anyhow\", \"@foo\"])");
	assert_canonical(arena, "f(data = [\"b\", \"a\", \"b\", \"a\", \"b\"])",
			 "f(data = [\"a\", \"b\"])");
	assert_canonical(arena, "f(data = [\"b\", \"a\", X, \"d\", \"c\", \"d\", [\"z\", \"y\"]])",
			 "f(data = [\"a\", \"b\", X, \"c\", \"d\", [\"z\", \"y\"]])");
}

static void
other_lists_keep_their_order(void **state)
{
	static const char *const texts[] = {
		"f(features = [\"b\", \"a\", \"b\"])",
		"f(proc_macro_deps = [\"b\", \"a\"])",
		"f(rustc_flags = [\"-b\", \"-a\"])",
		"f([\"b\", \"a\"])",
		"glob([\"b\", \"a\"], exclude = [\"b\", \"a\"])",
		"f(srcs = glob([\"b\", \"a\"]))",
		"f(data = {\"b\": [\"b\", \"a\"], \"a\": 1})",
		"f(data = \"b\")",
		"genrule(srcs = [\"b\", \"a\"], outs = [\"b\", \"a\"])",
		"cc_embed_data(srcs = [\"b\", \"a\"])",
		"f(data = x.select({\"k\": [\"b\", \"a\"]}))",
		"f(data = select([\"b\", \"a\"]))",
		"f(data = select(data = {\"k\": [\"b\", \"a\"]}))",
		"f(data = select())",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_canonical(*state, texts[i], texts[i]);
	assert_canonical(*state, "native.genrule(outs = [\"b\", \"a\"])",
			 "native.genrule(outs = [\"a\", \"b\"])");
}

static void
lists_in_sums_and_selects_are_sorted(void **state)
{
	assert_canonical(
		*state,
		"f(deps = [\"b\", \"a\"] + select({\"y\": [\"d\", \"c\"], \"x\": [\"f\", \"e\"] + "
		"select({\"z\": [\"h\", \"g\"]})}, no_match_error = [\"j\", \"i\"]) + X)",
		"f(deps = [\"a\", \"b\"] + select({\"y\": [\"c\", \"d\"], \"x\": [\"e\", \"f\"] + "
		"select({\"z\": [\"g\", \"h\"]})}, no_match_error = [\"j\", \"i\"]) + X)");
}

static void
assert_shortened(struct arena *arena, const char *from, const char *to)
{
	struct str before = arena_printf(arena, "f(src = \"%s\")", from);
	struct str after = arena_printf(arena, "f(src = \"%s\")", to);

	assert_canonical(arena, before.at, after.at);
}

static void
labels_are_shortened(void **state)
{
	struct arena *arena = *state;

	assert_shortened(arena, "//foo:foo", "//foo");
	assert_shortened(arena, "//a/foo:foo", "//a/foo");
	assert_shortened(arena, "@r//foo:foo", "@r//foo");
	assert_shortened(arena, "@foo//:foo", "@foo");
	assert_shortened(arena, "@foo//:bar", "@foo//:bar");
	assert_shortened(arena, "@a-b//:a-b", "@a-b//:a-b");
	assert_shortened(arena, "@a.b//c:c", "@a.b//c:c");
	assert_shortened(arena, "@@foo//:foo", "@@foo//:foo");
	assert_shortened(arena, "//a:b/b", "//a:b/b");
	assert_shortened(arena, "//:a", "//:a");
	assert_shortened(arena, "//foo:foo:foo", "//foo:foo:foo");
	assert_shortened(arena, "foo:foo", "foo:foo");
	assert_shortened(arena, "///a:a", "///a:a");
	/* buildifier's pattern sees more in these than a label has */
	assert_shortened(arena, "//a:x/b:b", "//a:x/b");
	assert_shortened(arena, "@foo//a/:foo", "@foo");
}

static void
labels_stay_where_none_is_known(void **state)
{
	static const char *const texts[] = {
		"f(actual = \"//a:a\", crate = \"//a:a\", proc_macro_deps = [\"//a:a\"])",
		"f(deps = select({\"//a:a\": [\"//b\"]}))",
		"f(\"//a:a\", [\"//a:a\"])",
		"f(deps = glob([\"//a:a\"]))",
		"f(deps = [[\"//a:a\"]])",
		"package_group(includes = [\"//a:a\"])",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_canonical(*state, texts[i], texts[i]);
}

static void
labels_are_shortened_before_sorting(void **state)
{
	assert_canonical(*state,
			 "f(deps = [\"//b\", \"//b:b\", \"//a:a\"] + select({\"x\": [\"@r//:r\", "
			 "\"//c:c\"], \"y\": \"//d:d\"}))",
			 "f(deps = [\"//a\", \"//b\"] + select({\"x\": [\"//c\", \"@r\"], \"y\": "
			 "\"//d\"}))");
}

static void
split_labels_are_joined(void **state)
{
	struct arena *arena = *state;

	assert_canonical(arena, "f(src = \"//a\" + \":b\")", "f(src = \"//a:b\")");
	assert_canonical(arena, "f(src = \"//a\" + \":a\")", "f(src = \"//a\")");
	assert_canonical(arena, "f(deps = [\"//a\" + \":a\", \"//a\"])", "f(deps = [\"//a\"])");
	assert_canonical(arena, "f(src = \"//a\" + \":b\" + X)", "f(src = \"//a:b\" + X)");
	assert_canonical(arena, "f(src = \"//a\" + \"/b\" + \":b\")", "f(src = \"//a/b\")");
	assert_canonical(arena, "f(src = \"//a\" + \" b\")", "f(src = \"//a\" + \" b\")");
	assert_canonical(arena, "f(src = \"a\" + \"b\")", "f(src = \"a\" + \"b\")");
	assert_canonical(arena, "f(x = \"//a\" + \":b\")", "f(x = \"//a\" + \":b\")");
	/* only once shortened, the second has no blank */
	assert_canonical(arena, "f(src = \"//a\" + \"@foo//x y/:foo\")", "f(src = \"//a@foo\")");
}

static void
inner_calls_are_canonical(void **state)
{
	assert_canonical(*state,
			 "f(x = [glob(exclude = 1, allow_empty = 2, include = 3)], y = {\"k\": "
			 "g(srcs = [\"b\", \"a\"], name = 1)})",
			 "f(x = [glob(include = 3, allow_empty = 2, exclude = 1)], y = {\"k\": "
			 "g(name = 1, srcs = [\"a\", \"b\"])})");
	assert_canonical(*state, "f({g(b = 1, a = 2): 3} + h(b = 1, a = 2))",
			 "f({g(a = 2, b = 1): 3} + h(a = 2, b = 1))");
}

static void
repositories_in_use_are_sorted(void **state)
{
	struct arena *arena = *state;

	assert_canonical_in(arena, STARLARK_MODULE,
			    "use_repo(p, \"c\", \"a.b\", \"a\", \"c\", z = \"b\", y = \"a\")",
			    "use_repo(p, \"a\", \"a.b\", \"c\", y = \"a\", z = \"b\")");
	assert_canonical_in(arena, STARLARK_BUILD, "use_repo(p, \"c\", \"a\")",
			    "use_repo(p, \"c\", \"a\")");
	assert_canonical_in(arena, STARLARK_MODULE, "register_toolchains(\"//:b\", \"//:a\")",
			    "register_toolchains(\"//:b\", \"//:a\")");
}

static void
bzl_files_are_left_alone(void **state)
{
	const char *text = "f(srcs = [\"//b:b\", \"a\"], name = 1)";

	assert_canonical_in(*state, STARLARK_BZL, text, text);
}

/* The function is what the caller says, for a template writes the name. */
static void
the_function_is_given(void **state)
{
	struct arena *arena = *state;
	const struct value *call = must_read(arena, "(outs = [\"b\", \"a\"], name = 1)");
	const struct value *ordered =
		starlark_canonical_call(arena, STR("genrule"), call, STARLARK_BUILD);

	assert_true(str_is(flat_text(arena, ordered), "(name = 1,outs = [\"b\",\"a\",],)"));
}

static void
sums_in_sums_are_flat(void **state)
{
	struct arena *arena = *state;
	struct span none = {.line = 0};
	struct value *call = value_call(arena, none, STR("f"), 1);
	struct value *outer = value_sum(arena, none, 2);
	struct value *inner = value_sum(arena, none, 1);
	struct value *text = value_string(arena, none, STR("//a:a"));
	const struct value *canonical;

	value_add(inner, text);
	value_add(outer, inner);
	value_add_argument(call, STR("src"), outer);
	canonical = starlark_canonical_call(arena, call->text, call, STARLARK_BUILD);
	assert_true(str_is(flat_text(arena, canonical), "f(src = \"//a\")"));
	assert_true(str_is(flat_text(arena, call), "f(src = \"//a:a\")"));
}

/* What is dropped of equal strings is the later one, so that lines are traced to the first. */
static void
the_first_of_equals_stays(void **state)
{
	struct arena *arena = *state;
	struct value *list = value_list(arena, (struct span){.line = 0}, 0);
	struct value *call = value_call(arena, (struct span){.line = 0}, STR("f"), 1);
	const struct value *sorted;

	for (uint32_t i = 0; i < 100; i++)
		value_add(list, value_string(arena, (struct span){.line = i + 1},
					     i % 2 == 0 ? STR("b") : STR("a")));
	value_add_argument(call, STR("data"), list);
	sorted = starlark_canonical_call(arena, call->text, call, STARLARK_BUILD)->items[0].value;
	assert_int_equal(sorted->count, 2);
	assert_int_equal(sorted->items[0].value->origin.line, 2);
	assert_int_equal(sorted->items[1].value->origin.line, 1);
}

static void
long_lists_are_sorted(void **state)
{
	enum { MANY = 20000 };
	struct arena *arena = *state;
	struct value *list = value_list(arena, (struct span){.line = 0}, MANY);
	struct value *call = value_call(arena, (struct span){.line = 0}, STR("f"), 1);
	const struct value *sorted;

	/* 7919 is prime to MANY: every number comes once */
	for (size_t i = 0; i < MANY; i++)
		value_add(list, value_string(arena, (struct span){.line = 0},
					     arena_printf(arena, "//p:%05zu", i * 7919 % MANY)));
	value_add_argument(call, STR("deps"), list);
	sorted = starlark_canonical_call(arena, call->text, call, STARLARK_BUILD)->items[0].value;
	assert_int_equal(sorted->count, MANY);
	for (size_t i = 0; i < MANY; i++) {
		struct str expected = arena_printf(arena, "//p:%05zu", i);

		assert_true(str_eq(sorted->items[i].value->text, expected));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(arguments_are_ordered),
		TEST(some_functions_order_otherwise),
		TEST(known_lists_are_sorted),
		TEST(other_lists_keep_their_order),
		TEST(lists_in_sums_and_selects_are_sorted),
		TEST(labels_are_shortened),
		TEST(labels_stay_where_none_is_known),
		TEST(labels_are_shortened_before_sorting),
		TEST(split_labels_are_joined),
		TEST(inner_calls_are_canonical),
		TEST(repositories_in_use_are_sorted),
		TEST(bzl_files_are_left_alone),
		TEST(the_function_is_given),
		TEST(sums_in_sums_are_flat),
		TEST(the_first_of_equals_stays),
		TEST(long_lists_are_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

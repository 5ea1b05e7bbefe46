#include <limits.h>
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

	arena_init(&arena, (size_t)1 << 28, &escape);
	*state = &arena;
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static void
assert_text(struct str text, const char *expected)
{
	if (!str_is(text, expected))
		fail_msg("expected:\n%s\ngot:\n%.*s", expected, STR_ARG(text));
}

static void
assert_string(struct arena *arena, struct str text, const char *expected)
{
	struct buf out;

	buf_init(&out, arena);
	starlark_print_string(&out, text);
	assert_text(buf_str(&out), expected);
}

/* Whether the text, which may be on one line, prints as `expected`. */
static void
assert_print(struct arena *arena, const char *text, unsigned indent, const char *expected)
{
	const struct value *value = starlark_read(arena, str_from(text));
	struct buf out;

	assert_non_null(value);
	buf_init(&out, arena);
	starlark_print(&out, value, indent, NULL);
	assert_text(buf_str(&out), expected);
}

static void
assert_line(struct arena *arena, const char *text, const char *expected)
{
	const struct value *value = starlark_read(arena, str_from(text));
	struct buf out;

	assert_non_null(value);
	buf_init(&out, arena);
	starlark_print_line(&out, value, NULL);
	assert_text(buf_str(&out), expected);
}

static void
strings_are_quoted(void **state)
{
	struct arena *arena = *state;

	assert_string(arena, STR(""), "\"\"");
	assert_string(arena, STR("it's # plain"), "\"it's # plain\"");
	assert_string(arena, STR("a\"b\\c"), "\"a\\\"b\\\\c\"");
	assert_string(arena, STR("\\n"), "\"\\\\n\"");
	assert_string(arena, STR("a\nb\tc\r"), "\"a\\nb\\tc\\r\"");
	assert_string(arena,
		      STR("\x01\x1f\x7f"
			  "7"),
		      "\"\\001\\037\\1777\"");
	assert_string(arena, STR("a\0b"), "\"a\\000b\"");
	assert_string(arena, STR("gr\xc3\xbc\xc3\x9f \xf0\x9f\xa6\x80"),
		      "\"gr\xc3\xbc\xc3\x9f \xf0\x9f\xa6\x80\"");
}

static void
scalars(void **state)
{
	struct arena *arena = *state;

	assert_print(arena, "None", 0, "None");
	assert_print(arena, "True", 0, "True");
	assert_print(arena, "False", 0, "False");
	assert_print(arena, "-12", 0, "-12");
	assert_print(arena, "-9223372036854775808", 0, "-9223372036854775808");
	assert_print(arena, "RUST_VERSION", 0, "RUST_VERSION");
}

static void
up_to_one_item_hugs(void **state)
{
	struct arena *arena = *state;

	assert_print(arena, "[]", 8, "[]");
	assert_print(arena, "{}", 8, "{}");
	assert_print(arena, "f()", 8, "f()");
	assert_print(arena, "[\"a\"]", 8, "[\"a\"]");
	assert_print(arena, "[[\"a\"]]", 0, "[[\"a\"]]");
	assert_print(arena, "{\"a\": 1}", 0, "{\"a\": 1}");
	assert_print(arena, "f(a = 1)", 0, "f(a = 1)");
	assert_print(arena, "glob([\"a\", \"b\"])", 4,
		     "glob([\n"
		     "        \"a\",\n"
		     "        \"b\",\n"
		     "    ])");
	assert_print(arena, "{\"k\": [1, 2]}", 0,
		     "{\"k\": [\n"
		     "    1,\n"
		     "    2,\n"
		     "]}");
	assert_print(arena, "f(a = g([{\"k\": 1, \"l\": []}]))", 0,
		     "f(a = g([{\n"
		     "    \"k\": 1,\n"
		     "    \"l\": [],\n"
		     "}]))");
}

static void
several_items_get_a_line_each(void **state)
{
	struct arena *arena = *state;

	assert_print(arena, "[1, 2]", 4,
		     "[\n"
		     "        1,\n"
		     "        2,\n"
		     "    ]");
	assert_print(arena, "register_toolchains(\"//:a\", \"//:b\")", 0,
		     "register_toolchains(\n"
		     "    \"//:a\",\n"
		     "    \"//:b\",\n"
		     ")");
	assert_print(arena, "f(name = \"x\", srcs = glob([\"a\"], exclude = [\"b\", \"c\"]))", 0,
		     "f(\n"
		     "    name = \"x\",\n"
		     "    srcs = glob(\n"
		     "        [\"a\"],\n"
		     "        exclude = [\n"
		     "            \"b\",\n"
		     "            \"c\",\n"
		     "        ],\n"
		     "    ),\n"
		     ")");
}

static void
double_star_has_no_comma(void **state)
{
	struct arena *arena = *state;

	assert_print(arena, "f(**{\"a.b\": \"c\"})", 0, "f(**{\"a.b\": \"c\"})");
	assert_print(arena, "f(1, **{})", 0, "f(\n    1,\n    **{}\n)");
}

static void
sums_stay_on_their_line(void **state)
{
	struct arena *arena = *state;
	struct value *sum = value_sum(arena, (struct span){.line = 0}, 0);
	struct buf out;

	assert_print(arena, "[\"-a\"] + select({\"//:x\": [\"b\", \"c\"], \"//:y\": []}) + F", 0,
		     "[\"-a\"] + select({\n"
		     "    \"//:x\": [\n"
		     "        \"b\",\n"
		     "        \"c\",\n"
		     "    ],\n"
		     "    \"//:y\": [],\n"
		     "}) + F");
	buf_init(&out, arena);
	starlark_print(&out, sum, 0, NULL);
	assert_text(buf_str(&out), "[]");
}

/* Templates write a name and then the arguments. */
static void
arguments_without_function(void **state)
{
	struct arena *arena = *state;

	assert_print(arena, "(name = \"a\")", 0, "(name = \"a\")");
	assert_print(arena, "(name = \"a\", version = \"1\")", 0,
		     "(\n    name = \"a\",\n    version = \"1\",\n)");
}

static void
calls_on_one_line(void **state)
{
	struct arena *arena = *state;

	assert_line(arena, "bazel_dep(name = \"a\", version = \"1\", dev_dependency = True)",
		    "bazel_dep(name = \"a\", version = \"1\", dev_dependency = True)");
	assert_line(arena, "use_repo(p, \"a\", b = \"c\", **{\"x.y\": \"z\"})",
		    "use_repo(p, \"a\", b = \"c\", **{\"x.y\": \"z\"})");
	/* buildifier would break the inner list, and then the call in its next run */
	assert_line(arena, "bazel_dep(name = \"a\", x = [1, 2])",
		    "bazel_dep(\n"
		    "    name = \"a\",\n"
		    "    x = [\n"
		    "        1,\n"
		    "        2,\n"
		    "    ],\n"
		    ")");
	assert_line(arena, "f(1, x = [{\"k\": [1, 2]}])",
		    "f(\n    1,\n    x = [{\"k\": [\n        1,\n        2,\n    ]}],\n)");
}

struct marks {
	struct buf out;
	struct buf text; /* "RANGE@COLUMN|" of each that was told */
};

static void
mark(void *self, size_t from, size_t to, struct span origin)
{
	struct marks *marks = self;

	assert_int_equal(to, marks->out.len);
	buf_printf(&marks->text, "%.*s@%u|", STR_ARG(str_after(buf_str(&marks->out), from)),
		   (unsigned)origin.column);
}

static void
assert_marks(struct arena *arena, const char *text, const char *expected)
{
	struct marks marks;
	const struct trace trace = {&marks, mark};
	const struct value *value = starlark_read(arena, str_from(text));

	assert_non_null(value);
	buf_init(&marks.text, arena);
	buf_init(&marks.out, arena);
	buf_text(&marks.out, "# ");
	starlark_print_line(&marks.out, value, &trace);
	assert_text(buf_str(&marks.text), expected);
}

static void
trace_tells_inner_values_first(void **state)
{
	struct arena *arena = *state;

	assert_marks(arena, "1", "1@1|");
	assert_marks(arena, "[\"x\"]", "\"x\"@2|[\"x\"]@1|");
	assert_marks(arena, "f(a, b = [c])", "a,@3|c@11|b = [c]@10|f(a, b = [c])@1|");
	assert_marks(arena, "[a, b]", "a,@2|b@5|[a, b]@1|");
	/* a sum has the place of its first operand */
	assert_marks(arena, "a + b", "a@1|b@5|a + b@1|");
	assert_marks(arena, "f(g() + 1, **h)", "g()@3|1@9|g() + 1,@3|**h@14|f(g() + 1, **h)@1|");
	assert_marks(arena, "{a: b}", "a@2|a: b@5|{a: b}@1|");
	assert_marks(arena, "[{a: b, c: d}]",
		     "a@3|a: b,@6|c@9|c: d,@12|{\n    a: b,\n    c: d,\n}@2|"
		     "[{\n    a: b,\n    c: d,\n}]@1|");
}

static void
values_without_source_are_not_told(void **state)
{
	struct arena *arena = *state;
	struct value *list = value_list(arena, (struct span){.line = 0}, 1);
	struct marks marks;
	const struct trace trace = {&marks, mark};

	value_add(list, value_int(arena, (struct span){.line = 3}, LLONG_MAX));
	buf_init(&marks.text, arena);
	buf_init(&marks.out, arena);
	starlark_print_line(&marks.out, list, &trace);
	assert_text(buf_str(&marks.out), "[9223372036854775807]");
	assert_int_equal(marks.text.len, 0);
}

static void
items_grow_beyond_their_capacity(void **state)
{
	struct arena *arena = *state;
	struct value *list = value_list(arena, (struct span){.line = 0}, 1);

	for (int i = 0; i < 1000; i++)
		value_add(list, value_int(arena, (struct span){.line = 0}, i));
	assert_int_equal(list->count, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list->items[i].value->integer, i);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(strings_are_quoted),
		TEST(scalars),
		TEST(up_to_one_item_hugs),
		TEST(several_items_get_a_line_each),
		TEST(double_star_has_no_comma),
		TEST(sums_stay_on_their_line),
		TEST(arguments_without_function),
		TEST(calls_on_one_line),
		TEST(trace_tells_inner_values_first),
		TEST(values_without_source_are_not_told),
		TEST(items_grow_beyond_their_capacity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

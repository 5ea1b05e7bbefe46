#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "starlark/starlark.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
sound_texts(void **state)
{
	static const char *const texts[] = {
		"",
		"f(a = [1, {\"b\": (2,)}])\n",
		"# it's (fine\nx = 1 # [\n",
		"x = \"a # b ) \\\" '\"\n",
		"x = 'a \\' \"'\n",
		"x = \"\"\n",
		"x = \"\"\"a\n\" ( \"\" \\\"\"\" '''\n\"\"\"\n",
		"x = '''it's\n\"\"\" '\\''''\n",
		"x = \"\"\"\"\"\"\n",
		"x = r\"\\\"(\" + r'\\d' + r\"\"\"\\\"\"\"\"\n",
		"x = \"a\\\nb\"\n",
		"x = \"a\\\r\nb\"\r\n",
		"x = \"\\\\\"\n",
		"x = '\xc3\xa9'",
		"# no line end (",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct starlark_fault fault;

		if (!starlark_scan(str_from(texts[i]), &fault))
			fail_msg("text %zu: %u:%u %s", i, (unsigned)fault.line,
				 (unsigned)fault.column, fault.what);
	}
}

struct fault_case {
	const char *text;
	struct starlark_fault fault;
};

static void
faults(void **state)
{
	static const struct fault_case cases[] = {
		{"f(\n    version = \"1.0,\n)\n", {2, 15, "this string is not closed"}},
		{"x = 'a", {1, 5, "this string is not closed"}},
		{"x = \"a\\", {1, 5, "this string is not closed"}},
		{"x = \"a\\\"", {1, 5, "this string is not closed"}},
		{"x = r\"a\\\"", {1, 6, "this string is not closed"}},
		{"\nx = \"\"\"a\n\"\"\n", {2, 5, "this string is not closed"}},
		{"x = '''a\"\"\"", {1, 5, "this string is not closed"}},
		{"use_repo(llvm,\n    \"a\",\n", {1, 9, "this bracket is not closed"}},
		{"f([1)", {1, 5, "this bracket does not match the open one"}},
		{"f(1]", {1, 4, "this bracket does not match the open one"}},
		{"{1)", {1, 3, "this bracket does not match the open one"}},
		{"(1}", {1, 3, "this bracket does not match the open one"}},
		{"[1}", {1, 3, "this bracket does not match the open one"}},
		{"{1]", {1, 3, "this bracket does not match the open one"}},
		{"f(1))\n", {1, 5, "nothing is open that this bracket could close"}},
		{"# \xc3\xa9\n\"\xc3\xa9\" ]",
		 {2, 5, "nothing is open that this bracket could close"}},
		{"f(\n[", {2, 1, "this bracket is not closed"}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct starlark_fault fault = {0, 0, "nothing"};

		if (starlark_scan(str_from(cases[i].text), &fault))
			fail_msg("text %zu is accepted", i);
		assert_string_equal(fault.what, cases[i].fault.what);
		assert_int_equal(fault.line, cases[i].fault.line);
		assert_int_equal(fault.column, cases[i].fault.column);
	}
}

static void
deep_nesting_is_refused(void **state)
{
	enum { DEPTH = 100000 };
	struct starlark_fault fault;
	char *text = malloc((size_t)2 * DEPTH);

	(void)state;
	assert_non_null(text);
	memset(text, '[', DEPTH);
	memset(text + DEPTH, ']', DEPTH);
	assert_false(starlark_scan((struct str){text, (size_t)2 * DEPTH}, &fault));
	assert_string_equal(fault.what, "brackets are nested too deeply here");
	assert_int_equal(fault.column, 501);
	assert_true(starlark_scan((struct str){text + DEPTH - 500, 1000}, &fault));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_texts),
		cmocka_unit_test(faults),
		cmocka_unit_test(deep_nesting_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

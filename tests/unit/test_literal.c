/* Literals in lines of Starlark. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/literal.h"

struct fixture {
	struct arena arena;
	jmp_buf escape;
};

static int
set_up(void **state)
{
	static struct fixture fixture;

	if (setjmp(fixture.escape) != 0)
		return -1;
	arena_init(&fixture.arena, (size_t)1 << 24, &fixture.escape);
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(&((struct fixture *)*state)->arena);
	return 0;
}

static void
literals_are_read(void **state)
{
	struct fixture *fixture = *state;
	static const struct {
		const char *text, *value; /* NULL: none */
	} literals[] = {
		{"\"\"", ""},
		{"\"a b\"", "a b"},
		{"'a\"b'", "a\"b"},
		{"\"\\\\\\\"\"", "\\\""},
		{"\"\\t\\r\\n\"", "\t\r\n"},
		{"\"\\q\\60\\8\"", "\\q0\\8"},
		{"0", "0"},
		{"-12", "-12"},
		{"True", "True"},
		{"None", "None"},
		{"", NULL},
		{"-", NULL},
		{"\"", NULL},
		{"\"a", NULL},
		{"\"a\\\"", NULL},
		{"\"a\" \"b\"", NULL},
		{"a", NULL},
		{"1.5", NULL},
		{"1a", NULL},
		{"true", NULL},
		{"[]", NULL},
		{"\"a'", NULL},
	};

	for (size_t i = 0; i < sizeof(literals) / sizeof(literals[0]); i++) {
		struct str value;
		bool is_literal =
			literal_value(&fixture->arena, str_from(literals[i].text), &value);

		if (is_literal != (literals[i].value != NULL))
			fail_msg("%s", literals[i].text);
		if (is_literal && !str_is(value, literals[i].value))
			fail_msg("%s: %.*s", literals[i].text, STR_ARG(value));
	}
}

static void
parts_grow_to_tokens(void **state)
{
	static const struct {
		const char *line;
		size_t from, to, start, end;
	} parts[] = {
		{"a = \"b c\", 12", 0, 1, 0, 1},
		{"a = \"b c\", 12", 5, 6, 4, 9},
		{"a = \"b c\", 12", 4, 9, 4, 9},
		{"a = \"b c\", 12", 2, 7, 2, 9},
		{"a = \"b c\", 12", 9, 12, 9, 13},
		{"crate.spec(-12)", 6, 12, 0, 14},
		{"x-1", 2, 3, 1, 3},
		{"x - y", 2, 3, 2, 3},
		{"\"a\\\"b\" c", 3, 4, 0, 6},
		{"\"open", 2, 3, 0, 5},
		{"ab", 1, 1, 0, 2},
		{"ab", 2, 3, 2, 3},
		{"", 0, 1, 0, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct part part = literal_tokens(str_from(parts[i].line),
						  (struct part){parts[i].from, parts[i].to});

		if (part.from != parts[i].start || part.to != parts[i].end)
			fail_msg("%s: %zu-%zu gives %zu-%zu", parts[i].line, parts[i].from,
				 parts[i].to, part.from, part.to);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(literals_are_read),
		TEST(parts_grow_to_tokens),
	};

	return cmocka_run_group_tests_name("literal", tests, NULL, NULL);
}

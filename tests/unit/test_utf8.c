#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diag/utf8.h"

#define GAP "\xef\xbf\xbd"

static void
assert_mended(struct arena *arena, struct str text, const char *expected)
{
	struct buf out;

	buf_init(&out, arena);
	utf8_mend(&out, text);
	assert_true(str_is(buf_str(&out), expected));
}

static void
text_stays_as_it_is(void **state)
{
	static const char *const texts[] = {
		"",
		"plain\n\x1b\x7f",
		"\xc3\xa4\xe2\x82\xac\xf0\x9f\xa6\x80",
		GAP,
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		assert_true(utf8_is_valid(str_from(texts[i])));
		assert_mended(*state, str_from(texts[i]), texts[i]);
	}
}

static void
what_is_no_text_is_mended(void **state)
{
	static const char *const cases[][2] = {
		{"\xff", GAP},
		{"a\xc3", "a" GAP},
		{"\xc3z", GAP "z"},
		{"\xc0\x80", GAP GAP},
		{"\xed\xa0\x80!", GAP GAP GAP "!"},
		{"\xf4\x90\x80\x80", GAP GAP GAP GAP},
		{"\xf0\x9f\xa6x", GAP GAP GAP "x"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_false(utf8_is_valid(str_from(cases[i][0])));
		assert_mended(*state, str_from(cases[i][0]), cases[i][1]);
	}
}

static void
a_nul_is_text_but_is_mended(void **state)
{
	assert_true(utf8_is_valid(STR("a\0b")));
	assert_mended(*state, STR("a\0b\0"), "a" GAP "b" GAP);
}

static void
random_bytes_become_text(void **state)
{
	uint32_t seed = 1;

	for (int round = 0; round < 2000; round++) {
		char bytes[12];
		struct buf out;

		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (char)(seed >> 24);
		}
		buf_init(&out, *state);
		utf8_mend(&out, (struct str){bytes, sizeof(bytes)});
		assert_true(utf8_is_valid(buf_str(&out)));
		assert_int_equal(str_find(buf_str(&out), '\0'), out.len);
	}
}

static jmp_buf escape;

static int
set_up(void **state)
{
	static struct arena arena;

	arena_init(&arena, (size_t)1 << 26, &escape);
	*state = &arena;
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_stays_as_it_is),
		cmocka_unit_test(what_is_no_text_is_mended),
		cmocka_unit_test(a_nul_is_text_but_is_mended),
		cmocka_unit_test(random_bytes_become_text),
	};

	if (setjmp(escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

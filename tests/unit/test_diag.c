#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diag/cursor.h"
#include "diag/diag.h"
#include "diag/utf8.h"

/* As STR, but for tables, where a compound literal is no constant. */
#define TEXT(literal)                          \
	{                                      \
		(literal), sizeof(literal) - 1 \
	}

struct fixture {
	struct arena arena;
	struct diags diags;
	struct source source;
	jmp_buf escape;
};

static int
setup(void **state)
{
	static struct fixture fixture;

	if (setjmp(fixture.escape) != 0)
		return -1;
	arena_init(&fixture.arena, (size_t)64 * 1024 * 1024, &fixture.escape);
	diags_init(&fixture.diags, &fixture.arena);
	fixture.source = (struct source){STR("f.yaml"), STR("")};
	*state = &fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;

	arena_free(&fixture->arena);
	return 0;
}

static struct span
at(const struct fixture *fixture, uint32_t line, uint32_t column, uint32_t width)
{
	return (struct span){&fixture->source, line, column, width};
}

static const char *
printed(struct fixture *fixture, bool colour)
{
	struct buf out;

	buf_init(&out, &fixture->arena);
	diags_sort(&fixture->diags);
	diags_print_text(&fixture->diags, &out, colour);
	buf_char(&out, '\0');
	return out.at;
}

/* The excerpt alone, of one diagnostic in `text`. */
static const char *
excerpt(struct fixture *fixture, struct str text, uint32_t line, uint32_t column, uint32_t width)
{
	static const char heading[] = ": error[Y001]: x\n";
	const char *all, *found;

	diags_init(&fixture->diags, &fixture->arena);
	fixture->source.text = text;
	diag_add(&fixture->diags, DIAG_YAML_SYNTAX, at(fixture, line, column, width), "x");
	all = printed(fixture, false);
	found = strstr(all, heading);
	assert_non_null(found);
	return found + sizeof(heading) - 1;
}

static void
test_catalogue(void **state)
{
	(void)state;
	for (int i = 0; i < DIAG_COUNT; i++) {
		const struct diag_info *info = diag_info((enum diag_code)i);
		enum diag_code found;
		size_t len = strlen(info->text);

		assert_true(diag_find(str_from(info->code), &found));
		assert_int_equal(found, i); /* a code used twice is found at its first use */
		assert_int_equal(strlen(info->code), 4);
		assert_non_null(strchr("YSVLTP", info->code[0]));
		assert_int_equal(strspn(info->code + 1, "0123456789"), 3);
		assert_true(strlen(info->title) > 0);
		assert_int_not_equal(info->title[strlen(info->title) - 1], '.');
		assert_true(len > 0);
		assert_int_equal(info->text[len - 1], '.');
	}
}

static void
test_find(void **state)
{
	enum diag_code code = DIAG_COUNT;

	(void)state;
	assert_false(diag_find(STR("Y999"), &code));
	assert_false(diag_find(STR(""), &code));
	assert_false(diag_find(STR("y001"), &code));
	assert_int_equal(code, DIAG_COUNT);
	assert_true(diag_find(STR("Y001"), &code));
	assert_int_equal(code, DIAG_YAML_SYNTAX);
}

static void
test_order_and_duplicates(void **state)
{
	struct fixture *fixture = *state;
	struct diags *diags = &fixture->diags;
	struct source other = {STR("a.yaml"), STR("")};
	struct diag *first, *again;

	diag_add(diags, DIAG_YAML_TAG, (struct span){0}, "nowhere");
	diag_add(diags, DIAG_YAML_TAG, at(fixture, 2, 1, 1), "d");
	diag_add(diags, DIAG_YAML_TAG, at(fixture, 1, 2, 1), "c");
	diag_add(diags, DIAG_YAML_TAG, at(fixture, 1, 1, 1), "b");
	first = diag_add(diags, DIAG_YAML_SYNTAX, at(fixture, 1, 1, 1), "b");
	diag_add(diags, DIAG_YAML_SYNTAX, at(fixture, 1, 1, 1), "a");
	diag_add(diags, DIAG_YAML_SYNTAX, (struct span){&other, 9, 9, 1}, "e");
	again = diag_add(diags, DIAG_YAML_SYNTAX, at(fixture, 1, 1, 1), "b");
	diag_note(diags, again, at(fixture, 1, 1, 1), "lost");
	diag_help(diags, again, "lost");
	diag_suggest(diags, again, STR("lost"));
	assert_null(first->notes);
	assert_int_equal(first->help.len, 0);
	assert_int_equal(first->replacement.len, 0);
	assert_int_equal(diags->count, 7);
	assert_int_equal(diags->errors, 7);
	assert_string_equal(printed(fixture, false), "a.yaml:9:9: error[Y001]: e\n"
						     "f.yaml:1:1: error[Y001]: a\n"
						     "   1 |\n"
						     "     | ^\n"
						     "f.yaml:1:1: error[Y001]: b\n"
						     "   1 |\n"
						     "     | ^\n"
						     "f.yaml:1:1: error[Y007]: b\n"
						     "   1 |\n"
						     "     | ^\n"
						     "f.yaml:1:2: error[Y007]: c\n"
						     "   1 |\n"
						     "     | ^\n"
						     "f.yaml:2:1: error[Y007]: d\n"
						     "error[Y007]: nowhere\n");
}

static void
test_limit(void **state)
{
	struct fixture *fixture = *state;
	struct diags *diags = &fixture->diags;

	for (uint32_t i = 1; i <= DIAGS_MAX; i++)
		diag_add(diags, DIAG_YAML_SYNTAX, at(fixture, i, 1, 1), "x");
	assert_int_equal(diags->dropped, 0);
	assert_int_equal(diags->count, DIAGS_MAX);
	for (uint32_t i = 1; i <= 2; i++) {
		struct diag *diag =
			diag_add(diags, DIAG_YAML_SYNTAX, at(fixture, 1000 + i, 1, 1), "y");

		assert_non_null(diag);
		diag_note(diags, diag, at(fixture, 1, 1, 1), "n");
		assert_non_null(strstr(printed(fixture, false),
				       i == 1 ? "\n1 more message is not shown\n"
					      : "\n2 more messages are not shown\n"));
	}
	assert_int_equal(diags->dropped, 2);
	assert_int_equal(diags->count, DIAGS_MAX);
	assert_int_equal(diags->errors, DIAGS_MAX + 2);
	assert_true(str_is(diags_summary(diags, &fixture->arena), "202 errors"));
}

static void
test_summary(void **state)
{
	static const struct {
		size_t errors, warnings;
		const char *expected;
	} cases[] = {
		{0, 0, ""},
		{1, 0, "1 error"},
		{2, 0, "2 errors"},
		{0, 1, "1 warning"},
		{0, 3, "3 warnings"},
		{2, 1, "2 errors, 1 warning"},
		{1, 2, "1 error, 2 warnings"},
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fixture->diags.errors = cases[i].errors;
		fixture->diags.warnings = cases[i].warnings;
		assert_true(
			str_is(diags_summary(&fixture->diags, &fixture->arena), cases[i].expected));
	}
}

static void
test_whole_message(void **state)
{
	struct fixture *fixture = *state;
	struct diag *diag;

	fixture->source.text = STR("spec: 1\nmodule:\n  verison: \"1.0\"\n");
	diag = diag_add(&fixture->diags, DIAG_YAML_SYNTAX, at(fixture, 3, 3, 7),
			"unknown key '%s' in '%s'", "verison", "module");
	diag_suggest(&fixture->diags, diag, STR("version"));
	diag_note(&fixture->diags, diag, at(fixture, 2, 1, 6), "first");
	diag_note(&fixture->diags, diag, (struct span){0}, "second");
	assert_true(str_is(diag->replacement, "version"));
	assert_string_equal(printed(fixture, false),
			    "f.yaml:3:3: error[Y001]: unknown key 'verison' in 'module'\n"
			    "   3 |   verison: \"1.0\"\n"
			    "     |   ^~~~~~~\n"
			    "     = help: did you mean 'version'?\n"
			    "f.yaml:2:1: note: first\n"
			    "   2 | module:\n"
			    "     | ^~~~~~\n"
			    "note: second\n");
}

static void
test_no_suggestion(void **state)
{
	struct fixture *fixture = *state;
	struct diag *diag = diag_add(&fixture->diags, DIAG_YAML_SYNTAX, (struct span){0}, "x");

	diag_suggest(&fixture->diags, diag, (struct str){NULL, 0});
	assert_int_equal(diag->help.len, 0);
	assert_string_equal(printed(fixture, false), "error[Y001]: x\n");
}

static void
test_colour(void **state)
{
	struct fixture *fixture = *state;

	fixture->source.text = STR("ab");
	diag_add(&fixture->diags, DIAG_YAML_SYNTAX, at(fixture, 1, 1, 2), "x");
	assert_string_equal(
		printed(fixture, true),
		"\033[1mf.yaml:1:1:\033[0m \033[1;31merror[Y001]\033[0m\033[1m: x\033[0m\n"
		"   1 | ab\n"
		"     | \033[1;32m^~\033[0m\n");
}

static void
test_wide_gutter(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;
	const char *shown;

	buf_init(&text, &fixture->arena);
	buf_fill(&text, '\n', 123455);
	buf_text(&text, "last");
	fixture->source.text = buf_str(&text);
	shown = excerpt(fixture, buf_str(&text), 123456, 1, 4);
	assert_string_equal(shown, "123456 | last\n"
				   "       | ^~~~\n");
}

static void
test_excerpts(void **state)
{
	static const struct {
		struct str text;
		uint32_t line, column, width;
		const char *expected;
	} cases[] = {
		/* width 0 and 1, and one that reaches over the end of the line */
		{TEXT("abc"), 1, 2, 0, "   1 | abc\n     |  ^\n"},
		{TEXT("abc"), 1, 2, 1, "   1 | abc\n     |  ^\n"},
		{TEXT("abc\nd"), 1, 2, 9, "   1 | abc\n     |  ^~\n"},
		/* behind the end of the line, and of the text */
		{TEXT("abc\n"), 1, 4, 1, "   1 | abc\n     |    ^\n"},
		{TEXT("abc\n"), 1, 9, 1, "   1 | abc\n     |    ^\n"},
		{TEXT("abc\n"), 2, 1, 1, "   2 |\n     | ^\n"},
		{TEXT("abc\n"), 3, 1, 1, ""},
		{TEXT("abc"), 0, 0, 0, ""},
		/* CRLF and BOM are no part of the line */
		{TEXT("ab\r\ncd\r\n"), 1, 2, 5, "   1 | ab\n     |  ^\n"},
		{TEXT("ab\r\ncd\r\n"), 2, 1, 2, "   2 | cd\n     | ^~\n"},
		{TEXT("\xef\xbb\xbfkey: 1\n"), 1, 1, 3, "   1 | key: 1\n     | ^~~\n"},
		{TEXT("\xef\xbb\xbf"
		      "a\nb"),
		 2, 1, 1, "   2 | b\n     | ^\n"},
		/* tabs */
		{TEXT("\tab"), 1, 2, 2, "   1 |         ab\n     |         ^~\n"},
		{TEXT("abc\td"), 1, 5, 1, "   1 | abc     d\n     |         ^\n"},
		{TEXT("a\tb"), 1, 2, 1, "   1 | a       b\n     |  ^~~~~~~\n"},
		/* code points, wide and combining ones */
		{TEXT("\xc3\xa4\xc3\xb6: x"), 1, 5, 1,
		 "   1 | \xc3\xa4\xc3\xb6: x\n     |     ^\n"},
		{TEXT("\xe6\xbc\xa2\xe5\xad\x97: x"), 1, 5, 1,
		 "   1 | \xe6\xbc\xa2\xe5\xad\x97: x\n     |       ^\n"},
		{TEXT("\xe6\xbc\xa2\xe5\xad\x97: x"), 1, 1, 2,
		 "   1 | \xe6\xbc\xa2\xe5\xad\x97: x\n     | ^~~~\n"},
		{TEXT("e\xcc\x81x"), 1, 3, 1, "   1 | e\xcc\x81x\n     |  ^\n"},
		{TEXT("\xf0\x9f\x98\x80x"), 1, 2, 1, "   1 | \xf0\x9f\x98\x80x\n     |   ^\n"},
		/* what a terminal must not get */
		{TEXT("a\x1b[2Jb"), 1, 6, 1, "   1 | a\\x1b[2Jb\n     |         ^\n"},
		{TEXT("a\0b"), 1, 3, 1, "   1 | a\\x00b\n     |      ^\n"},
		{TEXT("a\x7f\rb"), 1, 4, 1, "   1 | a\\x7f\\rb\n     |        ^\n"},
		{TEXT("\xff\xfe!"), 1, 3, 1, "   1 | \\xff\\xfe!\n     |         ^\n"},
		{TEXT("\xc2\x9b!"), 1, 2, 1, "   1 | \\u{009b}!\n     |         ^\n"},
		{TEXT("\xe2\x80\xae!"), 1, 1, 1, "   1 | \\u{202e}!\n     | ^~~~~~~~\n"},
		{TEXT("\xf3\xa0\x81\x81!"), 1, 2, 1, "   1 | \\u{e0041}!\n     |          ^\n"},
		/* cut off, overlong, surrogate, too large: bytes, one column each */
		{TEXT("\xe2\x80"), 1, 1, 1, "   1 | \\xe2\\x80\n     | ^~~~\n"},
		{TEXT("\xc0\x80"), 1, 2, 1, "   1 | \\xc0\\x80\n     |     ^~~~\n"},
		{TEXT("\xed\xa0\x80"), 1, 3, 1, "   1 | \\xed\\xa0\\x80\n     |         ^~~~\n"},
		{TEXT("\xf4\x90\x80\x80"), 1, 4, 1,
		 "   1 | \\xf4\\x90\\x80\\x80\n     |             ^~~~\n"},
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(excerpt(fixture, cases[i].text, cases[i].line, cases[i].column,
					    cases[i].width),
				    cases[i].expected);
}

static void
repeat(struct buf *buf, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_text(buf, text);
}

/* The excerpt of a line that has `before` of the given text, an X, and `after` of it. */
static const char *
long_line(struct fixture *fixture, const char *unit, size_t before, size_t after)
{
	struct buf text;

	buf_init(&text, &fixture->arena);
	repeat(&text, unit, before);
	buf_char(&text, 'X');
	repeat(&text, unit, after);
	return excerpt(fixture, buf_str(&text), 1, (uint32_t)before + 1, 1);
}

static const char *
expected_line(struct fixture *fixture, const char *head, const char *unit, size_t before,
	      size_t after, const char *tail)
{
	struct buf text;

	buf_init(&text, &fixture->arena);
	buf_text(&text, "   1 | ");
	buf_text(&text, head);
	repeat(&text, unit, before);
	buf_char(&text, 'X');
	repeat(&text, unit, after);
	buf_text(&text, tail);
	buf_text(&text, "\n     | ");
	buf_fill(&text, ' ', strlen(head) + before * (unit[0] == '\\' ? 4 : 1));
	buf_text(&text, "^\n");
	buf_char(&text, '\0');
	return text.at;
}

static void
test_long_lines(void **state)
{
	struct fixture *fixture = *state;

	assert_string_equal(long_line(fixture, "-", 71, 28),
			    expected_line(fixture, "", "-", 71, 28, ""));
	assert_string_equal(long_line(fixture, "-", 71, 29),
			    expected_line(fixture, "", "-", 71, 28, "..."));
	assert_string_equal(long_line(fixture, "-", 72, 28),
			    expected_line(fixture, "...", "-", 40, 28, ""));
	assert_string_equal(long_line(fixture, "-", 100000, 100000),
			    expected_line(fixture, "...", "-", 40, 59, "..."));
	assert_string_equal(long_line(fixture, "\xc3\xa4", 500, 60),
			    expected_line(fixture, "...", "\xc3\xa4", 40, 59, "..."));
	/* stepping back over bytes that belong to no character */
	assert_string_equal(long_line(fixture, "\x80", 500, 0),
			    expected_line(fixture, "...", "\\x80", 40, 0, ""));
}

static void
test_escaped_text(void **state)
{
	struct fixture *fixture = *state;
	struct diag *diag;

	fixture->source.name = STR("a\033b.yaml");
	diag = diag_add(&fixture->diags, DIAG_YAML_SYNTAX, at(fixture, 7, 1, 1), "'%s' %s",
			"\033]0;x\a\n\t", "\xe2\x80\xae\xff \xc3\xa4");
	diag_help(&fixture->diags, diag, "%s", "\033c");
	diag_note(&fixture->diags, diag, (struct span){0}, "%s", "\xc2\x85");
	assert_string_equal(printed(fixture, false),
			    "a\\x1bb.yaml:7:1: error[Y001]: "
			    "'\\x1b]0;x\\x07\\n\\t' \\u{202e}\\xff \xc3\xa4\n"
			    "     = help: \\x1bc\n"
			    "note: \\u{0085}\n");
}

static void
test_huge_text(void **state)
{
	struct fixture *fixture = *state;
	struct buf name;
	struct diag *diag;

	buf_init(&name, &fixture->arena);
	buf_fill(&name, 'a', DIAG_TEXT_MAX - 2);
	diag = diag_add(&fixture->diags, DIAG_YAML_SYNTAX, at(fixture, 1, 1, 1), "'%.*s'",
			STR_ARG(buf_str(&name)));
	assert_int_equal(diag->text.len, DIAG_TEXT_MAX);
	assert_int_equal(str_find(diag->text, '.'), DIAG_TEXT_MAX);
	repeat(&name, "\xc3\xa4", 100000);
	diag = diag_add(&fixture->diags, DIAG_YAML_SYNTAX, at(fixture, 1, 1, 1),
			"unknown key '%.*s' in 'module'", STR_ARG(buf_str(&name)));
	assert_true(diag->text.len <= DIAG_TEXT_MAX);
	assert_true(diag->text.len > DIAG_TEXT_MAX - 10);
	assert_true(str_has_prefix(diag->text, STR("unknown key 'aaa")));
	assert_true(str_has_suffix(diag->text, STR("\xc3\xa4' in 'module'")));
	for (struct str rest = diag->text; rest.len > 0; rest = str_after(rest, utf8_step(rest))) {
		uint32_t code;

		assert_int_not_equal(utf8_decode(rest, &code), 0);
	}
}

static void
test_nearest(void **state)
{
	static const struct {
		const char *given;
		const char *candidates[5];
		const char *expected;
	} cases[] = {
		{"verison", {"name", "version", "repo_name"}, "version"}, /* a swap */
		{"versio", {"name", "version"}, "version"},
		{"versionn", {"name", "version"}, "version"},
		{"vrsin", {"version"}, ""}, /* 2 of 5 */
		{"vrsion", {"version"}, "version"},
		{"Version", {"versions", "version"}, "version"},
		{"VERSION", {"version"}, "version"},
		{"crate-root", {"crate_name", "crate_root"}, "crate_root"},
		{"crate_root", {"crate_root"}, ""}, /* the word itself */
		{"src", {"srcs", "deps"}, "srcs"},
		{"dep", {"srcs", "deps"}, "deps"},
		{"ab", {"a", "ac", "abc"}, ""}, /* too short to be near anything */
		{"ab", {"AB"}, "AB"},
		{"kitten", {"sitting", "mitten"}, "mitten"},
		{"stable", {"stabel", "stablo"}, "stabel"}, /* the first of two */
		{"platfrom", {"platforms", "platform"}, "platform"},
		{"xyz", {"abc", ""}, ""},
		{"", {"a"}, ""},
		{"compatibility_levels_max", {"compatiblity_levelmx"}, "compatiblity_levelmx"},
		{"compatibility_levels_max", {"compatiblity_levlmx"}, ""}, /* 5, more than 4 */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct nearest nearest;

		nearest_init(&nearest, str_from(cases[i].given));
		for (size_t j = 0; j < 5 && cases[i].candidates[j] != NULL; j++)
			nearest_offer(&nearest, str_from(cases[i].candidates[j]));
		if (!str_is(nearest.best, cases[i].expected))
			fail_msg("'%s': '%.*s' instead of '%s'", cases[i].given,
				 STR_ARG(nearest.best), cases[i].expected);
	}
}

static void
test_nearest_long(void **state)
{
	static const char words[] =
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	struct nearest nearest;

	(void)state;
	nearest_init(&nearest, (struct str){words, 64});
	nearest_offer(&nearest, (struct str){words, 65});
	assert_int_equal(nearest.best.len, 0);
	nearest_offer(&nearest, (struct str){words, 63});
	assert_int_equal(nearest.best.len, 63);
	nearest_init(&nearest, (struct str){words, 65});
	nearest_offer(&nearest, (struct str){words, 64});
	nearest_offer(&nearest, (struct str){words, 66});
	assert_int_equal(nearest.best.len, 0);
}

static void
test_cursor(void **state)
{
	struct cursor cursor;

	(void)state;
	cursor_init(&cursor, STR("a\xc3\xa4 \t\r\nb"));
	assert_true(cursor_seek(&cursor, 2, 1));
	assert_int_equal(cursor.at, 7);
	assert_true(str_is(cursor_line_rest(&cursor), "b"));
	assert_false(cursor_seek(&cursor, 3, 1));
	/* back after a search that failed */
	assert_true(cursor_seek(&cursor, 1, 3));
	assert_int_equal(cursor.at, 3);
	assert_true(cursor_seek(&cursor, 1, 2));
	assert_true(str_is(cursor_line_rest(&cursor), "\xc3\xa4"));
	assert_true(cursor_seek(&cursor, 2, 99));
	assert_int_equal(cursor_rest(&cursor).len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_catalogue),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_nearest_long),
		cmocka_unit_test(test_cursor),
		cmocka_unit_test_setup_teardown(test_order_and_duplicates, setup, teardown),
		cmocka_unit_test_setup_teardown(test_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(test_summary, setup, teardown),
		cmocka_unit_test_setup_teardown(test_whole_message, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_suggestion, setup, teardown),
		cmocka_unit_test_setup_teardown(test_colour, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wide_gutter, setup, teardown),
		cmocka_unit_test_setup_teardown(test_excerpts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_long_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(test_escaped_text, setup, teardown),
		cmocka_unit_test_setup_teardown(test_huge_text, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

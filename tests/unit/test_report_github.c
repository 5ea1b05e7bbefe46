#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report_world.h"

static void
assert_github(struct report_world *world, const char *expected)
{
	assert_text(report_as(world, bzlmodgen_report_github), expected);
}

static void
nothing_found_is_nothing_said(void **state)
{
	struct report_world *world = *state;

	differ(world, "a", OURS("x\n"), OURS("x\n"));
	compare(world);
	assert_github(world, "");
}

static void
an_error_has_its_place_help_and_notes(void **state)
{
	struct report_world *world = *state;
	struct diags *diags = &world->world.diags;
	struct diag *diag;

	world->report.command = STR("validate");
	world->report.subject = REPORT_OF_SPEC;
	world->report.result = REPORT_INVALID;
	diag = diag_add(diags, DIAG_UNKNOWN_KEY, spec_at(world, 2, 3, 6), "unknown key 'edtion'");
	diag_suggest(diags, diag, STR("edition"));
	diag_note(diags, diag, spec_at(world, 1, 1, 0), "the part begins here");
	diag_note(diags, diag, (struct span){0}, "there are others");
	assert_github(world, "::error file=bzlmodgen.yaml,line=2,endLine=2,col=3,endColumn=9,"
			     "title=S001 unknown key::unknown key 'edtion'%0A"
			     "help: did you mean 'edition'?%0A"
			     "note: the part begins here (bzlmodgen.yaml:1:1)%0A"
			     "note: there are others\n"
			     "::error title=bzlmodgen validate::1 error\n");
}

static void
warnings_alone_end_in_a_warning(void **state)
{
	struct report_world *world = *state;

	world->report.subject = REPORT_OF_SPEC;
	diag_add(&world->world.diags, DIAG_NO_IMPORT, (struct span){0}, "not imported");
	assert_github(world, "::warning title=P110 bazelrc is not imported::not imported\n"
			     "::warning title=bzlmodgen check::1 warning\n");
}

static void
hostile_text_makes_no_command(void **state)
{
	struct report_world *world = *state;
	struct diags *diags = &world->world.diags;

	world->report.subject = REPORT_OF_SPEC;
	world->world.spec.name = STR("a,b:c%\r\n::d\x1b\xff.yaml");
	diag_add(diags, DIAG_BAD_VALUE, (struct span){&world->world.spec, 0, 0, 0}, "'%s' is bad",
		 "100%\n::error::x\r\t\x1b[31m\xff\xe2\x80\xae \xf0\x9f\xa6\x80 a,b:c");
	assert_github(world,
		      "::error file=a%2Cb%3Ac%25\\r\\n%3A%3Ad\\x1b\\xff.yaml,"
		      "title=S004 value not accepted::"
		      "'100%25\\n::error::x\\r\\t\\x1b[31m\\xff\\u{202e} \xf0\x9f\xa6\x80 a,b:c' "
		      "is bad\n"
		      "::error title=bzlmodgen check::1 error\n");
}

static void
a_title_is_escaped_too(void **state)
{
	struct report_world *world = *state;

	world->report.subject = REPORT_OF_SPEC;
	diag_add(&world->world.diags, DIAG_PLAN_TWICE, spec_at(world, 1, 1, 1), "twice");
	assert_github(world, "::error file=bzlmodgen.yaml,line=1,endLine=1,col=1,endColumn=2,"
			     "title=P002 one path%2C two outputs::twice\n"
			     "::error title=bzlmodgen check::1 error\n");
}

static void
a_hunk_names_the_keys_behind_it(void **state)
{
	struct report_world *world = *state;
	struct report_hunk *first;

	differ(world, "a/BUILD.bazel", OURS("1\n2\n3\n4\n"), OURS("one\n2\nthree\nfour\n"));
	first = hunk(world, "a/BUILD.bazel", 2, 1, 2, 1);
	cause(world, first, "rust.edition", spec_at(world, 3, 12, 4), "2018", "2021");
	(void)hunk(world, "a/BUILD.bazel", 4, 2, 4, 2);
	compare(world);
	assert_github(world,
		      "::error file=a/BUILD.bazel,line=2,title=P202 output differs from the "
		      "spec::not what the spec asks for: rust.edition gives '2021', not '2018'"
		      "%0Ahelp: run 'bzlmodgen generate', or change the spec"
		      "%0Anote: rust.edition (bzlmodgen.yaml:3:12)\n"
		      "::error file=a/BUILD.bazel,line=4,endLine=5,title=P202 output differs "
		      "from the spec::not what the spec asks for"
		      "%0Ahelp: run 'bzlmodgen generate', or change the spec\n"
		      "::error title=bzlmodgen check::1 of 1 file out of date\n");
}

static void
values_added_or_removed_by_hand_are_told(void **state)
{
	struct report_world *world = *state;
	struct report_hunk *first;

	differ(world, "f", OURS("1\n"), OURS("2\n"));
	first = hunk(world, "f", 2, 1, 2, 1);
	cause(world, first, "a", (struct span){0}, NULL, "x\n");
	cause(world, first, "b", (struct span){0}, "y%", NULL);
	cause(world, first, "c", (struct span){0}, "", "z");
	compare(world);
	assert_github(world,
		      "::error file=f,line=2,title=P202 output differs from the spec::"
		      "not what the spec asks for: a gives 'x\\n', b gives no 'y%25', "
		      "c gives 'z', not ''%0Ahelp: run 'bzlmodgen generate', or change the spec\n"
		      "::error title=bzlmodgen check::1 of 1 file out of date\n");
}

static void
of_many_keys_some_are_named(void **state)
{
	static const char *const keys[] = {"a", "a", "b", "c,\n", "d", "e", "f", "g"};
	struct report_world *world = *state;
	struct report_hunk *first;

	differ(world, "f", OURS("1\n"), OURS("2\n"));
	first = hunk(world, "f", 1, 0, 2, 1);
	for (size_t i = 0; i < CAUSES_MAX; i++)
		cause(world, first, keys[i], spec_at(world, (uint32_t)i + 1, 1, 1), NULL, NULL);
	compare(world);
	assert_github(world, "::error file=f,line=1,title=P202 output differs from the spec::"
			     "not what the spec asks for: a, b, c,\\n, and 4 more"
			     "%0Ahelp: run 'bzlmodgen generate', or change the spec"
			     "%0Anote: a (bzlmodgen.yaml:1:1)%0Anote: b (bzlmodgen.yaml:3:1)"
			     "%0Anote: c,\\n (bzlmodgen.yaml:4:1)%0Anote: d (bzlmodgen.yaml:5:1)"
			     "%0Anote: e (bzlmodgen.yaml:6:1)%0Aand 2 more\n"
			     "::error title=bzlmodgen check::1 of 1 file out of date\n");
}

static void
each_kind_of_difference_is_told(void **state)
{
	struct report_world *world = *state;

	world->world.spec.name = STR("./sub//my.yaml");
	differ(world, "ends",
	       "# @generated by bzlmodgen from bzlmodgen.yaml. DO NOT EDIT.\r\nx\r\n", OURS("x\n"));
	(void)hunk(world, "ends", 1, 2, 1, 2);
	differ(world, "keep", OURS("x\n"), OURS("x\n"));
	differ(world, "missing", NULL, OURS("x\n"));
	(void)hunk(world, "missing", 0, 0, 1, 2);
	differ(world, "other", "mine\n", OURS("x\n"));
	(void)hunk(world, "other", 1, 1, 1, 2);
	compare(world);
	assert_github(
		world,
		"::error file=sub/ends,line=1,endLine=2,title=P202 output differs from the spec::"
		"line ends are CR LF, not LF%0Ahelp: run 'bzlmodgen generate', or change the spec\n"
		"::error file=sub/my.yaml,line=3,endLine=3,col=1,endColumn=2,title=P201 output is "
		"missing::'sub/missing' is missing"
		"%0Ahelp: run 'bzlmodgen generate', or change the spec\n"
		"::error file=sub/other,line=1,title=P203 a file that is not ours differs::"
		"not ours, and not what the spec asks for"
		"%0Ahelp: move it away, or name it after 'bzlmodgen generate --force'\n"
		"::error title=bzlmodgen check::3 of 4 files out of date\n");
}

static void
what_was_refused_is_not_told_twice(void **state)
{
	struct report_world *world = *state;

	differ(world, "other", "mine\n", OURS("x\n"));
	(void)hunk(world, "other", 1, 1, 1, 2);
	compare(world);
	diag_add(&world->world.diags, DIAG_PLAN_UNOWNED, spec_at(world, 1, 1, 1), "in the way");
	world->report.result = REPORT_REFUSED;
	assert_github(world, "::error file=bzlmodgen.yaml,line=1,endLine=1,col=1,endColumn=2,"
			     "title=P004 the file is not ours::in the way\n"
			     "::error title=bzlmodgen check::1 of 1 file out of date, 1 error\n");
}

static void
what_was_written_is_no_fault(void **state)
{
	struct report_world *world = *state;

	differ(world, "missing", NULL, OURS("x\n"));
	compare(world);
	world->report.command = STR("generate");
	world->report.subject = REPORT_OF_WRITING;
	world->report.result = REPORT_DONE;
	assert_github(world, "");
}

static size_t
count_lines(struct str text)
{
	size_t lines = 0;

	while (text.len > 0) {
		assert_true(str_has_prefix(text, STR("::")));
		(void)str_cut(&text, '\n');
		lines++;
	}
	return lines;
}

static void
at_most_ten_lines_with_each_file_first(void **state)
{
	static const char content[] = OURS("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n");
	struct report_world *world = *state;
	struct str text;

	differ(world, "many", content, OURS("x\n"));
	for (uint32_t line = 2; line < 14; line++)
		(void)hunk(world, "many", line, 1, 2, 0);
	differ(world, "zone", OURS("1\n"), OURS("2\n"));
	(void)hunk(world, "zone", 2, 1, 2, 1);
	compare(world);
	diag_add(&world->world.diags, DIAG_NO_IMPORT, (struct span){0}, "not imported");
	diag_add(&world->world.diags, DIAG_NO_SUCH_FILE, (struct span){0}, "no file");
	text = report_as(world, bzlmodgen_report_github);
	assert_int_equal(count_lines(text), 10);
	assert_true(str_has_prefix(text, STR("::error title=L004 no such file::no file\n"
					     "::error file=many,line=2,")));
	assert_true(str_find_str(text, STR("file=zone")) <
		    str_find_str(text, STR("title=P110 bazelrc")));
	assert_true(str_find_str(text, STR("title=P110 bazelrc")) <
		    str_find_str(text, STR("file=many,line=3,")));
	assert_true(
		str_has_suffix(text, STR("::error title=bzlmodgen check::2 of 2 files out of date, "
					 "1 error, 1 warning; 9 of 15 findings are shown\n")));
}

static void
dropped_messages_are_counted(void **state)
{
	struct report_world *world = *state;
	struct str text;

	world->report.subject = REPORT_OF_SPEC;
	for (uint32_t i = 0; i < DIAGS_MAX + 7; i++)
		diag_add(&world->world.diags, DIAG_BAD_VALUE, spec_at(world, i + 1, 1, 1), "bad");
	text = report_as(world, bzlmodgen_report_github);
	assert_int_equal(count_lines(text), 10);
	assert_true(str_has_suffix(text, STR("::error title=bzlmodgen check::207 errors; 9 of 207 "
					     "findings are shown\n")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, report_set_up, report_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_found_is_nothing_said),
		TEST(an_error_has_its_place_help_and_notes),
		TEST(warnings_alone_end_in_a_warning),
		TEST(hostile_text_makes_no_command),
		TEST(a_title_is_escaped_too),
		TEST(a_hunk_names_the_keys_behind_it),
		TEST(values_added_or_removed_by_hand_are_told),
		TEST(of_many_keys_some_are_named),
		TEST(each_kind_of_difference_is_told),
		TEST(what_was_refused_is_not_told_twice),
		TEST(what_was_written_is_no_fault),
		TEST(at_most_ten_lines_with_each_file_first),
		TEST(dropped_messages_are_counted),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

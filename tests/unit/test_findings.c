#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/findings.h"
#include "report_world.h"

static struct findings
find(struct report_world *world)
{
	struct findings findings;

	findings_make(&world->world.arena, &world->report, &findings);
	return findings;
}

static void
differences_have_codes_of_their_own(void **state)
{
	struct report_world *world = *state;
	struct findings findings;

	differ(world, "edited", OURS("1\n2\n"), OURS("one\ntwo\n"));
	(void)hunk(world, "edited", 2, 1, 2, 1);
	(void)hunk(world, "edited", 3, 1, 3, 1);
	differ(world, "missing", NULL, OURS("x\n"));
	differ(world, "other", "mine\n", OURS("x\n"));
	compare(world);
	diag_add(&world->world.diags, DIAG_NO_IMPORT, (struct span){0}, "not imported");
	findings = find(world);
	assert_int_equal(findings.count, 5);
	assert_int_equal(findings.items[0].code, DIAG_NO_IMPORT);
	assert_false(findings.items[0].leads);
	assert_int_equal(findings.items[1].code, DIAG_DRIFT_CHANGED);
	assert_true(findings.items[1].leads);
	assert_int_equal(findings.items[2].code, DIAG_DRIFT_CHANGED);
	assert_false(findings.items[2].leads);
	assert_int_equal(findings.items[3].code, DIAG_DRIFT_MISSING);
	assert_true(findings.items[3].leads);
	assert_int_equal(findings.items[4].code, DIAG_DRIFT_UNOWNED);
	assert_true(findings.items[4].leads);
}

/* What is stale is deleted, or would be; hand edits of ours are hunks as others are. */
static void
what_generate_refuses_is_found_all_the_same(void **state)
{
	struct report_world *world = *state;
	struct findings findings;

	differ(world, "edited", NULL, OURS("one\n"));
	list(&world->world, "edited", OURS("1\n"));
	fs_memory_file(&world->world.memory, "edited", OURS("by hand\n"));
	(void)hunk(world, "edited", 2, 1, 2, 1);
	own(&world->world, "stale", OURS("x\n"));
	list(&world->world, "stale.edited", OURS("x\n"));
	fs_memory_file(&world->world.memory, "stale.edited", OURS("y\n"));
	compare(world);
	findings = find(world);
	assert_int_equal(findings.count, 3);
	assert_int_equal(findings.items[0].code, DIAG_DRIFT_CHANGED);
	assert_int_equal(findings.items[0].place.line, 2);
	assert_null(findings.items[0].edit);
	assert_text(findings.items[0].help,
		    "name it after 'bzlmodgen generate --force', or change the spec");
	assert_int_equal(findings.items[1].code, DIAG_DRIFT_STALE);
	assert_text(findings.items[1].place.file, "stale");
	assert_text(findings.items[1].help, "run 'bzlmodgen generate', which deletes it");
	assert_int_equal(findings.items[2].code, DIAG_DRIFT_STALE);
	assert_text(findings.items[2].help,
		    "delete it, or name it after 'bzlmodgen generate --force'");
}

static void
differences_are_faults_of_a_comparison_only(void **state)
{
	struct report_world *world = *state;

	differ(world, "missing", NULL, OURS("x\n"));
	compare(world);
	assert_int_equal(find(world).count, 1);
	world->report.subject = REPORT_OF_WRITING;
	assert_int_equal(find(world).count, 0);
	world->report.subject = REPORT_OF_SPEC;
	assert_int_equal(find(world).count, 0);
}

static void
a_file_without_hunks_is_told_as_a_whole(void **state)
{
	struct report_world *world = *state;
	struct findings findings;

	differ(world, "edited", OURS("1\n"), OURS("one\n"));
	compare(world);
	findings = find(world);
	assert_int_equal(findings.count, 1);
	assert_text(findings.items[0].place.file, "edited");
	assert_int_equal(findings.items[0].place.line, 0);
	assert_text(findings.items[0].text, "not what the spec asks for");
}

static void
an_output_without_origin_has_its_own_place(void **state)
{
	struct report_world *world = *state;
	struct findings findings;

	differ(world, "missing", NULL, OURS("x\n"));
	world->world.outputs[0].origin = (struct span){0};
	compare(world);
	findings = find(world);
	assert_text(findings.items[0].place.file, "missing");
	assert_int_equal(findings.items[0].place.line, 0);
}

static void
outputs_lie_beside_the_spec(void **state)
{
	static const char *const cases[][2] = {
		{"bzlmodgen.yaml", "a/b"},
		{"x/bzlmodgen.yaml", "x/a/b"},
		{"../../my.yaml", "../../a/b"},
		{"/my.yaml", "/a/b"},
		{"<stdin>", "a/b"},
		{"./x/.//y/../my.yaml", "x/y/../a/b"},
	};
	struct report_world *world = *state;

	differ(world, "a/b", NULL, OURS("x\n"));
	compare(world);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		world->world.spec.name = str_from(cases[i][0]);
		assert_text(place_output(&world->world.arena, &world->report, STR("a/b")),
			    cases[i][1]);
	}
}

static void
assert_lines(const char *text, uint32_t line, uint32_t count, struct place expected)
{
	struct cursor cursor;
	struct place place;

	cursor_init(&cursor, str_from(text));
	place = place_of_lines(&cursor, line, count);
	assert_int_equal(place.line, expected.line);
	assert_int_equal(place.column, expected.column);
	assert_int_equal(place.end_line, expected.end_line);
	assert_int_equal(place.end_column, expected.end_column);
}

static void
whole_lines_end_where_the_next_begins(void **state)
{
	(void)state;
	assert_lines("a\nb\nc\n", 1, 1, (struct place){.line = 1, 1, 2, 1});
	assert_lines("a\nb\nc\n", 1, 2, (struct place){.line = 1, 1, 3, 1});
	/* the last one ends behind its line end, where it has one */
	assert_lines("a\nb\ncd\n", 2, 2, (struct place){.line = 2, 1, 3, 4});
	assert_lines("a\nb\nc\xc3\xa4\r\n", 3, 1, (struct place){.line = 3, 1, 3, 5});
	assert_lines("a\nb\ncd", 3, 1, (struct place){.line = 3, 1, 3, 3});
	/* points between lines, and at either end */
	assert_lines("a\nb\n", 0, 0, (struct place){.line = 1, 1, 1, 1});
	assert_lines("a\nb\n", 1, 0, (struct place){.line = 2, 1, 2, 1});
	assert_lines("a\nb\n", 2, 0, (struct place){.line = 2, 3, 2, 3});
	assert_lines("", 0, 0, (struct place){.line = 1, 1, 1, 1});
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, report_set_up, report_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(differences_have_codes_of_their_own),
		TEST(what_generate_refuses_is_found_all_the_same),
		TEST(differences_are_faults_of_a_comparison_only),
		TEST(a_file_without_hunks_is_told_as_a_whole),
		TEST(an_output_without_origin_has_its_own_place),
		TEST(outputs_lie_beside_the_spec),
		TEST(whole_lines_end_where_the_next_begins),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

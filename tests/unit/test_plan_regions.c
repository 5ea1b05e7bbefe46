#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan_world.h"

#define BEGIN "# bzlmodgen:begin\n"
#define END "# bzlmodgen:end\n"
/* What stands between the markers for OURS(text). */
#define INNER(text) "\n" text "\n"

static void
an_empty_region_is_filled(void **state)
{
	static const char *const blanks[] = {"", "\n", "\n\n  \n"};
	struct world *world = *state;

	for (size_t i = 0; i < 3; i++) {
		world_clear(world);
		want(world, "a", OURS("x()\n"));
		fs_memory_file(
			&world->memory, "a",
			arena_printf(&world->arena, "mine()\n" BEGIN "%s" END "more()\n", blanks[i])
				.at);
		fs_memory_mode(&world->memory, "a", 0600);
		assert_true(make(world));
		assert_int_equal(world->diags.count, 0);
		assert_int_equal(change_of(world, "a")->kind, CHANGE_UPDATE);
		assert_true(change_of(world, "a")->is_region);
		assert_false(change_of(world, "a")->taken_over);
		assert_true(apply(world));
		assert_content(world, "a", "mine()\n" BEGIN INNER("x()\n") END "more()\n");
		assert_int_equal(fs_memory_find(&world->memory, STR("a"))->mode, 0600);
		assert_manifest(world, "a", "|" INNER("x()\n"), NULL);
		assert_true(make(world));
		assert_true(plan_in_sync(&world->plan));
	}
}

static void
a_region_is_updated_and_the_rest_is_the_users(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("new()\n"));
	list_region(world, "a", INNER("old()\n"));
	fs_memory_file(&world->memory, "a", "edited\r\n" BEGIN INNER("old()\n") END "no end");
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_true(apply(world));
	assert_content(world, "a", "edited\r\n" BEGIN INNER("new()\n") END "no end");
	assert_manifest(world, "a", "|" INNER("new()\n"), NULL);
}

static void
a_region_that_is_right_is_kept(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x()\n"));
	list_region(world, "a", INNER("older()\n"));
	fs_memory_file(&world->memory, "a", BEGIN INNER("x()\n") END "mine()\n");
	assert_true(make(world));
	assert_int_equal(change_of(world, "a")->kind, CHANGE_KEEP);
	assert_true(apply(world));
	assert_int_equal(fs_memory_find(&world->memory, STR("a"))->written, 0);
	assert_manifest(world, "a", "|" INNER("x()\n"), NULL);
}

static void
assert_refused(struct world *world, const char *file, enum diag_code code, const char *text,
	       const char *help)
{
	struct str before;

	fs_memory_file(&world->memory, "a", file);
	before = fs_memory_dump(&world->memory);
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_int_equal(change_of(world, "a")->kind, CHANGE_REFUSE);
	assert_diag(world, code, text, help);
	assert_false(apply(world));
	assert_true(str_eq(fs_memory_dump(&world->memory), before));
}

static void
an_edited_region_is_refused(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("new()\n"));
	list_region(world, "a", INNER("old()\n"));
	assert_refused(world, "mine()\n" BEGIN INNER("old()\n") "# more\n" END, DIAG_PLAN_EDITED,
		       "'a' was edited between its markers since bzlmodgen wrote it",
		       "say it in the spec ('raw' takes any text) and undo it here, or have it "
		       "replaced with '--force a'");
	assert_int_equal(change_of(world, "a")->refusal, REFUSAL_EDITED);
	/* the diff shows what the region would be, and leaves the rest */
	assert_text(change_of(world, "a")->after, "mine()\n" BEGIN INNER("new()\n") END);
	assert_refused(world, BEGIN "\r\nold()\r\n\r\n" END, DIAG_PLAN_EDITED,
		       "'a' was given other line ends since bzlmodgen wrote it",
		       "keep version control from converting it ('a -text' in .gitattributes), or "
		       "have it replaced with '--force a'");
}

static void
what_stood_between_new_markers_is_refused(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x()\n"));
	assert_refused(world, BEGIN "mine()\n" END, DIAG_PLAN_UNOWNED,
		       "'a' is in the way: what stands between its markers is not of bzlmodgen's "
		       "making",
		       "empty the space between the markers, or have it replaced with "
		       "'--force a'");
	assert_int_equal(change_of(world, "a")->refusal, REFUSAL_UNOWNED);
}

static void
force_takes_over_the_region_alone(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x()\n"));
	fs_memory_file(&world->memory, "a", "mine()\n" BEGIN "edited()\n" END);
	world->forced[world->forced_count++] = STR("a");
	assert_true(make(world));
	assert_true(change_of(world, "a")->taken_over);
	assert_true(apply(world));
	assert_content(world, "a", "mine()\n" BEGIN INNER("x()\n") END);
}

static void
broken_markers_are_an_error_for_force_too(void **state)
{
	static const char help[] = "a file has one line '# bzlmodgen:begin' and, further down, one "
				   "line '# bzlmodgen:end'";
	struct world *world = *state;
	const struct diag *diag;

	want(world, "a", OURS("x()\n"));
	world->forced[world->forced_count++] = STR("a");
	assert_refused(world, "mine()\n" BEGIN, DIAG_PLAN_MARKERS,
		       "the region that begins here has no end", help);
	assert_int_equal(change_of(world, "a")->refusal, REFUSAL_MARKERS);
	assert_false(refusal_is_comparable(REFUSAL_MARKERS));
	diag = world->diags.items[0];
	assert_text(diag->span.source->name, "a");
	assert_text(diag->span.source->text, "mine()\n" BEGIN);
	assert_int_equal(diag->span.line, 2);
	assert_null(diag->notes);
	assert_refused(world, BEGIN "a\n" BEGIN END, DIAG_PLAN_MARKERS,
		       "a region begins here, within the one before it", help);
	diag = world->diags.items[0];
	assert_int_equal(diag->span.line, 3);
	assert_text(diag->notes->text, "the marker before it is here");
	assert_int_equal(diag->notes->span.line, 1);
}

static void
markers_that_are_gone_are_missed(void **state)
{
	static const char help[] = "bring them back, have a new region added with '--region a', or "
				   "the whole file replaced with '--force a'";
	struct world *world = *state;

	want(world, "a", OURS("x()\n"));
	list_region(world, "a", INNER("x()\n"));
	assert_refused(world, "mine()\n", DIAG_PLAN_MARKERS,
		       "'a' has lost the markers of what is ours in it", help);
	world->regions[world->region_count++] = STR("a");
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_true(apply(world));
	assert_content(world, "a", "mine()\n\n" BEGIN INNER("x()\n") END);
	world->region_count = 0;
	world->forced[world->forced_count++] = STR("a");
	fs_memory_file(&world->memory, "a", "mine()\n");
	assert_true(make(world));
	assert_true(apply(world));
	assert_content(world, "a", OURS("x()\n"));
	assert_manifest(world, "a", OURS("x()\n"), NULL);
}

static void
an_output_with_markers_of_its_own_fits_in_no_region(void **state)
{
	static const char text[] = "the text for 'a' holds a marker itself";
	static const char help[] = "remove it from the spec's 'raw' text";
	struct world *world = *state;

	want(world, "a", OURS("\n" BEGIN END));
	assert_refused(world, BEGIN END, DIAG_PLAN_MARKERS, text, help);
	world->regions[world->region_count++] = STR("a");
	assert_refused(world, "mine\n", DIAG_PLAN_MARKERS, text, help);
	/* but it is nobody's business in a file that is all ours */
	world_clear(world);
	want(world, "a", OURS("x()\n" BEGIN END));
	own(world, "a", OURS(BEGIN END));
	assert_true(make(world));
	assert_true(apply(world));
	assert_content(world, "a", OURS("x()\n" BEGIN END));
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
}

static void
a_region_is_added_on_request(void **state)
{
	struct world *world = *state;

	want(world, "there", OURS("x()\n"));
	want(world, "new/file", OURS("x()\n"));
	world->regions[world->region_count++] = STR("there");
	world->regions[world->region_count++] = STR("new/file");
	fs_memory_file(&world->memory, "there", "mine()\n");
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_int_equal(change_of(world, "there")->kind, CHANGE_UPDATE);
	assert_int_equal(change_of(world, "new/file")->kind, CHANGE_CREATE);
	assert_true(apply(world));
	assert_content(world, "there", "mine()\n\n" BEGIN INNER("x()\n") END);
	assert_content(world, "new/file", BEGIN INNER("x()\n") END);
	assert_manifest(world, "new/file", "|" INNER("x()\n"), "there", "|" INNER("x()\n"), NULL);
	/* where there are markers, the wish is granted already */
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
}

static void
a_file_of_ours_is_shared_on_request(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x()\n"));
	want(world, "b", OURS("x()\n"));
	own(world, "a", OURS("x()\n"));
	own(world, "b", OURS("old()\n"));
	world->regions[world->region_count++] = STR("a");
	world->regions[world->region_count++] = STR("b");
	assert_true(make(world));
	assert_true(apply(world));
	assert_content(world, "a", BEGIN INNER("x()\n") END);
	assert_content(world, "b", BEGIN INNER("x()\n") END);
	/* an edited one holds statements of ours, which would be there twice */
	world_clear(world);
	want(world, "a", OURS("x()\n"));
	list(world, "a", OURS("x()\n"));
	world->regions[world->region_count++] = STR("a");
	assert_refused(world, OURS("x()\nmine()\n"), DIAG_PLAN_EDITED,
		       "'a' was edited since bzlmodgen wrote it",
		       "say it in the spec ('raw' takes any text) and undo it here, or have it "
		       "replaced with '--force a'");
}

/* Markers put around our text, and text of one's own behind it. */
static void
a_file_of_ours_is_shared_by_hand(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x()\n"));
	list(world, "a", OURS("x()\n"));
	fs_memory_file(&world->memory, "a", BEGIN "\nx()\n\n" END "mine()\n");
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_int_equal(change_of(world, "a")->kind, CHANGE_KEEP);
	assert_true(apply(world));
	assert_manifest(world, "a", "|" INNER("x()\n"), NULL);
	world_clear(world);
	want(world, "a", OURS("x()\n"));
	list(world, "a", OURS("x()\n"));
	assert_refused(world, BEGIN "y()\n" END, DIAG_PLAN_EDITED,
		       "'a' was edited between its markers since bzlmodgen wrote it",
		       "say it in the spec ('raw' takes any text) and undo it here, or have it "
		       "replaced with '--force a'");
}

static void
an_optional_file_may_have_a_region(void **state)
{
	struct world *world = *state;

	want(world, ".bazelrc", PLAN_HEADER "x\nimport x\n");
	world->outputs[0].is_optional = true;
	fs_memory_file(&world->memory, ".bazelrc", "build --mine\n" BEGIN END);
	assert_true(make(world));
	assert_true(apply(world));
	assert_content(world, ".bazelrc", "build --mine\n" BEGIN INNER("import x\n") END);
}

static void
what_takes_no_comment_takes_no_region(void **state)
{
	struct world *world = *state;

	want(world, ".bazelversion", "8.2.1\n");
	world->regions[world->region_count++] = STR(".bazelversion");
	assert_false(make(world));
	assert_diag(world, DIAG_PLAN_NO_REGION,
		    "'.bazelversion' takes no comments, so there can be no markers in it", "");
	diags_init(&world->diags, &world->arena);
	world->regions[0] = STR(".bazelversio");
	assert_false(make(world));
	assert_diag(world, DIAG_PLAN_FORCED_UNKNOWN,
		    "'.bazelversio' is not a file that the spec asks for",
		    "did you mean '.bazelversion'?");
	world->region_count = 0;
	fs_memory_file(&world->memory, ".bazelversion", BEGIN END);
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_int_equal(change_of(world, ".bazelversion")->refusal, REFUSAL_UNOWNED);
}

/* ---- regions that are not to be there any more ---- */

static void
a_stale_region_goes_and_the_rest_stays(void **state)
{
	struct world *world = *state;

	list_region(world, "a", INNER("x()\n"));
	fs_memory_file(&world->memory, "a", "mine()\n\n" BEGIN INNER("x()\n") END);
	assert_true(make(world));
	assert_int_equal(change_of(world, "a")->kind, CHANGE_UPDATE);
	assert_true(apply(world));
	assert_text(fs_memory_dump(&world->memory), "f 644 a [mine()\n]\n");
	/* an empty file is a package, too, and whose it is nobody knows */
	world_clear(world);
	list_region(world, "a", INNER("x()\n"));
	fs_memory_file(&world->memory, "a", BEGIN INNER("x()\n") END);
	assert_true(make_clean(world));
	assert_true(apply(world));
	assert_text(fs_memory_dump(&world->memory), "f 644 a []\n");
}

static void
a_stale_region_that_was_edited_is_refused(void **state)
{
	struct world *world = *state;

	list_region(world, "a", INNER("x()\n"));
	assert_refused(world, BEGIN "y()\n" END "mine()\n", DIAG_PLAN_EDITED,
		       "'a' is no longer asked for, but was edited since bzlmodgen wrote it",
		       "have it deleted with '--force a', or, to keep it for your own, remove its "
		       "line from 'bzlmodgen.lock.json'");
	assert_text(change_of(world, "a")->after, "mine()\n");
	diags_init(&world->diags, &world->arena);
	assert_true(make_clean(world));
	assert_diag(world, DIAG_PLAN_LEFT, "'a' is left: it was edited since bzlmodgen wrote it",
		    "");
	assert_int_equal(world->plan.manifest->kind, CHANGE_KEEP);
	world->forced[world->forced_count++] = STR("a");
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_true(change_of(world, "a")->taken_over);
	assert_true(apply(world));
	assert_text(fs_memory_dump(&world->memory), "f 644 a [mine()\n]\n");
}

static void
a_stale_region_with_broken_markers_is_refused(void **state)
{
	struct world *world = *state;

	list_region(world, "a", INNER("x()\n"));
	assert_refused(world, BEGIN "x()\n", DIAG_PLAN_MARKERS,
		       "the region that begins here has no end",
		       "a file has one line '# bzlmodgen:begin' and, further down, one line "
		       "'# bzlmodgen:end'");
	diags_init(&world->diags, &world->arena);
	assert_true(make_clean(world));
	assert_diag(world, DIAG_PLAN_LEFT, "'a' is left: its markers are not a pair", "");
	assert_int_equal(world->plan.manifest->kind, CHANGE_KEEP);
}

static void
a_stale_region_without_markers_is_forgotten(void **state)
{
	struct world *world = *state;

	list_region(world, "a", INNER("x()\n"));
	fs_memory_file(&world->memory, "a", "mine()\n");
	assert_true(make(world));
	assert_diag(world, DIAG_PLAN_LEFT,
		    "'a' is left: the markers of what was ours in it are gone", "");
	assert_true(apply(world));
	assert_text(fs_memory_dump(&world->memory), "f 644 a [mine()\n]\n");
}

/* A killed run has made a region of a file that was ours, and the spec has changed since. */
static void
a_region_of_a_killed_run_is_ours(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("2()\n"));
	own(world, "a", OURS("1()\n"));
	world->regions[world->region_count++] = STR("a");
	assert_true(make(world));
	fs_memory_file(&world->memory, ".bzlmodgen-bzlmodgen.lock.json.tmp",
		       arena_str(&world->arena, world->plan.manifest->after).at);
	fs_memory_file(&world->memory, "a", BEGIN INNER("2()\n") END);
	world->region_count = 0;
	world->outputs[0].content = STR(OURS("3()\n"));
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_true(apply(world));
	assert_content(world, "a", BEGIN INNER("3()\n") END);
	/* and so it is where the output is gone as well */
	fs_memory_file(&world->memory, ".bzlmodgen-bzlmodgen.lock.json.tmp",
		       "{\"bzlmodgen\": \"0.1.0\", \"files\": {}}");
	world->count = 0;
	assert_true(make(world));
	assert_true(apply(world));
	assert_text(fs_memory_dump(&world->memory), "f 644 a []\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_empty_region_is_filled),
		TEST(a_region_is_updated_and_the_rest_is_the_users),
		TEST(a_region_that_is_right_is_kept),
		TEST(an_edited_region_is_refused),
		TEST(what_stood_between_new_markers_is_refused),
		TEST(force_takes_over_the_region_alone),
		TEST(broken_markers_are_an_error_for_force_too),
		TEST(markers_that_are_gone_are_missed),
		TEST(an_output_with_markers_of_its_own_fits_in_no_region),
		TEST(a_region_is_added_on_request),
		TEST(a_file_of_ours_is_shared_on_request),
		TEST(a_file_of_ours_is_shared_by_hand),
		TEST(an_optional_file_may_have_a_region),
		TEST(what_takes_no_comment_takes_no_region),
		TEST(a_stale_region_goes_and_the_rest_stays),
		TEST(a_stale_region_that_was_edited_is_refused),
		TEST(a_stale_region_with_broken_markers_is_refused),
		TEST(a_stale_region_without_markers_is_forgotten),
		TEST(a_region_of_a_killed_run_is_ours),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

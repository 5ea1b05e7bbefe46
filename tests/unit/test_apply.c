#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan_world.h"

static void
what_is_missing_is_created(void **state)
{
	struct world *world = *state;

	want(world, "b/c/BUILD.bazel", OURS("x\n"));
	want(world, ".bazelversion", "8.2.1\n");
	want(world, "b/BUILD.bazel", OURS("y\n"));
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_int_equal(world->plan.by_kind[CHANGE_CREATE], 3);
	assert_false(plan_in_sync(&world->plan));
	assert_true(str_is(world->plan.changes[0].output->path, ".bazelversion"));
	assert_true(str_is(world->plan.changes[1].output->path, "b/BUILD.bazel"));
	assert_true(apply(world));
	assert_text(
		fs_memory_dump(&world->memory),
		"f 644 .bazelversion [8.2.1\n]\nd 755 b []\n"
		"f 644 b/BUILD.bazel [" OURS("y\n") "]\nd 755 b/c []\n"
						    "f 644 b/c/BUILD.bazel [" OURS("x\n") "]\n");
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
}

static void
everything_is_staged_and_flushed_before_the_first_rename(void **state)
{
	struct world *world = *state;

	want(world, "d/new", OURS("x\n"));
	want(world, "old", OURS("y\n"));
	fs_memory_file(&world->memory, "old", OURS("z\n"));
	assert_true(make(world));
	assert_true(apply(world));
	assert_text(buf_str(&world->memory.log),
		    "mkdir d\ncreate d/.bzlmodgen-new.tmp\ncreate .bzlmodgen-old.tmp\nflush\n"
		    "rename d/new\nrename old\n");
}

static void
what_is_ours_already_is_not_touched(void **state)
{
	struct world *world = *state;

	/* whatever it is: no header, a changed mode */
	want(world, "a", OURS("x\n"));
	want(world, "plain", "8.2.1\n");
	fs_memory_file(&world->memory, "a", OURS("x\n"));
	fs_memory_file(&world->memory, "plain", "8.2.1\n");
	fs_memory_mode(&world->memory, "a", 0400);
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
	assert_true(apply(world));
	assert_int_equal(world->memory.log.len, 0);
	assert_int_equal(fs_memory_find(&world->memory, STR("a"))->written, 0);
}

static void
what_has_our_header_is_updated_and_keeps_its_mode(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("new\n"));
	want(world, "b", OURS("same\n"));
	fs_memory_file(&world->memory, "a", OURS("old\n"));
	fs_memory_file(&world->memory, "b", OURS("same\n"));
	fs_memory_mode(&world->memory, "a", 0750);
	assert_true(make(world));
	assert_int_equal(world->plan.by_kind[CHANGE_UPDATE], 1);
	assert_int_equal(world->plan.by_kind[CHANGE_KEEP], 1);
	assert_text(change_of(world, "a")->before, OURS("old\n"));
	assert_true(apply(world));
	assert_content(world, "a", OURS("new\n"));
	assert_int_equal(fs_memory_find(&world->memory, STR("a"))->mode, 0750);
	assert_int_equal(fs_memory_find(&world->memory, STR("b"))->written, 0);
}

static void
what_a_killed_run_left_is_removed(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x\n"));
	want(world, "d/b", OURS("x\n"));
	fs_memory_file(&world->memory, "a", OURS("x\n"));
	fs_memory_file(&world->memory, "d/b", OURS("x\n"));
	fs_memory_file(&world->memory, ".bzlmodgen-a.tmp", "half");
	fs_memory_file(&world->memory, "d/.bzlmodgen-gone.tmp", "half");
	fs_memory_file(&world->memory, ".bzlmodgen-notes", "mine");
	fs_memory_put(&world->memory, "d/.bzlmodgen-c.tmp", FS_SYMLINK);
	fs_memory_put(&world->memory, "d/.bzlmodgen-d.tmp", FS_DIRECTORY);
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
	assert_true(apply(world));
	assert_text(buf_str(&world->memory.log),
		    "remove .bzlmodgen-a.tmp\nremove d/.bzlmodgen-gone.tmp\n");
}

static void
a_leftover_name_that_is_not_a_file_stops_the_run(void **state)
{
	struct world *world = *state;
	struct str before;

	want(world, "a", OURS("x\n"));
	want(world, "n/b", OURS("x\n"));
	want(world, "z", OURS("x\n"));
	fs_memory_put(&world->memory, ".bzlmodgen-z.tmp", FS_SYMLINK);
	before = fs_memory_dump(&world->memory);
	assert_true(make(world));
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_NOT_WRITTEN, "cannot write '.bzlmodgen-z.tmp': File exists",
		    "");
	assert_true(str_eq(fs_memory_dump(&world->memory), before));
}

static void
edit_a(struct fs_memory *memory)
{
	fs_memory_file(memory, "a", OURS("by hand\n"));
}

static void
remove_a(struct fs_memory *memory)
{
	fs_memory_find(memory, STR("a"))->kind = FS_NONE;
}

static void
create_b(struct fs_memory *memory)
{
	fs_memory_file(memory, "b", "by hand\n");
}

static void
what_changes_meanwhile_is_not_lost(void **state)
{
	static void (*const edits[])(struct fs_memory *) = {edit_a, remove_a, create_b};
	static const char *const texts[] = {"'a' was changed while its replacement was prepared",
					    "'a' was changed while its replacement was prepared",
					    "'b' was changed while its replacement was prepared"};
	struct world *world = *state;

	want(world, "a", OURS("x\n"));
	want(world, "b", OURS("x\n"));
	for (size_t i = 0; i < 3; i++) {
		struct str expected;

		fs_memory_init(&world->memory, &world->arena, &world->fs);
		diags_init(&world->diags, &world->arena);
		fs_memory_file(&world->memory, "a", OURS("y\n"));
		edits[i](&world->memory);
		expected = fs_memory_dump(&world->memory);
		fs_memory_init(&world->memory, &world->arena, &world->fs);
		fs_memory_file(&world->memory, "a", OURS("y\n"));
		assert_true(make(world));
		world->memory.at_flush = edits[i];
		assert_false(apply(world));
		assert_diag(world, DIAG_PLAN_CHANGED, texts[i],
			    "run the command again when nothing else writes to it");
		assert_true(str_eq(fs_memory_dump(&world->memory), expected));
	}
}

/* A bit of everything that plan_apply does. */
static void
prepare_faults(struct world *world)
{
	want(world, "a/b/new", OURS("1\n"));
	want(world, "a/new", OURS("2\n"));
	want(world, "old/update", OURS("3\n"));
	want(world, "update", OURS("4\n"));
	want(world, "keep", OURS("5\n"));
	want(world, "old/new/x", OURS("6\n"));
	fs_memory_file(&world->memory, "old/update", OURS("old\n"));
	fs_memory_file(&world->memory, "update", OURS("old, too\n"));
	fs_memory_file(&world->memory, "keep", OURS("5\n"));
	fs_memory_file(&world->memory, "user", "mine");
	fs_memory_mode(&world->memory, "update", 0600);
}

#define FILE_LINE(mode, path, text) "f " mode " " path " [" OURS(text) "]\n"
#define AFTER_IN_A                                                      \
	"d 755 a []\nd 755 a/b []\n" FILE_LINE("644", "a/b/new", "1\n") \
		FILE_LINE("644", "a/new", "2\n")
#define AFTER_IN_OLD                                                            \
	"d 755 old []\nd 755 old/new []\n" FILE_LINE("644", "old/new/x", "6\n") \
		FILE_LINE("644", "old/update", "3\n")
#define AFTER_BESIDE FILE_LINE("600", "update", "4\n") "f 644 user [mine]\n"

static const char after_faults[] =
	AFTER_IN_A FILE_LINE("644", "keep", "5\n") AFTER_IN_OLD AFTER_BESIDE;

/* Each output that is there is whole: what it was, or what it shall be. */
static void
assert_whole(struct world *world)
{
	for (size_t i = 0; i < world->count; i++) {
		const struct output *output = &world->outputs[i];
		const struct fs_entry *entry = fs_memory_find(&world->memory, output->path);

		if (entry == NULL || str_eq(entry->content, output->content))
			continue;
		assert_true(str_is(entry->content, OURS("old\n")) ||
			    str_is(entry->content, OURS("old, too\n")));
	}
	assert_content(world, "user", "mine");
}

static void
assert_rerun_completes(struct world *world)
{
	fs_memory_fail(&world->memory, 0, 0);
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_true(apply(world));
	assert_int_equal(world->diags.count, 0);
	assert_text(fs_memory_dump(&world->memory), after_faults);
	assert_int_equal(fs_memory_find(&world->memory, STR("keep"))->written, 0);
}

/* A run whose n-th call fails. False: there were fewer calls. */
static bool
survives_failure(size_t n, int error, bool *halfway)
{
	struct world world;
	struct str before;
	bool failed;

	world_start(&world);
	prepare_faults(&world);
	before = fs_memory_dump(&world.memory);
	fs_memory_fail(&world.memory, n, error);
	failed = !make(&world) || !apply(&world);
	assert_int_equal(failed, world.memory.has_failed);
	assert_int_equal(failed, world.diags.errors > 0);
	if (failed) {
		enum diag_code code = world.diags.items[world.diags.count - 1]->code;

		*halfway = code == DIAG_PLAN_HALF_WRITTEN;
		assert_whole(&world);
		if (!*halfway)
			assert_true(str_eq(fs_memory_dump(&world.memory), before));
	}
	assert_rerun_completes(&world);
	arena_free(&world.arena);
	return failed;
}

static void
any_failing_call_leaves_the_tree_whole(void **state)
{
	static const int errors[] = {EIO, ENOSPC, EACCES, EEXIST};
	struct world *world = *state;
	size_t calls;

	prepare_faults(world);
	assert_true(make(world));
	assert_true(apply(world));
	calls = world->memory.calls;
	for (size_t i = 0; i < 4; i++) {
		size_t halves = 0;
		size_t n = 1;
		bool halfway = false;

		for (; survives_failure(n, errors[i], &halfway); n++)
			halves += halfway;
		assert_int_equal(n, calls + 1);
		/* five renames, the first of which still can be undone */
		assert_int_equal(halves, 4);
	}
}

/* A run that is killed in its n-th call, and one after it. False: there were fewer calls. */
static bool
survives_death(size_t n)
{
	struct world world;
	bool died;

	world_start(&world);
	prepare_faults(&world);
	fs_memory_die(&world.memory, n);
	died = !make(&world) || !apply(&world);
	assert_int_equal(died, world.memory.has_failed);
	assert_whole(&world);
	if (str_find_str(buf_str(&world.memory.log), STR("rename")) == world.memory.log.len) {
		assert_content(&world, "update", OURS("old, too\n"));
		assert_content(&world, "old/update", OURS("old\n"));
		assert_null(fs_memory_find(&world.memory, STR("a/new")));
	}
	assert_rerun_completes(&world);
	arena_free(&world.arena);
	return died;
}

static void
a_run_after_a_killed_one_completes(void **state)
{
	size_t n = 1;

	(void)state;
	while (survives_death(n))
		n++;
	assert_true(n > 20);
}

static void
a_leftover_that_stays_is_told(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x\n"));
	fs_memory_file(&world->memory, "a", OURS("x\n"));
	fs_memory_file(&world->memory, ".bzlmodgen-a.tmp", "half");
	for (size_t n = 1; n <= 2; n++) {
		diags_init(&world->diags, &world->arena);
		fs_memory_fail(&world->memory, 0, 0);
		assert_true(make(world));
		fs_memory_fail(&world->memory, n, EPERM);
		assert_false(apply(world));
		assert_diag(world, DIAG_PLAN_NOT_WRITTEN,
			    "cannot remove the temporary file '.bzlmodgen-a.tmp': Operation not "
			    "permitted",
			    "");
	}
	fs_memory_fail(&world->memory, 0, 0);
	assert_true(apply(world));
	assert_null(fs_memory_find(&world->memory, STR(".bzlmodgen-a.tmp")));
}

static void
what_cannot_be_cleaned_up_is_named(void **state)
{
	struct world *world = *state;
	const struct diag *diag;

	want(world, "d/a", OURS("x\n"));
	want(world, "d/b", OURS("x\n"));
	assert_true(make(world));
	/* kind and mkdir of d, create a, create b */
	fs_memory_die(&world->memory, 4);
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_NOT_WRITTEN,
		    "cannot write 'd/.bzlmodgen-b.tmp': Input/output error", "");
	diag = world->diags.items[0];
	assert_text(diag->notes->text,
		    "'d/.bzlmodgen-a.tmp' could not be removed: Input/output error");
	assert_text(diag->notes->next->text, "'d' could not be removed: Input/output error");
	assert_null(diag->notes->next->next);
}

static void
a_failure_halfway_names_what_is_written(void **state)
{
	struct world *world = *state;
	const struct diag *diag;

	want(world, "a/x", OURS("x\n"));
	want(world, "b", OURS("x\n"));
	want(world, "n/c", OURS("x\n"));
	assert_true(make(world));
	/* kind, mkdir and create for a/x, create b, as many as before for n/c, flush, 3 kinds, then
	 * the renames */
	fs_memory_fail(&world->memory, 13, ENOSPC);
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_HALF_WRITTEN,
		    "cannot replace 'b': No space left on device; 1 of 3 files are written",
		    "remove the cause and run the command again, which writes the rest");
	diag = world->diags.items[0];
	assert_text(diag->notes->text, "written: 'a/x'");
	assert_null(diag->notes->next);
	assert_text(fs_memory_dump(&world->memory), "d 755 a []\nf 644 a/x [" OURS("x\n") "]\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_missing_is_created),
		TEST(everything_is_staged_and_flushed_before_the_first_rename),
		TEST(what_is_ours_already_is_not_touched),
		TEST(what_has_our_header_is_updated_and_keeps_its_mode),
		TEST(what_a_killed_run_left_is_removed),
		TEST(a_leftover_name_that_is_not_a_file_stops_the_run),
		TEST(what_changes_meanwhile_is_not_lost),
		TEST(any_failing_call_leaves_the_tree_whole),
		TEST(a_run_after_a_killed_one_completes),
		TEST(a_leftover_that_stays_is_told),
		TEST(what_cannot_be_cleaned_up_is_named),
		TEST(a_failure_halfway_names_what_is_written),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan_world.h"

static size_t
count_removed(const struct world *world)
{
	size_t count = 0;

	for (size_t i = 0; i < world->memory.count; i++)
		count += world->memory.entries[i].kind == FS_NONE;
	return count;
}

static void
what_is_missing_is_created(void **state)
{
	struct world *world = *state;

	want(world, "b/c/BUILD.bazel", OURS("x\n"));
	want(world, ".bazelversion", "8.2.1\n");
	want(world, "b/BUILD.bazel", OURS("y\n"));
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_int_equal(world->plan.by_kind[CHANGE_CREATE], 3 + 1);
	assert_false(plan_in_sync(&world->plan));
	assert_true(str_is(world->plan.changes[0].path, ".bazelversion"));
	assert_true(str_is(world->plan.changes[1].path, "b/BUILD.bazel"));
	assert_true(str_is(world->plan.changes[3].path, MANIFEST_NAME));
	assert_true(apply(world));
	assert_content(world, ".bazelversion", "8.2.1\n");
	assert_content(world, "b/BUILD.bazel", OURS("y\n"));
	assert_content(world, "b/c/BUILD.bazel", OURS("x\n"));
	assert_manifest(world, ".bazelversion", "8.2.1\n", "b/BUILD.bazel", OURS("y\n"),
			"b/c/BUILD.bazel", OURS("x\n"), NULL);
	assert_int_equal(fs_memory_find(&world->memory, STR(MANIFEST_NAME))->mode, 0644);
	assert_int_equal(world->memory.count - count_removed(world), 3 + 2 + 1);
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
}

static void
the_manifest_is_staged_first_and_renamed_last(void **state)
{
	struct world *world = *state;

	want(world, "d/new", OURS("x\n"));
	want(world, "old", OURS("y\n"));
	own(world, "old", OURS("z\n"));
	own(world, "stale", OURS("z\n"));
	assert_true(make(world));
	assert_true(apply(world));
	assert_text(buf_str(&world->memory.log),
		    "create .bzlmodgen-bzlmodgen.lock.json.tmp\nmkdir d\n"
		    "create d/.bzlmodgen-new.tmp\ncreate .bzlmodgen-old.tmp\nflush\n"
		    "rename d/new\nrename old\nremove stale\nflush\n"
		    "rename bzlmodgen.lock.json\n");
}

static void
what_is_ours_already_is_not_touched(void **state)
{
	struct world *world = *state;

	/* whatever it is: no header, a changed mode */
	want(world, "a", OURS("x\n"));
	want(world, "plain", "8.2.1\n");
	own(world, "a", OURS("x\n"));
	own(world, "plain", "8.2.1\n");
	fs_memory_mode(&world->memory, "a", 0400);
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
	fs_memory_fail(&world->memory, 1, EIO);
	assert_true(apply(world));
	assert_int_equal(world->memory.calls, 0);
	assert_int_equal(fs_memory_find(&world->memory, STR("a"))->written, 0);
}

static void
an_updated_file_keeps_its_mode(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("new\n"));
	want(world, "b", OURS("same\n"));
	own(world, "a", OURS("old\n"));
	own(world, "b", OURS("same\n"));
	fs_memory_mode(&world->memory, "a", 0750);
	fs_memory_mode(&world->memory, MANIFEST_NAME, 0600);
	assert_true(make(world));
	assert_int_equal(world->plan.by_kind[CHANGE_UPDATE], 1 + 1);
	assert_int_equal(world->plan.by_kind[CHANGE_KEEP], 1);
	assert_text(change_of(world, "a")->before, OURS("old\n"));
	assert_true(apply(world));
	assert_content(world, "a", OURS("new\n"));
	assert_int_equal(fs_memory_find(&world->memory, STR("a"))->mode, 0750);
	assert_int_equal(fs_memory_find(&world->memory, STR(MANIFEST_NAME))->mode, 0600);
	assert_int_equal(fs_memory_find(&world->memory, STR("b"))->written, 0);
}

static void
what_a_killed_run_left_is_removed(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x\n"));
	want(world, "d/b", OURS("x\n"));
	own(world, "a", OURS("x\n"));
	own(world, "d/b", OURS("x\n"));
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
two_runs_do_not_write_at_once(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x\n"));
	assert_true(make(world));
	world->memory.is_busy = true;
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_BUSY, "another run of bzlmodgen is writing to this project",
		    "wait for it to end, and run this one again");
	assert_int_equal(world->memory.log.len, 0);
	world->memory.is_busy = false;
	diags_init(&world->diags, &world->arena);
	fs_memory_fail(&world->memory, 1, EIO);
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_NOT_WRITTEN,
		    "cannot lock the project's root: Input/output error", "");
	/* the lock is given back, after a failure as well */
	fs_memory_fail(&world->memory, 2, EIO);
	assert_false(apply(world));
	assert_false(world->memory.is_locked);
	fs_memory_fail(&world->memory, 0, 0);
	assert_true(apply(world));
	assert_false(world->memory.is_locked);
	assert_content(world, "a", OURS("x\n"));
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
edit_manifest(struct fs_memory *memory)
{
	fs_memory_file(memory, MANIFEST_NAME, "{}");
}

static void
replace_b(struct fs_memory *memory)
{
	fs_memory_put(memory, "b", FS_SYMLINK);
}

static void
prepare_meanwhile(struct world *world)
{
	world_clear(world);
	want(world, "a", OURS("x\n"));
	want(world, "b", OURS("x\n"));
	own(world, "a", OURS("y\n"));
}

static void
what_changes_meanwhile_is_not_lost(void **state)
{
	static const struct {
		void (*edit)(struct fs_memory *);
		const char *path;
	} cases[] = {
		{edit_a, "a"},    {remove_a, "a"}, {create_b, "b"}, {edit_manifest, MANIFEST_NAME},
		{replace_b, "b"},
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str expected;

		prepare_meanwhile(world);
		cases[i].edit(&world->memory);
		expected = fs_memory_dump(&world->memory);
		prepare_meanwhile(world);
		assert_true(make(world));
		world->memory.at_flush = cases[i].edit;
		assert_false(apply(world));
		assert_diag(world, DIAG_PLAN_CHANGED,
			    arena_printf(&world->arena,
					 "'%s' was changed while its replacement was prepared",
					 cases[i].path)
				    .at,
			    "run the command again when nothing else writes to it");
		assert_true(str_eq(fs_memory_dump(&world->memory), expected));
	}
}

static void
write_all(struct fs_memory *memory)
{
	fs_memory_file(memory, "a", OURS("x\n"));
	fs_memory_file(memory, "b", OURS("x\n"));
}

static void
another_run_that_was_faster_does_not_matter(void **state)
{
	struct world *world = *state;

	prepare_meanwhile(world);
	assert_true(make(world));
	world->memory.at_flush = write_all;
	assert_true(apply(world));
	assert_manifest(world, "a", OURS("x\n"), "b", OURS("x\n"), NULL);
}

#define SHARED(text) "mine\n# bzlmodgen:begin\n" text "# bzlmodgen:end\n"

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
	want(world, "shared", OURS("7\n"));
	own(world, "old/update", OURS("old\n"));
	own(world, "update", OURS("old, too\n"));
	own(world, "keep", OURS("5\n"));
	own(world, "stale/y", OURS("old\n"));
	own(world, "old/stale/deep/y", OURS("old\n"));
	list(world, "gone/y", OURS("old\n"));
	list_region(world, "shared", "old\n");
	fs_memory_file(&world->memory, "shared", "mine\n# bzlmodgen:begin\nold\n# bzlmodgen:end\n");
	fs_memory_file(&world->memory, "user", "mine");
	fs_memory_mode(&world->memory, "update", 0600);
}

static void
assert_done(struct world *world)
{
	static const char *const paths[] = {"a/b/new",     "a/new",  "old/update",
					    "update",      "keep",   "old/new/x",
					    MANIFEST_NAME, "shared", "user"};
	static const char *const directories[] = {"a", "a/b", "old", "old/new"};

	assert_content(world, "a/b/new", OURS("1\n"));
	assert_content(world, "a/new", OURS("2\n"));
	assert_content(world, "old/update", OURS("3\n"));
	assert_content(world, "update", OURS("4\n"));
	assert_content(world, "keep", OURS("5\n"));
	assert_content(world, "old/new/x", OURS("6\n"));
	assert_content(world, "shared", "mine\n# bzlmodgen:begin\n\n7\n\n# bzlmodgen:end\n");
	assert_content(world, "user", "mine");
	assert_manifest(world, "a/b/new", OURS("1\n"), "a/new", OURS("2\n"), "keep", OURS("5\n"),
			"old/new/x", OURS("6\n"), "old/update", OURS("3\n"), "shared", "|\n7\n\n",
			"update", OURS("4\n"), NULL);
	assert_int_equal(fs_memory_find(&world->memory, STR("keep"))->written, 0);
	assert_int_equal(fs_memory_find(&world->memory, STR("update"))->mode, 0600);
	for (size_t i = 0; i < sizeof(directories) / sizeof(*directories); i++)
		assert_non_null(fs_memory_find(&world->memory, str_from(directories[i])));
	/* and nothing else is there */
	assert_int_equal(world->memory.count - count_removed(world),
			 sizeof(paths) / sizeof(*paths) +
				 sizeof(directories) / sizeof(*directories));
}

/* Each file is whole: what it was, or what it shall be, of which NULL is nothing at all. */
static void
assert_whole(struct world *world)
{
	static const struct {
		const char *path;
		const char *before;
		const char *after;
	} files[] = {
		{"a/b/new", NULL, OURS("1\n")},
		{"a/new", NULL, OURS("2\n")},
		{"old/update", OURS("old\n"), OURS("3\n")},
		{"update", OURS("old, too\n"), OURS("4\n")},
		{"keep", OURS("5\n"), OURS("5\n")},
		{"old/new/x", NULL, OURS("6\n")},
		{"shared", SHARED("old\n"), SHARED("\n7\n\n")},
		{"stale/y", OURS("old\n"), NULL},
		{"old/stale/deep/y", OURS("old\n"), NULL},
		{"user", "mine", "mine"},
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		const struct fs_entry *entry =
			fs_memory_find(&world->memory, str_from(files[i].path));

		if (entry == NULL)
			assert_true(files[i].before == NULL || files[i].after == NULL);
		else if (files[i].before == NULL || !str_is(entry->content, files[i].before))
			assert_text(entry->content, files[i].after);
	}
}

static void
assert_rerun_completes(struct world *world)
{
	fs_memory_fail(&world->memory, 0, 0);
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_true(apply(world));
	assert_int_equal(world->diags.count, 0);
	assert_done(world);
}

/* The same after the spec has changed once more, which leaves nothing of what was there. */
static void
assert_other_run_completes(struct world *world)
{
	fs_memory_fail(&world->memory, 0, 0);
	diags_init(&world->diags, &world->arena);
	world->count = 0;
	want(world, "update", OURS("8\n"));
	want(world, "a/new", OURS("8\n"));
	want(world, "shared", OURS("8\n"));
	assert_true(make(world));
	assert_true(apply(world));
	assert_int_equal(world->diags.count, 0);
	assert_content(world, "update", OURS("8\n"));
	assert_content(world, "a/new", OURS("8\n"));
	assert_content(world, "shared", "mine\n# bzlmodgen:begin\n\n8\n\n# bzlmodgen:end\n");
	assert_manifest(world, "a/new", OURS("8\n"), "shared", "|\n8\n\n", "update", OURS("8\n"),
			NULL);
	/* with a, the manifest and the user's file, but no leftovers */
	assert_int_equal(world->memory.count - count_removed(world), 3 + 3);
}

/* A run whose n-th call fails. False: there were fewer calls. */
static bool
survives_failure(size_t n, int error, void (*rerun)(struct world *), bool *halfway)
{
	struct world world;
	struct str before;
	bool failed;

	world_start(&world);
	prepare_faults(&world);
	before = fs_memory_dump(&world.memory);
	fs_memory_fail(&world.memory, n, error);
	failed = !make(&world) || !apply(&world);
	/* directories that stay, and a manifest of a killed run that cannot be read, are no
	 * failures */
	if (failed)
		assert_true(world.memory.has_failed);
	assert_int_equal(failed, world.diags.errors > 0);
	assert_false(world.memory.is_locked);
	if (failed) {
		enum diag_code code = world.diags.items[world.diags.count - 1]->code;

		*halfway = code == DIAG_PLAN_HALF_WRITTEN;
		assert_whole(&world);
		if (!*halfway)
			assert_true(str_eq(fs_memory_dump(&world.memory), before));
	}
	failed = world.memory.has_failed;
	/* what could not be removed once is empty and nobody's concern */
	if (!failed || world.diags.errors > 0)
		rerun(&world);
	arena_free(&world.arena);
	return failed;
}

static void
any_failing_call_leaves_the_tree_whole(void **state)
{
	static const int errors[] = {EIO, ENOSPC, EACCES, EEXIST, EWOULDBLOCK};
	struct world *world = *state;
	size_t calls;

	prepare_faults(world);
	assert_true(make(world));
	assert_true(apply(world));
	assert_done(world);
	calls = world->memory.calls;
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		size_t halves = 0;
		size_t n = 1;
		bool halfway = false;

		for (; survives_failure(n, errors[i], assert_rerun_completes, &halfway); n++) {
			halves += halfway;
			halfway = false;
			survives_failure(n, errors[i], assert_other_run_completes, &halfway);
			halfway = false;
		}
		assert_int_equal(n, calls + 1);
		/* six renames, the first of which still can be undone, two deletions, a flush, the
		 * manifest */
		assert_int_equal(halves, 5 + 2 + 1 + 1);
	}
	print_message("%zu calls, each failing in %zu ways\n", calls,
		      sizeof(errors) / sizeof(*errors));
}

/* A run that is killed in its n-th call, and one after it. False: there were fewer calls. */
static bool
survives_death(size_t n, void (*rerun)(struct world *))
{
	struct world world;
	struct str log;
	bool died;

	world_start(&world);
	prepare_faults(&world);
	fs_memory_die(&world.memory, n);
	died = !make(&world) || !apply(&world);
	assert_int_equal(died, world.memory.has_failed);
	assert_whole(&world);
	log = buf_str(&world.memory.log);
	if (str_find_str(log, STR("rename")) == log.len) {
		assert_content(&world, "update", OURS("old, too\n"));
		assert_content(&world, "old/update", OURS("old\n"));
		assert_content(&world, "stale/y", OURS("old\n"));
		assert_null(fs_memory_find(&world.memory, STR("a/new")));
	}
	rerun(&world);
	arena_free(&world.arena);
	return died;
}

static void
a_run_after_a_killed_one_completes(void **state)
{
	size_t n = 1;

	(void)state;
	while (survives_death(n, assert_rerun_completes)) {
		survives_death(n, assert_other_run_completes);
		n++;
	}
	assert_true(n > 60);
	print_message("killed at %zu calls\n", n - 1);
}

static void
a_leftover_that_stays_is_told(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x\n"));
	own(world, "a", OURS("x\n"));
	fs_memory_file(&world->memory, ".bzlmodgen-a.tmp", "half");
	/* lock, kind, remove */
	for (size_t n = 2; n <= 3; n++) {
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
	const struct diag_note *note;
	const struct diag *diag;

	want(world, "d/a", OURS("x\n"));
	want(world, "d/b", OURS("x\n"));
	assert_true(make(world));
	/* lock, create of the manifest, kind and mkdir of d, create a, create b */
	fs_memory_die(&world->memory, 6);
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_NOT_WRITTEN,
		    "cannot write 'd/.bzlmodgen-b.tmp': Input/output error", "");
	diag = world->diags.items[0];
	assert_text(diag->notes->text, "'.bzlmodgen-bzlmodgen.lock.json.tmp' could not be removed: "
				       "Input/output error");
	note = diag->notes->next;
	assert_text(note->text, "'d/.bzlmodgen-a.tmp' could not be removed: Input/output error");
	assert_text(note->next->text, "'d' could not be removed: Input/output error");
	assert_null(note->next->next);
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
	/* lock, create of the manifest; kind, mkdir and create for a/x, create b, as many as for
	 * a/x for n/c, flush, 4 kinds, then the renames */
	fs_memory_fail(&world->memory, 16, ENOSPC);
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_HALF_WRITTEN,
		    "cannot replace 'b': No space left on device; 1 of 4 files are done",
		    "remove the cause and run the command again, which does the rest");
	diag = world->diags.items[0];
	assert_text(diag->notes->text, "written: 'a/x'");
	assert_null(diag->notes->next);
	/* the list of what is ours now stays for the next run */
	assert_text(fs_memory_dump(&world->memory),
		    arena_printf(&world->arena,
				 "f 644 .bzlmodgen-bzlmodgen.lock.json.tmp [%.*s]\nd 755 a []\n"
				 "f 644 a/x [" OURS("x\n") "]\n",
				 STR_ARG(world->plan.manifest->after))
			    .at);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_missing_is_created),
		TEST(the_manifest_is_staged_first_and_renamed_last),
		TEST(what_is_ours_already_is_not_touched),
		TEST(an_updated_file_keeps_its_mode),
		TEST(what_a_killed_run_left_is_removed),
		TEST(a_leftover_name_that_is_not_a_file_stops_the_run),
		TEST(two_runs_do_not_write_at_once),
		TEST(what_changes_meanwhile_is_not_lost),
		TEST(another_run_that_was_faster_does_not_matter),
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

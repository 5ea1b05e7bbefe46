#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan_world.h"

static void
what_is_no_longer_asked_for_is_deleted(void **state)
{
	struct world *world = *state;

	want(world, "keep", OURS("x\n"));
	own(world, "keep", OURS("x\n"));
	own(world, "a/b/old", OURS("x\n"));
	own(world, "a/old", OURS("x\n"));
	own(world, "shared/old", OURS("x\n"));
	own(world, "alone/old", OURS("x\n"));
	fs_memory_file(&world->memory, "shared/mine", "mine");
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_int_equal(world->plan.by_kind[CHANGE_DELETE], 4);
	assert_null(change_of(world, "a/old")->output);
	assert_true(apply(world));
	/* the last directory that is emptied takes its parents along */
	assert_text(buf_str(&world->memory.log),
		    "create .bzlmodgen-bzlmodgen.lock.json.tmp\nflush\n"
		    "remove a/b/old\nremove a/old\nremove alone/old\nremove shared/old\n"
		    "rmdir a/b\nrmdir a\nrmdir alone\nflush\nrename bzlmodgen.lock.json\n");
	assert_content(world, "shared/mine", "mine");
	assert_manifest(world, "keep", OURS("x\n"), NULL);
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
}

static void
the_manifest_goes_with_the_last_file(void **state)
{
	struct world *world = *state;

	own(world, "a", OURS("x\n"));
	assert_true(make(world));
	assert_int_equal(world->plan.manifest->kind, CHANGE_DELETE);
	assert_true(apply(world));
	assert_text(buf_str(&world->memory.log), "remove a\nflush\nremove bzlmodgen.lock.json\n");
	assert_text(fs_memory_dump(&world->memory), "");
}

static void
an_edited_one_is_refused(void **state)
{
	struct world *world = *state;
	struct str before;

	want(world, "new", OURS("x\n"));
	list(world, "d/old", OURS("x\n"));
	fs_memory_file(&world->memory, "d/old", OURS("x\n# mine\n"));
	before = fs_memory_dump(&world->memory);
	assert_true(make(world));
	assert_int_equal(change_of(world, "d/old")->refusal, REFUSAL_EDITED);
	assert_false(change_of(world, "d/old")->remains);
	assert_diag(world, DIAG_PLAN_EDITED,
		    "'d/old' is no longer asked for, but was edited since bzlmodgen wrote it",
		    "have it deleted with '--force d/old', or, to keep it for your own, remove its "
		    "line from 'bzlmodgen.lock.json'");
	assert_false(apply(world));
	assert_true(str_eq(fs_memory_dump(&world->memory), before));
	diags_init(&world->diags, &world->arena);
	world->forced[world->forced_count++] = STR("d/old");
	assert_true(make(world));
	assert_true(change_of(world, "d/old")->taken_over);
	assert_int_equal(world->diags.count, 0);
	assert_true(apply(world));
	assert_absent(world, "d");
}

static void
one_without_header_is_left_and_forgotten(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x\n"));
	own(world, "a", OURS("x\n"));
	own(world, ".bazelversion", "8.2.1\n");
	assert_true(make(world));
	assert_int_equal(change_of(world, ".bazelversion")->kind, CHANGE_LEAVE);
	assert_int_equal(world->plan.by_kind[CHANGE_REFUSE], 0);
	assert_diag(world, DIAG_PLAN_LEFT,
		    "'.bazelversion' is left: it is no longer asked for, but has no header that "
		    "shows it to be ours",
		    "");
	assert_true(apply(world));
	assert_content(world, ".bazelversion", "8.2.1\n");
	assert_manifest(world, "a", OURS("x\n"), NULL);
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
	assert_int_equal(world->diags.count, 0);
}

static void
force_deletes_one_without_header(void **state)
{
	struct world *world = *state;

	own(world, ".bazelversion", "8.2.1\n");
	world->forced[world->forced_count++] = STR(".bazelversion");
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_true(change_of(world, ".bazelversion")->taken_over);
	assert_true(apply(world));
	assert_text(fs_memory_dump(&world->memory), "");
}

/* Whoever can write to the manifest must not be able to have sources deleted. */
static void
a_listed_source_is_safe(void **state)
{
	struct world *world = *state;

	own(world, "src/main.rs", "fn main() {}\n");
	assert_true(make(world));
	assert_true(apply(world));
	assert_content(world, "src/main.rs", "fn main() {}\n");
	assert_absent(world, MANIFEST_NAME);
}

static void
what_is_gone_is_dropped(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x\n"));
	own(world, "a", OURS("x\n"));
	list(world, "gone", OURS("x\n"));
	list(world, "d/e/gone", OURS("x\n"));
	list(world, "file/gone", OURS("x\n"));
	list(world, "nowhere/gone", OURS("x\n"));
	list(world, "Case", OURS("x\n"));
	fs_memory_put(&world->memory, "d/e", FS_DIRECTORY);
	fs_memory_file(&world->memory, "file", "mine");
	fs_memory_file(&world->memory, "case", OURS("x\n"));
	assert_true(make(world));
	assert_int_equal(world->plan.count, 2);
	assert_int_equal(world->diags.count, 0);
	assert_true(apply(world));
	assert_manifest(world, "a", OURS("x\n"), NULL);
	assert_content(world, "file", "mine");
	assert_content(world, "case", OURS("x\n"));
	/* a killed run has deleted the file, but not the directory */
	assert_absent(world, "d");
}

static void
what_is_no_file_any_more_is_left(void **state)
{
	static const enum fs_kind kinds[] = {FS_DIRECTORY, FS_SYMLINK, FS_OTHER};
	struct world *world = *state;

	for (size_t i = 0; i < 3; i++) {
		world_clear(world);
		list(world, "x", OURS("x\n"));
		fs_memory_put(&world->memory, "x", kinds[i]);
		assert_true(make(world));
		assert_int_equal(change_of(world, "x")->kind, CHANGE_LEAVE);
		assert_diag(world, DIAG_PLAN_LEFT, "'x' is left: it is no plain file any more", "");
		assert_true(apply(world));
		assert_non_null(fs_memory_find(&world->memory, STR("x")));
		assert_absent(world, MANIFEST_NAME);
	}
	world_clear(world);
	list(world, "link/x", OURS("x\n"));
	fs_memory_put(&world->memory, "link", FS_SYMLINK);
	assert_true(make(world));
	assert_diag(world, DIAG_PLAN_LEFT, "'link/x' is left: it is no plain file any more", "");
	assert_true(apply(world));
	assert_non_null(fs_memory_find(&world->memory, STR("link")));
}

static void
what_cannot_be_read_is_refused(void **state)
{
	struct world *world = *state;

	own(world, "d/old", OURS("x\n"));
	/* list of the root, kind and read of the manifest, kind and list of d, kind and read */
	for (size_t n = 4; n <= 7; n++) {
		diags_init(&world->diags, &world->arena);
		fs_memory_fail(&world->memory, n, EACCES);
		assert_true(make(world));
		assert_int_equal(change_of(world, "d/old")->refusal, REFUSAL_UNREADABLE);
		assert_diag(world, DIAG_PLAN_UNREADABLE,
			    n < 6 ? "cannot read 'd': Permission denied"
				  : "cannot read 'd/old': Permission denied",
			    "make it readable, or move it away");
		assert_false(apply(world));
	}
}

static void
edit_old(struct fs_memory *memory)
{
	fs_memory_file(memory, "old", OURS("by hand\n"));
}

static void
what_changes_meanwhile_is_not_deleted(void **state)
{
	struct world *world = *state;

	want(world, "new", OURS("x\n"));
	own(world, "old", OURS("x\n"));
	assert_true(make(world));
	world->memory.at_flush = edit_old;
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_CHANGED,
		    "'old' was changed while its replacement was prepared",
		    "run the command again when nothing else writes to it");
	assert_content(world, "old", OURS("by hand\n"));
	assert_absent(world, "new");
}

static void
a_deletion_that_fails_is_told(void **state)
{
	struct world *world = *state;

	own(world, "a", OURS("x\n"));
	own(world, "b", OURS("x\n"));
	assert_true(make(world));
	/* lock; kind and read of a, b and the manifest; remove a, remove b */
	fs_memory_fail(&world->memory, 8, EACCES);
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_NOT_WRITTEN, "cannot delete 'a': Permission denied", "");
	diags_init(&world->diags, &world->arena);
	fs_memory_fail(&world->memory, 9, EACCES);
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_HALF_WRITTEN,
		    "cannot delete 'b': Permission denied; 1 of 3 files are done",
		    "remove the cause and run the command again, which does the rest");
	assert_text(world->diags.items[0]->notes->text, "deleted: 'a'");
	/* the other run that was faster */
	diags_init(&world->diags, &world->arena);
	fs_memory_fail(&world->memory, 0, 0);
	assert_true(apply(world));
	assert_text(fs_memory_dump(&world->memory), "");
}

/* ---- clean ---- */

static void
clean_deletes_what_is_ours(void **state)
{
	struct world *world = *state;

	want(world, "d/a", OURS("x\n"));
	want(world, ".bazelversion", "8.2.1\n");
	own(world, "d/a", OURS("older\n"));
	own(world, "stale", OURS("x\n"));
	own(world, ".bazelversion", "8.2.0\n");
	fs_memory_file(&world->memory, "mine", OURS("x\n"));
	assert_true(make_clean(world));
	assert_int_equal(world->diags.count, 0);
	assert_int_equal(world->plan.by_kind[CHANGE_DELETE], 3 + 1);
	assert_true(apply(world));
	assert_text(fs_memory_dump(&world->memory), "f 644 mine [" OURS("x\n") "]\n");
}

static void
clean_without_manifest_does_nothing(void **state)
{
	struct world *world = *state;

	want(world, "a", OURS("x\n"));
	fs_memory_file(&world->memory, "a", OURS("x\n"));
	assert_true(make_clean(world));
	assert_int_equal(world->plan.count, 0);
	assert_true(apply(world));
	assert_content(world, "a", OURS("x\n"));
}

static void
clean_leaves_what_is_not_as_written(void **state)
{
	struct world *world = *state;

	own(world, "a", OURS("x\n"));
	list(world, "edited", OURS("x\n"));
	fs_memory_file(&world->memory, "edited", OURS("y\n"));
	own(world, "plain", "x\n");
	list(world, "gone", OURS("x\n"));
	assert_true(make_clean(world));
	assert_int_equal(world->diags.errors, 0);
	assert_int_equal(world->diags.count, 2);
	assert_text(world->diags.items[0]->text,
		    "'edited' is left: it was edited since bzlmodgen wrote it");
	assert_text(world->diags.items[1]->text,
		    "'plain' is left: it is no longer asked for, but has no header that shows it "
		    "to be ours");
	assert_true(apply(world));
	assert_absent(world, "a");
	assert_content(world, "edited", OURS("y\n"));
	assert_content(world, "plain", "x\n");
	assert_manifest(world, "edited", OURS("x\n"), NULL);
	/* and so it is again */
	diags_init(&world->diags, &world->arena);
	assert_true(make_clean(world));
	assert_int_equal(world->plan.manifest->kind, CHANGE_KEEP);
	assert_int_equal(world->diags.count, 1);
}

static void
clean_leaves_what_cannot_be_read(void **state)
{
	struct world *world = *state;

	own(world, "d/old", OURS("x\n"));
	for (size_t n = 4; n <= 7; n++) {
		diags_init(&world->diags, &world->arena);
		fs_memory_fail(&world->memory, n, EACCES);
		assert_true(make_clean(world));
		assert_diag(world, DIAG_PLAN_LEFT, "'d/old' is left: it cannot be read", "");
		assert_int_equal(world->plan.manifest->kind, CHANGE_KEEP);
	}
}

static void
clean_needs_a_usable_manifest(void **state)
{
	struct world *world = *state;

	fs_memory_file(&world->memory, MANIFEST_NAME, "[]");
	assert_true(make_clean(world));
	assert_int_equal(world->plan.manifest->refusal, REFUSAL_MANIFEST);
	assert_false(apply(world));
	fs_memory_fail(&world->memory, 1, EACCES);
	assert_false(make_clean(world));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_no_longer_asked_for_is_deleted),
		TEST(the_manifest_goes_with_the_last_file),
		TEST(an_edited_one_is_refused),
		TEST(one_without_header_is_left_and_forgotten),
		TEST(force_deletes_one_without_header),
		TEST(a_listed_source_is_safe),
		TEST(what_is_gone_is_dropped),
		TEST(what_is_no_file_any_more_is_left),
		TEST(what_cannot_be_read_is_refused),
		TEST(what_changes_meanwhile_is_not_deleted),
		TEST(a_deletion_that_fails_is_told),
		TEST(clean_deletes_what_is_ours),
		TEST(clean_without_manifest_does_nothing),
		TEST(clean_leaves_what_is_not_as_written),
		TEST(clean_leaves_what_cannot_be_read),
		TEST(clean_needs_a_usable_manifest),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Runs that are killed one after the other, each with another spec: none of them ever needs to be
 * forced, and nothing stays behind.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/digest.h"
#include "plan_world.h"

#define SHARED(text) "mine\n# bzlmodgen:begin\n" text "# bzlmodgen:end\n"
#define PENDING ".bzlmodgen-bzlmodgen.lock.json.tmp"
#define RECOVERED ".bzlmodgen-bzlmodgen.lock.json.recovered.tmp"

/* What the n-th spec asks for: some files of all, some of its own. */
static void
want_spec(struct world *world, unsigned number)
{
	static const char *const texts[] = {OURS("0\n"), OURS("1\n"), OURS("2\n"), OURS("3\n")};
	static const char *const own[] = {"a/0", "b/c/1", "a/2", "d/3"};

	world->count = 0;
	want(world, "always", texts[number]);
	want(world, own[number], texts[number]);
	want(world, "same", OURS("same\n"));
	want(world, "shared", texts[number]);
	if (number % 2 == 0)
		want(world, "even", texts[number]);
}

static void
assert_done(struct world *world, unsigned number)
{
	static const char *const regions[] = {SHARED("\n0\n\n"), SHARED("\n1\n\n"),
					      SHARED("\n2\n\n"), SHARED("\n3\n\n")};
	size_t there = 0;

	/* the manifest, the user's file, and the directories, of which b has one more */
	size_t entries = world->count + 2 + (number == 1 ? 2 : 1);

	for (size_t i = 0; i < world->count; i++) {
		const struct output *output = &world->outputs[i];
		const struct fs_entry *entry = fs_memory_find(&world->memory, output->path);

		assert_non_null(entry);
		if (str_is(output->path, "shared"))
			assert_text(entry->content, regions[number]);
		else
			assert_true(str_eq(entry->content, output->content));
	}
	assert_content(world, "user", "mine");
	for (size_t i = 0; i < world->memory.count; i++)
		there += world->memory.entries[i].kind != FS_NONE;
	if (there != entries)
		fail_msg("%.*s", STR_ARG(fs_memory_dump(&world->memory)));
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
	assert_int_equal(world->plan.leftover_count, 0);
}

static bool
run(struct world *world, unsigned number)
{
	want_spec(world, number);
	diags_init(&world->diags, &world->arena);
	return make(world) && apply(world);
}

static void
prepare(struct world *world)
{
	fs_memory_file(&world->memory, "user", "mine");
	fs_memory_file(&world->memory, "shared", SHARED(""));
	assert_true(run(world, 0));
	assert_done(world, 0);
}

/* True: it was killed. */
static bool
is_killed(struct world *world, unsigned number, size_t at)
{
	bool completed;

	fs_memory_die(&world->memory, at);
	completed = run(world, number);
	assert_int_equal(completed, !world->memory.has_failed);
	fs_memory_fail(&world->memory, 0, 0);
	return !completed;
}

static void
assert_completes(struct world *world, unsigned number)
{
	assert_true(run(world, number));
	assert_int_equal(world->diags.count, 0);
	assert_done(world, number);
}

/* Two runs that are killed at these calls, and one that is not. False: the second has fewer. */
static bool
survives(size_t first, size_t second, bool *was_killed)
{
	struct world world;
	bool killed;

	world_start(&world);
	prepare(&world);
	*was_killed = is_killed(&world, 1, first);
	killed = is_killed(&world, 2, second);
	assert_completes(&world, (unsigned)(first + second) % 4);
	arena_free(&world.arena);
	return killed;
}

static void
two_kills_need_no_force(void **state)
{
	size_t count = 0;
	bool was_killed = true;

	(void)state;
	for (size_t first = 1; was_killed; first++) {
		for (size_t second = 1; survives(first, second, &was_killed); second++)
			count++;
	}
	assert_true(count > 1000);
	print_message("%zu pairs of kills\n", count);
}

/* A small generator of the test's own, the same everywhere. */
static size_t
next_random(uint32_t *seed, size_t below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % below;
}

static void
any_number_of_kills_needs_no_force(void **state)
{
	uint32_t seed = 1;
	size_t kills = 0;

	(void)state;
	for (size_t round = 0; round < 100; round++) {
		struct world world;

		world_start(&world);
		prepare(&world);
		for (size_t i = 0; i < 12; i++)
			kills += is_killed(&world, (unsigned)next_random(&seed, 4),
					   1 + next_random(&seed, 80));
		assert_completes(&world, (unsigned)next_random(&seed, 4));
		arena_free(&world.arena);
	}
	assert_true(kills > 500);
	print_message("%zu kills\n", kills);
}

/* A killed run has replaced all files, but not its manifest. */
static void
leave_pending(struct world *world)
{
	prepare(world);
	want_spec(world, 1);
	assert_true(make(world));
	fs_memory_file(&world->memory, PENDING,
		       arena_str(&world->arena, world->plan.manifest->after).at);
	fs_memory_file(&world->memory, "always", OURS("1\n"));
	fs_memory_file(&world->memory, "b/c/1", OURS("1\n"));
	fs_memory_file(&world->memory, "shared", SHARED("\n1\n\n"));
	world->memory.log.len = 0;
}

static void
the_manifest_is_put_right_before_anything_else(void **state)
{
	struct world *world = *state;

	leave_pending(world);
	want_spec(world, 2);
	assert_true(make(world));
	assert_true(world->plan.recovered.len > 0);
	fs_memory_mode(&world->memory, MANIFEST_NAME, 0600);
	assert_true(apply(world));
	assert_text(buf_str(&world->memory.log),
		    "create " RECOVERED "\nflush\nrename bzlmodgen.lock.json\nremove " PENDING
		    "\ncreate " PENDING
		    "\ncreate a/.bzlmodgen-2.tmp\ncreate .bzlmodgen-always.tmp\n"
		    "create .bzlmodgen-even.tmp\ncreate .bzlmodgen-shared.tmp\nflush\n"
		    "rename a/2\nrename always\nrename even\nrename shared\nremove a/0\n"
		    "remove b/c/1\nrmdir b/c\nrmdir b\nflush\nrename bzlmodgen.lock.json\n");
	assert_int_equal(fs_memory_find(&world->memory, STR(MANIFEST_NAME))->mode, 0600);
	assert_done(world, 2);
}

static void
there_is_nothing_to_put_right_if_nothing_is_to_be_done(void **state)
{
	struct world *world = *state;

	prepare(world);
	want_spec(world, 1);
	assert_true(make(world));
	fs_memory_file(&world->memory, PENDING,
		       arena_str(&world->arena, world->plan.manifest->after).at);
	want_spec(world, 0);
	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
	world->memory.log.len = 0;
	assert_true(apply(world));
	assert_text(buf_str(&world->memory.log), "remove " PENDING "\n");
	/* nor if both say the same */
	fs_memory_file(&world->memory, PENDING,
		       arena_str(&world->arena, world->plan.manifest->after).at);
	want_spec(world, 1);
	assert_true(make(world));
	assert_int_equal(world->plan.recovered.len, 0);
}

/* Back to the spec before the kill: its manifest is on disk as it shall be, but not meanwhile. */
static void
a_manifest_that_was_right_comes_back(void **state)
{
	struct world *world = *state;

	leave_pending(world);
	want_spec(world, 0);
	assert_true(make(world));
	assert_int_equal(world->plan.manifest->kind, CHANGE_KEEP);
	assert_true(apply(world));
	assert_done(world, 0);
}

static void
a_project_that_is_emptied_has_no_manifest(void **state)
{
	struct world *world = *state;

	/* the very first run was killed */
	want(world, "a", OURS("x\n"));
	assert_true(make(world));
	fs_memory_file(&world->memory, PENDING,
		       arena_str(&world->arena, world->plan.manifest->after).at);
	fs_memory_file(&world->memory, "a", OURS("x\n"));
	assert_true(make_clean(world));
	assert_null(world->plan.manifest);
	assert_true(apply(world));
	assert_text(fs_memory_dump(&world->memory), "");
}

static void
what_is_forced_is_not_told_to_be_ours(void **state)
{
	struct world *world = *state;
	struct manifest recovered;
	struct source source = {STR(MANIFEST_NAME), {NULL, 0}};

	leave_pending(world);
	fs_memory_file(&world->memory, "always", "mine\n");
	want_spec(world, 2);
	world->forced[world->forced_count++] = STR("always");
	assert_true(make(world));
	source.text = world->plan.recovered;
	assert_true(
		manifest_read(&world->arena, &world->diags, &source, STR("99.0.0"), &recovered));
	assert_text(manifest_find(&recovered, STR("always"))->digest,
		    digest_of(&world->arena, STR(OURS("0\n"))).at);
	assert_text(manifest_find(&recovered, STR("b/c/1"))->digest,
		    digest_of(&world->arena, STR(OURS("1\n"))).at);
	assert_true(manifest_find(&recovered, STR("shared"))->is_region);
}

/* A run after a kill whose n-th call fails. False: there were fewer calls. */
static bool
survives_failure(size_t n, int error)
{
	struct world world;
	bool failed;

	world_start(&world);
	leave_pending(&world);
	fs_memory_fail(&world.memory, n, error);
	failed = !run(&world, 2);
	if (failed)
		assert_true(world.diags.errors > 0);
	failed = world.memory.has_failed;
	assert_false(world.memory.is_locked);
	fs_memory_fail(&world.memory, 0, 0);
	/* an unreadable pending manifest makes its files look foreign, and nothing is done */
	if (world.diags.errors > 0)
		assert_completes(&world, 3);
	arena_free(&world.arena);
	return failed;
}

static void
failures_after_a_kill_need_no_force(void **state)
{
	static const int errors[] = {EIO, ENOSPC, ENOENT};
	size_t n = 1;

	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		for (n = 1; survives_failure(n, errors[i]); n++)
			;
	}
	assert_true(n > 60);
	print_message("%zu calls\n", n - 1);
}

static void
edit_manifest(struct fs_memory *memory)
{
	fs_memory_file(memory, MANIFEST_NAME, "{}");
}

static void
a_manifest_that_changes_meanwhile_is_not_lost(void **state)
{
	struct world *world = *state;

	leave_pending(world);
	want_spec(world, 2);
	assert_true(make(world));
	world->memory.at_flush = edit_manifest;
	assert_false(apply(world));
	assert_diag(world, DIAG_PLAN_CHANGED,
		    "'bzlmodgen.lock.json' was changed while its replacement was prepared",
		    "run the command again when nothing else writes to it");
	assert_content(world, MANIFEST_NAME, "{}");
	assert_absent(world, RECOVERED);
	assert_non_null(fs_memory_find(&world->memory, STR(PENDING)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_kills_need_no_force),
		TEST(any_number_of_kills_needs_no_force),
		TEST(the_manifest_is_put_right_before_anything_else),
		TEST(there_is_nothing_to_put_right_if_nothing_is_to_be_done),
		TEST(a_manifest_that_was_right_comes_back),
		TEST(a_project_that_is_emptied_has_no_manifest),
		TEST(what_is_forced_is_not_told_to_be_ours),
		TEST(failures_after_a_kill_need_no_force),
		TEST(a_manifest_that_changes_meanwhile_is_not_lost),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

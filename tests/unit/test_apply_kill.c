/*
 * Runs that are killed on the real disk: before, within and after each of their calls, and by a
 * timer at any instruction. After each, every file is whole, no lock is left, and the next run
 * completes without being forced: with the spec as it was, and with one that has changed since.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "fs_killer.h"
#include "plan/fs_disk.h"
#include "plan/plan.h"
#include "temp_dir.h"

#define HEADER PLAN_HEADER "x.yaml\n"
#define OUTPUT(name, text)                                       \
	{                                                        \
		.path = {(name), sizeof(name) - 1}, .content = { \
			HEADER text,                             \
			sizeof(HEADER text) - 1                  \
		}                                                \
	}
#define SHARED(text) "mine\n# bzlmodgen:begin\n" text "# bzlmodgen:end\n"

static jmp_buf escape;

/* The spec as it changes: what the first one wrote is there when the run begins that is killed. */
static const struct output first[] = {
	OUTPUT("keep", "same\n"),    OUTPUT("update", "first\n"), OUTPUT("stale/deep/x", "first\n"),
	OUTPUT("d/both", "first\n"), OUTPUT("shared", "first\n"),
};
static const struct output second[] = {
	OUTPUT("keep", "same\n"),         OUTPUT("update", "second\n"),
	OUTPUT("new/deep/x", "second\n"), OUTPUT("d/both", "second\n"),
	OUTPUT("d/new", "second\n"),      OUTPUT("shared", "second\n"),
};
static const struct output third[] = {
	OUTPUT("keep", "same\n"),
	OUTPUT("update", "third\n"),
	OUTPUT("d/new", "third\n"),
	OUTPUT("shared", "third\n"),
};

struct spec {
	const struct output *outputs;
	size_t count;
};

static const struct spec specs[] = {
	{first, sizeof(first) / sizeof(*first)},
	{second, sizeof(second) / sizeof(*second)},
	{third, sizeof(third) / sizeof(*third)},
};

struct world {
	struct arena arena;
	const char *root;
	struct fs fs;
};

static void
open_world(struct world *world)
{
	arena_init(&world->arena, (size_t)1 << 28, &escape);
	world->root = temp_dir_make(&world->arena);
	assert_int_equal(fs_disk_open(&world->arena, world->root, &world->fs), 0);
}

static void
close_world(struct world *world)
{
	temp_dir_remove(&world->arena, world->root);
	arena_free(&world->arena);
}

static bool
generate(struct world *world, const struct fs *fs, const struct spec *spec)
{
	struct diags diags;
	struct plan plan;

	diags_init(&diags, &world->arena);
	return plan_make(&world->arena, &diags, fs, spec->outputs, spec->count, NULL, &plan) &&
	       plan_apply(&world->arena, &diags, fs, &plan) && diags.count == 0;
}

static void
prepare(struct world *world)
{
	struct fs *fs = &world->fs;

	assert_int_equal(fs->create(fs->self, STR("shared"), STR(SHARED("")), FS_MODE_NEW), 0);
	assert_int_equal(fs->create(fs->self, STR("user"), STR("mine"), FS_MODE_NEW), 0);
	assert_true(generate(world, fs, &specs[0]));
}

/* Empty where there is no such file. */
static struct str
content_of(struct world *world, struct str path)
{
	struct str content = {NULL, 0};

	if (world->fs.read(world->fs.self, &world->arena, path, &content) != 0)
		content.len = 0;
	return content;
}

/* What a spec leaves at a path, or nothing. */
static struct str
wanted(struct world *world, const struct spec *spec, struct str path)
{
	struct str content = {NULL, 0};

	for (size_t i = 0; i < spec->count; i++) {
		if (str_eq(spec->outputs[i].path, path))
			content = spec->outputs[i].content;
	}
	if (!str_is(path, "shared"))
		return content;
	return arena_printf(&world->arena, SHARED("\n%.*s\n"),
			    STR_ARG(str_after(content, sizeof(HEADER) - 1)));
}

static void
assert_whole(struct world *world)
{
	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < specs[i].count; j++) {
			struct str path = specs[i].outputs[j].path;
			struct str content = content_of(world, path);

			if (!str_eq(content, wanted(world, &specs[0], path)) &&
			    !str_eq(content, wanted(world, &specs[1], path)))
				fail_msg("%.*s is not whole: %.*s", STR_ARG(path),
					 STR_ARG(content));
		}
	}
	assert_true(str_is(content_of(world, STR("user")), "mine"));
}

static size_t
count_entries(struct world *world, struct str directory)
{
	struct str *names;
	size_t count;
	size_t sum;

	assert_int_equal(world->fs.list(world->fs.self, &world->arena, directory, &names, &count),
			 0);
	sum = count;
	for (size_t i = 0; i < count; i++) {
		struct str path = names[i];
		int error;

		if (directory.len > 0)
			path = arena_printf(&world->arena, "%.*s/%.*s", STR_ARG(directory),
					    STR_ARG(names[i]));
		if (world->fs.kind(world->fs.self, path, &error) == FS_DIRECTORY)
			sum += count_entries(world, path);
	}
	return sum;
}

static void
assert_completes(struct world *world, const struct spec *spec, size_t entries)
{
	struct diags diags;
	struct plan plan;

	/* nobody holds it any more */
	assert_int_equal(world->fs.lock(world->fs.self), 0);
	world->fs.unlock(world->fs.self);
	assert_true(generate(world, &world->fs, spec));
	for (size_t i = 0; i < spec->count; i++) {
		struct str path = spec->outputs[i].path;

		assert_true(str_eq(content_of(world, path), wanted(world, spec, path)));
	}
	assert_int_equal(count_entries(world, STR("")), entries);
	diags_init(&diags, &world->arena);
	assert_true(plan_make(&world->arena, &diags, &world->fs, spec->outputs, spec->count, NULL,
			      &plan));
	assert_true(plan_in_sync(&plan));
}

/* outputs, directories, the manifest, the user's file */
enum { ENTRIES_SECOND = 6 + 3 + 1 + 1, ENTRIES_THIRD = 4 + 1 + 1 + 1 };

static void
check(struct world *world, bool changed)
{
	assert_whole(world);
	if (changed)
		assert_completes(world, &specs[2], ENTRIES_THIRD);
	else
		assert_completes(world, &specs[1], ENTRIES_SECOND);
}

/* The child opens the disk itself, since locks belong to what was opened. Its end is that of a
 * signal, or _exit. */
static void
run_child(struct world *world, size_t die_at, enum fs_killer_moment moment, long microseconds)
{
	struct itimerval timer = {.it_value = {microseconds / 1000000, microseconds % 1000000}};
	struct fs_killer killer = {.die_at = die_at, .moment = moment};
	struct fs disk;
	struct fs fs;

	if (fs_disk_open(&world->arena, world->root, &disk) != 0)
		_exit(2);
	killer.fs = &disk;
	fs = fs_killer_open(&killer);
	if (setitimer(ITIMER_REAL, &timer, NULL) != 0)
		_exit(3);
	_exit(generate(world, &fs, &specs[1]) ? 0 : 1);
}

/* True: it was killed, by this signal. Otherwise it has come to its end. */
static bool
is_killed(struct world *world, size_t die_at, enum fs_killer_moment moment, long microseconds,
	  int by)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		run_child(world, die_at, moment, microseconds);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status)) {
		assert_int_equal(WTERMSIG(status), by);
		return true;
	}
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	return false;
}

/* False: the run has fewer calls. */
static bool
survives(size_t call, enum fs_killer_moment moment, bool changed)
{
	struct world world;
	bool killed;

	open_world(&world);
	prepare(&world);
	killed = is_killed(&world, call, moment, 0, SIGKILL);
	check(&world, changed);
	close_world(&world);
	return killed;
}

static void
a_run_may_be_killed_at_any_call(void **state)
{
	size_t kills = 0;

	(void)state;
	for (int moment = KILL_BEFORE; moment <= KILL_AFTER; moment++) {
		size_t call = 1;

		while (survives(call, (enum fs_killer_moment)moment, false)) {
			survives(call, (enum fs_killer_moment)moment, true);
			kills += 2;
			call++;
		}
		assert_true(call > 50);
	}
	print_message("killed %zu times at a call\n", kills);
}

static void
a_run_may_be_killed_at_any_time(void **state)
{
	enum { ROUNDS = 100, STEP = 150 };
	size_t kills = 0;

	(void)state;
	for (long i = 1; i <= ROUNDS; i++) {
		struct world world;

		open_world(&world);
		prepare(&world);
		kills += is_killed(&world, 0, KILL_BEFORE, i * STEP, SIGALRM);
		check(&world, i % 2 == 0);
		close_world(&world);
	}
	assert_true(kills > 0);
	print_message("killed %zu times by a timer\n", kills);
}

static void
a_lock_ends_with_what_holds_it(void **state)
{
	struct world world;
	struct arena other;
	struct fs fs;
	int status;
	pid_t child;

	(void)state;
	open_world(&world);
	/* another descriptor is as good as another process */
	arena_init(&other, (size_t)1 << 20, &escape);
	assert_int_equal(fs_disk_open(&other, world.root, &fs), 0);
	assert_int_equal(fs.lock(fs.self), 0);
	assert_int_equal(world.fs.lock(world.fs.self), EWOULDBLOCK);
	fs.unlock(fs.self);
	assert_int_equal(world.fs.lock(world.fs.self), 0);
	assert_int_equal(fs.lock(fs.self), EWOULDBLOCK);
	world.fs.unlock(world.fs.self);
	assert_int_equal(fs.lock(fs.self), 0);
	/* closed, and still held */
	arena_free(&other);
	assert_int_equal(world.fs.lock(world.fs.self), 0);
	world.fs.unlock(world.fs.self);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		arena_init(&other, (size_t)1 << 20, &escape);
		if (fs_disk_open(&other, world.root, &fs) != 0 || fs.lock(fs.self) != 0)
			_exit(1);
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(world.fs.lock(world.fs.self), 0);
	/* a lock is no file */
	assert_int_equal(count_entries(&world, STR("")), 0);
	close_world(&world);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lock_ends_with_what_holds_it),
		cmocka_unit_test(a_run_may_be_killed_at_any_call),
		cmocka_unit_test(a_run_may_be_killed_at_any_time),
	};

	if (setjmp(escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

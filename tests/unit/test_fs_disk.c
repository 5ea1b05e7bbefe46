#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "plan/fs_disk.h"
#include "plan/plan.h"
#include "temp_dir.h"

static jmp_buf escape;

/* A temporary directory whose subdirectory `root` is what fs sees. */
struct world {
	struct arena arena;
	const char *directory;
	const char *root;
	struct fs fs;
};

static int
set_up(void **state)
{
	static struct world world;

	arena_init(&world.arena, (size_t)1 << 30, &escape);
	world.directory = temp_dir_make(&world.arena);
	world.root = arena_printf(&world.arena, "%s/root", world.directory).at;
	assert_int_equal(mkdir(world.root, 0755), 0);
	assert_int_equal(fs_disk_open(&world.arena, world.root, &world.fs), 0);
	*state = &world;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *world = *state;

	temp_dir_remove(&world->arena, world->directory);
	arena_free(&world->arena);
	return 0;
}

static const char *
full(struct world *world, const char *path)
{
	return arena_printf(&world->arena, "%s/%s", world->root, path).at;
}

static int
create(struct world *world, const char *path, const char *content)
{
	return world->fs.create(world->fs.self, str_from(path), str_from(content), FS_MODE_NEW);
}

static int
make_directory(struct world *world, const char *path)
{
	return world->fs.make_directory(world->fs.self, str_from(path));
}

static int
read_file(struct world *world, const char *path, struct str *content)
{
	*content = (struct str){NULL, 0};
	return world->fs.read(world->fs.self, &world->arena, str_from(path), content);
}

static enum fs_kind
kind(struct world *world, const char *path)
{
	int error = -1;
	enum fs_kind found = world->fs.kind(world->fs.self, str_from(path), &error);

	assert_int_equal(error == 0, found != FS_ERROR);
	return found;
}

static int
list(struct world *world, const char *path, struct str **names, size_t *count)
{
	return world->fs.list(world->fs.self, &world->arena, str_from(path), names, count);
}

static void
assert_content(struct world *world, const char *path, const char *expected)
{
	struct str content;

	assert_int_equal(read_file(world, path, &content), 0);
	assert_true(str_is(content, expected));
}

/* The same before and after what leaks none. */
static int
count_descriptors(void)
{
	int count = 0;

	for (int file = 0; file < 256; file++)
		count += fcntl(file, F_GETFD) != -1;
	return count;
}

static int
lowest_descriptor(void)
{
	int file = open("/dev/null", O_RDONLY);

	assert_true(file >= 0);
	close(file);
	return file;
}

static void
what_was_created_is_read(void **state)
{
	struct world *world = *state;
	struct stat status;
	mode_t mask = umask(027);

	assert_int_equal(create(world, "f", "a\nb"), 0);
	assert_int_equal(make_directory(world, "d"), 0);
	umask(mask);
	assert_int_equal(create(world, "d/empty", ""), 0);
	assert_content(world, "f", "a\nb");
	assert_content(world, "d/empty", "");
	assert_int_equal(stat(full(world, "f"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0640);
	assert_int_equal(stat(full(world, "d"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0750);
	assert_int_equal(world->fs.flush(world->fs.self), 0);
}

static void
a_mode_is_set_whatever_the_umask(void **state)
{
	struct world *world = *state;
	static const unsigned modes[] = {0600, 0755, 0666, 0444, 0};
	mode_t mask = umask(077);

	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		unsigned mode = 01234;

		assert_int_equal(world->fs.create(world->fs.self, STR("f"), STR("x"), modes[i]), 0);
		assert_int_equal(world->fs.mode(world->fs.self, STR("f"), &mode), 0);
		assert_int_equal(mode, modes[i]);
		assert_int_equal(world->fs.remove(world->fs.self, STR("f")), 0);
	}
	umask(mask);
	assert_int_equal(world->fs.mode(world->fs.self, STR("f"), &(unsigned){0}), ENOENT);
}

static void
kinds_are_told_apart(void **state)
{
	struct world *world = *state;
	char name[300];

	assert_int_equal(create(world, "f", ""), 0);
	assert_int_equal(make_directory(world, "d"), 0);
	assert_int_equal(symlink("d", full(world, "link")), 0);
	assert_int_equal(mkfifo(full(world, "pipe"), 0644), 0);
	assert_int_equal(kind(world, ""), FS_DIRECTORY);
	assert_int_equal(kind(world, "f"), FS_FILE);
	assert_int_equal(kind(world, "d"), FS_DIRECTORY);
	assert_int_equal(kind(world, "pipe"), FS_OTHER);
	assert_int_equal(kind(world, "link"), FS_SYMLINK);
	assert_int_equal(kind(world, "link/x"), FS_SYMLINK);
	assert_int_equal(kind(world, "none"), FS_NONE);
	assert_int_equal(kind(world, "none/x"), FS_NONE);
	assert_int_equal(kind(world, "f/x"), FS_NONE);
	memset(name, 'n', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(kind(world, name), FS_ERROR);
}

static void
no_path_leads_out_of_the_root(void **state)
{
	static const char *const paths[] = {"../x", "..",   "d/../../x", "/etc/hostname", "d//x",
					    "./x",  "up/x", "up/root/x", "file"};
	struct world *world = *state;
	struct str content;

	assert_int_equal(make_directory(world, "d"), 0);
	assert_int_equal(symlink("..", full(world, "up")), 0);
	assert_int_equal(symlink("../outside", full(world, "file")), 0);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct str path = str_from(paths[i]);

		assert_int_not_equal(create(world, paths[i], "x"), 0);
		assert_int_not_equal(read_file(world, paths[i], &content), 0);
		assert_int_not_equal(world->fs.make_directory(world->fs.self, path), 0);
		assert_int_not_equal(world->fs.remove_directory(world->fs.self, path), 0);
		assert_int_not_equal(world->fs.rename(world->fs.self, STR("d"), path), 0);
	}
	assert_int_equal(access(arena_printf(&world->arena, "%s/x", world->directory).at, F_OK),
			 -1);
	assert_int_equal(
		access(arena_printf(&world->arena, "%s/outside", world->directory).at, F_OK), -1);
}

static void
a_name_with_nul_is_refused(void **state)
{
	struct world *world = *state;

	assert_int_equal(world->fs.create(world->fs.self, STR("a\0b"), STR("x"), FS_MODE_NEW),
			 EINVAL);
	assert_int_equal(kind(world, "a"), FS_NONE);
}

static void
reading_fails_for_what_is_no_plain_file(void **state)
{
	struct world *world = *state;
	struct str content;

	assert_int_equal(create(world, "f", "x"), 0);
	assert_int_equal(make_directory(world, "d"), 0);
	assert_int_equal(symlink("f", full(world, "link")), 0);
	assert_int_equal(mkfifo(full(world, "pipe"), 0644), 0);
	assert_int_equal(read_file(world, "none", &content), ENOENT);
	assert_int_equal(read_file(world, "none/f", &content), ENOENT);
	assert_int_equal(read_file(world, "d", &content), EISDIR);
	assert_int_equal(read_file(world, "link", &content), ELOOP);
	/* and does not wait for a writer */
	assert_int_equal(read_file(world, "pipe", &content), EINVAL);
}

static void
a_huge_file_is_not_read(void **state)
{
	struct world *world = *state;
	struct str content;

	assert_int_equal(create(world, "f", ""), 0);
	assert_int_equal(truncate(full(world, "f"), 256L * 1024 * 1024 + 1), 0);
	assert_int_equal(read_file(world, "f", &content), EFBIG);
	/* more than fits in the arena; it must not even be tried */
	assert_int_equal(truncate(full(world, "f"), 4096L * 1024 * 1024), 0);
	assert_int_equal(read_file(world, "f", &content), EFBIG);
	assert_int_equal(truncate(full(world, "f"), 256L * 1024 * 1024), 0);
	assert_int_equal(read_file(world, "f", &content), 0);
	assert_int_equal(content.len, 256L * 1024 * 1024);
}

/* Files below /proc say that they have 0 bytes, and have many. */
static void
the_told_size_is_not_trusted(void **state)
{
	struct world *world = *state;
	struct str content;
	struct fs proc;

	if (fs_disk_open(&world->arena, "/proc/self", &proc) != 0) {
		print_message("SKIPPED: no /proc\n");
		skip();
	}
	assert_int_equal(proc.read(proc.self, &world->arena, STR("status"), &content), 0);
	assert_true(str_has_prefix(content, STR("Name:")));
	assert_true(content.len > 100);
}

static void
read_too_much(const struct world *world, struct arena *small)
{
	struct str content;
	struct fs fs;

	assert_int_equal(fs_disk_open(small, world->root, &fs), 0);
	fs.read(fs.self, small, STR("f"), &content);
	fail_msg("the arena's limit was not reached");
}

static void
reading_in_too_little_memory_leaks_no_descriptor(void **state)
{
	struct world *world = *state;
	int descriptors = count_descriptors();
	jmp_buf caught;
	struct arena small;

	assert_int_equal(create(world, "f", ""), 0);
	assert_int_equal(truncate(full(world, "f"), 1024L * 1024), 0);
	arena_init(&small, (size_t)128 * 1024, &caught);
	if (setjmp(caught) == 0)
		read_too_much(world, &small);
	arena_free(&small);
	assert_int_equal(count_descriptors(), descriptors);
}

static void
nothing_leaks_a_descriptor(void **state)
{
	struct world *world = *state;
	static const char *const paths[] = {"",       "f",   "d",   "d/f", "link",
					    "link/f", "f/f", "x/y", "..",  "d/.."};
	int descriptors = count_descriptors();
	struct str *names;
	struct str content;
	unsigned mode;
	size_t count;

	assert_int_equal(make_directory(world, "d"), 0);
	assert_int_equal(create(world, "f", "x"), 0);
	assert_int_equal(create(world, "d/f", "x"), 0);
	assert_int_equal(symlink("d", full(world, "link")), 0);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct str path = str_from(paths[i]);
		int error;

		world->fs.kind(world->fs.self, path, &error);
		world->fs.mode(world->fs.self, path, &mode);
		read_file(world, paths[i], &content);
		list(world, paths[i], &names, &count);
		make_directory(world, paths[i]);
		create(world, paths[i], "");
		world->fs.rename(world->fs.self, path, STR("x/y"));
		world->fs.rename(world->fs.self, STR("d/f"), path);
		world->fs.remove(world->fs.self, path);
		world->fs.remove_directory(world->fs.self, path);
		assert_int_equal(count_descriptors(), descriptors);
	}
}

static void
names_are_listed_in_order(void **state)
{
	struct world *world = *state;
	static const char *const expected[] = {".h", "B", "a", "ab", "d"};
	struct str *names;
	size_t count;

	assert_int_equal(create(world, "ab", ""), 0);
	assert_int_equal(create(world, "B", ""), 0);
	assert_int_equal(create(world, ".h", ""), 0);
	assert_int_equal(make_directory(world, "d"), 0);
	assert_int_equal(create(world, "a", ""), 0);
	assert_int_equal(symlink("d", full(world, "d/link")), 0);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(list(world, "", &names, &count), 0);
		assert_int_equal(count, 5);
		for (size_t i = 0; i < count; i++)
			assert_true(str_is(names[i], expected[i]));
	}
	assert_int_equal(list(world, "d", &names, &count), 0);
	assert_int_equal(count, 1);
	assert_int_equal(list(world, "none", &names, &count), ENOENT);
	assert_int_equal(list(world, "a", &names, &count), ENOTDIR);
	assert_int_equal(list(world, "d/link", &names, &count), ELOOP);
}

static void
creating_never_replaces(void **state)
{
	struct world *world = *state;

	assert_int_equal(create(world, "f", "old"), 0);
	assert_int_equal(make_directory(world, "d"), 0);
	assert_int_equal(symlink("nowhere", full(world, "link")), 0);
	assert_int_equal(create(world, "f", "new"), EEXIST);
	assert_int_equal(create(world, "d", "new"), EEXIST);
	assert_int_equal(create(world, "link", "new"), EEXIST);
	assert_int_equal(create(world, "none/f", "new"), ENOENT);
	assert_int_equal(create(world, "f/f", "new"), ENOTDIR);
	assert_int_equal(make_directory(world, "f"), EEXIST);
	assert_int_equal(make_directory(world, "d"), EEXIST);
	assert_int_equal(make_directory(world, "none/d"), ENOENT);
	assert_content(world, "f", "old");
	assert_int_equal(kind(world, "nowhere"), FS_NONE);
}

/* With a limit on file sizes a write is first short and then fails. */
static void
a_failed_write_leaves_nothing(void **state)
{
	struct world *world = *state;
	struct rlimit old;
	struct rlimit tight;
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct sigaction usual;
	int descriptors = count_descriptors();
	int error;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(sigaction(SIGXFSZ, &ignore, &usual), 0);
	tight = (struct rlimit){10, old.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
	error = create(world, "f", "more than ten bytes");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(sigaction(SIGXFSZ, &usual, NULL), 0);
	assert_int_equal(error, EFBIG);
	assert_int_equal(kind(world, "f"), FS_NONE);
	assert_int_equal(count_descriptors(), descriptors);
}

static void
running_out_of_descriptors_is_told(void **state)
{
	struct world *world = *state;
	struct rlimit old;
	struct rlimit tight;
	struct str content;
	struct str *names;
	size_t count;
	int errors[4];

	assert_int_equal(create(world, "f", "x"), 0);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	tight = (struct rlimit){(rlim_t)lowest_descriptor(), old.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
	errors[0] = read_file(world, "f", &content);
	errors[1] = list(world, "", &names, &count);
	errors[2] = create(world, "g", "x");
	errors[3] = fs_disk_open(&world->arena, world->root, &(struct fs){0});
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(errors[i], EMFILE);
	assert_int_equal(kind(world, "g"), FS_NONE);
}

static void
renaming_replaces_files_only(void **state)
{
	struct world *world = *state;
	const struct fs *fs = &world->fs;

	assert_int_equal(create(world, "old", "old"), 0);
	assert_int_equal(create(world, "new", "new"), 0);
	assert_int_equal(make_directory(world, "d"), 0);
	assert_int_equal(symlink("d", full(world, "link")), 0);
	assert_int_equal(fs->rename(fs->self, STR("new"), STR("d")), EISDIR);
	assert_int_equal(fs->rename(fs->self, STR("new"), STR("link/f")), ELOOP);
	assert_int_equal(fs->rename(fs->self, STR("new"), STR("none/f")), ENOENT);
	assert_int_equal(fs->rename(fs->self, STR("none"), STR("old")), ENOENT);
	assert_content(world, "old", "old");
	assert_int_equal(fs->rename(fs->self, STR("new"), STR("old")), 0);
	assert_content(world, "old", "new");
	assert_int_equal(kind(world, "new"), FS_NONE);
	assert_int_equal(fs->rename(fs->self, STR("old"), STR("d/f")), 0);
	assert_content(world, "d/f", "new");
}

static void
removing_takes_what_it_says(void **state)
{
	struct world *world = *state;
	const struct fs *fs = &world->fs;

	assert_int_equal(make_directory(world, "d"), 0);
	assert_int_equal(create(world, "d/f", "x"), 0);
	assert_int_equal(symlink("d/f", full(world, "link")), 0);
	assert_int_equal(fs->remove(fs->self, STR("link")), 0);
	assert_int_equal(kind(world, "d/f"), FS_FILE);
	assert_int_not_equal(fs->remove(fs->self, STR("d")), 0);
	assert_int_equal(fs->remove_directory(fs->self, STR("d")), ENOTEMPTY);
	assert_int_equal(fs->remove_directory(fs->self, STR("d/f")), ENOTDIR);
	assert_int_equal(fs->remove(fs->self, STR("d/f")), 0);
	assert_int_equal(fs->remove(fs->self, STR("d/f")), ENOENT);
	assert_int_equal(fs->remove_directory(fs->self, STR("d")), 0);
	assert_int_equal(kind(world, "d"), FS_NONE);
}

static void
a_root_must_be_a_directory(void **state)
{
	struct world *world = *state;
	struct fs fs;

	assert_int_equal(create(world, "f", "x"), 0);
	assert_int_equal(fs_disk_open(&world->arena, full(world, "f"), &fs), ENOTDIR);
	assert_int_equal(fs_disk_open(&world->arena, full(world, "none"), &fs), ENOENT);
	/* which may be reached through a link: that is the user's own word */
	assert_int_equal(make_directory(world, "d"), 0);
	assert_int_equal(symlink("d", full(world, "link")), 0);
	assert_int_equal(fs_disk_open(&world->arena, full(world, "link"), &fs), 0);
	assert_int_equal(fs.create(fs.self, STR("f"), STR("x"), FS_MODE_NEW), 0);
	assert_content(world, "d/f", "x");
}

#define OURS PLAN_HEADER "x.yaml\n"

#define OUTPUT(name, text)                                       \
	{                                                        \
		.path = {(name), sizeof(name) - 1}, .content = { \
			OURS text,                               \
			sizeof(OURS text) - 1                    \
		}                                                \
	}

static void
a_plan_is_applied_to_the_disk(void **state)
{
	struct world *world = *state;
	static const struct output before_it[] = {OUTPUT("keep", ""), OUTPUT("old/stale", ""),
						  OUTPUT("update", "old\n")};
	static const struct output outputs[] = {OUTPUT("keep", ""), OUTPUT("a/b/new", ""),
						OUTPUT("update", "")};
	struct stat before;
	struct stat after;
	struct diags diags;
	struct plan plan;
	struct str *names;
	size_t count;

	diags_init(&diags, &world->arena);
	assert_true(plan_make(&world->arena, &diags, &world->fs, before_it, 3, NULL, &plan));
	assert_true(plan_apply(&world->arena, &diags, &world->fs, &plan));
	assert_int_equal(create(world, ".bzlmodgen-update.tmp", "left"), 0);
	assert_int_equal(chmod(full(world, "update"), 0600), 0);
	assert_int_equal(stat(full(world, "keep"), &before), 0);
	assert_true(plan_make(&world->arena, &diags, &world->fs, outputs, 3, NULL, &plan));
	assert_true(plan_apply(&world->arena, &diags, &world->fs, &plan));
	assert_int_equal(diags.errors, 0);
	assert_int_equal(stat(full(world, "keep"), &after), 0);
	assert_int_equal(after.st_ino, before.st_ino);
	assert_int_equal(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
	assert_int_equal(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
	assert_content(world, "a/b/new", OURS);
	assert_content(world, "update", OURS);
	assert_int_equal(stat(full(world, "update"), &after), 0);
	assert_int_equal(after.st_mode & 0777, 0600);
	/* a, the manifest, keep, update */
	assert_int_equal(list(world, "", &names, &count), 0);
	assert_int_equal(count, 4);
	assert_true(plan_make(&world->arena, &diags, &world->fs, outputs, 3, NULL, &plan));
	assert_true(plan_in_sync(&plan));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_created_is_read),
		TEST(a_mode_is_set_whatever_the_umask),
		TEST(kinds_are_told_apart),
		TEST(no_path_leads_out_of_the_root),
		TEST(a_name_with_nul_is_refused),
		TEST(reading_fails_for_what_is_no_plain_file),
		TEST(a_huge_file_is_not_read),
		TEST(the_told_size_is_not_trusted),
		TEST(reading_in_too_little_memory_leaks_no_descriptor),
		TEST(nothing_leaks_a_descriptor),
		TEST(names_are_listed_in_order),
		TEST(creating_never_replaces),
		TEST(a_failed_write_leaves_nothing),
		TEST(running_out_of_descriptors_is_told),
		TEST(renaming_replaces_files_only),
		TEST(removing_takes_what_it_says),
		TEST(a_root_must_be_a_directory),
		TEST(a_plan_is_applied_to_the_disk),
	};

	if (setjmp(escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

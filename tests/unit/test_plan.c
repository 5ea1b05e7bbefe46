#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan_world.h"

static void
forced_paths_are_taken_over(void **state)
{
	struct world *world = *state;

	want(world, ".bazelversion", "8.2.1\n");
	want(world, "a", OURS("x\n"));
	want(world, "b", OURS("x\n"));
	fs_memory_file(&world->memory, ".bazelversion", "8.2.0\n");
	fs_memory_file(&world->memory, "a", "mine\n");
	fs_memory_file(&world->memory, "b", "mine, too\n");
	world->forced[0] = STR("a");
	world->forced[1] = STR(".bazelversion");
	world->forced_count = 2;
	assert_true(make(world));
	assert_true(change_of(world, "a")->taken_over);
	assert_int_equal(change_of(world, "b")->kind, CHANGE_REFUSE);
	assert_false(apply(world));
	assert_content(world, "a", "mine\n");
	world->count = 2;
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_true(apply(world));
	assert_content(world, "a", OURS("x\n"));
	assert_content(world, ".bazelversion", "8.2.1\n");
	assert_content(world, "b", "mine, too\n");
	assert_manifest(world, ".bazelversion", "8.2.1\n", "a", OURS("x\n"), NULL);
}

static void
force_takes_plain_files_only(void **state)
{
	static const enum fs_kind kinds[] = {FS_DIRECTORY, FS_SYMLINK, FS_OTHER};
	static const enum diag_code codes[] = {DIAG_PLAN_FILE_TYPE, DIAG_PLAN_SYMLINK,
					       DIAG_PLAN_FILE_TYPE};
	struct world *world = *state;

	want(world, "a", OURS("x\n"));
	world->forced[world->forced_count++] = STR("a");
	for (size_t i = 0; i < 3; i++) {
		diags_init(&world->diags, &world->arena);
		fs_memory_put(&world->memory, "a", kinds[i]);
		assert_true(make(world));
		assert_int_equal(world->diags.count, 1);
		assert_int_equal(world->diags.items[0]->code, codes[i]);
		assert_int_equal(world->plan.by_kind[CHANGE_REFUSE], 1);
	}
}

static void
forcing_what_is_no_output_is_wrong_usage(void **state)
{
	struct world *world = *state;

	want(world, "api/BUILD.bazel", OURS("x\n"));
	fs_memory_file(&world->memory, "other", "mine\n");
	world->forced[0] = STR("api/BUILD.bazl");
	world->forced[1] = STR("api/BUILD.bazel");
	world->forced_count = 2;
	assert_false(make(world));
	assert_diag(world, DIAG_PLAN_FORCED_UNKNOWN,
		    "'api/BUILD.bazl' is not a file that the spec asks for",
		    "did you mean 'api/BUILD.bazel'?");
	diags_init(&world->diags, &world->arena);
	world->forced[0] = STR("other");
	assert_false(make(world));
	assert_diag(world, DIAG_PLAN_FORCED_UNKNOWN, "'other' is not a file that the spec asks for",
		    "");
}

static void
bad_paths_are_refused(void **state)
{
	static const struct {
		const char *path;
		const char *text;
	} cases[] = {
		{"", "path '' is empty"},
		{"/etc/passwd", "path '/etc/passwd' is absolute"},
		{"a//b", "path 'a//b' has an empty component"},
		{"a/", "path 'a/' ends with '/'"},
		{"../a", "path '../a' has a component '.' or '..'"},
		{"a/../../b", "path 'a/../../b' has a component '.' or '..'"},
		{"a/..", "path 'a/..' has a component '.' or '..'"},
		{"./a", "path './a' has a component '.' or '..'"},
		{"a\\b", "path '\"a\\\\b\"' holds a backslash"},
		{"a\nb", "path '\"a\\nb\"' holds a control character"},
		{"a\x7f", "path '\"a\\177\"' holds a control character"},
		{".git/hooks/post-commit",
		 "path '.git/hooks/post-commit' lies in a '.git' directory"},
		{"a/.GiT", "path 'a/.GiT' lies in a '.git' directory"},
		{".bzlmodgen-a.tmp", "path '.bzlmodgen-a.tmp' has a name that is kept for "
				     "temporary files"},
		{"bzlmodgen.lock.json",
		 "path 'bzlmodgen.lock.json' is where the list of our files stands"},
		{"Bzlmodgen.Lock.JSON",
		 "path 'Bzlmodgen.Lock.JSON' is where the list of our files stands"},
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		world->count = 0;
		diags_init(&world->diags, &world->arena);
		want(world, cases[i].path, OURS("x\n"));
		assert_true(make(world));
		assert_diag(world, DIAG_PLAN_PATH, cases[i].text,
			    "name a path below the project's root, such as "
			    "'services/api/BUILD.bazel'");
		assert_int_equal(world->plan.changes[0].refusal, REFUSAL_ESCAPE);
		assert_int_equal(world->plan.count, 1);
		assert_false(apply(world));
	}
	world->count = 0;
	want(world, "", OURS("x\n"));
	world->outputs[0].path = STR("a\0b");
	assert_true(make(world));
	assert_int_equal(world->plan.changes[0].refusal, REFUSAL_ESCAPE);
}

static void
lengths_of_paths_are_limited(void **state)
{
	struct world *world = *state;
	char name[241 + 1] = {0};
	char path[4096 + 1] = {0};

	memset(name, 'n', 240);
	want(world, name, OURS("x\n"));
	assert_true(make(world));
	assert_true(apply(world));
	name[240] = 'n';
	world->outputs[0].path = str_from(name);
	assert_true(make(world));
	assert_int_equal(change_of(world, name)->refusal, REFUSAL_ESCAPE);
	for (size_t i = 0; i < 4095; i++)
		path[i] = i % 2 == 0 ? 'a' : '/';
	world->outputs[0].path = str_from(path);
	assert_true(make(world));
	assert_int_equal(change_of(world, path)->kind, CHANGE_CREATE);
	memset(path + 4095, 'a', 1);
	world->outputs[0].path = str_from(path);
	assert_true(make(world));
	assert_int_equal(change_of(world, path)->refusal, REFUSAL_ESCAPE);
}

static void
dots_in_names_are_fine(void **state)
{
	struct world *world = *state;

	want(world, "..a/...", OURS("x\n"));
	want(world, ".gitignore", OURS("x\n"));
	want(world, "a..b", OURS("x\n"));
	want(world, ".bzlmodgen-.tmp", OURS("x\n"));
	want(world, "a/bzlmodgen.lock.json", OURS("x\n"));
	want(world, "bzlmodgen.lock.jso", OURS("x\n"));
	assert_true(make(world));
	assert_int_equal(world->plan.by_kind[CHANGE_CREATE], 6 + 1);
}

/* Two outputs, of which the later is refused, with a note that shows the other one. */
static void
assert_conflict(struct world *world, const char *first, const char *second, enum diag_code code,
		const char *text)
{
	const struct diag *diag;

	world->count = 0;
	diags_init(&world->diags, &world->arena);
	want(world, first, OURS("x\n"));
	want(world, second, OURS("y\n"));
	assert_true(make(world));
	assert_int_equal(world->plan.by_kind[CHANGE_REFUSE], 1);
	assert_int_equal(world->diags.count, 1);
	diag = world->diags.items[0];
	assert_int_equal(diag->code, code);
	assert_text(diag->text, text);
	assert_non_null(diag->notes);
	assert_int_equal(diag->span.line + diag->notes->span.line, 3);
	assert_true(diag->help.len > 0);
}

static void
outputs_must_not_collide(void **state)
{
	struct world *world = *state;

	assert_conflict(world, "a/b", "a/b", DIAG_PLAN_TWICE, "'a/b' is asked for twice");
	assert_int_equal(world->diags.items[0]->span.line, 2);
	assert_conflict(world, "a/B", "a/b", DIAG_PLAN_CASE,
			"'a/b' differs only in case from 'a/B'");
	assert_conflict(world, "D/x", "d/y", DIAG_PLAN_CASE, "'d' differs only in case from 'D'");
	assert_conflict(world, "a/b", "a", DIAG_PLAN_PARENT, "'a' is to be a file and a directory");
	assert_conflict(world, "a", "a/b/c", DIAG_PLAN_PARENT,
			"'a' is to be a file and a directory");
	assert_conflict(world, "\xc3\x84", "\xc3\xa4", DIAG_PLAN_CASE,
			"'\xc3\xa4' differs only in case from '\xc3\x84'");
	assert_conflict(world, "\xc4\x82", "\xc4\x83", DIAG_PLAN_CASE,
			"'\xc4\x83' differs only in case from '\xc4\x82'");
	assert_conflict(world, "\xd0\x96x", "\xd0\xb6X", DIAG_PLAN_CASE,
			"'\xd0\xb6X' differs only in case from '\xd0\x96x'");
}

static void
outputs_that_look_alike_do_not_collide(void **state)
{
	struct world *world = *state;

	/* a multiplication sign, a division sign; digits; bytes that are no UTF-8 */
	want(world, "\xc3\x97", OURS("x\n"));
	want(world, "\xc3\xb7", OURS("x\n"));
	want(world, "a-b/x", OURS("x\n"));
	want(world, "a/x", OURS("x\n"));
	want(world, "a0", OURS("x\n"));
	want(world, "\xc3", OURS("x\n"));
	want(world, "\xe3", OURS("x\n"));
	assert_true(make(world));
	assert_int_equal(world->plan.by_kind[CHANGE_CREATE], 7 + 1);
}

/* One output against a disk that the caller has prepared. */
static void
assert_refused(struct world *world, const char *path, enum refusal refusal, enum diag_code code,
	       const char *text)
{
	world->count = 0;
	diags_init(&world->diags, &world->arena);
	want(world, path, OURS("x\n"));
	assert_true(make(world));
	assert_int_equal(world->plan.changes[0].kind, CHANGE_REFUSE);
	assert_int_equal(world->plan.changes[0].refusal, refusal);
	assert_int_equal(world->diags.count, 1);
	assert_int_equal(world->diags.items[0]->code, code);
	assert_text(world->diags.items[0]->text, text);
	assert_true(world->diags.items[0]->help.len > 0);
	assert_false(apply(world));
	assert_int_equal(world->memory.log.len, 0);
}

static void
what_is_in_the_way_is_named(void **state)
{
	struct world *world = *state;

	fs_memory_file(&world->memory, "d/file", OURS("x\n"));
	fs_memory_put(&world->memory, "link", FS_SYMLINK);
	fs_memory_put(&world->memory, "pipe", FS_OTHER);
	assert_refused(world, "d", REFUSAL_FILE_TYPE, DIAG_PLAN_FILE_TYPE,
		       "'d' is not a plain file");
	assert_refused(world, "pipe", REFUSAL_FILE_TYPE, DIAG_PLAN_FILE_TYPE,
		       "'pipe' is not a plain file");
	assert_refused(world, "link", REFUSAL_SYMLINK, DIAG_PLAN_SYMLINK,
		       "'link' is a symbolic link");
	assert_refused(world, "link/a/b", REFUSAL_SYMLINK, DIAG_PLAN_SYMLINK,
		       "'link' is a symbolic link");
	assert_text(world->diags.items[0]->notes->text, "'link/a/b' lies below it");
	assert_refused(world, "d/file/a/b", REFUSAL_PARENT, DIAG_PLAN_PARENT,
		       "'d/file' is not a directory, which 'd/file/a/b' needs");
	assert_refused(world, "pipe/a", REFUSAL_PARENT, DIAG_PLAN_PARENT,
		       "'pipe' is not a directory, which 'pipe/a' needs");
	assert_refused(world, "d/FILE", REFUSAL_CASE, DIAG_PLAN_CASE,
		       "'d/FILE' differs only in case from 'd/file' on disk");
	assert_refused(world, "D/new/x", REFUSAL_CASE, DIAG_PLAN_CASE,
		       "'D/new/x' differs only in case from 'd' on disk");
}

static void
an_exact_name_beats_a_similar_one(void **state)
{
	struct world *world = *state;

	fs_memory_file(&world->memory, "build/x", "x");
	fs_memory_file(&world->memory, "BUILD", "x");
	own(world, "Build", OURS("x\n"));
	want(world, "build/y", OURS("x\n"));
	assert_true(make(world));
	assert_int_equal(change_of(world, "build/y")->kind, CHANGE_CREATE);
	world->count = 0;
	want(world, "Build", OURS("y\n"));
	assert_true(make(world));
	assert_int_equal(change_of(world, "Build")->kind, CHANGE_UPDATE);
}

static void
a_directory_is_listed_once(void **state)
{
	static const char *const paths[] = {"a/b/1", "a/b/2", "a/3", "a/4", "a/new/5", "a/new/6"};
	struct world *world = *state;

	fs_memory_put(&world->memory, "a/b", FS_DIRECTORY);
	for (size_t i = 0; i < 6; i++)
		want(world, paths[i], OURS("x\n"));
	fs_memory_fail(&world->memory, 0, 0);
	assert_true(make(world));
	assert_int_equal(world->plan.by_kind[CHANGE_CREATE], 6 + 1);
	/* lists of the root, a, a/b; kinds of a, a/b */
	assert_int_equal(world->memory.calls, 5);
}

static void
a_plan_is_made_without_writing(void **state)
{
	struct world *world = *state;
	struct str before;

	want(world, "a/new", OURS("x\n"));
	want(world, "b", OURS("x\n"));
	own(world, "b", OURS("y\n"));
	own(world, "stale/c", OURS("y\n"));
	fs_memory_file(&world->memory, ".bzlmodgen-b.tmp", "left");
	before = fs_memory_dump(&world->memory);
	assert_true(make(world));
	assert_int_equal(world->memory.log.len, 0);
	assert_true(str_eq(fs_memory_dump(&world->memory), before));
}

static void
an_unreadable_disk_is_told(void **state)
{
	struct world *world = *state;

	want(world, "d/a", OURS("x\n"));
	want(world, "e", OURS("x\n"));
	fs_memory_file(&world->memory, "d/a", OURS("x\n"));
	/* calls: list of the root, kind of d, list of d, kind of d/a, read of d/a */
	fs_memory_fail(&world->memory, 1, EACCES);
	assert_false(make(world));
	assert_diag(world, DIAG_PLAN_UNREADABLE,
		    "cannot read the project's root: Permission denied", "");
	for (size_t n = 2; n <= 5; n++) {
		diags_init(&world->diags, &world->arena);
		fs_memory_fail(&world->memory, n, EACCES);
		assert_true(make(world));
		assert_true(world->memory.has_failed);
		assert_int_equal(change_of(world, "d/a")->refusal, REFUSAL_UNREADABLE);
		assert_int_equal(change_of(world, "e")->kind, CHANGE_CREATE);
		assert_diag(world, DIAG_PLAN_UNREADABLE,
			    n < 4 ? "cannot read 'd': Permission denied"
				  : "cannot read 'd/a': Permission denied",
			    "make it readable, or move it away");
	}
}

static void
prepare_display(struct world *world)
{
	want(world, "update", OURS("new\n"));
	want(world, "create", OURS("x\n"));
	want(world, "keep", OURS("x\n"));
	want(world, "ends", OURS("x\n"));
	want(world, "taken", OURS("x\n"));
	want(world, "foreign", OURS("x\n"));
	want(world, "edited", OURS("x\n"));
	want(world, "link", OURS("x\n"));
	own(world, "update", OURS("old\n"));
	own(world, "stale", OURS("old\n"));
	own(world, "plain", "old\n");
	fs_memory_file(&world->memory, "keep", OURS("x\n"));
	list(world, "edited", OURS("x\n"));
	list(world, "ends", OURS("x\n"));
	fs_memory_file(&world->memory, "edited", OURS("y\n"));
	fs_memory_file(&world->memory, "ends", OURS("x\r\n"));
	fs_memory_file(&world->memory, "taken", "mine\n");
	fs_memory_file(&world->memory, "foreign", "mine\n");
	fs_memory_put(&world->memory, "link", FS_SYMLINK);
	world->forced[world->forced_count++] = STR("taken");
	assert_true(make(world));
}

static void
a_plan_is_printed_line_by_line(void **state)
{
	struct world *world = *state;
	struct buf out;

	prepare_display(world);
	buf_init(&out, &world->arena);
	plan_print(&world->plan, &out);
	assert_text(buf_str(&out), "update  bzlmodgen.lock.json\ncreate  create\n"
				   "refuse  edited (edited by hand)\n"
				   "refuse  ends (line ends only)\n"
				   "refuse  foreign (not ours)\nkeep    keep\n"
				   "refuse  link (symbolic link)\nleave   plain (no header)\n"
				   "delete  stale\nupdate  taken (taken over)\n"
				   "update  update\n"
				   "1 to create, 3 to update, 1 to delete, 2 unchanged, "
				   "4 refused\n");
}

static void
an_empty_plan_is_in_sync(void **state)
{
	struct world *world = *state;
	struct buf out;

	assert_true(make(world));
	assert_true(plan_in_sync(&world->plan));
	assert_null(world->plan.manifest);
	assert_true(apply(world));
	assert_int_equal(world->memory.log.len, 0);
	buf_init(&out, &world->arena);
	plan_print(&world->plan, &out);
	plan_diff(&world->arena, &world->plan, &out);
	assert_text(buf_str(&out), "0 to create, 0 to update, 0 to delete, 0 unchanged\n");
}

/* The part of a diff that is about one path. */
static struct str
diff_of(struct world *world, const char *path)
{
	struct str start = arena_printf(&world->arena, "diff --git a/%s b/", path);
	struct buf out;
	struct str diff;

	buf_init(&out, &world->arena);
	plan_diff(&world->arena, &world->plan, &out);
	diff = buf_str(&out);
	diff = str_after(diff, str_find_str(diff, start));
	return str_slice(diff, 0, 1 + str_find_str(str_after(diff, 1), STR("diff --git")));
}

#define FIRST_LINE PLAN_HEADER "bzlmodgen.yaml. DO NOT EDIT.\n"

static void
a_diff_shows_what_can_be_compared(void **state)
{
	struct world *world = *state;

	prepare_display(world);
	assert_text(diff_of(world, "create"),
		    "diff --git a/create b/create\nnew file mode 100644\n--- /dev/null\n"
		    "+++ b/create\n@@ -0,0 +1,2 @@\n+" FIRST_LINE "+x\n");
	assert_text(diff_of(world, "ends"),
		    "diff --git a/ends b/ends\n--- a/ends\n+++ b/ends\n@@ -1,2 +1,2 "
		    "@@\n " FIRST_LINE "-x\r\n+x\n");
	assert_text(diff_of(world, "foreign"),
		    "diff --git a/foreign b/foreign\n--- a/foreign\n+++ b/foreign\n"
		    "@@ -1 +1,2 @@\n-mine\n+" FIRST_LINE "+x\n");
	assert_text(diff_of(world, "edited"),
		    "diff --git a/edited b/edited\n--- a/edited\n+++ b/edited\n"
		    "@@ -1,2 +1,2 @@\n " FIRST_LINE "-y\n+x\n");
	assert_text(diff_of(world, "taken"),
		    "diff --git a/taken b/taken\n--- a/taken\n+++ b/taken\n"
		    "@@ -1 +1,2 @@\n-mine\n+" FIRST_LINE "+x\n");
	assert_text(diff_of(world, "update"),
		    "diff --git a/update b/update\n--- a/update\n+++ b/update\n@@ -1,2 +1,2 "
		    "@@\n " FIRST_LINE "-old\n+new\n");
	assert_text(diff_of(world, "stale"),
		    "diff --git a/stale b/stale\ndeleted file mode 100644\n--- a/stale\n"
		    "+++ /dev/null\n@@ -1,2 +0,0 @@\n-" FIRST_LINE "-old\n");
	assert_text(diff_of(world, "keep"), "");
	assert_text(diff_of(world, "link"), "");
	assert_text(diff_of(world, "plain"), "");
	assert_true(diff_of(world, "bzlmodgen.lock.json").len > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(forced_paths_are_taken_over),
		TEST(force_takes_plain_files_only),
		TEST(forcing_what_is_no_output_is_wrong_usage),
		TEST(bad_paths_are_refused),
		TEST(lengths_of_paths_are_limited),
		TEST(dots_in_names_are_fine),
		TEST(outputs_must_not_collide),
		TEST(outputs_that_look_alike_do_not_collide),
		TEST(what_is_in_the_way_is_named),
		TEST(an_exact_name_beats_a_similar_one),
		TEST(a_directory_is_listed_once),
		TEST(a_plan_is_made_without_writing),
		TEST(an_unreadable_disk_is_told),
		TEST(a_plan_is_printed_line_by_line),
		TEST(an_empty_plan_is_in_sync),
		TEST(a_diff_shows_what_can_be_compared),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "apply_diff.h"
#include "plan/diff.h"
#include "plan/fs_disk.h"
#include "plan/myers.h"
#include "plan/paths.h"
#include "temp_dir.h"

static jmp_buf escape;

static int
set_up(void **state)
{
	static struct arena arena;

	arena_init(&arena, (size_t)3 << 30, &escape);
	*state = &arena;
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static struct str
diff_of(struct arena *arena, const char *path, const char *before, const char *after)
{
	struct diff_side sides[2] = {{.exists = before != NULL}, {.exists = after != NULL}};
	struct buf out;

	if (before != NULL)
		sides[0].text = str_from(before);
	if (after != NULL)
		sides[1].text = str_from(after);
	buf_init(&out, arena);
	diff_unified(arena, &out, str_from(path), sides[0], sides[1]);
	return buf_str(&out);
}

static void
assert_diff(void **state, const char *path, const char *before, const char *after,
	    const char *expected)
{
	struct str diff = diff_of(*state, path, before, after);

	if (!str_is(diff, expected))
		fail_msg("expected:\n%s\ngot:\n%.*s", expected, STR_ARG(diff));
}

static void
equal_sides_give_nothing(void **state)
{
	assert_diff(state, "f", "a\n", "a\n", "");
	assert_diff(state, "f", "", "", "");
	assert_diff(state, "f", NULL, NULL, "");
}

static void
an_update_has_three_lines_of_context(void **state)
{
	assert_diff(state, "d/f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
		    "diff --git a/d/f b/d/f\n--- a/d/f\n+++ b/d/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n"
		    "-5\n+five\n 6\n 7\n 8\n");
}

static void
edits_are_joined_up_to_six_lines_apart(void **state)
{
	assert_diff(state, "f", "x\n1\n2\n3\n4\n5\n6\ny\n", "1\n2\n3\n4\n5\n6\n",
		    "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,8 +1,6 @@\n-x\n 1\n 2\n 3\n 4\n"
		    " 5\n 6\n-y\n");
	assert_diff(state, "f", "x\n1\n2\n3\n4\n5\n6\n7\ny\n", "1\n2\n3\n4\n5\n6\n7\n",
		    "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,4 +1,3 @@\n-x\n 1\n 2\n 3\n"
		    "@@ -6,4 +5,3 @@\n 5\n 6\n 7\n-y\n");
}

static void
a_created_file_comes_from_dev_null(void **state)
{
	assert_diff(state, "f", NULL, "a\nb\n",
		    "diff --git a/f b/f\nnew file mode 100644\n--- /dev/null\n+++ b/f\n"
		    "@@ -0,0 +1,2 @@\n+a\n+b\n");
	assert_diff(state, "f", NULL, "", "diff --git a/f b/f\nnew file mode 100644\n");
}

static void
a_deleted_file_goes_to_dev_null(void **state)
{
	assert_diff(state, "f", "a\n", NULL,
		    "diff --git a/f b/f\ndeleted file mode 100644\n--- a/f\n+++ /dev/null\n"
		    "@@ -1 +0,0 @@\n-a\n");
	assert_diff(state, "f", "", NULL, "diff --git a/f b/f\ndeleted file mode 100644\n");
}

static void
a_file_may_become_empty_and_stay(void **state)
{
	assert_diff(state, "f", "a\nb\n", "",
		    "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,2 +0,0 @@\n-a\n-b\n");
	assert_diff(state, "f", "", "a\n",
		    "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+a\n");
}

static void
a_missing_line_end_is_told(void **state)
{
	assert_diff(state, "f", "a\nb", "a\nb\n",
		    "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n"
		    "\\ No newline at end of file\n+b\n");
	assert_diff(state, "f", "a\nb", "c\nb",
		    "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-a\n+c\n b\n"
		    "\\ No newline at end of file\n");
}

static void
line_ends_are_kept_as_they_are(void **state)
{
	assert_diff(state, "f", "a\r\nb\r\n", "a\nb\r\n",
		    "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-a\r\n+a\n b\r\n");
}

static void
odd_names_are_quoted_as_git_does(void **state)
{
	assert_diff(state, "a b", "", "x\n",
		    "diff --git a/a b b/a b\n--- a/a b\t\n+++ b/a b\t\n@@ -0,0 +1 @@\n+x\n");
	assert_diff(state, "t\t\"q\"\\\x01\xc3\xa9", NULL, "",
		    "diff --git \"a/t\\t\\\"q\\\"\\\\\\001\\303\\251\" "
		    "\"b/t\\t\\\"q\\\"\\\\\\001\\303\\251\"\nnew file mode 100644\n");
}

/* Numbers that look random and are the same in every run. */
static uint32_t
next_random(uint32_t *random)
{
	*random ^= *random << 13;
	*random ^= *random >> 17;
	*random ^= *random << 5;
	return *random;
}

static uint32_t
below(uint32_t *random, uint32_t limit)
{
	return next_random(random) % limit;
}

/* Up to `lines` lines out of `kinds` kinds; at times CRLF, at times no line end at the end. */
static struct str
random_text(struct arena *arena, uint32_t *random, uint32_t lines, uint32_t kinds)
{
	uint32_t count = below(random, lines + 1);
	struct buf out;

	buf_init(&out, arena);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t kind = below(random, kinds);

		buf_printf(&out, "line %u", kind);
		if (i + 1 == count && below(random, 4) == 0)
			break;
		buf_text(&out, kind % 7 == 6 ? "\r\n" : "\n");
	}
	return buf_str(&out);
}

/* The text with some lines gone, doubled or replaced. */
static struct str
random_edit(struct arena *arena, uint32_t *random, struct str text, uint32_t one_in)
{
	struct buf out;

	buf_init(&out, arena);
	while (text.len > 0) {
		size_t len = str_find(text, '\n') + 1;
		struct str line = str_slice(text, 0, len);
		bool edits = below(random, one_in) == 0;
		uint32_t what = below(random, 3);

		text = str_after(text, len);
		if (!edits || what == 1)
			buf_add(&out, line);
		if (edits && what > 0)
			buf_printf(&out, "new %u\n", below(random, 9));
	}
	return buf_str(&out);
}

static void
assert_round_trip(struct arena *arena, struct str before, struct str after)
{
	struct buf diff;
	struct buf result;
	const char *wrong;

	buf_init(&diff, arena);
	diff_unified(arena, &diff, STR("f"), (struct diff_side){before, true},
		     (struct diff_side){after, true});
	buf_init(&result, arena);
	wrong = apply_diff(buf_str(&diff), before, false, &result);
	if (wrong != NULL || !str_eq(buf_str(&result), after))
		fail_msg("%s in\n%.*s", wrong == NULL ? "wrong result" : wrong, (int)diff.len,
			 diff.at);
	buf_init(&result, arena);
	assert_null(apply_diff(buf_str(&diff), after, true, &result));
	assert_true(str_eq(buf_str(&result), before));
}

static void
random_edits_round_trip(void **state)
{
	struct arena *arena = *state;
	uint32_t random = 20260801;

	for (int i = 0; i < 4000; i++) {
		struct arena_mark mark = arena_mark(arena);
		uint32_t size = i % 100 == 0 ? 3000 : 30;
		struct str before = random_text(arena, &random, size, 2 + below(&random, 40));
		struct str after = below(&random, 4) == 0 ? random_text(arena, &random, size, 10)
							  : random_edit(arena, &random, before,
									2 + below(&random, 12));

		assert_round_trip(arena, before, after);
		arena_reset(arena, mark);
	}
}

/* Length of the longest common subsequence, by the table. */
static int32_t
longest_common(struct arena *arena, const struct sequence *a, const struct sequence *b)
{
	size_t width = (size_t)b->count + 1;
	int32_t *table = ARENA_ARRAY(arena, ((size_t)a->count + 1) * width, int32_t);

	for (size_t i = 1; i <= (size_t)a->count; i++) {
		for (size_t j = 1; j < width; j++) {
			int32_t up = table[(i - 1) * width + j];
			int32_t left = table[i * width + j - 1];

			table[i * width + j] = up > left ? up : left;
			if (a->items[i - 1] == b->items[j - 1])
				table[i * width + j] = table[(i - 1) * width + j - 1] + 1;
		}
	}
	return table[(size_t)a->count * width + width - 1];
}

static struct sequence
random_sequence(struct arena *arena, uint32_t *random, uint32_t count, uint32_t kinds)
{
	uint32_t *items = ARENA_ARRAY(arena, count, uint32_t);

	for (uint32_t i = 0; i < count; i++)
		items[i] = below(random, kinds);
	return (struct sequence){items, ARENA_ARRAY(arena, count, bool), (int32_t)count};
}

/* Counts the marks; what is not marked must be the same on both sides. */
static int32_t
count_marks(const struct sequence *a, const struct sequence *b)
{
	int32_t marks = 0;
	int32_t i = 0;
	int32_t j = 0;

	while (i < a->count || j < b->count) {
		if (i < a->count && a->changed[i]) {
			marks++;
			i++;
		} else if (j < b->count && b->changed[j]) {
			marks++;
			j++;
		} else {
			assert_true(i < a->count && j < b->count);
			assert_int_equal(a->items[i++], b->items[j++]);
		}
	}
	return marks;
}

static void
small_scripts_are_the_shortest(void **state)
{
	struct arena *arena = *state;
	uint32_t random = 4711;

	for (int i = 0; i < 3000; i++) {
		struct arena_mark mark = arena_mark(arena);
		uint32_t size = i % 50 == 0 ? 200 : 24;
		uint32_t kinds = 1 + below(&random, 12);
		struct sequence a = random_sequence(arena, &random, below(&random, size), kinds);
		struct sequence b = random_sequence(arena, &random, below(&random, size), kinds);

		myers_mark(arena, &a, &b);
		assert_int_equal(count_marks(&a, &b),
				 a.count + b.count - 2 * longest_common(arena, &a, &b));
		arena_reset(arena, mark);
	}
}

/* Marks for sequences of these lengths, in percent of what is needed. */
static int32_t
percent_of_shortest(struct arena *arena, uint32_t before, uint32_t after)
{
	uint32_t random = 99;
	struct sequence a = random_sequence(arena, &random, before, 40);
	struct sequence b = random_sequence(arena, &random, after, 40);
	int32_t shortest = a.count + b.count - 2 * longest_common(arena, &a, &b);

	/* long enough for the search to be cut */
	assert_true(shortest > 3 * MYERS_DEPTH_MAX);
	myers_mark(arena, &a, &b);
	return (int32_t)((int64_t)count_marks(&a, &b) * 100 / shortest);
}

static void
long_scripts_are_right_and_not_far_from_shortest(void **state)
{
	assert_in_range(percent_of_shortest(*state, 6000, 6000), 100, 101);
	/* the cut does not know that one side has more to lose */
	assert_in_range(percent_of_shortest(*state, 6000, 2500), 100, 120);
	assert_in_range(percent_of_shortest(*state, 2500, 6000), 100, 120);
}

/* The pairs that make plain searches quadratic: much in common, and in no order. */
static uint32_t
hostile_item(int which, bool after, uint32_t i, uint32_t *random)
{
	switch (which) {
	case 0: /* two lines only */
		return below(random, 2);
	case 1: /* one side alternates, the other comes in blocks */
		return after ? i / 1000 % 2 : i % 2;
	case 2: /* periods that do not fit */
		return after ? i % 1009 : i % 1013;
	case 3: /* the same lines in reverse order */
		return after ? 400000 - i : i;
	case 4: /* rare lines in a sea of equal ones */
		return below(random, 50) == 0 ? 1 + below(random, 20000) : 0;
	default: /* some hundred lines, at random */
		return below(random, 300);
	}
}

static void
hostile_input_takes_bounded_time(void **state)
{
	struct arena *arena = *state;
	uint32_t random = 5;

	for (int which = 0; which < 6; which++) {
		struct arena_mark mark = arena_mark(arena);
		struct buf text[2];
		clock_t start;
		double seconds;

		for (size_t side = 0; side < 2; side++) {
			buf_init(&text[side], arena);
			for (uint32_t i = 0; i < 100000; i++)
				buf_printf(&text[side], "%u\n",
					   hostile_item(which, side == 1, i, &random));
		}
		start = clock();
		assert_round_trip(arena, buf_str(&text[0]), buf_str(&text[1]));
		seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
		print_message("hostile %d: %.2f s\n", which, seconds);
		/* without the bound: minutes; sanitizers cost a factor of ten */
		assert_true(seconds < 30);
		arena_reset(arena, mark);
	}
}

static void
too_many_lines_are_replaced_as_a_whole(void **state)
{
	struct arena *arena = *state;
	struct buf before;
	struct buf diff;
	struct buf result;

	buf_init(&before, arena);
	buf_fill(&before, '\n', DIFF_LINES_MAX);
	buf_init(&diff, arena);
	diff_unified(arena, &diff, STR("f"), (struct diff_side){buf_str(&before), true},
		     (struct diff_side){STR("\nx\n"), true});
	assert_true(str_has_prefix(buf_str(&diff), STR("diff --git a/f b/f\n--- a/f\n+++ b/f\n"
						       "@@ -1,1000000 +1,2 @@\n-\n")));
	assert_true(str_has_suffix(buf_str(&diff), STR("-\n+\n+x\n")));
	buf_init(&result, arena);
	assert_null(apply_diff(buf_str(&diff), buf_str(&before), false, &result));
	assert_true(str_is(buf_str(&result), "\nx\n"));
}

/* Exit status of a tool that reads `input` in `directory`; 127 when it is missing. */
static int
run(const char *const argv[], const char *directory, const char *input)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		int file = open(input, O_RDONLY);
		int null = open("/dev/null", O_WRONLY);

		if (file == -1 || null == -1 || dup2(file, 0) == -1 || dup2(null, 1) == -1 ||
		    chdir(directory) == -1 ||
		    setenv("GIT_CEILING_DIRECTORIES", directory, 1) == -1 ||
		    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1) == -1 ||
		    setenv("GIT_CONFIG_NOSYSTEM", "1", 1) == -1)
			_exit(126);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

struct sample {
	const char *path;
	struct diff_side before;
	struct diff_side after;
};

enum { SAMPLES = 7 };

static void
make_samples(struct arena *arena, uint32_t *random, struct sample samples[SAMPLES])
{
	static const char *const paths[SAMPLES] = {"plain",   "new/deep/file",   "gone",
						   "a b/c d", "odd\"\\\xc3\xa9", "rewritten",
						   "empty"};

	for (size_t i = 0; i < SAMPLES; i++) {
		struct str text = random_text(arena, random, 60, 30);

		samples[i] = (struct sample){paths[i], {text, true}, {text, true}};
		if (i == 1)
			samples[i].before = (struct diff_side){.exists = false};
		else if (i == 2)
			samples[i].after = (struct diff_side){.exists = false};
		else if (i == 5)
			samples[i].after.text = random_text(arena, random, 60, 30);
		else
			samples[i].after.text = random_edit(arena, random, text, 8);
	}
	/* an empty file, coming or going */
	samples[6].before = (struct diff_side){.exists = below(random, 2) == 0};
	samples[6].after = (struct diff_side){.exists = !samples[6].before.exists};
}

static void
make_file(const struct fs *fs, const char *name, struct str content)
{
	struct str path = str_from(name);
	struct str parent = path_parent(path);

	for (size_t len = 0; len < parent.len;) {
		int error;

		len = path_step(parent, len);
		error = fs->make_directory(fs->self, str_slice(parent, 0, len));
		assert_true(error == 0 || error == EEXIST);
	}
	assert_int_equal(fs->create(fs->self, path, content, FS_MODE_NEW), 0);
}

static void
assert_applied(struct arena *arena, const struct fs *fs, const struct sample *sample)
{
	struct str path = str_from(sample->path);
	struct str content = {NULL, 0};
	int error;

	assert_int_equal(fs->kind(fs->self, path, &error),
			 sample->after.exists ? FS_FILE : FS_NONE);
	if (!sample->after.exists)
		return;
	assert_int_equal(fs->read(fs->self, arena, path, &content), 0);
	assert_true(str_eq(content, sample->after.text));
}

/* One round: files on disk, their diffs through the tool, files compared. False: no such tool. */
static bool
try_tool(struct arena *arena, const char *const argv[], uint32_t *random)
{
	struct sample samples[SAMPLES];
	const char *directory = temp_dir_make(arena);
	struct str input;
	struct buf diff;
	struct fs fs;
	int status;

	assert_int_equal(fs_disk_open(arena, directory, &fs), 0);
	assert_int_equal(fs.make_directory(fs.self, STR("tree")), 0);
	assert_int_equal(fs_disk_open(arena, arena_printf(arena, "%s/tree", directory).at, &fs), 0);
	make_samples(arena, random, samples);
	buf_init(&diff, arena);
	for (size_t i = 0; i < SAMPLES; i++) {
		if (samples[i].before.exists)
			make_file(&fs, samples[i].path, samples[i].before.text);
		diff_unified(arena, &diff, str_from(samples[i].path), samples[i].before,
			     samples[i].after);
	}
	assert_int_equal(fs_disk_open(arena, directory, &fs), 0);
	make_file(&fs, "diff", buf_str(&diff));
	input = arena_printf(arena, "%s/diff", directory);
	assert_int_equal(fs_disk_open(arena, arena_printf(arena, "%s/tree", directory).at, &fs), 0);
	status = run(argv, arena_printf(arena, "%s/tree", directory).at, input.at);
	if (status != 0 && status != 127)
		fail_msg("%s: exit status %d for\n%.*s", argv[0], status, (int)diff.len, diff.at);
	for (size_t i = 0; i < SAMPLES && status == 0; i++)
		assert_applied(arena, &fs, &samples[i]);
	temp_dir_remove(arena, directory);
	return status == 0;
}

static void
try_tool_often(struct arena *arena, const char *const argv[])
{
	uint32_t random = 12345;
	jmp_buf *outer = arena->escape;

	for (int i = 0; i < 40; i++) {
		struct arena own;
		bool found;

		/* closes the descriptors of each round */
		arena_init(&own, (size_t)1 << 30, outer);
		found = try_tool(&own, argv, &random);
		arena_free(&own);
		if (!found) {
			print_message("SKIPPED: '%s' is not installed\n", argv[0]);
			skip();
		}
	}
}

static void
patch_takes_our_diffs(void **state)
{
	static const char *const argv[] = {"patch", "-p1", "-s", "-f", NULL};

	try_tool_often(*state, argv);
}

static void
git_apply_takes_our_diffs(void **state)
{
	static const char *const argv[] = {"git", "apply", "--whitespace=nowarn", "-", NULL};

	try_tool_often(*state, argv);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(equal_sides_give_nothing),
		TEST(an_update_has_three_lines_of_context),
		TEST(edits_are_joined_up_to_six_lines_apart),
		TEST(a_created_file_comes_from_dev_null),
		TEST(a_deleted_file_goes_to_dev_null),
		TEST(a_file_may_become_empty_and_stay),
		TEST(a_missing_line_end_is_told),
		TEST(line_ends_are_kept_as_they_are),
		TEST(odd_names_are_quoted_as_git_does),
		TEST(random_edits_round_trip),
		TEST(small_scripts_are_the_shortest),
		TEST(long_scripts_are_right_and_not_far_from_shortest),
		TEST(hostile_input_takes_bounded_time),
		TEST(too_many_lines_are_replaced_as_a_whole),
		TEST(patch_takes_our_diffs),
		TEST(git_apply_takes_our_diffs),
	};

	if (setjmp(escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

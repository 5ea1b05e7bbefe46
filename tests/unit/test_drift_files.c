/* Which files and hunks there are. */
#include "drift_run.h"

#include "plan/diff.h"

static void
a_missing_file_is_put_down_to_what_asks_for_it(void **state)
{
	struct fixture *fixture = *state;

	fs_memory_put(&fixture->memory, BUILD, FS_NONE);
	assert_hunks(fixture, BUILD, "-0,0 +1,24: packages.lib@19:3\n");
	fs_memory_file(&fixture->memory, BUILD, "");
	assert_hunks(fixture, BUILD,
		     "-0,0 +1,24: packages.lib[rust_library one]@20:7; "
		     "packages.lib[rust_test two]@23:7; raw.\"lib/BUILD.bazel\"@29:20\n");
}

static void
files_that_are_in_sync_are_left_out(void **state)
{
	struct fixture *fixture = *state;

	find(fixture);
	assert_int_equal(fixture->drift.count, 0);
	fs_memory_put(&fixture->memory, "MODULE.bazel", FS_NONE);
	edit(fixture, BUILD, "", "a.rs", "b.rs");
	find(fixture);
	assert_int_equal(fixture->drift.count, 2);
	assert_true(str_is(fixture->drift.files[0].change->path, "MODULE.bazel"));
	assert_int_equal(fixture->drift.files[0].hunk_count, 1);
	/* no key asks for it: the spec as a whole does */
	assert_int_equal(fixture->drift.files[0].hunks[0].cause_count, 0);
	assert_true(str_is(fixture->drift.files[1].change->path, BUILD));
}

static void
what_cannot_be_compared_has_no_hunks(void **state)
{
	struct fixture *fixture = *state;

	fs_memory_put(&fixture->memory, "MODULE.bazel", FS_NONE);
	fs_memory_put(&fixture->memory, "MODULE.bazel", FS_DIRECTORY);
	find(fixture);
	assert_int_equal(fixture->drift.count, 2);
	assert_true(str_is(fixture->drift.files[0].change->path, "MODULE.bazel"));
	assert_int_equal(fixture->drift.files[0].hunk_count, 0);
	/* the list, which lacks it now, comes from no key */
	assert_true(str_is(fixture->drift.files[1].change->path, "bzlmodgen.lock.json"));
	assert_int_equal(fixture->drift.files[1].hunks[0].cause_count, 0);
}

/* Between markers the same keys make the same lines, further down. */
static void
keys_of_a_region_are_found(void **state)
{
	struct fixture *fixture = *state;
	struct str path = STR(BUILD);
	struct plan_wishes wishes = {.regions = &path, .region_count = 1};

	fs_memory_put(&fixture->memory, "bzlmodgen.lock.json", FS_NONE);
	fs_memory_file(&fixture->memory, BUILD, "# mine\n");
	assert_true(bzlmodgen_plan(&fixture->run, &fixture->outputs, &wishes, &fixture->plan));
	assert_true(bzlmodgen_apply(&fixture->run, &fixture->plan));
	/* three lines of header are gone; the user's line, a marker and two blank ones are there */
	assert_edit(fixture, BUILD, "a.rs", "b.rs",
		    "-9,1 +9,1: packages.lib[rust_library one].srcs[0]@21:14 'b.rs' 'a.rs'\n");
	edit(fixture, BUILD, "", "# mine", "# and mine");
	find(fixture);
	assert_int_equal(fixture->drift.count, 0);
}

static void
without_provenance_there_are_hunks_alone(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < fixture->outputs.count; i++)
		fixture->outputs.items[i].provenance = NULL;
	edit(fixture, BUILD, "", "a.rs", "b.rs");
	assert_hunks(fixture, BUILD, "-8,1 +8,1:\n");
	fs_memory_put(&fixture->memory, BUILD, FS_NONE);
	assert_hunks(fixture, BUILD, "-0,0 +1,24:\n");
}

static void
rendering_records_only_when_asked(void **state)
{
	struct fixture *fixture = *state;
	struct outputs plain;

	fixture->run.provenance = false;
	assert_true(
		bzlmodgen_outputs(&fixture->run, STR("bzlmodgen.yaml"), STR(spec_text), &plain));
	assert_int_equal(plain.count, fixture->outputs.count);
	for (size_t i = 0; i < plain.count; i++) {
		assert_null(plain.items[i].provenance);
		assert_non_null(fixture->outputs.items[i].provenance);
		assert_true(str_eq(plain.items[i].content, fixture->outputs.items[i].content));
	}
}

/* Lines that were never ours, more of them than are compared. */
static void
huge_files_are_one_hunk(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;

	buf_init(&text, &fixture->arena);
	buf_fill(&text, '\n', DIFF_LINES_MAX + 1);
	buf_char(&text, '\0');
	fs_memory_file(&fixture->memory, BUILD, text.at);
	find(fixture);
	assert_int_equal(fixture->drift.files[0].hunk_count, 1);
	assert_int_equal(fixture->drift.files[0].hunks[0].disk_count, DIFF_LINES_MAX + 1);
	assert_int_equal(fixture->drift.files[0].hunks[0].our_count, 24);
}

/* ---- any changes ---- */

static uint32_t
next_random(uint32_t *random)
{
	*random = *random * 1664525 + 1013904223;
	return *random >> 16;
}

/* The lines of a text with some left out, doubled, cut, joined and put in from elsewhere. */
static struct str
mangled(struct fixture *fixture, struct str text, uint32_t *random)
{
	struct str rest = text;
	struct buf out;

	buf_init(&out, &fixture->arena);
	while (rest.len > 0) {
		struct str line = str_cut(&rest, '\n');
		struct str other = str_after(text, next_random(random) % text.len);
		uint32_t choice = next_random(random) % 20;

		if (choice == 0)
			continue;
		if (choice == 1)
			buf_add(&out, str_slice(other, 0, str_find(other, '\n') + 1));
		if (choice == 2)
			line = str_slice(line, 0, next_random(random) % (line.len + 1));
		buf_add(&out, line);
		if (choice == 3)
			buf_add(&out, str_slice(other, 0, next_random(random) % 8));
		if (choice != 4)
			buf_char(&out, '\n');
	}
	return buf_str(&out);
}

static void
hunks_are_the_edits_of_the_diff(void **state)
{
	struct fixture *fixture = *state;
	uint32_t random = 7;
	size_t causes = 0;

	for (int round = 0; round < 300; round++) {
		const struct output *output =
			&fixture->outputs.items[(size_t)round % fixture->outputs.count];
		struct change change = {.kind = CHANGE_UPDATE, .output = output, .existed = true};
		struct plan plan = {.changes = &change, .count = 1};
		const struct diff_edit *edits;
		size_t count;

		change.path = output->path;
		change.after = output->content;
		change.remains = true;
		change.before = mangled(fixture, output->content, &random);
		edits = diff_edits(&fixture->arena, change.before, output->content, &count);
		drift_find(&fixture->arena, &plan, &fixture->drift);
		assert_int_equal(fixture->drift.files[0].hunk_count, count);
		for (size_t i = 0; i < count; i++) {
			const struct drift_hunk *hunk = &fixture->drift.files[0].hunks[i];

			assert_int_equal(hunk->disk_line, edits[i].before + (edits[i].gone > 0));
			assert_int_equal(hunk->disk_count, edits[i].gone);
			assert_int_equal(hunk->our_line, edits[i].after + (edits[i].come > 0));
			assert_int_equal(hunk->our_count, edits[i].come);
			causes += hunk->cause_count;
			for (size_t j = 0; j < hunk->cause_count; j++) {
				assert_true(hunk->causes[j].key.len > 0);
				assert_non_null(hunk->causes[j].span.source);
			}
		}
	}
	assert_true(causes > 300);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_missing_file_is_put_down_to_what_asks_for_it),
		TEST(files_that_are_in_sync_are_left_out),
		TEST(what_cannot_be_compared_has_no_hunks),
		TEST(keys_of_a_region_are_found),
		TEST(without_provenance_there_are_hunks_alone),
		TEST(rendering_records_only_when_asked),
		TEST(huge_files_are_one_hunk),
		TEST(hunks_are_the_edits_of_the_diff),
	};

	return cmocka_run_group_tests_name("drift of files", tests, NULL, NULL);
}

/* The fixes of a SARIF report, applied as a reader of it would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diag/utf8.h"
#include "json_check.h"
#include "plan/myers.h"
#include "report_world.h"

/* The byte that a line and a column lead to, in code points, the line end counting as any other. */
static size_t
offset_of(struct str text, int line, int column)
{
	size_t at = 0;

	for (; line > 1; line--)
		at += str_find(str_after(text, at), '\n') + 1;
	for (; column > 1; column--) {
		assert_true(at < text.len);
		at += utf8_step(str_after(text, at));
	}
	assert_true(at <= text.len);
	return at;
}

static int
number_at(cJSON *region, const char *name, int otherwise)
{
	cJSON *number = json_at(region, name);

	return number == NULL ? otherwise : number->valueint;
}

/* What a reader of the log makes of the file, with every fix of every result. */
static struct str
apply_fixes(struct arena *arena, cJSON *log, struct str text)
{
	size_t done = 0;
	struct buf out;
	cJSON *item;

	buf_init(&out, arena);
	cJSON_ArrayForEach(item, json_at(log, "runs.0.results"))
	{
		cJSON *replacement = json_at(item, "fixes.0.artifactChanges.0.replacements.0");
		cJSON *region = json_at(replacement, "deletedRegion");
		cJSON *inserted = json_at(replacement, "insertedContent.text");
		int line = number_at(region, "startLine", 0);
		size_t from = offset_of(text, line, number_at(region, "startColumn", 1));
		size_t to = offset_of(text, number_at(region, "endLine", line),
				      number_at(region, "endColumn", 0));

		assert_true(done <= from && from <= to);
		/* a replacement that does nothing is none */
		assert_true(from < to || inserted != NULL);
		buf_add(&out, str_slice(text, done, from - done));
		if (inserted != NULL)
			buf_text(&out, inserted->valuestring);
		done = to;
	}
	buf_add(&out, str_after(text, done));
	return buf_str(&out);
}

enum { LINES_MAX = 16 };

/* Lines by number: equal lines have equal numbers. */
struct side {
	uint32_t items[LINES_MAX];
	bool changed[LINES_MAX];
	struct sequence sequence;
};

static const char *const lines[] = {"a\n", "\n", "\xc3\xa4\xf0\x9f\xa6\x80\n", "b\r\n", "c", "a"};

static uint32_t
draw(uint32_t *seed, uint32_t count)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 16) % count;
}

/* Our header, some lines, and at the end one that may lack its line end. */
static struct str
draw_text(struct arena *arena, uint32_t *seed, struct side *side)
{
	uint32_t count = 1 + draw(seed, 6);
	struct buf text;

	*side = (struct side){.sequence = {side->items, side->changed, (int32_t)count}};
	buf_init(&text, arena);
	buf_text(&text, OURS(""));
	for (uint32_t i = 1; i < count; i++) {
		side->items[i] = draw(seed, i + 1 < count ? 4 : 6) + 1;
		buf_text(&text, lines[side->items[i] - 1]);
	}
	return arena_str(arena, buf_str(&text));
}

static void
find_hunks(struct report_world *world, const struct side *before, const struct side *after)
{
	uint32_t b = 0, a = 0;

	myers_mark(&world->world.arena, &before->sequence, &after->sequence);
	while (b < (uint32_t)before->sequence.count || a < (uint32_t)after->sequence.count) {
		uint32_t from_b = b, from_a = a;

		while (b < (uint32_t)before->sequence.count && before->changed[b])
			b++;
		while (a < (uint32_t)after->sequence.count && after->changed[a])
			a++;
		if (b == from_b && a == from_a) {
			b++;
			a++;
			continue;
		}
		(void)hunk(world, "f", from_b + (b > from_b), b - from_b, from_a + (a > from_a),
			   a - from_a);
	}
}

static void
fixes_make_the_file_ours(void **state)
{
	struct report_world *world = *state;
	uint32_t seed = 7;
	size_t fixed = 0;

	for (int round = 0; round < 400; round++) {
		struct arena *arena = &world->world.arena;
		struct side sides[2];
		struct str before = draw_text(arena, &seed, &sides[0]);
		struct str after = draw_text(arena, &seed, &sides[1]);
		cJSON *log;

		differ(world, "f", before.at, after.at);
		find_hunks(world, &sides[0], &sides[1]);
		compare(world);
		/* line ends alone have no fix */
		if (world->hunk_count > 0 && !world->world.plan.changes[0].line_ends) {
			log = json_parse(arena, report_as(world, bzlmodgen_report_sarif));
			assert_int_equal(cJSON_GetArraySize(json_at(log, "runs.0.results")),
					 world->hunk_count);
			assert_text(apply_fixes(arena, log, before), after.at);
			fixed++;
		}
		report_tear_down(state);
		report_set_up(state);
	}
	assert_true(fixed > 300);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, report_set_up, report_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(fixes_make_the_file_ours),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

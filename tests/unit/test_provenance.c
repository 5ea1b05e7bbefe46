/* Marks of an output: recorded, and looked up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/provenance.h"

struct fixture {
	struct arena arena;
	jmp_buf escape;
	struct source source;
	struct provenance_recorder recorder;
	struct provenance provenance;
	struct provenance_index index;
};

static int
set_up(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){.source = {STR("spec"), STR("")}};
	if (setjmp(fixture.escape) != 0)
		return -1;
	arena_init(&fixture.arena, (size_t)1 << 28, &fixture.escape);
	fixture.recorder.arena = &fixture.arena;
	fixture.recorder.source = &fixture.source;
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(&((struct fixture *)*state)->arena);
	return 0;
}

static void
add_mark(struct fixture *fixture, size_t from, size_t to, uint32_t line)
{
	provenance_mark(&fixture->recorder, from, to, (struct span){&fixture->source, line, 2, 3});
}

static void
finish(struct fixture *fixture)
{
	fixture->provenance = (struct provenance){.source = &fixture->source,
						  .marks = fixture->recorder.marks,
						  .count = fixture->recorder.count};
	provenance_index_init(&fixture->index, &fixture->arena, &fixture->provenance);
}

/* The line of the mark; 0: there is none. */
static uint32_t
line_of(const struct provenance_mark *mark)
{
	return mark == NULL ? 0 : mark->line;
}

static void
marks_are_those_of_the_spec(void **state)
{
	struct fixture *fixture = *state;
	const struct source other = {STR("other"), STR("")};
	struct span span;

	add_mark(fixture, 0, 4, 1);
	add_mark(fixture, 0, 4, 1); /* told twice, by a value and its tag */
	provenance_mark(&fixture->recorder, 0, 5, (struct span){&other, 2, 1, 1});
	provenance_mark(&fixture->recorder, 0, (size_t)UINT32_MAX + 1,
			(struct span){&fixture->source, 3, 1, 1});
	add_mark(fixture, 0, 4, 4);
	finish(fixture);
	assert_int_equal(fixture->provenance.count, 2);
	span = provenance_span(&fixture->provenance, &fixture->provenance.marks[1]);
	assert_ptr_equal(span.source, &fixture->source);
	assert_int_equal(span.line, 4);
	assert_int_equal(span.column, 2);
	assert_int_equal(span.width, 3);
}

static void
the_innermost_mark_is_found(void **state)
{
	struct fixture *fixture = *state;
	const struct provenance_mark *mark;

	/* 1: [2,4)  2: [5,7)  3: [2,8)  4: the same, told later and so around it  5: [9,10) */
	add_mark(fixture, 2, 4, 1);
	add_mark(fixture, 5, 7, 2);
	add_mark(fixture, 2, 8, 3);
	add_mark(fixture, 2, 8, 4);
	add_mark(fixture, 9, 10, 5);
	finish(fixture);
	assert_int_equal(line_of(provenance_find(&fixture->index, 2, 3)), 1);
	assert_int_equal(line_of(provenance_find(&fixture->index, 2, 4)), 1);
	assert_int_equal(line_of(provenance_find(&fixture->index, 3, 5)), 3);
	assert_int_equal(line_of(provenance_find(&fixture->index, 4, 5)), 3);
	assert_int_equal(line_of(provenance_find(&fixture->index, 6, 7)), 2);
	assert_int_equal(line_of(provenance_find(&fixture->index, 2, 8)), 3);
	assert_int_equal(line_of(provenance_find(&fixture->index, 7, 9)), 0);
	assert_int_equal(line_of(provenance_find(&fixture->index, 0, 1)), 0);
	assert_int_equal(line_of(provenance_find(&fixture->index, 8, 9)), 0);
	assert_int_equal(line_of(provenance_find(&fixture->index, 9, 10)), 5);
	assert_int_equal(line_of(provenance_find(&fixture->index, 10, 11)), 0);
	mark = provenance_parent(&fixture->index, provenance_find(&fixture->index, 5, 6));
	assert_int_equal(line_of(mark), 3);
	mark = provenance_parent(&fixture->index, mark);
	assert_int_equal(line_of(mark), 4);
	assert_null(provenance_parent(&fixture->index, mark));
}

static void
marks_within_are_found(void **state)
{
	struct fixture *fixture = *state;

	add_mark(fixture, 2, 4, 1);
	add_mark(fixture, 5, 7, 2);
	add_mark(fixture, 2, 8, 3);
	add_mark(fixture, 1, 20, 4);
	finish(fixture);
	assert_int_equal(line_of(provenance_within(&fixture->index, 2, 8)), 3);
	assert_int_equal(line_of(provenance_within(&fixture->index, 0, 30)), 4);
	assert_int_equal(line_of(provenance_within(&fixture->index, 2, 7)), 1);
	assert_int_equal(line_of(provenance_within(&fixture->index, 4, 8)), 2);
	assert_int_equal(line_of(provenance_within(&fixture->index, 3, 5)), 0);
	assert_int_equal(line_of(provenance_within(&fixture->index, 8, 19)), 0);
	assert_int_equal(line_of(provenance_within(&fixture->index, 20, 30)), 0);
}

static void
no_marks_are_no_trouble(void **state)
{
	struct fixture *fixture = *state;

	finish(fixture);
	assert_null(provenance_find(&fixture->index, 0, 1));
	assert_null(provenance_within(&fixture->index, 0, 1));
}

/* ---- against a search that looks at every mark ---- */

static uint32_t
next_random(uint32_t *random)
{
	*random = *random * 1664525 + 1013904223;
	return *random >> 16;
}

/* Ranges in ranges between `from` and `to`, told as trace has it. */
static void
add_random(struct fixture *fixture, uint32_t *random, size_t from, size_t to, int depth)
{
	size_t at = from;

	while (at < to && depth > 0) {
		size_t start = at + next_random(random) % 4;
		size_t end = start + 1 + next_random(random) % 12;

		if (end > to)
			break;
		add_random(fixture, random, start, end, depth - 1);
		add_mark(fixture, start, end, (uint32_t)fixture->recorder.count + 1);
		at = end;
	}
}

static const struct provenance_mark *
find_slowly(const struct fixture *fixture, size_t from, size_t to)
{
	for (size_t i = 0; i < fixture->provenance.count; i++) {
		const struct provenance_mark *mark = &fixture->provenance.marks[i];

		if (mark->from <= from && mark->to >= to)
			return mark;
	}
	return NULL;
}

static void
any_marks_are_found(void **state)
{
	struct fixture *fixture = *state;
	uint32_t random = 1;
	size_t found = 0;

	for (int round = 0; round < 50; round++) {
		fixture->recorder.count = 0;
		add_random(fixture, &random, 0, 60, 4);
		finish(fixture);
		for (size_t from = 0; from < 60; from++) {
			for (size_t to = from + 1; to <= 60; to++) {
				const struct provenance_mark *mark =
					provenance_find(&fixture->index, from, to);

				assert_ptr_equal(mark, find_slowly(fixture, from, to));
				found += mark != NULL;
			}
		}
	}
	assert_true(found > 1000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(marks_are_those_of_the_spec), TEST(the_innermost_mark_is_found),
		TEST(marks_within_are_found),      TEST(no_marks_are_no_trouble),
		TEST(any_marks_are_found),
	};

	return cmocka_run_group_tests_name("provenance", tests, NULL, NULL);
}

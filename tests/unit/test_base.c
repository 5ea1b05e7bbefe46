/* Strings, arenas, buffers and hash tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/map.h"

#define assert_text(actual, expected)                               \
	do {                                                        \
		struct str text_ = (actual);                        \
		assert_int_equal(text_.len, strlen(expected));      \
		assert_memory_equal(text_.at, expected, text_.len); \
	} while (0)

/* ---- strings ---- */

static void
test_str_slices_are_clamped(void **state)
{
	struct str s = STR("abcdef");

	(void)state;
	assert_text(str_slice(s, 2, 3), "cde");
	assert_text(str_slice(s, 4, 100), "ef");
	assert_text(str_slice(s, 100, 1), "");
	assert_text(str_after(s, 6), "");
	assert_int_equal(str_after((struct str){0}, 3).len, 0);
}

static void
test_str_order_puts_prefixes_first(void **state)
{
	(void)state;
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_cmp(STR("b"), STR("ab")) > 0);
	assert_int_equal(str_cmp(STR("ab"), STR("ab")), 0);
	assert_true(str_cmp((struct str){0}, STR("a")) < 0);
	assert_true(str_cmp(STR("\x80"), STR("a")) > 0);
}

static void
test_str_searches(void **state)
{
	struct str s = STR("a/b/c");

	(void)state;
	assert_int_equal(str_find(s, '/'), 1);
	assert_int_equal(str_find_last(s, '/'), 3);
	assert_int_equal(str_find(s, 'x'), s.len);
	assert_int_equal(str_find_last(s, 'x'), s.len);
	assert_int_equal(str_find_str(s, STR("/c")), 3);
	assert_int_equal(str_find_str(s, STR("b/d")), s.len);
	assert_int_equal(str_find_str(s, STR("a/b/c/d")), s.len);
	assert_int_equal(str_find_str(STR("aab"), STR("ab")), 1);
	assert_true(str_has_prefix(s, STR("a/")));
	assert_false(str_has_prefix(STR("a"), STR("ab")));
	assert_true(str_has_suffix(s, STR("/c")));
	assert_false(str_has_suffix(STR("c"), STR("bc")));
}

static void
test_str_cut_walks_all_parts(void **state)
{
	struct str rest = STR("a||b");

	(void)state;
	assert_text(str_cut(&rest, '|'), "a");
	assert_text(str_cut(&rest, '|'), "");
	assert_text(str_cut(&rest, '|'), "b");
	assert_int_equal(rest.len, 0);
	assert_text(str_trim(STR(" \t x y\r\n")), "x y");
	assert_text(str_trim(STR(" \n")), "");
}

/* ---- arenas ---- */

static void
test_arena_gives_zeroed_aligned_memory(void **state)
{
	jmp_buf escape;
	struct arena arena;
	unsigned char *bytes;

	(void)state;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		fail();
	for (size_t size = 0; size < 5000; size = size * 2 + 1) {
		bytes = arena_alloc(&arena, size);
		assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(bytes[i], 0);
		memset(bytes, 0xff, size);
	}
	arena_free(&arena);
	assert_int_equal(arena.used, 0);
}

static void
test_arena_escapes_at_its_limit(void **state)
{
	jmp_buf escape;
	struct arena arena;
	volatile size_t taken = 0;

	(void)state;
	arena_init(&arena, 1024 * 1024, &escape);
	if (setjmp(escape) == 0) {
		for (;;) {
			arena_alloc(&arena, 10000);
			taken += 10000;
		}
	}
	assert_true(taken > 500000);
	assert_true(taken <= 1024 * 1024);
	arena_free(&arena);
}

static void
test_arena_escapes_on_overflow(void **state)
{
	jmp_buf escape;
	struct arena arena;
	volatile int escapes = 0;

	(void)state;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		escapes++;
	if (escapes == 0)
		arena_array(&arena, SIZE_MAX / 2, 16);
	if (escapes == 1)
		arena_alloc(&arena, SIZE_MAX - 4);
	assert_int_equal(escapes, 2);
	arena_free(&arena);
}

static void
test_arena_reset_gives_back_what_came_later(void **state)
{
	jmp_buf escape;
	struct arena arena;
	struct arena_mark mark;
	char *kept;
	char *again;
	size_t used;

	(void)state;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		fail();
	kept = arena_alloc(&arena, 100);
	memset(kept, 'k', 100);
	mark = arena_mark(&arena);
	used = arena.used;
	memset(arena_alloc(&arena, 50), 'x', 50);
	for (int i = 0; i < 100; i++)
		arena_alloc(&arena, 100000);
	arena_reset(&arena, mark);
	assert_int_equal(arena.used, used);
	again = arena_alloc(&arena, 50);
	for (int i = 0; i < 50; i++)
		assert_int_equal(again[i], 0);
	assert_int_equal(kept[99], 'k');
	arena_free(&arena);
}

static int released[3];
static int releases;

static void
release(void *object)
{
	released[releases++] = *(int *)object;
}

static void
test_arena_runs_deferred_calls_newest_first(void **state)
{
	jmp_buf escape;
	struct arena arena;
	int objects[3] = {1, 2, 3};

	(void)state;
	releases = 0;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		fail();
	for (int i = 0; i < 3; i++)
		arena_defer(&arena, release, &objects[i]);
	arena_free(&arena);
	assert_int_equal(releases, 3);
	assert_int_equal(released[0], 3);
	assert_int_equal(released[2], 1);
}

static void
test_arena_texts_are_terminated(void **state)
{
	jmp_buf escape;
	struct arena arena;

	(void)state;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		fail();
	assert_string_equal(arena_str(&arena, str_slice(STR("abc"), 0, 2)).at, "ab");
	assert_string_equal(arena_str(&arena, (struct str){0}).at, "");
	assert_text(arena_printf(&arena, "%d-%s", 7, "x"), "7-x");
	arena_free(&arena);
}

static void
test_arena_grow_keeps_items(void **state)
{
	jmp_buf escape;
	struct arena arena;
	size_t *items = NULL;
	size_t capacity = 0;

	(void)state;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		fail();
	for (size_t i = 0; i < 1000; i++) {
		items = arena_grow(&arena, items, i, &capacity, sizeof(*items));
		assert_true(capacity > i);
		items[i] = i;
	}
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	arena_free(&arena);
}

/* ---- buffers and tables ---- */

static void
test_buf_appends(void **state)
{
	jmp_buf escape;
	struct arena arena;
	struct buf buf;

	(void)state;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		fail();
	buf_init(&buf, &arena);
	assert_int_equal(buf_str(&buf).len, 0);
	buf_text(&buf, "a");
	buf_char(&buf, 'b');
	buf_fill(&buf, 'c', 3);
	buf_fill(&buf, 'x', 0);
	buf_add(&buf, (struct str){0});
	buf_printf(&buf, "%d", 42);
	assert_text(buf_str(&buf), "abccc42");
	for (int i = 0; i < 10000; i++)
		buf_text(&buf, "0123456789");
	assert_int_equal(buf_str(&buf).len, 100007);
	assert_int_equal(buf_str(&buf).at[100006], '9');
	arena_free(&arena);
}

static void
test_buf_wraps_at_words(void **state)
{
	jmp_buf escape;
	struct arena arena;
	struct buf buf;

	(void)state;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		fail();
	buf_init(&buf, &arena);
	buf_wrapped(&buf, STR("one two three incomprehensibilities x"), 9);
	assert_text(buf_str(&buf), "one two\nthree\nincomprehensibilities\nx\n");
	arena_free(&arena);
}

static void
test_arena_extends_only_what_came_last(void **state)
{
	jmp_buf escape;
	struct arena arena;
	unsigned char *first;
	unsigned char *last;

	(void)state;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		fail();
	assert_false(arena_extend(&arena, NULL, 0, 10));
	first = arena_alloc(&arena, 100);
	assert_true(arena_extend(&arena, first, 100, 1000));
	for (size_t i = 0; i < 1000; i++) {
		assert_int_equal(first[i], 0);
		first[i] = 1;
	}
	last = arena_alloc(&arena, 7);
	assert_true(last >= first + 1000);
	assert_false(arena_extend(&arena, first, 1000, 2000));
	assert_false(arena_extend(&arena, last, 100, 200)); /* another size than it has */
	assert_false(arena_extend(&arena, last, 7, SIZE_MAX)); /* no block has so much */
	assert_true(arena_extend(&arena, last, 7, 9));
	last[8] = 1;
	assert_int_equal(*(unsigned char *)arena_alloc(&arena, 1), 0);
	arena_free(&arena);
}

static void
test_map_keeps_what_was_reserved(void **state)
{
	jmp_buf escape;
	struct arena arena;
	struct map map;
	size_t capacity;
	int value = 0;

	(void)state;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		fail();
	map_init(&map, &arena);
	map_reserve(&map, 1000);
	assert_null(map_get(&map, STR("0")));
	capacity = map.capacity;
	for (int i = 0; i < 1000; i++)
		map_add(&map, arena_printf(&arena, "%d", i), &value);
	assert_int_equal(map.capacity, capacity);
	assert_ptr_equal(map_get(&map, STR("999")), &value);
	arena_free(&arena);
}

static void
test_map_finds_what_was_added(void **state)
{
	jmp_buf escape;
	struct arena arena;
	struct map map;
	static int values[5000];

	(void)state;
	arena_init(&arena, SIZE_MAX, &escape);
	if (setjmp(escape) != 0)
		fail();
	map_init(&map, &arena);
	assert_null(map_get(&map, STR("0")));
	for (int i = 0; i < 5000; i++) {
		struct str key = arena_printf(&arena, "%d", i);

		assert_ptr_equal(map_add(&map, key, &values[i]), &values[i]);
	}
	for (int i = 0; i < 5000; i++) {
		struct str key = arena_printf(&arena, "%d", i);

		assert_ptr_equal(map_get(&map, key), &values[i]);
		/* the first one stays */
		assert_ptr_equal(map_add(&map, key, &values[0]), &values[i]);
	}
	assert_int_equal(map.count, 5000);
	assert_null(map_get(&map, STR("5000")));
	assert_null(map_get(&map, STR("")));
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_str_slices_are_clamped),
		cmocka_unit_test(test_str_order_puts_prefixes_first),
		cmocka_unit_test(test_str_searches),
		cmocka_unit_test(test_str_cut_walks_all_parts),
		cmocka_unit_test(test_arena_gives_zeroed_aligned_memory),
		cmocka_unit_test(test_arena_escapes_at_its_limit),
		cmocka_unit_test(test_arena_escapes_on_overflow),
		cmocka_unit_test(test_arena_reset_gives_back_what_came_later),
		cmocka_unit_test(test_arena_runs_deferred_calls_newest_first),
		cmocka_unit_test(test_arena_texts_are_terminated),
		cmocka_unit_test(test_arena_grow_keeps_items),
		cmocka_unit_test(test_buf_appends),
		cmocka_unit_test(test_buf_wraps_at_words),
		cmocka_unit_test(test_arena_extends_only_what_came_last),
		cmocka_unit_test(test_map_finds_what_was_added),
		cmocka_unit_test(test_map_keeps_what_was_reserved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Input: two texts, divided by the first NUL. Oracle: the diff applied to the first gives the
 * second, and reversed, the first again.
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include "apply_diff.h"
#include "plan/diff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool holds)
{
	if (!holds)
		abort();
}

static void
check(struct arena *arena, struct str before, struct str after)
{
	struct buf diff;
	struct buf forth;
	struct buf back;

	buf_init(&diff, arena);
	diff_unified(arena, &diff, STR("file"), (struct diff_side){before, true},
		     (struct diff_side){after, true});
	require((diff.len == 0) == str_eq(before, after));
	buf_init(&forth, arena);
	require(apply_diff(buf_str(&diff), before, false, &forth) == NULL);
	require(str_eq(buf_str(&forth), after));
	buf_init(&back, arena);
	require(apply_diff(buf_str(&diff), after, true, &back) == NULL);
	require(str_eq(buf_str(&back), before));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str after = {(const char *)data, size};
	struct str before = str_cut(&after, '\0');
	struct arena arena;
	jmp_buf escape;

	arena_init(&arena, (size_t)1 << 28, &escape);
	if (setjmp(escape) == 0)
		check(&arena, before, after);
	arena_free(&arena);
	return 0;
}

/*
 * Input: a file of a user's. Oracles: the parts of a file with a region are the whole of it,
 * another text between its markers is all that changes, and what is appended to one without can be
 * taken away again. As a module file it is searched for include(), which has no answer to be
 * checked but that it comes.
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include "plan/include.h"
#include "plan/region.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool holds)
{
	if (!holds)
		abort();
}

static void
check_found(struct arena *arena, struct str file, const struct region *region)
{
	struct region_fault fault;
	struct region again;
	struct str other = region_replace(arena, region, STR("other\n"));

	require(str_eq(region_replace(arena, region, region->text), file));
	require(region_find(other, &again, &fault) == REGION_FOUND);
	require(str_is(again.text, "other\n"));
	require(str_eq(again.head, region->head) && str_eq(again.tail, region->tail));
	require(region_find(region_remove(arena, region), &again, &fault) == REGION_NONE);
}

static void
check_appended(struct arena *arena, struct str file)
{
	struct str longer = region_append(arena, file, STR("text\n"));
	struct region_fault fault;
	struct region region;
	struct str shorter;

	require(str_has_prefix(longer, file));
	require(region_find(longer, &region, &fault) == REGION_FOUND);
	require(str_is(region.text, "text\n"));
	shorter = region_remove(arena, &region);
	if (file.len > 0 && file.at[file.len - 1] != '\n')
		shorter.len--;
	require(str_eq(shorter, file));
}

static void
check(struct arena *arena, struct str file)
{
	struct region_fault fault = {0};
	struct region region;

	switch (region_find(file, &region, &fault)) {
	case REGION_NONE:
		check_appended(arena, file);
		break;
	case REGION_FOUND:
		check_found(arena, file, &region);
		break;
	case REGION_BROKEN:
		require(fault.what != NULL && fault.line > fault.other && fault.column > 0);
		break;
	}
	(void)include_is_in(file, STR("//:a"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	jmp_buf escape;

	arena_init(&arena, (size_t)1 << 28, &escape);
	if (setjmp(escape) == 0)
		check(&arena, (struct str){(const char *)data, size});
	arena_free(&arena);
	return 0;
}

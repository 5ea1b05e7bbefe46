/* The shortest edit script between two sequences, after Myers (1986), linear in space. */
#ifndef PLAN_MYERS_H
#define PLAN_MYERS_H

#include <stdint.h>

#include "base/arena.h"

struct sequence {
	const uint32_t *items;
	bool *changed; /* as many; set for what the other side lacks, otherwise left alone */
	int32_t count;
};

/*
 * Marks what must go from `before` and come in `after`. The script is the shortest where that is
 * up to 2 * MYERS_DEPTH_MIN edits, for sequences of together some ten thousand items up to
 * 2 * MYERS_DEPTH_MAX. Beyond that the search is cut at the point that got farthest, so that time
 * stays proportional to MYERS_DEPTH_MIN * (before->count + after->count) whatever the input.
 */
enum { MYERS_DEPTH_MIN = 256, MYERS_DEPTH_MAX = 1024 };
void myers_mark(struct arena *arena, const struct sequence *before, const struct sequence *after);

#endif

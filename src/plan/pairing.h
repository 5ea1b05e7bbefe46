/* Which lines of a hunk stand for each other; private to plan/. */
#ifndef PLAN_PAIRING_H
#define PLAN_PAIRING_H

#include "base/arena.h"

struct line_range {
	const struct str *lines; /* without line ends */
	size_t count;
};

enum { PAIRING_NONE = -1 };

/*
 * For each of our lines the disk's line that was made of it by hand, or PAIRING_NONE. As many lines
 * on both sides are paired one by one; else those are that begin alike, up to an argument's name,
 * without crossing. The result has ours.count members.
 */
int *pairing_find(struct arena *arena, struct line_range disk, struct line_range ours);

/* How many bytes two lines have in common at the beginning, and of the rest at the end. */
size_t pairing_prefix(struct str a, struct str b);
size_t pairing_suffix(struct str a, struct str b, size_t prefix);

#endif

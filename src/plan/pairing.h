/* Which lines of a hunk stand for each other; private to plan/. */
#ifndef PLAN_PAIRING_H
#define PLAN_PAIRING_H

#include "plan/literal.h"

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

/* Blanks and tabs at the beginning. */
size_t pairing_indent(struct str line);
/* The tokens of our line that were changed, or stand around what was put in between, as a part of
 * it; of an empty line, its end. The lines differ. */
struct part pairing_changed(struct str ours, struct str disk);
/* What stands on disk instead of a part of our line; false where more than that differs. */
bool pairing_replacement(struct str ours, struct str disk, struct part part, struct str *text);

#endif

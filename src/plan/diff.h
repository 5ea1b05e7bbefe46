/* Unified diffs, linear in space; time bounded (falls back to coarser hunks on hopeless input). */
#ifndef PLAN_DIFF_H
#define PLAN_DIFF_H

#include "base/buf.h"

struct diff_side {
	struct str text;
	bool exists; /* false stands for a file that is created or deleted */
};

/* A place where two texts differ: lines `before` to `before + gone` of the one stand for lines
 * `after` to `after + come` of the other. From 0; not both counts are 0. */
struct diff_edit {
	size_t before, gone;
	size_t after, come;
};

/*
 * Beyond this many lines on both sides together, all lines are replaced by all lines, and memory
 * is no more than the diff itself. Below it, time is bounded as in myers.h, plus one sort.
 */
enum { DIFF_LINES_MAX = 1000000 };

/* The edits that diff_unified shows, in order; between two of them stands at least one line that
 * both texts have. */
const struct diff_edit *diff_edits(struct arena *arena, struct str before, struct str after,
				   size_t *count);

/*
 * Appends the difference as `patch -p1` and `git apply` take it, with 3 lines of context and
 * bytes as they are (line ends, too); nothing when equal.
 */
void diff_unified(struct arena *arena, struct buf *out, struct str path, struct diff_side before,
		  struct diff_side after);

/* Appends prefix and path; in double quotes, with escapes as git writes them, where control
 * characters, quotes, backslashes or bytes beyond ASCII call for it. */
void diff_path(struct buf *out, const char *prefix, struct str path);

#endif

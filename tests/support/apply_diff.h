/* Applies a unified diff of one file, strictly: the oracle of what plan/diff.h writes. */
#ifndef SUPPORT_APPLY_DIFF_H
#define SUPPORT_APPLY_DIFF_H

#include "base/buf.h"

/*
 * Appends what the diff makes of `before`; with `reverse`, what it was made from. NULL, or what is
 * wrong: a malformed line, a wrong count or position, a context that does not fit.
 */
const char *apply_diff(struct str diff, struct str before, bool reverse, struct buf *after);

#endif

/* Whether a module file includes another one. */
#ifndef PLAN_INCLUDE_H
#define PLAN_INCLUDE_H

#include "base/arena.h"

/* The label that include() takes for a file: "//:bzlmodgen.MODULE.bazel". */
struct str include_label(struct arena *arena, struct str path);

/*
 * Whether the text of a MODULE.bazel calls include() with this label, not in a comment, a string or
 * another call. Reads as much Starlark as that takes, in time linear in the text.
 */
bool include_is_in(struct str text, struct str label);

#endif

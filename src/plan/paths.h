/* Paths of outputs: what is allowed, what is equal to a disk that ignores case, what is ours. */
#ifndef PLAN_PATHS_H
#define PLAN_PATHS_H

#include "base/arena.h"

/* Stands in the root, and is no output's path; see plan/manifest.h. */
#define MANIFEST_NAME "bzlmodgen.lock.json"

/* What is wrong with a path, to follow its name in a message ("is absolute"); NULL when fine. */
const char *path_fault(struct str path);

/* The part before the last '/', or the empty path; and the part behind it. */
struct str path_parent(struct str path);
struct str path_name(struct str path);
struct str path_join(struct arena *arena, struct str directory, struct str name);
/* Length of the first prefix that is longer than `after` and ends before a '/' or at the end:
 * 0, 1, 3 for "a/b". The path's length when there is none. */
size_t path_step(struct str path, size_t after);

/* Lower case, as far as file systems that ignore case agree: ASCII, and the letters of Latin-1,
 * Latin Extended-A, Greek and Cyrillic that have a lower case of the same length. */
struct str path_fold(struct arena *arena, struct str path);

/* The file beside `path` that its content is written to before it is renamed. Named after the
 * target alone, so that the next run finds what a killed one has left. */
struct str path_staged(struct arena *arena, struct str path);
bool path_is_staged(struct str name);

#endif

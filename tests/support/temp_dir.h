/* A directory of its own for a test, on the real disk. */
#ifndef SUPPORT_TEMP_DIR_H
#define SUPPORT_TEMP_DIR_H

#include "base/fs.h"

/* Below TMPDIR, or /tmp; ends the test when it cannot be made. NUL-terminated, in the arena. */
const char *temp_dir_make(struct arena *arena);
/* Removes it with all that is in it, following no link. */
void temp_dir_remove(struct arena *arena, const char *path);

#endif

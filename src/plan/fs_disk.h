/* The real disk below one root directory; nothing outside of it can be reached. */
#ifndef PLAN_FS_DISK_H
#define PLAN_FS_DISK_H

#include "base/fs.h"

/*
 * Opens the root and fills in *fs. All paths are resolved with openat() component by component,
 * following no symlink. The descriptor is closed with the arena. 0 or an errno value.
 */
int fs_disk_open(struct arena *arena, const char *root, struct fs *fs);

#endif

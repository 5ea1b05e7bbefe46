/*
 * The disk as the pipeline sees it. Paths are relative to the root that the implementation was
 * made for, separated by '/', without "." and ".." (callers check that); the empty path is the root
 * itself. plan/fs_disk.h has the real one; tests use one in memory that can fail at any call.
 *
 * This stands in base/ and not in plan/, since spec checks, too, ask whether a source file exists.
 */
#ifndef BASE_FS_H
#define BASE_FS_H

#include "base/arena.h"

enum fs_kind {
	FS_NONE, /* nothing there */
	FS_FILE,
	FS_DIRECTORY,
	FS_SYMLINK,
	FS_OTHER, /* device, socket, pipe */
	FS_ERROR, /* could not be told; see `error` */
};

/* For `create`: what a new file usually gets, 0644 less the umask. */
enum { FS_MODE_NEW = 0x10000 };

struct fs {
	void *self;
	/* What stands at the path itself (a final symlink is not followed). A symlink among its
	 * parents gives FS_SYMLINK, a file among them FS_NONE. On FS_ERROR *error is an errno
	 * value. */
	enum fs_kind (*kind)(void *self, struct str path, int *error);
	/* The permission bits (0777) of a file; 0 or an errno value. */
	int (*mode)(void *self, struct str path, unsigned *mode);
	/* The whole file, in the arena; 0 or an errno value (EFBIG beyond 256 MiB, EINVAL for what
	 * is no plain file). Never follows a symlink. */
	int (*read)(void *self, struct arena *arena, struct str path, struct str *content);
	/* Names in a directory, sorted bytewise; 0 or an errno value. */
	int (*list)(void *self, struct arena *arena, struct str path, struct str **names,
		    size_t *count);
	/* Makes one directory, 0755 less the umask, whose parent exists; 0 or an errno value,
	 * EEXIST where anything stands there. */
	int (*make_directory)(void *self, struct str path);
	/* Creates `path` anew (fails with EEXIST) with this content and exactly this mode, or
	 * FS_MODE_NEW; 0 or an errno value, and then nothing is left of the file. */
	int (*create)(void *self, struct str path, struct str content, unsigned mode);
	/* One flush for everything created since the last one; 0 or errno. */
	int (*flush)(void *self);
	/* Replaces a file at `to`. */
	int (*rename)(void *self, struct str from, struct str to);
	/* Removes what is no directory; a symlink itself. */
	int (*remove)(void *self, struct str path);
	/* Removes an empty directory; ENOTEMPTY or EEXIST where it is not empty. */
	int (*remove_directory)(void *self, struct str path);
	/* Keeps other processes from locking the same root, without waiting; the system ends that
	 * with the process, whatever ends it. EWOULDBLOCK where another one has the lock, another
	 * errno value where that could not be told; 0 also where the file system knows no locks. */
	int (*lock)(void *self);
	void (*unlock)(void *self);
};

#endif

/*
 * A disk in memory, which can fail at any call, or die there. All calls of struct fs count, from 1.
 */
#ifndef SUPPORT_FS_MEMORY_H
#define SUPPORT_FS_MEMORY_H

#include "base/buf.h"
#include "base/fs.h"

struct fs_entry {
	struct str path;
	enum fs_kind kind; /* FS_NONE: was removed */
	struct str content;
	unsigned mode;
	size_t written; /* the call that gave the file its content; 0: there from the start */
};

struct fs_memory {
	struct arena *arena;
	struct fs_entry *entries;
	size_t count;
	size_t capacity;
	size_t calls;
	size_t fail_at; /* this call fails with `error`; 0: none */
	bool dies; /* and so do all after it, and what it was to write stays half written */
	int error;
	bool has_failed;
	bool is_locked; /* by whoever uses the interface */
	bool is_busy; /* locked by someone else */
	struct buf log; /* "create a/b\n", ... for each change, and "flush\n" */
	/* Called at each flush, for tests that change the disk behind the back of a plan. */
	void (*at_flush)(struct fs_memory *memory);
};

/* An empty disk, and the interface to it. */
void fs_memory_init(struct fs_memory *memory, struct arena *arena, struct fs *fs);

/* Puts something there, replacing what was, parents included. These do not count as calls. */
void fs_memory_file(struct fs_memory *memory, const char *path, const char *content);
void fs_memory_put(struct fs_memory *memory, const char *path, enum fs_kind kind);
void fs_memory_mode(struct fs_memory *memory, const char *path, unsigned mode);

/* NULL: nothing is there. */
struct fs_entry *fs_memory_find(struct fs_memory *memory, struct str path);

/* From now on, the n-th call fails with this errno value; n = 0: none does. */
void fs_memory_fail(struct fs_memory *memory, size_t n, int error);
/* As above, and nothing works after it: what a killed process leaves behind. */
void fs_memory_die(struct fs_memory *memory, size_t n);

/* All that is on the disk, sorted: kind, mode, path and content. Equal texts, equal disks. */
struct str fs_memory_dump(const struct fs_memory *memory);

#endif

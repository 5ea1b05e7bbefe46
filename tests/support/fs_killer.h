/* A disk on which the process dies at the n-th call: what no cleaning up can follow. */
#ifndef SUPPORT_FS_KILLER_H
#define SUPPORT_FS_KILLER_H

#include "base/fs.h"

enum fs_killer_moment {
	KILL_BEFORE, /* the call does nothing */
	KILL_WITHIN, /* a file that is created gets half of its content; others as KILL_AFTER */
	KILL_AFTER,
};

struct fs_killer {
	const struct fs *fs; /* what the calls go to */
	size_t calls; /* so far */
	size_t die_at; /* in this call, from 1 */
	enum fs_killer_moment moment;
};

/* The interface to it. The killer's members are set by the caller. */
struct fs fs_killer_open(struct fs_killer *killer);

#endif

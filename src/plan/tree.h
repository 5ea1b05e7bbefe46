/* The disk as plan_make looks at it: each directory is listed once. */
#ifndef PLAN_TREE_H
#define PLAN_TREE_H

#include "base/fs.h"
#include "base/map.h"
#include "plan/plan.h"

/* What stands where an output shall go. */
struct place {
	bool is_file; /* a plain file; false without a refusal: nothing */
	enum refusal refusal;
	struct str culprit; /* of a refusal: the path that is in the way */
	int error; /* errno value of REFUSAL_UNREADABLE */
};

struct tree {
	struct arena *arena;
	const struct fs *fs;
	struct map directories; /* path -> struct directory */
	struct directory *root;
	struct str *leftovers; /* paths with a staged name in the directories that were listed */
	size_t leftover_count;
	size_t leftover_capacity;
};

/* 0, or an errno value when the root cannot be listed. */
int tree_init(struct tree *tree, struct arena *arena, const struct fs *fs);

/* The path must be free of faults, and live as long as the tree. */
struct place tree_find(struct tree *tree, struct str path);

#endif

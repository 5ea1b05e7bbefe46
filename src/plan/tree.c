#include "plan/tree.h"

#include <stdlib.h>

#include "plan/paths.h"

struct directory {
	struct str path;
	bool exists;
	struct place place; /* its refusal is that of all below */
	struct str *names;
	size_t count;
	struct map folded; /* names by path_fold */
};

static int
by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int
load(struct tree *tree, struct directory *directory)
{
	int error = tree->fs->list(tree->fs->self, tree->arena, directory->path, &directory->names,
				   &directory->count);

	if (error != 0)
		return error;
	map_init(&directory->folded, tree->arena);
	for (size_t i = 0; i < directory->count; i++) {
		struct str *name = &directory->names[i];

		map_add(&directory->folded, path_fold(tree->arena, *name), name);
		if (!path_is_staged(*name))
			continue;
		tree->leftovers = arena_grow(tree->arena, tree->leftovers, tree->leftover_count,
					     &tree->leftover_capacity, sizeof(*tree->leftovers));
		tree->leftovers[tree->leftover_count++] =
			path_join(tree->arena, directory->path, *name);
	}
	return 0;
}

int
tree_init(struct tree *tree, struct arena *arena, const struct fs *fs)
{
	*tree = (struct tree){.arena = arena, .fs = fs};
	map_init(&tree->directories, arena);
	tree->root = ARENA_NEW(arena, struct directory);
	tree->root->exists = true;
	return load(tree, tree->root);
}

/* What stands at a path in a directory that exists. FS_NONE, too, where *place is a refusal. */
static enum fs_kind
look(struct tree *tree, const struct directory *directory, struct str path, struct place *place)
{
	struct str name = path_name(path);
	const struct str *similar;
	enum fs_kind kind;

	*place = (struct place){.culprit = path};
	if (directory->count > 0 &&
	    bsearch(&name, directory->names, directory->count, sizeof(name), by_name) != NULL) {
		kind = tree->fs->kind(tree->fs->self, path, &place->error);
		if (kind == FS_ERROR)
			place->refusal = REFUSAL_UNREADABLE;
		if (kind == FS_SYMLINK)
			place->refusal = REFUSAL_SYMLINK;
		return kind;
	}
	similar = map_get(&directory->folded, path_fold(tree->arena, name));
	if (similar != NULL) {
		place->refusal = REFUSAL_CASE;
		place->culprit = path_join(tree->arena, directory->path, *similar);
	}
	return FS_NONE;
}

static struct directory *
enter(struct tree *tree, const struct directory *parent, struct str path)
{
	struct directory *directory = ARENA_NEW(tree->arena, struct directory);
	enum fs_kind kind;

	directory->path = path;
	if (!parent->exists || parent->place.refusal != REFUSAL_NONE) {
		directory->place = parent->place;
		return directory;
	}
	kind = look(tree, parent, path, &directory->place);
	if (kind == FS_FILE || kind == FS_OTHER)
		directory->place.refusal = REFUSAL_PARENT;
	if (kind != FS_DIRECTORY)
		return directory;
	directory->exists = true;
	directory->place.error = load(tree, directory);
	if (directory->place.error != 0)
		directory->place.refusal = REFUSAL_UNREADABLE;
	return directory;
}

struct place
tree_find(struct tree *tree, struct str path)
{
	struct str parent = path_parent(path);
	struct directory *directory = tree->root;
	struct place place;
	enum fs_kind kind;

	for (size_t len = 0; len < parent.len;) {
		struct directory *next;
		struct str prefix;

		len = path_step(parent, len);
		prefix = str_slice(parent, 0, len);
		next = map_get(&tree->directories, prefix);
		if (next == NULL)
			next = map_add(&tree->directories, prefix, enter(tree, directory, prefix));
		directory = next;
	}
	if (!directory->exists || directory->place.refusal != REFUSAL_NONE)
		return directory->place;
	kind = look(tree, directory, path, &place);
	place.is_file = kind == FS_FILE;
	if (kind == FS_DIRECTORY || kind == FS_OTHER)
		place.refusal = REFUSAL_FILE_TYPE;
	return place;
}

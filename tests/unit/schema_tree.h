/* A JSON Schema, read back. */
#ifndef UNIT_SCHEMA_TREE_H
#define UNIT_SCHEMA_TREE_H

#include "schema_run.h"

#include <cjson/cJSON.h>

/* The schema as a tree; the arena releases it. */
static inline void
release_tree(void *tree)
{
	cJSON_Delete(tree);
}

static inline const cJSON *
schema_of(struct run *run, const struct schema_source *source)
{
	struct buf out;
	cJSON *tree;

	buf_init(&out, &run->arena);
	schema_write_json(&run->arena, source, &out);
	tree = cJSON_ParseWithLength(out.at, out.len);
	assert_non_null(tree);
	arena_defer(&run->arena, release_tree, tree);
	return tree;
}

#endif

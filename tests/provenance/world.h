/* A directory with a spec, whose outputs are rendered with provenance. */
#ifndef PROVENANCE_WORLD_H
#define PROVENANCE_WORLD_H

#include "bzlmodgen/bzlmodgen.h"

struct world {
	struct arena *arena;
	struct diags diags;
	struct fs fs;
	struct run run;
	struct str text; /* of bzlmodgen.yaml */
};

/* Ends the program, with a message, where there is no spec. */
void world_open(struct world *world, struct arena *arena, const char *directory);
/* What this text makes as the directory's spec; false: it has errors, which are in `diags`. */
bool world_render(struct world *world, struct str text, struct outputs *outputs);
/* The whole file; ends the program where it cannot be read. */
struct str world_read(struct arena *arena, const char *path);

#endif

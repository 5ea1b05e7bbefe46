/* Facts to bytes: which template makes which path. */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H

#include "facts/facts.h"

/* A rendered file. */
struct rendered {
	struct str path;
	struct str content;
	struct span origin;
	bool is_optional; /* a hand-written file in its place will do */
	bool has_header;
};

/*
 * Renders every output of the facts, in their order. `overlay` (may be NULL) holds templates that
 * replace the shipped ones, by name. `*items` is an array of facts->outputs.count. False: an error
 * is recorded, with its place in the template.
 */
bool output_render(struct arena *arena, struct diags *diags, const struct fs *overlay,
		   const struct facts *facts, struct rendered **items);

#endif

/* Facts to bytes: which template makes which path. */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H

#include "facts/facts.h"

/* A rendered file. */
struct rendered {
	struct str path;
	struct str content;
	struct span origin;
	struct str included_by; /* the user's file that must include() it; empty: none */
	bool is_optional; /* a hand-written file in its place will do */
};

/*
 * Renders every output of the facts, in their order. `overlay` (may be NULL) holds templates that
 * replace the shipped ones, by name. `*items` is an array of facts->outputs.count. False: an error is
 * recorded, with its place in the template.
 */
bool output_render(struct arena *arena, struct diags *diags, const struct fs *overlay,
		   const struct facts *facts, struct rendered **items);

#endif

/* Facts to bytes: which template makes which path. */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H

#include "facts/facts.h"
#include "output/provenance.h"

/* A rendered file. */
struct rendered {
	struct str path;
	struct str content;
	struct span origin;
	struct str included_by; /* the user's file that must include() it; empty: none */
	bool is_optional; /* a hand-written file in its place will do */
	const struct provenance *provenance; /* NULL: it was not asked for */
};

/* What else rendering is told. */
struct output_options {
	const struct fs *overlay; /* templates that replace the shipped ones, by name; or NULL */
	bool provenance; /* records which bytes came from where */
};

/*
 * Renders every output of the facts, in their order. `*items` is an array of facts->outputs.count.
 * False: an error is recorded, with its place in the template.
 */
bool output_render(struct arena *arena, struct diags *diags, const struct facts *facts,
		   const struct output_options *options, struct rendered **items);

#endif

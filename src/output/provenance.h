/*
 * Which bytes of an output came from which place of the spec. Recorded while the output is
 * rendered, if at all; looked at when the file on disk turns out to differ.
 */
#ifndef OUTPUT_PROVENANCE_H
#define OUTPUT_PROVENANCE_H

#include "yaml/yaml.h"

/* The bytes from <= byte < to. There are several for each value: keep it small. */
struct provenance_mark {
	uint32_t from, to;
	uint32_t line, column, width; /* of a span */
};

struct provenance {
	const struct source *source; /* that the marks point into */
	const struct node *root; /* its tree */
	/* As struct trace says: by their ends, and of those that end alike the inner ones first.
	 * Two of them are apart, or one contains the other. */
	const struct provenance_mark *marks;
	size_t count;
};

struct provenance_recorder {
	struct arena *arena;
	const struct source *source;
	struct provenance_mark *marks;
	size_t count;
	size_t capacity;
};

/* For struct trace; `self` is a recorder. Ranges from other sources are left out. */
void provenance_mark(void *self, size_t from, size_t to, struct span origin);
struct span provenance_span(const struct provenance *provenance,
			    const struct provenance_mark *mark);

/* ---- looking up ---- */

/* The marks as a tree. */
struct provenance_index {
	const struct provenance *provenance;
	uint32_t *parents; /* of each mark: the next one around it, or `count` */
};

void provenance_index_init(struct provenance_index *index, struct arena *arena,
			   const struct provenance *provenance);
/* The innermost mark that contains the range, which is not empty; NULL: none does. */
const struct provenance_mark *provenance_find(const struct provenance_index *index, size_t from,
					      size_t to);
/* The next mark around it, or NULL. */
const struct provenance_mark *provenance_parent(const struct provenance_index *index,
						const struct provenance_mark *mark);
/* The outermost of the first marks within the range; NULL: there are none. */
const struct provenance_mark *provenance_within(const struct provenance_index *index, size_t from,
						size_t to);

#endif

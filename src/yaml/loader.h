/* Between the files of this stage. */
#ifndef YAML_LOADER_H
#define YAML_LOADER_H

#include <yaml.h>

#include "base/map.h"
#include "diag/cursor.h"
#include "yaml/yaml.h"

/* What must be given back even when the arena escapes. */
struct reader {
	yaml_parser_t parser;
	yaml_event_t event;
	bool has_parser;
	bool has_event;
	struct arena scratch; /* what only this stage needs */
};

struct anchor {
	struct str name;
	struct anchor *older; /* the one defined before, of any name */
	struct node node;
	struct span span; /* where the anchor itself stands */
	size_t weight; /* nodes that an alias to it stands for */
	bool is_open; /* a collection that is being read */
};

/* What an anchor's name stands for; a name may be defined again. */
struct anchor_name {
	struct anchor *latest;
};

/* A collection that is being read. */
struct frame {
	struct node node;
	struct anchor *anchor; /* or NULL */
	size_t first; /* its first child in `pending` */
	size_t visited; /* before it */
};

/* Room for texts. */
struct chunk {
	char *at;
	size_t len;
};

struct loader {
	struct arena *arena;
	struct diags *diags;
	const struct source *source;
	const struct yaml_limits *limits;
	struct reader *reader;
	struct cursor cursor;
	struct map names; /* to struct anchor_name */
	struct anchor *anchors;
	struct frame *frames;
	size_t depth;
	size_t frames_capacity;
	struct node *pending; /* children of all open collections */
	size_t count;
	size_t pending_capacity;
	size_t visited;
	size_t key_errors; /* after which the tree can be used all the same */
	bool is_complete; /* the document came to its end */
	struct chunk chunk;
};

/* Checks the bytes and the directives before libyaml sees them. False: an error is recorded. */
bool input_check(struct loader *loader);
/* Checks that nothing but comments follows from the mark on. */
void input_check_end(struct loader *loader, yaml_mark_t mark);
/* The text that libyaml reads: without a BOM. */
struct str input_text(const struct source *source);

/* Checks a mapping whose children are complete, and takes out the entries whose key is wrong. */
void keys_check(struct loader *loader, struct node *mapping);

/* Records what libyaml found wrong. */
void syntax_report(struct loader *loader);

/* From libyaml's marks, which count lines and code points from 0. */
struct span span_at(const struct loader *loader, yaml_mark_t mark, uint32_t width);

#endif

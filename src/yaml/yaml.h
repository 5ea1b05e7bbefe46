/*
 * The spec as a tree with positions. libyaml scans; this stage keeps what later stages need and
 * refuses what they should never see: tags, several documents, duplicate keys, keys that are not
 * text, bytes that are not UTF-8, and input built to exhaust time or memory.
 */
#ifndef YAML_YAML_H
#define YAML_YAML_H

#include "diag/diag.h"

enum node_kind {
	NODE_SCALAR,
	NODE_SEQUENCE,
	NODE_MAPPING,
};

enum node_style {
	NODE_PLAIN, /* scalar without quotes */
	NODE_QUOTED, /* '...' or "..." */
	NODE_LITERAL, /* | or > */
	NODE_FLOW, /* [...] or {...} */
	NODE_BLOCK,
};

/* There are as many as the spec has values, and fresh memory is what a load mostly pays for: keep
 * it small. */
struct node {
	/*
	 * Of an alias: where the anchored node stands. The width covers the text as written, with
	 * quotes, or its first line; of `|` and `>` the indicator; of a collection in brackets the
	 * whole where it is on one line; else it is 1. Nothing written (`key:`) has width 0.
	 */
	struct span span;
	enum node_kind kind : 8;
	enum node_style style : 8;
	unsigned is_cut : 8; /* a mapping lacks entries, since their keys were wrong */
	uint32_t count; /* of children; twice the number of a mapping's entries */
	struct str text; /* of a scalar, unescaped */
	struct node *children; /* contiguous; of a mapping: key, value, key, value, ... */
};

struct yaml_limits {
	size_t bytes; /* of the text */
	size_t depth; /* of nesting */
	size_t nodes; /* visited, with every alias counted as what it stands for */
	size_t scalar; /* bytes of one scalar */
};

/* 64 MiB, depth 64 (libyaml 0.2.5 is quadratic in flow depth), 8 million nodes, 1 MiB. */
extern const struct yaml_limits yaml_default_limits;

/*
 * Reads one document. `source->text` is the file as read; a BOM is skipped and CRLF accepted. The
 * tree lives in `arena` and does not point into the text. An empty document gives an error. False:
 * at least one error is recorded, and *root is set only (its span has a source then) where nothing
 * but keys is wrong: twice there, or no text. Their entries are not in the tree; of equal keys the
 * first is.
 *
 * Once the file is well-formed, every other mistake is reported in one run; one that concerns
 * bytes, directives or limits ends it. `<<` is a key like any other. Uses arena_defer, so it must
 * not be called between an arena_mark of `arena` and its reset.
 */
bool yaml_load(struct arena *arena, struct diags *diags, const struct source *source,
	       const struct yaml_limits *limits, struct node *root);

static inline bool
node_is_mapping(const struct node *node)
{
	return node->kind == NODE_MAPPING;
}

/* The value of a key, or NULL. Walks the mapping: for the few fixed keys of a known node only. */
const struct node *node_get(const struct node *mapping, struct str key);
/* A plain scalar that YAML 1.2 reads as null: empty, ~ or null. */
bool node_is_null(const struct node *node);
/* "text", "a list", "a mapping": for messages. */
const char *node_kind_name(const struct node *node);

#endif

/*
 * Names for the places of a spec, as its writer would call them:
 *
 *     crates.specs.serde.version            keys, from the top
 *     rust.extra_target_triples[1]          items of lists, from 0
 *     packages.app[rust_binary server].env  targets, by rule and name
 *     raw."MODULE.bazel"                    in quotes: what is more than letters, digits, _, - and
 * /
 *
 * schema_explain takes such names.
 */
#ifndef SCHEMA_KEYS_H
#define SCHEMA_KEYS_H

#include "schema/schema.h"

/* A value that has a name: of a key, or an item of a list. */
struct key {
	struct key *parent; /* NULL: the root */
	const struct node *name; /* what was written as the key; NULL: an item, or the root */
	const struct node *value;
	uint32_t index; /* of an item */
	bool is_target; /* an item that is named by the first key in it */
	bool is_named; /* `text` is filled in */
	struct str text;
};

struct key_place;

/* Of one tree. */
struct keys {
	struct arena *arena;
	struct key_place *places; /* by position */
	size_t count;
	size_t capacity;
};

/*
 * Walks the tree once; `type` is that of its root. What an alias repeats is named by where it is
 * written. The tree must live as long as the keys.
 */
void keys_init(struct keys *keys, struct arena *arena, const struct node *root,
	       const struct record_type *type);
/* The key whose name or value stands at this place of the tree; NULL: none does. */
struct key *keys_find(const struct keys *keys, struct span span);
/* Empty for the root. */
struct str keys_name(const struct keys *keys, struct key *key);
/* Where to look for it: its name, or for a text or what stands in brackets the value. */
struct span keys_span(const struct key *key);
/* How many keys it stands in; 0: the root. */
size_t keys_depth(const struct key *key);
/* The innermost that holds both, or is one of them. */
struct key *keys_common(struct key *a, struct key *b);
/* Whether `key` is `holder`, or stands in it. */
bool keys_is_within(const struct key *key, const struct key *holder);

/* A name as it is printed here, without what only the user's own spec knows: indices, names of
 * targets, quotes. */
struct str keys_plain(struct arena *arena, struct str name);

#endif

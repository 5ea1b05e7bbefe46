/*
 * Starlark expressions as generated files need them. A value remembers the place in the spec that
 * it came from, so that a line of an output can be traced back.
 */
#ifndef STARLARK_VALUE_H
#define STARLARK_VALUE_H

#include "diag/diag.h"

enum value_kind {
	VALUE_NONE, /* None */
	VALUE_BOOL, /* True, False */
	VALUE_INT,
	VALUE_STRING,
	VALUE_NAME, /* an identifier, printed as it is */
	VALUE_LIST,
	VALUE_DICT,
	VALUE_CALL, /* text(arguments...); with empty text just the argument list: (...) */
	VALUE_SUM, /* items joined by +; a sum in a sum is printed without parentheses */
};

struct value;

/* One item of a list, dict, call or sum. */
struct value_item {
	struct str name; /* call: keyword, ** for **value, or empty: positional */
	const struct value *key; /* dict only */
	const struct value *value;
};

/* There are several for every value of a spec: keep it small. */
struct value {
	enum value_kind kind;
	uint32_t count; /* of items; 0 for what has none */
	struct span origin; /* may have no source */
	struct str text; /* string, name, or the called function */
	union {
		bool boolean;
		long long integer;
		struct value_item *items;
	};
	struct arena *arena;
	uint32_t capacity; /* of items; value_append enlarges it from the arena */
};

struct value *value_none(struct arena *arena, struct span origin);
struct value *value_bool(struct arena *arena, struct span origin, bool boolean);
struct value *value_int(struct arena *arena, struct span origin, long long integer);
struct value *value_string(struct arena *arena, struct span origin, struct str text);
struct value *value_name(struct arena *arena, struct span origin, struct str text);
/* Lists, dicts, calls and sums start empty with room for `capacity` items (a hint: value_append
 * finds more where needed). A sum without items prints as []. */
struct value *value_list(struct arena *arena, struct span origin, size_t capacity);
struct value *value_dict(struct arena *arena, struct span origin, size_t capacity);
struct value *value_call(struct arena *arena, struct span origin, struct str function,
			 size_t capacity);
struct value *value_sum(struct arena *arena, struct span origin, size_t capacity);
void value_append(struct value *value, struct value_item item);

/* Short forms of value_append. `name` may be empty: a positional argument. */
void value_add(struct value *list, const struct value *item);
void value_add_entry(struct value *dict, const struct value *key, const struct value *value);
void value_add_argument(struct value *call, struct str name, const struct value *value);

#endif

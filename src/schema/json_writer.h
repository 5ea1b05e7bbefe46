/*
 * What the halves of the JSON Schema share: records (json_schema.c), and attributes and targets
 * (json_targets.c). Everything is hung into the tree as soon as it is made, so that the root owns
 * it all, and a lack of memory ends as one of the arena's (json_writer.c).
 */
#ifndef SCHEMA_JSON_WRITER_H
#define SCHEMA_JSON_WRITER_H

#include <cjson/cJSON.h>

#include "schema/rows.h"

/* How far the value of an attribute may go. */
enum json_use {
	JSON_PLAIN, /* literals: tags, directives */
	JSON_JOINED, /* {glob} and {concat}, too */
	JSON_CHOSEN, /* {select}, too */
};

enum { JSON_USES = JSON_CHOSEN + 1, JSON_TYPES = ATTRIBUTE_INT_LIST + 1 };

/* A record that has, or is going to have, a definition. */
struct json_record {
	const struct record_type *type;
	struct str id;
};

struct json_writer {
	struct arena *arena;
	const struct schema_source *schema;
	cJSON *definitions;
	struct json_record *records;
	size_t record_count;
	size_t record_capacity;
	bool has_value[JSON_TYPES][JSON_USES]; /* what is defined so far */
};

/* ---- json_writer.c; a NULL key appends to an array ---- */

/* "a bazel_deps entry" as "bazel_deps_entry", terminated. */
struct str json_id(struct arena *arena, const char *name);
/* Out of memory: leaves the way that the arena does. */
_Noreturn void json_exhausted(struct json_writer *w);
/* Hangs in what cJSON made. */
cJSON *json_add(struct json_writer *w, cJSON *parent, const char *key, cJSON *item);
cJSON *json_object(struct json_writer *w, cJSON *parent, const char *key);
cJSON *json_array(struct json_writer *w, cJSON *parent, const char *key);
void json_text(struct json_writer *w, cJSON *parent, const char *key, struct str text);
/* {"$ref": "#/definitions/ID"}. Draft-07 ignores what stands beside it ... */
void json_ref(struct json_writer *w, cJSON *object, struct str id);
/* ... but not beside this. */
void json_all_of(struct json_writer *w, cJSON *object, struct str id);
/* The words of "a|b|c"; a number among them may stand without quotes, too. */
void json_words(struct json_writer *w, cJSON *object, const char *values);
/* As an editor sees a value in YAML. */
void json_node(struct json_writer *w, cJSON *parent, const char *key, const struct node *node);

/* ---- json_schema.c ---- */

/* What a field accepts, without words about it ... */
void json_field_value(struct json_writer *w, const struct field *field, cJSON *into);
/* ... and with them. */
void json_field(struct json_writer *w, const struct field *field, cJSON *properties);

/* ---- json_targets.c ---- */

/* One property for each name, and the names that are needed whatever the version. */
void json_attributes(struct json_writer *w, const struct rows *rows, bool of_target,
		     cJSON *properties, cJSON *required);
/* The definition `target` and those that it refers to. */
void json_targets(struct json_writer *w);

#endif

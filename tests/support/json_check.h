/* JSON against JSON Schema (draft-07), for the formats that the program writes. */
#ifndef SUPPORT_JSON_CHECK_H
#define SUPPORT_JSON_CHECK_H

#include <cjson/cJSON.h>

#include "base/arena.h"

/*
 * NULL, or where what is wrong. Stricter than the standard in two ways, so that nothing goes
 * unchecked: a keyword that is not known here is a fault, and so is a member that the schema does
 * not name, unless `additionalProperties` is a schema.
 */
const char *json_check(struct arena *arena, const cJSON *schema, const cJSON *value);

/* Parses; ends the test when it is not JSON. Released with the arena. */
cJSON *json_parse(struct arena *arena, struct str text);
/* The same of a file. */
cJSON *json_read(struct arena *arena, const char *path);

/* What a path of names and numbers leads to ("runs.0.results"); NULL where it leads nowhere. */
cJSON *json_at(cJSON *value, const char *path);
/* The text there; ends the test when there is none. */
const char *json_text_at(cJSON *value, const char *path);

#endif

/* Scalars by their declared type; shared by records and attributes. */
#ifndef SCHEMA_SCALAR_H
#define SCHEMA_SCALAR_H

#include "schema/schema.h"

/* No NUL, which no output can hold. Records an error otherwise. */
bool scalar_is_clean(const struct decoder *decoder, const struct node *node);
/* `true` and `false` alone. */
bool scalar_bool(const struct decoder *decoder, const char *name, const struct node *node,
		 bool *is_on);
/* Decimal, with an optional minus. */
bool scalar_int(const struct decoder *decoder, const char *name, const struct node *node,
		long long *value);
/* One of the words of "a|b|c". */
bool scalar_choice(const struct decoder *decoder, const char *name, const char *values,
		   const struct node *node);
/* Whether plain text is a decimal number that fits; the value where it is. */
bool scalar_is_int(struct str text, long long *value);
/* A text for messages that show YAML: in double quotes where it stood in quotes. */
struct str scalar_as_written(struct arena *arena, const struct node *node);
/* "'a', 'b' or 'c'" */
struct str choice_text(struct arena *arena, const char *values);

#endif

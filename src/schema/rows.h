/* Rows of attributes as the writers of schema and documentation see them. */
#ifndef SCHEMA_ROWS_H
#define SCHEMA_ROWS_H

#include "schema/schema.h"

/* Rows by name; those of one name, for different versions, stand side by side, oldest first. */
struct rows {
	const struct attribute **items;
	size_t count;
};

/* The further keys that a record takes. None where its `rest` is NULL. */
struct rows rows_of_record(struct arena *arena, const struct record_type *type);
/* The attributes of a rule but those that keys of every target stand for. */
struct rows rows_of_rule(struct arena *arena, const struct schema_source *schema,
			 const struct schema_rule *rule);
/* The same of one group of attributes. */
struct rows rows_of_group(struct arena *arena, const struct schema_source *schema,
			  const struct attribute *group);
/* How many rows from `first` on have its name. */
size_t rows_alike(const struct rows *rows, size_t first);
/* "from 0.57.0", "from 0.54.0 to 0.56.0", "up to 0.69.0"; empty for all versions. */
struct str rows_versions(struct arena *arena, const char *since, const char *last);
/* The rule of that name, or NULL. */
const struct schema_rule *rows_rule(const struct schema_source *schema, struct str name);

#endif

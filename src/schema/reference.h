/* What `explain` and the page on the spec have in common. */
#ifndef SCHEMA_REFERENCE_H
#define SCHEMA_REFERENCE_H

#include "schema/rows.h"

/* Where a record first stands: "crates.specs.NAME", "toolchains[]"; empty for the root. */
struct section {
	const struct record_type *type;
	struct str path;
};

struct sections {
	struct section *items;
	size_t count;
	size_t capacity;
};

/* Every record once, the root first, each before those that it holds. */
struct sections reference_sections(struct arena *arena, const struct record_type *root);
/* What a field accepts; `mapping` stands for its records: "a mapping", or a link to them. */
struct str reference_takes(struct arena *arena, const struct field *field, struct str mapping);
/* What an attribute accepts. */
struct str reference_attribute_takes(struct arena *arena, const struct attribute *row);
/* "`a`, `b` or `c`" */
struct str reference_words(struct arena *arena, const char *values);
/* What a rule is part of: "rules_rust, from 0.57.0"; empty for those of Bazel. */
struct str reference_origin(struct arena *arena, const struct schema_rule *rule);

#endif

/* The tables of a spec, put together for what is made from them: JSON Schema, `explain`, docs. */
#ifndef SPEC_TABLES_SOURCE_H
#define SPEC_TABLES_SOURCE_H

#include "schema/schema.h"

/* All keys, and all rules of the catalogue besides `rule` and `exports_files`. */
struct schema_source spec_tables_source(struct arena *arena);

#endif

/* What the values of a spec look like that facts/ reads; named in the field tables. */
#ifndef SPEC_SHAPES_H
#define SPEC_SHAPES_H

#include "schema/schema.h"

extern const struct shape shape_attributes;
extern const struct shape shape_crates;
extern const struct shape shape_repositories;
extern const struct shape shape_tags;
extern const struct shape shape_targets;
extern const struct shape shape_visibility;

#endif

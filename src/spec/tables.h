/* Tables of parts of the spec that fill files of their own. */
#ifndef SPEC_TABLES_H
#define SPEC_TABLES_H

#include "spec/spec.h"

extern const struct record_type rust_type;
extern const struct record_type crates_type;

#endif

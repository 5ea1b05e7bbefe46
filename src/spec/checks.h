/* Checks that look at more than one key. Each is a row: what it needs, and the function. */
#ifndef SPEC_CHECKS_H
#define SPEC_CHECKS_H

#include "spec/spec.h"

/* Runs every check whose part of the spec is there. False: at least one error is recorded. */
bool spec_check(const struct decoder *decoder, const struct spec *spec);

#endif

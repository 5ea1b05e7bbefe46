/* Character sets that names and labels share; private to this folder. */
#ifndef STARLARK_CHARACTERS_H
#define STARLARK_CHARACTERS_H

#include "base/str.h"

/* Whether all of s are ASCII letters, digits, or among `others`. */
bool characters_are(struct str s, const char *others);
/* True for the empty string, too. */
bool characters_are_dots(struct str s);
bool characters_are_digits(struct str s);

#endif

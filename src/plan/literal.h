/* Literals in single lines of Starlark; private to plan/. */
#ifndef PLAN_LITERAL_H
#define PLAN_LITERAL_H

#include "base/arena.h"

/* A part of a line, from <= byte < to. */
struct part {
	size_t from, to;
};

/*
 * The part enlarged so that it begins and ends with whole tokens: strings, words, and single
 * characters. Text that is no Starlark has tokens, too.
 */
struct part literal_tokens(struct str line, struct part part);
/* Whether the text is one literal and nothing else: a string, a whole number, True, False or None.
 * *value is what it says, without quotes and escapes. */
bool literal_value(struct arena *arena, struct str text, struct str *value);

#endif

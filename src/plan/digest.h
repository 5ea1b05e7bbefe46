/* SHA-256, written as the manifest has it. */
#ifndef PLAN_DIGEST_H
#define PLAN_DIGEST_H

#include "base/arena.h"

enum { DIGEST_LENGTH = 64 };

/* 64 lower-case hex digits. */
struct str digest_of(struct arena *arena, struct str text);
/* Whether a text has the form of one. */
bool digest_is_sound(struct str digest);

#endif

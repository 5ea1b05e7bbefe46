/*
 * Memory of one run: everything is allocated from an arena and released with it. An arena never
 * returns NULL; when its limit or the system's memory is reached, it jumps to `escape`, which the
 * caller of the library's entry point has set. What is not memory (a libyaml parser, a file
 * descriptor) is released through arena_defer, so that a jump leaks nothing.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "base/str.h"

struct arena_block;
struct arena_cleanup;

struct arena {
	struct arena_block *block;
	struct arena_cleanup *cleanups;
	size_t used; /* bytes taken from the system so far */
	size_t limit; /* bytes that may be taken at most */
	jmp_buf *escape;
};

/* A place to return to; see arena_reset. */
struct arena_mark {
	struct arena_block *block;
	size_t fill;
};

/* `escape` must stay valid as long as the arena is used. `limit` is in bytes. */
void arena_init(struct arena *arena, size_t limit, jmp_buf *escape);
/* Runs the deferred calls, newest first, then gives all memory back. */
void arena_free(struct arena *arena);

/* Zeroed, aligned for any type. A size of 0 is allowed. */
void *arena_alloc(struct arena *arena, size_t size);
/* As arena_alloc for count * size bytes; an overflow counts as exhaustion. */
void *arena_array(struct arena *arena, size_t count, size_t size);
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

/*
 * Room for one more item in a growing array: returns `items`, moved if need be, with
 * *capacity > count. The old memory stays valid until the arena is released.
 */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);

/*
 * Whether memory that was allocated last, and with `size` bytes, could be made `larger` bytes where
 * it is. False leaves it as it was. What is added is zeroed.
 */
bool arena_extend(struct arena *arena, void *at, size_t size, size_t larger);

/* The copy is followed by a NUL that is not counted, so it may be handed to the system. */
struct str arena_str(struct arena *arena, struct str s);
struct str arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct str arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Everything allocated after the mark was taken is given back by arena_reset (poisoned under
 * ASan). Deferred calls are not affected: do not defer between a mark and its reset. */
struct arena_mark arena_mark(const struct arena *arena);
void arena_reset(struct arena *arena, struct arena_mark mark);

/* Calls release(object) when the arena is freed. */
void arena_defer(struct arena *arena, void (*release)(void *), void *object);

#endif

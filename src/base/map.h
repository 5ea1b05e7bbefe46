/* A hash table from strings to pointers, in an arena. Keys are not copied. Nothing iterates over
 * it, so that hash order can reach no output. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

struct map_slot;

struct map {
	struct arena *arena;
	struct map_slot *slots;
	size_t capacity;
	size_t count;
};

void map_init(struct map *map, struct arena *arena);
/* Makes room for so many keys at once, in a map that has none yet. */
void map_reserve(struct map *map, size_t count);
/* The value, or NULL. */
void *map_get(const struct map *map, struct str key);
/* Sets the value (not NULL) unless the key is there; returns the value that the key then has. */
void *map_add(struct map *map, struct str key, void *value);

#endif

#include "base/map.h"

struct map_slot {
	uint64_t hash;
	struct str key;
	void *value; /* NULL: free */
};

void
map_init(struct map *map, struct arena *arena)
{
	*map = (struct map){.arena = arena};
}

/* The slot that holds the key, or the free one where it belongs. */
static struct map_slot *
slot_of(struct map_slot *slots, size_t capacity, struct str key, uint64_t hash)
{
	size_t at = hash & (capacity - 1);
	/* odd, so that it visits every slot; from other bits than the place, so that keys which
	 * were made to share a place part ways */
	size_t step = (size_t)(hash >> 32) | 1;

	while (slots[at].value != NULL && (slots[at].hash != hash || !str_eq(slots[at].key, key)))
		at = (at + step) & (capacity - 1);
	return &slots[at];
}

void *
map_get(const struct map *map, struct str key)
{
	if (map->count == 0)
		return NULL;
	return slot_of(map->slots, map->capacity, key, str_hash(key))->value;
}

static void
enlarge(struct map *map, size_t capacity)
{
	struct map_slot *slots = ARENA_ARRAY(map->arena, capacity, struct map_slot);

	for (size_t i = 0; i < map->capacity; i++) {
		const struct map_slot *old = &map->slots[i];

		if (old->value != NULL)
			*slot_of(slots, capacity, old->key, old->hash) = *old;
	}
	map->slots = slots;
	map->capacity = capacity;
}

void
map_reserve(struct map *map, size_t count)
{
	size_t capacity = 16;

	while (count >= capacity / 4 * 3)
		capacity *= 2;
	enlarge(map, capacity);
}

void *
map_add(struct map *map, struct str key, void *value)
{
	uint64_t hash = str_hash(key);
	struct map_slot *slot;

	if (map->count * 4 >= map->capacity * 3)
		enlarge(map, map->capacity == 0 ? 16 : map->capacity * 2);
	slot = slot_of(map->slots, map->capacity, key, hash);
	if (slot->value == NULL) {
		*slot = (struct map_slot){hash, key, value};
		map->count++;
	}
	return slot->value;
}

#include "starlark/value.h"

static struct value *
value_new(struct arena *arena, struct span origin, enum value_kind kind)
{
	struct value *value = ARENA_NEW(arena, struct value);

	value->kind = kind;
	value->origin = origin;
	value->arena = arena;
	return value;
}

static struct value *
value_with_items(struct arena *arena, struct span origin, enum value_kind kind, size_t capacity)
{
	struct value *value = value_new(arena, origin, kind);

	if (capacity > 0)
		value->items = ARENA_ARRAY(arena, capacity, struct value_item);
	value->capacity = (uint32_t)capacity;
	return value;
}

static struct value *
value_with_text(struct arena *arena, struct span origin, enum value_kind kind, struct str text)
{
	struct value *value = value_new(arena, origin, kind);

	value->text = text;
	return value;
}

struct value *
value_none(struct arena *arena, struct span origin)
{
	return value_new(arena, origin, VALUE_NONE);
}

struct value *
value_bool(struct arena *arena, struct span origin, bool boolean)
{
	struct value *value = value_new(arena, origin, VALUE_BOOL);

	value->boolean = boolean;
	return value;
}

struct value *
value_int(struct arena *arena, struct span origin, long long integer)
{
	struct value *value = value_new(arena, origin, VALUE_INT);

	value->integer = integer;
	return value;
}

struct value *
value_string(struct arena *arena, struct span origin, struct str text)
{
	return value_with_text(arena, origin, VALUE_STRING, text);
}

struct value *
value_name(struct arena *arena, struct span origin, struct str text)
{
	return value_with_text(arena, origin, VALUE_NAME, text);
}

struct value *
value_list(struct arena *arena, struct span origin, size_t capacity)
{
	return value_with_items(arena, origin, VALUE_LIST, capacity);
}

struct value *
value_dict(struct arena *arena, struct span origin, size_t capacity)
{
	return value_with_items(arena, origin, VALUE_DICT, capacity);
}

struct value *
value_call(struct arena *arena, struct span origin, struct str function, size_t capacity)
{
	struct value *value = value_with_items(arena, origin, VALUE_CALL, capacity);

	value->text = function;
	return value;
}

struct value *
value_sum(struct arena *arena, struct span origin, size_t capacity)
{
	return value_with_items(arena, origin, VALUE_SUM, capacity);
}

void
value_append(struct value *value, struct value_item item)
{
	size_t capacity = value->capacity;

	value->items =
		arena_grow(value->arena, value->items, value->count, &capacity, sizeof(item));
	value->capacity = (uint32_t)capacity;
	value->items[value->count++] = item;
}

void
value_add(struct value *list, const struct value *item)
{
	value_append(list, (struct value_item){.value = item});
}

void
value_add_entry(struct value *dict, const struct value *key, const struct value *value)
{
	value_append(dict, (struct value_item){.key = key, .value = value});
}

void
value_add_argument(struct value *call, struct str name, const struct value *value)
{
	value_append(call, (struct value_item){.name = name, .value = value});
}

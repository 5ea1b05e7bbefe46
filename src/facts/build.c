/* Small pieces that all parts build facts from. */
#include "facts/resolver.h"

void
list_add(struct resolver *r, struct list *list, void *item)
{
	/* the capacity is the next power of two, so that the list need not hold it */
	if ((list->count & (list->count - 1)) == 0) {
		size_t capacity = list->count == 0 ? 0 : list->count;

		list->items =
			arena_grow(r->arena, list->items, list->count, &capacity, sizeof(void *));
	}
	list->items[list->count++] = item;
}

void
texts_add(struct resolver *r, struct texts *texts, struct text text)
{
	if ((texts->count & (texts->count - 1)) == 0) {
		size_t capacity = texts->count;

		texts->items = arena_grow(r->arena, texts->items, texts->count, &capacity,
					  sizeof(*texts->items));
	}
	texts->items[texts->count++] = text;
}

void *
fact_new(struct resolver *r, const struct record_type *type, struct span origin)
{
	struct fact *fact = arena_alloc(r->arena, type->size);

	fact->type = type;
	fact->origin = origin;
	return fact;
}

void
arguments_init(struct resolver *r, struct arguments *arguments, struct span origin)
{
	/* as many as most tags and targets have; there is more where needed */
	arguments->call = value_call(r->arena, origin, STR(""), 4);
}

void
arguments_add(struct resolver *r, struct arguments *arguments, const char *name,
	      const struct value *value)
{
	(void)r;
	if (value != NULL)
		value_add_argument(arguments->call, str_from(name), value);
}

void
arguments_text(struct resolver *r, struct arguments *arguments, const char *name, struct text text)
{
	if (text_is_given(text))
		arguments_add(r, arguments, name, value_string(r->arena, text.span, text.str));
}

static struct value_item *
arguments_find(const struct arguments *arguments, const char *name)
{
	for (size_t i = 0; i < arguments->call->count; i++) {
		if (str_is(arguments->call->items[i].name, name))
			return &arguments->call->items[i];
	}
	return NULL;
}

const struct value *
arguments_get(const struct arguments *arguments, const char *name)
{
	const struct value_item *item = arguments_find(arguments, name);

	return item == NULL ? NULL : item->value;
}

void
arguments_set(struct arguments *arguments, const char *name, const struct value *value)
{
	struct value_item *item = arguments_find(arguments, name);

	if (item != NULL)
		item->value = value;
}

struct fact_call *
arguments_finish(struct resolver *r, const struct arguments *arguments, struct str function,
		 enum starlark_file file)
{
	struct fact_call *call = fact_new(r, &fact_call_type, arguments->call->origin);

	call->function = (struct text){function, arguments->call->origin};
	call->arguments = starlark_canonicalize(r->arena, function, arguments->call, file);
	return call;
}

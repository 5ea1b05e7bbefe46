#include "schema/rows.h"

#include <stdlib.h>
#include <string.h>

#include "starlark/starlark.h"

/* Older versions first; a row without `since` is as old as any. */
static int
compare_rows(const void *a, const void *b)
{
	const struct attribute *left = *(const struct attribute *const *)a;
	const struct attribute *right = *(const struct attribute *const *)b;
	int order = strcmp(left->name, right->name);

	if (order != 0 || (left->since == NULL && right->since == NULL))
		return order;
	if (left->since == NULL || right->since == NULL)
		return left->since == NULL ? -1 : 1;
	return bazel_compare_versions(str_from(left->since), str_from(right->since));
}

/* The rows of the groups, less what `type` has a field for and what `filled` names. */
static struct rows
collect(struct arena *arena, const struct attribute *const *groups, const struct record_type *type,
	const char *filled)
{
	struct rows rows = {0};
	size_t capacity = 0;

	for (; *groups != NULL; groups++) {
		for (const struct attribute *row = *groups; row->name != NULL; row++) {
			struct str name = str_from(row->name);

			if (record_field(type, name) != NULL ||
			    (filled != NULL && choice_index(filled, name) >= 0))
				continue;
			rows.items = arena_grow(arena, rows.items, rows.count, &capacity,
						sizeof(void *));
			rows.items[rows.count++] = row;
		}
	}
	if (rows.count > 1)
		qsort(rows.items, rows.count, sizeof(void *), compare_rows);
	return rows;
}

struct rows
rows_of_record(struct arena *arena, const struct record_type *type)
{
	const struct attribute *groups[] = {type->rest == NULL ? NULL : type->rest(), NULL};

	return collect(arena, groups, type, type->filled);
}

struct rows
rows_of_rule(struct arena *arena, const struct schema_source *schema,
	     const struct schema_rule *rule)
{
	return collect(arena, rule->attributes, schema->target, NULL);
}

struct rows
rows_of_group(struct arena *arena, const struct schema_source *schema,
	      const struct attribute *group)
{
	const struct attribute *groups[] = {group, NULL};

	return collect(arena, groups, schema->target, NULL);
}

size_t
rows_alike(const struct rows *rows, size_t first)
{
	size_t count = 1;

	while (first + count < rows->count &&
	       strcmp(rows->items[first + count]->name, rows->items[first]->name) == 0)
		count++;
	return count;
}

struct str
rows_versions(struct arena *arena, const char *since, const char *last)
{
	if (since == NULL && last == NULL)
		return STR("");
	if (last == NULL)
		return arena_printf(arena, "from %s", since);
	if (since == NULL)
		return arena_printf(arena, "up to %s", last);
	return arena_printf(arena, "from %s to %s", since, last);
}

const struct schema_rule *
rows_rule(const struct schema_source *schema, struct str name)
{
	for (const struct schema_rule *rule = schema->rules; rule->name != NULL; rule++) {
		if (str_is(name, rule->name))
			return rule;
	}
	return NULL;
}

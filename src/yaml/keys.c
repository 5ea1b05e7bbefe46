#include "yaml/loader.h"

/* Up to so many entries comparing all pairs is cheaper than a table. */
enum { FEW = 8 };

static bool
is_missing(const struct node *key)
{
	return key->kind == NODE_SCALAR && key->text.len == 0 && key->span.width == 0;
}

static bool
is_usable(const struct node *key)
{
	return key->kind == NODE_SCALAR && !is_missing(key);
}

static const struct node *
first_by_walking(const struct node *mapping, uint32_t at)
{
	for (uint32_t i = 0; i < at; i += 2) {
		const struct node *key = &mapping->children[i];

		if (is_usable(key) && str_eq(key->text, mapping->children[at].text))
			return key;
	}
	return &mapping->children[at];
}

/*
 * A table of the keys of one mapping. base/map would do, but growing it to the size of the largest
 * mapping of a spec touches several times the memory of this one.
 */
struct slot {
	uint32_t hash;
	uint32_t key; /* index into the children, plus 1; 0: free */
};

struct table {
	struct slot *slots;
	size_t mask;
};

static struct table
make_table(struct arena *arena, uint32_t children)
{
	size_t size = 16;

	/* two thirds full at most */
	while (size < (size_t)children / 4 * 3)
		size *= 2;
	return (struct table){ARENA_ARRAY(arena, size, struct slot), size - 1};
}

static const struct node *
first_in_table(struct table *table, const struct node *mapping, uint32_t at)
{
	struct str text = mapping->children[at].text;
	uint64_t full = str_hash(text);
	uint32_t hash = (uint32_t)full;
	size_t step = (size_t)(full >> 32) | 1;
	size_t i = hash & table->mask;

	for (; table->slots[i].key != 0; i = (i + step) & table->mask) {
		const struct node *key = &mapping->children[table->slots[i].key - 1];

		if (table->slots[i].hash == hash && str_eq(key->text, text))
			return key;
	}
	table->slots[i] = (struct slot){hash, at + 1};
	return &mapping->children[at];
}

static void
report_key(struct loader *loader, const struct node *key)
{
	if (key->kind != NODE_SCALAR)
		diag_add(loader->diags, DIAG_YAML_KEY, key->span, "%s cannot be a key",
			 node_kind_name(key));
	else if (is_missing(key))
		diag_add(loader->diags, DIAG_YAML_KEY, key->span, "a key is missing here");
}

/* Whether the key at an index is usable and none of those before it. */
static bool
check_key(struct loader *loader, struct table *table, const struct node *mapping, uint32_t at)
{
	const struct node *key = &mapping->children[at];
	const struct node *first;
	struct diag *diag;

	if (!is_usable(key)) {
		report_key(loader, key);
		return false;
	}
	first = table->slots == NULL ? first_by_walking(mapping, at)
				     : first_in_table(table, mapping, at);
	if (first == key)
		return true;
	diag = diag_add(loader->diags, DIAG_YAML_DUPLICATE_KEY, key->span, "duplicate key '%.*s'",
			STR_ARG(key->text));
	diag_note(loader->diags, diag, first->span, "first used here");
	return false;
}

void
keys_check(struct loader *loader, struct node *mapping)
{
	struct arena *scratch = &loader->reader->scratch;
	struct arena_mark mark = arena_mark(scratch);
	struct table table = {NULL, 0};
	size_t errors = loader->diags->errors;
	uint32_t kept = 0;

	if (mapping->count > FEW * 2)
		table = make_table(scratch, mapping->count);
	for (uint32_t i = 0; i < mapping->count; i += 2) {
		if (kept < i) {
			mapping->children[kept] = mapping->children[i];
			mapping->children[kept + 1] = mapping->children[i + 1];
		}
		if (check_key(loader, &table, mapping, kept))
			kept += 2;
	}
	mapping->is_cut = kept < mapping->count;
	mapping->count = kept;
	loader->key_errors += loader->diags->errors - errors;
	if (table.slots != NULL)
		arena_reset(scratch, mark);
}

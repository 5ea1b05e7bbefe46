#include "schema/schema.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "schema/scalar.h"

/* More keys than that are not listed where an unknown one is reported. */
enum { KEYS_LISTED = 24 };

const struct field *
record_field(const struct record_type *type, struct str name)
{
	for (const struct field *field = type->fields; field->name != NULL; field++) {
		if (str_is(name, field->name))
			return field;
	}
	return NULL;
}

bool
record_may_mean(const struct record *record, const char *name)
{
	const struct field *field = record_field(record->type, str_from(name));

	return record->has_unknown || (record->meant >> (field - record->type->fields) & 1) != 0;
}

int
choice_index(const char *values, struct str word)
{
	struct str rest = str_from(values);

	for (int index = 0; rest.len > 0; index++) {
		if (str_eq(str_cut(&rest, '|'), word))
			return index;
	}
	return -1;
}

struct str
choice_word(const char *values, int index)
{
	struct str rest = str_from(values);
	struct str word = STR("");

	for (int i = 0; i <= index; i++)
		word = str_cut(&rest, '|');
	return word;
}

struct str
field_kind_text(struct arena *arena, const struct field *field)
{
	switch (field->kind) {
	case FIELD_TEXT:
		return field->form == NULL ? STR("text") : str_from(field->form->what);
	case FIELD_BOOL:
		return STR("true or false");
	case FIELD_INT:
		return STR("a whole number");
	case FIELD_CHOICE:
		return choice_text(arena, field->values);
	case FIELD_TEXTS:
		return STR("a list of text");
	case FIELD_RECORD:
	case FIELD_MAP:
		return STR("a mapping");
	case FIELD_LIST:
		return STR("a list");
	case FIELD_NODE:
	case FIELD_VALUE:
		return STR("a value");
	}
	return STR("");
}

static struct diag *
wrong_kind(const struct decoder *d, const char *name, struct str wanted, const struct node *node)
{
	const char *got = node_is_null(node) ? "nothing" : node_kind_name(node);

	return diag_add(d->diags, DIAG_WRONG_KIND, node->span, "'%s' takes %.*s, not %s", name,
			STR_ARG(wanted), got);
}

/* Where a list of one item is wanted and the item stands there bare. */
static void
help_with_list(const struct decoder *d, struct diag *diag, const struct node *node)
{
	if (node_is_null(node))
		diag_help(d->diags, diag, "write [] for none");
	else if (node->kind == NODE_SCALAR && node->text.len < 60)
		diag_help(d->diags, diag, "write [%.*s]",
			  STR_ARG(scalar_as_written(d->arena, node)));
}

static bool
decode_text(const struct decoder *d, const struct field *field, const struct node *node,
	    struct text *text)
{
	if (node->kind != NODE_SCALAR || node_is_null(node)) {
		struct diag *diag = wrong_kind(d, field->name, STR("text"), node);

		if (field->form != NULL)
			diag_help(d->diags, diag, "give %s", field->form->what);
		return false;
	}
	if (!scalar_is_clean(d, node))
		return false;
	if (field->form != NULL && !field->form->fits(node->text)) {
		diag_add(d->diags, DIAG_BAD_VALUE, node->span, "'%.*s' is not %s",
			 STR_ARG(node->text), field->form->what);
		return false;
	}
	*text = (struct text){node->text, node->span};
	return true;
}

static bool
decode_flag(const struct decoder *d, const struct field *field, const struct node *node,
	    struct flag *flag)
{
	if (!scalar_bool(d, field->name, node, &flag->is_on))
		return false;
	flag->is_given = true;
	flag->span = node->span;
	return true;
}

static bool
decode_number(const struct decoder *d, const struct field *field, const struct node *node,
	      struct number *number)
{
	if (!scalar_int(d, field->name, node, &number->value))
		return false;
	number->is_given = true;
	number->span = node->span;
	return true;
}

static bool
decode_choice(const struct decoder *d, const struct field *field, const struct node *node,
	      struct choice *choice)
{
	if (!scalar_choice(d, field->name, field->values, node))
		return false;
	choice->index = choice_index(field->values, node->text);
	choice->is_given = true;
	choice->span = node->span;
	return true;
}

static bool
decode_texts(const struct decoder *d, const struct field *field, const struct node *node,
	     struct texts *texts)
{
	bool good = true;

	if (node->kind != NODE_SEQUENCE) {
		struct diag *diag =
			wrong_kind(d, field->name, field_kind_text(d->arena, field), node);

		help_with_list(d, diag, node);
		return false;
	}
	texts->items = ARENA_ARRAY(d->arena, node->count, struct text);
	texts->is_given = true;
	texts->span = node->span;
	for (size_t i = 0; i < node->count; i++) {
		if (decode_text(d, field, &node->children[i], &texts->items[texts->count]))
			texts->count++;
		else
			good = false;
	}
	return good;
}

static bool
decode_record(const struct decoder *d, const struct record_type *type, const struct node *node,
	      struct text key, void **out)
{
	void *record = arena_alloc(d->arena, type->size);

	*out = record;
	return record_decode(d, type, node, key, record);
}

static bool
decode_list(const struct decoder *d, const struct field *field, const struct node *node,
	    struct list *list)
{
	bool good = true;

	if (node->kind != NODE_SEQUENCE) {
		help_with_list(d, wrong_kind(d, field->name, STR("a list"), node), node);
		list->is_broken = list->has_lost = true;
		return false;
	}
	list->items = ARENA_ARRAY(d->arena, node->count, void *);
	list->is_given = true;
	list->span = node->span;
	for (size_t i = 0; i < node->count; i++) {
		struct text key = {str_from(field->name), node->children[i].span};

		good &= decode_record(d, field->of, &node->children[i], key, &list->items[i]);
		list->count++;
	}
	list->is_broken = !good;
	return good;
}

static size_t
count_entries(const struct field *field, const struct node *node)
{
	size_t count = 0;

	for (size_t i = 1; i < node->count; i += 2) {
		const struct node *value = &node->children[i];
		bool many = (field->flags & FIELD_MANY) != 0 && value->kind == NODE_SEQUENCE;

		count += many ? value->count : 1;
	}
	return count;
}

static bool
decode_entry(const struct decoder *d, const struct field *field, const struct node *key,
	     const struct node *value, struct list *list)
{
	struct text name = {key->text, key->span};
	bool good = true;

	if (!scalar_is_clean(d, key))
		return false;
	if (field->form != NULL && !field->form->fits(key->text)) {
		diag_add(d->diags, DIAG_BAD_VALUE, key->span, "'%.*s' is not %s",
			 STR_ARG(key->text), field->form->what);
		good = false;
	}
	if ((field->flags & FIELD_MANY) == 0 || value->kind != NODE_SEQUENCE) {
		good &= decode_record(d, field->of, value, name, &list->items[list->count++]);
		return good;
	}
	for (size_t i = 0; i < value->count; i++) {
		good &= decode_record(d, field->of, &value->children[i], name,
				      &list->items[list->count++]);
	}
	return good;
}

static bool
decode_map(const struct decoder *d, const struct field *field, const struct node *node,
	   struct list *list)
{
	bool good = true;

	if (node->kind != NODE_MAPPING) {
		struct diag *diag = wrong_kind(d, field->name, STR("a mapping"), node);

		if (node_is_null(node))
			diag_help(d->diags, diag, "write {} for none");
		else if (field->of->hint != NULL)
			diag_help(d->diags, diag, "%s", field->of->hint);
		list->is_broken = list->has_lost = true;
		return false;
	}
	list->items = ARENA_ARRAY(d->arena, count_entries(field, node), void *);
	list->is_given = true;
	list->span = node->span;
	for (size_t i = 0; i < node->count; i += 2)
		good &= decode_entry(d, field, &node->children[i], &node->children[i + 1], list);
	list->has_lost = node->is_cut;
	list->is_broken = !good || node->is_cut;
	return good;
}

static bool
decode_field(const struct decoder *d, const struct field *field, const struct node *key,
	     const struct node *node, void *record)
{
	void *member = (char *)record + field->offset;

	switch (field->kind) {
	case FIELD_TEXT:
		return decode_text(d, field, node, member);
	case FIELD_BOOL:
		return decode_flag(d, field, node, member);
	case FIELD_INT:
		return decode_number(d, field, node, member);
	case FIELD_CHOICE:
		return decode_choice(d, field, node, member);
	case FIELD_TEXTS:
		return decode_texts(d, field, node, member);
	case FIELD_RECORD:
		return decode_record(d, field->of, node,
				     (struct text){str_from(field->name), key->span}, member);
	case FIELD_LIST:
		return decode_list(d, field, node, member);
	case FIELD_MAP:
		return decode_map(d, field, node, member);
	case FIELD_NODE:
		*(const struct node **)member = node;
		return true;
	case FIELD_VALUE:
		break;
	}
	return true;
}

static bool
set_default(const struct field *field, void *record)
{
	void *member = (char *)record + field->offset;
	struct str text = str_from(field->fallback);

	switch (field->kind) {
	case FIELD_TEXT:
		((struct text *)member)->str = text;
		return true;
	case FIELD_BOOL:
		((struct flag *)member)->is_on = str_is(text, "true");
		return true;
	case FIELD_INT:
		((struct number *)member)->value = strtoll(field->fallback, NULL, 10);
		return true;
	case FIELD_CHOICE:
		((struct choice *)member)->index = choice_index(field->values, text);
		return true;
	case FIELD_TEXTS: /* their defaults are resolved with the facts */
	case FIELD_RECORD:
	case FIELD_LIST:
	case FIELD_MAP:
	case FIELD_NODE:
	case FIELD_VALUE:
		break;
	}
	return false;
}

/* Whether an open record takes the key; which version does, a later stage knows. */
static bool
is_further_key(const struct record_type *type, struct str name)
{
	const struct attribute *row = type->rest == NULL ? NULL : type->rest();

	if (row == NULL)
		return false;
	/* no rows at all: the later stage knows the names, too */
	if (row->name == NULL)
		return true;
	while (row->name != NULL && !str_is(name, row->name))
		row++;
	return row->name != NULL;
}

/* Feeds the keys that a record takes to `nearest`; returns a list of them, empty if it is long. */
static struct str
offer_keys(struct arena *arena, const struct record_type *type, struct nearest *nearest)
{
	struct buf known;
	size_t count = 0;

	buf_init(&known, arena);
	for (const struct field *field = type->fields; field->name != NULL; field++, count++) {
		nearest_offer(nearest, str_from(field->name));
		buf_printf(&known, "%s%s", count > 0 ? ", " : "", field->name);
	}
	for (const struct attribute *row = type->rest == NULL ? NULL : type->rest();
	     row != NULL && row->name != NULL; row++, count++) {
		/* of several rows for several versions, one */
		if (row[1].name != NULL && strcmp(row[1].name, row->name) == 0)
			continue;
		nearest_offer(nearest, str_from(row->name));
		buf_printf(&known, "%s%s", count > 0 ? ", " : "", row->name);
	}
	return count > KEYS_LISTED ? STR("") : buf_str(&known);
}

static void
unknown_key(const struct decoder *d, struct record *record, const struct node *key)
{
	const struct record_type *type = record->type;
	const struct field *field;
	struct diag *diag = diag_add(d->diags, DIAG_UNKNOWN_KEY, key->span,
				     "unknown key '%.*s' in %s", STR_ARG(key->text), type->name);
	struct nearest nearest;
	struct str known;

	nearest_init(&nearest, key->text);
	known = offer_keys(d->arena, type, &nearest);
	if (nearest.best.len > 0)
		diag_suggest(d->diags, diag, nearest.best);
	else if (str_is(key->text, "<<"))
		diag_help(d->diags, diag, "merge keys are not part of YAML 1.2; repeat the keys");
	else if (known.len > 0)
		diag_help(d->diags, diag, "known here: %.*s", STR_ARG(known));
	field = nearest.best.len == 0 ? NULL : record_field(type, nearest.best);
	if (field != NULL)
		record->meant |= UINT64_C(1) << (field - type->fields);
	else if (nearest.best.len == 0)
		record->has_unknown = true;
}

/* Marks a default before decoding, so that a wrong value leaves the default in place. */
static uint64_t
set_defaults(const struct record_type *type, void *record)
{
	uint64_t required = 0;
	unsigned bit = 0;

	for (const struct field *field = type->fields; field->name != NULL; field++, bit++) {
		if (field->fallback != NULL)
			set_default(field, record);
		if ((field->flags & FIELD_REQUIRED) != 0)
			required |= UINT64_C(1) << bit;
	}
	return required;
}

static bool
report_missing(const struct decoder *d, const struct record_type *type, const struct record *record,
	       uint64_t missing)
{
	struct span at = text_is_given(record->key) ? record->key.span : record->span;

	for (unsigned bit = 0; type->fields[bit].name != NULL; bit++) {
		const struct field *field = &type->fields[bit];
		struct diag *diag;

		if ((missing >> bit & 1) == 0)
			continue;
		diag = diag_add(d->diags, DIAG_MISSING_KEY, at, "'%s' is missing in %s",
				field->name, type->name);
		if (field->example != NULL)
			diag_help(d->diags, diag, "for instance %s", field->example);
	}
	return missing == 0;
}

static bool
decode_mapping(const struct decoder *d, const struct record_type *type, const struct node *node,
	       uint64_t required, struct record *record)
{
	bool good = true;

	if (type->rest != NULL)
		record->rest = ARENA_ARRAY(d->arena, node->count / 2, struct given);
	for (size_t i = 0; i < node->count; i += 2) {
		const struct node *key = &node->children[i];
		const struct field *field = record_field(type, key->text);

		if (field != NULL) {
			good &= decode_field(d, field, key, &node->children[i + 1], record);
			required &= ~(UINT64_C(1) << (field - type->fields));
		} else if (is_further_key(type, key->text)) {
			record->rest[record->rest_count++] =
				(struct given){{key->text, key->span}, &node->children[i + 1]};
		} else {
			unknown_key(d, record, key);
			good = false;
		}
	}
	/* a required key that is mistyped is not missing as well */
	if (node->is_cut)
		record->has_unknown = true;
	else
		good &= report_missing(d, type, record, required & ~record->meant);
	record->is_broken = !good || node->is_cut;
	return good;
}

/* "a mapping", "text or a mapping" */
static struct str
record_kind_text(struct arena *arena, const struct record_type *type)
{
	const struct field *shorthand =
		type->shorthand == NULL ? NULL : record_field(type, str_from(type->shorthand));
	struct str other;

	if (shorthand == NULL)
		return STR("a mapping");
	other = field_kind_text(arena, shorthand);
	if (shorthand->kind == FIELD_TEXT)
		other = STR("text");
	else if (shorthand->shape != NULL)
		other = str_from(shorthand->shape->what);
	return arena_printf(arena, "%.*s or a mapping", STR_ARG(other));
}

bool
record_decode(const struct decoder *d, const struct record_type *type, const struct node *node,
	      struct text key, void *out)
{
	struct record *record = out;
	uint64_t required = set_defaults(type, out);
	const struct field *field;
	struct diag *diag;

	record->span = node->span;
	record->key = key;
	record->node = node;
	record->type = type;
	if (node->kind == NODE_MAPPING)
		return decode_mapping(d, type, node, required, record);
	if (type->shorthand != NULL && !node_is_null(node)) {
		field = record_field(type, str_from(type->shorthand));
		record->is_broken = !decode_field(d, field, node, node, out);
		return !record->is_broken;
	}
	record->is_broken = true;
	diag = diag_add(d->diags, DIAG_WRONG_KIND, node->span, "%s is %.*s, not %s", type->name,
			STR_ARG(record_kind_text(d->arena, type)),
			node_is_null(node) ? "nothing" : node_kind_name(node));
	if (type->hint != NULL)
		diag_help(d->diags, diag, "%s", type->hint);
	else if (node_is_null(node) && required == 0)
		diag_help(d->diags, diag, "write {} where the defaults will do");
	return false;
}

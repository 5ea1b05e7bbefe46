/* Facts as views: one class for each kind of member. */
#include "output/view.h"

#include "starlark/starlark.h"

static const struct view_class record_class;
static const struct view_class text_class;
static const struct view_class flag_class;
static const struct view_class texts_class;
static const struct view_class list_class;
static const struct view_class value_class;

static const struct view_class *
class_of(enum field_kind kind)
{
	switch (kind) {
	case FIELD_TEXT:
		return &text_class;
	case FIELD_BOOL:
		return &flag_class;
	case FIELD_TEXTS:
		return &texts_class;
	case FIELD_RECORD:
		return &record_class;
	case FIELD_LIST:
	case FIELD_MAP:
		return &list_class;
	case FIELD_VALUE:
		return &value_class;
	case FIELD_INT:
	case FIELD_CHOICE:
	case FIELD_NODE:
		break;
	}
	return NULL;
}

/* ---- records ---- */

static bool
record_find(const void *data, struct str name, struct view *member)
{
	const struct fact *fact = data;
	const struct field *field;
	const void *at;

	if (fact == NULL)
		return false;
	field = record_field(fact->type, name);
	if (field == NULL)
		return false;
	at = (const char *)data + field->offset;
	/* pointers are followed; what they point to may be absent */
	if (field->kind == FIELD_RECORD || field->kind == FIELD_VALUE)
		at = *(const void *const *)at;
	*member = (struct view){class_of(field->kind), at};
	return true;
}

static bool
is_present(const void *data)
{
	return data != NULL;
}

static struct span
record_origin(const void *data)
{
	const struct fact *fact = data;

	return fact == NULL ? (struct span){0} : fact->origin;
}

static const struct view_class record_class = {
	.find = record_find,
	.is_true = is_present,
	.origin = record_origin,
};

/* ---- texts ---- */

static bool
text_is_true(const void *data)
{
	return ((const struct text *)data)->str.len > 0;
}

static void
text_print(const void *data, struct buf *out, unsigned indent, const struct trace *trace)
{
	(void)indent;
	(void)trace;
	starlark_print_string(out, ((const struct text *)data)->str);
}

static void
text_print_raw(const void *data, struct buf *out)
{
	buf_add(out, ((const struct text *)data)->str);
}

static struct span
text_origin(const void *data)
{
	return ((const struct text *)data)->span;
}

static const struct view_class text_class = {
	.is_true = text_is_true,
	.print = text_print,
	.print_raw = text_print_raw,
	.origin = text_origin,
};

/* ---- flags ---- */

static bool
flag_is_true(const void *data)
{
	return ((const struct flag *)data)->is_on;
}

static void
flag_print_raw(const void *data, struct buf *out)
{
	buf_text(out, flag_is_true(data) ? "True" : "False");
}

static void
flag_print(const void *data, struct buf *out, unsigned indent, const struct trace *trace)
{
	(void)indent;
	(void)trace;
	flag_print_raw(data, out);
}

static struct span
flag_origin(const void *data)
{
	return ((const struct flag *)data)->span;
}

static const struct view_class flag_class = {
	.is_true = flag_is_true,
	.print = flag_print,
	.print_raw = flag_print_raw,
	.origin = flag_origin,
};

/* ---- lists ---- */

static bool
yes(const void *data)
{
	(void)data;
	return true;
}

static size_t
texts_count(const void *data)
{
	return ((const struct texts *)data)->count;
}

static struct view
texts_item(const void *data, size_t index)
{
	return (struct view){&text_class, &((const struct texts *)data)->items[index]};
}

static bool
texts_is_true(const void *data)
{
	return texts_count(data) > 0;
}

/* {{#names.any}}: rendered once where the list has items. */
static bool
find_any(const struct view_class *any, const void *data, struct str name, struct view *member)
{
	*member = (struct view){any, data};
	return str_is(name, "any");
}

static const struct view_class any_text_class = {.is_true = texts_is_true};

static bool
texts_find(const void *data, struct str name, struct view *member)
{
	return find_any(&any_text_class, data, name, member);
}

static const struct view_class texts_class = {
	.find = texts_find,
	.is_true = texts_is_true,
	.is_list = yes,
	.count = texts_count,
	.item = texts_item,
};

static size_t
list_count(const void *data)
{
	return ((const struct list *)data)->count;
}

static struct view
list_item(const void *data, size_t index)
{
	return (struct view){&record_class, ((const struct list *)data)->items[index]};
}

static bool
list_is_true(const void *data)
{
	return list_count(data) > 0;
}

static const struct view_class any_class = {.is_true = list_is_true};

static bool
list_find(const void *data, struct str name, struct view *member)
{
	return find_any(&any_class, data, name, member);
}

/* Only lists that stand for one of the spec have a place of their own. */
static struct span
list_origin(const void *data)
{
	return ((const struct list *)data)->span;
}

static const struct view_class list_class = {
	.find = list_find,
	.origin = list_origin,
	.is_true = list_is_true,
	.is_list = yes,
	.count = list_count,
	.item = list_item,
};

/* ---- values ---- */

static void
value_print(const void *data, struct buf *out, unsigned indent, const struct trace *trace)
{
	if (data != NULL)
		starlark_print(out, data, indent, trace);
}

static void
value_print_raw(const void *data, struct buf *out)
{
	const struct value *value = data;

	if (value != NULL && value->kind == VALUE_STRING)
		buf_add(out, value->text);
	else
		value_print(data, out, 0, NULL);
}

static struct span
value_origin(const void *data)
{
	return data == NULL ? (struct span){0} : ((const struct value *)data)->origin;
}

static const struct view_class value_class = {
	.is_true = is_present,
	.print = value_print,
	.print_raw = value_print_raw,
	.origin = value_origin,
};

struct view
facts_view(const struct fact *fact)
{
	return (struct view){&record_class, fact};
}

void
facts_offer_names(struct view view, struct nearest *nearest)
{
	const struct fact *fact = view.data;

	if (view.class != &record_class || fact == NULL)
		return;
	for (const struct field *field = fact->type->fields; field->name != NULL; field++)
		nearest_offer(nearest, str_from(field->name));
}

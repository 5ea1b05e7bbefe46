#include "schema/scalar.h"

#include "starlark/starlark.h"

/* What one value is read with. */
struct reader {
	const struct decoder *d;
	const char *name; /* of the attribute, for messages */
	const struct attribute *row; /* NULL: no type is known */
	enum value_use use;
};

/* Bazel wants select() around a whole value or one of the terms of a sum, and None as what a
 * select() gives. */
enum place {
	PLACE_WHOLE,
	PLACE_BRANCH, /* of a select */
	PLACE_INSIDE, /* of a list or mapping, or of a sum in a branch */
};

static const struct value *read_value(const struct reader *r, enum attribute_type type,
				      const struct node *node, enum place place);

static const struct value *
wrong_type(const struct reader *r, enum attribute_type type, const struct node *node)
{
	const char *got = node_is_null(node) ? "nothing" : node_kind_name(node);
	struct diag *diag =
		diag_add(r->d->diags, DIAG_WRONG_KIND, node->span, "'%s' takes %s, not %s", r->name,
			 attribute_type_name(type), got);

	if (node->kind == NODE_SCALAR && !node_is_null(node) && node->text.len < 60 &&
	    (type == ATTRIBUTE_STRING_LIST || type == ATTRIBUTE_LABEL_LIST))
		diag_help(r->d->diags, diag, "write [%.*s]",
			  STR_ARG(scalar_as_written(r->d->arena, node)));
	return NULL;
}

static const struct value *
read_label(const struct reader *r, const struct node *node)
{
	struct label label;
	const char *why;

	if (label_parse(node->text, &label, &why))
		return value_string(r->d->arena, node->span, node->text);
	diag_add(r->d->diags, DIAG_BAD_LABEL, node->span, "'%.*s' is not a label: %s",
		 STR_ARG(node->text), why);
	return NULL;
}

static const struct value *
read_any_scalar(const struct reader *r, const struct node *node)
{
	long long integer;

	if (node->style == NODE_PLAIN) {
		if (node_is_null(node))
			return value_none(r->d->arena, node->span);
		if (str_is(node->text, "true") || str_is(node->text, "false"))
			return value_bool(r->d->arena, node->span, str_is(node->text, "true"));
		if (scalar_is_int(node->text, &integer))
			return value_int(r->d->arena, node->span, integer);
	}
	return value_string(r->d->arena, node->span, node->text);
}

static bool
is_among_values(const struct reader *r, const struct node *node)
{
	return r->row == NULL || r->row->values == NULL ||
	       scalar_choice(r->d, r->name, r->row->values, node);
}

static const struct value *
read_scalar(const struct reader *r, enum attribute_type type, const struct node *node)
{
	long long integer;
	bool is_on;

	if (!scalar_is_clean(r->d, node))
		return NULL;
	if (type == ATTRIBUTE_ANY)
		return read_any_scalar(r, node);
	if (node_is_null(node))
		return wrong_type(r, type, node);
	if (type == ATTRIBUTE_BOOL) {
		return scalar_bool(r->d, r->name, node, &is_on)
			       ? value_bool(r->d->arena, node->span, is_on)
			       : NULL;
	}
	if (type == ATTRIBUTE_INT) {
		if (!scalar_int(r->d, r->name, node, &integer) || !is_among_values(r, node))
			return NULL;
		return value_int(r->d->arena, node->span, integer);
	}
	if (type == ATTRIBUTE_LABEL)
		return read_label(r, node);
	if (type != ATTRIBUTE_STRING)
		return wrong_type(r, type, node);
	return is_among_values(r, node) ? value_string(r->d->arena, node->span, node->text) : NULL;
}

static enum attribute_type
item_type(enum attribute_type type)
{
	if (type == ATTRIBUTE_LABEL_LIST)
		return ATTRIBUTE_LABEL;
	if (type == ATTRIBUTE_INT_LIST)
		return ATTRIBUTE_INT;
	return type == ATTRIBUTE_STRING_LIST ? ATTRIBUTE_STRING : ATTRIBUTE_ANY;
}

static bool
is_list_type(enum attribute_type type)
{
	return type == ATTRIBUTE_ANY || type == ATTRIBUTE_LABEL_LIST ||
	       type == ATTRIBUTE_STRING_LIST || type == ATTRIBUTE_INT_LIST;
}

static bool
is_dict_type(enum attribute_type type)
{
	return type == ATTRIBUTE_ANY || type == ATTRIBUTE_STRING_DICT ||
	       type == ATTRIBUTE_STRING_LIST_DICT || type == ATTRIBUTE_LABEL_STRING_DICT ||
	       type == ATTRIBUTE_STRING_LABEL_DICT;
}

static const struct value *
read_list(const struct reader *r, enum attribute_type type, const struct node *node)
{
	struct value *list = value_list(r->d->arena, node->span, node->count);
	bool good = true;

	for (size_t i = 0; i < node->count; i++) {
		const struct value *item =
			read_value(r, item_type(type), &node->children[i], PLACE_INSIDE);

		if (item == NULL)
			good = false;
		else
			value_append(list, (struct value_item){.value = item});
	}
	return good ? list : NULL;
}

static const struct value *
read_dict(const struct reader *r, enum attribute_type type, const struct node *node)
{
	struct value *dict = value_dict(r->d->arena, node->span, node->count / 2);
	enum attribute_type of_value = ATTRIBUTE_STRING;
	bool good = true;

	if (type == ATTRIBUTE_ANY)
		of_value = ATTRIBUTE_ANY;
	else if (type == ATTRIBUTE_STRING_LIST_DICT)
		of_value = ATTRIBUTE_STRING_LIST;
	else if (type == ATTRIBUTE_STRING_LABEL_DICT)
		of_value = ATTRIBUTE_LABEL;
	for (size_t i = 0; i < node->count; i += 2) {
		const struct node *key = &node->children[i];
		struct value_item item = {.key = value_string(r->d->arena, key->span, key->text)};

		if (type == ATTRIBUTE_LABEL_STRING_DICT && read_label(r, key) == NULL)
			good = false;
		good &= scalar_is_clean(r->d, key);
		item.value = read_value(r, of_value, &node->children[i + 1], PLACE_INSIDE);
		if (item.value == NULL)
			good = false;
		else
			value_append(dict, item);
	}
	return good ? dict : NULL;
}

/* ---- glob, select, concat ---- */

/* buildifier warns of a pattern that can match one file at most (constant-glob). */
static bool
patterns_have_wildcards(const struct reader *r, const struct value *patterns)
{
	bool good = true;

	for (size_t i = 0; i < patterns->count; i++) {
		const struct value *pattern = patterns->items[i].value;
		struct diag *diag;

		if (str_find(pattern->text, '*') < pattern->text.len)
			continue;
		diag = diag_add(r->d->diags, DIAG_CONSTANT_GLOB, pattern->origin,
				"'%.*s' has no wildcard", STR_ARG(pattern->text));
		diag_help(r->d->diags, diag,
			  "list the file beside the glob: {concat: [[%.*s], {glob: [...]}]}",
			  STR_ARG(pattern->text));
		good = false;
	}
	return good;
}

static const struct value *
read_glob(const struct reader *r, const struct node *node)
{
	static const struct attribute globs = {.name = "glob", .type = ATTRIBUTE_STRING_LIST};
	static const struct attribute excluded = {.name = "exclude", .type = ATTRIBUTE_STRING_LIST};
	static const struct attribute empty = {.name = "allow_empty", .type = ATTRIBUTE_BOOL};
	struct value *call = value_call(r->d->arena, node->span, STR("glob"), node->count / 2);
	bool good = true;

	for (size_t i = 0; i < node->count; i += 2) {
		const struct node *key = &node->children[i];
		const struct attribute *row = str_is(key->text, "glob")          ? &globs
					      : str_is(key->text, "exclude")     ? &excluded
					      : str_is(key->text, "allow_empty") ? &empty
										 : NULL;
		struct value_item item = {.name = key->text};
		struct nearest nearest;

		if (row == NULL) {
			struct diag *diag =
				diag_add(r->d->diags, DIAG_UNKNOWN_KEY, key->span,
					 "unknown key '%.*s' in a glob", STR_ARG(key->text));

			nearest_init(&nearest, key->text);
			nearest_offer(&nearest, STR("exclude"));
			nearest_offer(&nearest, STR("allow_empty"));
			diag_suggest(r->d->diags, diag, nearest.best);
			good = false;
			continue;
		}
		item.value = attribute_decode(r->d, row, &node->children[i + 1], VALUE_USE_TAG);
		if (item.value == NULL)
			good = false;
		if (row == &globs) {
			item.name = STR("");
			good &= item.value != NULL && patterns_have_wildcards(r, item.value);
		}
		if (item.value != NULL)
			value_append(call, item);
	}
	/* the patterns come first, however the mapping is ordered */
	for (size_t i = 1; i < call->count; i++) {
		if (call->items[i].name.len == 0) {
			struct value_item patterns = call->items[i];

			call->items[i] = call->items[0];
			call->items[0] = patterns;
		}
	}
	return good ? call : NULL;
}

static const struct value *
read_select(const struct reader *r, enum attribute_type type, const struct node *node)
{
	static const struct attribute error = {.name = "no_match_error", .type = ATTRIBUTE_STRING};
	const struct node *branches = node_get(node, STR("select"));
	const struct node *no_match = node_get(node, STR("no_match_error"));
	struct value *call = value_call(r->d->arena, node->span, STR("select"), 2);
	struct value *dict;
	bool good = true;

	if (branches->kind != NODE_MAPPING || branches->count == 0) {
		diag_add(r->d->diags, DIAG_WRONG_KIND, branches->span,
			 "'select' takes a mapping from conditions to values, not %s",
			 branches->kind == NODE_MAPPING ? "an empty one"
							: node_kind_name(branches));
		return NULL;
	}
	dict = value_dict(r->d->arena, branches->span, branches->count / 2);
	for (size_t i = 0; i < branches->count; i += 2) {
		struct value_item item = {.key = read_label(r, &branches->children[i])};

		item.value = read_value(r, type, &branches->children[i + 1], PLACE_BRANCH);
		if (item.key == NULL || item.value == NULL)
			good = false;
		else
			value_append(dict, item);
	}
	value_append(call, (struct value_item){.value = dict});
	if (no_match != NULL) {
		struct value_item item = {.name = STR("no_match_error")};

		item.value = attribute_decode(r->d, &error, no_match, VALUE_USE_TAG);
		good &= item.value != NULL;
		value_append(call, item);
	}
	return good ? call : NULL;
}

static const struct value *
read_concat(const struct reader *r, enum attribute_type type, const struct node *node,
	    enum place place)
{
	const struct node *parts = node_get(node, STR("concat"));
	struct value *sum;
	bool good = true;

	if (parts->kind != NODE_SEQUENCE || parts->count == 0) {
		diag_add(r->d->diags, DIAG_WRONG_KIND, parts->span,
			 "'concat' takes a list of values, not %s",
			 parts->kind == NODE_SEQUENCE ? "an empty one" : node_kind_name(parts));
		return NULL;
	}
	sum = value_sum(r->d->arena, node->span, parts->count);
	for (size_t i = 0; i < parts->count; i++) {
		struct value_item item = {
			.value = read_value(r, type, &parts->children[i],
					    place == PLACE_WHOLE ? place : PLACE_INSIDE)};

		if (item.value == NULL)
			good = false;
		else
			value_append(sum, item);
	}
	return good ? sum : NULL;
}

/* The means that a mapping asks for by its keys: 'g'lob, 's'elect, 'c'oncat, or 0. */
static char
means_of(const struct node *node)
{
	const struct node *first;

	if (node->kind != NODE_MAPPING || node->count == 0)
		return 0;
	if (node_get(node, STR("glob")) != NULL)
		return 'g';
	first = node_get(node, STR("select"));
	if (first != NULL &&
	    (node->count == 2 || (node->count == 4 && node_get(node, STR("no_match_error")))))
		return 's';
	return node->count == 2 && node_get(node, STR("concat")) != NULL ? 'c' : 0;
}

/* No operator joins anything else, but '|' dicts of which one is no select(). */
static bool
can_be_joined(enum attribute_type type)
{
	return type == ATTRIBUTE_STRING || is_list_type(type);
}

static bool
means_are_allowed(const struct reader *r, char means, enum attribute_type type,
		  const struct node *node, enum place place)
{
	const char *word = means == 'g' ? "glob" : means == 's' ? "select" : "concat";
	struct diag *diag;

	if (r->use == VALUE_USE_TAG) {
		diag = diag_add(r->d->diags, DIAG_WRONG_KIND, node->span,
				"'%s' cannot take a %s here", r->name, word);
		diag_help(r->d->diags, diag, "MODULE.bazel takes plain values only");
		return false;
	}
	if (means == 's' && r->row != NULL && (r->row->flags & ATTRIBUTE_FIXED) != 0) {
		diag = diag_add(r->d->diags, DIAG_WRONG_KIND, node->span,
				"'%s' cannot be chosen by select", r->name);
		diag_help(r->d->diags, diag,
			  "Bazel needs its value before it knows the "
			  "configuration; give one plain value");
		return false;
	}
	if (means == 's' && r->row != NULL && place != PLACE_WHOLE) {
		diag = diag_add(r->d->diags, DIAG_WRONG_KIND, node->span,
				"'%s' has a select inside of a value", r->name);
		diag_help(r->d->diags, diag, "choose the whole value, or a part of a concat");
		return false;
	}
	if ((means == 'g' && !is_list_type(type)) || (means == 'c' && !can_be_joined(type))) {
		wrong_type(r, type, node);
		return false;
	}
	return true;
}

static const struct value *
read_value(const struct reader *r, enum attribute_type type, const struct node *node,
	   enum place place)
{
	char means = means_of(node);

	/* a plain dict may hold a key of such a name */
	if (is_dict_type(type) && type != ATTRIBUTE_ANY &&
	    (means != 's' || r->use == VALUE_USE_TAG))
		means = 0;
	if (means != 0 && !means_are_allowed(r, means, type, node, place))
		return NULL;
	if (means == 'g')
		return read_glob(r, node);
	if (means == 's')
		return read_select(r, type, node);
	if (means == 'c')
		return read_concat(r, type, node, place);
	if (node->kind == NODE_SCALAR) {
		if (place == PLACE_BRANCH && node_is_null(node))
			return value_none(r->d->arena, node->span);
		return read_scalar(r, type, node);
	}
	if (node->kind == NODE_SEQUENCE)
		return is_list_type(type) ? read_list(r, type, node) : wrong_type(r, type, node);
	return is_dict_type(type) ? read_dict(r, type, node) : wrong_type(r, type, node);
}

const struct value *
attribute_decode(const struct decoder *d, const struct attribute *row, const struct node *node,
		 enum value_use use)
{
	struct reader r = {d, row->name, row, use};

	return read_value(&r, row->type, node, PLACE_WHOLE);
}

const struct value *
value_decode(const struct decoder *d, const struct node *node, enum value_use use)
{
	struct reader r = {d, "attrs", NULL, use};

	return read_value(&r, ATTRIBUTE_ANY, node, PLACE_WHOLE);
}

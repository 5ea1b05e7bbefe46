/*
 * The rewrites of calls that buildifier 8.2.1 does in BUILD and MODULE files, done until nothing
 * is left to do (buildifier itself sometimes needs several runs). Values are never changed in
 * place: each step returns the value it got where there is nothing to do.
 */
#include <stdlib.h>
#include <string.h>

#include "starlark/arguments.h"
#include "starlark/characters.h"
#include "starlark/starlark.h"

struct rewriter {
	struct arena *arena;
	enum starlark_file file;
	struct value *own; /* this one may be changed in place; or NULL */
};

typedef const struct value *(*rewrite_fn)(struct rewriter *rewriter, const struct value *value);

static const struct value *canonical_value(struct rewriter *rewriter, const struct value *value);

/* A copy with items of its own. */
static struct value *
copy_of(struct rewriter *rewriter, const struct value *value)
{
	struct value *copy = rewriter->own;

	if (value == copy)
		return copy;
	copy = ARENA_NEW(rewriter->arena, struct value);
	*copy = *value;
	copy->arena = rewriter->arena;
	copy->capacity = value->count;
	copy->items = ARENA_ARRAY(rewriter->arena, value->count, struct value_item);
	if (value->count > 0)
		memcpy(copy->items, value->items, value->count * sizeof(*copy->items));
	return copy;
}

/* Rewrites the values of all items. */
static const struct value *
rewrite_items(struct rewriter *rewriter, const struct value *value, rewrite_fn rewrite)
{
	struct value *copy = NULL;

	for (size_t i = 0; i < value->count; i++) {
		const struct value *old = value->items[i].value;
		const struct value *new = rewrite(rewriter, old);

		if (new == old)
			continue;
		if (copy == NULL)
			copy = copy_of(rewriter, value);
		copy->items[i].value = new;
	}
	return copy != NULL ? copy : value;
}

/* ---- sums ---- */

static bool
needs_flattening(const struct value *sum)
{
	if (sum->count == 1)
		return true;
	for (size_t i = 0; i < sum->count; i++) {
		if (sum->items[i].value->kind == VALUE_SUM)
			return true;
	}
	return false;
}

static void
add_operands(struct value *sum, const struct value *value)
{
	if (value->kind != VALUE_SUM) {
		value_add(sum, value);
		return;
	}
	for (size_t i = 0; i < value->count; i++)
		add_operands(sum, value->items[i].value);
}

/* Sums are printed without parentheses, so they are one sum to buildifier. */
static const struct value *
flatten_sum(struct rewriter *rewriter, const struct value *value)
{
	struct value *flat;

	if (!needs_flattening(value))
		return value;
	flat = value_sum(rewriter->arena, value->origin, value->count);
	add_operands(flat, value);
	return flat->count == 1 ? flat->items[0].value : flat;
}

/* ---- labels ---- */

/* The part of a label after the last '/', as far as buildifier's pattern sees it: the pattern
 * does not look for a '/' behind a line end, and there must be something in front of it. */
static struct str
last_name(struct str path)
{
	struct str line = str_slice(path, 0, str_find(path, '\n'));
	size_t slash = str_find_last(line, '/');

	return slash < line.len && slash > 0 ? str_after(path, slash + 1) : path;
}

/* "//foo:foo" is "//foo", "@foo//:foo" is "@foo". Equal strings where there is nothing to do. */
static struct str
shorten_label(struct str label)
{
	struct str rest = label;
	struct str repo = STR("");
	struct str package;
	size_t colon;

	if (str_has_prefix(rest, STR("@"))) {
		size_t slashes = str_find_str(rest, STR("//"));

		repo = str_slice(rest, 1, slashes - 1);
		rest = str_after(rest, slashes);
		if (repo.len == 0 || !characters_are(repo, "_"))
			return label;
	}
	if (!str_has_prefix(rest, STR("//")))
		return label;
	rest = last_name(str_after(rest, 2));
	colon = str_find(rest, ':');
	package = str_slice(rest, 0, colon);
	rest = str_after(rest, colon + 1);
	if (rest.len == 0 || str_find(rest, ':') < rest.len)
		return label;
	if (package.len > 0 && str_eq(package, rest))
		return str_slice(label, 0, label.len - rest.len - 1);
	if (package.len == 0 && str_eq(repo, rest))
		return str_slice(label, 0, repo.len + 1);
	return label;
}

/* Whether buildifier would join the two, "//a" + ":b". */
static bool
is_split_label(const struct value *first, const struct value *second)
{
	return first->kind == VALUE_STRING && second->kind == VALUE_STRING &&
	       str_has_prefix(first->text, STR("//")) &&
	       str_find(first->text, ' ') == first->text.len &&
	       str_find(second->text, ' ') == second->text.len;
}

/* Joins the leading operands that make up one label. */
static const struct value *
join_labels(struct rewriter *rewriter, const struct value *sum)
{
	struct value *joined;
	struct buf text;
	size_t used = 1;

	while (used < sum->count && is_split_label(sum->items[0].value, sum->items[used].value))
		used++;
	if (used < 2)
		return sum;
	buf_init(&text, rewriter->arena);
	for (size_t i = 0; i < used; i++)
		buf_add(&text, sum->items[i].value->text);
	joined = value_sum(rewriter->arena, sum->origin, sum->count - used + 1);
	value_add(joined,
		  value_string(rewriter->arena, sum->items[0].value->origin, buf_str(&text)));
	for (size_t i = used; i < sum->count; i++)
		value_add(joined, sum->items[i].value);
	return flatten_sum(rewriter, joined);
}

/* A string, or an item of a list. */
static const struct value *
shorten_string(struct rewriter *rewriter, const struct value *value)
{
	struct str shorter;

	/* inside a list, buildifier joins a sum of two, but not a longer one */
	if (value->kind == VALUE_SUM && value->count == 2)
		value = join_labels(rewriter, value);
	if (value->kind != VALUE_STRING)
		return value;
	shorter = shorten_label(value->text);
	if (shorter.len == value->text.len)
		return value;
	return value_string(rewriter->arena, value->origin, shorter);
}

/* buildifier looks for strings in a select() that stands for the whole value or an operand. */
static const struct value *
rewrite_select(struct rewriter *rewriter, const struct value *call, rewrite_fn rewrite)
{
	const struct value *old;
	const struct value *new;
	struct value *copy;

	if (!str_is(call->text, "select") || call->count == 0 || call->items[0].name.len > 0)
		return call;
	old = call->items[0].value;
	if (old->kind != VALUE_DICT)
		return call;
	new = rewrite_items(rewriter, old, rewrite);
	if (new == old)
		return call;
	copy = copy_of(rewriter, call);
	copy->items[0].value = new;
	return copy;
}

static const struct value *
shorten_value(struct rewriter *rewriter, const struct value *value)
{
	if (value->kind == VALUE_SUM)
		value = join_labels(rewriter, value);
	switch (value->kind) {
	case VALUE_NONE:
	case VALUE_BOOL:
	case VALUE_INT:
	case VALUE_NAME:
	case VALUE_DICT:
		return value;
	case VALUE_STRING:
		return shorten_string(rewriter, value);
	case VALUE_LIST:
		return rewrite_items(rewriter, value, shorten_string);
	case VALUE_CALL:
		return rewrite_select(rewriter, value, shorten_value);
	case VALUE_SUM:
		break;
	}
	return rewrite_items(rewriter, value, shorten_value);
}

/* Shortening can make a sum joinable. */
static const struct value *
shorten_fully(struct rewriter *rewriter, const struct value *value)
{
	const struct value *shorter = shorten_value(rewriter, value);

	while (shorter != value) {
		value = shorter;
		shorter = shorten_value(rewriter, value);
	}
	return value;
}

/* ---- sorted lists ---- */

static bool
is_plain_string(const struct value_item *item)
{
	return item->name.len == 0 && item->value->kind == VALUE_STRING;
}

/* Where the run of strings ends that starts at `from`. */
static size_t
strings_end(const struct value *list, size_t from)
{
	while (from < list->count && is_plain_string(&list->items[from]))
		from++;
	return from;
}

struct sort_key {
	struct str text; /* of the item */
	const struct value_item *item;
};

/* Equal strings keep their order, so that the first one's origin is what stays. */
static int
compare_items(const void *a, const void *b)
{
	const struct sort_key *left = a;
	const struct sort_key *right = b;
	int order = starlark_compare_strings(left->text, right->text);

	return order != 0 ? order : (left->item > right->item) - (left->item < right->item);
}

static bool
is_sorted(const struct value *list)
{
	for (size_t i = 1; i < list->count; i++) {
		const struct value_item *item = &list->items[i];

		if (is_plain_string(item - 1) && is_plain_string(item) &&
		    starlark_compare_strings(item[-1].value->text, item->value->text) >= 0)
			return false;
	}
	return true;
}

/* Appends the strings sorted and without duplicates. */
static void
add_sorted(struct rewriter *rewriter, struct value *list, const struct value_item *items,
	   size_t count)
{
	struct sort_key *keys = ARENA_ARRAY(rewriter->arena, count, struct sort_key);

	for (size_t i = 0; i < count; i++)
		keys[i] = (struct sort_key){items[i].value->text, &items[i]};
	qsort(keys, count, sizeof(*keys), compare_items);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || !str_eq(keys[i - 1].text, keys[i].text))
			value_append(list, *keys[i].item);
	}
}

/* Each run of strings in a list is sorted for itself; what stands between keeps its place. */
static const struct value *
sort_list(struct rewriter *rewriter, const struct value *list)
{
	struct value *sorted;

	if (is_sorted(list))
		return list;
	sorted = copy_of(rewriter, list);
	sorted->count = 0;
	for (size_t i = 0; i < list->count;) {
		size_t end = strings_end(list, i);

		if (end > i) {
			add_sorted(rewriter, sorted, &list->items[i], end - i);
			i = end;
		} else {
			value_append(sorted, list->items[i++]);
		}
	}
	return sorted;
}

static const struct value *
sort_value(struct rewriter *rewriter, const struct value *value)
{
	switch (value->kind) {
	case VALUE_NONE:
	case VALUE_BOOL:
	case VALUE_INT:
	case VALUE_STRING:
	case VALUE_NAME:
	case VALUE_DICT:
		break;
	case VALUE_LIST:
		return sort_list(rewriter, value);
	case VALUE_CALL:
		return rewrite_select(rewriter, value, sort_value);
	case VALUE_SUM:
		return rewrite_items(rewriter, value, sort_value);
	}
	return value;
}

/* ---- calls ---- */

struct argument {
	int kind; /* 0 positional, 1 named, 2 double star */
	struct argument_rule rule;
	uint32_t at; /* its place in the call */
	struct value_item item;
};

/* Calls of so many arguments need no memory for them. */
enum { FEW_ARGUMENTS = 12 };

static int
compare_arguments(const void *a, const void *b)
{
	const struct argument *left = a;
	const struct argument *right = b;
	int order = left->kind - right->kind;

	if (order == 0)
		order = left->rule.priority - right->rule.priority;
	if (order == 0)
		order = str_cmp(left->item.name, right->item.name);
	return order != 0 ? order : (left->at > right->at) - (left->at < right->at);
}

static struct argument
argument_of(struct str function, const struct value *call, uint32_t at)
{
	struct argument argument = {.item = call->items[at], .at = at};

	if (argument.item.name.len == 0)
		return argument;
	argument.kind = str_is(argument.item.name, "**") ? 2 : 1;
	if (argument.kind == 1)
		argument.rule = argument_rule_of(function, argument.item.name);
	return argument;
}

/* `order` holds the arguments as they are to be, but for their order. */
static const struct value *
order_arguments(struct rewriter *rewriter, const struct value *call, struct argument *order)
{
	struct value *copy;
	uint32_t at = 1;

	while (at < call->count && compare_arguments(&order[at - 1], &order[at]) <= 0)
		at++;
	if (at >= call->count)
		return call;
	qsort(order, call->count, sizeof(*order), compare_arguments);
	copy = copy_of(rewriter, call);
	for (uint32_t i = 0; i < call->count; i++)
		copy->items[i] = order[i].item;
	return copy;
}

static const struct value *
canonical_argument(struct rewriter *rewriter, const struct argument_rule *rule,
		   const struct value *argument)
{
	const struct value *value = canonical_value(rewriter, argument);

	if (rule->is_label)
		value = shorten_fully(rewriter, value);
	if (rule->is_sorted)
		value = sort_value(rewriter, value);
	return value;
}

static const struct value *
canonical_arguments(struct rewriter *rewriter, struct str function, const struct value *call)
{
	struct argument few[FEW_ARGUMENTS];
	struct argument *order = few;
	struct value *copy = NULL;

	if (call->count > FEW_ARGUMENTS)
		order = ARENA_ARRAY(rewriter->arena, call->count, struct argument);
	for (uint32_t i = 0; i < call->count; i++) {
		const struct value *old = call->items[i].value;

		order[i] = argument_of(function, call, i);
		order[i].item.value = canonical_argument(rewriter, &order[i].rule, old);
		if (order[i].item.value == old)
			continue;
		if (copy == NULL)
			copy = copy_of(rewriter, call);
		copy->items[i] = order[i].item;
	}
	call = order_arguments(rewriter, copy != NULL ? copy : call, order);
	/* up to two arguments are the proxy and one name */
	if (rewriter->file == STARLARK_MODULE && str_is(function, "use_repo") && call->count > 2) {
		rewriter->own = NULL; /* duplicates go, so that not all items are replaced */
		call = sort_list(rewriter, call);
	}
	return call;
}

static const struct value *
canonical_keys(struct rewriter *rewriter, const struct value *dict)
{
	struct value *copy = NULL;

	for (size_t i = 0; i < dict->count; i++) {
		const struct value *old = dict->items[i].key;
		const struct value *new = canonical_value(rewriter, old);

		if (new == old)
			continue;
		if (copy == NULL)
			copy = copy_of(rewriter, dict);
		copy->items[i].key = new;
	}
	return copy != NULL ? copy : dict;
}

static const struct value *
canonical_value(struct rewriter *rewriter, const struct value *value)
{
	switch (value->kind) {
	case VALUE_NONE:
	case VALUE_BOOL:
	case VALUE_INT:
	case VALUE_STRING:
	case VALUE_NAME:
		break;
	case VALUE_LIST:
		return rewrite_items(rewriter, value, canonical_value);
	case VALUE_DICT:
		value = canonical_keys(rewriter, value);
		return rewrite_items(rewriter, value, canonical_value);
	case VALUE_SUM:
		value = rewrite_items(rewriter, value, canonical_value);
		return flatten_sum(rewriter, value);
	case VALUE_CALL:
		return canonical_arguments(rewriter, value->text, value);
	}
	return value;
}

const struct value *
starlark_canonical_call(struct arena *arena, struct str function, const struct value *call,
			enum starlark_file file)
{
	struct rewriter rewriter = {.arena = arena, .file = file};

	if (file == STARLARK_BZL)
		return call;
	return canonical_arguments(&rewriter, function, call);
}

const struct value *
starlark_canonicalize(struct arena *arena, struct str function, struct value *call,
		      enum starlark_file file)
{
	struct rewriter rewriter = {.arena = arena, .file = file, .own = call};

	if (file == STARLARK_BZL)
		return call;
	return canonical_arguments(&rewriter, function, call);
}

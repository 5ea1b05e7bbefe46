#include "schema/keys.h"

/* A position that stands for a key. */
struct key_place {
	uint32_t line, column, width;
	struct key *key;
};

/* What the tables say of a value. */
struct context {
	const struct record_type *record; /* of the value itself */
	const struct record_type *entries; /* of what is in it */
	bool has_targets;
};

struct walk {
	struct keys *keys;
	struct span last; /* of what was visited last */
};

/* ---- what the tables say ---- */

static struct context
context_of_field(const struct field *field)
{
	struct context context = {.record = NULL};

	if (field == NULL)
		return context;
	if (field->kind == FIELD_RECORD)
		context.record = field->of;
	if (field->kind == FIELD_MAP || field->kind == FIELD_LIST)
		context.entries = field->of;
	context.has_targets = field->shape != NULL && field->shape->has_targets;
	return context;
}

/* Of what stands for a record without being a mapping. */
static struct context
context_of_short_form(const struct context *context, const struct node *node)
{
	const struct record_type *type = context->record;

	if (type == NULL || node->kind == NODE_MAPPING || type->shorthand == NULL)
		return *context;
	return context_of_field(record_field(type, str_from(type->shorthand)));
}

static struct context
context_of_entry(const struct context *context, const struct node *name)
{
	if (context->record != NULL && name != NULL)
		return context_of_field(record_field(context->record, name->text));
	/* a list may hold several records of the entry's type, see FIELD_MANY */
	return (struct context){.record = context->entries != NULL ? context->entries
								   : context->record};
}

/* ---- the walk ---- */

static int
compare(uint32_t line, uint32_t column, uint32_t other_line, uint32_t other_column)
{
	if (line != other_line)
		return line < other_line ? -1 : 1;
	return (column > other_column) - (column < other_column);
}

static void
add_place(struct keys *keys, struct span span, struct key *key)
{
	keys->places = arena_grow(keys->arena, keys->places, keys->count, &keys->capacity,
				  sizeof(*keys->places));
	keys->places[keys->count++] = (struct key_place){span.line, span.column, span.width, key};
}

/*
 * Gives a key the place of this node. False: an alias stands there, so that the node has a place,
 * and a name, further up. What is written stands behind what was visited before; only the first
 * key of a block begins where the block does.
 */
static bool
visit(struct walk *walk, const struct node *node, bool may_begin_alike, struct key *key)
{
	struct span at = node->span;
	int order = compare(at.line, at.column, walk->last.line, walk->last.column);

	if (order < 0 || (order == 0 && at.width > 0 && !may_begin_alike))
		return false;
	add_place(walk->keys, at, key);
	if (at.width > 0)
		walk->last = at;
	return true;
}

static struct key *
new_key(struct walk *walk, struct key *parent, const struct node *name, const struct node *value,
	uint32_t index)
{
	struct key *key = ARENA_NEW(walk->keys->arena, struct key);

	*key = (struct key){.parent = parent, .name = name, .value = value, .index = index};
	return key;
}

/* "- rust_binary: server": the first key and its value are what names the target. */
static bool
is_target(const struct context *context, const struct node *node)
{
	return context->has_targets && node->kind == NODE_MAPPING && node->count > 0 &&
	       node->children[1].kind == NODE_SCALAR && node->children[1].text.len > 0;
}

static void walk_node(struct walk *walk, const struct node *node, struct context context,
		      struct key *key);

static void
walk_mapping(struct walk *walk, const struct node *node, const struct context *context,
	     struct key *parent)
{
	for (uint32_t i = 0; i < node->count; i += 2) {
		const struct node *name = &node->children[i];
		const struct node *value = &node->children[i + 1];
		struct key *key = i == 0 && parent->is_target
					  ? parent
					  : new_key(walk, parent, name, value, i / 2);

		visit(walk, name, i == 0, key);
		if (visit(walk, value, false, key))
			walk_node(walk, value, context_of_entry(context, name), key);
	}
}

static void
walk_sequence(struct walk *walk, const struct node *node, const struct context *context,
	      struct key *parent)
{
	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *item = &node->children[i];
		struct key *key = new_key(walk, parent, NULL, item, i);

		key->is_target = is_target(context, item);
		if (visit(walk, item, i == 0, key))
			walk_node(walk, item, context_of_entry(context, NULL), key);
	}
}

/* As deep as the tree, which yaml_limits bounds. */
static void
walk_node(struct walk *walk, const struct node *node, struct context context, struct key *key)
{
	if (node->kind == NODE_MAPPING) {
		walk_mapping(walk, node, &context, key);
	} else if (node->kind == NODE_SEQUENCE) {
		context = context_of_short_form(&context, node);
		walk_sequence(walk, node, &context, key);
	}
}

void
keys_init(struct keys *keys, struct arena *arena, const struct node *root,
	  const struct record_type *type)
{
	struct walk walk = {.keys = keys};
	struct key *key;

	*keys = (struct keys){.arena = arena};
	key = new_key(&walk, NULL, NULL, root, 0);
	visit(&walk, root, true, key);
	walk_node(&walk, root, (struct context){.record = type}, key);
}

/* ---- looking up ---- */

struct key *
keys_find(const struct keys *keys, struct span span)
{
	size_t low = 0;
	size_t high = keys->count;
	struct key *found = NULL;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct key_place *place = &keys->places[middle];

		if (compare(place->line, place->column, span.line, span.column) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	/* a block and its first key begin alike, and are told apart by their width */
	for (; low < keys->count && keys->places[low].line == span.line &&
	       keys->places[low].column == span.column;
	     low++) {
		if (found == NULL || keys->places[low].width == span.width)
			found = keys->places[low].key;
	}
	return found;
}

size_t
keys_depth(const struct key *key)
{
	size_t depth = 0;

	for (; key->parent != NULL; key = key->parent)
		depth++;
	return depth;
}

bool
keys_is_within(const struct key *key, const struct key *holder)
{
	while (key != NULL && key != holder)
		key = key->parent;
	return key != NULL;
}

struct key *
keys_common(struct key *a, struct key *b)
{
	size_t depth = keys_depth(a);
	size_t other = keys_depth(b);

	for (; depth > other; depth--)
		a = a->parent;
	for (; other > depth; other--)
		b = b->parent;
	while (a != b) {
		a = a->parent;
		b = b->parent;
	}
	return a;
}

struct span
keys_span(const struct key *key)
{
	const struct node *value = key->value;

	if (key->is_target)
		return value->children[0].span;
	if (key->name != NULL && (value->style == NODE_BLOCK || value->span.width == 0))
		return key->name->span;
	return value->span;
}

/* ---- names ---- */

static bool
is_plain_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-' || c == '/';
}

/* The bare word, or a quoted text that is safe to print. */
static void
add_word(struct buf *out, struct str word)
{
	size_t plain = 0;

	while (plain < word.len && is_plain_character(word.at[plain]))
		plain++;
	if (plain == word.len && word.len > 0) {
		buf_add(out, word);
		return;
	}
	buf_char(out, '"');
	while (word.len > 0) {
		size_t end = 0;

		while (end < word.len && word.at[end] != '"' && word.at[end] != '\\')
			end++;
		diag_escape(out, str_slice(word, 0, end));
		if (end < word.len) {
			buf_char(out, '\\');
			buf_char(out, word.at[end++]);
		}
		word = str_after(word, end);
	}
	buf_char(out, '"');
}

/* "[rust_binary server]"; of `rule: my_rule` the name that stands further down comes as well. */
static void
add_target(struct buf *out, const struct node *target)
{
	const struct node *name = node_get(target, STR("name"));

	buf_char(out, '[');
	add_word(out, target->children[0].text);
	buf_char(out, ' ');
	add_word(out, target->children[1].text);
	if (name != NULL && name->kind == NODE_SCALAR) {
		buf_char(out, ' ');
		add_word(out, name->text);
	}
	buf_char(out, ']');
}

struct str
keys_name(const struct keys *keys, struct key *key)
{
	struct buf out;

	if (key->is_named || key->parent == NULL)
		return key->text;
	buf_init(&out, keys->arena);
	buf_add(&out, keys_name(keys, key->parent));
	if (key->is_target) {
		add_target(&out, key->value);
	} else if (key->name != NULL) {
		if (out.len > 0)
			buf_char(&out, '.');
		add_word(&out, key->name->text);
	} else {
		buf_printf(&out, "[%u]", key->index);
	}
	key->text = buf_str(&out);
	key->is_named = true;
	return key->text;
}

/* The word in the quotes that `rest` begins with. */
static void
unquote(struct buf *out, struct str *rest)
{
	*rest = str_after(*rest, 1);
	while (rest->len > 0 && rest->at[0] != '"') {
		if (rest->at[0] == '\\')
			*rest = str_after(*rest, 1);
		buf_add(out, str_slice(*rest, 0, 1));
		*rest = str_after(*rest, 1);
	}
	*rest = str_after(*rest, 1);
}

/* ".rust_binary" for "[rust_binary server]", nothing for "[0]". */
static void
add_rule(struct buf *out, struct str *rest)
{
	struct str inside = str_after(*rest, 1);
	struct str rule = inside;
	struct buf unused;

	buf_init(&unused, out->arena);
	while (inside.len > 0 && inside.at[0] != ']') {
		if (inside.at[0] == ' ' && rule.at + rule.len == inside.at + inside.len)
			rule.len -= inside.len;
		if (inside.at[0] == '"')
			unquote(&unused, &inside);
		else
			inside = str_after(inside, 1);
	}
	if (rule.at + rule.len < inside.at)
		buf_printf(out, ".%.*s", STR_ARG(rule));
	else if (rule.at == inside.at)
		buf_text(out, "[]"); /* is no index */
	*rest = str_after(inside, 1);
}

struct str
keys_plain(struct arena *arena, struct str name)
{
	struct buf out;

	buf_init(&out, arena);
	while (name.len > 0) {
		if (name.at[0] == '"') {
			unquote(&out, &name);
		} else if (name.at[0] == '[') {
			add_rule(&out, &name);
		} else {
			buf_char(&out, name.at[0]);
			name = str_after(name, 1);
		}
	}
	return buf_str(&out);
}

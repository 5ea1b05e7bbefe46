/*
 * libyaml's events to a tree. Children of open collections are collected on one stack and copied
 * when their collection ends, so that they stand side by side in the tree.
 */
#include "diag/utf8.h"
#include "yaml/loader.h"

enum {
	/* How many anchors are tried as suggestions for an unknown alias. */
	ANCHORS_OFFERED = 100,
	TEXT_CHUNK = 16 * 1024,
	/* A guess, high for most specs: `pending` then need not grow, and what of it is not used
	 * is not touched and costs nothing. */
	BYTES_PER_NODE = 16,
	/* Children that are not copied into the tree; see take_children. */
	KEPT_IN_PLACE = 256,
};

/* What may stand before a node. */
struct properties {
	struct span anchor;
	struct span tag;
	struct str tag_text;
};

static void
release_event(struct reader *reader)
{
	if (reader->has_event)
		yaml_event_delete(&reader->event);
	reader->has_event = false;
}

/* Called at the end of the load, or by the arena after an escape, or both. */
static void
release_reader(void *object)
{
	struct reader *reader = object;

	release_event(reader);
	if (reader->has_parser)
		yaml_parser_delete(&reader->parser);
	reader->has_parser = false;
	arena_free(&reader->scratch);
}

/* libyaml has no memory left: leave as the arena would. */
static void
escape(struct loader *loader)
{
	arena_array(loader->arena, SIZE_MAX, 2);
}

static bool
next_event(struct loader *loader)
{
	struct reader *reader = loader->reader;

	release_event(reader);
	if (yaml_parser_parse(&reader->parser, &reader->event) != 0) {
		reader->has_event = true;
		return true;
	}
	if (reader->parser.error == YAML_MEMORY_ERROR)
		escape(loader);
	syntax_report(loader);
	return false;
}

struct span
span_at(const struct loader *loader, yaml_mark_t mark, uint32_t width)
{
	return (struct span){loader->source, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1,
			     width};
}

static char
current(const struct cursor *cursor)
{
	if (cursor->at >= cursor->text.len)
		return '\0';
	return cursor->text.at[cursor->at];
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
skip_blanks(struct cursor *cursor)
{
	while (is_blank(current(cursor)) || current(cursor) == '#') {
		bool is_comment = current(cursor) == '#';

		while (is_comment && cursor->at < cursor->text.len && current(cursor) != '\n')
			cursor_step(cursor);
		if (!is_comment)
			cursor_step(cursor);
	}
}

/* What ends an anchor besides blanks. */
static bool
ends_anchor(char c)
{
	struct str marks = STR("?:,[]{}%@`");

	return str_find(marks, c) < marks.len;
}

/* From the '&' or '!' that the cursor stands on to the end of that word. */
static struct span
skip_property(struct loader *loader)
{
	struct cursor *cursor = &loader->cursor;
	struct span span = {loader->source, cursor->line, cursor->column, 0};
	bool in_anchor = current(cursor) == '&';

	do {
		cursor_step(cursor);
	} while (cursor->at < cursor->text.len && !is_blank(current(cursor)) &&
		 !(in_anchor && ends_anchor(current(cursor))));
	span.width = cursor->column - span.column;
	return span;
}

/* libyaml's marks of a node begin with its anchor and tag; leaves the cursor behind both. */
static struct properties
read_properties(struct loader *loader, yaml_mark_t start, bool has_anchor, bool has_tag)
{
	struct cursor *cursor = &loader->cursor;
	struct properties properties = {{0}, {0}, {0}};

	cursor_seek(cursor, (uint32_t)start.line + 1, (uint32_t)start.column + 1);
	while (has_anchor || has_tag) {
		skip_blanks(cursor);
		if (has_anchor && current(cursor) == '&') {
			properties.anchor = skip_property(loader);
			has_anchor = false;
		} else if (has_tag && current(cursor) == '!') {
			properties.tag_text = cursor_rest(cursor);
			properties.tag = skip_property(loader);
			properties.tag_text.len -= cursor_rest(cursor).len;
			has_tag = false;
		} else {
			break;
		}
	}
	return properties;
}

/* Reports a tag, and makes the anchor; *span becomes that of the node itself. */
static struct anchor *
take_properties(struct loader *loader, const unsigned char *anchor, const unsigned char *tag,
		struct span *span)
{
	struct arena *scratch = &loader->reader->scratch;
	struct properties properties;
	struct anchor_name *name;
	struct anchor *made;

	if (anchor == NULL && tag == NULL)
		return NULL;
	properties = read_properties(loader, loader->reader->event.start_mark, anchor != NULL,
				     tag != NULL);
	if (tag != NULL)
		diag_add(loader->diags, DIAG_YAML_TAG, properties.tag,
			 "tags are not supported: '%.*s'", STR_ARG(properties.tag_text));
	skip_blanks(&loader->cursor);
	span->line = loader->cursor.line;
	span->column = loader->cursor.column;
	if (anchor == NULL)
		return NULL;
	made = ARENA_NEW(scratch, struct anchor);
	made->name = arena_str(scratch, str_from((const char *)anchor));
	made->span = properties.anchor;
	made->is_open = true;
	made->older = loader->anchors;
	loader->anchors = made;
	name = map_get(&loader->names, made->name);
	if (name == NULL)
		name = map_add(&loader->names, made->name, ARENA_NEW(scratch, struct anchor_name));
	name->latest = made;
	return made;
}

static uint32_t
count_columns(struct str text)
{
	uint32_t count = 0;

	for (; text.len > 0; text = str_after(text, utf8_step(text)))
		count++;
	return count;
}

/* See struct node for what the width covers. */
static uint32_t
scalar_width(struct loader *loader, struct span span, const yaml_event_t *event)
{
	yaml_scalar_style_t style = event->data.scalar.style;
	struct str line;

	if (style != YAML_LITERAL_SCALAR_STYLE && style != YAML_FOLDED_SCALAR_STYLE &&
	    event->end_mark.line + 1 == span.line)
		return (uint32_t)event->end_mark.column + 1 - span.column;
	cursor_seek(&loader->cursor, span.line, span.column);
	line = cursor_line_rest(&loader->cursor);
	if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
		line.len = str_find(str_slice(line, 0, str_find(line, '\t')), ' ');
	return count_columns(line);
}

static enum node_style
scalar_style(yaml_scalar_style_t style)
{
	switch (style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		return NODE_QUOTED;
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE:
		return NODE_LITERAL;
	case YAML_ANY_SCALAR_STYLE:
	case YAML_PLAIN_SCALAR_STYLE:
		break;
	}
	return NODE_PLAIN;
}

/* Counts nodes against the limit; false when it is passed. */
static bool
visit(struct loader *loader, struct span span, size_t count)
{
	loader->visited += count;
	if (loader->visited <= loader->limits->nodes)
		return true;
	diag_add(loader->diags, DIAG_YAML_LIMIT, span, "the file expands to more than %zu values",
		 loader->limits->nodes);
	return false;
}

static void
push(struct loader *loader, const struct node *node)
{
	if (loader->count == loader->pending_capacity)
		loader->pending = arena_grow(loader->arena, loader->pending, loader->count,
					     &loader->pending_capacity, sizeof(*node));
	loader->pending[loader->count++] = *node;
}

/* Texts are short: packed side by side they take a third of what an allocation each would. */
static struct str
keep_text(struct loader *loader, struct str text)
{
	char *copy;

	if (text.len == 0)
		return (struct str){"", 0};
	if (text.len > TEXT_CHUNK / 8)
		return arena_str(loader->arena, text);
	if (loader->chunk.len < text.len)
		loader->chunk = (struct chunk){arena_alloc(loader->arena, TEXT_CHUNK), TEXT_CHUNK};
	copy = loader->chunk.at;
	memcpy(copy, text.at, text.len);
	loader->chunk.at += text.len;
	loader->chunk.len -= text.len;
	return (struct str){copy, text.len};
}

static bool
read_scalar(struct loader *loader)
{
	const yaml_event_t *event = &loader->reader->event;
	struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
	struct node node = {.kind = NODE_SCALAR,
			    .style = scalar_style(event->data.scalar.style),
			    .span = span_at(loader, event->start_mark, 0)};
	struct anchor *anchor = take_properties(loader, event->data.scalar.anchor,
						event->data.scalar.tag, &node.span);

	if (node.style == NODE_PLAIN && text.len == 0)
		node.span = span_at(loader, event->end_mark, 0);
	else
		node.span.width = scalar_width(loader, node.span, event);
	if (!visit(loader, node.span, 1))
		return false;
	if (text.len > loader->limits->scalar)
		diag_add(loader->diags, DIAG_YAML_LIMIT, node.span,
			 "a text of %zu bytes, at most %zu are accepted", text.len,
			 loader->limits->scalar);
	else
		node.text = keep_text(loader, text);
	if (anchor != NULL) {
		anchor->node = node;
		anchor->weight = 1;
		anchor->is_open = false;
	}
	push(loader, &node);
	return true;
}

static void
suggest_anchor(struct loader *loader, struct diag *diag, struct str name)
{
	const struct anchor *anchor = loader->anchors;
	struct nearest nearest;

	nearest_init(&nearest, name);
	for (int i = 0; i < ANCHORS_OFFERED && anchor != NULL; i++) {
		nearest_offer(&nearest, anchor->name);
		anchor = anchor->older;
	}
	if (nearest.best.len > 0)
		diag_help(loader->diags, diag, "did you mean '*%.*s'?", STR_ARG(nearest.best));
	else
		diag_help(loader->diags, diag,
			  "'*' begins an alias; put text that begins with it in quotes");
}

/* An alias that stands for nothing leaves an empty text, so that reading can go on. */
static bool
read_alias(struct loader *loader)
{
	const yaml_event_t *event = &loader->reader->event;
	struct str name = str_from((const char *)event->data.alias.anchor);
	const struct anchor_name *known = map_get(&loader->names, name);
	struct span span = span_at(loader, event->start_mark,
				   (uint32_t)(event->end_mark.column - event->start_mark.column));
	struct node none = {.kind = NODE_SCALAR, .style = NODE_QUOTED, .span = span};
	struct diag *diag;

	if (known == NULL) {
		diag = diag_add(loader->diags, DIAG_YAML_ALIAS, span,
				"no anchor '&%.*s' before this alias", STR_ARG(name));
		suggest_anchor(loader, diag, name);
	} else if (known->latest->is_open) {
		diag = diag_add(loader->diags, DIAG_YAML_ALIAS, span,
				"alias '*%.*s' stands inside what it repeats", STR_ARG(name));
		diag_note(loader->diags, diag, known->latest->span, "the anchor is here");
	} else {
		push(loader, &known->latest->node);
		return visit(loader, span, known->latest->weight);
	}
	push(loader, &none);
	return visit(loader, span, 1);
}

static bool
begin_collection(struct loader *loader, enum node_kind kind)
{
	const yaml_event_t *event = &loader->reader->event;
	bool is_list = kind == NODE_SEQUENCE;
	bool is_flow = is_list ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
			       : event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	struct frame *frame;

	loader->frames = arena_grow(&loader->reader->scratch, loader->frames, loader->depth,
				    &loader->frames_capacity, sizeof(*frame));
	frame = &loader->frames[loader->depth];
	*frame = (struct frame){
		.node = {.kind = kind, .style = is_flow ? NODE_FLOW : NODE_BLOCK},
		.first = loader->count,
		.visited = loader->visited,
	};
	frame->node.span = span_at(loader, event->start_mark, 1);
	frame->anchor = take_properties(
		loader,
		is_list ? event->data.sequence_start.anchor : event->data.mapping_start.anchor,
		is_list ? event->data.sequence_start.tag : event->data.mapping_start.tag,
		&frame->node.span);
	if (loader->depth++ >= loader->limits->depth) {
		diag_add(loader->diags, DIAG_YAML_LIMIT, frame->node.span,
			 "nested deeper than %zu levels", loader->limits->depth);
		return false;
	}
	return visit(loader, frame->node.span, 1);
}

/*
 * Moves the last nodes of `pending` into the tree. Of a large collection that stands near the
 * bottom they stay where they are, and what is below them moves on behind them: this saves a copy
 * of what is often most of the tree, and the memory for it.
 */
static void
take_children(struct loader *loader, struct frame *frame)
{
	struct node *node = &frame->node;
	size_t below = frame->first, count = loader->count - below;
	struct node *children = loader->pending + below;

	node->count = (uint32_t)count;
	loader->count = below;
	if (count == 0)
		return;
	if (count >= KEPT_IN_PLACE && below < count / 4 &&
	    loader->pending_capacity - below - count > below) {
		memcpy(children + count, loader->pending, below * sizeof(*node));
		loader->pending = children + count;
		loader->pending_capacity -= below + count;
		node->children = children;
		return;
	}
	node->children = ARENA_ARRAY(loader->arena, count, struct node);
	memcpy(node->children, children, count * sizeof(*node));
}

static void
end_collection(struct loader *loader)
{
	const yaml_event_t *event = &loader->reader->event;
	struct frame *frame = &loader->frames[--loader->depth];
	struct node *node = &frame->node;

	take_children(loader, frame);
	if (node->style == NODE_FLOW && event->end_mark.line + 1 == node->span.line)
		node->span.width = (uint32_t)event->end_mark.column + 1 - node->span.column;
	if (node->kind == NODE_MAPPING)
		keys_check(loader, node);
	if (frame->anchor != NULL) {
		frame->anchor->node = *node;
		frame->anchor->weight = loader->visited - frame->visited;
		frame->anchor->is_open = false;
	}
	push(loader, node);
}

/* One event within the document; false: an error after which nothing can be read. */
static bool
read_event(struct loader *loader)
{
	switch (loader->reader->event.type) {
	case YAML_SCALAR_EVENT:
		return read_scalar(loader);
	case YAML_ALIAS_EVENT:
		return read_alias(loader);
	case YAML_SEQUENCE_START_EVENT:
		return begin_collection(loader, NODE_SEQUENCE);
	case YAML_MAPPING_START_EVENT:
		return begin_collection(loader, NODE_MAPPING);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		end_collection(loader);
		return true;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return true;
}

/* From the start of the stream to the end of its first document. */
static void
read_document(struct loader *loader)
{
	const yaml_event_t *event = &loader->reader->event;
	size_t errors = loader->diags->errors;

	do {
		if (!next_event(loader) || !read_event(loader))
			return;
	} while (event->type != YAML_DOCUMENT_END_EVENT && event->type != YAML_STREAM_END_EVENT);
	/* asking libyaml for more would have it read all directives that follow */
	if (event->type == YAML_DOCUMENT_END_EVENT)
		input_check_end(loader, event->end_mark);
	if (loader->diags->errors > errors + loader->key_errors)
		return;
	loader->is_complete = true;
	if (loader->count == 0 ||
	    (loader->pending[0].kind == NODE_SCALAR && loader->pending[0].text.len == 0 &&
	     loader->pending[0].style == NODE_PLAIN))
		diag_add(loader->diags, DIAG_YAML_EMPTY, (struct span){loader->source, 1, 1, 0},
			 "the document is empty");
}

bool
yaml_load(struct arena *arena, struct diags *diags, const struct source *source,
	  const struct yaml_limits *limits, struct node *root)
{
	struct reader *reader = ARENA_NEW(arena, struct reader);
	struct loader loader = {
		.arena = arena,
		.diags = diags,
		.source = source,
		.limits = limits,
		.reader = reader,
	};
	struct str text = input_text(source);
	const char *start = text.len == 0 ? "" : text.at;
	size_t errors = diags->errors;

	arena_init(&reader->scratch, arena->limit, arena->escape);
	arena_defer(arena, release_reader, reader);
	cursor_init(&loader.cursor, source->text);
	map_init(&loader.names, &reader->scratch);
	if (input_check(&loader)) {
		if (yaml_parser_initialize(&reader->parser) == 0)
			escape(&loader);
		reader->has_parser = true;
		loader.pending_capacity = 64 + text.len / BYTES_PER_NODE;
		loader.pending = ARENA_ARRAY(arena, loader.pending_capacity, struct node);
		yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
		yaml_parser_set_input_string(&reader->parser, (const unsigned char *)start,
					     text.len);
		read_document(&loader);
	}
	if (diags->errors == errors + loader.key_errors && loader.is_complete)
		*root = loader.pending[0];
	release_reader(reader);
	return diags->errors == errors;
}

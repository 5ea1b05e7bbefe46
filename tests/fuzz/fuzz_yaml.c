/*
 * YAML from anywhere. What must hold: a load gives a tree or errors; every span lies in the text,
 * and that of a plain text shows where it begins; mappings have distinct keys of text and a value
 * for each; depth, number of nodes and sizes keep to the limits; and what is printed of the errors
 * is UTF-8 without control characters.
 */
#include <setjmp.h>
#include <stdint.h>

#include "diag/cursor.h"
#include "diag/utf8.h"
#include "yaml/yaml.h"

static const size_t memory = (size_t)256 * 1024 * 1024;

static const struct yaml_limits limits = {
	.bytes = (size_t)64 * 1024,
	.depth = 20,
	.nodes = 4000,
	.scalar = 500,
};

struct walk {
	struct str text;
	size_t depth;
	size_t nodes;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool holds)
{
	if (!holds)
		abort();
}

static size_t
lines_of(struct str text)
{
	size_t lines = 1;

	for (size_t i = 0; i < text.len; i++)
		lines += text.at[i] == '\n';
	return lines;
}

/* libyaml ends the last line even where the text does not. */
static void
check_error_span(struct str text, struct span span)
{
	if (span.source == NULL)
		return;
	require(span.line >= 1 && span.line <= lines_of(text) + 1);
	require(span.column >= 1 && span.column <= text.len + 1);
	require(span.width <= text.len);
}

static void
check_node_span(const struct walk *walk, const struct node *node)
{
	struct cursor cursor;
	struct str line;
	size_t len = 0;

	cursor_init(&cursor, walk->text);
	if (!cursor_seek(&cursor, node->span.line, node->span.column)) {
		require(node->span.width == 0 && node->span.column == 1);
		return;
	}
	require(cursor.line == node->span.line && cursor.column == node->span.column);
	line = str_slice(cursor_rest(&cursor), 0, str_find(cursor_rest(&cursor), '\n'));
	for (uint32_t i = 0; i < node->span.width; i++) {
		require(len < line.len);
		len += utf8_step(str_after(line, len));
	}
	line.len = len;
	if (node->kind == NODE_SCALAR && node->style == NODE_PLAIN) {
		require((node->span.width == 0) == (node->text.len == 0));
		require(str_has_prefix(node->text, line));
	} else if (node->kind == NODE_SCALAR) {
		require(line.len > 0 && strchr("'\"|>", line.at[0]) != NULL);
	} else {
		require(line.len > 0);
	}
	if (node->style == NODE_FLOW && node->span.width > 1 && line.at[0] == '[')
		require(line.at[line.len - 1] == ']');
}

static void
check_node(struct walk *walk, const struct node *node)
{
	require(++walk->nodes <= limits.nodes);
	require((node->count == 0) == (node->children == NULL));
	check_node_span(walk, node);
	if (node->kind == NODE_SCALAR) {
		require(node->count == 0 && node->text.len <= limits.scalar);
		return;
	}
	require(++walk->depth <= limits.depth);
	require(node->style == NODE_FLOW || node->style == NODE_BLOCK);
	if (node->kind == NODE_MAPPING && node->children != NULL) {
		require(node->count % 2 == 0);
		for (uint32_t i = 0; i < node->count; i += 2) {
			require(node->children[i].kind == NODE_SCALAR);
			require(node_get(node, node->children[i].text) == &node->children[i + 1]);
		}
	}
	for (uint32_t i = 0; i < node->count; i++)
		check_node(walk, &node->children[i]);
	walk->depth--;
}

static void
check_errors(struct arena *arena, struct diags *diags, struct str text)
{
	struct buf out;

	buf_init(&out, arena);
	diags_sort(diags);
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = diags->items[i];

		require(diag->span.source != NULL);
		check_error_span(text, diag->span);
		for (const struct diag_note *note = diag->notes; note != NULL; note = note->next)
			check_error_span(text, note->span);
	}
	diags_print_text(diags, &out, false);
	for (struct str rest = buf_str(&out); rest.len > 0;) {
		uint32_t code;
		size_t len = utf8_decode(rest, &code);

		require(len > 0 && (code == '\n' || !utf8_is_hidden(code)));
		rest = str_after(rest, len);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = {STR("f"), {(const char *)data, size}};
	struct walk walk = {.text = source.text};
	struct arena arena;
	struct diags diags;
	struct node root;
	jmp_buf escape;

	if (setjmp(escape) != 0)
		abort();
	arena_init(&arena, memory, &escape);
	diags_init(&diags, &arena);
	if (yaml_load(&arena, &diags, &source, &limits, &root)) {
		require(diags.errors == 0);
		check_node(&walk, &root);
	} else {
		require(diags.errors > 0);
	}
	check_errors(&arena, &diags, source.text);
	arena_free(&arena);
	return 0;
}

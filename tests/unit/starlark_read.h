/*
 * Reads expressions as src/starlark prints them, for tests: what was printed can be compared with
 * what was meant, and cases can be written as text. Takes less than Starlark does.
 */
#ifndef UNIT_STARLARK_READ_H
#define UNIT_STARLARK_READ_H

#include <stdlib.h>

#include "starlark/starlark.h"

struct reader {
	struct arena *arena;
	struct source source; /* each value has the place in here where it was read */
	size_t at;
	bool failed;
};

static inline const struct value *read_expression(struct reader *reader);

static inline struct str
read_rest(const struct reader *reader)
{
	return str_after(reader->source.text, reader->at);
}

static inline struct span
read_span(const struct reader *reader)
{
	return (struct span){&reader->source, 1, (uint32_t)reader->at + 1, 1};
}

/* Steps over blanks and, if it is next, the word. */
static inline bool
read_word(struct reader *reader, const char *word)
{
	struct str rest = read_rest(reader);

	while (rest.len > 0 && (rest.at[0] == ' ' || rest.at[0] == '\n'))
		rest = str_after(rest, 1);
	reader->at = reader->source.text.len - rest.len;
	if (!str_has_prefix(rest, str_from(word)))
		return false;
	reader->at += str_from(word).len;
	return true;
}

static inline struct str
read_identifier(struct reader *reader)
{
	struct str rest = read_rest(reader);
	size_t len = 0;

	while (len < rest.len && (rest.at[len] == '_' || rest.at[len] == '.' ||
				  (rest.at[len] >= '0' && rest.at[len] <= '9') ||
				  (rest.at[len] >= 'A' && rest.at[len] <= 'Z') ||
				  (rest.at[len] >= 'a' && rest.at[len] <= 'z')))
		len++;
	reader->at += len;
	return str_slice(rest, 0, len);
}

/* The character behind a backslash, or an octal number of three digits. */
static inline void
read_escape(struct reader *reader, struct buf *text)
{
	struct str rest = read_rest(reader);
	size_t known = rest.len == 0 ? 5 : str_find(STR("\"\\ntr"), rest.at[0]);
	unsigned byte = 0;

	reader->at++;
	if (known < 5) {
		buf_char(text, "\"\\\n\t\r"[known]);
		return;
	}
	if (rest.len < 3)
		reader->failed = true;
	for (size_t i = 0; i < 3 && !reader->failed; i++) {
		if (rest.at[i] < '0' || rest.at[i] > '7')
			reader->failed = true;
		byte = byte * 8 + (unsigned)(rest.at[i] - '0');
	}
	reader->at += 2;
	buf_char(text, (char)byte);
}

/* A double-quoted literal whose first quote was read. */
static inline struct str
read_string(struct reader *reader)
{
	struct buf text;

	buf_init(&text, reader->arena);
	while (!reader->failed) {
		struct str rest = read_rest(reader);

		if (rest.len == 0 || rest.at[0] == '\n') {
			reader->failed = true;
			break;
		}
		reader->at++;
		if (rest.at[0] == '"')
			break;
		if (rest.at[0] == '\\')
			read_escape(reader, &text);
		else
			buf_char(&text, rest.at[0]);
	}
	return buf_str(&text);
}

static inline struct value_item
read_item(struct reader *reader, enum value_kind kind)
{
	struct value_item item = {.name = {NULL, 0}};
	size_t start;
	struct str name;

	if (kind == VALUE_CALL && read_word(reader, "**")) {
		item.name = STR("**");
	} else if (kind == VALUE_CALL) {
		start = reader->at;
		name = read_identifier(reader);
		if (name.len > 0 && read_word(reader, "= "))
			item.name = name;
		else
			reader->at = start;
	}
	item.value = read_expression(reader);
	if (kind == VALUE_DICT) {
		if (!read_word(reader, ":"))
			reader->failed = true;
		item.key = item.value;
		item.value = read_expression(reader);
	}
	return item;
}

static inline const struct value *
read_items(struct reader *reader, struct value *value, const char *closing)
{
	while (!reader->failed && !read_word(reader, closing)) {
		value_append(value, read_item(reader, value->kind));
		if (read_word(reader, ","))
			continue;
		if (!read_word(reader, closing))
			reader->failed = true;
		break;
	}
	return value;
}

static inline const struct value *
read_named(struct reader *reader, struct span span)
{
	struct str name = read_identifier(reader);
	struct arena *arena = reader->arena;

	if (str_is(name, "None"))
		return value_none(arena, span);
	if (str_is(name, "True") || str_is(name, "False"))
		return value_bool(arena, span, str_is(name, "True"));
	if (str_has_prefix(read_rest(reader), STR("("))) {
		reader->at++;
		return read_items(reader, value_call(arena, span, name, 0), ")");
	}
	if (name.len == 0)
		reader->failed = true;
	return value_name(arena, span, name);
}

static inline const struct value *
read_number(struct reader *reader, struct span span)
{
	struct str text = arena_str(reader->arena, read_rest(reader));
	char *end;
	long long integer = strtoll(text.at, &end, 10);

	reader->at += (size_t)(end - text.at);
	return value_int(reader->arena, span, integer);
}

static inline const struct value *
read_operand(struct reader *reader)
{
	struct arena *arena = reader->arena;
	struct str rest;
	struct span span;

	read_word(reader, "");
	span = read_span(reader);
	rest = read_rest(reader);
	if (read_word(reader, "\""))
		return value_string(arena, span, read_string(reader));
	if (read_word(reader, "["))
		return read_items(reader, value_list(arena, span, 0), "]");
	if (read_word(reader, "{"))
		return read_items(reader, value_dict(arena, span, 0), "}");
	if (rest.len > 0 && (rest.at[0] == '-' || (rest.at[0] >= '0' && rest.at[0] <= '9')))
		return read_number(reader, span);
	return read_named(reader, span);
}

static inline const struct value *
read_expression(struct reader *reader)
{
	const struct value *first = read_operand(reader);
	struct value *sum;

	if (reader->failed || !read_word(reader, "+ "))
		return first;
	sum = value_sum(reader->arena, first->origin, 2);
	value_add(sum, first);
	do {
		value_add(sum, read_operand(reader));
	} while (!reader->failed && read_word(reader, "+ "));
	return sum;
}

/* NULL where the text is nothing that we would print. */
static inline const struct value *
starlark_read(struct arena *arena, struct str text)
{
	struct reader *reader = ARENA_NEW(arena, struct reader);
	const struct value *value;

	reader->arena = arena;
	reader->source = (struct source){.name = STR("test"), .text = text};
	value = read_expression(reader);
	read_word(reader, "");
	return reader->failed || reader->at != text.len ? NULL : value;
}

#endif

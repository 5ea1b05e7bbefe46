#include "plan/literal.h"

#include "base/buf.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Dots are part of it, so that a bare version is one word. */
static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
	       c == '.';
}

static bool
is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* Where the string that begins at `from` has its closing quote; line.len: nowhere. */
static size_t
closing_quote(struct str line, size_t from)
{
	size_t at = from + 1;

	while (at < line.len && line.at[at] != line.at[from])
		at += line.at[at] == '\\' ? 2 : 1;
	return at < line.len ? at : line.len;
}

static size_t
token_end(struct str line, size_t from)
{
	size_t at = from + 1;

	if (is_quote(line.at[from])) {
		at = closing_quote(line, from);
		return at < line.len ? at + 1 : at;
	}
	if (line.at[from] == '-' ? at == line.len || !is_digit(line.at[at])
				 : !is_word(line.at[from]))
		return at;
	while (at < line.len && is_word(line.at[at]))
		at++;
	return at;
}

struct part
literal_tokens(struct str line, struct part part)
{
	struct part tokens = part;
	size_t end;

	for (size_t at = 0; at < line.len && at < part.to; at = end) {
		end = token_end(line, at);
		if (at <= part.from && part.from < end)
			tokens.from = at;
		if (at < part.to && part.to <= end)
			tokens.to = end;
	}
	return tokens;
}

/* ---- values ---- */

/* Appends what the backslash that `rest` begins with stands for, and moves behind it. */
static void
add_escaped(struct buf *out, struct str *rest)
{
	static const char letters[] = "ntr\"'\\";
	static const char meanings[] = "\n\t\r\"'\\";
	size_t letter = rest->len < 2 ? sizeof(letters) : str_find(STR(letters), rest->at[1]);
	unsigned code = 0;
	size_t digits = 0;

	while (digits < 3 && digits + 1 < rest->len && rest->at[digits + 1] >= '0' &&
	       rest->at[digits + 1] <= '7')
		code = code * 8 + (unsigned)(rest->at[++digits] - '0');
	if (letter < sizeof(letters) - 1) {
		buf_char(out, meanings[letter]);
		*rest = str_after(*rest, 2);
	} else if (digits > 0) {
		buf_char(out, (char)code);
		*rest = str_after(*rest, 1 + digits);
	} else {
		buf_char(out, '\\');
		*rest = str_after(*rest, 1);
	}
}

static struct str
unquote(struct arena *arena, struct str text)
{
	struct str rest = str_slice(text, 1, text.len - 2);
	struct buf out;

	if (str_find(rest, '\\') == rest.len)
		return rest;
	buf_init(&out, arena);
	while (rest.len > 0) {
		if (rest.at[0] == '\\') {
			add_escaped(&out, &rest);
		} else {
			buf_char(&out, rest.at[0]);
			rest = str_after(rest, 1);
		}
	}
	return buf_str(&out);
}

static bool
is_string(struct str text)
{
	return text.len >= 2 && is_quote(text.at[0]) && closing_quote(text, 0) == text.len - 1;
}

static bool
is_number(struct str text)
{
	size_t at = text.len > 1 && text.at[0] == '-' ? 1 : 0;

	while (at < text.len && is_digit(text.at[at]))
		at++;
	return text.len > 0 && at == text.len;
}

bool
literal_value(struct arena *arena, struct str text, struct str *value)
{
	*value = text;
	if (is_string(text)) {
		*value = unquote(arena, text);
		return true;
	}
	return is_number(text) || str_is(text, "True") || str_is(text, "False") ||
	       str_is(text, "None");
}

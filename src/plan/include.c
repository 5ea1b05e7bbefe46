#include "plan/include.h"

#include "plan/paths.h"

/* What a text begins with, as far as it matters here. */
enum token_kind {
	TOKEN_END,
	TOKEN_NAME,
	TOKEN_STRING, /* `text` is what stands between its quotes, escapes as they are */
	TOKEN_SIGN, /* any other character */
};

struct token {
	enum token_kind kind;
	struct str text;
};

struct str
include_label(struct arena *arena, struct str path)
{
	return arena_printf(arena, "//%.*s:%.*s", STR_ARG(path_parent(path)),
			    STR_ARG(path_name(path)));
}

static bool
is_in_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

/* Blanks, line ends, comments, and backslashes that join lines. */
static void
skip_blanks(struct str *rest)
{
	while (rest->len > 0) {
		char c = rest->at[0];

		if (c == '#')
			str_cut(rest, '\n');
		else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\\')
			*rest = str_after(*rest, 1);
		else
			return;
	}
}

static struct token
take_string(struct str *rest)
{
	char quotes[3] = {rest->at[0], rest->at[0], rest->at[0]};
	struct str end = {quotes, 3};
	size_t len = 0;
	struct str text;

	if (!str_has_prefix(*rest, end))
		end.len = 1;
	text = str_after(*rest, end.len);
	while (len < text.len && !str_has_prefix(str_after(text, len), end)) {
		/* one that is not closed ends with its line */
		if (text.at[len] == '\n' && end.len == 1)
			break;
		len += text.at[len] == '\\' ? 2 : 1;
	}
	*rest = str_after(text, len + end.len);
	return (struct token){TOKEN_STRING, str_slice(text, 0, len)};
}

static struct token
next_token(struct str *rest)
{
	size_t len = 0;
	struct token token = {TOKEN_END, {NULL, 0}};

	skip_blanks(rest);
	if (rest->len == 0)
		return token;
	if (rest->at[0] == '"' || rest->at[0] == '\'')
		return take_string(rest);
	while (len < rest->len && is_in_name(rest->at[len]))
		len++;
	token.kind = len > 0 ? TOKEN_NAME : TOKEN_SIGN;
	token.text = str_slice(*rest, 0, len > 0 ? len : 1);
	*rest = str_after(*rest, token.text.len);
	return token;
}

static bool
takes(struct str *rest, const char *sign)
{
	struct str behind = *rest;
	struct token token = next_token(&behind);

	if (token.kind == TOKEN_STRING || !str_is(token.text, sign))
		return false;
	*rest = behind;
	return true;
}

/* What stands behind include: ("label"), (label = "label"), with or without a comma. */
static bool
is_call_with(struct str rest, struct str label)
{
	struct token token;

	if (!takes(&rest, "("))
		return false;
	if (takes(&rest, "label") && !takes(&rest, "="))
		return false;
	token = next_token(&rest);
	if (token.kind != TOKEN_STRING || !str_eq(token.text, label))
		return false;
	(void)takes(&rest, ",");
	return takes(&rest, ")");
}

bool
include_is_in(struct str text, struct str label)
{
	struct str rest = text;
	struct token before = {TOKEN_END, {NULL, 0}};
	size_t depth = 0;

	for (;;) {
		struct token token = next_token(&rest);
		bool is_sign = token.kind == TOKEN_SIGN;

		if (token.kind == TOKEN_END)
			return false;
		if (is_sign && str_find(STR("([{"), token.text.at[0]) < 3)
			depth++;
		if (is_sign && str_find(STR(")]}"), token.text.at[0]) < 3 && depth > 0)
			depth--;
		/* x.include is something else */
		if (depth == 0 && token.kind == TOKEN_NAME && str_is(token.text, "include") &&
		    !(before.kind == TOKEN_SIGN && str_is(before.text, ".")) &&
		    is_call_with(rest, label))
			return true;
		before = token;
	}
}

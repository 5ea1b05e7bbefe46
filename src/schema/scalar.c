#include "schema/scalar.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool
scalar_is_clean(const struct decoder *d, const struct node *node)
{
	struct diag *diag;

	if (str_find(node->text, '\0') == node->text.len)
		return true;
	diag = diag_add(d->diags, DIAG_BAD_VALUE, node->span, "the text has a NUL character");
	diag_help(d->diags, diag, "no file that is written could hold it; remove the \\0");
	return false;
}

static bool
not_a_scalar(const struct decoder *d, const char *name, const char *wanted, const struct node *node)
{
	if (node->kind == NODE_SCALAR && !node_is_null(node))
		return false;
	diag_add(d->diags, DIAG_WRONG_KIND, node->span, "'%s' takes %s, not %s", name, wanted,
		 node_is_null(node) ? "nothing" : node_kind_name(node));
	return true;
}

/* What people write for booleans elsewhere. */
static const char *
meant_bool(struct str text)
{
	static const char *const on[] = {"yes", "Yes",  "YES",  "on", "On",
					 "ON",  "True", "TRUE", "1",  "y"};
	static const char *const off[] = {"no",  "No",    "NO",    "off", "Off",
					  "OFF", "False", "FALSE", "0",   "n"};

	for (size_t i = 0; i < sizeof(on) / sizeof(on[0]); i++) {
		if (str_is(text, on[i]))
			return "true";
		if (str_is(text, off[i]))
			return "false";
	}
	return NULL;
}

bool
scalar_bool(const struct decoder *d, const char *name, const struct node *node, bool *is_on)
{
	const char *meant;
	struct diag *diag;

	if (not_a_scalar(d, name, "true or false", node))
		return false;
	*is_on = str_is(node->text, "true");
	if (*is_on || str_is(node->text, "false"))
		return true;
	diag = diag_add(d->diags, DIAG_WRONG_KIND, node->span,
			"'%s' takes true or false, not '%.*s'", name, STR_ARG(node->text));
	meant = meant_bool(node->text);
	if (meant != NULL)
		diag_suggest(d->diags, diag, str_from(meant));
	return false;
}

bool
scalar_is_int(struct str text, long long *value)
{
	char digits[24];
	size_t at = text.len > 0 && text.at[0] == '-' ? 1 : 0;

	if (text.len == at || text.len >= sizeof(digits))
		return false;
	for (size_t i = at; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	}
	/* 007 is no number in Starlark */
	if (text.at[at] == '0' && text.len > at + 1)
		return false;
	memcpy(digits, text.at, text.len);
	digits[text.len] = '\0';
	errno = 0;
	*value = strtoll(digits, NULL, 10);
	return errno == 0;
}

bool
scalar_int(const struct decoder *d, const char *name, const struct node *node, long long *value)
{
	if (not_a_scalar(d, name, "a whole number", node))
		return false;
	if (scalar_is_int(node->text, value))
		return true;
	diag_add(d->diags, DIAG_WRONG_KIND, node->span, "'%s' takes a whole number, not '%.*s'",
		 name, STR_ARG(node->text));
	return false;
}

struct str
scalar_as_written(struct arena *arena, const struct node *node)
{
	if (node->style == NODE_PLAIN)
		return node->text;
	return arena_printf(arena, "\"%.*s\"", STR_ARG(node->text));
}

struct str
choice_text(struct arena *arena, const char *values)
{
	struct buf buf;
	struct str rest = str_from(values);

	buf_init(&buf, arena);
	while (rest.len > 0) {
		struct str word = str_cut(&rest, '|');

		if (buf.len > 0)
			buf_text(&buf, rest.len > 0 ? ", " : " or ");
		buf_printf(&buf, "'%.*s'", STR_ARG(word));
	}
	return buf_str(&buf);
}

bool
scalar_choice(const struct decoder *d, const char *name, const char *values,
	      const struct node *node)
{
	struct str wanted = choice_text(d->arena, values);
	struct str rest = str_from(values);
	struct nearest nearest;
	struct diag *diag;

	if (node->kind == NODE_SCALAR && choice_index(values, node->text) >= 0)
		return true;
	if (node->kind != NODE_SCALAR || node_is_null(node)) {
		diag_add(d->diags, DIAG_WRONG_KIND, node->span, "'%s' takes %.*s, not %s", name,
			 STR_ARG(wanted), node_is_null(node) ? "nothing" : node_kind_name(node));
		return false;
	}
	diag = diag_add(d->diags, DIAG_BAD_VALUE, node->span, "'%s' takes %.*s, not '%.*s'", name,
			STR_ARG(wanted), STR_ARG(node->text));
	nearest_init(&nearest, node->text);
	while (rest.len > 0)
		nearest_offer(&nearest, str_cut(&rest, '|'));
	diag_suggest(d->diags, diag, nearest.best);
	return false;
}

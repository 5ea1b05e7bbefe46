/*
 * Expressions as text. In BUILD and MODULE files buildifier puts what has two or more items on a
 * line each, whatever the width; with at most one item it keeps the brackets on the item's lines.
 * A call of several plain positional arguments may stay on one line if it was written so: we
 * always write the long form, which is stable as well, in .bzl files, too.
 */
#include "starlark/starlark.h"

enum { INDENT = 4 };

struct printer {
	struct buf *out;
	const struct trace *trace; /* may be NULL */
	bool is_one_line;
};

static bool
needs_escape(unsigned char c)
{
	return c < 0x20 || c == 0x7f || c == '"' || c == '\\';
}

/* buildifier keeps every valid escape as it is; octal ones are known to every Bazel. */
static void
print_escape(struct buf *out, unsigned char c)
{
	static const char plain[] = "\"\\\n\t\r";
	static const char letters[] = "\"\\ntr";
	size_t at = str_find(STR(plain), (char)c);

	buf_char(out, '\\');
	if (at < sizeof(plain) - 1) {
		buf_char(out, letters[at]);
		return;
	}
	buf_char(out, (char)('0' + (c >> 6)));
	buf_char(out, (char)('0' + (c >> 3 & 7)));
	buf_char(out, (char)('0' + (c & 7)));
}

void
starlark_print_string(struct buf *out, struct str text)
{
	size_t done = 0;

	buf_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (!needs_escape((unsigned char)text.at[i]))
			continue;
		buf_add(out, str_slice(text, done, i - done));
		print_escape(out, (unsigned char)text.at[i]);
		done = i + 1;
	}
	buf_add(out, str_after(text, done));
	buf_char(out, '"');
}

static void print_value(struct printer *printer, const struct value *value, unsigned indent);

static void
trace(const struct printer *printer, size_t from, const struct value *value)
{
	const struct trace *listener = printer->trace;

	if (listener != NULL && value->origin.source != NULL)
		listener->mark(listener->self, from, printer->out->len, value->origin);
}

/* A new line in front of the next item or bracket. */
static void
break_line(struct printer *printer, unsigned indent)
{
	buf_char(printer->out, '\n');
	buf_fill(printer->out, ' ', indent);
}

static void
print_item(struct printer *printer, const struct value_item *item, unsigned indent)
{
	if (str_is(item->name, "**")) {
		buf_add(printer->out, item->name);
	} else if (item->name.len > 0) {
		buf_add(printer->out, item->name);
		buf_text(printer->out, " = ");
	} else if (item->key != NULL) {
		size_t from = printer->out->len;

		print_value(printer, item->key, indent);
		trace(printer, from, item->key);
		buf_text(printer->out, ": ");
	}
	print_value(printer, item->value, indent);
}

static void
print_items(struct printer *printer, const struct value *value, const char *brackets,
	    unsigned indent)
{
	bool is_long = value->count > 1 && !printer->is_one_line;
	unsigned inner = is_long ? indent + INDENT : indent;

	buf_char(printer->out, brackets[0]);
	for (size_t i = 0; i < value->count; i++) {
		const struct value_item *item = &value->items[i];
		size_t from;

		if (is_long)
			break_line(printer, inner);
		else if (i > 0)
			buf_char(printer->out, ' ');
		from = printer->out->len;
		print_item(printer, item, inner);
		/* behind a last **argument buildifier removes the comma */
		if (i + 1 < value->count || (is_long && !str_is(item->name, "**")))
			buf_char(printer->out, ',');
		trace(printer, from, item->value);
	}
	if (is_long)
		break_line(printer, indent);
	buf_char(printer->out, brackets[1]);
}

static void
print_sum(struct printer *printer, const struct value *value, unsigned indent)
{
	if (value->count == 0)
		buf_text(printer->out, "[]");
	for (size_t i = 0; i < value->count; i++) {
		const struct value *operand = value->items[i].value;
		size_t from;

		if (i > 0)
			buf_text(printer->out, " + ");
		from = printer->out->len;
		print_value(printer, operand, indent);
		trace(printer, from, operand);
	}
}

static void
print_value(struct printer *printer, const struct value *value, unsigned indent)
{
	struct buf *out = printer->out;

	switch (value->kind) {
	case VALUE_NONE:
		buf_text(out, "None");
		break;
	case VALUE_BOOL:
		buf_text(out, value->boolean ? "True" : "False");
		break;
	case VALUE_INT:
		buf_printf(out, "%lld", value->integer);
		break;
	case VALUE_STRING:
		starlark_print_string(out, value->text);
		break;
	case VALUE_NAME:
		buf_add(out, value->text);
		break;
	case VALUE_LIST:
		print_items(printer, value, "[]", indent);
		break;
	case VALUE_DICT:
		print_items(printer, value, "{}", indent);
		break;
	case VALUE_CALL:
		buf_add(out, value->text);
		print_items(printer, value, "()", indent);
		break;
	case VALUE_SUM:
		print_sum(printer, value, indent);
		break;
	}
}

void
starlark_print(struct buf *out, const struct value *value, unsigned indent,
	       const struct trace *listener)
{
	struct printer printer = {.out = out, .trace = listener};
	size_t from = out->len;

	print_value(&printer, value, indent);
	trace(&printer, from, value);
}

/* Whether buildifier would break the value even in a call that it leaves on one line. */
static bool
is_broken(const struct value *value)
{
	if (value->count > 1 && value->kind != VALUE_SUM)
		return true;
	for (size_t i = 0; i < value->count; i++) {
		const struct value_item *item = &value->items[i];

		if (is_broken(item->value) || (item->key != NULL && is_broken(item->key)))
			return true;
	}
	return false;
}

void
starlark_print_line(struct buf *out, const struct value *value, const struct trace *listener)
{
	struct printer printer = {.out = out, .trace = listener, .is_one_line = true};
	size_t from = out->len;

	for (size_t i = 0; i < value->count; i++) {
		if (is_broken(value->items[i].value))
			printer.is_one_line = false;
	}
	print_value(&printer, value, 0);
	trace(&printer, from, value);
}

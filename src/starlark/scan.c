#include "starlark/starlark.h"

/* Deeper nesting is refused, so that the open brackets fit on the stack. */
enum { SCAN_DEPTH = 500 };

struct scan {
	struct str text;
	size_t at;
	size_t open[SCAN_DEPTH]; /* where the brackets stand that are not closed yet */
	size_t depth;
};

static bool
fault_at(const struct scan *scan, size_t at, const char *what, struct starlark_fault *fault)
{
	*fault = (struct starlark_fault){.line = 1, .column = 1, .what = what};
	for (size_t i = 0; i < at; i++) {
		unsigned char c = (unsigned char)scan->text.at[i];

		if (c == '\n') {
			fault->line++;
			fault->column = 1;
		} else if ((c & 0xc0) != 0x80) {
			/* bytes 10xxxxxx continue a code point */
			fault->column++;
		}
	}
	return false;
}

/* Behind a backslash: the next character, a line end as a whole. Raw strings do the same, for a
 * backslash keeps a quote from closing them, too. */
static size_t
escape_length(struct str rest)
{
	return str_has_prefix(rest, STR("\\\r\n")) ? 3 : 2;
}

/* Steps over the string whose first quote is at `at`. */
static bool
scan_string(struct scan *scan, struct starlark_fault *fault)
{
	size_t start = scan->at;
	char quote = scan->text.at[start];
	char triple[3] = {quote, quote, quote};
	struct str end = {triple, 1};

	if (str_has_prefix(str_after(scan->text, start), (struct str){triple, 3}))
		end.len = 3;
	scan->at += end.len;
	while (scan->at < scan->text.len) {
		char c = scan->text.at[scan->at];

		if (c == quote && str_has_prefix(str_after(scan->text, scan->at), end)) {
			scan->at += end.len;
			return true;
		}
		if (c == '\n' && end.len == 1)
			break;
		scan->at += c == '\\' ? escape_length(str_after(scan->text, scan->at)) : 1;
	}
	return fault_at(scan, start, "this string is not closed", fault);
}

static bool
scan_closing(struct scan *scan, struct starlark_fault *fault)
{
	char closing = scan->text.at[scan->at];
	char open;

	if (scan->depth == 0)
		return fault_at(scan, scan->at, "nothing is open that this bracket could close",
				fault);
	open = scan->text.at[scan->open[scan->depth - 1]];
	if ((open == '(') != (closing == ')') || (open == '[') != (closing == ']'))
		return fault_at(scan, scan->at, "this bracket does not match the open one", fault);
	scan->depth--;
	scan->at++;
	return true;
}

static bool
scan_opening(struct scan *scan, struct starlark_fault *fault)
{
	if (scan->depth == SCAN_DEPTH)
		return fault_at(scan, scan->at, "brackets are nested too deeply here", fault);
	scan->open[scan->depth++] = scan->at++;
	return true;
}

/* What a token other than a name, number or operator begins with, and what may follow these. */
static size_t
plain_length(struct str rest)
{
	static const bool is_special[256] = {
		['"'] = true, ['\''] = true, ['#'] = true, ['('] = true, [')'] = true,
		['['] = true, [']'] = true,  ['{'] = true, ['}'] = true,
	};
	size_t len = 0;

	while (len < rest.len && !is_special[(unsigned char)rest.at[len]])
		len++;
	return len;
}

static bool
scan_token(struct scan *scan, struct starlark_fault *fault)
{
	switch (scan->text.at[scan->at]) {
	case '"':
	case '\'':
		return scan_string(scan, fault);
	case '#':
		scan->at += str_find(str_after(scan->text, scan->at), '\n');
		return true;
	case '(':
	case '[':
	case '{':
		return scan_opening(scan, fault);
	case ')':
	case ']':
	case '}':
		return scan_closing(scan, fault);
	default:
		scan->at += plain_length(str_after(scan->text, scan->at));
		return true;
	}
}

bool
starlark_scan(struct str text, struct starlark_fault *fault)
{
	struct scan scan = {.text = text};

	while (scan.at < text.len) {
		if (!scan_token(&scan, fault))
			return false;
	}
	if (scan.depth > 0)
		return fault_at(&scan, scan.open[scan.depth - 1], "this bracket is not closed",
				fault);
	return true;
}

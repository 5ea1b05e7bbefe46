#include "diag/diag.h"

#include "diag/cursor.h"
#include "diag/utf8.h"

/* How much of a long line is shown, in code points: all before a caret that stands near the start,
 * else a part of it. */
enum {
	SHOWN_MAX = 100,
	BEFORE_MAX = 72,
	BEFORE_CUT = 40,
	TAB = 8,
};

/* Diagnostics come sorted, so their cursor only moves on; notes jump and have their own. */
struct place {
	const struct source *source;
	struct cursor cursor;
};

struct printer {
	struct buf *out;
	bool colour;
	unsigned digits; /* of line numbers in the gutter */
	struct place main;
	struct place note;
};

enum colour {
	COLOUR_NONE,
	COLOUR_BOLD,
	COLOUR_ERROR,
	COLOUR_WARNING,
	COLOUR_NOTE,
	COLOUR_CARET,
};

static void
paint(struct printer *printer, enum colour colour)
{
	static const char *const sequences[] = {
		[COLOUR_NONE] = "\033[0m",     [COLOUR_BOLD] = "\033[1m",
		[COLOUR_ERROR] = "\033[1;31m", [COLOUR_WARNING] = "\033[1;35m",
		[COLOUR_NOTE] = "\033[1;36m",  [COLOUR_CARET] = "\033[1;32m",
	};

	if (printer->colour)
		buf_text(printer->out, sequences[colour]);
}

/* The length of the last code point; a byte that belongs to none counts as one, as in step. */
static size_t
step_back(struct str text)
{
	for (size_t len = 2; len <= 4 && len <= text.len; len++) {
		if (utf8_step(str_after(text, text.len - len)) == len)
			return len;
	}
	return 1;
}

/* False: the span has no place in its source. */
static bool
find(struct place *place, struct span span)
{
	if (span.source == NULL || span.line == 0)
		return false;
	if (place->source != span.source) {
		place->source = span.source;
		cursor_init(&place->cursor, span.source->text);
	}
	return cursor_seek(&place->cursor, span.line, span.column);
}

/* Appends one code point; returns how many columns it takes. */
static unsigned
put_glyph(struct buf *out, struct str glyph, unsigned column)
{
	uint32_t code;
	size_t len = utf8_decode(glyph, &code);
	size_t before = out->len;

	if (code == '\t' && column != 0) {
		unsigned blanks = TAB - (column - 1) % TAB;

		buf_fill(out, ' ', blanks);
		return blanks;
	}
	if (len > 0 && !utf8_is_hidden(code)) {
		buf_add(out, str_slice(glyph, 0, len));
		return utf8_columns(code);
	}
	if (code == '\n' || code == '\t' || code == '\r')
		buf_text(out, code == '\n' ? "\\n" : code == '\t' ? "\\t" : "\\r");
	else
		buf_printf(out, len == 0 || code < 0x80 ? "\\x%02x" : "\\u{%04x}", code);
	return (unsigned)(out->len - before);
}

void
diag_escape(struct buf *out, struct str text)
{
	size_t plain = 0;

	while (text.len > 0) {
		/* ASCII in one piece, since that is what most text is */
		while (plain < text.len && text.at[plain] >= 0x20 && text.at[plain] < 0x7f)
			plain++;
		buf_add(out, str_slice(text, 0, plain));
		text = str_after(text, plain);
		plain = 0;
		if (text.len > 0) {
			put_glyph(out, text, 0);
			text = str_after(text, utf8_step(text));
		}
	}
}

/* The piece of the line around the cursor that is shown; *before is what stands before it. */
static struct str
window(const struct cursor *cursor, struct str *before)
{
	struct str text = cursor->text;
	struct str line = str_after(text, cursor->line_start);
	size_t from = cursor->at - cursor->line_start;
	size_t len = 0;

	if (cursor->column <= BEFORE_MAX)
		from = 0;
	for (unsigned i = 0; i < BEFORE_CUT && from > 0; i++)
		from -= step_back(str_slice(line, 0, from));
	*before = str_slice(line, 0, from);
	line = str_after(line, from);
	for (unsigned i = 0; i < SHOWN_MAX && len < line.len && line.at[len] != '\n'; i++)
		len += utf8_step(str_after(line, len));
	if (len > 0 && line.at[len - 1] == '\r' && (len == line.len || line.at[len] == '\n'))
		len--;
	return str_slice(line, 0, len);
}

static void
gutter(struct printer *printer, uint32_t line)
{
	if (line == 0)
		buf_fill(printer->out, ' ', printer->digits);
	else
		buf_printf(printer->out, "%*u", (int)printer->digits, line);
	buf_char(printer->out, ' ');
}

/* The source line, and the caret line below it. */
static void
excerpt(struct printer *printer, const struct cursor *cursor, uint32_t width)
{
	struct buf *out = printer->out;
	struct str before;
	struct str shown = window(cursor, &before);
	size_t caret_at = cursor->at - cursor->line_start - before.len;
	size_t end = cursor->line_start + before.len + shown.len;
	unsigned column = 1, caret = 0, marked = 0;

	gutter(printer, cursor->line);
	buf_text(out, shown.len > 0 ? "| " : "|");
	if (before.len > 0) {
		buf_text(out, "...");
		column += 3;
	}
	for (size_t i = 0; i < shown.len; i += utf8_step(str_after(shown, i))) {
		unsigned columns = put_glyph(out, str_after(shown, i), column);

		if (i == caret_at)
			caret = column;
		if (caret != 0 && width > 0) {
			marked += columns;
			width--;
		}
		column += columns;
	}
	if (caret == 0)
		caret = column;
	if (end < cursor->text.len && cursor->text.at[end] != '\n' && cursor->text.at[end] != '\r')
		buf_text(out, "...");
	buf_char(out, '\n');
	gutter(printer, 0);
	buf_text(out, "| ");
	buf_fill(out, ' ', caret - 1);
	paint(printer, COLOUR_CARET);
	buf_char(out, '^');
	if (marked > 1)
		buf_fill(out, '~', marked - 1);
	paint(printer, COLOUR_NONE);
	buf_char(out, '\n');
}

static void
heading(struct printer *printer, struct span span)
{
	if (span.source == NULL)
		return;
	paint(printer, COLOUR_BOLD);
	diag_escape(printer->out, span.source->name);
	if (span.line > 0)
		buf_printf(printer->out, ":%u:%u", span.line, span.column);
	buf_char(printer->out, ':');
	paint(printer, COLOUR_NONE);
	buf_char(printer->out, ' ');
}

static void
sentence(struct printer *printer, struct str text)
{
	paint(printer, COLOUR_BOLD);
	buf_text(printer->out, ": ");
	diag_escape(printer->out, text);
	paint(printer, COLOUR_NONE);
	buf_char(printer->out, '\n');
}

static unsigned
digits_of(uint32_t line)
{
	unsigned digits = 1;

	for (; line > 9; line /= 10)
		digits++;
	return digits;
}

static void
print_one(struct printer *printer, const struct diag *diag)
{
	const struct diag_info *info = diag_info(diag->code);
	bool is_error = info->severity == SEVERITY_ERROR;

	printer->digits = 4;
	if (digits_of(diag->span.line) > printer->digits)
		printer->digits = digits_of(diag->span.line);
	for (const struct diag_note *note = diag->notes; note != NULL; note = note->next) {
		if (digits_of(note->span.line) > printer->digits)
			printer->digits = digits_of(note->span.line);
	}
	heading(printer, diag->span);
	paint(printer, is_error ? COLOUR_ERROR : COLOUR_WARNING);
	buf_printf(printer->out, "%s[%s]", is_error ? "error" : "warning", info->code);
	paint(printer, COLOUR_NONE);
	sentence(printer, diag->text);
	if (find(&printer->main, diag->span))
		excerpt(printer, &printer->main.cursor, diag->span.width);
	if (diag->help.len > 0) {
		gutter(printer, 0);
		paint(printer, COLOUR_BOLD);
		buf_text(printer->out, "= help");
		paint(printer, COLOUR_NONE);
		buf_text(printer->out, ": ");
		diag_escape(printer->out, diag->help);
		buf_char(printer->out, '\n');
	}
	for (const struct diag_note *note = diag->notes; note != NULL; note = note->next) {
		heading(printer, note->span);
		paint(printer, COLOUR_NOTE);
		buf_text(printer->out, "note");
		paint(printer, COLOUR_NONE);
		sentence(printer, note->text);
		if (find(&printer->note, note->span))
			excerpt(printer, &printer->note.cursor, note->span.width);
	}
}

void
diags_print_text(const struct diags *diags, struct buf *out, bool colour)
{
	struct printer printer = {.out = out, .colour = colour};

	for (size_t i = 0; i < diags->count; i++)
		print_one(&printer, diags->items[i]);
	if (diags->dropped > 0)
		buf_printf(out, "%zu more %s not shown\n", diags->dropped,
			   diags->dropped == 1 ? "message is" : "messages are");
}

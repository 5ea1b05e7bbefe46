#include "template/template.h"

#include "diag/cursor.h"
#include "diag/utf8.h"
#include "template/ops.h"

struct opening {
	size_t op;
	struct span span; /* of the tag */
};

struct compiler {
	struct arena *arena;
	struct diags *diags;
	const struct source *source;
	struct str text;
	struct str open; /* the delimiters in force */
	struct str close;
	size_t at; /* everything before is compiled or refused */
	size_t text_from; /* text from here on is not in an op yet */
	struct cursor cursor; /* where the last position was asked for */
	struct op *ops;
	size_t count;
	size_t capacity;
	struct opening opened[TEMPLATE_DEPTH_MAX];
	size_t depth;
	bool failed;
	bool is_unbalanced; /* a tag was lost: nothing can be said of sections any more */
};

struct tag {
	char form; /* one of # ^ / > & { ! = or NUL for {{x}} */
	struct str name; /* of comments and delimiters: the content */
	size_t from;
	size_t to;
	struct span span; /* not of comments */
	struct span name_span;
};

uint32_t
template_width(struct str s)
{
	uint32_t width = 0;

	for (size_t at = 0; at < s.len; at += utf8_step(str_after(s, at)))
		width++;
	return width;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

static bool
is_at(const struct compiler *c, size_t at, struct str what)
{
	return str_has_prefix(str_after(c->text, at), what);
}

static bool
starts_line(const struct compiler *c, size_t at)
{
	return at == 0 || c->text.at[at - 1] == '\n';
}

/* Positions must be asked for from front to back, so that the text is walked over once. */
static struct span
span_of(struct compiler *c, size_t from, size_t to)
{
	struct str here = str_slice(c->text, from, to - from);

	while (c->cursor.at < from)
		cursor_step(&c->cursor);
	here.len = str_find(here, '\n');
	return (struct span){c->source, c->cursor.line, c->cursor.column, template_width(here)};
}

static struct diag *
fail(struct compiler *c, enum diag_code code, struct span span, struct str subject,
     const char *problem)
{
	c->failed = true;
	return diag_add(c->diags, code, span, "'%.*s' %s", STR_ARG(subject), problem);
}

static struct op *
add_op(struct compiler *c, enum op_kind kind, struct str text)
{
	struct op *op;

	c->ops = arena_grow(c->arena, c->ops, c->count, &c->capacity, sizeof(*c->ops));
	op = &c->ops[c->count++];
	*op = (struct op){.kind = kind, .text = text};
	return op;
}

/* The text up to `to`; what follows it goes on at `next`. */
static void
add_text(struct compiler *c, size_t to, size_t next)
{
	struct str text = str_slice(c->text, c->text_from, to - c->text_from);

	if (text.len > 0)
		add_op(c, OP_TEXT, text)->starts_line = starts_line(c, c->text_from);
	c->text_from = next;
}

/* How many bytes at `at` close a tag of this form; 0: none. */
static size_t
closing_at(const struct compiler *c, char form, size_t at)
{
	size_t brace = form == '{';

	if (brace == 1 && !is_at(c, at, STR("}")))
		return 0;
	return is_at(c, at + brace, c->close) ? brace + c->close.len : 0;
}

/* Where the closing delimiter stands that a broken tag has on its line; else the text's end. */
static size_t
closing_on_line(const struct compiler *c, char form, size_t at)
{
	for (; at < c->text.len && c->text.at[at] != '\n'; at++) {
		if (closing_at(c, form, at) > 0)
			return at;
		if (is_at(c, at, c->open))
			break;
	}
	return c->text.len;
}

/* Records that the tag does not end, and goes on at `next`. */
static bool
unclosed_tag(struct compiler *c, const struct tag *tag, size_t next)
{
	size_t width = c->open.len + (tag->form != '\0');
	const char *brace = tag->form == '{' ? "}" : "";

	c->failed = true;
	c->is_unbalanced = true;
	c->at = next;
	diag_add(c->diags, DIAG_TEMPLATE_UNCLOSED_TAG, span_of(c, tag->from, tag->from + width),
		 "'%.*s' is not closed by '%s%.*s'", STR_ARG(str_slice(c->text, tag->from, width)),
		 brace, STR_ARG(c->close));
	return false;
}

static bool
bad_name(struct compiler *c, const struct tag *tag)
{
	struct diag *diag;

	/* a section's name was to be there: what closes it would be reported as well */
	if (tag->form == '#' || tag->form == '^' || tag->form == '/')
		c->is_unbalanced = true;
	c->at = tag->to;
	if (tag->name.len > 0) {
		diag = fail(c, DIAG_TEMPLATE_BAD_TAG, tag->name_span, tag->name, "is not a name");
	} else {
		diag = fail(c, DIAG_TEMPLATE_BAD_TAG, tag->span,
			    str_slice(c->text, tag->from, tag->to - tag->from), "has no name");
	}
	diag_help(c->diags, diag,
		  "a name begins with a letter, a digit or '_' and holds no blanks; the forms of "
		  "tags are {{x}}, {{{x}}}, {{&x}}, {{#x}}, {{^x}}, {{/x}}, {{>x}}, {{!x}} and "
		  "{{=<%% %%>=}}");
	return false;
}

static bool
is_name(char form, struct str name)
{
	if (str_is(name, "."))
		return true;
	if (name.len == 0 || !(is_word(name.at[0]) || (form == '>' && name.at[0] == '.')))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		if (is_space(name.at[i]))
			return false;
		/* no part may be empty */
		if (form != '>' && name.at[i] == '.' &&
		    (i + 1 == name.len || name.at[i + 1] == '.'))
			return false;
	}
	return true;
}

static size_t
skip_space(const struct compiler *c, size_t at)
{
	while (at < c->text.len && is_space(c->text.at[at]))
		at++;
	return at;
}

/* Reads the name from `at` on and the end of the tag. */
static bool
scan_name(struct compiler *c, struct tag *tag, size_t at)
{
	size_t from = skip_space(c, at);
	size_t to = from;

	while (to < c->text.len && !is_space(c->text.at[to]) && closing_at(c, tag->form, to) == 0)
		to++;
	at = skip_space(c, to);
	if (closing_at(c, tag->form, at) == 0) {
		size_t next = at;

		/* several words, or a line that forgot its }}? */
		at = closing_on_line(c, tag->form, to);
		if (at == c->text.len)
			return unclosed_tag(c, tag, next);
	}
	tag->to = at + closing_at(c, tag->form, at);
	tag->name = str_trim(str_slice(c->text, from, at - from));
	tag->span = span_of(c, tag->from, tag->to);
	tag->name_span = span_of(c, from, from + tag->name.len);
	return is_name(tag->form, tag->name) || bad_name(c, tag);
}

static bool
scan_comment(struct compiler *c, struct tag *tag, size_t at)
{
	size_t len = str_find_str(str_after(c->text, at), c->close);

	if (at + len >= c->text.len)
		return unclosed_tag(c, tag, c->text.len);
	tag->to = at + len + c->close.len;
	return true;
}

static bool
scan_delimiters(struct compiler *c, struct tag *tag, size_t at)
{
	size_t len = str_find(str_after(c->text, at), '=');

	if (at + len >= c->text.len || !is_at(c, at + len + 1, c->close)) {
		c->is_unbalanced = true;
		c->at = at;
		fail(c, DIAG_TEMPLATE_BAD_DELIMITERS, span_of(c, tag->from, at),
		     str_slice(c->text, tag->from, at - tag->from),
		     "does not begin a change of delimiters");
		return false;
	}
	tag->name = str_trim(str_slice(c->text, at, len));
	tag->to = at + len + 1 + c->close.len;
	tag->span = span_of(c, tag->from, tag->to);
	return true;
}

/* Reads the tag at c->at. False: it was refused, and c->at stands where to look on. */
static bool
scan_tag(struct compiler *c, struct tag *tag)
{
	size_t body = c->at + c->open.len;

	*tag = (struct tag){.from = c->at};
	if (body < c->text.len && str_find(STR("#^/>&{!="), c->text.at[body]) < 8)
		tag->form = c->text.at[body++];
	if (tag->form == '!')
		return scan_comment(c, tag, body);
	if (tag->form == '=')
		return scan_delimiters(c, tag, body);
	return scan_name(c, tag, body);
}

/* Whether nothing but blanks shares the tag's lines. If so, these go from *from to *to. */
static bool
is_standalone(const struct compiler *c, const struct tag *tag, size_t *from, size_t *to)
{
	const char *at = c->text.at;
	size_t start = tag->from;
	size_t end = tag->to;

	if (tag->form == '\0' || tag->form == '&' || tag->form == '{')
		return false;
	while (start > 0 && (at[start - 1] == ' ' || at[start - 1] == '\t'))
		start--;
	while (end < c->text.len && (at[end] == ' ' || at[end] == '\t'))
		end++;
	if (is_at(c, end, STR("\r\n")))
		end++;
	if (!starts_line(c, start) || (end < c->text.len && at[end] != '\n'))
		return false;
	*from = start;
	*to = end < c->text.len ? end + 1 : end;
	return true;
}

static void
set_delimiters(struct compiler *c, const struct tag *tag)
{
	struct str open = tag->name;
	struct str close;
	size_t len = 0;

	while (len < open.len && !is_space(open.at[len]))
		len++;
	close = str_trim(str_after(open, len));
	open.len = len;
	for (size_t i = 0; i < close.len; i++) {
		if (is_space(close.at[i]))
			close.len = 0;
	}
	if (close.len == 0 || open.len > TEMPLATE_DELIMITER_MAX ||
	    close.len > TEMPLATE_DELIMITER_MAX) {
		struct diag *diag = fail(c, DIAG_TEMPLATE_BAD_DELIMITERS, tag->span, tag->name,
					 "are not two delimiters");

		diag_help(c->diags, diag,
			  "write two words of at most %d bytes, without '=', as in {{=<%% %%>=}}",
			  TEMPLATE_DELIMITER_MAX);
		c->is_unbalanced = true;
		return;
	}
	c->open = open;
	c->close = close;
}

static void
open_section(struct compiler *c, const struct tag *tag)
{
	if (c->depth == TEMPLATE_DEPTH_MAX) {
		c->failed = true;
		c->is_unbalanced = true;
		c->at = c->text.len;
		diag_add(c->diags, DIAG_TEMPLATE_TOO_DEEP, tag->span,
			 "section '%.*s' nests deeper than %d levels", STR_ARG(tag->name),
			 TEMPLATE_DEPTH_MAX);
		return;
	}
	c->opened[c->depth++] = (struct opening){c->count, tag->span};
	add_op(c, tag->form == '#' ? OP_SECTION : OP_INVERTED, tag->name)->span = tag->name_span;
}

static void
unclosed_section(struct compiler *c, const struct opening *opening)
{
	if (!c->is_unbalanced)
		fail(c, DIAG_TEMPLATE_UNCLOSED_SECTION, opening->span, c->ops[opening->op].text,
		     "is a section that is not closed");
}

/* Records a {{/x}} without a {{#x}}. True: it was probably meant for the innermost section. */
static bool
stray_close(struct compiler *c, const struct tag *tag)
{
	struct nearest nearest;
	struct diag *diag;

	if (c->is_unbalanced)
		return false;
	diag = fail(c, DIAG_TEMPLATE_STRAY_CLOSE, tag->name_span, tag->name,
		    "is closed, but no section of that name is open");
	if (c->depth == 0)
		return false;
	diag_note(c->diags, diag, c->opened[c->depth - 1].span, "this section is open");
	nearest_init(&nearest, tag->name);
	nearest_offer(&nearest, c->ops[c->opened[c->depth - 1].op].text);
	diag_suggest(c->diags, diag, nearest.best);
	return nearest.best.len > 0;
}

static void
close_section(struct compiler *c, const struct tag *tag)
{
	size_t match = c->depth;

	while (match > 0 && !str_eq(c->ops[c->opened[match - 1].op].text, tag->name))
		match--;
	if (match == 0) {
		if (!stray_close(c, tag))
			return;
		match = c->depth;
	}
	while (c->depth > match)
		unclosed_section(c, &c->opened[--c->depth]);
	c->depth--;
	c->ops[c->opened[c->depth].op].end = c->count;
}

static void
compile_tag(struct compiler *c, const struct tag *tag)
{
	size_t from = tag->from;
	size_t to = tag->to;
	bool standalone = is_standalone(c, tag, &from, &to);
	struct op *op;

	add_text(c, from, to);
	if (!standalone && starts_line(c, from))
		add_op(c, OP_TEXT, str_slice(c->text, from, 0))->starts_line = true;
	c->at = tag->to;
	switch (tag->form) {
	case '!':
		break;
	case '=':
		set_delimiters(c, tag);
		break;
	case '#':
	case '^':
		open_section(c, tag);
		break;
	case '/':
		close_section(c, tag);
		break;
	case '>':
		op = add_op(c, OP_PARTIAL, tag->name);
		op->span = tag->name_span;
		op->is_standalone = standalone;
		op->indent = str_slice(c->text, from, tag->from - from);
		break;
	default:
		op = add_op(c, tag->form == '\0' ? OP_LITERAL : OP_RAW, tag->name);
		op->span = tag->name_span;
		break;
	}
}

bool
template_compile(struct arena *arena, struct diags *diags, const struct source *source,
		 const struct template **compiled)
{
	struct compiler c = {.arena = arena,
			     .diags = diags,
			     .source = source,
			     .text = source->text,
			     .open = STR("{{"),
			     .close = STR("}}")};
	struct template *template = ARENA_NEW(arena, struct template);
	struct tag tag;

	cursor_init(&c.cursor, c.text);
	for (;;) {
		c.at += str_find_str(str_after(c.text, c.at), c.open);
		if (c.at >= c.text.len)
			break;
		if (scan_tag(&c, &tag))
			compile_tag(&c, &tag);
	}
	add_text(&c, c.text.len, c.text.len);
	while (c.depth > 0)
		unclosed_section(&c, &c.opened[--c.depth]);
	*template = (struct template){c.ops, c.count};
	*compiled = c.failed ? NULL : template;
	return !c.failed;
}

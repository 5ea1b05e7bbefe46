#include "diag/diag.h"

#include <stdlib.h>
#include <string.h>

static const struct diag_info infos[DIAG_COUNT] = {
#define DIAG(symbol, code, severity, title, text) \
	[DIAG_##symbol] = {code, SEVERITY_##severity, title, text},
#include "diag/codes.def"
#undef DIAG
};

const struct diag_info *
diag_info(enum diag_code code)
{
	return &infos[code];
}

bool
diag_find(struct str written, enum diag_code *code)
{
	for (size_t i = 0; i < DIAG_COUNT; i++) {
		if (str_is(written, infos[i].code)) {
			*code = (enum diag_code)i;
			return true;
		}
	}
	return false;
}

void
diags_init(struct diags *diags, struct arena *arena)
{
	*diags = (struct diags){.arena = arena, .spare = ARENA_NEW(arena, struct diag)};
}

/* Whether the byte can stand at the end or the start of a piece of UTF-8. */
static bool
is_boundary(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

/* The text without its middle, so that what is said of a huge name at the end stays. */
static struct str
shorten(struct arena *arena, struct str text)
{
	static const char gap[] = "...";
	size_t head = DIAG_TEXT_MAX / 2;
	size_t tail = text.len - (DIAG_TEXT_MAX / 2 - sizeof(gap));
	char *at;

	while (!is_boundary(text.at[head]) && head > DIAG_TEXT_MAX / 2 - 4)
		head--;
	while (!is_boundary(text.at[tail]) && tail < text.len - DIAG_TEXT_MAX / 4)
		tail++;
	at = arena_alloc(arena, DIAG_TEXT_MAX + 1);
	memcpy(at, text.at, head);
	memcpy(at + head, gap, sizeof(gap) - 1);
	memcpy(at + head + sizeof(gap) - 1, text.at + tail, text.len - tail);
	return (struct str){at, head + sizeof(gap) - 1 + text.len - tail};
}

__attribute__((format(printf, 2, 0))) static struct str
format_text(struct arena *arena, const char *format, va_list args)
{
	struct str text = arena_vprintf(arena, format, args);

	return text.len <= DIAG_TEXT_MAX ? text : shorten(arena, text);
}

static bool
is_recorded(const struct diags *diags, enum diag_code code, struct span span, struct str text)
{
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = diags->items[i];

		if (diag->code == code && diag->span.line == span.line &&
		    diag->span.column == span.column && diag->span.source == span.source &&
		    str_eq(diag->text, text))
			return true;
	}
	return false;
}

struct diag *
diag_add(struct diags *diags, enum diag_code code, struct span span, const char *format, ...)
{
	size_t *total = infos[code].severity == SEVERITY_ERROR ? &diags->errors : &diags->warnings;
	struct arena_mark mark = arena_mark(diags->arena);
	struct diag *diag;
	struct str text;
	va_list args;

	*diags->spare = (struct diag){.code = code, .span = span};
	if (*total >= DIAGS_MAX) {
		(*total)++;
		diags->dropped++;
		return diags->spare;
	}
	va_start(args, format);
	text = format_text(diags->arena, format, args);
	va_end(args);
	if (is_recorded(diags, code, span, text)) {
		arena_reset(diags->arena, mark);
		return diags->spare;
	}
	(*total)++;
	diag = ARENA_NEW(diags->arena, struct diag);
	*diag = (struct diag){.code = code, .span = span, .text = text};
	diags->items = arena_grow(diags->arena, diags->items, diags->count, &diags->capacity,
				  sizeof(struct diag *));
	diags->items[diags->count++] = diag;
	return diag;
}

void
diag_note(struct diags *diags, struct diag *diag, struct span span, const char *format, ...)
{
	struct diag_note **last = &diag->notes;
	struct diag_note *note;
	va_list args;

	if (diag == diags->spare)
		return;
	note = ARENA_NEW(diags->arena, struct diag_note);
	note->span = span;
	va_start(args, format);
	note->text = format_text(diags->arena, format, args);
	va_end(args);
	while (*last != NULL)
		last = &(*last)->next;
	*last = note;
}

void
diag_help(struct diags *diags, struct diag *diag, const char *format, ...)
{
	va_list args;

	if (diag == diags->spare)
		return;
	va_start(args, format);
	diag->help = format_text(diags->arena, format, args);
	va_end(args);
}

void
diag_suggest(struct diags *diags, struct diag *diag, struct str nearest)
{
	if (nearest.len == 0 || diag == diags->spare)
		return;
	diag_help(diags, diag, "did you mean '%.*s'?", STR_ARG(nearest));
	diag->replacement = arena_str(diags->arena, nearest);
}

static int
compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int
compare(const void *left, const void *right)
{
	const struct diag *a = *(const struct diag *const *)left;
	const struct diag *b = *(const struct diag *const *)right;
	int order = compare_numbers(a->span.source == NULL, b->span.source == NULL);

	if (order == 0 && a->span.source != NULL)
		order = str_cmp(a->span.source->name, b->span.source->name);
	if (order == 0)
		order = compare_numbers(a->span.line, b->span.line);
	if (order == 0)
		order = compare_numbers(a->span.column, b->span.column);
	if (order == 0)
		order = strcmp(infos[a->code].code, infos[b->code].code);
	return order != 0 ? order : str_cmp(a->text, b->text);
}

void
diags_sort(struct diags *diags)
{
	if (diags->count > 1)
		qsort(diags->items, diags->count, sizeof(struct diag *), compare);
}

static struct str
counted(struct arena *arena, size_t count, const char *noun)
{
	if (count == 0)
		return (struct str){NULL, 0};
	return arena_printf(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

struct str
diags_summary(const struct diags *diags, struct arena *arena)
{
	struct str errors = counted(arena, diags->errors, "error");
	struct str warnings = counted(arena, diags->warnings, "warning");

	if (errors.len == 0)
		return warnings;
	if (warnings.len == 0)
		return errors;
	return arena_printf(arena, "%.*s, %.*s", STR_ARG(errors), STR_ARG(warnings));
}

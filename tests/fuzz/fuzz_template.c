/*
 * Templates from anywhere. An input is a template, and behind a NUL byte a partial `p`. What must
 * hold: text without tags renders to itself; a template that compiles renders to the same bytes
 * each time; literals are told the indentation of their line; traced ranges nest; and whatever
 * fails has recorded where.
 */
#include <setjmp.h>
#include <stdint.h>

#include "template/template.h"

enum { MEMORY = 64 * 1024 * 1024, STEPS = 20000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool holds)
{
	if (!holds)
		abort();
}

/* ---- data: a word `a`, a list `l` of two words, a record `r` with `a` and `r`, a nothing `n` */

static const struct view_class word_class;
static const struct view_class list_class;
static const struct view_class record_class;
static const struct view_class nothing_class;

static bool
record_find(const void *data, struct str name, struct view *member)
{
	if (str_is(name, "a"))
		*member = (struct view){&word_class, "\n  word"};
	else if (str_is(name, "l"))
		*member = (struct view){&list_class, data};
	else if (str_is(name, "r"))
		*member = (struct view){&record_class, data};
	else if (str_is(name, "n"))
		*member = (struct view){&nothing_class, data};
	else
		return false;
	return true;
}

static bool
never(const void *data)
{
	(void)data;
	return false;
}

static bool
always(const void *data)
{
	(void)data;
	return true;
}

static size_t
list_count(const void *data)
{
	(void)data;
	return 2;
}

static struct view
list_item(const void *data, size_t index)
{
	(void)data;
	return (struct view){&word_class, index == 0 ? "" : "  word"};
}

static void
print(const void *data, struct buf *out, unsigned indent, const struct trace *listener)
{
	struct str text = buf_str(out);
	size_t line_end = str_find_last(text, '\n');
	struct str line = str_after(text, line_end == text.len ? 0 : line_end + 1);
	unsigned blanks = 0;

	(void)listener;
	while (blanks < line.len && line.at[blanks] == ' ')
		blanks++;
	require(blanks == indent);
	buf_text(out, data);
}

static void
print_raw(const void *data, struct buf *out)
{
	buf_text(out, data);
}

static const struct source origin = {{"spec", 4}, {"", 0}};

static struct span
get_origin(const void *data)
{
	(void)data;
	return (struct span){&origin, 1, 1, 1};
}

static const struct view_class word_class = {
	.print = print,
	.print_raw = print_raw,
	.origin = get_origin,
};
static const struct view_class list_class = {
	.is_list = always,
	.count = list_count,
	.item = list_item,
	.origin = get_origin,
};
static const struct view_class record_class = {.find = record_find, .origin = get_origin};
static const struct view_class nothing_class = {.is_true = never};

/* ---- oracles ---- */

struct run {
	struct arena arena;
	const struct template *partial;
	struct buf out;
	size_t traced; /* end of the last range */
};

static const struct template *
find_partial(void *self, struct str name)
{
	return str_is(name, "p") ? ((struct run *)self)->partial : NULL;
}

static void
trace(void *self, size_t from, size_t to, struct span span)
{
	struct run *run = self;

	require(span.source == &origin);
	require(from < to && to == run->out.len && to >= run->traced);
	run->traced = to;
}

static void
check_diags(const struct diags *diags)
{
	require(diags->errors > 0 && diags->count > 0);
	for (size_t i = 0; i < diags->count; i++) {
		const struct span *span = &diags->items[i]->span;

		require(span->source != NULL && span->line > 0 && span->column > 0);
	}
}

static bool
render(struct run *run, const struct template *template, bool strict)
{
	const struct trace listener = {run, trace};
	const struct template_options options = {
		.strict = strict,
		.steps_max = STEPS,
		.trace = &listener,
	};
	const struct template_set set = {.self = run, .find = find_partial};
	const struct view root = {&record_class, ""};
	struct diags diags;

	diags_init(&diags, &run->arena);
	buf_init(&run->out, &run->arena);
	run->traced = 0;
	if (template_render(&run->arena, &diags, template, &set, root, &options, &run->out)) {
		require(diags.errors == 0);
		return true;
	}
	check_diags(&diags);
	return false;
}

static const struct template *
compile(struct run *run, struct str text)
{
	struct source *source = ARENA_NEW(&run->arena, struct source);
	const struct template *compiled;
	struct diags diags;

	*source = (struct source){STR("t"), text};
	diags_init(&diags, &run->arena);
	if (template_compile(&run->arena, &diags, source, &compiled)) {
		require(diags.errors == 0 && compiled != NULL);
		return compiled;
	}
	require(compiled == NULL);
	check_diags(&diags);
	return NULL;
}

static void
check(struct run *run, struct str template_text, struct str partial_text)
{
	const struct template *template = compile(run, template_text);
	bool is_plain = str_find_str(template_text, STR("{{")) == template_text.len;
	struct str first;
	bool renders;

	require(template != NULL || !is_plain);
	if (template == NULL)
		return;
	run->partial = compile(run, partial_text);
	renders = render(run, template, false);
	first = buf_str(&run->out);
	require(!is_plain || (renders && str_eq(first, template_text)));
	require(render(run, template, false) == renders);
	require(str_eq(first, buf_str(&run->out)));
	/* strict mode says no more often, but never something else */
	if (render(run, template, true))
		require(renders && str_eq(first, buf_str(&run->out)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size};
	struct str template_text = str_cut(&rest, '\0');
	struct run run = {.partial = NULL};
	jmp_buf escape;

	arena_init(&run.arena, MEMORY, &escape);
	if (setjmp(escape) == 0)
		check(&run, template_text, rest);
	arena_free(&run.arena);
	return 0;
}

/*
 * What the tests of the template engine share: data to render over, partials, a run, and its
 * diagnostics as text.
 */
#ifndef UNIT_TEMPLATE_RUN_H
#define UNIT_TEMPLATE_RUN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"
#include "template/template.h"

/* ---- the data that templates are rendered over ---- */

enum thing_kind {
	THING_WORD,
	THING_NOTHING,
	THING_LIST,
	THING_RECORD,
};

struct thing {
	enum thing_kind kind;
	const char *name;
	const char *word;
	unsigned line; /* of its origin; 0: none */
	const struct thing *items;
	size_t count;
};

#define THINGS(...)                          \
	(const struct thing[]){__VA_ARGS__}, \
		sizeof((const struct thing[]){__VA_ARGS__}) / sizeof(struct thing)
#define WORD_AT(name, word, line)                     \
	{                                             \
		THING_WORD, name, word, line, NULL, 0 \
	}
#define NOTHING_AT(name, line)                           \
	{                                                \
		THING_NOTHING, name, NULL, line, NULL, 0 \
	}
#define LIST_AT(name, line, ...)                                  \
	{                                                         \
		THING_LIST, name, NULL, line, THINGS(__VA_ARGS__) \
	}
#define RECORD_AT(name, line, ...)                                  \
	{                                                           \
		THING_RECORD, name, NULL, line, THINGS(__VA_ARGS__) \
	}
#define EMPTY_LIST(name)                           \
	{                                          \
		THING_LIST, name, NULL, 0, NULL, 0 \
	}
#define WORD(name, word) WORD_AT(name, word, 0)
#define NOTHING(name) NOTHING_AT(name, 0)
#define LIST(name, ...) LIST_AT(name, 0, __VA_ARGS__)
#define RECORD(name, ...) RECORD_AT(name, 0, __VA_ARGS__)

static const struct view_class word_class;
static const struct view_class nothing_class;
static const struct view_class list_class;
static const struct view_class record_class;

static inline struct view
view_of(const struct thing *thing)
{
	static const struct view_class *const classes[] = {
		[THING_WORD] = &word_class,
		[THING_NOTHING] = &nothing_class,
		[THING_LIST] = &list_class,
		[THING_RECORD] = &record_class,
	};

	return (struct view){classes[thing->kind], thing};
}

static inline bool
record_find(const void *data, struct str name, struct view *member)
{
	const struct thing *thing = data;

	for (size_t i = 0; i < thing->count; i++) {
		if (str_is(name, thing->items[i].name)) {
			*member = view_of(&thing->items[i]);
			return true;
		}
	}
	return false;
}

static inline bool
never(const void *data)
{
	(void)data;
	return false;
}

static inline bool
always(const void *data)
{
	(void)data;
	return true;
}

static inline size_t
list_count(const void *data)
{
	return ((const struct thing *)data)->count;
}

static inline struct view
list_item(const void *data, size_t index)
{
	return view_of(&((const struct thing *)data)->items[index]);
}

static inline void
word_print_raw(const void *data, struct buf *out)
{
	buf_text(out, ((const struct thing *)data)->word);
}

static inline void
word_print(const void *data, struct buf *out, unsigned indent, const struct trace *trace)
{
	(void)indent;
	(void)trace;
	buf_char(out, '"');
	word_print_raw(data, out);
	buf_char(out, '"');
}

static inline void
list_print(const void *data, struct buf *out, unsigned indent, const struct trace *trace)
{
	const struct thing *thing = data;

	buf_text(out, "[\n");
	for (size_t i = 0; i < thing->count; i++) {
		buf_fill(out, ' ', indent + 4);
		word_print(&thing->items[i], out, indent, trace);
		buf_text(out, ",\n");
	}
	buf_fill(out, ' ', indent);
	buf_char(out, ']');
}

static const struct source spec = {{"spec.yaml", 9}, {"", 0}};

static inline struct span
thing_origin(const void *data)
{
	uint32_t line = ((const struct thing *)data)->line;

	return (struct span){line == 0 ? NULL : &spec, line, 1, 1};
}

static const struct view_class word_class = {
	.print = word_print,
	.print_raw = word_print_raw,
	.origin = thing_origin,
};
static const struct view_class nothing_class = {.is_true = never, .origin = thing_origin};
static const struct view_class list_class = {
	.is_true = always,
	.is_list = always,
	.count = list_count,
	.item = list_item,
	.print = list_print,
	.origin = thing_origin,
};
static const struct view_class record_class = {.find = record_find, .origin = thing_origin};

static inline void
offer_names(struct view view, struct nearest *nearest)
{
	const struct thing *thing = view.data;

	for (size_t i = 0; thing->kind == THING_RECORD && i < thing->count; i++)
		nearest_offer(nearest, str_from(thing->items[i].name));
}

static const struct thing site = RECORD(
	"site", WORD("name", "core"), WORD("empty", ""), NOTHING("none"), EMPTY_LIST("nobody"),
	LIST("srcs", WORD("", "a.rs"), WORD("", "b.rs")),
	RECORD("crate", WORD("name", "serde"), WORD("version", "1.0"),
	       RECORD("owner", WORD("mail", "x@y"))),
	LIST("nested", LIST("", WORD("", "1"), WORD("", "2")), LIST("", WORD("", "3"))),
	LIST("people", RECORD("", WORD("name", "Ada"), LIST("langs", WORD("", "C"))),
	     RECORD("", WORD("name", "Bob"), EMPTY_LIST("langs"))),
	RECORD("tree", WORD("leaf", "1"),
	       LIST("kids", RECORD("", WORD("leaf", "2"), EMPTY_LIST("kids")),
		    RECORD("", WORD("leaf", "3"),
			   LIST("kids", RECORD("", WORD("leaf", "4"), EMPTY_LIST("kids")))))),
	WORD("lines", "first\nsecond"));

/* ---- one run ---- */

struct partial {
	const char *name;
	const char *text;
};

static const struct partial partials[] = {
	{"word", "{{{name}}}"},
	{"two", "1\n2\n"},
	{"open", "1\n2"},
	{"gap", "1\n\n2\r\n\r\n3\n"},
	{"inner", "(\n{{> two}}\n)\n"},
	{"deeper", "[\n  {{> two}}\n]\n"},
	{"beside", "<{{> two}}>\n"},
	{"block", "{{#srcs}}\n{{{.}}}\n{{/srcs}}\n{{^srcs}}\nnone\n{{/srcs}}\n"},
	{"inline", "{{#none}}a\n{{/none}}b\n"},
	{"values", "{{{name}}} {{{name}}}\n{{{lines}}}\n"},
	{"call", "f(\n    srcs = {{srcs}},\n)\n"},
	{"tree", "{{{leaf}}}{{#kids}}[{{> tree}}]{{/kids}}"},
	{"outline", "{{{leaf}}}\n{{#kids}}\n  {{> outline}}\n{{/kids}}\n"},
	{"comment", "{{! c }}x\n{{! c }}\ny\n"},
	{"bars", "{{=| |=}}|{name}| {{name}}"},
	{"a/b.c-d", "path"},
	{"self", "{{> self}}"},
	{"ping", "{{> pong}}"},
	{"pong", "x{{> ping}}"},
	{"typo", "ok\n  {{nmae}}\n"},
	{NULL, NULL},
};

struct run {
	struct arena arena;
	jmp_buf escape;
	struct diags diags;
	struct buf out;
	struct buf traced;
	struct template_options options;
	const struct partial *partials; /* ended by a NULL name */
	struct map compiled; /* those in use */
	const struct thing *root;
};

static inline int
run_open(void **state)
{
	struct run *run = calloc(1, sizeof(*run));

	assert_non_null(run);
	arena_init(&run->arena, 256 * 1024 * 1024, &run->escape);
	diags_init(&run->diags, &run->arena);
	buf_init(&run->out, &run->arena);
	buf_init(&run->traced, &run->arena);
	run->root = &site;
	*state = run;
	return 0;
}

static inline int
run_close(void **state)
{
	struct run *run = *state;

	arena_free(&run->arena);
	free(run);
	return 0;
}

static inline const struct template *
compile(struct run *run, const char *name, struct str text)
{
	struct source *source = ARENA_NEW(&run->arena, struct source);
	const struct template *compiled;
	size_t errors = run->diags.errors;
	bool compiles;

	*source = (struct source){str_from(name), text};
	compiles = template_compile(&run->arena, &run->diags, source, &compiled);
	assert_int_equal(compiles, run->diags.errors == errors);
	assert_int_equal(compiles, compiled != NULL);
	return compiled;
}

static inline const struct template *
find_partial(void *self, struct str name)
{
	struct run *run = self;
	const struct template *found = map_get(&run->compiled, name);

	if (found != NULL)
		return found;
	for (const struct partial *p = run->partials; p != NULL && p->name != NULL; p++) {
		if (str_is(name, p->name)) {
			found = compile(run, p->name, str_from(p->text));
			map_add(&run->compiled, str_from(p->name), (void *)found);
		}
	}
	return found;
}

static inline void
offer_partials(void *self, struct nearest *nearest)
{
	const struct run *run = self;

	for (const struct partial *p = run->partials; p != NULL && p->name != NULL; p++)
		nearest_offer(nearest, str_from(p->name));
}

/* Compiles and renders from scratch; false where either recorded errors. */
static inline bool
render_str(struct run *run, struct str text)
{
	const struct template_set set = {run, find_partial, offer_partials};
	const struct template *template;
	bool renders;

	if (setjmp(run->escape) != 0)
		fail_msg("out of memory");
	diags_init(&run->diags, &run->arena);
	map_init(&run->compiled, &run->arena);
	run->out.len = 0;
	template = compile(run, "t", text);
	if (template == NULL)
		return false;
	renders = template_render(&run->arena, &run->diags, template, &set, view_of(run->root),
				  &run->options, &run->out);
	assert_int_equal(renders, run->diags.errors == 0);
	return renders;
}

static inline bool
render(struct run *run, const char *text)
{
	return render_str(run, str_from(text));
}

static inline void
assert_text(struct run *run, const char *expected, struct buf *got)
{
	buf_char(got, '\0');
	got->len--;
	if (!str_is(buf_str(got), expected)) {
		buf_init(&run->out, &run->arena);
		diags_print_text(&run->diags, &run->out, false);
		print_message("%.*s", STR_ARG(buf_str(&run->out)));
	}
	assert_string_equal(got->at, expected);
}

static inline void
assert_renders(struct run *run, const char *text, const char *expected)
{
	bool renders = render(run, text);

	assert_text(run, expected, &run->out);
	assert_true(renders);
}

/* CODE FILE:LINE:COLUMN+WIDTH TEXT | help: ... | note: FILE:LINE:COLUMN+WIDTH TEXT, a line each. */
static inline void
assert_errors(struct run *run, const char *expected)
{
	struct buf got;

	buf_init(&got, &run->arena);
	for (size_t i = 0; i < run->diags.count; i++) {
		const struct diag *diag = run->diags.items[i];
		const struct span *at = &diag->span;

		assert_non_null(at->source);
		buf_printf(&got, "%s %.*s:%u:%u+%u %.*s", diag_info(diag->code)->code,
			   STR_ARG(at->source->name), at->line, at->column, at->width,
			   STR_ARG(diag->text));
		/* the long help on names is the same each time */
		if (diag->replacement.len > 0)
			buf_printf(&got, " | %.*s", STR_ARG(diag->replacement));
		for (const struct diag_note *note = diag->notes; note != NULL; note = note->next)
			buf_printf(&got, " | %.*s:%u:%u+%u %.*s", STR_ARG(note->span.source->name),
				   note->span.line, note->span.column, note->span.width,
				   STR_ARG(note->text));
		buf_char(&got, '\n');
	}
	assert_text(run, expected, &got);
}

static inline void
assert_fails(struct run *run, const char *text, const char *expected)
{
	bool renders = render(run, text);

	assert_errors(run, expected);
	assert_false(renders);
}

static inline struct str
repeat(struct run *run, const char *before, const char *middle, const char *after, size_t count)
{
	struct buf text;

	buf_init(&text, &run->arena);
	for (size_t i = 0; i < count; i++)
		buf_text(&text, before);
	buf_text(&text, middle);
	for (size_t i = 0; i < count; i++)
		buf_text(&text, after);
	return buf_str(&text);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, run_open, run_close)

#endif

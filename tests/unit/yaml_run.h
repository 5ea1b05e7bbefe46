/* For the tests of yaml/: what a load gives, as text. */
#ifndef TESTS_UNIT_YAML_RUN_H
#define TESTS_UNIT_YAML_RUN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "yaml/yaml.h"

struct fixture {
	struct arena arena;
	struct diags diags;
	struct source source;
	struct yaml_limits limits;
	struct node root;
	jmp_buf escape;
};

static inline int
setup(void **state)
{
	static struct fixture fixture;

	if (setjmp(fixture.escape) != 0)
		return -1;
	arena_init(&fixture.arena, (size_t)1024 * 1024 * 1024, &fixture.escape);
	diags_init(&fixture.diags, &fixture.arena);
	fixture.source = (struct source){STR("f"), STR("")};
	fixture.limits = yaml_default_limits;
	*state = &fixture;
	return 0;
}

static inline int
teardown(void **state)
{
	struct fixture *fixture = *state;

	arena_free(&fixture->arena);
	return 0;
}

static inline bool
load(struct fixture *fixture, struct str text)
{
	bool is_good;

	diags_init(&fixture->diags, &fixture->arena);
	fixture->source.text = text;
	is_good = yaml_load(&fixture->arena, &fixture->diags, &fixture->source, &fixture->limits,
			    &fixture->root);
	assert_int_equal(is_good, fixture->diags.errors == 0);
	return is_good;
}

static inline void
write_place(struct buf *out, struct span span)
{
	if (span.source != NULL)
		buf_printf(out, "%u:%u+%u ", span.line, span.column, span.width);
}

/* "LINE:COLUMN+WIDTH CODE text", then help and notes, a line each. */
static inline const char *
errors_of(struct fixture *fixture, struct str text)
{
	struct buf out;

	load(fixture, text);
	diags_sort(&fixture->diags);
	buf_init(&out, &fixture->arena);
	for (size_t i = 0; i < fixture->diags.count; i++) {
		const struct diag *diag = fixture->diags.items[i];

		write_place(&out, diag->span);
		buf_printf(&out, "%s %.*s\n", diag_info(diag->code)->code, STR_ARG(diag->text));
		if (diag->help.len > 0)
			buf_printf(&out, "help %.*s\n", STR_ARG(diag->help));
		for (const struct diag_note *note = diag->notes; note != NULL; note = note->next) {
			buf_text(&out, "note ");
			write_place(&out, note->span);
			buf_printf(&out, "%.*s\n", STR_ARG(note->text));
		}
	}
	buf_char(&out, '\0');
	return out.at;
}

static inline void
write_node(struct buf *out, const struct node *node)
{
	static const char *const styles[] = {
		[NODE_PLAIN] = "plain", [NODE_QUOTED] = "quoted", [NODE_LITERAL] = "literal",
		[NODE_FLOW] = "flow",   [NODE_BLOCK] = "block",
	};

	buf_printf(out, "%s %s ", styles[node->style], node_kind_name(node));
	write_place(out, node->span);
	if (node->kind == NODE_SCALAR)
		buf_printf(out, "'%.*s'", STR_ARG(node->text));
	buf_char(out, '\n');
	for (uint32_t i = 0; i < node->count; i++)
		write_node(out, &node->children[i]);
}

static inline const char *
tree_of(struct fixture *fixture, struct str text)
{
	struct buf out;

	if (!load(fixture, text))
		fail_msg("%.*s", STR_ARG(fixture->diags.items[0]->text));
	buf_init(&out, &fixture->arena);
	write_node(&out, &fixture->root);
	buf_char(&out, '\0');
	return out.at;
}

static inline void
repeat(struct buf *buf, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_text(buf, text);
}

/* As STR, but for tables, where a compound literal is no constant. */
#define TEXT(literal)                          \
	{                                      \
		(literal), sizeof(literal) - 1 \
	}

struct example {
	struct str text;
	const char *expected;
};

static inline void
check_errors(struct fixture *fixture, const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_string_equal(errors_of(fixture, examples[i].text), examples[i].expected);
}

static inline void
check_trees(struct fixture *fixture, const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_string_equal(tree_of(fixture, examples[i].text), examples[i].expected);
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif

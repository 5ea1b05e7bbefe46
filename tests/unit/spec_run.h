/* For the tests of spec/ and facts/: a spec as text, and the files that come of it. */
#ifndef TESTS_UNIT_SPEC_RUN_H
#define TESTS_UNIT_SPEC_RUN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bzlmodgen/bzlmodgen.h"
#include "fs_memory.h"
#include "spec/spec.h"

struct fixture {
	struct arena arena;
	struct diags diags;
	struct fs_memory memory;
	struct fs fs;
	struct run run;
	struct outputs outputs;
	jmp_buf escape;
};

static inline int
setup(void **state)
{
	static struct fixture fixture;

	if (setjmp(fixture.escape) != 0)
		return -1;
	arena_init(&fixture.arena, (size_t)1 << 28, &fixture.escape);
	diags_init(&fixture.diags, &fixture.arena);
	fs_memory_init(&fixture.memory, &fixture.arena, &fixture.fs);
	fixture.run =
		(struct run){.arena = &fixture.arena, .diags = &fixture.diags, .fs = &fixture.fs};
	*state = &fixture;
	return 0;
}

static inline int
teardown(void **state)
{
	arena_free(&((struct fixture *)*state)->arena);
	return 0;
}

/* Puts empty files into the project. */
static inline void
touch(struct fixture *fixture, const char *names)
{
	struct str rest = str_from(names);

	while (rest.len > 0)
		fs_memory_file(&fixture->memory, arena_str(&fixture->arena, str_cut(&rest, ' ')).at,
			       "");
}

static inline bool
run_text(struct fixture *fixture, struct str text)
{
	diags_init(&fixture->diags, &fixture->arena);
	return bzlmodgen_outputs(&fixture->run, STR("bzlmodgen.yaml"), text, &fixture->outputs);
}

/* What was found wrong: "LINE:COLUMN CODE text" each. */
static inline const char *
complaints(struct fixture *fixture)
{
	struct buf text;

	buf_init(&text, &fixture->arena);
	diags_sort(&fixture->diags);
	for (size_t i = 0; i < fixture->diags.count; i++) {
		const struct diag *diag = fixture->diags.items[i];

		buf_printf(&text, "%u:%u %s %.*s\n", (unsigned)diag->span.line,
			   (unsigned)diag->span.column, diag_info(diag->code)->code,
			   STR_ARG(diag->text));
	}
	return arena_str(&fixture->arena, buf_str(&text)).at;
}

/* Of a spec that has to be right; `text` is what stands behind its first line. */
static inline void
run(struct fixture *fixture, const char *text)
{
	bool is_good = run_text(fixture, arena_printf(&fixture->arena, "spec: 1\n%s", text));

	assert_string_equal(complaints(fixture), "");
	assert_true(is_good);
}

/* Of one that has to be wrong. */
static inline void
assert_wrong(struct fixture *fixture, const char *text, const char *expected)
{
	assert_false(run_text(fixture, arena_printf(&fixture->arena, "spec: 1\n%s", text)));
	assert_string_equal(complaints(fixture), expected);
}

static inline const struct output *
output_of(const struct fixture *fixture, const char *path)
{
	for (size_t i = 0; i < fixture->outputs.count; i++) {
		if (str_is(fixture->outputs.items[i].path, path))
			return &fixture->outputs.items[i];
	}
	return NULL;
}

/* An output without its header. */
static inline const char *
body_of(struct fixture *fixture, const char *path)
{
	const struct output *output = output_of(fixture, path);
	struct str rest;

	if (output == NULL) {
		fail_msg("no output '%s'", path);
		return "";
	}
	rest = output->content;
	for (int i = 0; str_has_prefix(output->content, STR(PLAN_HEADER)) && i < 2; i++)
		str_cut(&rest, '\n');
	return arena_str(&fixture->arena, rest).at;
}

static inline void
assert_file(struct fixture *fixture, const char *path, const char *expected)
{
	assert_string_equal(body_of(fixture, path), expected);
}

static inline void
assert_has(struct fixture *fixture, const char *path, const char *part)
{
	struct str body = str_from(body_of(fixture, path));

	if (str_find_str(body, str_from(part)) == body.len)
		fail_msg("'%s' has no '%s':\n%s", path, part, body.at);
}

static inline void
assert_lacks(struct fixture *fixture, const char *path, const char *part)
{
	struct str body = str_from(body_of(fixture, path));

	if (str_find_str(body, str_from(part)) < body.len)
		fail_msg("'%s' has '%s':\n%s", path, part, body.at);
}

/* The outputs' paths, each behind a blank. */
static inline void
assert_paths(struct fixture *fixture, const char *expected)
{
	struct buf paths;

	buf_init(&paths, &fixture->arena);
	for (size_t i = 0; i < fixture->outputs.count; i++)
		buf_printf(&paths, " %.*s", STR_ARG(fixture->outputs.items[i].path));
	assert_string_equal(arena_str(&fixture->arena, buf_str(&paths)).at, expected);
}

#endif

/*
 * Specs from anywhere. What must hold: a run gives outputs, or errors whose places lie in the text;
 * what is printed of them is UTF-8 without control characters; Starlark outputs scan clean, and
 * begin with the header; a second run gives the same bytes; and once all is written, a third run
 * finds nothing to do.
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include "bzlmodgen/bzlmodgen.h"
#include "diag/utf8.h"
#include "fs_memory.h"
#include "starlark/starlark.h"

enum { MEMORY = 256 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A disk in memory on which every source file is found that anybody looks for. */
struct disk {
	struct fs_memory memory; /* first: the interface's `self` */
	enum fs_kind (*kind)(void *self, struct str path, int *error);
};

struct world {
	struct arena arena;
	struct diags diags;
	struct disk disk;
	struct fs fs;
	struct run run;
};

static void
require(bool holds)
{
	if (!holds)
		abort();
}

static enum fs_kind
kind(void *self, struct str path, int *error)
{
	static const char *const suffixes[] = {".rs", ".toml", ".lock", ".json", ".txt"};
	const struct disk *disk = self;
	enum fs_kind found = disk->kind(self, path, error);

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (found == FS_NONE && str_has_suffix(path, str_from(suffixes[i])))
			return FS_FILE;
	}
	return found;
}

static void
start(struct world *world, bool is_lived_in, jmp_buf *escape)
{
	*world = (struct world){.run = {.arena = &world->arena, .diags = &world->diags}};
	arena_init(&world->arena, MEMORY, escape);
	diags_init(&world->diags, &world->arena);
	fs_memory_init(&world->disk.memory, &world->arena, &world->fs);
	fs_memory_file(&world->disk.memory, "hand/BUILD", "");
	fs_memory_file(&world->disk.memory, "hand/x.bzl", "");
	if (is_lived_in) {
		fs_memory_file(&world->disk.memory, "BUILD", "");
		fs_memory_file(&world->disk.memory, ".bazelrc", "build --jobs=2\n");
	}
	world->disk.kind = world->fs.kind;
	world->fs.kind = kind;
	world->run.fs = &world->fs;
}

/* ---- errors ---- */

static size_t
lines_of(struct str text)
{
	size_t lines = 1;

	for (size_t i = 0; i < text.len; i++)
		lines += text.at[i] == '\n';
	return lines;
}

static void
check_span(struct span span)
{
	if (span.source == NULL)
		return;
	require(span.line >= 1 && span.line <= lines_of(span.source->text) + 1);
	require(span.column >= 1 && span.column <= span.source->text.len + 1);
}

static void
check_errors(struct world *world)
{
	struct buf text;

	buf_init(&text, &world->arena);
	for (size_t i = 0; i < world->diags.count; i++) {
		check_span(world->diags.items[i]->span);
		for (const struct diag_note *note = world->diags.items[i]->notes; note != NULL;
		     note = note->next)
			check_span(note->span);
	}
	diags_sort(&world->diags);
	diags_print_text(&world->diags, &text, false);
	for (struct str rest = buf_str(&text); rest.len > 0;) {
		uint32_t code;
		size_t len = utf8_decode(rest, &code);

		require(len > 0 && (code == '\n' || !utf8_is_hidden(code)));
		rest = str_after(rest, len);
	}
}

/* ---- outputs ---- */

static void
check_outputs(const struct outputs *outputs)
{
	for (size_t i = 0; i < outputs->count; i++) {
		const struct output *output = &outputs->items[i];
		struct starlark_fault fault;

		require(i == 0 || str_cmp(outputs->items[i - 1].path, output->path) < 0);
		require(str_has_prefix(output->content, STR(PLAN_HEADER)) !=
			str_eq(output->path, STR(".bazelversion")));
		require(str_find(output->content, '\0') == output->content.len);
		if (str_has_suffix(output->path, STR(".bazel")))
			require(starlark_scan(output->content, &fault));
	}
}

static void
check_equal(const struct outputs *a, const struct outputs *b)
{
	require(a->count == b->count);
	for (size_t i = 0; i < a->count; i++) {
		require(str_eq(a->items[i].path, b->items[i].path));
		require(str_eq(a->items[i].content, b->items[i].content));
	}
}

/* Some outputs have paths that cannot be written; then there is nothing to apply. */
static bool
write_all(struct world *world, const struct outputs *outputs)
{
	struct plan plan;

	/* what is written needs the disk as it is */
	world->fs.kind = world->disk.kind;
	require(bzlmodgen_plan(&world->run, outputs, NULL, &plan));
	if (plan.by_kind[CHANGE_REFUSE] > 0)
		return false;
	require(bzlmodgen_apply(&world->run, &plan));
	return true;
}

static void
check_settled(struct world *world, struct str text, const struct outputs *before)
{
	struct outputs outputs;
	struct plan plan;

	if (!write_all(world, before))
		return;
	world->fs.kind = kind;
	require(bzlmodgen_outputs(&world->run, STR("bzlmodgen.yaml"), text, &outputs));
	world->fs.kind = world->disk.kind;
	require(bzlmodgen_plan(&world->run, &outputs, NULL, &plan));
	require(plan_in_sync(&plan));
	check_equal(before, &outputs);
}

static void
check(struct world *first, struct world *second, struct str text)
{
	struct outputs outputs;
	struct outputs again;
	bool good = bzlmodgen_outputs(&first->run, STR("bzlmodgen.yaml"), text, &outputs);

	require(good == (first->diags.errors == 0));
	check_errors(first);
	require(bzlmodgen_outputs(&second->run, STR("bzlmodgen.yaml"), text, &again) == good);
	require(first->diags.errors == second->diags.errors);
	if (!good)
		return;
	check_outputs(&outputs);
	check_equal(&outputs, &again);
	check_settled(first, text, &outputs);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct world first = {.run = {.arena = NULL}};
	struct world second = {.run = {.arena = NULL}};
	jmp_buf escape;

	if (setjmp(escape) == 0) {
		start(&first, size % 2 == 1, &escape);
		start(&second, size % 2 == 1, &escape);
		check(&first, &second, text);
	}
	arena_free(&first.arena);
	arena_free(&second.arena);
	return 0;
}

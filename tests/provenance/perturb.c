/*
 * usage: perturb DIRECTORY
 *
 * The other way round from mutate: changes each value of a spec in turn, and holds the outputs that
 * come of it against those from before. Each hunk should name the key of that value; prints those
 * that do not. What may be among them: lines that other keys make, and that this one decides about
 * from afar. A change that the spec does not stand is left out.
 */
#include <ctype.h>
#include <setjmp.h>

#include "diag/cursor.h"
#include "output/provenance.h"
#include "plan/drift.h"
#include "schema/keys.h"
#include "spec/spec.h"
#include "world.h"

struct trial {
	struct world *world;
	struct outputs before;
	size_t changed; /* values whose change shows */
	size_t right; /* those that every hunk names */
};

/* ---- changing a value ---- */

/* Another one of the same kind, as far as the text tells; empty: there is none by this attempt. */
static struct str
other_value(struct arena *arena, struct str text, int attempt)
{
	struct str start = str_slice(text, 0, text.len > 0 ? text.len - 1 : 0);
	char last = text.len > 0 ? text.at[text.len - 1] : '\0';

	switch (attempt) {
	case 0:
		if (str_is(text, "true") || str_is(text, "false"))
			return str_is(text, "true") ? STR("false") : STR("true");
		break;
	case 1:
		if (isdigit((unsigned char)last))
			return arena_printf(arena, "%.*s%c", STR_ARG(start),
					    last == '9' ? '8' : last + 1);
		break;
	case 2:
		return arena_printf(arena, "%.*s1", STR_ARG(text));
	case 3:
		return arena_printf(arena, "x%.*s", STR_ARG(text));
	}
	return STR("");
}

/* The spec with this value instead of what stands there; empty: it is not written in one piece. */
static struct str
edited(const struct world *world, const struct node *node, struct str value)
{
	struct cursor cursor;
	struct str written;
	size_t at;

	cursor_init(&cursor, world->text);
	cursor_seek(&cursor, node->span.line, node->span.column);
	written = cursor_line_rest(&cursor);
	at = str_find_str(written, node->text);
	if (node->text.len == 0 || at > 1 || value.len == 0)
		return STR("");
	at += cursor.at;
	return arena_printf(world->arena, "%.*s%.*s%.*s", (int)at, world->text.at, STR_ARG(value),
			    STR_ARG(str_after(world->text, at + node->text.len)));
}

/* ---- what it shows in ---- */

static const struct output *
output_of(const struct outputs *outputs, struct str path)
{
	for (size_t i = 0; i < outputs->count; i++) {
		if (str_eq(outputs->items[i].path, path))
			return &outputs->items[i];
	}
	return NULL;
}

/* Whether the hunk names the key, or one that stands in it. */
static bool
names(const struct drift_hunk *hunk, struct str key)
{
	for (size_t i = 0; i < hunk->cause_count; i++) {
		struct str rest = str_after(hunk->causes[i].key, key.len);

		if (str_has_prefix(hunk->causes[i].key, key) &&
		    (rest.len == 0 || rest.at[0] == '.' || rest.at[0] == '['))
			return true;
	}
	return false;
}

static void
show(const struct drift_file *file, const struct drift_hunk *hunk, struct str key)
{
	printf("%.*s: %.*s:%u: names", STR_ARG(key), STR_ARG(file->change->path), hunk->our_line);
	for (size_t i = 0; i < hunk->cause_count; i++)
		printf(" %.*s", STR_ARG(hunk->causes[i].key));
	printf("\n");
}

/* Whether something changes, and every hunk of it names the key. */
static void
compare(struct trial *trial, const struct outputs *after, struct str key)
{
	size_t wrong = 0;
	size_t hunks = 0;

	for (size_t i = 0; i < after->count; i++) {
		const struct output *before = output_of(&trial->before, after->items[i].path);
		struct change change = {
			.kind = CHANGE_UPDATE, .output = &after->items[i], .remains = true};
		struct plan plan = {.changes = &change, .count = 1};
		struct drift drift;

		if (before == NULL)
			continue;
		change.before = before->content;
		change.existed = true;
		change.path = after->items[i].path;
		change.after = after->items[i].content;
		drift_find(trial->world->arena, &plan, &drift);
		for (size_t j = 0; j < drift.files[0].hunk_count; j++) {
			const struct drift_hunk *hunk = &drift.files[0].hunks[j];

			hunks++;
			if (names(hunk, key))
				continue;
			wrong++;
			show(&drift.files[0], hunk, key);
		}
	}
	trial->changed += hunks > 0;
	trial->right += hunks > 0 && wrong == 0;
}

/* The place of a value in the changed spec, where it begins in the same place. */
static struct span
after_span(const struct outputs *after, const struct node *node)
{
	struct span span = node->span;

	span.source = after->items[0].provenance->source;
	return span;
}

static void
try_value(struct trial *trial, const struct node *node)
{
	struct world *world = trial->world;
	struct keys keys;

	for (int attempt = 0; attempt < 4; attempt++) {
		struct str value = other_value(world->arena, node->text, attempt);
		struct str text = edited(world, node, value);
		struct outputs after;

		if (text.len == 0 || !world_render(world, text, &after))
			continue;
		/* the name of a target is part of its key's name */
		keys_init(&keys, world->arena, after.items[0].provenance->root, &spec_type);
		compare(trial, &after,
			keys_name(&keys, keys_find(&keys, after_span(&after, node))));
		return;
	}
}

static void
try_values(struct trial *trial, const struct node *node)
{
	bool is_mapping = node->kind == NODE_MAPPING;

	if (node->kind == NODE_SCALAR)
		try_value(trial, node);
	for (uint32_t i = is_mapping ? 1 : 0; i < node->count; i += is_mapping ? 2 : 1)
		try_values(trial, &node->children[i]);
}

int
main(int argc, char **argv)
{
	struct source source = {STR("bzlmodgen.yaml"), STR("")};
	struct node root;
	struct world world;
	struct trial trial = {.world = &world};
	struct arena arena;
	jmp_buf escape;

	if (argc != 2 || setjmp(escape) != 0)
		return 2;
	arena_init(&arena, (size_t)8 << 30, &escape);
	world_open(&world, &arena, argv[1]);
	source.text = world.text;
	if (!world_render(&world, world.text, &trial.before) ||
	    !yaml_load(&arena, &world.diags, &source, &yaml_default_limits, &root))
		return 1;
	try_values(&trial, &root);
	printf("%zu of %zu changed values are named by every hunk\n", trial.right, trial.changed);
	arena_free(&arena);
	return trial.changed > 0 ? 0 : 1;
}

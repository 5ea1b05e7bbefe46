#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "plan/diff.h"
#include "plan/paths.h"
#include "plan/tree.h"

struct making {
	struct arena *arena;
	struct diags *diags;
	const struct fs *fs;
	struct tree tree;
	struct map claims; /* every prefix of every path, folded -> struct claim */
	struct map forced; /* path -> the path */
};

/* The first output that has a path, or has it as a directory. */
struct claim {
	struct str path;
	const struct output *output;
	bool is_file;
};

/* As messages show it. */
static struct str
shown(struct arena *arena, struct str path)
{
	struct buf buf;

	buf_init(&buf, arena);
	diff_path(&buf, "", path);
	return buf_str(&buf);
}

static struct diag *
refuse(struct making *making, struct change *change, enum refusal refusal, enum diag_code code,
       struct str text)
{
	change->kind = CHANGE_REFUSE;
	change->refusal = refusal;
	return diag_add(making->diags, code, change->output->origin, "%.*s", STR_ARG(text));
}

static bool
path_is_sound(struct making *making, struct change *change)
{
	struct str path = change->output->path;
	const char *fault = path_fault(path);
	struct diag *diag;

	if (fault == NULL)
		return true;
	diag = refuse(making, change, REFUSAL_ESCAPE, DIAG_PLAN_PATH,
		      arena_printf(making->arena, "path '%.*s' %s",
				   STR_ARG(shown(making->arena, path)), fault));
	diag_help(making->diags, diag,
		  "name a path below the project's root, such as "
		  "'services/api/BUILD.bazel'");
	return false;
}

static void
refuse_claimed(struct making *making, struct change *change, const struct claim *claim,
	       struct str prefix)
{
	struct str path = change->output->path;
	struct diag *diag;

	if (!str_eq(claim->path, prefix)) {
		diag = refuse(making, change, REFUSAL_CASE, DIAG_PLAN_CASE,
			      arena_printf(making->arena, "'%.*s' differs only in case from '%.*s'",
					   STR_ARG(prefix), STR_ARG(claim->path)));
		diag_help(making->diags, diag, "spell both alike, or give one another name");
	} else if (claim->is_file && prefix.len == path.len) {
		diag = refuse(
			making, change, REFUSAL_TWICE, DIAG_PLAN_TWICE,
			arena_printf(making->arena, "'%.*s' is asked for twice", STR_ARG(path)));
		diag_help(making->diags, diag, "remove one of the two, or give it another path");
	} else {
		diag = refuse(making, change, REFUSAL_PARENT, DIAG_PLAN_PARENT,
			      arena_printf(making->arena, "'%.*s' is to be a file and a directory",
					   STR_ARG(prefix)));
		diag_help(making->diags, diag, "give one of the two another path");
	}
	diag_note(making->diags, diag, claim->output->origin, "'%.*s' comes from here",
		  STR_ARG(claim->output->path));
}

/* No other output has the path, needs it as a directory, or spells a part of it differently. */
static bool
path_is_free(struct making *making, struct change *change)
{
	const struct output *output = change->output;
	struct str folded = path_fold(making->arena, output->path);

	for (size_t len = 0; len < output->path.len;) {
		struct claim *claim;
		struct str prefix;

		len = path_step(output->path, len);
		prefix = str_slice(output->path, 0, len);
		claim = map_get(&making->claims, str_slice(folded, 0, len));
		if (claim != NULL && str_eq(claim->path, prefix) && !claim->is_file &&
		    len < output->path.len)
			continue;
		if (claim != NULL) {
			refuse_claimed(making, change, claim, prefix);
			return false;
		}
		claim = ARENA_NEW(making->arena, struct claim);
		*claim = (struct claim){prefix, output, len == output->path.len};
		map_add(&making->claims, str_slice(folded, 0, len), claim);
	}
	return true;
}

static void
refuse_unreadable(struct making *making, struct change *change, struct str path, int error)
{
	struct diag *diag = refuse(making, change, REFUSAL_UNREADABLE, DIAG_PLAN_UNREADABLE,
				   arena_printf(making->arena, "cannot read '%.*s': %s",
						STR_ARG(path), strerror(error)));

	diag_help(making->diags, diag, "make it readable, or move it away");
}

static void
refuse_case_on_disk(struct making *making, struct change *change, struct str culprit)
{
	struct diag *diag = refuse(making, change, REFUSAL_CASE, DIAG_PLAN_CASE,
				   arena_printf(making->arena,
						"'%.*s' differs only in case from '%.*s' on disk",
						STR_ARG(change->output->path),
						STR_ARG(shown(making->arena, culprit))));

	diag_help(making->diags, diag,
		  "rename the one on disk, or spell the path in the spec as "
		  "it is there");
}

/* Something other than a plain file is in the way. */
static void
refuse_place(struct making *making, struct change *change, const struct place *place)
{
	struct str path = change->output->path;
	struct str culprit = place->culprit;
	struct diag *diag;

	switch (place->refusal) {
	case REFUSAL_CASE:
		refuse_case_on_disk(making, change, culprit);
		break;
	case REFUSAL_FILE_TYPE:
		diag = refuse(making, change, REFUSAL_FILE_TYPE, DIAG_PLAN_FILE_TYPE,
			      arena_printf(making->arena, "'%.*s' is not a plain file",
					   STR_ARG(culprit)));
		diag_help(making->diags, diag, "move it away");
		break;
	case REFUSAL_SYMLINK:
		diag = refuse(
			making, change, REFUSAL_SYMLINK, DIAG_PLAN_SYMLINK,
			arena_printf(making->arena, "'%.*s' is a symbolic link", STR_ARG(culprit)));
		if (!str_eq(path, culprit))
			diag_note(making->diags, diag, (struct span){0}, "'%.*s' lies below it",
				  STR_ARG(path));
		diag_help(making->diags, diag,
			  "put what it points to in its place, or move it "
			  "away");
		break;
	case REFUSAL_PARENT:
		diag = refuse(making, change, REFUSAL_PARENT, DIAG_PLAN_PARENT,
			      arena_printf(making->arena,
					   "'%.*s' is not a directory, which '%.*s' needs",
					   STR_ARG(culprit), STR_ARG(path)));
		diag_help(making->diags, diag, "move it away");
		break;
	case REFUSAL_UNREADABLE:
		refuse_unreadable(making, change, culprit, place->error);
		break;
	case REFUSAL_NONE:
	case REFUSAL_UNOWNED:
	case REFUSAL_ESCAPE:
	case REFUSAL_TWICE:
		break;
	}
}

static void
refuse_unowned(struct making *making, struct change *change)
{
	const struct output *output = change->output;
	const char *why = "lacks our header";
	struct diag *diag;

	if (!output->has_header)
		why = change->line_ends ? "has other line ends" : "has other content";
	diag = refuse(making, change, REFUSAL_UNOWNED, DIAG_PLAN_UNOWNED,
		      arena_printf(making->arena, "'%.*s' is in the way: it %s",
				   STR_ARG(output->path), why));
	diag_help(making->diags, diag, "move it away, or have it replaced with '--force %.*s'",
		  STR_ARG(output->path));
}

/* Whether `disk` is `ours` with some line ends as CRLF. */
static bool
differs_in_line_ends(struct str disk, struct str ours)
{
	size_t next = 0;

	for (size_t i = 0; i < disk.len; i++) {
		if (next < ours.len && disk.at[i] == ours.at[next])
			next++;
		else if (disk.at[i] != '\r' || i + 1 == disk.len || disk.at[i + 1] != '\n')
			return false;
	}
	return next == ours.len && disk.len != ours.len;
}

static void
compare(struct making *making, struct change *change)
{
	const struct output *output = change->output;
	struct place place = tree_find(&making->tree, output->path);
	int error;

	if (place.refusal != REFUSAL_NONE) {
		refuse_place(making, change, &place);
		return;
	}
	if (!place.is_file) {
		change->kind = CHANGE_CREATE;
		return;
	}
	error = making->fs->read(making->fs->self, making->arena, output->path, &change->before);
	if (error != 0) {
		refuse_unreadable(making, change, output->path, error);
		return;
	}
	change->existed = true;
	if (str_eq(change->before, output->content)) {
		change->kind = CHANGE_KEEP;
		return;
	}
	change->line_ends = differs_in_line_ends(change->before, output->content);
	change->kind = CHANGE_UPDATE;
	if (output->has_header && str_has_prefix(change->before, STR(PLAN_HEADER)))
		return;
	if (map_get(&making->forced, output->path) != NULL)
		change->taken_over = true;
	else if (output->is_optional)
		change->kind = CHANGE_KEEP;
	else
		refuse_unowned(making, change);
}

static int
by_path(const void *a, const void *b)
{
	const struct output *left = ((const struct change *)a)->output;
	const struct output *right = ((const struct change *)b)->output;
	int order = str_cmp(left->path, right->path);

	/* the order of the spec decides which of two is told to go */
	return order != 0 ? order : (left > right) - (left < right);
}

static bool
is_output(const struct plan *plan, struct str path)
{
	struct output wanted = {.path = path};
	size_t low = 0;
	size_t high = plan->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_cmp(plan->changes[middle].output->path, wanted.path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < plan->count && str_eq(plan->changes[low].output->path, path);
}

static bool
check_forced(struct making *making, const struct plan *plan, const struct str *forced, size_t count)
{
	bool usable = true;

	for (size_t i = 0; i < count; i++) {
		struct nearest nearest;
		struct diag *diag;

		map_add(&making->forced, forced[i], (void *)&forced[i]);
		if (is_output(plan, forced[i]))
			continue;
		usable = false;
		diag = diag_add(making->diags, DIAG_PLAN_FORCED_UNKNOWN, (struct span){0},
				"'%.*s' is not a file that the spec asks for",
				STR_ARG(shown(making->arena, forced[i])));
		nearest_init(&nearest, forced[i]);
		for (size_t j = 0; j < plan->count; j++)
			nearest_offer(&nearest, plan->changes[j].output->path);
		diag_suggest(making->diags, diag, nearest.best);
	}
	return usable;
}

bool
plan_make(struct arena *arena, struct diags *diags, const struct fs *fs,
	  const struct output *outputs, size_t count, const struct str *forced, size_t forced_count,
	  struct plan *plan)
{
	struct making making = {.arena = arena, .diags = diags, .fs = fs};
	int error;

	*plan = (struct plan){.changes = ARENA_ARRAY(arena, count, struct change), .count = count};
	for (size_t i = 0; i < count; i++)
		plan->changes[i].output = &outputs[i];
	if (count > 0)
		qsort(plan->changes, count, sizeof(*plan->changes), by_path);
	map_init(&making.claims, arena);
	map_init(&making.forced, arena);
	if (!check_forced(&making, plan, forced, forced_count))
		return false;
	error = tree_init(&making.tree, arena, fs);
	if (error != 0) {
		diag_add(diags, DIAG_PLAN_UNREADABLE, (struct span){0},
			 "cannot read the project's root: %s", strerror(error));
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		struct change *change = &plan->changes[i];

		if (path_is_sound(&making, change) && path_is_free(&making, change))
			compare(&making, change);
		plan->by_kind[change->kind]++;
	}
	plan->leftovers = making.tree.leftovers;
	plan->leftover_count = making.tree.leftover_count;
	return true;
}

bool
plan_in_sync(const struct plan *plan)
{
	return plan->by_kind[CHANGE_KEEP] == plan->count;
}

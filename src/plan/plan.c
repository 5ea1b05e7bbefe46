#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "bzlmodgen/version.h"
#include "plan/making.h"
#include "plan/paths.h"

/* No other output has the path, needs it as a directory, or spells a part of it differently. */
static bool
path_is_free(struct making *making, struct change *change)
{
	struct str path = change->path;
	struct str folded = path_fold(making->arena, path);

	for (size_t len = 0; len < path.len;) {
		struct claim *claim;
		struct str prefix;

		len = path_step(path, len);
		prefix = str_slice(path, 0, len);
		claim = map_get(&making->claims, str_slice(folded, 0, len));
		if (claim != NULL && str_eq(claim->path, prefix) && !claim->is_file &&
		    len < path.len)
			continue;
		if (claim != NULL) {
			refuse_claimed(making, change, claim, prefix);
			return false;
		}
		claim = ARENA_NEW(making->arena, struct claim);
		*claim = (struct claim){prefix, change->output, len == path.len};
		map_add(&making->claims, str_slice(folded, 0, len), claim);
	}
	return true;
}

static void
make_output(struct making *making, struct change *change)
{
	const char *fault = path_fault(change->path);

	if (fault != NULL)
		refuse_path(making, change, fault);
	else if (path_is_free(making, change))
		compare_output(making, change);
}

static int
by_path(const void *a, const void *b)
{
	const struct change *left = a;
	const struct change *right = b;
	int order = str_cmp(left->path, right->path);

	/* the order of the spec decides which of two is told to go */
	return order != 0 ? order : (left->output > right->output) - (left->output < right->output);
}

static void
sort_changes(struct plan *plan)
{
	if (plan->count > 0)
		qsort(plan->changes, plan->count, sizeof(*plan->changes), by_path);
}

/* ---- the manifest ---- */

/* What a run that was killed has left tells what it wrote. It may be cut off, and then nothing was
 * put in its place yet. */
static void
read_pending(struct making *making)
{
	const struct fs *fs = making->fs;
	struct str path = path_staged(making->arena, STR(MANIFEST_NAME));
	struct source source = {.name = path};
	struct manifest pending;
	struct diags unheard;

	/* most often there is none, which the listing of the root tells */
	if (making->tree.leftover_count == 0 ||
	    fs->read(fs->self, making->arena, path, &source.text) != 0)
		return;
	diags_init(&unheard, making->arena);
	if (!manifest_read(making->arena, &unheard, &source, str_from(bzlmodgen_version), &pending))
		return;
	manifest_merge(&making->manifest, &pending);
	making->has_pending = true;
}

/* False: it cannot be used, and the change says why. */
static bool
read_manifest(struct making *making, struct change *change)
{
	struct source *source = ARENA_NEW(making->arena, struct source);
	struct place place = tree_find(&making->tree, change->path);

	if (place.refusal == REFUSAL_NONE && place.is_file) {
		place.error = read_before(making, change);
		if (place.error != 0)
			place.refusal = REFUSAL_UNREADABLE;
	}
	if (place.refusal != REFUSAL_NONE) {
		refuse_place(making, change, &place);
		return false;
	}
	making->has_manifest = change->existed;
	*source = (struct source){change->path, change->before};
	if (change->existed && !manifest_read(making->arena, making->diags, source,
					      str_from(bzlmodgen_version), &making->manifest)) {
		change->kind = CHANGE_REFUSE;
		change->refusal = REFUSAL_MANIFEST;
		return false;
	}
	read_pending(making);
	return true;
}

/* What the manifest shall say once the plan is carried out. Nothing to list: no manifest. */
static void
add_manifest(struct making *making, struct plan *plan, struct change *change)
{
	struct manifest wanted;

	manifest_init(&wanted, making->arena);
	for (size_t i = 0; i < plan->count; i++) {
		const struct change *other = &plan->changes[i];

		if (other->digest.len > 0)
			manifest_add(&wanted, (struct owned){.path = other->path,
							     .digest = other->digest,
							     .is_region = other->is_region});
	}
	if (wanted.count == 0 && !change->existed)
		return;
	change->kind = CHANGE_DELETE;
	if (wanted.count > 0) {
		/* a version that would say the same does not make itself known */
		struct str version = making->manifest.version;

		change->after = manifest_write(making->arena, &wanted, version);
		change->kind = CHANGE_KEEP;
		change->remains = true;
	}
	if (change->remains && (!change->existed || !str_eq(change->before, change->after))) {
		change->after = manifest_write(making->arena, &wanted, str_from(bzlmodgen_version));
		change->kind = change->existed ? CHANGE_UPDATE : CHANGE_CREATE;
		change->line_ends =
			change->existed && differs_in_line_ends(change->before, change->after);
	}
	plan->changes[plan->count++] = *change;
}

static int
by_owned_path(const void *a, const void *b)
{
	return str_cmp((*(struct owned *const *)a)->path, (*(struct owned *const *)b)->path);
}

/*
 * To replace a file that a killed run has written is to lose what tells that it is ours, so that
 * this run must not be killed either before the manifest tells. Of what is gone its path is worth
 * keeping, since directories may have to go, too.
 */
static void
add_recovered(const struct making *making, struct plan *plan, const struct change *manifest)
{
	const struct manifest *listed = &making->manifest;
	struct manifest found;

	if (!making->has_pending)
		return;
	manifest_init(&found, making->arena);
	for (size_t i = 0; i < plan->count; i++) {
		const struct change *change = &plan->changes[i];

		if (change->found.len > 0)
			manifest_add(&found, (struct owned){.path = change->path,
							    .digest = change->found,
							    .is_region = change->found_region});
	}
	for (size_t i = 0; i < listed->count; i++) {
		if (manifest_find(&found, listed->items[i]->path) == NULL)
			manifest_add(&found, *listed->items[i]);
	}
	if (found.count > 0)
		qsort(found.items, found.count, sizeof(struct owned *), by_owned_path);
	if (!str_eq(manifest_write(making->arena, &found, listed->version), manifest->before))
		plan->recovered =
			manifest_write(making->arena, &found, str_from(bzlmodgen_version));
}

/* ---- wishes ---- */

static void
refuse_wish(struct making *making, const struct output *outputs, size_t count, struct str path)
{
	struct diag *diag = diag_add(making->diags, DIAG_PLAN_FORCED_UNKNOWN, (struct span){0},
				     "'%.*s' is not a file that the spec asks for",
				     STR_ARG(shown(making->arena, path)));
	struct nearest nearest;

	nearest_init(&nearest, path);
	for (size_t i = 0; i < count; i++)
		nearest_offer(&nearest, outputs[i].path);
	diag_suggest(making->diags, diag, nearest.best);
}

static bool
take_forced(struct making *making, const struct output *outputs, size_t count,
	    const struct plan_wishes *wishes)
{
	bool usable = true;

	for (size_t i = 0; i < wishes->forced_count; i++) {
		struct str path = wishes->forced[i];

		map_add(&making->forced, path, (void *)&wishes->forced[i]);
		if (map_get(&making->outputs, path) != NULL ||
		    manifest_find(&making->manifest, path) != NULL)
			continue;
		refuse_wish(making, outputs, count, path);
		usable = false;
	}
	return usable;
}

static bool
take_regions(struct making *making, const struct output *outputs, size_t count,
	     const struct plan_wishes *wishes)
{
	bool usable = true;

	for (size_t i = 0; i < wishes->region_count; i++) {
		struct str path = wishes->regions[i];
		const struct output *output = map_get(&making->outputs, path);

		map_add(&making->regions, path, (void *)&wishes->regions[i]);
		if (output == NULL) {
			refuse_wish(making, outputs, count, path);
			usable = false;
		} else if (!str_has_prefix(output->content, STR(PLAN_HEADER))) {
			diag_add(making->diags, DIAG_PLAN_NO_REGION, output->origin,
				 "'%.*s' takes no comments, so there can be no markers in it",
				 STR_ARG(path));
			usable = false;
		}
	}
	return usable;
}

/* ---- making ---- */

static bool
start(struct making *making, const struct output *outputs, size_t count)
{
	int error;

	map_init(&making->claims, making->arena);
	map_init(&making->outputs, making->arena);
	map_init(&making->forced, making->arena);
	map_init(&making->regions, making->arena);
	map_init(&making->handed_over, making->arena);
	manifest_init(&making->manifest, making->arena);
	for (size_t i = 0; i < count; i++) {
		map_add(&making->outputs, outputs[i].path, (void *)&outputs[i]);
		if (outputs[i].included_by.len > 0)
			map_add(&making->handed_over, outputs[i].included_by, (void *)&outputs[i]);
	}
	error = tree_init(&making->tree, making->arena, making->fs);
	if (error == 0)
		return true;
	diag_add(making->diags, DIAG_PLAN_UNREADABLE, (struct span){0},
		 "cannot read the project's root: %s", strerror(error));
	return false;
}

/* The files of the manifest that are not to be there any more. */
static void
add_stale(struct making *making, struct plan *plan)
{
	const struct manifest *manifest = &making->manifest;
	struct str *vacated = ARENA_ARRAY(making->arena, manifest->count, struct str);

	for (size_t i = 0; i < manifest->count; i++) {
		const struct owned *owned = manifest->items[i];
		struct change *change = &plan->changes[plan->count];
		bool is_there;

		if (making->purpose == PURPOSE_WRITE &&
		    map_get(&making->outputs, owned->path) != NULL)
			continue;
		is_there = compare_stale(making, owned, change);
		if (is_there)
			plan->count++;
		if (!is_there || change->kind == CHANGE_DELETE)
			vacated[plan->vacated_count++] = owned->path;
	}
	plan->vacated = vacated;
}

static void
finish(struct making *making, struct plan *plan, struct change *manifest)
{
	sort_changes(plan);
	add_recovered(making, plan, manifest);
	if (manifest->kind == CHANGE_REFUSE)
		plan->changes[plan->count++] = *manifest;
	else
		add_manifest(making, plan, manifest);
	sort_changes(plan);
	for (size_t i = 0; i < plan->count; i++) {
		const struct change *change = &plan->changes[i];

		plan->by_kind[change->kind]++;
		if (str_is(change->path, MANIFEST_NAME) && change->output == NULL)
			plan->manifest = change;
	}
	plan->leftovers = making->tree.leftovers;
	plan->leftover_count = making->tree.leftover_count;
}

static void
add_outputs(struct making *making, struct plan *plan, const struct output *outputs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		plan->changes[plan->count++] =
			(struct change){.path = outputs[i].path, .output = &outputs[i]};
	sort_changes(plan);
	for (size_t i = 0; i < count; i++)
		make_output(making, &plan->changes[i]);
}

static struct change *
room_for_changes(const struct making *making, size_t count)
{
	return ARENA_ARRAY(making->arena, count + making->manifest.count + 1, struct change);
}

bool
plan_make(struct arena *arena, struct diags *diags, const struct fs *fs,
	  const struct output *outputs, size_t count, const struct plan_wishes *wishes,
	  struct plan *plan)
{
	struct making making = {.arena = arena, .diags = diags, .fs = fs, .purpose = PURPOSE_WRITE};
	struct change manifest = {.path = STR(MANIFEST_NAME)};
	bool usable;

	*plan = (struct plan){0};
	if (!start(&making, outputs, count))
		return false;
	usable = read_manifest(&making, &manifest);
	plan->changes = room_for_changes(&making, count);
	if (usable && wishes != NULL) {
		bool forced = take_forced(&making, outputs, count, wishes);

		if (!take_regions(&making, outputs, count, wishes) || !forced)
			return false;
	}
	/* whose a file is cannot be told without the manifest */
	if (usable) {
		add_outputs(&making, plan, outputs, count);
		add_stale(&making, plan);
	}
	finish(&making, plan, &manifest);
	return true;
}

bool
plan_clean(struct arena *arena, struct diags *diags, const struct fs *fs,
	   const struct output *outputs, size_t count, struct plan *plan)
{
	struct making making = {.arena = arena, .diags = diags, .fs = fs, .purpose = PURPOSE_CLEAN};
	struct change manifest = {.path = STR(MANIFEST_NAME)};
	bool usable;

	*plan = (struct plan){0};
	if (!start(&making, outputs, count))
		return false;
	usable = read_manifest(&making, &manifest);
	plan->changes = room_for_changes(&making, 0);
	if (usable)
		add_stale(&making, plan);
	finish(&making, plan, &manifest);
	return true;
}

bool
plan_in_sync(const struct plan *plan)
{
	return plan->by_kind[CHANGE_KEEP] == plan->count;
}

bool
refusal_is_comparable(enum refusal refusal)
{
	return refusal == REFUSAL_NONE || refusal == REFUSAL_UNOWNED || refusal == REFUSAL_EDITED ||
	       refusal == REFUSAL_NOT_INCLUDED;
}

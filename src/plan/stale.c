/* Files of the manifest that are not to be there any more. */
#include "plan/making.h"
#include "plan/paths.h"

/* Left, and still ours. */
static void
leave_listed(struct making *making, struct change *change, const struct owned *owned,
	     enum refusal why, const char *what)
{
	leave(making, change, why, what);
	change->remains = change->existed;
	change->after = change->before;
	change->is_region = owned->is_region;
	change->digest = owned->digest;
	change->found = owned->digest;
	change->found_region = owned->is_region;
}

/* Something else than a plain file is there, or something that cannot be seen. */
static void
leave_place(struct making *making, struct change *change, const struct owned *owned,
	    const struct place *place)
{
	if (place->refusal != REFUSAL_UNREADABLE)
		leave(making, change, place->refusal, "it is no plain file any more");
	else if (making->purpose == PURPOSE_CLEAN)
		leave_listed(making, change, owned, place->refusal, "it cannot be read");
	else
		refuse_unreadable(making, change, place->culprit, place->error);
}

static void
set_aside(struct making *making, struct change *change, const struct owned *owned)
{
	if (making->purpose == PURPOSE_CLEAN)
		leave_listed(making, change, owned, REFUSAL_EDITED,
			     "it was edited since bzlmodgen wrote it");
	else
		refuse_edited_stale(making, change);
}

static bool
is_forced(const struct making *making, const struct change *change)
{
	return map_get(&making->forced, change->path) != NULL;
}

/* The file is as we wrote it. */
static void
delete_file(struct making *making, struct change *change)
{
	bool is_output =
		making->purpose == PURPOSE_CLEAN && map_get(&making->outputs, change->path) != NULL;

	set_found(making, change, change->before, false);
	change->kind = CHANGE_DELETE;
	if (is_output || str_has_prefix(change->before, STR(PLAN_HEADER)))
		return;
	change->taken_over = is_forced(making, change);
	if (change->taken_over)
		return;
	change->remains = true;
	change->after = change->before;
	leave(making, change, REFUSAL_NO_HEADER,
	      "it is no longer asked for, but has no header that shows it to be ours");
}

static void
empty_region(struct making *making, struct change *change, const struct owned *owned,
	     const struct region *region)
{
	change->kind = CHANGE_UPDATE;
	change->is_region = true;
	change->remains = true;
	change->after = region_remove(making->arena, region);
	if (was_written(making, owned, region->text, true)) {
		set_found(making, change, region->text, true);
		return;
	}
	change->taken_over = is_forced(making, change);
	if (!change->taken_over)
		set_aside(making, change, owned);
}

static void
compare_shared(struct making *making, struct change *change, const struct owned *owned)
{
	struct region_fault fault;
	struct region region;

	switch (region_find(change->before, &region, &fault)) {
	case REGION_NONE:
		change->remains = true;
		change->after = change->before;
		leave(making, change, REFUSAL_NO_MARKERS,
		      "the markers of what was ours in it are gone");
		break;
	case REGION_FOUND:
		empty_region(making, change, owned, &region);
		break;
	case REGION_BROKEN:
		if (making->purpose == PURPOSE_CLEAN)
			leave_listed(making, change, owned, REFUSAL_MARKERS,
				     "its markers are not a pair");
		else
			refuse_markers(making, change, &fault);
		break;
	}
}

static bool
has_region(const struct owned *owned)
{
	while (owned != NULL && !owned->is_region)
		owned = owned->other;
	return owned != NULL;
}

static void
compare_file(struct making *making, struct change *change, const struct owned *owned)
{
	bool is_shared = has_region(owned);

	if (!is_shared && map_get(&making->handed_over, change->path) != NULL) {
		change->kind = CHANGE_LEAVE;
		change->refusal = REFUSAL_HANDED_OVER;
		change->remains = true;
		change->after = change->before;
	} else if (was_written(making, owned, change->before, false)) {
		delete_file(making, change);
	} else if (is_shared) {
		compare_shared(making, change, owned);
	} else if (is_forced(making, change)) {
		change->kind = CHANGE_DELETE;
		change->taken_over = true;
	} else {
		set_aside(making, change, owned);
	}
}

bool
compare_stale(struct making *making, const struct owned *owned, struct change *change)
{
	struct place place = tree_find(&making->tree, owned->path);

	*change = (struct change){.path = owned->path};
	/* what stands there under another name is something else */
	if (place.refusal == REFUSAL_CASE || place.refusal == REFUSAL_PARENT)
		return false;
	if (place.refusal == REFUSAL_NONE && place.is_file) {
		place.error = read_before(making, change);
		if (place.error != 0)
			place.refusal = REFUSAL_UNREADABLE;
	}
	if (place.refusal != REFUSAL_NONE)
		leave_place(making, change, owned, &place);
	else if (place.is_file)
		compare_file(making, change, owned);
	return place.is_file || place.refusal != REFUSAL_NONE;
}

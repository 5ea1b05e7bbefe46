/* Outputs against what stands at their paths. */
#include "plan/digest.h"
#include "plan/include.h"
#include "plan/making.h"
#include "plan/paths.h"

bool
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

bool
was_written(struct making *making, const struct owned *owned, struct str text, bool is_region)
{
	struct str digest;

	if (owned == NULL)
		return false;
	digest = digest_of(making->arena, text);
	for (; owned != NULL; owned = owned->other) {
		if (owned->is_region == is_region && str_eq(owned->digest, digest))
			return true;
	}
	return false;
}

void
set_found(struct making *making, struct change *change, struct str text, bool is_region)
{
	if (!making->has_pending)
		return;
	change->found = digest_of(making->arena, text);
	change->found_region = is_region;
}

static struct str
without_carriage_returns(struct arena *arena, struct str text)
{
	struct buf plain;

	buf_init(&plain, arena);
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] != '\r' || i + 1 == text.len || text.at[i + 1] != '\n')
			buf_char(&plain, text.at[i]);
	}
	return buf_str(&plain);
}

/* Whether nothing but line ends was changed since it was written. */
static bool
has_other_line_ends(struct making *making, const struct owned *owned, struct str text,
		    bool is_region)
{
	struct str plain = without_carriage_returns(making->arena, text);

	return plain.len < text.len && was_written(making, owned, plain, is_region);
}

int
read_before(struct making *making, struct change *change)
{
	int error =
		making->fs->read(making->fs->self, making->arena, change->path, &change->before);

	change->existed = error == 0;
	return error;
}

/* What has no header takes no comments either, so no markers. */
static bool
takes_region(const struct change *change)
{
	return str_has_prefix(change->output->content, STR(PLAN_HEADER));
}

static bool
has_wish(const struct map *wishes, struct str path)
{
	return map_get(wishes, path) != NULL;
}

static void
set_file(struct making *making, struct change *change)
{
	change->after = change->output->content;
	change->remains = true;
	change->is_region = false;
	change->digest = digest_of(making->arena, change->after);
	change->line_ends = change->existed && differs_in_line_ends(change->before, change->after);
}

void
set_region(struct making *making, struct change *change, const struct region *region,
	   struct str text)
{
	change->after = region_replace(making->arena, region, text);
	change->remains = true;
	change->is_region = true;
	change->digest = digest_of(making->arena, text);
	change->line_ends = differs_in_line_ends(region->text, text);
}

/* False: the output cannot stand between markers, since it holds some. */
static bool
text_for_region(struct making *making, struct change *change, struct str *text)
{
	struct region region;
	struct region_fault fault;

	*text = region_text(making->arena, change->output->content);
	if (region_find(*text, &region, &fault) == REGION_NONE)
		return true;
	refuse_inner_markers(making, change);
	return false;
}

/* A region of its own at the end of `file`. */
static void
add_region(struct making *making, struct change *change, struct str file, enum change_kind kind)
{
	struct str text;

	if (!text_for_region(making, change, &text))
		return;
	change->kind = kind;
	change->after = region_append(making->arena, file, text);
	change->remains = true;
	change->is_region = true;
	change->digest = digest_of(making->arena, text);
}

static void
compare_region(struct making *making, struct change *change, const struct owned *owned,
	       const struct region *region)
{
	struct str text;

	if (!text_for_region(making, change, &text))
		return;
	set_region(making, change, region, text);
	change->kind = CHANGE_UPDATE;
	if (str_eq(region->text, text) || str_trim(region->text).len == 0 ||
	    was_written(making, owned, region->text, true)) {
		set_found(making, change, region->text, true);
		if (str_eq(region->text, text))
			change->kind = CHANGE_KEEP;
	} else if (has_wish(&making->forced, change->path)) {
		change->taken_over = true;
	} else if (owned != NULL) {
		change->line_ends = has_other_line_ends(making, owned, region->text, true);
		refuse_edited(making, change);
	} else {
		refuse_unowned(making, change);
	}
}

/* Whether the manifest lists the file as a whole. */
static bool
was_whole(const struct owned *owned)
{
	while (owned != NULL && owned->is_region)
		owned = owned->other;
	return owned != NULL;
}

/* A file without markers that is not as we wrote it, or was never ours. */
static void
compare_foreign(struct making *making, struct change *change, const struct owned *owned)
{
	struct str none = {NULL, 0};
	bool is_edited = was_whole(owned);

	if (has_wish(&making->regions, change->path) && !is_edited) {
		add_region(making, change, change->before, CHANGE_UPDATE);
		return;
	}
	set_file(making, change);
	change->kind = CHANGE_UPDATE;
	if (has_wish(&making->forced, change->path)) {
		change->taken_over = true;
	} else if (is_edited) {
		change->line_ends = has_other_line_ends(making, owned, change->before, false);
		refuse_edited(making, change);
	} else if (owned != NULL) {
		refuse_lost_markers(making, change);
	} else if (change->output->is_optional) {
		change->kind = CHANGE_KEEP;
		change->after = change->before;
		change->digest = none;
	} else {
		refuse_unowned(making, change);
	}
}

/* The whole file is ours, as it is. */
static void
compare_own(struct making *making, struct change *change)
{
	set_found(making, change, change->before, false);
	if (has_wish(&making->regions, change->path)) {
		add_region(making, change, STR(""), CHANGE_UPDATE);
		return;
	}
	set_file(making, change);
	change->kind = str_eq(change->before, change->after) ? CHANGE_KEEP : CHANGE_UPDATE;
}

static void
compare_file(struct making *making, struct change *change)
{
	const struct owned *owned = manifest_find(&making->manifest, change->path);
	enum region_state state = REGION_NONE;
	struct region_fault fault;
	struct region region;

	if (str_eq(change->before, change->output->content) ||
	    was_written(making, owned, change->before, false)) {
		compare_own(making, change);
		return;
	}
	if (takes_region(change))
		state = region_find(change->before, &region, &fault);
	switch (state) {
	case REGION_NONE:
		compare_foreign(making, change, owned);
		break;
	case REGION_FOUND:
		compare_region(making, change, owned, &region);
		break;
	case REGION_BROKEN:
		refuse_markers(making, change, &fault);
		break;
	}
}

static void
require_inclusion(struct making *making, struct change *change)
{
	struct str file = change->output->included_by;
	struct str label = include_label(making->arena, change->path);
	struct place place = tree_find(&making->tree, file);
	struct str text;
	int error;

	if (!place.is_file) {
		refuse_not_included(making, change, NULL);
		return;
	}
	error = making->fs->read(making->fs->self, making->arena, file, &text);
	if (error != 0)
		refuse_unreadable(making, change, file, error);
	else if (!include_is_in(text, label))
		refuse_not_included(making, change, &text);
}

void
compare_output(struct making *making, struct change *change)
{
	struct place place = tree_find(&making->tree, change->path);
	int error = 0;

	if (place.refusal != REFUSAL_NONE) {
		refuse_place(making, change, &place);
		return;
	}
	if (place.is_file)
		error = read_before(making, change);
	if (error != 0) {
		refuse_unreadable(making, change, change->path, error);
		return;
	}
	if (place.is_file) {
		compare_file(making, change);
	} else if (has_wish(&making->regions, change->path)) {
		add_region(making, change, STR(""), CHANGE_CREATE);
	} else {
		set_file(making, change);
		change->kind = CHANGE_CREATE;
	}
	if (change->output->included_by.len > 0 && change->kind != CHANGE_REFUSE)
		require_inclusion(making, change);
}

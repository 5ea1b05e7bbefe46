#include "plan/diff.h"
#include "plan/plan.h"

static const char *
kind_word(enum change_kind kind)
{
	switch (kind) {
	case CHANGE_KEEP:
		return "keep";
	case CHANGE_CREATE:
		return "create";
	case CHANGE_UPDATE:
		return "update";
	case CHANGE_DELETE:
		return "delete";
	case CHANGE_LEAVE:
		return "leave";
	case CHANGE_REFUSE:
		return "refuse";
	case CHANGE_KINDS:
		break;
	}
	return "";
}

/* NULL where nothing needs to be said. */
static const char *
refusal_words(enum refusal refusal)
{
	switch (refusal) {
	case REFUSAL_NONE:
		return NULL;
	case REFUSAL_UNOWNED:
		return "not ours";
	case REFUSAL_EDITED:
		return "edited by hand";
	case REFUSAL_NOT_INCLUDED:
		return "not included";
	case REFUSAL_MARKERS:
		return "markers are not a pair";
	case REFUSAL_MANIFEST:
		return "cannot be used";
	case REFUSAL_FILE_TYPE:
		return "not a plain file";
	case REFUSAL_SYMLINK:
		return "symbolic link";
	case REFUSAL_ESCAPE:
		return "not a path to write to";
	case REFUSAL_TWICE:
		return "asked for twice";
	case REFUSAL_CASE:
		return "differs only in case";
	case REFUSAL_PARENT:
		return "below a file";
	case REFUSAL_UNREADABLE:
		return "unreadable";
	case REFUSAL_NO_HEADER:
		return "no header";
	case REFUSAL_NO_MARKERS:
		return "no markers";
	case REFUSAL_HANDED_OVER:
		return "yours now";
	}
	return NULL;
}

static const char *
reason(const struct change *change)
{
	if (change->taken_over)
		return "taken over";
	if (change->line_ends && (change->kind == CHANGE_UPDATE || change->kind == CHANGE_REFUSE))
		return "line ends only";
	if (change->kind == CHANGE_REFUSE || change->kind == CHANGE_LEAVE)
		return refusal_words(change->refusal);
	return change->is_region ? "region" : NULL;
}

void
plan_print_change(const struct change *change, struct buf *out)
{
	const char *why = reason(change);

	buf_printf(out, "%-6s  ", kind_word(change->kind));
	diff_path(out, "", change->path);
	if (why != NULL)
		buf_printf(out, " (%s)", why);
	buf_char(out, '\n');
}

void
plan_print(const struct plan *plan, struct buf *out)
{
	for (size_t i = 0; i < plan->count; i++)
		plan_print_change(&plan->changes[i], out);
	buf_printf(out, "%zu to create, %zu to update, %zu to delete, %zu unchanged",
		   plan->by_kind[CHANGE_CREATE], plan->by_kind[CHANGE_UPDATE],
		   plan->by_kind[CHANGE_DELETE],
		   plan->by_kind[CHANGE_KEEP] + plan->by_kind[CHANGE_LEAVE]);
	if (plan->by_kind[CHANGE_REFUSE] > 0)
		buf_printf(out, ", %zu refused", plan->by_kind[CHANGE_REFUSE]);
	buf_char(out, '\n');
}

void
plan_diff(struct arena *arena, const struct plan *plan, struct buf *out)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct change *change = &plan->changes[i];
		struct diff_side before = {change->before, change->existed};
		struct diff_side after = {change->after, change->remains};

		/* of other refusals nothing is known to compare with */
		if (change->kind == CHANGE_REFUSE && !refusal_is_comparable(change->refusal))
			continue;
		diff_unified(arena, out, change->path, before, after);
	}
}

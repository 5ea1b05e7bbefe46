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
	case CHANGE_REFUSE:
		return "refuse";
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
	}
	return NULL;
}

static const char *
reason(const struct change *change)
{
	if (change->taken_over)
		return "taken over";
	if (change->kind == CHANGE_UPDATE && change->line_ends)
		return "line ends only";
	return refusal_words(change->refusal);
}

void
plan_print(const struct plan *plan, struct buf *out)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct change *change = &plan->changes[i];
		const char *why = reason(change);

		buf_printf(out, "%-6s  ", kind_word(change->kind));
		diff_path(out, "", change->output->path);
		if (why != NULL)
			buf_printf(out, " (%s)", why);
		buf_char(out, '\n');
	}
	buf_printf(out, "%zu to create, %zu to update, %zu unchanged", plan->by_kind[CHANGE_CREATE],
		   plan->by_kind[CHANGE_UPDATE], plan->by_kind[CHANGE_KEEP]);
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
		struct diff_side after = {change->output->content, true};

		/* of other refusals nothing is known to compare with */
		if (change->kind == CHANGE_REFUSE && change->refusal != REFUSAL_UNOWNED)
			continue;
		diff_unified(arena, out, change->output->path, before, after);
	}
}

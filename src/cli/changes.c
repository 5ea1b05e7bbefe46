#include "cli/changes.h"

#include "cli/report_format.h"

enum exit_code
changes_blame(const struct diags *diags)
{
	for (size_t i = 0; i < diags->count; i++) {
		enum diag_code code = diags->items[i]->code;

		if (code == DIAG_PLAN_FORCED_UNKNOWN || code == DIAG_PLAN_NO_REGION)
			return EXIT_USAGE;
		if (code == DIAG_PLAN_CHANGED)
			return EXIT_REFUSED;
	}
	return EXIT_ENVIRONMENT;
}

enum exit_code
changes_preview(struct invocation *invocation, const struct plan *plan)
{
	report_of_drift(invocation, plan);
	plan_print(plan, &invocation->out);
	if (plan->by_kind[CHANGE_REFUSE] > 0)
		return EXIT_REFUSED;
	return plan_in_sync(plan) ? EXIT_DONE : EXIT_DRIFT;
}

static void
add_count(struct buf *out, const char *what, size_t count)
{
	buf_printf(out, "%s %zu file%s, ", what, count, count == 1 ? "" : "s");
}

static void
add_changes(struct buf *out, const struct plan *plan)
{
	size_t written = plan->by_kind[CHANGE_CREATE] + plan->by_kind[CHANGE_UPDATE];
	size_t deleted = plan->by_kind[CHANGE_DELETE];

	for (size_t i = 0; i < plan->count; i++) {
		if (plan->changes[i].kind != CHANGE_KEEP)
			plan_print_change(&plan->changes[i], out);
	}
	if (written > 0 || deleted == 0)
		add_count(out, "wrote", written);
	if (deleted > 0)
		add_count(out, "deleted", deleted);
	buf_printf(out, "%zu unchanged\n",
		   plan->by_kind[CHANGE_KEEP] + plan->by_kind[CHANGE_LEAVE]);
}

enum exit_code
changes_apply(struct invocation *invocation, const struct plan *plan)
{
	report_of_writing(invocation, plan);
	if (plan->by_kind[CHANGE_REFUSE] > 0) {
		buf_text(&invocation->err, "nothing was written\n");
		return EXIT_REFUSED;
	}
	if (!bzlmodgen_apply(&invocation->run, plan))
		return changes_blame(invocation->run.diags);
	add_changes(&invocation->out, plan);
	return EXIT_DONE;
}

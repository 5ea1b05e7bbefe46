#include "cli/report_format.h"

void
report_of_spec(struct invocation *invocation)
{
	invocation->has_report = true;
	invocation->report.subject = REPORT_OF_SPEC;
}

static void
report_of_plan(struct invocation *invocation, enum report_subject subject, const struct plan *plan)
{
	struct arena *arena = invocation->run.arena;
	struct plan *kept;
	struct drift *drift;

	if (invocation->common.format == FORMAT_TEXT)
		return;
	kept = ARENA_NEW(arena, struct plan);
	drift = ARENA_NEW(arena, struct drift);
	*kept = *plan;
	drift_find(arena, kept, drift);
	invocation->has_report = true;
	invocation->report.subject = subject;
	invocation->report.plan = kept;
	invocation->report.drift = drift;
}

void
report_of_drift(struct invocation *invocation, const struct plan *plan)
{
	report_of_plan(invocation, REPORT_OF_DRIFT, plan);
}

void
report_of_writing(struct invocation *invocation, const struct plan *plan)
{
	report_of_plan(invocation, REPORT_OF_WRITING, plan);
}

static enum report_result
result_of(enum exit_code code)
{
	switch (code) {
	case EXIT_DONE:
		return REPORT_DONE;
	case EXIT_DRIFT:
		return REPORT_DRIFT;
	case EXIT_USAGE:
		return REPORT_USAGE;
	case EXIT_SPEC:
		return REPORT_INVALID;
	case EXIT_REFUSED:
		return REPORT_REFUSED;
	case EXIT_ENVIRONMENT:
		return REPORT_FAILED;
	}
	return REPORT_FAILED;
}

static void
write_report(struct invocation *invocation, struct buf *out)
{
	struct arena *arena = invocation->run.arena;
	const struct report *report = &invocation->report;

	switch ((enum format)invocation->common.format) {
	case FORMAT_TEXT:
		break;
	case FORMAT_JSON:
		bzlmodgen_report_json(arena, report, out);
		break;
	case FORMAT_GITHUB:
		bzlmodgen_report_github(arena, report, out);
		break;
	case FORMAT_SARIF:
		bzlmodgen_report_sarif(arena, report, out);
		break;
	}
}

void
report_format(struct invocation *invocation, enum exit_code code)
{
	struct report *report = &invocation->report;
	struct diags *diags = invocation->run.diags;
	bool has_failed = code != EXIT_DONE && code != EXIT_DRIFT;

	if (diags->count == 0 && (!invocation->has_report || code == EXIT_USAGE))
		return;
	diags_sort(diags);
	report->command = str_from(invocation->command->name);
	report->result = result_of(code);
	report->diags = diags;
	invocation->err.len = 0;
	if (invocation->has_report || has_failed) {
		invocation->out.len = 0;
		write_report(invocation, &invocation->out);
	} else {
		write_report(invocation, &invocation->err);
	}
	diags_init(diags, invocation->run.arena);
}

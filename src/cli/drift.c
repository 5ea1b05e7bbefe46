#include "cli/drift.h"

#include <unistd.h>

#include "cli/report.h"
#include "cli/report_format.h"
#include "cli/spec_file.h"
#include "plan/diff.h"

static bool
is_comparable(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct change *change = &plan->changes[i];

		if (change->kind == CHANGE_REFUSE && !refusal_is_comparable(change->refusal))
			return false;
	}
	return true;
}

/*
 * To show a difference overwrites nothing, so there is nothing to refuse: takes back the errors
 * that were added since `before`, but for what no diff can show, and leaves the warnings.
 */
static void
forget_refusals(struct diags *diags, const struct diags *before)
{
	size_t kept = before->count;

	diags->errors = before->errors;
	diags->dropped = before->dropped;
	for (size_t i = before->count; i < diags->count; i++) {
		struct diag *diag = diags->items[i];
		bool is_error = diag_info(diag->code)->severity == SEVERITY_ERROR;

		if (is_error && diag->code != DIAG_PLAN_NOT_INCLUDED)
			continue;
		diags->items[kept++] = diag;
		diags->errors += is_error;
	}
	diags->count = kept;
}

static const char *
colour_of(struct str line)
{
	if (str_has_prefix(line, STR("--- ")) || str_has_prefix(line, STR("+++ ")))
		return "\033[1m";
	if (str_has_prefix(line, STR("@@")))
		return "\033[36m";
	if (str_has_prefix(line, STR("-")))
		return "\033[31m";
	if (str_has_prefix(line, STR("+")))
		return "\033[32m";
	return NULL;
}

static void
add_diff(struct invocation *invocation, const struct plan *plan)
{
	struct buf *out = &invocation->out;
	const char *colour;
	struct buf diff;
	struct str rest;
	struct str line;

	if (!report_colour(invocation, STDOUT_FILENO)) {
		plan_diff(invocation->run.arena, plan, out);
		return;
	}
	buf_init(&diff, invocation->run.arena);
	plan_diff(invocation->run.arena, plan, &diff);
	rest = buf_str(&diff);
	while (rest.len > 0) {
		line = str_cut(&rest, '\n');
		colour = colour_of(line);
		if (colour != NULL)
			buf_printf(out, "%s%.*s\033[0m\n", colour, STR_ARG(line));
		else
			buf_printf(out, "%.*s\n", STR_ARG(line));
	}
}

static bool
differs(const struct change *change)
{
	return change->kind != CHANGE_KEEP && change->kind != CHANGE_LEAVE;
}

static void
add_names(struct buf *out, const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		if (!differs(&plan->changes[i]))
			continue;
		diff_path(out, "", plan->changes[i].path);
		buf_char(out, '\n');
	}
}

static void
add_note(struct buf *err, const struct change *change)
{
	const char *what = NULL;

	if (change->refusal == REFUSAL_UNOWNED)
		what = "is not ours";
	if (change->refusal == REFUSAL_EDITED)
		what = change->line_ends ? "has other line ends" : "was edited by hand";
	if (change->kind != CHANGE_REFUSE || what == NULL)
		return;
	buf_text(err, "note: '");
	diff_path(err, "", change->path);
	buf_printf(err, "' %s: 'generate' %s it only with --force\n", what,
		   change->remains ? "replaces" : "deletes");
}

/* What 'generate' would change, given leave. */
static bool
is_out_of_date(const struct change *change)
{
	return differs(change) &&
	       (change->existed != change->remains || !str_eq(change->before, change->after));
}

static void
add_closing(struct buf *err, const struct plan *plan)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->count; i++)
		count += is_out_of_date(&plan->changes[i]);
	if (count == 0)
		return;
	buf_printf(err, "%zu of %zu file%s out of date: run 'bzlmodgen generate'\n", count,
		   plan->count - plan->by_kind[CHANGE_LEAVE], plan->count == 1 ? "" : "s");
	for (size_t i = 0; i < plan->count; i++)
		add_note(err, &plan->changes[i]);
}

static void
show(struct invocation *invocation, enum drift_style style, const struct plan *plan)
{
	switch (style) {
	case DRIFT_REPORT:
	case DRIFT_PATCH:
		add_diff(invocation, plan);
		break;
	case DRIFT_NAMES:
		add_names(&invocation->out, plan);
		break;
	case DRIFT_QUIET:
		break;
	}
}

enum exit_code
drift_show(struct invocation *invocation, enum drift_style style)
{
	struct diags *diags = invocation->run.diags;
	struct diags before;
	struct outputs outputs;
	struct plan plan;
	enum exit_code code = spec_file_outputs(invocation, &outputs);

	if (code != EXIT_DONE)
		return code;
	before = *diags;
	if (!bzlmodgen_plan(&invocation->run, &outputs, NULL, &plan))
		return EXIT_ENVIRONMENT;
	if (is_comparable(&plan)) {
		forget_refusals(diags, &before);
		code = plan_in_sync(&plan) ? EXIT_DONE : EXIT_DRIFT;
	} else {
		code = EXIT_REFUSED;
	}
	if (style == DRIFT_REPORT || style == DRIFT_NAMES)
		report_of_drift(invocation, &plan);
	show(invocation, style, &plan);
	if (style == DRIFT_REPORT && code == EXIT_DRIFT)
		add_closing(&invocation->err, &plan);
	if (style == DRIFT_QUIET && code != EXIT_REFUSED)
		diags->count = 0;
	return code;
}

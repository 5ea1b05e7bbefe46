#include "cli/drift.h"

#include <unistd.h>

#include "cli/report.h"
#include "cli/report_format.h"
#include "cli/spec_file.h"
#include "plan/diff.h"

/* What can be compared differs; a directory in a file's place, say, cannot be. */
static bool
is_comparable(const struct change *change)
{
	return change->kind != CHANGE_REFUSE || change->refusal == REFUSAL_UNOWNED;
}

static bool
all_comparable(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		if (!is_comparable(&plan->changes[i]))
			return false;
	}
	return true;
}

/* To show a difference overwrites nothing, so there is nothing to refuse: takes the errors that
 * were added since `before` back, and leaves the warnings. */
static void
forget_errors(struct diags *diags, const struct diags *before)
{
	size_t kept = before->count;

	for (size_t i = before->count; i < diags->count; i++) {
		if (diag_info(diags->items[i]->code)->severity == SEVERITY_WARNING)
			diags->items[kept++] = diags->items[i];
	}
	diags->count = kept;
	diags->errors = before->errors;
	diags->dropped = before->dropped;
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

static void
add_names(struct buf *out, const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		if (plan->changes[i].kind == CHANGE_KEEP)
			continue;
		diff_path(out, "", plan->changes[i].output->path);
		buf_char(out, '\n');
	}
}

static void
add_closing(struct buf *err, const struct plan *plan)
{
	buf_printf(err, "%zu of %zu file%s out of date: run 'bzlmodgen generate'\n",
		   plan->count - plan->by_kind[CHANGE_KEEP], plan->count,
		   plan->count == 1 ? "" : "s");
	for (size_t i = 0; i < plan->count; i++) {
		if (plan->changes[i].refusal != REFUSAL_UNOWNED)
			continue;
		buf_text(err, "note: '");
		diff_path(err, "", plan->changes[i].output->path);
		buf_text(err, "' is not ours: 'generate' takes it over only with --force\n");
	}
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
	if (!bzlmodgen_plan(&invocation->run, &outputs, NULL, 0, &plan))
		return EXIT_ENVIRONMENT;
	if (all_comparable(&plan)) {
		forget_errors(diags, &before);
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

#include "cli/drift.h"
#include "cli/report_format.h"
#include "cli/spec_file.h"
#include "plan/diff.h"

struct generate_options {
	bool dry_run;
	bool check;
	struct words force;
};

static const struct option_row rows[] = {
	{"dry-run", 'n', OPTION_FLAG, NULL, "print what would be done; exit 1 if anything would",
	 offsetof(struct generate_options, dry_run)},
	{"check", 0, OPTION_FLAG, NULL, "the same as 'bzlmodgen check'",
	 offsetof(struct generate_options, check)},
	{"force", 0, OPTION_LIST, "PATH...", "take over these files, whatever they hold",
	 offsetof(struct generate_options, force)},
	{0},
};

/* "./BUILD.bazel" is how shells and people spell a path at times; the plan does not. */
static void
strip_dots(struct words *paths)
{
	for (size_t i = 0; i < paths->count; i++) {
		while (str_has_prefix(paths->at[i], STR("./")))
			paths->at[i] = str_after(paths->at[i], 2);
	}
}

/* What a failure to plan or to write is due to. */
static enum exit_code
blame(const struct diags *diags)
{
	for (size_t i = 0; i < diags->count; i++) {
		if (diags->items[i]->code == DIAG_PLAN_FORCED_UNKNOWN)
			return EXIT_USAGE;
		if (diags->items[i]->code == DIAG_PLAN_CHANGED)
			return EXIT_REFUSED;
	}
	return EXIT_ENVIRONMENT;
}

static enum exit_code
preview(struct invocation *invocation, const struct plan *plan)
{
	report_of_drift(invocation, plan);
	plan_print(plan, &invocation->out);
	if (plan->by_kind[CHANGE_REFUSE] > 0)
		return EXIT_REFUSED;
	return plan_in_sync(plan) ? EXIT_DONE : EXIT_DRIFT;
}

static void
add_changes(struct buf *out, const struct plan *plan)
{
	size_t written = plan->count - plan->by_kind[CHANGE_KEEP];

	for (size_t i = 0; i < plan->count; i++) {
		const struct change *change = &plan->changes[i];

		if (change->kind == CHANGE_KEEP)
			continue;
		buf_text(out, change->kind == CHANGE_CREATE ? "create  " : "update  ");
		diff_path(out, "", change->output->path);
		buf_char(out, '\n');
	}
	buf_printf(out, "wrote %zu file%s, %zu unchanged\n", written, written == 1 ? "" : "s",
		   plan->by_kind[CHANGE_KEEP]);
}

static enum exit_code
write_outputs(struct invocation *invocation, const struct plan *plan)
{
	report_of_writing(invocation, plan);
	if (plan->by_kind[CHANGE_REFUSE] > 0) {
		buf_text(&invocation->err, "nothing was written\n");
		return EXIT_REFUSED;
	}
	if (!bzlmodgen_apply(&invocation->run, plan))
		return blame(invocation->run.diags);
	add_changes(&invocation->out, plan);
	return EXIT_DONE;
}

static enum exit_code
run(struct invocation *invocation)
{
	const struct generate_options *options = invocation->options;
	struct words forced = options->force;
	struct str none = {0};
	struct outputs outputs;
	struct plan plan;
	enum exit_code code;

	if (options->check && (options->dry_run || forced.count > 0))
		return usage_error(invocation,
				   STR("'--check' goes with neither '--dry-run' nor '--force'"),
				   none);
	if (options->check)
		return drift_show(invocation, DRIFT_REPORT);
	code = spec_file_outputs(invocation, &outputs);
	if (code != EXIT_DONE)
		return code;
	strip_dots(&forced);
	if (!bzlmodgen_plan(&invocation->run, &outputs, forced.at, forced.count, &plan))
		return blame(invocation->run.diags);
	return options->dry_run ? preview(invocation, &plan) : write_outputs(invocation, &plan);
}

const struct command cmd_generate = {
	.name = "generate",
	.summary = "write the files that the spec asks for",
	.text = "Compares the spec's outputs with the files on disk, then creates and updates\n"
		"what differs; a file that is right already is not touched. A file that lacks\n"
		"bzlmodgen's header is never overwritten: nothing at all is written then, and\n"
		"the exit code is 4. --force takes over the files it names, by their paths as\n"
		"--dry-run shows them, and no other. All files are staged before the first one\n"
		"is replaced, so that a failure on the way leaves the tree as it was.",
	.example = "bzlmodgen generate\n"
		   "bzlmodgen generate --dry-run\n"
		   "bzlmodgen generate --force BUILD.bazel build/BUILD.bazel\n",
	.options = rows,
	.options_size = sizeof(struct generate_options),
	.run = run,
};

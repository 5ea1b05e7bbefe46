#include "cli/changes.h"
#include "cli/spec_file.h"

struct clean_options {
	bool dry_run;
};

static const struct option_row rows[] = {
	{"dry-run", 'n', OPTION_FLAG, NULL, "print what would be done; exit 1 if anything would",
	 offsetof(struct clean_options, dry_run)},
	{0},
};

static enum exit_code
run(struct invocation *invocation)
{
	const struct clean_options *options = invocation->options;
	struct outputs outputs;
	struct plan plan;
	enum exit_code code = spec_file_outputs(invocation, &outputs);

	if (code != EXIT_DONE)
		return code;
	if (!bzlmodgen_plan_clean(&invocation->run, &outputs, &plan))
		return changes_blame(invocation->run.diags);
	return options->dry_run ? changes_preview(invocation, &plan)
				: changes_apply(invocation, &plan);
}

const struct command cmd_clean = {
	.name = "clean",
	.summary = "delete the files that bzlmodgen wrote",
	.text = "Deletes the files that 'bzlmodgen.lock.json' lists, as long as they are as\n"
		"bzlmodgen wrote them, and the folders that this leaves empty. Of a file with\n"
		"markers, only they and what stands between them. Whatever was changed since is\n"
		"left, with a warning, and stays on the list. The list itself goes with the last\n"
		"file on it.",
	.example = "bzlmodgen clean --dry-run\n"
		   "bzlmodgen clean\n",
	.options = rows,
	.options_size = sizeof(struct clean_options),
	.run = run,
};

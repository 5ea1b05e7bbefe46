#include "cli/drift.h"

struct check_options {
	bool list;
	bool quiet;
};

static const struct option_row rows[] = {
	{"list", 'l', OPTION_FLAG, NULL, "print the names of the files that differ, no diff",
	 offsetof(struct check_options, list)},
	{"quiet", 'q', OPTION_FLAG, NULL, "print nothing; the exit code tells",
	 offsetof(struct check_options, quiet)},
	{0},
};

static enum exit_code
run(struct invocation *invocation)
{
	const struct check_options *options = invocation->options;
	struct str none = {0};

	if (options->list && options->quiet)
		return usage_error(invocation, STR("'--list' and '--quiet' exclude each other"),
				   none);
	if (options->list)
		return drift_show(invocation, DRIFT_NAMES);
	return drift_show(invocation, options->quiet ? DRIFT_QUIET : DRIFT_REPORT);
}

const struct command cmd_check = {
	.name = "check",
	.summary = "show how the files differ from the spec",
	.text = "Compares the files on disk with what the spec asks for and prints the\n"
		"difference as a unified diff. Writes nothing. Exits 0 if there is none, and 1\n"
		"if there is any, be it a file that is missing, was edited by hand, or is not\n"
		"owned by bzlmodgen. Made for CI.",
	.example = "bzlmodgen check\n"
		   "bzlmodgen check -q || echo 'run bzlmodgen generate'\n",
	.options = rows,
	.options_size = sizeof(struct check_options),
	.run = run,
};

#include "cli/drift.h"

static enum exit_code
run(struct invocation *invocation)
{
	return drift_show(invocation, DRIFT_PATCH);
}

const struct command cmd_diff = {
	.name = "diff",
	.summary = "print a patch that brings the files in line",
	.text = "Prints what 'check' prints, the diff alone, as 'patch -p1' and 'git apply'\n"
		"take it in the folder of the spec. Writes nothing. Exits 1 if there is a\n"
		"difference.",
	.example = "bzlmodgen diff | patch -p1\n",
	.run = run,
};

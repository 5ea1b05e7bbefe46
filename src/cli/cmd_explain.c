#include "cli/command.h"

static enum exit_code
run(struct invocation *invocation)
{
	struct arena *arena = invocation->run.arena;
	struct str what = invocation->operands.at[0];
	struct str nearest = {0};

	if (bzlmodgen_explain(arena, what, &invocation->out, &nearest))
		return EXIT_DONE;
	return usage_error(invocation,
			   arena_printf(arena, "'%.*s' is neither a code nor a key of the spec",
					STR_ARG(what)),
			   nearest);
}

const struct command cmd_explain = {
	.name = "explain",
	.operands = "CODE|KEY",
	.operands_min = 1,
	.operands_max = 1,
	.summary = "explain the code of a message, or a key of the spec",
	.text = "Prints the long text of a diagnostic, named by its code, or of a key of the\n"
		"spec, named by its path.",
	.example = "bzlmodgen explain S001\n"
		   "bzlmodgen explain module.name\n",
	.run = run,
};

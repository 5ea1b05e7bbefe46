#include "cli/help.h"

static enum exit_code
run(struct invocation *invocation)
{
	const struct command *about;
	struct str nearest;
	struct str name;

	if (invocation->operands.count == 0) {
		help_overview(&invocation->out);
		return EXIT_DONE;
	}
	name = invocation->operands.at[0];
	about = command_find(name, &nearest);
	if (about == NULL)
		return usage_error(invocation,
				   arena_printf(invocation->run.arena, "unknown command '%.*s'",
						STR_ARG(name)),
				   nearest);
	help_command(&invocation->out, about);
	return EXIT_DONE;
}

const struct command cmd_help = {
	.name = "help",
	.operands = "COMMAND",
	.operands_max = 1,
	.summary = "say what bzlmodgen or one of its commands does",
	.text = "Prints an overview, or the help of a command. The same as the option '--help'.",
	.example = "bzlmodgen help generate\n",
	.run = run,
};

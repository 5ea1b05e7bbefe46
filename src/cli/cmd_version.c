#include "cli/command.h"

static enum exit_code
run(struct invocation *invocation)
{
	buf_printf(&invocation->out, "bzlmodgen %s\n", bzlmodgen_version);
	return EXIT_DONE;
}

const struct command cmd_version = {
	.name = "version",
	.summary = "print the version",
	.text = "Prints the version of bzlmodgen. The same as the option '--version'.",
	.run = run,
};

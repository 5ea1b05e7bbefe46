#include "cli/command.h"
#include "cli/report.h"

/* More than any spec within the limits needs; a hostile one ends in a message, not in swap. */
static const size_t memory_limit = (size_t)2 << 30;

static enum exit_code
run_command(struct arena *arena, char **arguments)
{
	struct invocation invocation;
	struct diags diags;
	jmp_buf escape;
	enum exit_code code;

	if (setjmp(escape) != 0)
		return report_no_memory();
	arena_init(arena, memory_limit, &escape);
	code = invocation_read(&invocation, arena, &diags, arguments);
	if (code == EXIT_DONE)
		code = invocation.command->run(&invocation);
	return report(&invocation, code);
}

int
main(int argc, char **argv)
{
	struct arena arena;
	enum exit_code code;

	code = run_command(&arena, argc > 0 ? argv + 1 : argv);
	arena_free(&arena);
	return code;
}

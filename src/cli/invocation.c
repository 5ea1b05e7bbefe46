#include "cli/command.h"
#include "cli/help.h"

enum exit_code
usage_error(struct invocation *invocation, struct str problem, struct str nearest)
{
	struct buf *err = &invocation->err;

	buf_text(err, "error: ");
	diag_escape(err, problem);
	buf_char(err, '\n');
	if (nearest.len > 0)
		buf_printf(err, "     = help: did you mean '%.*s'?\n", STR_ARG(nearest));
	help_usage(err, invocation->command);
	return EXIT_USAGE;
}

static bool
set_command(struct invocation *invocation, struct command_line *line, const char *name)
{
	const struct command *command = command_find(str_from(name), &line->nearest);

	if (command == NULL) {
		line->problem = arena_printf(line->arena, "unknown command '%s'", name);
		return false;
	}
	invocation->command = command;
	line->own.rows = command->options;
	line->own.values = arena_alloc(line->arena, command->options_size);
	invocation->options = line->own.values;
	return true;
}

static bool
read_line(struct invocation *invocation, struct command_line *line)
{
	const char *operand;

	while (command_line_next(line, &operand)) {
		if (operand == NULL)
			return true;
		if (invocation->command != NULL)
			words_add(&invocation->operands, line->arena, operand);
		else if (!set_command(invocation, line, operand))
			return false;
	}
	return false;
}

static enum exit_code
check_operands(struct invocation *invocation)
{
	const struct command *command = invocation->command;
	const struct words *operands = &invocation->operands;
	struct arena *arena = invocation->run.arena;
	struct str none = {0};

	if (operands->count < command->operands_min)
		return usage_error(invocation,
				   arena_printf(arena, "'%s' needs an argument: %s", command->name,
						command->operands),
				   none);
	if (operands->count > command->operands_max)
		return usage_error(invocation,
				   arena_printf(arena, "unexpected argument '%.*s'",
						STR_ARG(operands->at[command->operands_max])),
				   none);
	return EXIT_DONE;
}

/* --help and --version stand for the commands of that name, whatever else the line says. */
static void
redirect(struct invocation *invocation)
{
	const struct command *about = invocation->command;

	invocation->operands.count = 0;
	if (!invocation->common.help) {
		invocation->command = &cmd_version;
		return;
	}
	invocation->command = &cmd_help;
	if (about != NULL)
		words_add(&invocation->operands, invocation->run.arena, about->name);
}

enum exit_code
invocation_read(struct invocation *invocation, struct arena *arena, struct diags *diags,
		char **arguments)
{
	struct command_line line = {.arena = arena, .next = arguments};
	bool usable;

	diags_init(diags, arena);
	*invocation = (struct invocation){.run = {.arena = arena, .diags = diags}};
	buf_init(&invocation->out, arena);
	buf_init(&invocation->err, arena);
	line.common = (struct option_table){common_rows, &invocation->common};
	usable = read_line(invocation, &line);
	/* only reports of this kind name the keys behind each line */
	invocation->run.provenance = invocation->common.format != FORMAT_TEXT;
	if (invocation->common.help || invocation->common.version) {
		redirect(invocation);
		return EXIT_DONE;
	}
	if (!usable)
		return usage_error(invocation, line.problem, line.nearest);
	if (invocation->command == NULL) {
		help_overview(&invocation->err);
		return EXIT_USAGE;
	}
	return check_operands(invocation);
}

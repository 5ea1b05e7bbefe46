#include "cli/help.h"

/* Where the second column of a list starts. */
enum { SECOND_COLUMN = 28 };

const char help_title[] = "writes the Bazel files of a Rust project from one declarative spec";

const char help_discovery[] =
	"The spec is the file given by -f, else the one that BZLMODGEN_SPEC names, else\n"
	"bzlmodgen.yaml in the working directory or the nearest folder above it, up to\n"
	"the root of the repository (the folder with .git). The folder of the spec is the\n"
	"root of all outputs; with '-f -' it is the working directory.";

const struct help_entry help_exit_codes[] = {
	{"0", "done, or in sync"},
	{"1", "the files differ from the spec"},
	{"2", "wrong usage"},
	{"3", "the spec is invalid, or there is none"},
	{"4", "refused: something would be lost"},
	{"5", "the environment failed: files, memory, output"},
	{0},
};

const struct help_entry help_environment[] = {
	{"BZLMODGEN_SPEC", "the spec to read where -f is not given"},
	{"NO_COLOR", "no colour, if set and not empty"},
	{"TERM", "no colour, if unset or 'dumb'"},
	{0},
};

void
help_synopsis(struct buf *out, const struct command *command)
{
	const struct option_row *row;

	buf_text(out, command->name);
	for (row = command->options; row != NULL && row->help != NULL; row++) {
		if (row->long_name != NULL)
			buf_printf(out, " [--%s", row->long_name);
		else
			buf_printf(out, " [-%c", row->short_name);
		if (row->argument != NULL)
			buf_printf(out, " %s", row->argument);
		buf_char(out, ']');
	}
	if (command->operands == NULL)
		return;
	buf_printf(out, command->operands_min == 0 ? " [%s]" : " %s", command->operands);
}

void
help_option(struct buf *out, const struct option_row *row)
{
	if (row->short_name != 0)
		buf_printf(out, "-%c", row->short_name);
	if (row->short_name != 0 && row->long_name != NULL)
		buf_text(out, ", ");
	if (row->long_name != NULL)
		buf_printf(out, "--%s", row->long_name);
	if (row->argument != NULL)
		buf_printf(out, " %s", row->argument);
}

/* Ends the first column, on the next line if it is too long. */
static void
second_column(struct buf *out, size_t line_start)
{
	size_t width = out->len - line_start;

	if (width + 2 > SECOND_COLUMN) {
		buf_char(out, '\n');
		width = 0;
	}
	buf_fill(out, ' ', SECOND_COLUMN - width);
}

static void
list_options(struct buf *out, const struct option_row *row)
{
	for (; row->help != NULL; row++) {
		size_t line_start = out->len;

		buf_text(out, row->short_name != 0 ? "  " : "      ");
		help_option(out, row);
		second_column(out, line_start);
		buf_printf(out, "%s\n", row->help);
	}
}

static void
list_entries(struct buf *out, const struct help_entry *entry)
{
	for (; entry->name != NULL; entry++) {
		size_t line_start = out->len;

		buf_printf(out, "  %s", entry->name);
		second_column(out, line_start);
		buf_printf(out, "%s\n", entry->text);
	}
}

static void
list_commands(struct buf *out)
{
	size_t i;

	for (i = 0; commands[i] != NULL; i++) {
		size_t line_start = out->len;

		buf_printf(out, "  %s", commands[i]->name);
		second_column(out, line_start);
		buf_printf(out, "%s\n", commands[i]->summary);
	}
}

void
help_usage(struct buf *out, const struct command *command)
{
	buf_text(out, "usage: bzlmodgen ");
	if (command == NULL)
		buf_text(out, "[OPTION...] COMMAND [ARGUMENT...]");
	else
		help_synopsis(out, command);
	buf_char(out, '\n');
}

void
help_overview(struct buf *out)
{
	buf_printf(out, "bzlmodgen %s\n\n", help_title);
	help_usage(out, NULL);
	buf_text(out, "\ncommands:\n");
	list_commands(out);
	buf_text(out, "\noptions, before or after the command:\n");
	list_options(out, common_rows);
	buf_printf(out, "\n%s\n\nenvironment:\n", help_discovery);
	list_entries(out, help_environment);
	buf_text(out, "\nexit codes:\n");
	list_entries(out, help_exit_codes);
	buf_text(out, "\n'bzlmodgen help COMMAND' says more about a command.\n");
}

void
help_command(struct buf *out, const struct command *command)
{
	struct str examples = str_from(command->example == NULL ? "" : command->example);

	help_usage(out, command);
	buf_printf(out, "\n%s\n", command->text);
	if (command->options != NULL) {
		buf_text(out, "\noptions:\n");
		list_options(out, command->options);
	}
	if (examples.len > 0)
		buf_text(out, "\nexamples:\n");
	while (examples.len > 0) {
		struct str line = str_cut(&examples, '\n');

		buf_printf(out, "  %.*s\n", STR_ARG(line));
	}
	buf_text(out, "\n'bzlmodgen help' lists the options that every command takes.\n");
}

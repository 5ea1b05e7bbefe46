#include "cli/docs/pages.h"
#include "cli/help.h"

/* Table cells must not be cut by a '|' in them. */
static void
add_cell(struct buf *out, struct str text)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		if (text.at[i] == '|')
			buf_char(out, '\\');
		buf_char(out, text.at[i]);
	}
}

static void
add_row(struct buf *out, struct str name, const char *text)
{
	buf_text(out, "| `");
	add_cell(out, name);
	buf_text(out, "` | ");
	add_cell(out, str_from(text));
	buf_text(out, " |\n");
}

static void
add_options(struct arena *arena, struct buf *out, const struct option_row *row)
{
	buf_text(out, "\n| option | meaning |\n| --- | --- |\n");
	for (; row->help != NULL; row++) {
		struct buf name;

		buf_init(&name, arena);
		help_option(&name, row);
		add_row(out, buf_str(&name), row->help);
	}
}

static void
add_entries(struct buf *out, const char *heading, const struct help_entry *entry)
{
	buf_printf(out, "\n| %s | meaning |\n| --- | --- |\n", heading);
	for (; entry->name != NULL; entry++)
		add_row(out, str_from(entry->name), entry->text);
}

static void
add_command(struct arena *arena, struct buf *out, const struct command *command)
{
	buf_printf(out, "\n### %s\n\n```text\nbzlmodgen ", command->name);
	help_synopsis(out, command);
	buf_printf(out, "\n```\n\n%s\n", command->text);
	if (command->options != NULL)
		add_options(arena, out, command->options);
	if (command->example != NULL)
		buf_printf(out, "\n```sh\n%s```\n", command->example);
}

void
page_markdown(struct arena *arena, struct buf *out)
{
	size_t i;

	buf_printf(out,
		   "<!-- made by scripts/docs from src/cli; do not edit -->\n"
		   "# The command line\n\n"
		   "`bzlmodgen` %s.\n\n"
		   "```text\nbzlmodgen [OPTION...] COMMAND [ARGUMENT...]\n```\n\n"
		   "## Options of every command\n\n"
		   "They may stand before or after the command. Data and reports go to standard\n"
		   "output, messages to standard error.\n",
		   help_title);
	add_options(arena, out, common_rows);
	buf_printf(out, "\n## Which spec\n\n%s\n", help_discovery);
	buf_text(out, "\n## Environment\n");
	add_entries(out, "variable", help_environment);
	buf_text(out, "\n## Exit codes\n");
	add_entries(out, "code", help_exit_codes);
	buf_text(out, "\n## Commands\n");
	for (i = 0; commands[i] != NULL; i++)
		add_command(arena, out, commands[i]);
}

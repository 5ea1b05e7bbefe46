#include "cli/docs/pages.h"
#include "cli/help.h"

/* Text as man(7) prints it unchanged: no escapes, no requests, hyphens that can be copied. */
static void
add_text(struct buf *out, struct str text)
{
	bool line_start = true;
	size_t i;

	for (i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (line_start && (c == '.' || c == '\''))
			buf_text(out, "\\&");
		if (c == '\\')
			buf_text(out, "\\e");
		else if (c == '-')
			buf_text(out, "\\-");
		else if (c == '\'')
			buf_text(out, "\\(aq");
		else
			buf_char(out, c);
		line_start = c == '\n';
	}
}

/* Paragraphs, separated by an empty line. */
static void
add_paragraphs(struct buf *out, struct str text)
{
	while (text.len > 0) {
		struct str line = str_cut(&text, '\n');

		if (line.len == 0)
			buf_text(out, ".PP");
		else
			add_text(out, line);
		buf_char(out, '\n');
	}
}

static void
add_entry(struct buf *out, struct str name, const char *text)
{
	buf_text(out, ".TP\n.B ");
	add_text(out, name);
	buf_char(out, '\n');
	add_text(out, str_from(text));
	buf_char(out, '\n');
}

static void
add_options(struct arena *arena, struct buf *out, const struct option_row *row)
{
	for (; row != NULL && row->help != NULL; row++) {
		struct buf name;

		buf_init(&name, arena);
		help_option(&name, row);
		add_entry(out, buf_str(&name), row->help);
	}
}

static void
add_entries(struct buf *out, const char *section, const struct help_entry *entry)
{
	buf_printf(out, ".SH %s\n", section);
	for (; entry->name != NULL; entry++)
		add_entry(out, str_from(entry->name), entry->text);
}

static void
add_command(struct arena *arena, struct buf *out, const struct command *command)
{
	struct buf synopsis;

	buf_init(&synopsis, arena);
	help_synopsis(&synopsis, command);
	buf_text(out, ".SS ");
	add_text(out, buf_str(&synopsis));
	buf_char(out, '\n');
	add_paragraphs(out, str_from(command->text));
	add_options(arena, out, command->options);
	if (command->example == NULL)
		return;
	buf_text(out, ".PP\nFor example:\n.PP\n.nf\n.RS\n");
	add_text(out, str_from(command->example));
	buf_text(out, ".RE\n.fi\n");
}

void
page_manual(struct arena *arena, struct buf *out)
{
	size_t i;

	buf_printf(out,
		   ".\\\" made by scripts/docs from src/cli; do not edit\n"
		   ".TH BZLMODGEN 1 \"\" \"bzlmodgen %s\" \"User Commands\"\n"
		   ".SH NAME\nbzlmodgen \\- %s\n"
		   ".SH SYNOPSIS\n.B bzlmodgen\n[OPTION...] COMMAND [ARGUMENT...]\n"
		   ".SH DESCRIPTION\n",
		   bzlmodgen_version, help_title);
	add_paragraphs(out, str_from(help_discovery));
	buf_text(out, ".SH OPTIONS\nThey may stand before or after the command.\n");
	add_options(arena, out, common_rows);
	buf_text(out, ".SH COMMANDS\n");
	for (i = 0; commands[i] != NULL; i++)
		add_command(arena, out, commands[i]);
	add_entries(out, "ENVIRONMENT", help_environment);
	add_entries(out, "EXIT STATUS", help_exit_codes);
}

/* Help, made from the tables. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

/* A name and what is to be said of it. */
struct help_entry {
	const char *name;
	const char *text;
};

/* Each ends with an entry without a name. */
extern const struct help_entry help_exit_codes[];
extern const struct help_entry help_environment[];
/* What the program is, and how it finds the spec. */
extern const char help_title[];
extern const char help_discovery[];

/* "generate [--dry-run] ...": the command's name and what it takes. */
void help_synopsis(struct buf *out, const struct command *command);
/* "-n, --dry-run", or "--force PATH...". */
void help_option(struct buf *out, const struct option_row *row);
/* One line; of the program as a whole where command is NULL. */
void help_usage(struct buf *out, const struct command *command);
void help_overview(struct buf *out);
void help_command(struct buf *out, const struct command *command);

#endif

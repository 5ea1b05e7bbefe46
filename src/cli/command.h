/*
 * What a command is and what it is given. One file per command, cmd_NAME.c, exports one of these;
 * commands.c lists them. A command prints nothing: it appends to `out` and `err` and records
 * diagnostics, which main prints once, at the end.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "bzlmodgen/bzlmodgen.h"
#include "bzlmodgen/report.h"
#include "cli/option.h"

enum exit_code {
	EXIT_DONE = 0,
	EXIT_DRIFT = 1,
	EXIT_USAGE = 2,
	EXIT_SPEC = 3,
	EXIT_REFUSED = 4,
	EXIT_ENVIRONMENT = 5,
};

enum color {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

enum format {
	FORMAT_TEXT,
	FORMAT_JSON,
	FORMAT_GITHUB,
	FORMAT_SARIF,
};

/* The options that every command takes. */
struct common_options {
	const char *directory;
	const char *spec;
	const char *templates;
	int color; /* enum color */
	int format; /* enum format */
	bool help;
	bool version;
};

struct invocation {
	struct run run;
	struct common_options common;
	const struct command *command;
	const void *options; /* the struct that the command's own rows fill */
	struct words operands;
	struct buf out; /* for standard output */
	struct buf err; /* for standard error, after the diagnostics */
	bool has_report; /* `out` is for people; other formats have the report in its place */
	struct report report; /* see report_format.h */
};

struct command {
	const char *name;
	const char *operands; /* as help shows them; NULL: none */
	size_t operands_min;
	size_t operands_max;
	const char *summary; /* for the list of commands */
	const char *text; /* paragraphs, lines of at most 80 columns */
	const char *example; /* command lines; NULL: none */
	const struct option_row *options; /* NULL: none */
	size_t options_size;
	enum exit_code (*run)(struct invocation *invocation);
};

/* In the order in which help shows them; ends with NULL. */
extern const struct command *const commands[];
extern const struct option_row common_rows[];

/* NULL where there is none; *nearest is then what may have been meant, or empty. */
const struct command *command_find(struct str name, struct str *nearest);

/* Reads the command line and picks the command. `arguments` is argv without the program's name. */
enum exit_code invocation_read(struct invocation *invocation, struct arena *arena,
			       struct diags *diags, char **arguments);
/* Records a wrong command line in `err`, with how to use the command. Returns EXIT_USAGE. */
enum exit_code usage_error(struct invocation *invocation, struct str problem, struct str nearest);

extern const struct command cmd_generate;
extern const struct command cmd_check;
extern const struct command cmd_diff;
extern const struct command cmd_clean;
extern const struct command cmd_validate;
extern const struct command cmd_facts;
extern const struct command cmd_schema;
extern const struct command cmd_explain;
extern const struct command cmd_help;
extern const struct command cmd_version;

#endif

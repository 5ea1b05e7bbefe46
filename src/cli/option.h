/*
 * Options as rows. One row gives the parsing, the line in --help, the line in docs/cli.md and the
 * one in the manual page.
 */
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include "base/buf.h"

enum option_kind {
	OPTION_FLAG, /* bool */
	OPTION_TEXT, /* const char *; the last one given counts */
	OPTION_CHOICE, /* int: which of the words in `argument` ("a|b|c"), from 0 */
	OPTION_LIST, /* struct words: what follows up to the next option; adds up */
};

struct option_row {
	const char *long_name; /* without "--"; NULL: short only */
	char short_name; /* 0: long only */
	enum option_kind kind;
	const char *argument; /* as help shows it; NULL for a flag */
	const char *help;
	size_t offset; /* of the value in the struct that the table fills */
};

/* Rows end with one whose `help` is NULL. */
struct option_table {
	const struct option_row *rows;
	void *values;
};

struct words {
	struct str *at; /* each followed by a NUL, as they come from argv */
	size_t count;
	size_t capacity;
};

void words_add(struct words *words, struct arena *arena, const char *word);

/* A command line that is being read. */
struct command_line {
	struct arena *arena;
	char **next; /* what is not read yet; ends with NULL */
	struct option_table common;
	struct option_table own; /* of the command, once it is known; else no rows */
	bool operands_only; /* "--" was seen */
	struct str problem; /* why command_line_next returned false */
	struct str nearest; /* what may have been meant; may be empty */
};

/*
 * Reads options into their tables up to the next operand, which *operand then is; NULL at the
 * end. False: the line is wrong, see `problem`.
 */
bool command_line_next(struct command_line *line, const char **operand);

#endif

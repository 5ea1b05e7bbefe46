#include "cli/command.h"

const struct command *const commands[] = {
	&cmd_generate, &cmd_check,   &cmd_diff, &cmd_clean,   &cmd_validate, &cmd_facts,
	&cmd_schema,   &cmd_explain, &cmd_help, &cmd_version, NULL,
};

const struct option_row common_rows[] = {
	{NULL, 'C', OPTION_TEXT, "DIR", "work in DIR, as if started there",
	 offsetof(struct common_options, directory)},
	{NULL, 'f', OPTION_TEXT, "SPEC", "read this spec; '-' is standard input",
	 offsetof(struct common_options, spec)},
	{"color", 0, OPTION_CHOICE, "auto|always|never",
	 "colour; auto: on a terminal, unless NO_COLOR is set",
	 offsetof(struct common_options, color)},
	{"format", 0, OPTION_CHOICE, "text|json|github|sarif", "report for people, or for machines",
	 offsetof(struct common_options, format)},
	{"templates", 0, OPTION_TEXT, "DIR", "take templates from DIR before the built-in ones",
	 offsetof(struct common_options, templates)},
	{"help", 'h', OPTION_FLAG, NULL, "print help and exit",
	 offsetof(struct common_options, help)},
	{"version", 'V', OPTION_FLAG, NULL, "print the version and exit",
	 offsetof(struct common_options, version)},
	{0},
};

const struct command *
command_find(struct str name, struct str *nearest)
{
	struct nearest search;
	size_t i;

	nearest_init(&search, name);
	for (i = 0; commands[i] != NULL; i++) {
		if (str_is(name, commands[i]->name))
			return commands[i];
		nearest_offer(&search, str_from(commands[i]->name));
	}
	*nearest = search.best;
	return NULL;
}

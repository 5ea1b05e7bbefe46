#include "cli/docs/pages.h"

#include "cli/help.h"

/* Help is read in terminals of 80 columns. */
enum { WIDTH_MAX = 80, HELP_MAX = WIDTH_MAX - 28 };

static bool
fault(struct buf *faults, const char *owner, const char *text)
{
	buf_printf(faults, "%s: %s\n", owner, text);
	return false;
}

static bool
same_name(const struct option_row *a, const struct option_row *b)
{
	if (a->short_name != 0 && a->short_name == b->short_name)
		return true;
	return a->long_name != NULL && b->long_name != NULL &&
	       str_eq(str_from(a->long_name), str_from(b->long_name));
}

static bool
check_names(struct buf *faults, const char *owner, const struct option_row *row,
	    const struct option_row *others)
{
	bool sound = true;

	for (; others->help != NULL; others++) {
		if (others != row && same_name(row, others))
			sound = fault(faults, owner, "two options of one name");
	}
	return sound;
}

static bool
check_options(struct buf *faults, const char *owner, const struct option_row *rows)
{
	const struct option_row *row;
	bool sound = true;

	for (row = rows; row != NULL && row->help != NULL; row++) {
		if (row->long_name == NULL && row->short_name == 0)
			sound = fault(faults, owner, "an option without a name");
		if (row->help[0] == '\0' || strlen(row->help) > HELP_MAX)
			sound = fault(faults, owner, "an option's help is missing or too wide");
		if ((row->kind == OPTION_FLAG) != (row->argument == NULL))
			sound = fault(faults, owner, "an argument that does not fit the kind");
		sound = check_names(faults, owner, row, rows) && sound;
		if (rows != common_rows)
			sound = check_names(faults, owner, row, common_rows) && sound;
	}
	return sound;
}

static bool
check_entries(struct buf *faults, const char *owner, const struct help_entry *entry)
{
	bool sound = true;

	for (; entry->name != NULL; entry++) {
		if (entry->text[0] == '\0' || strlen(entry->text) > HELP_MAX)
			sound = fault(faults, owner, "a text is missing or too wide");
	}
	return sound;
}

static bool
check_command(struct buf *faults, const struct command *command)
{
	struct str text = str_from(command->text);
	bool sound = check_options(faults, command->name, command->options);

	if (command->summary[0] == '\0' || strlen(command->summary) > HELP_MAX)
		sound = fault(faults, command->name, "the summary is missing or too wide");
	while (text.len > 0) {
		if (str_cut(&text, '\n').len > WIDTH_MAX)
			sound = fault(faults, command->name, "a line of the text is too wide");
	}
	if ((command->operands == NULL) != (command->operands_max == 0))
		sound = fault(faults, command->name, "operands without a word for them");
	return sound;
}

bool
rows_check(struct buf *faults)
{
	bool sound = check_options(faults, "all commands", common_rows);
	size_t i;
	size_t j;

	sound = check_entries(faults, "exit codes", help_exit_codes) && sound;
	sound = check_entries(faults, "environment", help_environment) && sound;
	for (i = 0; commands[i] != NULL; i++) {
		sound = check_command(faults, commands[i]) && sound;
		for (j = 0; j < i; j++) {
			if (str_is(str_from(commands[i]->name), commands[j]->name))
				sound = fault(faults, commands[i]->name, "two of this name");
		}
	}
	return sound;
}

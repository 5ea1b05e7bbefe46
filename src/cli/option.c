#include "cli/option.h"

#include "diag/diag.h"

void
words_add(struct words *words, struct arena *arena, const char *word)
{
	words->at =
		arena_grow(arena, words->at, words->count, &words->capacity, sizeof(*words->at));
	words->at[words->count++] = str_from(word);
}

static const struct option_row *
find_long(const struct option_table *table, struct str name)
{
	const struct option_row *row;

	for (row = table->rows; row != NULL && row->help != NULL; row++) {
		if (row->long_name != NULL && str_is(name, row->long_name))
			return row;
	}
	return NULL;
}

static const struct option_row *
find_short(const struct option_table *table, char name)
{
	const struct option_row *row;

	for (row = table->rows; row != NULL && row->help != NULL; row++) {
		if (row->short_name == name)
			return row;
	}
	return NULL;
}

static void
offer_long(const struct option_table *table, struct arena *arena, struct nearest *nearest)
{
	const struct option_row *row;

	for (row = table->rows; row != NULL && row->help != NULL; row++) {
		if (row->long_name != NULL)
			nearest_offer(nearest, arena_printf(arena, "--%s", row->long_name));
	}
}

static bool
unknown_option(struct command_line *line, struct str given)
{
	struct nearest nearest;

	nearest_init(&nearest, given);
	offer_long(&line->own, line->arena, &nearest);
	offer_long(&line->common, line->arena, &nearest);
	line->nearest = nearest.best;
	line->problem = arena_printf(line->arena, "unknown option '%.*s'", STR_ARG(given));
	return false;
}

/* The option's name as messages show it. */
static const char *
spelled(struct command_line *line, const struct option_row *row)
{
	if (row->long_name != NULL)
		return arena_printf(line->arena, "--%s", row->long_name).at;
	return arena_printf(line->arena, "-%c", row->short_name).at;
}

static bool
missing_argument(struct command_line *line, const struct option_row *row)
{
	line->problem = arena_printf(line->arena, "'%s' needs an argument: %s", spelled(line, row),
				     row->argument);
	return false;
}

static bool
store_choice(struct command_line *line, const struct option_row *row, void *value, const char *text)
{
	struct str words = str_from(row->argument);
	struct nearest nearest;
	struct str word;
	int index;

	nearest_init(&nearest, str_from(text));
	for (index = 0; words.len > 0; index++) {
		word = str_cut(&words, '|');
		if (str_is(word, text)) {
			*(int *)value = index;
			return true;
		}
		nearest_offer(&nearest, word);
	}
	line->nearest = nearest.best;
	line->problem = arena_printf(line->arena, "'%s' takes %s, not '%s'", spelled(line, row),
				     row->argument, text);
	return false;
}

/* `attached` is what stood in the same argument ("--only=KEY", "-fSPEC"), or NULL. */
static bool
store_list(struct command_line *line, const struct option_row *row, struct words *words,
	   const char *attached)
{
	size_t before = words->count;

	if (attached != NULL) {
		words_add(words, line->arena, attached);
		return true;
	}
	while (*line->next != NULL && ((*line->next)[0] != '-' || (*line->next)[1] == '\0'))
		words_add(words, line->arena, *line->next++);
	if (words->count > before)
		return true;
	return missing_argument(line, row);
}

static bool
store(struct command_line *line, const struct option_table *table, const struct option_row *row,
      const char *attached)
{
	void *value = (char *)table->values + row->offset;

	if (row->kind == OPTION_FLAG) {
		*(bool *)value = true;
		return true;
	}
	if (row->kind == OPTION_LIST)
		return store_list(line, row, value, attached);
	if (attached == NULL)
		attached = *line->next;
	if (attached == NULL)
		return missing_argument(line, row);
	if (attached == *line->next)
		line->next++;
	if (row->kind == OPTION_CHOICE)
		return store_choice(line, row, value, attached);
	*(const char **)value = attached;
	return true;
}

/* "--name" or "--name=value". */
static bool
read_long(struct command_line *line, const char *argument)
{
	struct str given = str_from(argument);
	struct str name = str_slice(given, 0, str_find(given, '='));
	const struct option_table *table = &line->own;
	const struct option_row *row = find_long(table, str_after(name, 2));
	const char *attached = NULL;

	if (row == NULL) {
		table = &line->common;
		row = find_long(table, str_after(name, 2));
	}
	if (row == NULL)
		return unknown_option(line, name);
	if (name.len < given.len)
		attached = argument + name.len + 1;
	if (row->kind == OPTION_FLAG && attached != NULL) {
		line->problem =
			arena_printf(line->arena, "'%.*s' takes no argument", STR_ARG(name));
		return false;
	}
	return store(line, table, row, attached);
}

/* "-lq", "-fSPEC" or "-f SPEC". */
static bool
read_short(struct command_line *line, const char *argument)
{
	const struct option_table *table;
	const struct option_row *row;
	const char *at;

	for (at = argument + 1; *at != '\0'; at++) {
		table = &line->own;
		row = find_short(table, *at);
		if (row == NULL) {
			table = &line->common;
			row = find_short(table, *at);
		}
		if (row == NULL) {
			line->problem = arena_printf(line->arena, "unknown option '-%c'", *at);
			return false;
		}
		if (row->kind != OPTION_FLAG)
			return store(line, table, row, at[1] != '\0' ? at + 1 : NULL);
		if (!store(line, table, row, NULL))
			return false;
	}
	return true;
}

bool
command_line_next(struct command_line *line, const char **operand)
{
	const char *argument;

	while ((argument = *line->next) != NULL) {
		line->next++;
		if (line->operands_only || argument[0] != '-' || argument[1] == '\0') {
			*operand = argument;
			return true;
		}
		if (str_is(str_from(argument), "--")) {
			line->operands_only = true;
			continue;
		}
		if (argument[1] == '-' ? !read_long(line, argument) : !read_short(line, argument))
			return false;
	}
	*operand = NULL;
	return true;
}

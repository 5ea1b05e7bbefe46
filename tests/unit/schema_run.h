/*
 * What the tests of schema/ share: a run over a text, its diagnostics as text, and a small table
 * with a field of every kind.
 */
#ifndef UNIT_SCHEMA_RUN_H
#define UNIT_SCHEMA_RUN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "schema/schema.h"

/* ---- the table ---- */

struct pet {
	struct record record;
	struct text name;
	struct flag tame;
};

struct room {
	struct record record;
	struct number floor;
};

struct house {
	struct record record;
	struct text owner;
	struct text code;
	struct flag lit;
	struct number age;
	struct choice roof;
	struct texts colours;
	struct texts codes;
	struct room *cellar;
	struct list rooms;
	struct list pets;
	struct list guests;
	struct record *extras;
	const struct node *garden;
};

static inline bool
is_code(struct str text)
{
	return text.len == 2 && text.at[0] >= 'A' && text.at[0] <= 'Z';
}

static const struct form form_code = {"a code: a letter and a digit, such as A1", is_code,
				      "^[A-Z][0-9]$"};
static const struct shape shape_garden = {"a list of beds", "{\"type\": \"array\"}", false};

static const struct attribute extra_rows[] = {
	{"chimney", ATTRIBUTE_BOOL, .doc = "Whether there is one."},
	{"doors", ATTRIBUTE_INT, .last = "1.9.0", .doc = "How many there are."},
	{"doors", ATTRIBUTE_STRING_LIST, .since = "1.10.0", .doc = "Where they are."},
	{"number", ATTRIBUTE_STRING, ATTRIBUTE_REQUIRED, .doc = "Its number."},
	{"style", ATTRIBUTE_STRING, .since = "1.2.0", .last = "1.3.0", .values = "old|new",
	 .doc = "Its <style>."},
	{0},
};

static inline const struct attribute *
rows_of_extras(void)
{
	return extra_rows;
}

static inline const struct attribute *
rows_of_anything(void)
{
	static const struct attribute none[] = {{0}};

	return none;
}

#define MEMBER(type, member) .name = #member, .offset = offsetof(struct type, member)
#define LAST                 \
	{                    \
		.name = NULL \
	}

static const struct field pet_fields[] = {
	{MEMBER(pet, name), .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .doc = "What it hears.",
	 .example = "name: Rex"},
	{MEMBER(pet, tame), .kind = FIELD_BOOL, .fallback = "true", .doc = "Whether it is tame."},
	LAST,
};
static const struct record_type pet_type = {
	.name = "a pet",
	.size = sizeof(struct pet),
	.fields = pet_fields,
	.shorthand = "name",
	.doc = "An animal.",
};

static const struct field room_fields[] = {
	{MEMBER(room, floor), .kind = FIELD_INT, .flags = FIELD_REQUIRED, .doc = "Where it is."},
	LAST,
};
static const struct record_type room_type = {
	.name = "a room",
	.size = sizeof(struct room),
	.fields = room_fields,
	.hint = "write {floor: N}",
	.doc = "A part of a house.",
};

static const struct field extras_fields[] = {LAST};
static const struct record_type extras_type = {
	.name = "extras",
	.size = sizeof(struct record),
	.fields = extras_fields,
	.rest = rows_of_extras,
	.filled = "number",
	.doc = "What else there is.",
};

static const struct field house_fields[] = {
	{MEMBER(house, owner), .kind = FIELD_TEXT, .doc = "Whose it is.", .example = "owner: Ada"},
	{MEMBER(house, code), .kind = FIELD_TEXT, .form = &form_code, .fallback = "Z9",
	 .doc = "Its code."},
	{MEMBER(house, lit), .kind = FIELD_BOOL, .doc = "Whether light is on."},
	{MEMBER(house, age), .kind = FIELD_INT, .fallback = "30", .doc = "In years."},
	{MEMBER(house, roof), .kind = FIELD_CHOICE, .values = "flat|steep|3", .fallback = "steep",
	 .doc = "Its shape."},
	{MEMBER(house, colours), .kind = FIELD_TEXTS, .doc = "Its colours."},
	{MEMBER(house, codes), .kind = FIELD_TEXTS, .form = &form_code, .doc = "More codes."},
	{MEMBER(house, cellar), .kind = FIELD_RECORD, .of = &room_type, .doc = "Below."},
	{MEMBER(house, rooms), .kind = FIELD_LIST, .of = &room_type, .doc = "All rooms."},
	{MEMBER(house, pets), .kind = FIELD_MAP, .of = &pet_type, .form = &form_code,
	 .doc = "Who lives here; `a|b`."},
	{MEMBER(house, guests), .kind = FIELD_MAP, .of = &pet_type, .flags = FIELD_MANY,
	 .doc = "Who comes."},
	{MEMBER(house, extras), .kind = FIELD_RECORD, .of = &extras_type, .doc = "Extras."},
	{MEMBER(house, garden), .kind = FIELD_NODE, .shape = &shape_garden, .doc = "Outside."},
	LAST,
};
static const struct record_type house_type = {
	.name = "a house",
	.size = sizeof(struct house),
	.fields = house_fields,
	.doc = "Where one lives.",
};

/* ---- one run ---- */

struct run {
	struct arena arena;
	jmp_buf escape;
	struct diags diags;
	struct buf out;
	struct decoder decoder;
};

static inline int
run_open(void **state)
{
	static struct run run;

	arena_init(&run.arena, (size_t)256 * 1024 * 1024, &run.escape);
	diags_init(&run.diags, &run.arena);
	buf_init(&run.out, &run.arena);
	run.decoder = (struct decoder){&run.arena, &run.diags};
	*state = &run;
	return 0;
}

static inline int
run_close(void **state)
{
	arena_free(&((struct run *)*state)->arena);
	return 0;
}

static inline const struct node *
load(struct run *run, const char *yaml)
{
	struct source *source = ARENA_NEW(&run->arena, struct source);
	struct node *root = ARENA_NEW(&run->arena, struct node);

	*source = (struct source){STR("spec"), str_from(yaml)};
	diags_init(&run->diags, &run->arena);
	if (!yaml_load(&run->arena, &run->diags, source, &yaml_default_limits, root))
		fail_msg("no YAML: %s", yaml);
	return root;
}

static inline void
assert_str(struct run *run, struct str got, const char *expected)
{
	assert_string_equal(arena_str(&run->arena, got).at, expected);
}

/* CODE LINE:COLUMN+WIDTH TEXT | help | -> replacement, a line each. */
static inline void
assert_diags(struct run *run, const char *expected)
{
	struct buf got;

	buf_init(&got, &run->arena);
	for (size_t i = 0; i < run->diags.count; i++) {
		const struct diag *diag = run->diags.items[i];

		buf_printf(&got, "%s %u:%u+%u %.*s", diag_info(diag->code)->code, diag->span.line,
			   diag->span.column, diag->span.width, STR_ARG(diag->text));
		if (diag->replacement.len > 0)
			buf_printf(&got, " | -> %.*s", STR_ARG(diag->replacement));
		else if (diag->help.len > 0)
			buf_printf(&got, " | %.*s", STR_ARG(diag->help));
		buf_char(&got, '\n');
	}
	assert_str(run, buf_str(&got), expected);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, run_open, run_close)

#endif

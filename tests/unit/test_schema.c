/* Decoding of records by their table. */
#include "schema_run.h"

static bool
decode(struct run *run, const char *yaml, struct house *house)
{
	const struct node *root = load(run, yaml);
	bool good;

	*house = (struct house){0};
	good = record_decode(&run->decoder, &house_type, root, (struct text){0}, house);
	assert_int_equal(good, run->diags.errors == 0);
	return good;
}

static void
assert_good(struct run *run, const char *yaml, struct house *house)
{
	bool good = decode(run, yaml, house);

	assert_diags(run, "");
	assert_true(good);
}

static void
assert_bad(struct run *run, const char *yaml, const char *expected)
{
	struct house house;

	assert_false(decode(run, yaml, &house));
	assert_diags(run, expected);
}

static void
assert_text(struct run *run, struct text text, const char *expected, unsigned line, unsigned column)
{
	assert_str(run, text.str, expected);
	assert_true(text_is_given(text));
	assert_int_equal(text.span.line, line);
	assert_int_equal(text.span.column, column);
}

static void
scalars_are_read_by_their_kind(void **state)
{
	struct run *run = *state;
	struct house house;

	assert_good(run,
		    "owner: 1.10\n"
		    "code: B2\n"
		    "lit: true\n"
		    "age: -7\n"
		    "roof: flat\n"
		    "colours: [0755, no, \"~\"]\n"
		    "codes: [A1]\n",
		    &house);
	assert_text(run, house.owner, "1.10", 1, 8);
	assert_text(run, house.code, "B2", 2, 7);
	assert_true(house.lit.is_on && house.lit.is_given);
	assert_true(house.age.is_given);
	assert_int_equal(house.age.value, -7);
	assert_true(house.roof.is_given);
	assert_int_equal(house.roof.index, 0);
	assert_int_equal(house.colours.count, 3);
	assert_text(run, house.colours.items[0], "0755", 6, 11);
	assert_text(run, house.colours.items[1], "no", 6, 17);
	assert_text(run, house.colours.items[2], "~", 6, 21);
	assert_text(run, house.codes.items[0], "A1", 7, 9);
}

static void
what_is_not_given_has_its_default(void **state)
{
	struct run *run = *state;
	struct house house;

	assert_good(run, "{}", &house);
	assert_str(run, house.code.str, "Z9");
	assert_false(text_is_given(house.code));
	assert_int_equal(house.age.value, 30);
	assert_false(house.age.is_given);
	assert_int_equal(house.roof.index, 1);
	assert_false(house.roof.is_given);
	assert_int_equal(house.owner.str.len, 0);
	assert_false(house.colours.is_given);
	assert_false(house.rooms.is_given);
	assert_null(house.cellar);
	assert_null(house.garden);

	/* so has what is given wrongly */
	assert_false(decode(run, "{code: x, age: old, roof: round}", &house));
	assert_str(run, house.code.str, "Z9");
	assert_int_equal(house.age.value, 30);
	assert_int_equal(house.roof.index, 1);
}

static void
records_keep_order_and_keys(void **state)
{
	struct run *run = *state;
	struct house house;
	const struct pet *pet;

	assert_good(run,
		    "cellar: {floor: -1}\n"
		    "rooms: [{floor: 2}, {floor: 1}]\n"
		    "pets:\n"
		    "  B2: Rex\n"
		    "  A1: {name: Tom, tame: false}\n"
		    "garden: [x]\n",
		    &house);
	assert_int_equal(house.cellar->floor.value, -1);
	assert_text(run, house.cellar->record.key, "cellar", 1, 1);
	assert_int_equal(house.rooms.count, 2);
	assert_int_equal(((struct room *)house.rooms.items[0])->floor.value, 2);
	assert_int_equal(((struct room *)house.rooms.items[1])->floor.value, 1);
	assert_int_equal(house.pets.count, 2);
	pet = house.pets.items[0];
	assert_text(run, pet->record.key, "B2", 4, 3);
	assert_text(run, pet->name, "Rex", 4, 7);
	assert_true(pet->tame.is_on);
	assert_false(pet->tame.is_given);
	pet = house.pets.items[1];
	assert_text(run, pet->record.key, "A1", 5, 3);
	assert_text(run, pet->name, "Tom", 5, 14);
	assert_false(pet->tame.is_on);
	assert_int_equal(pet->record.span.column, 7);
	assert_int_equal(house.garden->kind, NODE_SEQUENCE);
}

static void
an_entry_may_be_several(void **state)
{
	struct run *run = *state;
	struct house house;

	assert_good(run, "guests: {a: [Tom, {name: Rex}], b: [], c: Ann}", &house);
	assert_int_equal(house.guests.count, 3);
	assert_str(run, ((struct pet *)house.guests.items[0])->record.key.str, "a");
	assert_str(run, ((struct pet *)house.guests.items[0])->name.str, "Tom");
	assert_str(run, ((struct pet *)house.guests.items[1])->record.key.str, "a");
	assert_str(run, ((struct pet *)house.guests.items[1])->name.str, "Rex");
	assert_str(run, ((struct pet *)house.guests.items[2])->record.key.str, "c");
	/* where the row does not say so, it may not */
	assert_bad(run, "pets: {A1: [Tom]}", "S003 1:12+5 'name' takes text, not a list\n");
	assert_bad(run, "guests: {a: [Tom, {}]}",
		   "S002 1:10+1 'name' is missing in a pet | "
		   "for instance name: Rex\n");
}

static void
further_keys_are_kept(void **state)
{
	struct run *run = *state;
	struct house house;

	assert_good(run, "extras:\n  doors: 2\n  chimney: [unchecked]\n", &house);
	assert_int_equal(house.extras->rest_count, 2);
	assert_text(run, house.extras->rest[0].key, "doors", 2, 3);
	assert_str(run, house.extras->rest[0].value->text, "2");
	assert_text(run, house.extras->rest[1].key, "chimney", 3, 3);
	assert_int_equal(house.extras->rest[1].value->kind, NODE_SEQUENCE);
	assert_bad(run, "extras: {chimny: true}",
		   "S001 1:10+6 unknown key 'chimny' in extras | -> chimney\n");
}

/* A record without any rows takes every key. */
static void
all_keys_are_kept_where_no_row_is_known(void **state)
{
	static const struct record_type open_type = {
		.name = "open",
		.size = sizeof(struct record),
		.fields = extras_fields,
		.rest = rows_of_anything,
		.doc = "Anything.",
	};
	struct run *run = *state;
	struct record record = {0};
	const struct node *root = load(run, "{a: 1, b: [2]}");

	assert_true(record_decode(&run->decoder, &open_type, root, (struct text){0}, &record));
	assert_diags(run, "");
	assert_int_equal(record.rest_count, 2);
	assert_str(run, record.rest[1].key.str, "b");
}

static void
unknown_keys_are_errors(void **state)
{
	struct run *run = *state;

	assert_bad(run, "owner: a\nroomz: []\n",
		   "S001 2:1+5 unknown key 'roomz' in a house | -> rooms\n");
	assert_bad(run, "cellar: {floor: 1, wine: 3}",
		   "S001 1:20+4 unknown key 'wine' in a room | known here: floor\n");
	assert_bad(run, "<<: {owner: a}",
		   "S001 1:1+2 unknown key '<<' in a house | "
		   "merge keys are not part of YAML 1.2; repeat the keys\n");
}

static void
missing_keys_are_errors_at_the_key_of_the_record(void **state)
{
	struct run *run = *state;

	assert_bad(run, "pets:\n  A1: {tame: true}\n",
		   "S002 2:3+2 'name' is missing in a pet | for instance name: Rex\n");
	assert_bad(run, "owner: a\ncellar: {}\n", "S002 2:1+6 'floor' is missing in a room\n");
	/* one that is there, but wrong, is not missing; nor is one that is mistyped */
	assert_bad(run, "cellar: {floor: low}",
		   "S003 1:17+3 'floor' takes a whole number, not 'low'\n");
	assert_bad(run, "cellar: {flor: 1}",
		   "S001 1:10+4 unknown key 'flor' in a room | "
		   "-> floor\n");
}

/* Every kind of field against every kind of value that it does not take. */
static void
wrong_kinds_are_errors(void **state)
{
	static const struct {
		const char *yaml;
		const char *expected;
	} cases[] = {
		{"owner: [a]", "S003 1:8+3 'owner' takes text, not a list\n"},
		{"owner: {a: b}", "S003 1:8+6 'owner' takes text, not a mapping\n"},
		{"owner: ~", "S003 1:8+1 'owner' takes text, not nothing\n"},
		{"owner:", "S003 1:7+0 'owner' takes text, not nothing\n"},
		{"code: []", "S003 1:7+2 'code' takes text, not a list | "
			     "give a code: a letter and a digit, such as A1\n"},
		{"lit: [true]", "S003 1:6+6 'lit' takes true or false, not a list\n"},
		{"lit: null", "S003 1:6+4 'lit' takes true or false, not nothing\n"},
		{"lit: yes", "S003 1:6+3 'lit' takes true or false, not 'yes' | -> true\n"},
		{"lit: 'Off'", "S003 1:6+5 'lit' takes true or false, not 'Off' | -> false\n"},
		{"lit: maybe", "S003 1:6+5 'lit' takes true or false, not 'maybe'\n"},
		{"age: {}", "S003 1:6+2 'age' takes a whole number, not a mapping\n"},
		{"age: 1.5", "S003 1:6+3 'age' takes a whole number, not '1.5'\n"},
		{"age: 007", "S003 1:6+3 'age' takes a whole number, not '007'\n"},
		{"age: 9223372036854775808",
		 "S003 1:6+19 'age' takes a whole number, not '9223372036854775808'\n"},
		{"roof: []", "S003 1:7+2 'roof' takes 'flat', 'steep' or '3', not a list\n"},
		{"roof: ~", "S003 1:7+1 'roof' takes 'flat', 'steep' or '3', not nothing\n"},
		{"colours: red",
		 "S003 1:10+3 'colours' takes a list of text, not text | write [red]\n"},
		{"colours: \"a, b\"",
		 "S003 1:10+6 'colours' takes a list of text, not text | write [\"a, b\"]\n"},
		{"colours: ~",
		 "S003 1:10+1 'colours' takes a list of text, not nothing | write [] for none\n"},
		{"colours: {a: b}", "S003 1:10+6 'colours' takes a list of text, not a mapping\n"},
		{"colours: [a, [b], ~]", "S003 1:14+3 'colours' takes text, not a list\n"
					 "S003 1:19+1 'colours' takes text, not nothing\n"},
		{"cellar: 1", "S003 1:9+1 a room is a mapping, not text | write {floor: N}\n"},
		{"rooms: {floor: 1}", "S003 1:8+10 'rooms' takes a list, not a mapping\n"},
		{"rooms: ~", "S003 1:8+1 'rooms' takes a list, not nothing | write [] for none\n"},
		{"rooms: [1]", "S003 1:9+1 a room is a mapping, not text | write {floor: N}\n"},
		{"pets: [Rex]", "S003 1:7+5 'pets' takes a mapping, not a list\n"},
		{"pets: ~", "S003 1:7+1 'pets' takes a mapping, not nothing | write {} for none\n"},
		{"pets: {A1: ~}", "S003 1:12+1 a pet is text or a mapping, not nothing\n"},
		{"extras: ~", "S003 1:9+1 extras is a mapping, not nothing | "
			      "write {} where the defaults will do\n"},
		{"extras: x", "S003 1:9+1 extras is a mapping, not text\n"},
		{"[owner]", "S003 1:1+7 a house is a mapping, not a list\n"},
	};
	struct run *run = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_bad(run, cases[i].yaml, cases[i].expected);
}

static void
wrong_values_are_errors(void **state)
{
	struct run *run = *state;

	assert_bad(run, "code: x",
		   "S004 1:7+1 'x' is not a code: a letter and a digit, such as A1\n");
	assert_bad(run, "codes: [A1, b2]",
		   "S004 1:13+2 'b2' is not a code: a letter and a digit, such as A1\n");
	assert_bad(run, "pets: {rex: Rex}",
		   "S004 1:8+3 'rex' is not a code: a letter and a digit, such as A1\n");
	assert_bad(run, "roof: steeep",
		   "S004 1:7+6 'roof' takes 'flat', 'steep' or '3', not 'steeep' | -> steep\n");
	assert_bad(run, "roof: domed",
		   "S004 1:7+5 'roof' takes 'flat', 'steep' or '3', not 'domed'\n");
	assert_bad(run, "roof: ''", "S004 1:7+2 'roof' takes 'flat', 'steep' or '3', not ''\n");
}

static void
nul_is_an_error_wherever_it_stands(void **state)
{
	struct run *run = *state;

	assert_bad(run, "owner: \"a\\0b\"",
		   "S004 1:8+6 the text has a NUL character | "
		   "no file that is written could hold it; remove the \\0\n");
	assert_bad(run, "colours: [\"\\0\"]",
		   "S004 1:11+4 the text has a NUL character | "
		   "no file that is written could hold it; remove the \\0\n");
	assert_bad(run, "guests: {\"a\\0\": Tom}",
		   "S004 1:10+5 the text has a NUL character | "
		   "no file that is written could hold it; remove the \\0\n");
}

static void
all_mistakes_come_in_one_run(void **state)
{
	struct run *run = *state;

	assert_bad(run,
		   "lit: on\n"
		   "owner: []\n"
		   "pets: {A1: {nmae: Rex}, b: Tom}\n"
		   "rooms: [{floor: 1}, {}, 3]\n",
		   "S003 1:6+2 'lit' takes true or false, not 'on' | -> true\n"
		   "S003 2:8+2 'owner' takes text, not a list\n"
		   "S001 3:13+4 unknown key 'nmae' in a pet | -> name\n"
		   "S004 3:25+1 'b' is not a code: a letter and a digit, such as A1\n"
		   "S002 4:21+2 'floor' is missing in a room\n"
		   "S003 4:25+1 a room is a mapping, not text | write {floor: N}\n");
}

static void
words_of_a_choice(void **state)
{
	struct run *run = *state;

	assert_int_equal(choice_index("a|bc|d", STR("bc")), 1);
	assert_int_equal(choice_index("a|bc|d", STR("b")), -1);
	assert_int_equal(choice_index("a|bc|d", STR("")), -1);
	assert_str(run, choice_word("a|bc|d", 2), "d");
	assert_str(run, choice_word("a|bc|d", 3), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(scalars_are_read_by_their_kind),
		TEST(what_is_not_given_has_its_default),
		TEST(records_keep_order_and_keys),
		TEST(an_entry_may_be_several),
		TEST(further_keys_are_kept),
		TEST(all_keys_are_kept_where_no_row_is_known),
		TEST(unknown_keys_are_errors),
		TEST(missing_keys_are_errors_at_the_key_of_the_record),
		TEST(wrong_kinds_are_errors),
		TEST(wrong_values_are_errors),
		TEST(nul_is_an_error_wherever_it_stands),
		TEST(all_mistakes_come_in_one_run),
		TEST(words_of_a_choice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

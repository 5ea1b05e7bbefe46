/* Decoding of attributes by their row. */
#include "schema_run.h"

#include "starlark/starlark.h"

/* The value as Starlark; empty where it was refused. */
static const char *
read(struct run *run, const struct attribute *row, const char *yaml, enum value_use use)
{
	const struct node *root = load(run, yaml);
	const struct value *value = row == NULL ? value_decode(&run->decoder, root, use)
						: attribute_decode(&run->decoder, row, root, use);

	assert_int_equal(value == NULL, run->diags.errors > 0);
	if (value == NULL)
		return "";
	run->out.len = 0;
	starlark_print(&run->out, value, 0, NULL);
	return arena_str(&run->arena, buf_str(&run->out)).at;
}

static const struct attribute typed[] = {
	[ATTRIBUTE_ANY] = {.name = "any", .type = ATTRIBUTE_ANY},
	[ATTRIBUTE_STRING] = {.name = "string", .type = ATTRIBUTE_STRING},
	[ATTRIBUTE_BOOL] = {.name = "bool", .type = ATTRIBUTE_BOOL},
	[ATTRIBUTE_INT] = {.name = "int", .type = ATTRIBUTE_INT},
	[ATTRIBUTE_LABEL] = {.name = "label", .type = ATTRIBUTE_LABEL},
	[ATTRIBUTE_STRING_LIST] = {.name = "strings", .type = ATTRIBUTE_STRING_LIST},
	[ATTRIBUTE_LABEL_LIST] = {.name = "labels", .type = ATTRIBUTE_LABEL_LIST},
	[ATTRIBUTE_STRING_DICT] = {.name = "dict", .type = ATTRIBUTE_STRING_DICT},
	[ATTRIBUTE_STRING_LIST_DICT] = {.name = "lists", .type = ATTRIBUTE_STRING_LIST_DICT},
	[ATTRIBUTE_LABEL_STRING_DICT] = {.name = "names", .type = ATTRIBUTE_LABEL_STRING_DICT},
	[ATTRIBUTE_STRING_LABEL_DICT] = {.name = "targets", .type = ATTRIBUTE_STRING_LABEL_DICT},
	[ATTRIBUTE_INT_LIST] = {.name = "ints", .type = ATTRIBUTE_INT_LIST},
};

static void
assert_reads(struct run *run, enum attribute_type type, const char *yaml, const char *expected)
{
	const char *tag = read(run, &typed[type], yaml, VALUE_USE_TAG);

	assert_diags(run, "");
	assert_string_equal(tag, expected);
	assert_string_equal(read(run, &typed[type], yaml, VALUE_USE_TARGET), expected);
}

static void
assert_takes(struct run *run, enum attribute_type type, const char *yaml, const char *expected)
{
	const char *got = read(run, &typed[type], yaml, VALUE_USE_TARGET);

	assert_diags(run, "");
	assert_string_equal(got, expected);
}

static void
assert_refuses(struct run *run, enum attribute_type type, const char *yaml, const char *expected)
{
	read(run, &typed[type], yaml, VALUE_USE_TARGET);
	assert_diags(run, expected);
}

static void
every_type_is_read(void **state)
{
	struct run *run = *state;

	assert_reads(run, ATTRIBUTE_ANY, "[true, \"true\", 1, -2, 007, ~, x, {a: [1]}]",
		     "[\n    True,\n    \"true\",\n    1,\n    -2,\n    \"007\",\n    None,\n"
		     "    \"x\",\n    {\"a\": [1]},\n]");
	assert_reads(run, ATTRIBUTE_STRING, "1.10", "\"1.10\"");
	assert_reads(run, ATTRIBUTE_STRING, "true", "\"true\"");
	assert_reads(run, ATTRIBUTE_BOOL, "true", "True");
	assert_reads(run, ATTRIBUTE_BOOL, "false", "False");
	assert_reads(run, ATTRIBUTE_INT, "-1", "-1");
	assert_reads(run, ATTRIBUTE_LABEL, "//a:b", "\"//a:b\"");
	assert_reads(run, ATTRIBUTE_STRING_LIST, "[1, b]", "[\n    \"1\",\n    \"b\",\n]");
	assert_reads(run, ATTRIBUTE_STRING_LIST, "[]", "[]");
	assert_reads(run, ATTRIBUTE_LABEL_LIST, "[\":a\"]", "[\":a\"]");
	assert_reads(run, ATTRIBUTE_INT_LIST, "[1, 2]", "[\n    1,\n    2,\n]");
	assert_reads(run, ATTRIBUTE_STRING_DICT, "{a: 1}", "{\"a\": \"1\"}");
	assert_reads(run, ATTRIBUTE_STRING_LIST_DICT, "{a: [b]}", "{\"a\": [\"b\"]}");
	assert_reads(run, ATTRIBUTE_LABEL_STRING_DICT, "{\"//a:b\": c}", "{\"//a:b\": \"c\"}");
	assert_reads(run, ATTRIBUTE_STRING_LABEL_DICT, "{a: \"//b:c\"}", "{\"a\": \"//b:c\"}");
	/* a mapping may well have such a key */
	assert_reads(run, ATTRIBUTE_STRING_DICT, "{glob: a}", "{\"glob\": \"a\"}");
	assert_reads(run, ATTRIBUTE_STRING_DICT, "{concat: a}", "{\"concat\": \"a\"}");
}

static void
every_type_refuses_others(void **state)
{
	static const struct {
		enum attribute_type type;
		const char *yaml;
		const char *expected;
	} cases[] = {
		{ATTRIBUTE_STRING, "[a]", "S003 1:1+3 'string' takes text, not a list\n"},
		{ATTRIBUTE_STRING, "~", "S003 1:1+1 'string' takes text, not nothing\n"},
		{ATTRIBUTE_STRING, "{a: b}", "S003 1:1+6 'string' takes text, not a mapping\n"},
		{ATTRIBUTE_BOOL, "yes",
		 "S003 1:1+3 'bool' takes true or false, not 'yes' | -> true\n"},
		{ATTRIBUTE_BOOL, "[]", "S003 1:1+2 'bool' takes true or false, not a list\n"},
		{ATTRIBUTE_BOOL, "~", "S003 1:1+1 'bool' takes true or false, not nothing\n"},
		{ATTRIBUTE_INT, "one", "S003 1:1+3 'int' takes a whole number, not 'one'\n"},
		{ATTRIBUTE_INT, "{}", "S003 1:1+2 'int' takes a whole number, not a mapping\n"},
		{ATTRIBUTE_LABEL, "a:b",
		 "L001 1:1+3 'a:b' is not a label: "
		 "a package starts with '//'\n"},
		{ATTRIBUTE_LABEL, "''", "L001 1:1+2 '' is not a label: it is empty\n"},
		{ATTRIBUTE_LABEL, "[a]", "S003 1:1+3 'label' takes a label, not a list\n"},
		{ATTRIBUTE_STRING_LIST, "a",
		 "S003 1:1+1 'strings' takes a list of text, not text | write [a]\n"},
		{ATTRIBUTE_STRING_LIST, "{a: b}",
		 "S003 1:1+6 'strings' takes a list of text, not a mapping\n"},
		{ATTRIBUTE_STRING_LIST, "[a, [b], ~]",
		 "S003 1:5+3 'strings' takes text, not a list\n"
		 "S003 1:10+1 'strings' takes text, not nothing\n"},
		{ATTRIBUTE_LABEL_LIST, "\"//a\"",
		 "S003 1:1+5 'labels' takes a list of labels, not text | write [\"//a\"]\n"},
		{ATTRIBUTE_LABEL_LIST, "[\"//a\", \"//b c//\"]",
		 "L001 1:9+9 '//b c//' is not a label: the package ends with '/'\n"},
		{ATTRIBUTE_INT_LIST, "[1, x]", "S003 1:5+1 'ints' takes a whole number, not 'x'\n"},
		{ATTRIBUTE_STRING_DICT, "[a]",
		 "S003 1:1+3 'dict' takes a mapping from text to text, not a list\n"},
		{ATTRIBUTE_STRING_DICT, "{a: [b]}", "S003 1:5+3 'dict' takes text, not a list\n"},
		{ATTRIBUTE_STRING_LIST_DICT, "{a: b}",
		 "S003 1:5+1 'lists' takes a list of text, not text | write [b]\n"},
		{ATTRIBUTE_STRING_LIST_DICT, "x",
		 "S003 1:1+1 'lists' takes a mapping from text to lists of text, not text\n"},
		{ATTRIBUTE_LABEL_STRING_DICT, "{\"a:b\": c}",
		 "L001 1:2+5 'a:b' is not a label: a package starts with '//'\n"},
		{ATTRIBUTE_LABEL_STRING_DICT, "x",
		 "S003 1:1+1 'names' takes a mapping from labels to text, not text\n"},
		{ATTRIBUTE_STRING_LABEL_DICT, "{a: \"b:c\"}",
		 "L001 1:5+5 'b:c' is not a label: a package starts with '//'\n"},
		{ATTRIBUTE_STRING_LABEL_DICT, "x",
		 "S003 1:1+1 'targets' takes a mapping from text to labels, not text\n"},
		{ATTRIBUTE_ANY, "[\"\\0\"]",
		 "S004 1:2+4 the text has a NUL character | "
		 "no file that is written could hold it; remove the \\0\n"},
		{ATTRIBUTE_STRING_DICT, "{\"\\0\": a}",
		 "S004 1:2+4 the text has a NUL character | "
		 "no file that is written could hold it; remove the \\0\n"},
	};
	struct run *run = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_refuses(run, cases[i].type, cases[i].yaml, cases[i].expected);
}

static void
values_limit_what_is_taken(void **state)
{
	static const struct attribute size = {"size", ATTRIBUTE_STRING, .values = "small|large"};
	static const struct attribute stamp = {"stamp", ATTRIBUTE_INT, .values = "-1|0|1"};
	struct run *run = *state;

	assert_string_equal(read(run, &size, "large", VALUE_USE_TARGET), "\"large\"");
	assert_string_equal(read(run, &stamp, "-1", VALUE_USE_TARGET), "-1");
	read(run, &size, "smal", VALUE_USE_TARGET);
	assert_diags(run, "S004 1:1+4 'size' takes 'small' or 'large', not 'smal' | -> small\n");
	read(run, &stamp, "2", VALUE_USE_TARGET);
	assert_diags(run, "S004 1:1+1 'stamp' takes '-1', '0' or '1', not '2'\n");
	/* in a branch as well; what it says when nothing matches is any text */
	read(run, &stamp, "{select: {\"//:a\": 0, \"//:b\": 3}}", VALUE_USE_TARGET);
	assert_diags(run, "S004 1:30+1 'stamp' takes '-1', '0' or '1', not '3'\n");
	assert_string_equal(
		read(run, &size, "{select: {a: small}, no_match_error: none}", VALUE_USE_TARGET),
		"select(\n    {\"a\": \"small\"},\n    no_match_error = \"none\",\n)");
}

static void
globs(void **state)
{
	struct run *run = *state;

	assert_takes(run, ATTRIBUTE_LABEL_LIST, "{glob: [\"*.rs\"]}", "glob([\"*.rs\"])");
	assert_takes(run, ATTRIBUTE_STRING_LIST,
		     "{exclude: [a], allow_empty: true, glob: [\"*\", \"b*\"]}",
		     "glob(\n    [\n        \"*\",\n        \"b*\",\n    ],\n"
		     "    allow_empty = True,\n    exclude = [\"a\"],\n)");
	assert_refuses(run, ATTRIBUTE_LABEL_LIST, "{glob: \"*\"}",
		       "S003 1:8+3 'glob' takes a list of text, not text | write [\"*\"]\n");
	assert_refuses(run, ATTRIBUTE_LABEL_LIST, "{glob: [\"*\"], exclude: a, allow_empty: no}",
		       "S003 1:24+1 'exclude' takes a list of text, not text | write [a]\n"
		       "S003 1:40+2 'allow_empty' takes true or false, not 'no' | -> false\n");
	assert_refuses(run, ATTRIBUTE_LABEL_LIST, "{glob: [\"*\"], excludes: [a]}",
		       "S001 1:15+8 unknown key 'excludes' in a glob | -> exclude\n");
	assert_refuses(run, ATTRIBUTE_LABEL, "{glob: [\"*\"]}",
		       "S003 1:1+13 'label' takes a label, not a mapping\n");
}

static void
selects(void **state)
{
	struct run *run = *state;

	assert_takes(run, ATTRIBUTE_LABEL_LIST,
		     "{select: {\"//:a\": [b], \"//conditions:default\": {glob: [\"*\"]}}}",
		     "select({\n    \"//:a\": [\"b\"],\n"
		     "    \"//conditions:default\": glob([\"*\"]),\n})");
	assert_takes(run, ATTRIBUTE_BOOL, "{select: {\"//:a\": true, \"//:b\": ~}}",
		     "select({\n    \"//:a\": True,\n    \"//:b\": None,\n})");
	assert_takes(run, ATTRIBUTE_STRING_DICT, "{select: {\"//:a\": {b: c}}}",
		     "select({\"//:a\": {\"b\": \"c\"}})");
	assert_takes(run, ATTRIBUTE_STRING, "{select: {\"//:a\": {concat: [a, b]}}}",
		     "select({\"//:a\": \"a\" + \"b\"})");
	assert_refuses(run, ATTRIBUTE_STRING, "{select: {}}",
		       "S003 1:10+2 'select' takes a mapping from conditions to values, not an "
		       "empty one\n");
	assert_refuses(run, ATTRIBUTE_STRING, "{select: [a]}",
		       "S003 1:10+3 'select' takes a mapping from conditions to values, not a "
		       "list\n");
	assert_refuses(run, ATTRIBUTE_STRING, "{select: {\"a:b\": x, \"//:c\": [y]}}",
		       "L001 1:11+5 'a:b' is not a label: a package starts with '//'\n"
		       "S003 1:29+3 'string' takes text, not a list\n");
	assert_refuses(run, ATTRIBUTE_STRING, "{select: {\"//:a\": b}, no_match_error: [c]}",
		       "S003 1:39+3 'no_match_error' takes text, not a list\n");
	assert_refuses(run, ATTRIBUTE_STRING, "{select: {\"//:a\": b}, default: c}",
		       "S003 1:1+33 'string' takes text, not a mapping\n");
}

/* Bazel evaluates select() as a whole attribute, or as a term of a sum. */
static void
a_select_inside_of_a_value_is_an_error(void **state)
{
	struct run *run = *state;

	assert_refuses(run, ATTRIBUTE_LABEL_LIST, "[{select: {\"//:a\": [b]}}]",
		       "S003 1:2+23 'labels' has a select inside of a value | "
		       "choose the whole value, or a part of a concat\n");
	assert_refuses(run, ATTRIBUTE_LABEL_LIST, "{select: {\"//:a\": {select: {\"//:b\": [c]}}}}",
		       "S003 1:19+23 'labels' has a select inside of a value | "
		       "choose the whole value, or a part of a concat\n");
	assert_refuses(run, ATTRIBUTE_LABEL_LIST,
		       "{select: {\"//:a\": {concat: [{select: {\"//:b\": [c]}}]}}}",
		       "S003 1:29+23 'labels' has a select inside of a value | "
		       "choose the whole value, or a part of a concat\n");
	assert_refuses(run, ATTRIBUTE_STRING_DICT, "{a: {select: {\"//:b\": c}}}",
		       "S003 1:5+21 'dict' has a select inside of a value | "
		       "choose the whole value, or a part of a concat\n");
	/* None is what a branch may give, and nothing else */
	assert_refuses(run, ATTRIBUTE_STRING, "{select: {\"//:a\": {concat: [~]}}}",
		       "S003 1:29+1 'string' takes text, not nothing\n");
}

static void
concats(void **state)
{
	struct run *run = *state;

	assert_takes(run, ATTRIBUTE_LABEL_LIST,
		     "{concat: [[a], {glob: [\"*\"]}, {select: {\"//:b\": []}}]}",
		     "[\"a\"] + glob([\"*\"]) + select({\"//:b\": []})");
	assert_takes(run, ATTRIBUTE_STRING, "{concat: [a, {select: {\"//:b\": c}}]}",
		     "\"a\" + select({\"//:b\": \"c\"})");
	assert_refuses(run, ATTRIBUTE_LABEL_LIST, "{concat: a}",
		       "S003 1:10+1 'concat' takes a list of values, not text\n");
	assert_refuses(run, ATTRIBUTE_LABEL_LIST, "{concat: []}",
		       "S003 1:10+2 'concat' takes a list of values, not an empty one\n");
	assert_refuses(run, ATTRIBUTE_LABEL_LIST, "{concat: [a, [\"b:c\"]]}",
		       "S003 1:11+1 'labels' takes a list of labels, not text | write [a]\n"
		       "L001 1:15+5 'b:c' is not a label: a package starts with '//'\n");
	/* what '+' does not join */
	assert_refuses(run, ATTRIBUTE_BOOL, "{concat: [true]}",
		       "S003 1:1+16 'bool' takes true or false, not a mapping\n");
	assert_refuses(run, ATTRIBUTE_INT, "{concat: [1]}",
		       "S003 1:1+13 'int' takes a whole number, not a mapping\n");
	assert_refuses(run, ATTRIBUTE_LABEL, "{concat: [a]}",
		       "S003 1:1+13 'label' takes a label, not a mapping\n");
	assert_refuses(run, ATTRIBUTE_STRING_DICT, "{concat: [{a: b}]}",
		       "S003 1:10+8 'dict' takes text, not a list\n");
}

static void
fixed_attributes_take_no_select(void **state)
{
	static const struct attribute tags = {"tags", ATTRIBUTE_STRING_LIST, ATTRIBUTE_FIXED,
					      .doc = "Words."};
	struct run *run = *state;
	const char *help =
		"Bazel needs its value before it knows the configuration; give one plain "
		"value";

	assert_string_equal(read(run, &tags, "{concat: [[a], {glob: [\"*\"]}]}", VALUE_USE_TARGET),
			    "[\"a\"] + glob([\"*\"])");
	read(run, &tags, "{select: {\"//:a\": []}}", VALUE_USE_TARGET);
	assert_diags(run, arena_printf(&run->arena,
				       "S003 1:1+22 'tags' cannot be chosen by select | %s\n", help)
				  .at);
	read(run, &tags, "{concat: [[a], {select: {\"//:a\": []}}]}", VALUE_USE_TARGET);
	assert_diags(run,
		     arena_printf(&run->arena,
				  "S003 1:16+22 'tags' cannot be chosen by select | %s\n", help)
			     .at);
}

static void
tags_take_literals_only(void **state)
{
	static const struct {
		enum attribute_type type;
		const char *yaml;
		const char *expected;
	} cases[] = {
		{ATTRIBUTE_STRING_LIST, "{glob: [\"*\"]}", "1:1+13 'strings' cannot take a glob"},
		{ATTRIBUTE_STRING, "{select: {\"//:a\": b}}",
		 "1:1+21 'string' cannot take a select"},
		{ATTRIBUTE_STRING, "{concat: [a]}", "1:1+13 'string' cannot take a concat"},
		{ATTRIBUTE_ANY, "[{select: {a: b}}]", "1:2+16 'any' cannot take a select"},
	};
	struct run *run = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		read(run, &typed[cases[i].type], cases[i].yaml, VALUE_USE_TAG);
		assert_diags(run, arena_printf(&run->arena,
					       "S003 %s here | MODULE.bazel takes plain values "
					       "only\n",
					       cases[i].expected)
					  .at);
	}
	/* there a mapping is a mapping */
	assert_string_equal(read(run, &typed[ATTRIBUTE_STRING_DICT], "{select: a}", VALUE_USE_TAG),
			    "{\"select\": \"a\"}");
}

/* `attrs` of a target: a macro may do with it what it likes. */
static void
unchecked_values(void **state)
{
	struct run *run = *state;

	assert_string_equal(read(run, NULL, "[{select: {\"//:a\": {select: {\"//:b\": c}}}}]",
				 VALUE_USE_TARGET),
			    "[select({\"//:a\": select({\"//:b\": \"c\"})})]");
	assert_string_equal(read(run, NULL, "{concat: [{a: 1}, {b: true}]}", VALUE_USE_TARGET),
			    "{\"a\": 1} + {\"b\": True}");
	assert_string_equal(read(run, NULL, "~", VALUE_USE_TARGET), "None");
	assert_string_equal(read(run, NULL, "'~'", VALUE_USE_TARGET), "\"~\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_type_is_read),
		TEST(every_type_refuses_others),
		TEST(values_limit_what_is_taken),
		TEST(globs),
		TEST(selects),
		TEST(a_select_inside_of_a_value_is_an_error),
		TEST(concats),
		TEST(fixed_attributes_take_no_select),
		TEST(tags_take_literals_only),
		TEST(unchecked_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

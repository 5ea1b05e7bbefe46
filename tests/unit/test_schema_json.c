/* JSON Schema from tables. */
#include "schema_tree.h"

#include "schema_town.h"

/* The member at a path, "definitions/house/properties/code"; as JSON on one line. */
static const char *
at(struct run *run, const cJSON *tree, const char *path)
{
	struct str rest = str_from(path);
	char *printed;
	struct str text;

	while (rest.len > 0) {
		struct str part = str_cut(&rest, '/');

		if (cJSON_IsArray(tree))
			tree = cJSON_GetArrayItem(tree, part.at[0] - '0');
		else
			tree = cJSON_GetObjectItemCaseSensitive(tree,
								arena_str(&run->arena, part).at);
		if (tree == NULL)
			return "nothing";
	}
	printed = cJSON_PrintUnformatted(tree);
	text = arena_str(&run->arena, str_from(printed));
	cJSON_free(printed);
	return text.at;
}

static void
the_root_is_the_spec(void **state)
{
	struct run *run = *state;
	const cJSON *tree = schema_of(run, &town);

	assert_string_equal(at(run, tree, "$schema"),
			    "\"http://json-schema.org/draft-07/schema#\"");
	assert_string_equal(at(run, tree, "$id"), "\"town.json\"");
	assert_string_equal(at(run, tree, "title"), "\"the town\"");
	assert_string_equal(at(run, tree, "type"), "\"object\"");
	assert_string_equal(at(run, tree, "required"), "[\"houses\"]");
	assert_string_equal(at(run, tree, "additionalProperties"), "false");
	assert_string_equal(at(run, tree, "properties/houses"),
			    "{\"description\":\"All houses.\",\"type\":\"array\","
			    "\"items\":{\"$ref\":\"#/definitions/house\"}}");
}

static void
each_kind_of_field_has_its_schema(void **state)
{
	static const struct {
		const char *name;
		const char *expected;
	} cases[] = {
		{"owner", "{\"description\":\"Whose it is.\",\"type\":[\"string\",\"number\","
			  "\"boolean\"],\"examples\":[\"Ada\"]}"},
		{"code", "{\"description\":\"Its code.\",\"type\":[\"string\",\"number\"],"
			 "\"pattern\":\"^[A-Z][0-9]$\",\"default\":\"Z9\"}"},
		{"lit", "{\"description\":\"Whether light is on.\",\"type\":\"boolean\"}"},
		{"age", "{\"description\":\"In years.\",\"type\":\"integer\",\"default\":30}"},
		{"roof", "{\"description\":\"Its shape.\",\"enum\":[\"flat\",\"steep\",\"3\",3],"
			 "\"default\":\"steep\"}"},
		{"colours", "{\"description\":\"Its colours.\",\"type\":\"array\","
			    "\"items\":{\"type\":[\"string\",\"number\",\"boolean\"]}}"},
		{"codes", "{\"description\":\"More codes.\",\"type\":\"array\",\"items\":{"
			  "\"type\":[\"string\",\"number\"],\"pattern\":\"^[A-Z][0-9]$\"}}"},
		{"cellar", "{\"description\":\"Below.\",\"allOf\":[{\"$ref\":"
			   "\"#/definitions/room\"}]}"},
		{"rooms", "{\"description\":\"All rooms.\",\"type\":\"array\",\"items\":{\"$ref\":"
			  "\"#/definitions/room\"}}"},
		{"pets", "{\"description\":\"Who lives here; `a|b`.\",\"type\":\"object\","
			 "\"propertyNames\":{\"pattern\":\"^[A-Z][0-9]$\"},"
			 "\"additionalProperties\":{\"$ref\":\"#/definitions/pet\"}}"},
		{"guests", "{\"description\":\"Who comes.\",\"type\":\"object\","
			   "\"additionalProperties\":{\"anyOf\":[{\"$ref\":\"#/definitions/pet\"},"
			   "{\"type\":\"array\",\"items\":{\"$ref\":\"#/definitions/pet\"}}]}}"},
		{"extras", "{\"description\":\"Extras.\",\"allOf\":[{\"$ref\":"
			   "\"#/definitions/extras\"}]}"},
		{"garden", "{\"description\":\"Outside.\",\"type\":\"array\"}"},
	};
	struct run *run = *state;
	const cJSON *tree = schema_of(run, &town);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *path =
			arena_printf(&run->arena, "definitions/house/properties/%s", cases[i].name)
				.at;

		assert_string_equal(at(run, tree, path), cases[i].expected);
	}
	assert_string_equal(at(run, tree, "definitions/house/additionalProperties"), "false");
	assert_string_equal(at(run, tree, "definitions/house/required"), "nothing");
	assert_string_equal(at(run, tree, "definitions/room/required"), "[\"floor\"]");
}

static void
a_shorthand_is_an_alternative(void **state)
{
	struct run *run = *state;
	const cJSON *tree = schema_of(run, &town);

	assert_string_equal(at(run, tree, "definitions/pet/anyOf/0"),
			    "{\"type\":[\"string\",\"number\",\"boolean\"]}");
	assert_string_equal(at(run, tree, "definitions/pet/anyOf/1/required"), "[\"name\"]");
	assert_string_equal(at(run, tree, "definitions/pet/anyOf/1/properties/name/examples"),
			    "[\"Rex\"]");
	assert_string_equal(at(run, tree, "definitions/pet/anyOf/1/properties/tame/default"),
			    "true");
	assert_string_equal(at(run, tree, "definitions/yard/anyOf/0/items/$ref"),
			    "\"#/definitions/target\"");
}

static void
further_keys_have_types_and_versions(void **state)
{
	struct run *run = *state;
	const cJSON *tree = schema_of(run, &town);
	const char *extras = "definitions/extras/properties";

	assert_string_equal(at(run, tree, arena_printf(&run->arena, "%s/style", extras).at),
			    "{\"description\":\"Its <style>. (from 1.2.0 to 1.3.0)\",\"anyOf\":"
			    "[{\"enum\":[\"old\",\"new\"]}]}");
	/* of several versions, either */
	assert_string_equal(at(run, tree, arena_printf(&run->arena, "%s/doors", extras).at),
			    "{\"anyOf\":[{\"description\":\"How many there are. (up to 1.9.0)\","
			    "\"allOf\":[{\"$ref\":\"#/definitions/whole_number\"}]},"
			    "{\"description\":\"Where they are. (from 1.10.0)\","
			    "\"allOf\":[{\"$ref\":\"#/definitions/list_of_text\"}]}]}");
	/* filled in, so that it is neither offered nor asked for */
	assert_string_equal(at(run, tree, arena_printf(&run->arena, "%s/number", extras).at),
			    "nothing");
	assert_string_equal(at(run, tree, "definitions/extras/required"), "nothing");
}

static void
targets_are_one_of_the_rules(void **state)
{
	struct run *run = *state;
	const cJSON *tree = schema_of(run, &town);

	assert_string_equal(at(run, tree, "definitions/target/anyOf"),
			    "[{\"$ref\":\"#/definitions/rule_shed\"},"
			    "{\"$ref\":\"#/definitions/rule_tree\"},"
			    "{\"$ref\":\"#/definitions/rule_rule\"}]");
	assert_string_equal(at(run, tree, "definitions/rule_shed/required"),
			    "[\"shed\",\"walls\"]");
	assert_string_equal(at(run, tree, "definitions/rule_shed/additionalProperties"), "false");
	assert_string_equal(at(run, tree, "definitions/rule_shed/properties/shed/description"),
			    "\"Name of the target.\"");
	assert_string_equal(at(run, tree, "definitions/rule_shed/properties/walls/allOf/0/$ref"),
			    "\"#/definitions/list_of_labels_chosen\"");
	assert_string_equal(at(run, tree, "definitions/rule_shed/properties/size/anyOf/0/enum"),
			    "[\"1\",1,\"2\",2]");
	assert_string_equal(at(run, tree, "definitions/rule_shed/properties/size/anyOf/1/required"),
			    "[\"select\"]");
	assert_string_equal(at(run, tree, "definitions/rule_tree/properties/tags/allOf/0/$ref"),
			    "\"#/definitions/list_of_text_joined\"");
	assert_string_equal(at(run, tree, "definitions/rule_tree/properties/owner/anyOf/0/enum"),
			    "[\"public\",\"private\"]");
	/* the key that stands for it, where it goes with the rule */
	assert_string_equal(at(run, tree, "definitions/rule_tree/properties/name"), "nothing");
	assert_string_equal(at(run, tree, "definitions/rule_tree/properties/comment/description"),
			    "\"A comment.\"");
	assert_string_equal(at(run, tree, "definitions/rule_rule/required"), "[\"rule\",\"name\"]");
	assert_string_equal(at(run, tree, "definitions/rule_rule/properties/name/description"),
			    "\"The name.\"");
}

static void
values_may_use_the_means_of_build_files(void **state)
{
	struct run *run = *state;
	const cJSON *tree = schema_of(run, &town);

	assert_string_equal(at(run, tree, "definitions/list_of_labels_chosen/anyOf/0/$ref"),
			    "\"#/definitions/list_of_labels\"");
	assert_string_equal(at(run, tree, "definitions/list_of_labels_chosen/anyOf/1/required"),
			    "[\"glob\"]");
	assert_string_equal(
		at(run, tree,
		   "definitions/list_of_labels_chosen/anyOf/2/properties/concat/items/$ref"),
		"\"#/definitions/list_of_labels_chosen\"");
	/* a branch is no select again, but may be None */
	assert_string_equal(at(run, tree,
			       "definitions/list_of_labels_chosen/anyOf/3/properties/select/"
			       "additionalProperties"),
			    "{\"anyOf\":[{\"$ref\":\"#/definitions/list_of_labels_joined\"},"
			    "{\"type\":\"null\"}]}");
	assert_string_equal(at(run, tree, "definitions/list_of_text_joined/anyOf/3"), "nothing");
}

/* Two records whose names come out the same. */
static void
definitions_have_names_of_their_own(void **state)
{
	static const struct record_type twin = {
		.name = "the pet",
		.size = sizeof(struct record),
		.fields = extras_fields,
		.doc = "Another one.",
	};
	static const struct field fields[] = {
		{.name = "one", .kind = FIELD_RECORD, .of = &pet_type, .doc = "One."},
		{.name = "two", .kind = FIELD_RECORD, .of = &twin, .doc = "Two."},
		{.name = "three", .kind = FIELD_RECORD, .of = &pet_type, .doc = "Three."},
		LAST,
	};
	static const struct record_type root = {.name = "root", .fields = fields, .doc = "Both."};
	const struct schema_source source = {&root, rules, &target_type, "x"};
	struct run *run = *state;
	const cJSON *tree = schema_of(run, &source);

	assert_string_equal(at(run, tree, "properties/one/allOf/0/$ref"), "\"#/definitions/pet\"");
	assert_string_equal(at(run, tree, "properties/two/allOf/0/$ref"), "\"#/definitions/pet_\"");
	assert_string_equal(at(run, tree, "properties/three/allOf/0/$ref"),
			    "\"#/definitions/pet\"");
	assert_string_equal(at(run, tree, "definitions/pet_/title"), "\"the pet\"");
}

/* What cJSON has allocated is released with the arena, wherever its memory ends. */
static void
too_little_memory_leaks_nothing(void **state)
{
	jmp_buf escape;
	struct arena arena;
	struct buf out;
	volatile size_t written = 0;
	volatile size_t escaped = 0;

	(void)state;
	for (volatile size_t limit = 0; written == 0; limit += 4096) {
		arena_init(&arena, limit, &escape);
		if (setjmp(escape) == 0) {
			buf_init(&out, &arena);
			schema_write_json(&arena, &town, &out);
			written = out.len;
		} else {
			escaped++;
		}
		arena_free(&arena);
	}
	assert_true(escaped > 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_root_is_the_spec),
		TEST(each_kind_of_field_has_its_schema),
		TEST(a_shorthand_is_an_alternative),
		TEST(further_keys_have_types_and_versions),
		TEST(targets_are_one_of_the_rules),
		TEST(values_may_use_the_means_of_build_files),
		TEST(definitions_have_names_of_their_own),
		TEST(too_little_memory_leaks_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

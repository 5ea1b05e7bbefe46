/* What is made from the tables of the spec itself. */
#include "schema_tree.h"

#include <string.h>

#include "base/map.h"
#include "spec/tables_source.h"

/* Walks a tree; counts the references, each of which must lead somewhere. */
static size_t
check_references(const cJSON *definitions, const cJSON *item)
{
	size_t count = 0;

	for (const cJSON *child = item->child; child != NULL; child = child->next) {
		const char *prefix = "#/definitions/";

		if (child->string != NULL && strcmp(child->string, "$ref") == 0) {
			assert_int_equal(strncmp(child->valuestring, prefix, strlen(prefix)), 0);
			assert_non_null(cJSON_GetObjectItemCaseSensitive(
				definitions, child->valuestring + strlen(prefix)));
			count++;
		}
		count += check_references(definitions, child);
	}
	return count;
}

static void
the_schema_of_the_spec_is_whole(void **state)
{
	struct run *run = *state;
	struct schema_source source = spec_tables_source(&run->arena);
	const cJSON *tree = schema_of(run, &source);
	const cJSON *definitions = cJSON_GetObjectItemCaseSensitive(tree, "definitions");

	assert_true(check_references(definitions, tree) > 100);
	/* a definition that nothing leads to would be a mistake, too; a name given twice as well */
	for (const cJSON *one = definitions->child; one != NULL; one = one->next) {
		for (const cJSON *other = one->next; other != NULL; other = other->next)
			assert_string_not_equal(one->string, other->string);
	}
}

static void
check_example(struct run *run, const struct record_type *type, const struct field *field)
{
	const struct node *root = load(run, field->example);
	void *record = arena_alloc(&run->arena, type->size);

	assert_int_equal(root->kind, NODE_MAPPING);
	assert_int_equal(root->count, 2);
	assert_str(run, root->children[0].text, field->name);
	record_decode(&run->decoder, type, root, (struct text){0}, record);
	for (size_t i = 0; i < run->diags.count; i++) {
		/* the other keys that the record needs */
		if (run->diags.items[i]->code != DIAG_MISSING_KEY)
			fail_msg("%s: %.*s", field->example, STR_ARG(run->diags.items[i]->text));
	}
}

static size_t
check_fields(struct run *run, const struct record_type *type, struct map *seen)
{
	size_t count = 0;

	if (map_get(seen, str_from(type->name)) != NULL)
		return 0;
	map_add(seen, str_from(type->name), (void *)type);
	if (type->shorthand != NULL)
		assert_non_null(record_field(type, str_from(type->shorthand)));
	for (const struct field *field = type->fields; field->name != NULL; field++, count++) {
		assert_non_null(field->doc);
		if (field->kind == FIELD_NODE)
			assert_non_null(field->shape);
		if (field->form != NULL && field->fallback != NULL)
			assert_true(field->form->fits(str_from(field->fallback)));
		if (field->values != NULL && field->fallback != NULL)
			assert_true(choice_index(field->values, str_from(field->fallback)) >= 0);
		if (field->example != NULL)
			check_example(run, type, field);
		if (field->of != NULL)
			count += check_fields(run, field->of, seen);
	}
	return count;
}

static void
the_rows_of_the_spec_are_sound(void **state)
{
	struct run *run = *state;
	struct schema_source source = spec_tables_source(&run->arena);
	struct map seen;

	map_init(&seen, &run->arena);
	assert_true(check_fields(run, source.root, &seen) > 50);
	check_fields(run, source.target, &seen);
	for (const struct field *field = source.target->fields; field->name != NULL; field++)
		assert_true((field->flags &
			     (FIELD_OF_RULE | FIELD_OF_FOREIGN | FIELD_OF_EXPORTS)) != 0);
}

/* Only what cannot be broken is wider than 80. */
static void
assert_is_narrow(struct run *run)
{
	for (struct str rest = buf_str(&run->out); rest.len > 0;) {
		struct str line = str_cut(&rest, '\n');

		if (line.len > 80 && str_find(str_trim(str_after(line, 10)), ' ') < line.len - 10)
			fail_msg("too wide: %.*s", STR_ARG(line));
	}
}

/* Every key of every record, and every attribute of every rule, by its path. */
static size_t
explain_all(struct run *run, const struct schema_source *source, const struct record_type *type,
	    const char *path, struct map *seen)
{
	size_t count = 0;
	struct str nearest;

	if (map_get(seen, str_from(type->name)) != NULL)
		return 0;
	map_add(seen, str_from(type->name), (void *)type);
	for (const struct field *field = type->fields; field->name != NULL; field++, count++) {
		struct str key = arena_printf(&run->arena, "%s%s%s", path,
					      path[0] == '\0' ? "" : ".", field->name);

		run->out.len = 0;
		if (!schema_explain(&run->arena, source, key, &run->out, &nearest))
			fail_msg("no key %.*s", STR_ARG(key));
		assert_is_narrow(run);
		if (field->kind == FIELD_MAP)
			key = arena_printf(&run->arena, "%.*s.NAME", STR_ARG(key));
		if (field->of != NULL)
			count += explain_all(run, source, field->of, arena_str(&run->arena, key).at,
					     seen);
	}
	return count;
}

static void
every_key_of_the_spec_is_explained(void **state)
{
	struct run *run = *state;
	struct schema_source source = spec_tables_source(&run->arena);
	struct str nearest;
	struct map seen;

	map_init(&seen, &run->arena);
	assert_true(explain_all(run, &source, source.root, "", &seen) > 50);
	for (const struct schema_rule *rule = source.rules; rule->name != NULL; rule++) {
		run->out.len = 0;
		assert_true(schema_explain(&run->arena, &source, str_from(rule->name), &run->out,
					   &nearest));
		assert_is_narrow(run);
	}
}

/* Every link of the page leads to a heading, by the rule that forges make anchors with. */
static void
links_of_the_page_lead_somewhere(void **state)
{
	struct run *run = *state;
	struct schema_source source = spec_tables_source(&run->arena);
	struct map anchors;
	size_t links = 0;

	schema_write_markdown(&run->arena, &source, &run->out);
	map_init(&anchors, &run->arena);
	for (struct str rest = buf_str(&run->out); rest.len > 0;) {
		struct str line = str_cut(&rest, '\n');
		struct buf anchor;

		if (!str_has_prefix(line, STR("## ")) && !str_has_prefix(line, STR("### ")))
			continue;
		buf_init(&anchor, &run->arena);
		line = str_after(line, str_find(line, ' ') + 1);
		for (size_t i = 0; i < line.len; i++) {
			if (strchr(".[]`", line.at[i]) != NULL)
				continue;
			buf_char(&anchor, line.at[i] == ' ' ? '-'
					  : line.at[i] >= 'A' && line.at[i] <= 'Z'
						  ? (char)(line.at[i] + 32)
						  : line.at[i]);
		}
		assert_null(map_get(&anchors, buf_str(&anchor)));
		map_add(&anchors, buf_str(&anchor), run);
	}
	for (struct str rest = buf_str(&run->out);;) {
		rest = str_after(rest, str_find_str(rest, STR("](#")));
		if (rest.len == 0)
			break;
		rest = str_after(rest, 3);
		if (map_get(&anchors, str_slice(rest, 0, str_find(rest, ')'))) == NULL)
			fail_msg("no heading for %.*s", STR_ARG(str_slice(rest, 0, 40)));
		links++;
	}
	assert_true(links > 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_schema_of_the_spec_is_whole),
		TEST(the_rows_of_the_spec_are_sound),
		TEST(every_key_of_the_spec_is_explained),
		TEST(links_of_the_page_lead_somewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * JSON Schema of the spec, for editors. They read YAML by its own rules, where `2021` is a number;
 * the spec takes every scalar as text. So text may be a number here, and patterns, which hold for
 * strings alone, do not get in its way.
 */
#include "schema/json_writer.h"

/* ---- records ---- */

/* The name of the record's definition; it is written later, since records can hold themselves. */
static struct str
record_id(struct json_writer *w, const struct record_type *type)
{
	struct str id = json_id(w->arena, type->name);

	for (size_t i = 0; i < w->record_count; i++) {
		if (w->records[i].type == type)
			return w->records[i].id;
		if (str_eq(w->records[i].id, id))
			id = arena_printf(w->arena, "%.*s_", STR_ARG(id));
	}
	w->records = arena_grow(w->arena, w->records, w->record_count, &w->record_capacity,
				sizeof(*w->records));
	w->records[w->record_count++] = (struct json_record){type, id};
	return id;
}

/* ---- fields ---- */

static void
text_value(struct json_writer *w, const struct form *form, cJSON *into)
{
	cJSON *types = json_array(w, into, "type");

	json_text(w, types, NULL, STR("string"));
	json_text(w, types, NULL, STR("number"));
	if (form == NULL || form->fits(STR("true")))
		json_text(w, types, NULL, STR("boolean"));
	if (form != NULL && form->pattern != NULL)
		json_text(w, into, "pattern", str_from(form->pattern));
}

static void
map_value(struct json_writer *w, const struct field *field, cJSON *into)
{
	struct str id = record_id(w, field->of);
	cJSON *entry;
	cJSON *several;

	json_text(w, into, "type", STR("object"));
	if (field->form != NULL && field->form->pattern != NULL)
		json_text(w, json_object(w, into, "propertyNames"), "pattern",
			  str_from(field->form->pattern));
	entry = json_object(w, into, "additionalProperties");
	if ((field->flags & FIELD_MANY) == 0) {
		json_ref(w, entry, id);
		return;
	}
	entry = json_array(w, entry, "anyOf");
	json_ref(w, json_object(w, entry, NULL), id);
	several = json_object(w, entry, NULL);
	json_text(w, several, "type", STR("array"));
	json_ref(w, json_object(w, several, "items"), id);
}

/* The members of a tree that was written as JSON. */
static void
shape_value(struct json_writer *w, const struct shape *shape, cJSON *into)
{
	cJSON *tree = cJSON_Parse(shape->json);

	/* in the tree before anything else can fail */
	json_add(w, into, "shape", tree);
	while (tree->child != NULL) {
		cJSON *member = cJSON_DetachItemViaPointer(tree, tree->child);
		struct str key = arena_str(w->arena, str_from(member->string));

		json_add(w, into, key.at, member);
	}
	cJSON_DeleteItemFromObject(into, "shape");
}

void
json_field_value(struct json_writer *w, const struct field *field, cJSON *into)
{
	switch (field->kind) {
	case FIELD_TEXT:
		text_value(w, field->form, into);
		return;
	case FIELD_BOOL:
		json_text(w, into, "type", STR("boolean"));
		return;
	case FIELD_INT:
		json_text(w, into, "type", STR("integer"));
		return;
	case FIELD_CHOICE:
		json_words(w, into, field->values);
		return;
	case FIELD_TEXTS:
		json_text(w, into, "type", STR("array"));
		text_value(w, field->form, json_object(w, into, "items"));
		return;
	case FIELD_RECORD:
		json_all_of(w, into, record_id(w, field->of));
		return;
	case FIELD_LIST:
		json_text(w, into, "type", STR("array"));
		json_ref(w, json_object(w, into, "items"), record_id(w, field->of));
		return;
	case FIELD_MAP:
		map_value(w, field, into);
		return;
	case FIELD_NODE:
		if (field->shape != NULL)
			shape_value(w, field->shape, into);
		return;
	case FIELD_VALUE:
		return;
	}
}

/* A text of one entry, `key: value`, gives its value; NULL for any other. */
static const struct node *
example_value(struct json_writer *w, const char *example)
{
	struct source *source = ARENA_NEW(w->arena, struct source);
	struct node *root = ARENA_NEW(w->arena, struct node);
	struct diags diags;

	*source = (struct source){STR("example"), str_from(example)};
	diags_init(&diags, w->arena);
	if (!yaml_load(w->arena, &diags, source, &yaml_default_limits, root) ||
	    root->kind != NODE_MAPPING || root->count != 2)
		return NULL;
	return &root->children[1];
}

static void
add_default(struct json_writer *w, const struct field *field, cJSON *into)
{
	const struct node *node;
	struct str entry = arena_printf(w->arena, "value: %s", field->fallback);

	if (field->kind == FIELD_TEXT || field->kind == FIELD_CHOICE) {
		json_text(w, into, "default", str_from(field->fallback));
		return;
	}
	node = example_value(w, entry.at);
	if (node != NULL)
		json_node(w, into, "default", node);
}

void
json_field(struct json_writer *w, const struct field *field, cJSON *properties)
{
	cJSON *into = json_object(w, properties, field->name);
	const struct node *example;

	if (field->doc != NULL)
		json_text(w, into, "description", str_from(field->doc));
	json_field_value(w, field, into);
	if (field->fallback != NULL)
		add_default(w, field, into);
	example = field->example == NULL ? NULL : example_value(w, field->example);
	if (example != NULL)
		json_node(w, json_array(w, into, "examples"), NULL, example);
}

/* ---- definitions ---- */

static void
mapping(struct json_writer *w, const struct record_type *type, cJSON *into)
{
	struct rows rows = rows_of_record(w->arena, type);
	cJSON *properties;
	cJSON *required;

	json_text(w, into, "type", STR("object"));
	properties = json_object(w, into, "properties");
	required = json_array(w, into, "required");
	for (const struct field *field = type->fields; field->name != NULL; field++) {
		json_field(w, field, properties);
		if ((field->flags & FIELD_REQUIRED) != 0)
			json_text(w, required, NULL, str_from(field->name));
	}
	json_attributes(w, &rows, false, properties, required);
	if (required->child == NULL)
		cJSON_DeleteItemFromObject(into, "required");
	json_add(w, into, "additionalProperties", cJSON_CreateFalse());
}

static void
define_record(struct json_writer *w, const struct json_record *record)
{
	const struct record_type *type = record->type;
	cJSON *into = json_object(w, w->definitions, record->id.at);
	const struct field *field;
	cJSON *either;

	json_text(w, into, "title", str_from(type->name));
	if (type->doc != NULL)
		json_text(w, into, "description", str_from(type->doc));
	if (type->shorthand == NULL) {
		mapping(w, type, into);
		return;
	}
	field = record_field(type, str_from(type->shorthand));
	either = json_array(w, into, "anyOf");
	json_field_value(w, field, json_object(w, either, NULL));
	mapping(w, type, json_object(w, either, NULL));
}

/* What cJSON has allocated. */
struct made {
	cJSON *root;
	char *text;
};

static void
release_made(void *made)
{
	cJSON_Delete(((struct made *)made)->root);
	cJSON_free(((struct made *)made)->text);
}

void
schema_write_json(struct arena *arena, const struct schema_source *schema, struct buf *out)
{
	struct json_writer w = {.arena = arena, .schema = schema};
	struct made *made = ARENA_NEW(arena, struct made);

	arena_defer(arena, release_made, made);
	made->root = cJSON_CreateObject();
	if (made->root == NULL)
		json_exhausted(&w);
	json_text(&w, made->root, "$schema", STR("http://json-schema.org/draft-07/schema#"));
	json_text(&w, made->root, "$id", str_from(schema->id));
	json_text(&w, made->root, "title", str_from(schema->root->name));
	json_text(&w, made->root, "description", str_from(schema->root->doc));
	w.definitions = json_object(&w, made->root, "definitions");
	mapping(&w, schema->root, made->root);
	json_targets(&w);
	/* the list grows as definitions refer to further ones */
	for (size_t i = 0; i < w.record_count; i++) {
		struct json_record record = w.records[i];

		define_record(&w, &record);
	}
	json_add(&w, made->root, "definitions",
		 cJSON_DetachItemViaPointer(made->root, w.definitions));
	made->text = cJSON_Print(made->root);
	if (made->text == NULL)
		json_exhausted(&w);
	buf_text(out, made->text);
	buf_char(out, '\n');
}

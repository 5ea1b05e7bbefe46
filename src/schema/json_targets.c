/* Attributes and targets in the JSON Schema. */
#include "schema/json_writer.h"

static struct str value_id(struct json_writer *w, enum attribute_type type, enum json_use use);

/* ---- values ---- */

static void
list_of(struct json_writer *w, enum attribute_type type, cJSON *into)
{
	json_text(w, into, "type", STR("array"));
	json_ref(w, json_object(w, into, "items"), value_id(w, type, JSON_PLAIN));
}

static void
dict_of(struct json_writer *w, enum attribute_type type, cJSON *into)
{
	json_text(w, into, "type", STR("object"));
	json_ref(w, json_object(w, into, "additionalProperties"), value_id(w, type, JSON_PLAIN));
}

static void
plain_value(struct json_writer *w, enum attribute_type type, cJSON *into)
{
	cJSON *types;

	switch (type) {
	case ATTRIBUTE_ANY:
		return;
	case ATTRIBUTE_STRING:
		types = json_array(w, into, "type");
		json_text(w, types, NULL, STR("string"));
		json_text(w, types, NULL, STR("number"));
		json_text(w, types, NULL, STR("boolean"));
		return;
	case ATTRIBUTE_BOOL:
		json_text(w, into, "type", STR("boolean"));
		return;
	case ATTRIBUTE_INT:
		json_text(w, into, "type", STR("integer"));
		return;
	case ATTRIBUTE_LABEL:
		json_text(w, into, "type", STR("string"));
		json_add(w, into, "minLength", cJSON_CreateNumber(1));
		return;
	case ATTRIBUTE_STRING_LIST:
		list_of(w, ATTRIBUTE_STRING, into);
		return;
	case ATTRIBUTE_LABEL_LIST:
		list_of(w, ATTRIBUTE_LABEL, into);
		return;
	case ATTRIBUTE_INT_LIST:
		list_of(w, ATTRIBUTE_INT, into);
		return;
	case ATTRIBUTE_STRING_DICT:
	case ATTRIBUTE_LABEL_STRING_DICT:
		dict_of(w, ATTRIBUTE_STRING, into);
		return;
	case ATTRIBUTE_STRING_LIST_DICT:
		dict_of(w, ATTRIBUTE_STRING_LIST, into);
		return;
	case ATTRIBUTE_STRING_LABEL_DICT:
		dict_of(w, ATTRIBUTE_LABEL, into);
		return;
	}
}

static bool
is_list(enum attribute_type type)
{
	return type == ATTRIBUTE_STRING_LIST || type == ATTRIBUTE_LABEL_LIST ||
	       type == ATTRIBUTE_INT_LIST;
}

/* A mapping that takes no further keys; returns its properties. */
static cJSON *
closed_mapping(struct json_writer *w, const char *required, cJSON *into)
{
	cJSON *properties;

	json_text(w, into, "type", STR("object"));
	json_text(w, json_array(w, into, "required"), NULL, str_from(required));
	properties = json_object(w, into, "properties");
	json_add(w, into, "additionalProperties", cJSON_CreateFalse());
	return properties;
}

static void
glob_value(struct json_writer *w, cJSON *into)
{
	cJSON *properties = closed_mapping(w, "glob", into);
	struct str patterns = value_id(w, ATTRIBUTE_STRING_LIST, JSON_PLAIN);

	json_ref(w, json_object(w, properties, "glob"), patterns);
	json_ref(w, json_object(w, properties, "exclude"), patterns);
	json_text(w, json_object(w, properties, "allow_empty"), "type", STR("boolean"));
}

static void
concat_value(struct json_writer *w, struct str part, cJSON *into)
{
	cJSON *parts = json_object(w, closed_mapping(w, "concat", into), "concat");

	json_text(w, parts, "type", STR("array"));
	json_add(w, parts, "minItems", cJSON_CreateNumber(1));
	json_ref(w, json_object(w, parts, "items"), part);
}

static void
select_value(struct json_writer *w, struct str branch, cJSON *into)
{
	cJSON *properties = closed_mapping(w, "select", into);
	cJSON *branches = json_object(w, properties, "select");
	cJSON *either;

	json_text(w, branches, "type", STR("object"));
	json_add(w, branches, "minProperties", cJSON_CreateNumber(1));
	either = json_array(w, json_object(w, branches, "additionalProperties"), "anyOf");
	json_ref(w, json_object(w, either, NULL), branch);
	json_text(w, json_object(w, either, NULL), "type", STR("null"));
	json_ref(w, json_object(w, properties, "no_match_error"),
		 value_id(w, ATTRIBUTE_STRING, JSON_PLAIN));
}

static void
define_value(struct json_writer *w, enum attribute_type type, enum json_use use, struct str id)
{
	cJSON *into = json_object(w, w->definitions, id.at);
	cJSON *either;

	if (use == JSON_PLAIN) {
		json_text(w, into, "title", str_from(attribute_type_name(type)));
		plain_value(w, type, into);
		return;
	}
	either = json_array(w, into, "anyOf");
	json_ref(w, json_object(w, either, NULL), value_id(w, type, JSON_PLAIN));
	if (is_list(type))
		glob_value(w, json_object(w, either, NULL));
	if (is_list(type) || type == ATTRIBUTE_STRING)
		concat_value(w, id, json_object(w, either, NULL));
	if (use == JSON_CHOSEN)
		select_value(w, value_id(w, type, JSON_JOINED), json_object(w, either, NULL));
}

/* The definition of such a value, written where it is first asked for. */
static struct str
value_id(struct json_writer *w, enum attribute_type type, enum json_use use)
{
	static const char *const suffixes[] = {
		[JSON_PLAIN] = "", [JSON_JOINED] = "_joined", [JSON_CHOSEN] = "_chosen"};
	struct str id;

	/* only lists and text are put together, and anything is anything */
	if (type == ATTRIBUTE_ANY ||
	    (use == JSON_JOINED && !is_list(type) && type != ATTRIBUTE_STRING))
		use = JSON_PLAIN;
	id = arena_printf(w->arena, "%.*s%s", STR_ARG(json_id(w->arena, attribute_type_name(type))),
			  suffixes[use]);
	if (!w->has_value[type][use]) {
		w->has_value[type][use] = true;
		define_value(w, type, use, id);
	}
	return id;
}

/* ---- attributes ---- */

static void
attribute_value(struct json_writer *w, const struct attribute *row, bool of_target, cJSON *into)
{
	/* nothing in MODULE.bazel is fixed, but the arguments of package() are */
	bool is_fixed = (row->flags & ATTRIBUTE_FIXED) != 0;
	enum json_use use = is_fixed ? JSON_JOINED : of_target ? JSON_CHOSEN : JSON_PLAIN;
	const char *words = row->values;
	cJSON *either;

	if ((row->flags & ATTRIBUTE_VISIBILITY) != 0)
		words = "public|private";
	if (words == NULL) {
		json_all_of(w, into, value_id(w, row->type, use));
		return;
	}
	either = json_array(w, into, "anyOf");
	json_words(w, json_object(w, either, NULL), words);
	if (row->values == NULL)
		json_ref(w, json_object(w, either, NULL), value_id(w, row->type, use));
	else if (use == JSON_CHOSEN)
		select_value(w, value_id(w, row->type, JSON_JOINED), json_object(w, either, NULL));
}

static void
describe(struct json_writer *w, const struct attribute *row, cJSON *into)
{
	struct str versions = rows_versions(w->arena, row->since, row->last);
	const char *blank = versions.len > 0 ? " " : "";

	if (versions.len > 0)
		versions = arena_printf(w->arena, "(%.*s)", STR_ARG(versions));
	json_text(w, into, "description",
		  arena_printf(w->arena, "%s%s%.*s", row->doc, blank, STR_ARG(versions)));
}

void
json_attributes(struct json_writer *w, const struct rows *rows, bool of_target, cJSON *properties,
		cJSON *required)
{
	for (size_t i = 0; i < rows->count;) {
		size_t alike = rows_alike(rows, i);
		const struct attribute *row = rows->items[i];
		cJSON *into = json_object(w, properties, row->name);
		cJSON *either = alike > 1 ? json_array(w, into, "anyOf") : NULL;

		for (size_t j = i; j < i + alike; j++) {
			cJSON *one = alike > 1 ? json_object(w, either, NULL) : into;

			describe(w, rows->items[j], one);
			attribute_value(w, rows->items[j], of_target, one);
		}
		if ((row->flags & ATTRIBUTE_REQUIRED) != 0 && row->since == NULL &&
		    row->last == NULL)
			json_text(w, required, NULL, str_from(row->name));
		i += alike;
	}
}

/* ---- targets ---- */

static void
define_rule(struct json_writer *w, const struct schema_rule *rule, struct str id)
{
	struct rows rows = rows_of_rule(w->arena, w->schema, rule);
	cJSON *into = json_object(w, w->definitions, id.at);
	cJSON *properties;
	cJSON *required;
	cJSON *name;

	json_text(w, into, "title", str_from(rule->name));
	json_text(w, into, "description", str_from(rule->doc));
	properties = closed_mapping(w, rule->name, into);
	required = cJSON_GetObjectItemCaseSensitive(into, "required");
	name = json_object(w, properties, rule->name);
	json_text(w, name, "description", str_from(rule->value_doc));
	json_all_of(w, name, value_id(w, rule->value, JSON_PLAIN));
	if (rule->required != NULL)
		json_text(w, required, NULL, str_from(rule->required));
	for (const struct field *field = w->schema->target->fields; field->name != NULL; field++) {
		if ((field->flags & rule->keys) != 0)
			json_field(w, field, properties);
	}
	json_attributes(w, &rows, true, properties, required);
}

void
json_targets(struct json_writer *w)
{
	cJSON *target = json_object(w, w->definitions, "target");
	cJSON *either;

	json_text(w, target, "title", str_from(w->schema->target->name));
	either = json_array(w, target, "anyOf");
	for (const struct schema_rule *rule = w->schema->rules; rule->name != NULL; rule++) {
		struct str id = json_id(w->arena, arena_printf(w->arena, "rule_%s", rule->name).at);

		json_ref(w, json_object(w, either, NULL), id);
		define_rule(w, rule, id);
	}
}

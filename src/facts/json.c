/* Facts as JSON, by way of their tables. */
#include <cjson/cJSON.h>

#include "facts/facts.h"
#include "starlark/starlark.h"

/* cJSON wants terminated strings. */
static const char *
terminated(struct arena *arena, struct str s)
{
	return arena_str(arena, s).at;
}

static cJSON *value_json(struct arena *arena, const struct value *value);
static cJSON *fact_json(struct arena *arena, const struct fact *fact);

static cJSON *
items_json(struct arena *arena, const struct value *value)
{
	cJSON *array = cJSON_CreateArray();

	for (size_t i = 0; i < value->count; i++)
		cJSON_AddItemToArray(array, value_json(arena, value->items[i].value));
	return array;
}

static cJSON *
dict_json(struct arena *arena, const struct value *value)
{
	cJSON *object = cJSON_CreateObject();

	for (size_t i = 0; i < value->count; i++) {
		const struct value_item *item = &value->items[i];
		struct str key = item->key != NULL ? item->key->text : item->name;

		cJSON_AddItemToObject(object, terminated(arena, key),
				      value_json(arena, item->value));
	}
	return object;
}

/* Positional arguments are a list, keywords an object; an argument list alone is the object. */
static cJSON *
call_json(struct arena *arena, const struct value *value)
{
	cJSON *keywords = cJSON_CreateObject();
	cJSON *positional = cJSON_CreateArray();
	cJSON *call;

	for (size_t i = 0; i < value->count; i++) {
		const struct value_item *item = &value->items[i];

		if (item->name.len == 0)
			cJSON_AddItemToArray(positional, value_json(arena, item->value));
		else
			cJSON_AddItemToObject(keywords, terminated(arena, item->name),
					      value_json(arena, item->value));
	}
	if (value->text.len == 0 && cJSON_GetArraySize(positional) == 0) {
		cJSON_Delete(positional);
		return keywords;
	}
	if (value->text.len == 0 && cJSON_GetArraySize(keywords) == 0) {
		cJSON_Delete(keywords);
		return positional;
	}
	call = cJSON_CreateObject();
	cJSON_AddStringToObject(call, "call", terminated(arena, value->text));
	cJSON_AddItemToObject(call, "positional", positional);
	cJSON_AddItemToObject(call, "keywords", keywords);
	return call;
}

static cJSON *
value_json(struct arena *arena, const struct value *value)
{
	cJSON *sum;

	switch (value->kind) {
	case VALUE_NONE:
		return cJSON_CreateNull();
	case VALUE_BOOL:
		return cJSON_CreateBool(value->boolean);
	case VALUE_INT:
		return cJSON_CreateRaw(
			terminated(arena, arena_printf(arena, "%lld", value->integer)));
	case VALUE_STRING:
	case VALUE_NAME:
		return cJSON_CreateString(terminated(arena, value->text));
	case VALUE_LIST:
		return items_json(arena, value);
	case VALUE_DICT:
		return dict_json(arena, value);
	case VALUE_CALL:
		return call_json(arena, value);
	case VALUE_SUM:
		sum = cJSON_CreateObject();
		cJSON_AddItemToObject(sum, "sum", items_json(arena, value));
		return sum;
	}
	return cJSON_CreateNull();
}

static cJSON *
texts_json(struct arena *arena, const struct texts *texts)
{
	cJSON *array = cJSON_CreateArray();

	for (size_t i = 0; i < texts->count; i++)
		cJSON_AddItemToArray(array,
				     cJSON_CreateString(terminated(arena, texts->items[i].str)));
	return array;
}

static cJSON *
list_json(struct arena *arena, const struct list *list)
{
	cJSON *array = cJSON_CreateArray();

	for (size_t i = 0; i < list->count; i++)
		cJSON_AddItemToArray(array, fact_json(arena, list->items[i]));
	return array;
}

/* NULL for a member that is not there. */
static cJSON *
member_json(struct arena *arena, const struct field *field, const void *record)
{
	const void *at = (const char *)record + field->offset;
	const struct text *text = at;

	switch (field->kind) {
	case FIELD_TEXT:
		if (text->str.at == NULL)
			return NULL;
		return cJSON_CreateString(terminated(arena, text->str));
	case FIELD_BOOL:
		return cJSON_CreateBool(((const struct flag *)at)->is_on);
	case FIELD_TEXTS:
		return texts_json(arena, at);
	case FIELD_RECORD:
		at = *(const void *const *)at;
		return at == NULL ? NULL : fact_json(arena, at);
	case FIELD_LIST:
	case FIELD_MAP:
		return list_json(arena, at);
	case FIELD_VALUE:
		at = *(const void *const *)at;
		return at == NULL ? NULL : value_json(arena, at);
	case FIELD_INT:
	case FIELD_CHOICE:
	case FIELD_NODE:
		break;
	}
	return NULL;
}

static cJSON *
fact_json(struct arena *arena, const struct fact *fact)
{
	cJSON *object = cJSON_CreateObject();

	for (const struct field *field = fact->type->fields; field->name != NULL; field++) {
		cJSON *member = member_json(arena, field, fact);

		if (member != NULL)
			cJSON_AddItemToObject(object, field->name, member);
	}
	return object;
}

bool
facts_write_json(struct arena *arena, const struct facts *facts, struct str only, struct buf *out)
{
	const struct field *field = only.len > 0 ? record_field(&facts_type, only) : NULL;
	cJSON *json;
	char *text;

	if (only.len > 0 && field == NULL)
		return false;
	json = field == NULL ? fact_json(arena, &facts->fact) : member_json(arena, field, facts);
	text = json == NULL ? NULL : cJSON_Print(json);
	if (text != NULL)
		buf_text(out, text);
	else
		buf_text(out, "null");
	buf_char(out, '\n');
	cJSON_free(text);
	cJSON_Delete(json);
	return true;
}

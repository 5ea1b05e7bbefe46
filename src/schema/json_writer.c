#include "schema/json_writer.h"

#include "schema/scalar.h"

struct str
json_id(struct arena *arena, const char *name)
{
	struct str rest = str_from(name);
	struct str article = str_slice(rest, 0, str_find(rest, ' '));
	struct buf id;

	if (str_is(article, "a") || str_is(article, "an") || str_is(article, "the"))
		rest = str_after(rest, article.len + 1);
	buf_init(&id, arena);
	for (size_t i = 0; i < rest.len; i++) {
		char c = rest.at[i];
		bool is_safe =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (!is_safe)
			c = '_';
		buf_char(&id, c);
	}
	return arena_str(arena, buf_str(&id));
}

_Noreturn void
json_exhausted(struct json_writer *w)
{
	longjmp(*w->arena->escape, 1);
}

cJSON *
json_add(struct json_writer *w, cJSON *parent, const char *key, cJSON *item)
{
	bool is_in = item != NULL && (key == NULL ? cJSON_AddItemToArray(parent, item)
						  : cJSON_AddItemToObject(parent, key, item));

	if (!is_in) {
		cJSON_Delete(item);
		json_exhausted(w);
	}
	return item;
}

cJSON *
json_object(struct json_writer *w, cJSON *parent, const char *key)
{
	return json_add(w, parent, key, cJSON_CreateObject());
}

cJSON *
json_array(struct json_writer *w, cJSON *parent, const char *key)
{
	return json_add(w, parent, key, cJSON_CreateArray());
}

void
json_text(struct json_writer *w, cJSON *parent, const char *key, struct str text)
{
	struct str terminated = arena_str(w->arena, text);

	json_add(w, parent, key, cJSON_CreateString(terminated.at));
}

void
json_ref(struct json_writer *w, cJSON *object, struct str id)
{
	json_text(w, object, "$ref", arena_printf(w->arena, "#/definitions/%.*s", STR_ARG(id)));
}

void
json_all_of(struct json_writer *w, cJSON *object, struct str id)
{
	json_ref(w, json_object(w, json_array(w, object, "allOf"), NULL), id);
}

void
json_words(struct json_writer *w, cJSON *object, const char *values)
{
	cJSON *words = json_array(w, object, "enum");
	struct str rest = str_from(values);

	while (rest.len > 0) {
		struct str word = str_cut(&rest, '|');
		long long number;

		json_text(w, words, NULL, word);
		if (scalar_is_int(word, &number))
			json_add(w, words, NULL, cJSON_CreateNumber((double)number));
	}
}

static cJSON *
scalar_json(struct json_writer *w, const struct node *node)
{
	long long number;

	if (node->style == NODE_PLAIN) {
		if (node_is_null(node))
			return cJSON_CreateNull();
		if (str_is(node->text, "true") || str_is(node->text, "false"))
			return cJSON_CreateBool(str_is(node->text, "true"));
		if (scalar_is_int(node->text, &number))
			return cJSON_CreateNumber((double)number);
	}
	return cJSON_CreateString(arena_str(w->arena, node->text).at);
}

void
json_node(struct json_writer *w, cJSON *parent, const char *key, const struct node *node)
{
	cJSON *inner;

	switch (node->kind) {
	case NODE_SCALAR:
		json_add(w, parent, key, scalar_json(w, node));
		return;
	case NODE_SEQUENCE:
		inner = json_array(w, parent, key);
		for (size_t i = 0; i < node->count; i++)
			json_node(w, inner, NULL, &node->children[i]);
		return;
	case NODE_MAPPING:
		inner = json_object(w, parent, key);
		for (size_t i = 0; i < node->count; i += 2)
			json_node(w, inner, arena_str(w->arena, node->children[i].text).at,
				  &node->children[i + 1]);
		return;
	}
}

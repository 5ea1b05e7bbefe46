#include "driver/report_writer.h"

#include "diag/utf8.h"

static void
release_tree(void *tree)
{
	cJSON_Delete(tree);
}

static void
release_text(void *text)
{
	cJSON_free(text);
}

cJSON *
report_root(struct json_writer *w)
{
	cJSON *root = cJSON_CreateObject();

	if (root == NULL)
		json_exhausted(w);
	arena_defer(w->arena, release_tree, root);
	return root;
}

void
report_print(struct json_writer *w, const cJSON *root, struct buf *out)
{
	char *text = cJSON_Print(root);

	if (text == NULL)
		json_exhausted(w);
	arena_defer(w->arena, release_text, text);
	buf_text(out, text);
	buf_char(out, '\n');
}

void
report_null(struct json_writer *w, cJSON *parent, const char *key)
{
	json_add(w, parent, key, cJSON_CreateNull());
}

void
report_bool(struct json_writer *w, cJSON *parent, const char *key, bool value)
{
	json_add(w, parent, key, cJSON_CreateBool(value));
}

void
report_number(struct json_writer *w, cJSON *parent, const char *key, size_t value)
{
	json_add(w, parent, key, cJSON_CreateNumber((double)value));
}

void
report_text(struct json_writer *w, cJSON *parent, const char *key, struct str text)
{
	struct buf mended;

	buf_init(&mended, w->arena);
	utf8_mend(&mended, text);
	json_text(w, parent, key, buf_str(&mended));
}

void
report_text_or_null(struct json_writer *w, cJSON *parent, const char *key, struct str text)
{
	if (text.len > 0)
		report_text(w, parent, key, text);
	else
		report_null(w, parent, key);
}

void
report_value_or_null(struct json_writer *w, cJSON *parent, const char *key, struct str value)
{
	if (value.at != NULL)
		report_text(w, parent, key, value);
	else
		report_null(w, parent, key);
}

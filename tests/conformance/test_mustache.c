/*
 * The public Mustache cases, read from MUSTACHE_SPEC_DIR (the environment wins over the build's
 * default), rendered over cJSON data with an HTML printer.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "template/template.h"

enum { CASE_MEMORY = 16 * 1024 * 1024, FILES_MAX = 64 };

/* ---- JSON as views ---- */

static const struct view_class json_class;

static bool
json_find(const void *data, struct str name, struct view *member)
{
	const cJSON *item;

	if (!cJSON_IsObject((const cJSON *)data))
		return false;
	cJSON_ArrayForEach(item, (const cJSON *)data)
	{
		if (str_is(name, item->string)) {
			*member = (struct view){&json_class, item};
			return true;
		}
	}
	return false;
}

static bool
json_is_true(const void *data)
{
	return !cJSON_IsFalse((const cJSON *)data) && !cJSON_IsNull((const cJSON *)data);
}

static bool
json_is_list(const void *data)
{
	return cJSON_IsArray((const cJSON *)data);
}

static size_t
json_count(const void *data)
{
	return (size_t)cJSON_GetArraySize(data);
}

static struct view
json_item(const void *data, size_t index)
{
	return (struct view){&json_class, cJSON_GetArrayItem(data, (int)index)};
}

static void
json_print_raw(const void *data, struct buf *out)
{
	const cJSON *json = data;

	if (cJSON_IsString(json))
		buf_text(out, json->valuestring);
	else if (cJSON_IsNumber(json))
		buf_printf(out, "%.15g", json->valuedouble);
	else if (cJSON_IsBool(json))
		buf_text(out, cJSON_IsTrue(json) ? "true" : "false");
}

static void
json_print_html(const void *data, struct buf *out, unsigned indent, const struct trace *trace)
{
	struct buf raw;
	struct str text;

	(void)indent;
	(void)trace;
	buf_init(&raw, out->arena);
	json_print_raw(data, &raw);
	text = buf_str(&raw);
	for (size_t i = 0; i < text.len; i++) {
		switch (text.at[i]) {
		case '&':
			buf_text(out, "&amp;");
			break;
		case '<':
			buf_text(out, "&lt;");
			break;
		case '>':
			buf_text(out, "&gt;");
			break;
		case '"':
			buf_text(out, "&quot;");
			break;
		default:
			buf_char(out, text.at[i]);
			break;
		}
	}
}

static const struct view_class json_class = {
	.find = json_find,
	.is_true = json_is_true,
	.is_list = json_is_list,
	.count = json_count,
	.item = json_item,
	.print = json_print_html,
	.print_raw = json_print_raw,
};

/* ---- one case ---- */

struct partials {
	struct arena *arena;
	struct diags *diags;
	const cJSON *texts; /* an object, or NULL */
};

static const struct template *
compile(struct arena *arena, struct diags *diags, const char *name, const char *text)
{
	struct source *source = ARENA_NEW(arena, struct source);
	const struct template *compiled;

	*source = (struct source){str_from(name), str_from(text)};
	return template_compile(arena, diags, source, &compiled) ? compiled : NULL;
}

static const struct template *
find_partial(void *self, struct str name)
{
	const struct partials *partials = self;
	const cJSON *text;

	cJSON_ArrayForEach(text, partials->texts)
	{
		if (str_is(name, text->string))
			return compile(partials->arena, partials->diags, text->string,
				       text->valuestring);
	}
	return NULL;
}

static const char *
text_of(const cJSON *json, const char *key)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key);

	return cJSON_IsString(item) ? item->valuestring : "";
}

static bool
passes(struct arena *arena, const char *file, const cJSON *json)
{
	const struct template_options options = {0};
	struct diags diags;
	struct partials partials = {arena, &diags,
				    cJSON_GetObjectItemCaseSensitive(json, "partials")};
	struct template_set set = {.self = &partials, .find = find_partial};
	struct view root = {&json_class, cJSON_GetObjectItemCaseSensitive(json, "data")};
	const char *expected = text_of(json, "expected");
	const struct template *template;
	struct buf out;
	struct buf messages;

	diags_init(&diags, arena);
	buf_init(&out, arena);
	buf_init(&messages, arena);
	template = compile(arena, &diags, text_of(json, "name"), text_of(json, "template"));
	if (template != NULL &&
	    template_render(arena, &diags, template, &set, root, &options, &out) &&
	    str_is(buf_str(&out), expected))
		return true;
	diags_print_text(&diags, &messages, false);
	print_message("FAILED %s: %s\n--- expected\n%s\n--- rendered\n%.*s\n%.*s\n", file,
		      text_of(json, "name"), expected, STR_ARG(buf_str(&out)),
		      STR_ARG(buf_str(&messages)));
	return false;
}

/* ---- all of them ---- */

struct tally {
	size_t cases;
	size_t passed;
};

static void
run_case(struct tally *tally, const char *file, const cJSON *json)
{
	jmp_buf escape;
	struct arena arena;

	arena_init(&arena, CASE_MEMORY, &escape);
	tally->cases++;
	if (setjmp(escape) != 0)
		print_message("FAILED %s: %s: out of memory\n", file, text_of(json, "name"));
	else if (passes(&arena, file, json))
		tally->passed++;
	arena_free(&arena);
}

static void
run_file(struct tally *tally, const char *path, const char *file)
{
	static char text[1024 * 1024];
	FILE *stream = fopen(path, "rb");
	struct tally before = *tally;
	cJSON *json;
	const cJSON *item;
	size_t len;

	assert_non_null(stream);
	len = fread(text, 1, sizeof(text), stream);
	assert_int_equal(ferror(stream), 0);
	fclose(stream);
	assert_true(len < sizeof(text));
	json = cJSON_ParseWithLength(text, len);
	assert_non_null(json);
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(json, "tests"))
	{
		run_case(tally, file, item);
	}
	cJSON_Delete(json);
	print_message("%s: %zu of %zu passed\n", file, tally->passed - before.passed,
		      tally->cases - before.cases);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The modules that every implementation must have: names of optional ones begin with '~'. */
static bool
is_module(const char *name)
{
	return name[0] != '~' && name[0] != '.' && str_has_suffix(str_from(name), STR(".json"));
}

/* Their names, sorted; 0 where the folder cannot be read. */
static size_t
list_modules(const char *folder, char *names[FILES_MAX])
{
	DIR *directory = opendir(folder);
	const struct dirent *entry;
	size_t count = 0;

	if (directory == NULL)
		return 0;
	while ((entry = readdir(directory)) != NULL) {
		if (is_module(entry->d_name) && count < FILES_MAX)
			names[count++] = strdup(entry->d_name);
	}
	closedir(directory);
	qsort(names, count, sizeof(*names), compare_names);
	return count;
}

static const char *
spec_folder(void)
{
	const char *given = getenv("MUSTACHE_SPEC_DIR");

	return given != NULL && given[0] != '\0' ? given : MUSTACHE_SPEC_DIR;
}

static void
all_cases_pass(void **state)
{
	const char *folder = spec_folder();
	struct tally tally = {0, 0};
	char *names[FILES_MAX];
	size_t count = list_modules(folder, names);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		run_file(&tally, path, names[i]);
		free(names[i]);
	}
	print_message("%zu of %zu cases passed\n", tally.passed, tally.cases);
	if (tally.cases == 0)
		fail_msg("no case was found in '%s'", folder);
	assert_int_equal(tally.passed, tally.cases);
}

static int
run_cases(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(all_cases_pass)};

	return cmocka_run_group_tests_name("mustache", tests, NULL, NULL);
}

int
main(void)
{
	DIR *directory = opendir(spec_folder());

	if (directory == NULL) {
		print_message("skipped: the public cases are not in '%s'\n", spec_folder());
		return 77;
	}
	closedir(directory);
	return run_cases();
}

#include "json_check.h"

#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

struct checker {
	struct arena *arena;
	const cJSON *root; /* of the schema, for $ref */
	const char *fault;
};

static void check(struct checker *checker, const cJSON *schema, const cJSON *value, struct str at);

static bool
fault(struct checker *checker, struct str at, const char *what, const char *which)
{
	if (checker->fault == NULL)
		checker->fault =
			arena_printf(checker->arena, "%.*s: %s %s", STR_ARG(at), what, which).at;
	return false;
}

static struct str
below(struct checker *checker, struct str at, const char *name)
{
	return arena_printf(checker->arena, "%.*s.%s", STR_ARG(at), name);
}

/* ---- keywords, each false where it is violated ---- */

static bool
is_type(const char *type, const cJSON *value)
{
	double number = cJSON_GetNumberValue(value);
	struct str name = str_from(type);

	return (str_is(name, "null") && cJSON_IsNull(value)) ||
	       (str_is(name, "boolean") && cJSON_IsBool(value)) ||
	       (str_is(name, "string") && cJSON_IsString(value)) ||
	       (str_is(name, "array") && cJSON_IsArray(value)) ||
	       (str_is(name, "object") && cJSON_IsObject(value)) ||
	       (str_is(name, "integer") && cJSON_IsNumber(value) &&
		(double)(long long)number == number);
}

static bool
has_type(const cJSON *types, const cJSON *value)
{
	const cJSON *type;

	if (cJSON_IsString(types))
		return is_type(types->valuestring, value);
	cJSON_ArrayForEach(type, types)
	{
		if (is_type(type->valuestring, value))
			return true;
	}
	return false;
}

static bool
is_one_of(const cJSON *values, const cJSON *value)
{
	const cJSON *allowed;

	cJSON_ArrayForEach(allowed, values)
	{
		if (cJSON_Compare(allowed, value, true))
			return true;
	}
	return false;
}

static bool
matches(const char *pattern, const cJSON *value)
{
	regex_t regex;
	bool is_match;

	if (!cJSON_IsString(value))
		return true;
	assert_int_equal(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB), 0);
	is_match = regexec(&regex, value->valuestring, 0, NULL, 0) == 0;
	regfree(&regex);
	return is_match;
}

static bool
is_unique(const cJSON *array)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, array)
	{
		for (const cJSON *other = item->next; other != NULL; other = other->next) {
			if (cJSON_Compare(item, other, true))
				return false;
		}
	}
	return true;
}

static bool
fits_any(struct checker *checker, const cJSON *schemas, const cJSON *value, struct str at)
{
	const cJSON *schema;

	cJSON_ArrayForEach(schema, schemas)
	{
		struct checker attempt = {checker->arena, checker->root, NULL};

		check(&attempt, schema, value, at);
		if (attempt.fault == NULL)
			return true;
	}
	return false;
}

static void
check_items(struct checker *checker, const cJSON *schema, const cJSON *array, struct str at)
{
	const cJSON *item;
	int i = 0;

	cJSON_ArrayForEach(item, array)
	{
		check(checker, schema, item,
		      arena_printf(checker->arena, "%.*s.%d", STR_ARG(at), i++));
	}
}

static void
check_required(struct checker *checker, const cJSON *names, const cJSON *value, struct str at)
{
	const cJSON *name;

	cJSON_ArrayForEach(name, names)
	{
		if (cJSON_IsObject(value) &&
		    cJSON_GetObjectItemCaseSensitive(value, name->valuestring) == NULL)
			fault(checker, at, "lacks", name->valuestring);
	}
}

static void
check_members(struct checker *checker, const cJSON *schema, const cJSON *value, struct str at)
{
	const cJSON *properties = cJSON_GetObjectItemCaseSensitive(schema, "properties");
	const cJSON *others = cJSON_GetObjectItemCaseSensitive(schema, "additionalProperties");
	const cJSON *member;

	if (!cJSON_IsObject(value) || (properties == NULL && others == NULL))
		return;
	cJSON_ArrayForEach(member, value)
	{
		const cJSON *known = cJSON_GetObjectItemCaseSensitive(properties, member->string);

		if (known == NULL && cJSON_IsObject(others))
			known = others;
		if (known == NULL)
			fault(checker, at, "has the unknown member", member->string);
		else
			check(checker, known, member, below(checker, at, member->string));
	}
}

static void
check_ref(struct checker *checker, const char *ref, const cJSON *value, struct str at)
{
	struct str prefix = STR("#/definitions/");
	const cJSON *definitions = cJSON_GetObjectItemCaseSensitive(checker->root, "definitions");
	const cJSON *schema;

	assert_true(str_has_prefix(str_from(ref), prefix));
	schema = cJSON_GetObjectItemCaseSensitive(definitions, ref + prefix.len);
	if (schema == NULL)
		fail_msg("no definition %s", ref);
	check(checker, schema, value, at);
}

/* ---- a schema ---- */

/* Keywords that a plain comparison decides; false where the keyword is none of them. */
static bool
check_value(struct checker *checker, const cJSON *keyword, const cJSON *value, struct str at)
{
	struct str name = str_from(keyword->string);
	const char *text = cJSON_GetStringValue(value);
	double limit = cJSON_GetNumberValue(keyword);
	bool fits;

	if (str_is(name, "type"))
		fits = has_type(keyword, value);
	else if (str_is(name, "enum"))
		fits = is_one_of(keyword, value);
	else if (str_is(name, "const"))
		fits = cJSON_Compare(keyword, value, true);
	else if (str_is(name, "pattern"))
		fits = matches(keyword->valuestring, value);
	else if (str_is(name, "minimum"))
		fits = !cJSON_IsNumber(value) || cJSON_GetNumberValue(value) >= limit;
	else if (str_is(name, "minLength"))
		fits = text == NULL || (double)strlen(text) >= limit;
	else if (str_is(name, "minItems"))
		fits = !cJSON_IsArray(value) || cJSON_GetArraySize(value) >= limit;
	else if (str_is(name, "maxItems"))
		fits = !cJSON_IsArray(value) || cJSON_GetArraySize(value) <= limit;
	else if (str_is(name, "uniqueItems"))
		fits = !cJSON_IsTrue(keyword) || !cJSON_IsArray(value) || is_unique(value);
	else
		return false;
	if (!fits)
		fault(checker, at, "violates", keyword->string);
	return true;
}

static bool
is_annotation(struct str keyword)
{
	static const char *const names[] = {"$schema",     "$id",     "title",
					    "description", "default", "definitions"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (str_is(keyword, names[i]))
			return true;
	}
	return false;
}

static void
check_keyword(struct checker *checker, const cJSON *keyword, const cJSON *value, struct str at)
{
	struct str name = str_from(keyword->string);

	if (is_annotation(name) || check_value(checker, keyword, value, at))
		return;
	if (str_is(name, "properties") || str_is(name, "additionalProperties"))
		return; /* check_members takes both */
	if (str_is(name, "$ref"))
		check_ref(checker, keyword->valuestring, value, at);
	else if (str_is(name, "required"))
		check_required(checker, keyword, value, at);
	else if (str_is(name, "items"))
		check_items(checker, keyword, cJSON_IsArray(value) ? value : NULL, at);
	else if (!str_is(name, "anyOf"))
		fail_msg("keyword %s is not known", keyword->string);
	else if (!fits_any(checker, keyword, value, at))
		fault(checker, at, "violates", "anyOf");
}

static void
check(struct checker *checker, const cJSON *schema, const cJSON *value, struct str at)
{
	const cJSON *keyword;

	cJSON_ArrayForEach(keyword, schema)
	{
		check_keyword(checker, keyword, value, at);
	}
	check_members(checker, schema, value, at);
}

const char *
json_check(struct arena *arena, const cJSON *schema, const cJSON *value)
{
	struct checker checker = {arena, schema, NULL};

	check(&checker, schema, value, STR("$"));
	return checker.fault;
}

/* ---- reading ---- */

static void
release(void *tree)
{
	cJSON_Delete(tree);
}

cJSON *
json_parse(struct arena *arena, struct str text)
{
	const char *end;
	cJSON *value = cJSON_ParseWithLengthOpts(text.at, text.len, &end, false);

	if (value == NULL)
		fail_msg("not JSON: %.*s", STR_ARG(text));
	arena_defer(arena, release, value);
	return value;
}

cJSON *
json_read(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "r");
	char chunk[4096];
	struct buf text;
	size_t got;

	if (file == NULL)
		fail_msg("cannot open %s", path);
	buf_init(&text, arena);
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_add(&text, (struct str){chunk, got});
	assert_int_equal(fclose(file), 0);
	return json_parse(arena, buf_str(&text));
}

cJSON *
json_at(cJSON *value, const char *path)
{
	struct str rest = str_from(path);

	while (rest.len > 0 && value != NULL) {
		struct str part = str_cut(&rest, '.');
		char name[64];

		assert_true(part.len < sizeof(name));
		memcpy(name, part.at, part.len);
		name[part.len] = '\0';
		value = cJSON_IsArray(value)
				? cJSON_GetArrayItem(value, (int)strtol(name, NULL, 10))
				: cJSON_GetObjectItemCaseSensitive(value, name);
	}
	return value;
}

const char *
json_text_at(cJSON *value, const char *path)
{
	const char *text = cJSON_GetStringValue(json_at(value, path));

	if (text == NULL)
		fail_msg("no text at %s", path);
	return text;
}

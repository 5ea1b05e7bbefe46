/* Values of attributes, by their type. */
#include "specs/maker.h"

#include <stdlib.h>
#include <string.h>

/* ---- text ---- */

static const char *const whole[] = {
	"",
	" ",
	"plain",
	"true",
	"null",
	"~",
	"12",
	"-7",
	"0x1F",
	"1.10",
	"no",
	"a: b",
	"- a",
	"# not a comment",
	"quote \" and ' and \\",
	"\\n is no line end \\",
	"C:\\dir\\x",
	"line\nbreak\tand\rreturn",
	"\n",
	"two\n\nparagraphs\n",
	" leading",
	"trailing ",
	"gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\xa6\x80",
	"\x01\x1f\x7f",
	"\x1b[31mred",
	"$(location :x) %s {} $${y}",
	"\"\"\"",
	"''",
	"{{mustache}} {{{raw}}}",
	"*star",
	"&and",
	"!tag",
	"%directive",
	"@at",
	"`tick`",
	"[a, b]",
	"{a: b}",
	"x,y",
	"\xc2\x85next line",
	"\xe2\x80\xa8separator",
	"\xef\xbb\xbfmark",
	"//a:a",
	"a\\\"b",
	"../external/x",
	"/external/",
	"?",
	":",
	"-",
	"---",
	"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
	"\xe4\xbd\xa0\xe5\xa5\xbd",
	"e\xcc\x81",
	"\\x41\\u00e9",
	"a text as long as a line may be, so that whatever breaks lines at some width breaks it",
};

static const char *const pieces[] = {"a", "B",        "1", "\"", "'", "\\", "\n", " ",
				     "-", "_",        "/", ":",  "@", "#",  "$",  "{",
				     "}", "\xc3\xa9", "%", "\t", "=", "\\n"};

const char *
any_text(struct maker *maker)
{
	const char *text = "";

	if (chance(maker, 60))
		return PICK(maker, whole);
	for (size_t i = below(maker, 10); i > 0; i--)
		text = text_of(maker, "%s%s", text, PICK(maker, pieces));
	return text;
}

/* What an attribute of that name has to look like to mean something. */
static const char *
typed_text(struct maker *maker, const char *name)
{
	static const struct {
		const char *name;
		const char *words; /* separated by '|' */
	} known[] = {
		{"edition", "2015|2018|2021|2024"},
		{"version", "0.1.0|1.2.3|=1.0|0.0.0-rc1"},
		{"crate_name", "some_crate|other|x1"},
		{"crate_type", "bin|cdylib"},
		{"mode", "0755|0644|0555"},
		{"owner", "0.0|1000.1000"},
		{"extension", "tar|tar.gz|tgz"},
		{"resolver_version", "1|2"},
		{"commit", "0123456789abcdef0123456789abcdef01234567"},
		{"integrity", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
		{"remote", "https://example.com/x.git|git@example.com:x.git"},
		{"registry", "https://example.com/registry|file:///srv/registry"},
		{"git", "https://example.com/crate.git"},
		{"rustfmt_version", "1.80.0|nightly/2024-07-25"},
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		struct str rest = str_from(known[i].words);
		size_t count = 1;

		if (strcmp(name, known[i].name) != 0)
			continue;
		for (size_t j = 0; j < rest.len; j++)
			count += rest.at[j] == '|';
		for (size_t skip = below(maker, count); skip > 0; skip--)
			str_cut(&rest, '|');
		return arena_str(maker->arena, str_cut(&rest, '|')).at;
	}
	return any_text(maker);
}

static const char *
word_of(struct maker *maker, const char *values)
{
	struct str rest = str_from(values);
	size_t count = 1;

	for (size_t i = 0; i < rest.len; i++)
		count += rest.at[i] == '|';
	for (size_t skip = below(maker, count); skip > 0; skip--)
		str_cut(&rest, '|');
	return arena_str(maker->arena, str_cut(&rest, '|')).at;
}

static long long
number_for(struct maker *maker, const struct attribute *row)
{
	if (row->values != NULL)
		return strtoll(word_of(maker, row->values), NULL, 10);
	if (strcmp(row->name, "shard_count") == 0)
		return 1 + (long long)below(maker, 50);
	if (strcmp(row->name, "compression_level") == 0)
		return (long long)below(maker, 11) - 1;
	return (long long)below(maker, 5);
}

/* ---- lists and dicts ---- */

/* Texts and labels stand once in a list, as Bazel wants it of labels. */
static bool
is_new(const char **seen, size_t *count, size_t limit, const char *item)
{
	for (size_t i = 0; i < *count; i++) {
		if (strcmp(seen[i], item) == 0)
			return false;
	}
	if (*count < limit)
		seen[(*count)++] = item;
	return true;
}

/* What the whole value of one attribute has had so far. */
struct seen {
	const char *items[64];
	size_t count;
};

static void
put_item(struct maker *maker, const struct place *place, const struct attribute *row,
	 struct seen *seen)
{
	const char *identity;
	const char *text;

	if (row->type == ATTRIBUTE_INT_LIST) {
		put_int(maker, (long long)below(maker, 100));
		return;
	}
	text = row->type == ATTRIBUTE_LABEL_LIST ? any_label(maker, place, use_of(row), &identity)
						 : (identity = any_text(maker));
	if ((row->flags & ATTRIBUTE_OUTPUT) != 0)
		text = identity = unique(maker, chance(maker, 50) ? "gen/out " : "out_");
	if (is_new(seen->items, &seen->count, COUNT(seen->items), identity))
		put_text(maker, text);
}

static void
put_plain_list(struct maker *maker, const struct place *place, const struct attribute *row,
	       struct seen *seen)
{
	size_t least = (row->flags & ATTRIBUTE_REQUIRED) != 0;
	size_t count = least + below(maker, chance(maker, 15) ? 12 : 4);

	if (strcmp(row->name, "parents") == 0 && count > 1)
		count = 1; /* a platform has no more */
	list_begin(maker);
	for (size_t i = 0; i < count; i++)
		put_item(maker, place, row, seen);
	list_end(maker);
}

static void
put_dict(struct maker *maker, const struct place *place, const struct attribute *row)
{
	static const struct attribute texts = {.name = "", .type = ATTRIBUTE_STRING_LIST};
	bool has_label_keys = row->type == ATTRIBUTE_LABEL_STRING_DICT;
	struct seen keys = {.count = 0};
	size_t count = below(maker, 4);
	const char *identity;

	map_begin(maker);
	for (size_t i = 0; i < count; i++) {
		struct seen values = {.count = 0};
		const char *key = any_text(maker);

		if (has_label_keys)
			key = any_label(maker, place, LABEL_ANY, &identity);
		else
			identity = key;
		if (!is_new(keys.items, &keys.count, COUNT(keys.items), identity))
			continue;
		put_text(maker, key);
		if (row->type == ATTRIBUTE_STRING_LIST_DICT)
			put_plain_list(maker, place, &texts, &values);
		else if (row->type == ATTRIBUTE_STRING_LABEL_DICT)
			put_text(maker, any_label(maker, place, LABEL_ANY, &identity));
		else
			put_text(maker, any_text(maker));
	}
	map_end(maker);
}

/* ---- glob, select, concat ---- */

static void put_simple(struct maker *maker, const struct place *place, const struct attribute *row,
		       struct seen *seen);
static void put_value(struct maker *maker, const struct place *place, const struct attribute *row,
		      struct seen *seen, unsigned depth);

static void
put_glob(struct maker *maker)
{
	static const char *const patterns[] = {"src/**/*.rs", "**",       "*.proto",      "data/*",
					       "a*b/**",      "[x]*.txt", "with blank/*", "\"q\"*"};
	size_t first = below(maker, COUNT(patterns));
	bool exclude_first = chance(maker, 20);

	map_begin(maker);
	for (int turn = 0; turn < 2; turn++) {
		if ((turn == 0) == exclude_first) {
			if (!exclude_first && chance(maker, 50))
				continue;
			put_plain(maker, "exclude");
			list_begin(maker);
			put_text(maker, "src/skip.rs");
			put_text(maker, "**/*.bak");
			list_end(maker);
			continue;
		}
		put_plain(maker, "glob");
		list_begin(maker);
		for (size_t i = 0; i < 1 + below(maker, 3); i++)
			put_text(maker, patterns[(first + i) % COUNT(patterns)]);
		list_end(maker);
	}
	if (chance(maker, 50)) {
		put_plain(maker, "allow_empty");
		put_bool(maker);
	}
	map_end(maker);
}

static void
put_select(struct maker *maker, const struct place *place, const struct attribute *row,
	   struct seen *seen, unsigned depth)
{
	struct seen conditions = {.count = 0};
	size_t count = below(maker, 4);
	const char *identity;

	map_begin(maker);
	put_plain(maker, "select");
	map_begin(maker);
	for (size_t i = 0; i <= count; i++) {
		const char *condition =
			i == count ? (identity = "//conditions:default")
				   : any_label(maker, place, LABEL_CONDITION, &identity);

		if (!is_new(conditions.items, &conditions.count, COUNT(conditions.items), identity))
			continue;
		put_text(maker, condition);
		if (chance(maker, 5))
			put_plain(maker, "null");
		else if (depth > 0)
			put_value(maker, place, row, seen, depth - 1);
		else
			put_simple(maker, place, row, seen);
	}
	map_end(maker);
	if (chance(maker, 20))
		put_pair(maker, "no_match_error", any_text(maker));
	map_end(maker);
}

static bool
is_list(const struct attribute *row)
{
	return row->type == ATTRIBUTE_STRING_LIST || row->type == ATTRIBUTE_LABEL_LIST ||
	       row->type == ATTRIBUTE_INT_LIST;
}

static void
put_concat(struct maker *maker, const struct place *place, const struct attribute *row,
	   struct seen *seen, unsigned depth)
{
	map_begin(maker);
	put_plain(maker, "concat");
	list_begin(maker);
	for (size_t i = 0; i < 1 + below(maker, 3); i++) {
		if (row->type != ATTRIBUTE_INT_LIST && is_list(row) && chance(maker, 20) &&
		    (row->flags & ATTRIBUTE_OUTPUT) == 0)
			put_glob(maker);
		else if ((row->flags & ATTRIBUTE_FIXED) == 0 && chance(maker, 35))
			put_select(maker, place, row, seen, 0);
		else if (depth > 0 && chance(maker, 15))
			put_concat(maker, place, row, seen, depth - 1);
		else
			put_simple(maker, place, row, seen);
	}
	list_end(maker);
	map_end(maker);
}

/* ---- any value ---- */

static void
put_simple(struct maker *maker, const struct place *place, const struct attribute *row,
	   struct seen *seen)
{
	const char *identity;

	switch (row->type) {
	case ATTRIBUTE_ANY:
		put_anything(maker, place->in_module, 2);
		break;
	case ATTRIBUTE_STRING:
		put_text(maker, row->values != NULL ? word_of(maker, row->values)
						    : typed_text(maker, row->name));
		break;
	case ATTRIBUTE_BOOL:
		put_bool(maker);
		break;
	case ATTRIBUTE_INT:
		put_int(maker, number_for(maker, row));
		break;
	case ATTRIBUTE_LABEL:
		if ((row->flags & ATTRIBUTE_OUTPUT) != 0)
			put_text(maker, unique(maker, "out_"));
		else
			put_text(maker, any_label(maker, place, use_of(row), &identity));
		break;
	case ATTRIBUTE_STRING_LIST:
	case ATTRIBUTE_LABEL_LIST:
	case ATTRIBUTE_INT_LIST:
		put_plain_list(maker, place, row, seen);
		break;
	case ATTRIBUTE_STRING_DICT:
	case ATTRIBUTE_STRING_LIST_DICT:
	case ATTRIBUTE_LABEL_STRING_DICT:
	case ATTRIBUTE_STRING_LABEL_DICT:
		put_dict(maker, place, row);
		break;
	}
}

static void
put_value(struct maker *maker, const struct place *place, const struct attribute *row,
	  struct seen *seen, unsigned depth)
{
	bool takes_select = (row->flags & ATTRIBUTE_FIXED) == 0;
	bool takes_concat = is_list(row) || (row->type == ATTRIBUTE_STRING && row->values == NULL);

	depth = place->in_module ? 0 : depth;
	if (depth > 0 && takes_select && chance(maker, 12))
		put_select(maker, place, row, seen, depth - 1);
	else if (depth > 0 && takes_concat && chance(maker, 10))
		put_concat(maker, place, row, seen, depth - 1);
	else if (depth > 0 && is_list(row) && row->type != ATTRIBUTE_INT_LIST &&
		 (row->flags & ATTRIBUTE_OUTPUT) == 0 && chance(maker, 10))
		put_glob(maker);
	else
		put_simple(maker, place, row, seen);
}

void
put_attribute(struct maker *maker, const struct place *place, const struct attribute *row)
{
	struct seen seen = {.count = 0};

	put_value(maker, place, row, &seen, 2);
}

/* ---- without a type ---- */

static void
put_any_list(struct maker *maker, bool in_module, unsigned depth)
{
	list_begin(maker);
	for (size_t i = below(maker, 5); i > 0; i--)
		put_anything(maker, in_module, depth);
	list_end(maker);
}

static void
put_any_dict(struct maker *maker, bool in_module, unsigned depth)
{
	map_begin(maker);
	for (size_t i = below(maker, 4); i > 0; i--) {
		put_text(maker, unique(maker, chance(maker, 50) ? "k" : "key with \" "));
		put_anything(maker, in_module, depth);
	}
	map_end(maker);
}

void
put_anything(struct maker *maker, bool in_module, unsigned depth)
{
	switch (below(maker, depth == 0 ? 5 : in_module ? 8 : 9)) {
	case 0:
		put_plain(maker, "null");
		break;
	case 1:
		put_bool(maker);
		break;
	case 2:
		put_int(maker, (long long)below(maker, 2000) - 1000);
		break;
	case 3:
	case 4:
		put_text(maker, any_text(maker));
		break;
	case 5:
	case 6:
		put_any_list(maker, in_module, depth - 1);
		break;
	case 7:
		put_any_dict(maker, in_module, depth - 1);
		break;
	default:
		put_glob(maker);
		break;
	}
}

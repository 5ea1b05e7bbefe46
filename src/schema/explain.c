/* One key, from a path to it. */
#include "schema/keys.h"
#include "schema/reference.h"

enum { WIDTH = 80 };

/* What a path leads to. */
struct found {
	const struct record_type *type; /* its keys can be listed */
	const struct field *field;
	const struct schema_rule *rule;
	struct rows rows; /* an attribute, as versions have it */
};

struct search {
	struct arena *arena;
	const struct schema_source *schema;
	struct str key;
	struct found found;
	/* Of the words that mean nothing, the furthest in the key, and what comes near to it. */
	bool has_missed;
	size_t missed;
	struct nearest nearest;
};

static bool find_in_record(struct search *s, const struct record_type *type, struct str rest);
static bool find_in_field(struct search *s, const struct field *field, struct str rest);

/* ---- misses ---- */

/* Whether the word that `rest`, a part of the key, begins with is the furthest that was missed. */
static bool
miss(struct search *s, struct str rest)
{
	size_t at = s->key.len - rest.len;

	if (s->has_missed && at < s->missed)
		return false;
	if (!s->has_missed || at > s->missed)
		nearest_init(&s->nearest, str_cut(&rest, '.'));
	s->has_missed = true;
	s->missed = at;
	return true;
}

static void
offer_fields(struct search *s, const struct record_type *type, unsigned flags)
{
	for (const struct field *field = type->fields; field->name != NULL; field++) {
		if (flags == 0 || (field->flags & flags) != 0)
			nearest_offer(&s->nearest, str_from(field->name));
	}
}

static void
offer_rows(struct search *s, const struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		nearest_offer(&s->nearest, str_from(rows->items[i]->name));
}

/* ---- steps along the path ---- */

/* Whether the value of an attribute may have parts, of which `rest` names one. */
static bool
may_hold(enum attribute_type type, struct str rest)
{
	struct str word = str_cut(&rest, '.');

	switch (type) {
	case ATTRIBUTE_STRING:
	case ATTRIBUTE_LABEL:
	case ATTRIBUTE_BOOL:
	case ATTRIBUTE_INT:
		return word.len == 0 || str_is(word, "select") || str_is(word, "concat") ||
		       str_is(word, "no_match_error");
	case ATTRIBUTE_STRING_LIST:
	case ATTRIBUTE_LABEL_LIST:
	case ATTRIBUTE_INT_LIST:
	case ATTRIBUTE_STRING_DICT:
	case ATTRIBUTE_STRING_LIST_DICT:
	case ATTRIBUTE_LABEL_STRING_DICT:
	case ATTRIBUTE_STRING_LABEL_DICT:
	case ATTRIBUTE_ANY:
		break;
	}
	return true;
}

/* What stands in the value of an attribute is explained with it. */
static bool
find_row(struct search *s, const struct rows *rows, struct str rest)
{
	struct str word = str_cut(&rest, '.');

	for (size_t i = 0; i < rows->count; i++) {
		if (!str_is(word, rows->items[i]->name) || !may_hold(rows->items[i]->type, rest))
			continue;
		s->found.rows = (struct rows){rows->items + i, rows_alike(rows, i)};
		return true;
	}
	return false;
}

static bool
find_in_rule(struct search *s, const struct schema_rule *rule, struct str rest)
{
	struct rows rows = rows_of_rule(s->arena, s->schema, rule);
	struct str after = rest;
	const struct field *field = record_field(s->schema->target, str_cut(&after, '.'));

	s->found.rule = rule;
	if (rest.len == 0)
		return true;
	if (field != NULL && (field->flags & rule->keys) != 0)
		return find_in_field(s, field, after);
	if (find_row(s, &rows, rest))
		return true;
	if (miss(s, rest)) {
		offer_rows(s, &rows);
		offer_fields(s, s->schema->target, rule->keys);
	}
	return false;
}

/* A rule and its attributes, or a key that all targets have. */
static bool
find_target(struct search *s, struct str rest)
{
	struct str after = rest;
	const struct schema_rule *rule = rows_rule(s->schema, str_cut(&after, '.'));

	if (rule != NULL)
		return find_in_rule(s, rule, after);
	s->found.field = record_field(s->schema->target, rest);
	if (s->found.field != NULL)
		return true;
	if (miss(s, rest)) {
		for (rule = s->schema->rules; rule->name != NULL; rule++)
			nearest_offer(&s->nearest, str_from(rule->name));
		offer_fields(s, s->schema->target, 0);
	}
	return false;
}

/* Behind a map: a key of its entries, or first the name that the user gave to one. */
static bool
find_in_map(struct search *s, const struct field *field, struct str rest)
{
	if (find_in_record(s, field->of, rest))
		return true;
	for (size_t end = 0; end <= rest.len; end++) {
		struct str name = str_slice(rest, 0, end);

		if (end < rest.len && rest.at[end] != '.')
			continue;
		if (field->form != NULL && !field->form->fits(name) && !str_is(name, "NAME"))
			continue;
		/* names may have dots, but a mistyped key is no part of one */
		if (end > str_find(rest, '.') && s->nearest.best.len > 0)
			break;
		s->found = (struct found){.field = field};
		if (end == rest.len || find_in_record(s, field->of, str_after(rest, end + 1))) {
			s->found.type = end == rest.len ? field->of : s->found.type;
			return true;
		}
	}
	return false;
}

static bool
find_in_field(struct search *s, const struct field *field, struct str rest)
{
	s->found = (struct found){.type = field->of, .field = field};
	if (rest.len == 0)
		return true;
	switch (field->kind) {
	case FIELD_RECORD:
	case FIELD_LIST:
		return find_in_record(s, field->of, rest);
	case FIELD_MAP:
		return find_in_map(s, field, rest);
	case FIELD_NODE:
		if (field->shape != NULL && field->shape->has_targets)
			return find_target(s, rest);
		/* as in the value of an attribute */
		return true;
	case FIELD_TEXT:
	case FIELD_BOOL:
	case FIELD_INT:
	case FIELD_CHOICE:
	case FIELD_TEXTS:
	case FIELD_VALUE:
		break;
	}
	miss(s, rest);
	return false;
}

static bool
holds_targets(const struct record_type *type)
{
	const struct field *field =
		type->shorthand == NULL ? NULL : record_field(type, str_from(type->shorthand));

	return field != NULL && field->shape != NULL && field->shape->has_targets;
}

/* A list may have the brackets that the page on the spec gives it: "toolchains[]". */
static const struct field *
field_of_word(const struct record_type *type, struct str word)
{
	const struct field *field;

	if (!str_has_suffix(word, STR("[]")))
		return record_field(type, word);
	field = record_field(type, str_slice(word, 0, word.len - 2));
	return field != NULL && field->kind == FIELD_LIST ? field : NULL;
}

static bool
find_in_record(struct search *s, const struct record_type *type, struct str rest)
{
	struct str after = rest;
	const struct field *field = field_of_word(type, str_cut(&after, '.'));
	struct rows rows = rows_of_record(s->arena, type);

	if (field != NULL)
		return find_in_field(s, field, after);
	s->found = (struct found){.type = NULL};
	if (find_row(s, &rows, rest))
		return true;
	if (miss(s, rest)) {
		offer_fields(s, type, 0);
		offer_rows(s, &rows);
	}
	return holds_targets(type) && find_target(s, rest);
}

/* ---- printing ---- */

/* Wrapped, every line `indent` deep; the first is so already. */
static void
add_wrapped(struct buf *out, struct str text, size_t indent)
{
	size_t column = indent;

	while (text.len > 0) {
		struct str word = str_cut(&text, ' ');

		if (column > indent && column + 1 + word.len > WIDTH) {
			buf_char(out, '\n');
			buf_fill(out, ' ', indent);
			column = indent;
		} else if (column > indent) {
			buf_char(out, ' ');
			column++;
		}
		buf_add(out, word);
		column += word.len;
	}
	buf_char(out, '\n');
}

static void
add_line(struct buf *out, const char *label, struct str text)
{
	enum { LABELS = 10 };

	if (text.len == 0)
		return;
	buf_text(out, label);
	buf_fill(out, ' ', LABELS - str_from(label).len);
	add_wrapped(out, text, LABELS);
}

static void
add_paragraph(struct buf *out, const char *text)
{
	add_wrapped(out, str_from(text), 0);
	buf_char(out, '\n');
}

static void
add_key(struct buf *out, const char *name, struct str doc)
{
	enum { INDENT = 4 };

	buf_printf(out, "  %s\n", name);
	buf_fill(out, ' ', INDENT);
	add_wrapped(out, doc, INDENT);
}

static struct str
row_doc(struct arena *arena, const struct attribute *row)
{
	struct str versions = rows_versions(arena, row->since, row->last);

	return arena_printf(arena, versions.len > 0 ? "%s (%.*s)" : "%s%.*s", row->doc,
			    STR_ARG(versions));
}

static void
list_fields(struct buf *out, const struct record_type *type, unsigned flags)
{
	for (const struct field *field = type->fields; field->name != NULL; field++) {
		if (flags == 0 || (field->flags & flags) != 0)
			add_key(out, field->name, str_from(field->doc));
	}
}

static void
list_rows(const struct search *s, const struct rows *rows, struct buf *out)
{
	for (size_t i = 0; i < rows->count; i++)
		add_key(out, rows->items[i]->name, row_doc(s->arena, rows->items[i]));
}

static void
explain_rows(const struct search *s, struct buf *out)
{
	const struct rows *rows = &s->found.rows;

	for (size_t i = 0; i < rows->count; i++) {
		const struct attribute *row = rows->items[i];
		bool is_fixed = s->found.rule != NULL && (row->flags & ATTRIBUTE_FIXED) != 0;

		add_paragraph(out, row->doc);
		add_line(out, "takes", reference_attribute_takes(s->arena, row));
		add_line(out, "select", is_fixed ? STR("not possible") : STR(""));
		add_line(out, "versions", rows_versions(s->arena, row->since, row->last));
		if ((row->flags & ATTRIBUTE_REQUIRED) != 0)
			add_line(out, "default", STR("none: it must be given"));
		if (i + 1 < rows->count)
			buf_char(out, '\n');
	}
}

static void
explain_field(const struct search *s, struct buf *out)
{
	const struct field *field = s->found.field;

	add_paragraph(out, field->doc);
	add_line(out, "takes", reference_takes(s->arena, field, STR("a mapping")));
	if ((field->flags & FIELD_REQUIRED) != 0)
		add_line(out, "default", STR("none: it must be given"));
	else if (field->fallback != NULL)
		add_line(out, "default", str_from(field->fallback));
	if (field->example != NULL)
		add_line(out, "example", str_from(field->example));
}

static void
list_rules(const struct search *s, struct buf *out)
{
	buf_text(out, "\nrules and the like\n");
	for (const struct schema_rule *rule = s->schema->rules; rule->name != NULL; rule++)
		add_key(out, rule->name, str_from(rule->doc));
}

static void
explain_record(const struct search *s, struct buf *out)
{
	const struct record_type *type = s->found.type;
	struct rows rows = rows_of_record(s->arena, type);

	if (s->found.field != NULL)
		buf_char(out, '\n');
	add_paragraph(out, type->doc);
	buf_text(out, "keys\n");
	list_fields(out, type, 0);
	list_rows(s, &rows, out);
	if (holds_targets(type))
		list_rules(s, out);
}

static void
explain_rule(const struct search *s, struct buf *out)
{
	const struct schema_rule *rule = s->found.rule;
	struct rows rows = rows_of_rule(s->arena, s->schema, rule);

	add_paragraph(out, rule->doc);
	add_line(out, "ruleset", reference_origin(s->arena, rule));
	add_line(out, "takes",
		 arena_printf(s->arena, "%s. %s", attribute_type_name(rule->value),
			      rule->value_doc));
	buf_text(out, "\nkeys\n");
	list_fields(out, s->schema->target, rule->keys);
	list_rows(s, &rows, out);
}

/* ---- one key ---- */

/* A key of that name somewhere else: "versions" for "rust.versions". */
static struct str
find_elsewhere(const struct search *s)
{
	struct sections sections = reference_sections(s->arena, s->schema->root);

	for (size_t i = 0; i < sections.count; i++) {
		const struct field *field = record_field(sections.items[i].type, s->key);

		if (field != NULL)
			return arena_printf(s->arena, "%.*s.%s", STR_ARG(sections.items[i].path),
					    field->name);
	}
	return STR("");
}

static struct str
nearest_key(const struct search *s)
{
	if (s->missed == 0 && s->nearest.best.len == 0)
		return find_elsewhere(s);
	if (s->nearest.best.len == 0)
		return STR("");
	return arena_printf(s->arena, "%.*s%.*s", STR_ARG(str_slice(s->key, 0, s->missed)),
			    STR_ARG(s->nearest.best));
}

bool
schema_explain(struct arena *arena, const struct schema_source *schema, struct str key,
	       struct buf *out, struct str *nearest)
{
	struct search s = {.arena = arena, .schema = schema, .key = keys_plain(arena, key)};

	*nearest = STR("");
	if (!find_in_record(&s, schema->root, s.key) && !find_target(&s, s.key)) {
		*nearest = nearest_key(&s);
		return false;
	}
	buf_add(out, key);
	buf_text(out, "\n\n");
	if (s.found.rows.count > 0)
		explain_rows(&s, out);
	else if (s.found.field != NULL)
		explain_field(&s, out);
	else if (s.found.rule != NULL)
		explain_rule(&s, out);
	if (s.found.type != NULL)
		explain_record(&s, out);
	return true;
}

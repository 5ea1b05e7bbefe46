#include "schema/reference.h"

/* ---- where records stand ---- */

static bool
is_listed(const struct sections *sections, const struct record_type *type)
{
	for (size_t i = 0; i < sections->count; i++) {
		if (sections->items[i].type == type)
			return true;
	}
	return false;
}

static void
add_section(struct arena *arena, struct sections *sections, const struct record_type *type,
	    struct str path)
{
	if (is_listed(sections, type))
		return;
	sections->items = arena_grow(arena, sections->items, sections->count, &sections->capacity,
				     sizeof(*sections->items));
	sections->items[sections->count++] = (struct section){type, path};
	for (const struct field *field = type->fields; field->name != NULL; field++) {
		const char *entry = field->kind == FIELD_MAP    ? ".NAME"
				    : field->kind == FIELD_LIST ? "[]"
								: "";

		if (field->of != NULL)
			add_section(arena, sections, field->of,
				    arena_printf(arena, "%.*s%s%s%s", STR_ARG(path),
						 path.len > 0 ? "." : "", field->name, entry));
	}
}

struct sections
reference_sections(struct arena *arena, const struct record_type *root)
{
	struct sections sections = {0};

	add_section(arena, &sections, root, STR(""));
	return sections;
}

/* ---- what they take ---- */

struct str
reference_words(struct arena *arena, const char *values)
{
	struct str rest = str_from(values);
	struct buf words;

	buf_init(&words, arena);
	while (rest.len > 0) {
		struct str word = str_cut(&rest, '|');

		if (words.len > 0)
			buf_text(&words, rest.len > 0 ? ", " : " or ");
		buf_printf(&words, "`%.*s`", STR_ARG(word));
	}
	return buf_str(&words);
}

/* A record, and what may stand for it. */
static struct str
record_takes(struct arena *arena, const struct record_type *type, struct str mapping)
{
	const struct field *field;

	if (type->shorthand == NULL)
		return mapping;
	field = record_field(type, str_from(type->shorthand));
	return arena_printf(arena, "%.*s; or %.*s", STR_ARG(reference_takes(arena, field, mapping)),
			    STR_ARG(mapping));
}

static struct str
map_takes(struct arena *arena, const struct field *field, struct str mapping)
{
	struct str entry = record_takes(arena, field->of, mapping);
	struct str key = field->form == NULL ? STR("text") : str_from(field->form->what);
	const char *several = (field->flags & FIELD_MANY) != 0 ? ", or a list of such" : "";

	/* what the name of a key is; of which letters, its own error says */
	key = str_slice(key, 0, str_find(key, ':'));
	return arena_printf(arena, "a mapping; each key is %.*s, each value %.*s%s", STR_ARG(key),
			    STR_ARG(entry), several);
}

struct str
reference_takes(struct arena *arena, const struct field *field, struct str mapping)
{
	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_BOOL:
	case FIELD_INT:
	case FIELD_VALUE:
		return field_kind_text(arena, field);
	case FIELD_CHOICE:
		return reference_words(arena, field->values);
	case FIELD_TEXTS:
		if (field->form == NULL)
			return field_kind_text(arena, field);
		return arena_printf(arena, "a list; each item is %s", field->form->what);
	case FIELD_RECORD:
		return record_takes(arena, field->of, mapping);
	case FIELD_LIST:
		return arena_printf(arena, "a list; each item is %.*s",
				    STR_ARG(record_takes(arena, field->of, mapping)));
	case FIELD_MAP:
		return map_takes(arena, field, mapping);
	case FIELD_NODE:
		return field->shape == NULL ? STR("any value") : str_from(field->shape->what);
	}
	return STR("");
}

struct str
reference_attribute_takes(struct arena *arena, const struct attribute *row)
{
	if (row->values != NULL)
		return reference_words(arena, row->values);
	if ((row->flags & ATTRIBUTE_VISIBILITY) != 0)
		return arena_printf(arena, "`public`, `private`, or %s",
				    attribute_type_name(row->type));
	return str_from(attribute_type_name(row->type));
}

struct str
reference_origin(struct arena *arena, const struct schema_rule *rule)
{
	struct str versions = rows_versions(arena, rule->since, rule->last);

	if (rule->module == NULL)
		return STR("");
	return arena_printf(arena, "%s%s%.*s", rule->module, versions.len > 0 ? ", " : "",
			    STR_ARG(versions));
}

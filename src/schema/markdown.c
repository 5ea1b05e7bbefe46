/* docs/spec.md: the reference of keys, rules and attributes. */
#include "schema/reference.h"

struct page {
	struct arena *arena;
	const struct schema_source *schema;
	struct sections sections;
	struct buf *out;
	/* Groups of attributes that several rules have, in the order in which rules name them. */
	const struct attribute **shared;
	size_t shared_count;
	size_t shared_capacity;
};

/* ---- pieces ---- */

/* Text in a cell of a table. Code keeps its '<'. */
static void
add_cell(struct buf *out, struct str text)
{
	bool is_code = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '`')
			is_code = !is_code;
		if (c == '<' && !is_code) {
			buf_text(out, "&lt;");
			continue;
		}
		if (c == '|')
			buf_char(out, '\\');
		buf_char(out, c);
	}
}

static void
add_code(struct buf *out, const char *text)
{
	buf_char(out, '`');
	add_cell(out, str_from(text));
	buf_char(out, '`');
}

/* What a heading is linked by: small letters, digits, '_' and '-' of it. */
static void
add_anchor(struct buf *out, struct str heading)
{
	for (size_t i = 0; i < heading.len; i++) {
		char c = heading.at[i];

		if (c >= 'A' && c <= 'Z')
			buf_char(out, (char)(c - 'A' + 'a'));
		else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-')
			buf_char(out, c);
		else if (c == ' ')
			buf_char(out, '-');
	}
}

static struct str
link_to_record(const struct page *page, const struct record_type *type)
{
	struct str path = STR("");
	struct buf link;

	for (size_t i = 0; i < page->sections.count; i++) {
		if (page->sections.items[i].type == type)
			path = page->sections.items[i].path;
	}
	buf_init(&link, page->arena);
	buf_text(&link, "[a mapping](#");
	add_anchor(&link, path);
	buf_char(&link, ')');
	return buf_str(&link);
}

/* ---- records ---- */

static void
add_field(const struct page *page, const struct field *field)
{
	struct buf *out = page->out;
	struct str mapping = field->of == NULL ? STR("") : link_to_record(page, field->of);

	buf_text(out, "| ");
	add_code(out, field->name);
	buf_text(out, " | ");
	add_cell(out, reference_takes(page->arena, field, mapping));
	if (field->shape != NULL && field->shape->has_targets)
		buf_text(out, ", see [targets](#targets)");
	buf_text(out, " | ");
	if ((field->flags & FIELD_REQUIRED) != 0)
		buf_text(out, "required");
	else if (field->fallback != NULL)
		add_code(out, field->fallback);
	buf_text(out, " | ");
	add_cell(out, str_from(field->doc));
	if (field->example != NULL) {
		buf_text(out, " For instance ");
		add_code(out, field->example);
		buf_char(out, '.');
	}
	buf_text(out, " |\n");
}

static void
add_fields(const struct page *page, const struct record_type *type)
{
	if (type->fields->name == NULL)
		return;
	buf_text(page->out, "\n| key | takes | default | meaning |\n| --- | --- | --- | --- |\n");
	for (const struct field *field = type->fields; field->name != NULL; field++)
		add_field(page, field);
}

static void
add_rows(const struct page *page, const struct rows *rows, bool of_target)
{
	struct buf *out = page->out;

	if (rows->count == 0)
		return;
	buf_text(out, "\n| attribute | takes | versions | meaning |\n| --- | --- | --- | --- |\n");
	for (size_t i = 0; i < rows->count; i++) {
		const struct attribute *row = rows->items[i];

		buf_text(out, "| ");
		add_code(out, row->name);
		buf_text(out, " | ");
		add_cell(out, reference_attribute_takes(page->arena, row));
		if (of_target && (row->flags & ATTRIBUTE_FIXED) != 0)
			buf_text(out, "; no `select`");
		buf_text(out, " | ");
		add_cell(out, rows_versions(page->arena, row->since, row->last));
		buf_text(out, (row->flags & ATTRIBUTE_REQUIRED) != 0 ? " | Required. " : " | ");
		add_cell(out, str_from(row->doc));
		buf_text(out, " |\n");
	}
}

static void
add_section(const struct page *page, const struct section *section)
{
	const struct record_type *type = section->type;
	struct rows rows = rows_of_record(page->arena, type);

	if (section->path.len > 0)
		buf_printf(page->out, "\n## `%.*s`\n\n", STR_ARG(section->path));
	else
		buf_text(page->out, "\n## Top-level keys\n\n");
	add_cell(page->out, str_from(type->doc));
	buf_char(page->out, '\n');
	add_fields(page, type);
	if (rows.count > 0 && type->fields->name != NULL)
		buf_text(page->out, "\nFurther keys are attributes:\n");
	add_rows(page, &rows, false);
}

/* ---- rules ---- */

/* The number of a group that several rules have, from 1; 0: it has none. */
static size_t
shared_number(const struct page *page, const struct attribute *group)
{
	for (size_t i = 0; i < page->shared_count; i++) {
		if (page->shared[i] == group)
			return i + 1;
	}
	return 0;
}

static bool
has_group(const struct schema_rule *rule, const struct attribute *group)
{
	for (size_t i = 0; rule->attributes[i] != NULL; i++) {
		if (rule->attributes[i] == group)
			return true;
	}
	return false;
}

static void
find_shared(struct page *page, const struct schema_rule *rule)
{
	for (size_t i = 0; rule->attributes[i] != NULL; i++) {
		const struct attribute *group = rule->attributes[i];
		size_t users = 0;

		for (const struct schema_rule *other = page->schema->rules; other->name != NULL;
		     other++)
			users += has_group(other, group);
		if (users < 2 || shared_number(page, group) > 0)
			continue;
		page->shared = arena_grow(page->arena, page->shared, page->shared_count,
					  &page->shared_capacity, sizeof(void *));
		page->shared[page->shared_count++] = group;
	}
}

static void
add_shared_links(const struct page *page, const struct schema_rule *rule)
{
	bool is_first = true;

	for (size_t i = 0; rule->attributes[i] != NULL; i++) {
		size_t number = shared_number(page, rule->attributes[i]);

		if (number == 0)
			continue;
		buf_text(page->out, is_first ? "\nShared attributes: " : ", ");
		buf_printf(page->out, "[group %zu](#group-%zu)", number, number);
		is_first = false;
	}
	if (!is_first)
		buf_text(page->out, ".\n");
}

/* The value of what is no rule of the catalogue, and which of the keys of targets go with it. */
static void
add_keys(const struct page *page, const struct schema_rule *rule)
{
	bool is_first = true;

	if (rule->keys == FIELD_OF_RULE)
		return;
	buf_printf(page->out, "\nTakes %s. ", attribute_type_name(rule->value));
	add_cell(page->out, str_from(rule->value_doc));
	for (const struct field *field = page->schema->target->fields; field->name != NULL;
	     field++) {
		if ((field->flags & rule->keys) == 0)
			continue;
		buf_text(page->out, is_first ? " Keys: " : ", ");
		add_code(page->out, field->name);
		is_first = false;
	}
	buf_text(page->out, ".\n");
}

/* What this rule alone has, as one table. */
static void
add_own_rows(const struct page *page, const struct schema_rule *rule)
{
	const struct attribute **own;
	struct schema_rule part = *rule;
	struct rows rows;
	size_t count = 0;

	while (rule->attributes[count] != NULL)
		count++;
	own = ARENA_ARRAY(page->arena, count + 1, const struct attribute *);
	count = 0;
	for (size_t i = 0; rule->attributes[i] != NULL; i++) {
		if (shared_number(page, rule->attributes[i]) == 0)
			own[count++] = rule->attributes[i];
	}
	part.attributes = own;
	rows = rows_of_rule(page->arena, page->schema, &part);
	add_rows(page, &rows, true);
}

static void
add_rule(const struct page *page, const struct schema_rule *rule)
{
	struct str origin = reference_origin(page->arena, rule);

	buf_printf(page->out, "\n### `%s`\n\n", rule->name);
	add_cell(page->out, str_from(rule->doc));
	if (origin.len > 0)
		buf_printf(page->out, " (%.*s)", STR_ARG(origin));
	buf_char(page->out, '\n');
	add_keys(page, rule);
	add_own_rows(page, rule);
	add_shared_links(page, rule);
}

static void
add_shared_group(const struct page *page, size_t index)
{
	struct rows rows = rows_of_group(page->arena, page->schema, page->shared[index]);
	bool is_first = true;

	buf_printf(page->out, "\n### Group %zu\n\nOf ", index + 1);
	for (const struct schema_rule *rule = page->schema->rules; rule->name != NULL; rule++) {
		if (!has_group(rule, page->shared[index]))
			continue;
		buf_printf(page->out, "%s[%s](#", is_first ? "" : ", ", rule->name);
		add_anchor(page->out, str_from(rule->name));
		buf_char(page->out, ')');
		is_first = false;
	}
	buf_text(page->out, ".\n");
	add_rows(page, &rows, true);
}

/* ---- the page ---- */

static const char introduction[] =
	"<!-- made by scripts/docs from src/spec and src/catalogue; do not edit -->\n"
	"# The spec\n\n"
	"A spec is one YAML file, `bzlmodgen.yaml`. Every scalar is text, and the key decides how "
	"it is read: `version: 1.10` is the text 1.10, and booleans are `true` and `false` alone. "
	"A key that is not listed here is an error.\n\n"
	"`bzlmodgen explain KEY` prints what stands here about one key, and `bzlmodgen schema` "
	"prints all of it as JSON Schema, for editors. In the headings, NAME is a name of your "
	"own, and `[]` is an item of a list.\n";

static const char about_targets[] =
	"\n## Targets\n\n"
	"A target is a mapping. Its first key is the [rule](#rules), mostly with the name of the "
	"target as value; attributes of the rule and the keys below follow.\n\n"
	"The value of an attribute is plain, or one of these:\n\n"
	"- `{glob: [patterns], exclude: [patterns], allow_empty: true}`, for lists;\n"
	"- `{select: {condition: value}}`, where the attribute has no \"no `select`\"; with "
	"`no_match_error: text` beside it if need be, and `~` for a branch without a value;\n"
	"- `{concat: [values]}`, for lists and text: the values, which may be globs and selects, "
	"put together.\n";

void
schema_write_markdown(struct arena *arena, const struct schema_source *schema, struct buf *out)
{
	struct page page = {.arena = arena, .schema = schema, .out = out};

	page.sections = reference_sections(arena, schema->root);
	for (const struct schema_rule *rule = schema->rules; rule->name != NULL; rule++)
		find_shared(&page, rule);
	buf_text(out, introduction);
	for (size_t i = 0; i < page.sections.count; i++)
		add_section(&page, &page.sections.items[i]);
	buf_text(out, about_targets);
	add_fields(&page, schema->target);
	buf_text(out, "\n## Rules\n");
	for (const struct schema_rule *rule = schema->rules; rule->name != NULL; rule++)
		add_rule(&page, rule);
	if (page.shared_count > 0)
		buf_text(out, "\n## Shared attributes\n");
	for (size_t i = 0; i < page.shared_count; i++)
		add_shared_group(&page, i);
}

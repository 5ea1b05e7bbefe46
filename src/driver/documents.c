/* What the tables give besides the pipeline: JSON Schema, `explain`, documentation. */
#include "bzlmodgen/bzlmodgen.h"

#include "base/map.h"
#include "facts/facts.h"
#include "schema/schema.h"
#include "spec/tables_source.h"

void
bzlmodgen_schema_json(struct arena *arena, struct buf *out)
{
	struct schema_source source = spec_tables_source(arena);

	schema_write_json(arena, &source, out);
}

void
bzlmodgen_spec_markdown(struct arena *arena, struct buf *out)
{
	struct schema_source source = spec_tables_source(arena);

	schema_write_markdown(arena, &source, out);
}

bool
bzlmodgen_explain(struct arena *arena, struct str what, struct buf *out, struct str *nearest)
{
	struct schema_source source;
	const struct diag_info *info;
	enum diag_code code;

	*nearest = STR("");
	if (diag_find(what, &code)) {
		info = diag_info(code);
		buf_printf(out, "%s: %s (%s)\n\n", info->code, info->title,
			   info->severity == SEVERITY_ERROR ? "error" : "warning");
		buf_wrapped(out, str_from(info->text), 78);
		return true;
	}
	source = spec_tables_source(arena);
	if (schema_explain(arena, &source, what, out, nearest))
		return true;
	if (nearest->len == 0) {
		struct nearest codes;

		nearest_init(&codes, what);
		for (int i = 0; i < DIAG_COUNT; i++)
			nearest_offer(&codes, str_from(diag_info((enum diag_code)i)->code));
		*nearest = codes.best;
	}
	return false;
}

void
bzlmodgen_diagnostics_markdown(struct arena *arena, struct buf *out)
{
	(void)arena;
	buf_text(out, "# Diagnostics\n\n"
		      "Every message of bzlmodgen has a code. `bzlmodgen explain CODE` prints what "
		      "stands here.\n\n"
		      "This page is made from `src/diag/codes.def`; a test keeps the two the "
		      "same.\n");
	for (int code = 0; code < DIAG_COUNT; code++) {
		const struct diag_info *info = diag_info((enum diag_code)code);

		buf_printf(out, "\n## %s: %s\n\n%s.\n\n%s\n", info->code, info->title,
			   info->severity == SEVERITY_ERROR ? "Error" : "Warning", info->text);
	}
}

/* ---- facts ---- */

/* "text", "list of call": what a name of the facts holds. */
static void
write_kind(struct buf *out, const struct field *field)
{
	static const char *const kinds[] = {
		[FIELD_TEXT] = "text",          [FIELD_BOOL] = "true or false",
		[FIELD_INT] = "number",         [FIELD_CHOICE] = "text",
		[FIELD_TEXTS] = "list of text", [FIELD_RECORD] = "",
		[FIELD_LIST] = "list of ",      [FIELD_MAP] = "list of ",
		[FIELD_NODE] = "value",         [FIELD_VALUE] = "Starlark value",
	};

	buf_text(out, kinds[field->kind]);
	if (field->of != NULL)
		buf_printf(out, "[%s](#%s)", field->of->name, field->of->name);
}

static void
write_type(struct buf *out, const struct record_type *type)
{
	buf_printf(out, "\n## %s\n\n%s\n\n| name | holds | meaning |\n| --- | --- | --- |\n",
		   type->name, type->doc);
	for (const struct field *field = type->fields; field->name != NULL; field++) {
		buf_printf(out, "| `%s` | ", field->name);
		write_kind(out, field);
		buf_printf(out, " | %s |\n", field->doc);
	}
}

/* The types that a type's members lead to, each once, in the order of the tables. */
static void
add_types(struct arena *arena, const struct record_type *type, struct map *seen,
	  const struct record_type ***types, size_t *count, size_t *capacity)
{
	map_add(seen, str_from(type->name), (void *)type);
	*types = arena_grow(arena, *types, *count, capacity, sizeof(void *));
	(*types)[(*count)++] = type;
	for (const struct field *field = type->fields; field->name != NULL; field++) {
		if (field->of != NULL && map_get(seen, str_from(field->of->name)) == NULL)
			add_types(arena, field->of, seen, types, count, capacity);
	}
}

void
bzlmodgen_facts_markdown(struct arena *arena, struct buf *out)
{
	const struct record_type **types = NULL;
	size_t capacity = 0;
	size_t count = 0;
	struct map seen;

	map_init(&seen, arena);
	add_types(arena, &facts_type, &seen, &types, &count, &capacity);
	buf_text(out,
		 "# Facts\n\n"
		 "What a spec means, once every default, label and version is resolved. "
		 "`bzlmodgen facts` prints it as JSON; templates see it under these names, and "
		 "nothing else ([templates](templates.md)).\n\n"
		 "This page is made from the tables; a test keeps the two the same.\n");
	for (size_t i = 0; i < count; i++)
		write_type(out, types[i]);
}

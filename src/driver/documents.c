/* What the tables give besides the pipeline: JSON Schema, `explain`, documentation. */
#include "bzlmodgen/bzlmodgen.h"

#include "catalogue/catalogue.h"
#include "schema/schema.h"
#include "spec/spec.h"

static struct schema_source
source_of_tables(struct arena *arena)
{
	const struct rule *rules = catalogue_rules();
	struct schema_source source = {.root = &spec_type, .target = &spec_target_type};
	struct schema_rule *copies;
	size_t count = 0;

	while (rules[count].name != NULL)
		count++;
	copies = ARENA_ARRAY(arena, count + 1, struct schema_rule);
	for (size_t i = 0; i < count; i++)
		copies[i] = (struct schema_rule){rules[i].name, rules[i].doc, rules[i].attributes};
	source.rules = copies;
	source.id = "bzlmodgen.schema.json";
	return source;
}

void
bzlmodgen_schema_json(struct arena *arena, struct buf *out)
{
	struct schema_source source = source_of_tables(arena);

	schema_write_json(arena, &source, out);
}

void
bzlmodgen_spec_markdown(struct arena *arena, struct buf *out)
{
	struct schema_source source = source_of_tables(arena);

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
	source = source_of_tables(arena);
	return schema_explain(arena, &source, what, out, nearest);
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

#include "bzlmodgen/bzlmodgen.h"

#include "catalogue/catalogue.h"
#include "facts/facts.h"
#include "output/output.h"
#include "spec/spec.h"

bool
bzlmodgen_load(const struct run *run, struct str name, struct str text, const struct spec **spec)
{
	struct source *source = ARENA_NEW(run->arena, struct source);
	struct node *root = ARENA_NEW(run->arena, struct node);
	bool good;

	*spec = NULL;
	*source = (struct source){name, text};
	good = yaml_load(run->arena, run->diags, source, &yaml_default_limits, root);
	/* with wrong keys alone, what is left is read all the same */
	if (!good && root->span.source == NULL)
		return false;
	return spec_read(run->arena, run->diags, root, spec) && good;
}

bool
bzlmodgen_resolve(const struct run *run, const struct spec *spec, const struct facts **facts)
{
	return facts_resolve(run->arena, run->diags, run->fs, spec, facts);
}

bool
bzlmodgen_render(const struct run *run, const struct facts *facts, struct outputs *outputs)
{
	const struct output_options options = {run->templates, run->provenance};
	struct rendered *rendered;

	if (!output_render(run->arena, run->diags, facts, &options, &rendered))
		return false;
	outputs->count = facts->outputs.count;
	outputs->items = ARENA_ARRAY(run->arena, outputs->count, struct output);
	for (size_t i = 0; i < outputs->count; i++) {
		outputs->items[i] = (struct output){
			.path = rendered[i].path,
			.content = rendered[i].content,
			.origin = rendered[i].origin,
			.included_by = rendered[i].included_by,
			.is_optional = rendered[i].is_optional,
			.provenance = rendered[i].provenance,
		};
	}
	return true;
}

bool
bzlmodgen_plan(const struct run *run, const struct outputs *outputs,
	       const struct plan_wishes *wishes, struct plan *plan)
{
	return plan_make(run->arena, run->diags, run->fs, outputs->items, outputs->count, wishes,
			 plan);
}

bool
bzlmodgen_plan_clean(const struct run *run, const struct outputs *outputs, struct plan *plan)
{
	return plan_clean(run->arena, run->diags, run->fs, outputs->items, outputs->count, plan);
}

bool
bzlmodgen_apply(const struct run *run, const struct plan *plan)
{
	return plan_apply(run->arena, run->diags, run->fs, plan);
}

bool
bzlmodgen_outputs(const struct run *run, struct str name, struct str text, struct outputs *outputs)
{
	const struct spec *spec;
	const struct facts *facts;
	bool good = bzlmodgen_load(run, name, text, &spec);

	/* what was understood is resolved all the same, to report all mistakes in one run */
	if (spec == NULL || !bzlmodgen_resolve(run, spec, &facts) || !good)
		return false;
	return bzlmodgen_render(run, facts, outputs);
}

bool
bzlmodgen_facts_json(const struct run *run, const struct facts *facts, struct str only,
		     struct buf *out)
{
	struct nearest nearest;
	struct diag *diag;

	if (facts_write_json(run->arena, facts, only, out))
		return true;
	diag = diag_add(run->diags, DIAG_UNKNOWN_FACT, (struct span){0}, "there is no fact '%.*s'",
			STR_ARG(only));
	nearest_init(&nearest, only);
	for (const struct field *field = facts_type.fields; field->name != NULL; field++)
		nearest_offer(&nearest, str_from(field->name));
	diag_suggest(run->diags, diag, nearest.best);
	return false;
}

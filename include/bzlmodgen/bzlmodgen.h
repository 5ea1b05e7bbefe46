/*
 * bzlmodgen as a library: the pipeline of the command line, stage by stage.
 *
 *     load  ->  resolve  ->  render  ->  plan  ->  apply
 *
 * Nothing here prints, exits, or looks at time, locale or environment. Every result lives in the
 * run's arena until bzlmodgen_end. A function that returns false has recorded at least one error
 * in run->diags; the stages after it must then not be called.
 */
#ifndef BZLMODGEN_BZLMODGEN_H
#define BZLMODGEN_BZLMODGEN_H

#include "base/fs.h"
#include "bzlmodgen/version.h"
#include "diag/diag.h"
#include "plan/plan.h"

struct spec;
struct facts;

/* One run of the pipeline over one spec. */
struct run {
	struct arena *arena;
	struct diags *diags;
	const struct fs *fs; /* the tree that outputs belong to */
	const struct fs *templates; /* overlay of shipped templates by name, or NULL */
	bool provenance; /* rendering records what drift_find (plan/drift.h) needs */
};

/* What ended a stage that neither succeeded nor found a fault in its input. */
enum run_end {
	RUN_DONE,
	RUN_NO_MEMORY, /* the arena's limit or the system's memory was reached */
};

struct outputs {
	struct output *items; /* sorted by path */
	size_t count;
};

/* Reads and checks the spec. `name` is how messages call it; `text` the file as read. */
bool bzlmodgen_load(const struct run *run, struct str name, struct str text,
		    const struct spec **spec);
/* Fills in everything that follows from the spec: the model that templates see. */
bool bzlmodgen_resolve(const struct run *run, const struct spec *spec, const struct facts **facts);
/* The bytes of every file that the spec asks for. */
bool bzlmodgen_render(const struct run *run, const struct facts *facts, struct outputs *outputs);
/* Compares with the tree; see plan.h. Refusals are errors, but the plan is made all the same.
 * `wishes` may be NULL. */
bool bzlmodgen_plan(const struct run *run, const struct outputs *outputs,
		    const struct plan_wishes *wishes, struct plan *plan);
/* The plan that deletes what bzlmodgen wrote; see plan.h. */
bool bzlmodgen_plan_clean(const struct run *run, const struct outputs *outputs, struct plan *plan);
/* Writes. Not for a plan with refusals. */
bool bzlmodgen_apply(const struct run *run, const struct plan *plan);

/* load, resolve and render in one. */
bool bzlmodgen_outputs(const struct run *run, struct str name, struct str text,
		       struct outputs *outputs);

/* The facts as JSON, or one top-level member of them (only.len > 0). False: there is no such
 * member; an error with the nearest name is recorded. */
bool bzlmodgen_facts_json(const struct run *run, const struct facts *facts, struct str only,
			  struct buf *out);
/* JSON Schema (draft-07) of the spec. */
void bzlmodgen_schema_json(struct arena *arena, struct buf *out);
/* The long text of a diagnostic ("S001") or a key ("rust.versions"). False where there is none;
 * *nearest then holds the nearest key, or is empty. */
bool bzlmodgen_explain(struct arena *arena, struct str what, struct buf *out, struct str *nearest);
/* docs/spec.md, docs/diagnostics.md, docs/facts.md: made from the tables. */
void bzlmodgen_spec_markdown(struct arena *arena, struct buf *out);
void bzlmodgen_diagnostics_markdown(struct arena *arena, struct buf *out);
void bzlmodgen_facts_markdown(struct arena *arena, struct buf *out);

#endif

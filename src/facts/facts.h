/*
 * What a spec means: every default filled in, every label, version and flag resolved. Facts are the
 * only thing that templates see, and `bzlmodgen facts` prints them. The names that templates use
 * stand in the tables of facts/tables.c.
 */
#ifndef FACTS_FACTS_H
#define FACTS_FACTS_H

#include "base/fs.h"
#include "spec/spec.h"
#include "starlark/value.h"

/* Stands first in every fact: its table, and the place in the spec that it follows from. */
struct fact {
	const struct record_type *type;
	struct span origin;
};

/* module(), package(), or any call whose arguments alone matter. */
struct fact_call {
	struct fact fact;
	struct text function;
	const struct value *arguments;
	struct texts comment; /* lines, each with its leading blank */
};

struct fact_dep {
	struct fact fact;
	struct text name;
	const struct value *version;
	const struct value *repo_name; /* a string or None */
	const struct value *max_compatibility_level;
	struct flag dev_dependency;
	struct text needed_by; /* why it is there, where the spec does not name it */
	struct fact_call *override;
	struct flag starts_group; /* a blank line stands before it */
};

/* local = "exported" of use_repo */
struct fact_rename {
	struct fact fact;
	struct text local;
	struct text exported;
};

struct fact_use_repo {
	struct fact fact;
	struct texts repos;
	struct list renamed; /* struct fact_rename */
	struct value *unpacked; /* dict of names that are no identifiers */
	struct flag is_long; /* the dict takes several lines, and so does the call then */
};

struct fact_extension {
	struct fact fact;
	struct text proxy;
	struct text file;
	struct text name;
	struct flag dev_dependency;
	struct list tags; /* struct fact_call */
	struct fact_use_repo *use_repo;
};

struct fact_repository_rule {
	struct fact fact;
	struct text variable;
	struct text file;
	struct text rule;
	struct list repositories; /* struct fact_call */
};

struct fact_load {
	struct fact fact;
	struct text file;
	struct texts symbols;
};

struct fact_package {
	struct fact fact;
	struct text path; /* empty: the root package */
	struct text file; /* path of its BUILD file */
	struct list loads; /* struct fact_load */
	struct fact_call *package;
	struct list targets; /* struct fact_call */
	/* It exists only since something else needs a package there; a hand-written one will do. */
	struct flag is_optional;
};

struct fact_flag {
	struct fact fact;
	struct text line;
	struct text comment;
};

struct fact_layout {
	struct fact fact;
	struct text module; /* "file" or "segment" */
	struct text build_dir;
	struct text build_file;
	struct text bazelrc; /* empty: none */
	struct text import; /* the line that imports it */
	struct text bazelversion;
};

/* A module of a set or a pin, as far as outputs depend on it. */
struct fact_output {
	struct fact fact;
	struct text path;
	struct text template;
	struct text raw; /* what is appended */
	struct text included_by; /* the user's file that must include() it; empty: none */
	struct flag is_optional; /* a hand-written file in its place will do */
	const struct fact *model; /* what the template sees besides the facts; may be NULL */
};

struct facts {
	struct fact fact;
	const struct node *tree; /* of the spec, which all origins point into */
	struct text spec_file; /* its name without folders */
	struct text command; /* that regenerates the outputs */
	struct text catalogue;
	struct fact_layout *layout;
	struct fact_call *module;
	struct list bazel_deps; /* struct fact_dep */
	struct list overrides; /* struct fact_call, of modules that are no direct dependency */
	struct list extensions; /* struct fact_extension */
	struct list repository_rules; /* struct fact_repository_rule */
	struct list execution_platforms; /* struct fact_call */
	struct list toolchains; /* struct fact_call */
	struct list bazelrc; /* struct fact_flag */
	struct list packages; /* struct fact_package, by path */
	struct list outputs; /* struct fact_output, by path */
};

extern const struct record_type facts_type;

/*
 * Resolves. The tree is asked whether files exist; nothing else of it matters. False: at least one
 * error is recorded; *facts is then what could be made out, for `facts` only.
 */
bool facts_resolve(struct arena *arena, struct diags *diags, const struct fs *fs,
		   const struct spec *spec, const struct facts **facts);

/* JSON of all facts, or of one member; false where there is none of that name. */
bool facts_write_json(struct arena *arena, const struct facts *facts, struct str only,
		      struct buf *out);

#endif

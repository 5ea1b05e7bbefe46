/*
 * The parts of resolving, shared within facts/. The order in which they run is that of
 * facts_resolve; each fills its members of `facts`.
 */
#ifndef FACTS_RESOLVER_H
#define FACTS_RESOLVER_H

#include "base/map.h"
#include "catalogue/catalogue.h"
#include "facts/tables.h"

/* A module as this spec uses it. */
struct module_use {
	struct str name;
	struct str version; /* whose dialect holds; empty: unknown */
	struct span version_at; /* where the spec says so; no source: the catalogue does */
	bool is_guess; /* the spec names another one that was not understood */
	struct str repo; /* its repository in labels; empty: not visible */
	struct flag dev; /* only for development */
	const struct spec_bazel_dep *declared; /* NULL: not named under bazel_deps */
	const struct spec_override *override;
	struct fact_dep *dep; /* NULL while nothing needs it */
};

/* A hub of crates. */
struct hub {
	struct str name;
	const struct spec_crates *spec;
	struct span origin;
	bool is_external;
	bool has_cargo;
	struct map crates; /* name that targets use -> struct spec_crate */
};

/* What stands in a package, for labels that point there. */
struct package_index {
	const struct spec_package *spec; /* NULL: it follows from something else */
	struct fact_package *fact;
	struct map targets; /* name -> struct target_entry */
	struct map open; /* those of them that may make further targets */
	struct map loads; /* file -> struct fact_load */
	struct map symbols; /* loaded symbol -> struct fact_load */
	struct str raw; /* text appended to the BUILD file; may make targets, too */
};

struct target_entry {
	struct str name;
	struct span span;
	const struct rule *rule; /* NULL: of an unknown rule, or an output */
};

/*
 * What the spec may have meant to say where a mistake stands. Something that is looked up there and
 * not found is no mistake of its own.
 */
struct gaps {
	bool versions; /* the set, so that versions are those of another */
	bool repositories;
	bool crates;
	bool packages; /* a whole package; of targets, see spec_package */
};

struct resolver {
	struct arena *arena;
	struct diags *diags;
	const struct fs *fs;
	const struct spec *spec;
	struct facts *facts;
	const struct catalogue_set *set;
	struct map modules; /* name -> struct module_use */
	struct map repositories; /* visible repository -> struct span of what declares it */
	struct list repository_names; /* struct str, in order, for suggestions */
	struct map dev_repositories; /* those of development modules -> struct module_use */
	struct map variables; /* of MODULE.bazel -> struct span of what they stand for */
	struct map repository_rules; /* FILE%RULE -> struct fact_repository_rule */
	struct map namesakes; /* such a variable without its number -> size_t: numbers in use */
	struct map raw; /* path -> struct spec_raw */
	struct list hubs; /* struct hub */
	struct map hub_names; /* name -> struct hub */
	size_t own_hubs; /* those that are not external */
	struct map packages; /* path -> struct package_index */
	struct map folders; /* path of one that was looked at on disk -> bool: has a BUILD file */
	struct list package_order; /* struct package_index */
	const struct value *profile_flags; /* select() of the profiles, or NULL */
	struct list tag_labels; /* struct text: labels in MODULE.bazel, to be checked */
	struct gaps gaps;
};

/* ---- lists and calls ---- */

void list_add(struct resolver *r, struct list *list, void *item);
void texts_add(struct resolver *r, struct texts *texts, struct text text);
/* A fact of this type, zeroed but for its head. */
void *fact_new(struct resolver *r, const struct record_type *type, struct span origin);
/* An argument list that grows. */
struct arguments {
	struct value *call;
};
void arguments_init(struct resolver *r, struct arguments *arguments, struct span origin);
void arguments_add(struct resolver *r, struct arguments *arguments, const char *name,
		   const struct value *value);
void arguments_text(struct resolver *r, struct arguments *arguments, const char *name,
		    struct text text);
/* The value of an argument, or NULL. */
const struct value *arguments_get(const struct arguments *arguments, const char *name);
void arguments_set(struct arguments *arguments, const char *name, const struct value *value);
/* A call of `function`, canonical. */
struct fact_call *arguments_finish(struct resolver *r, const struct arguments *arguments,
				   struct str function, enum starlark_file file);

/* ---- modules ---- */

void modules_collect(struct resolver *r);
/* The module becomes a dependency, if it is not one; `needed_by` says why in a few words. NULL: an
 * error is recorded (the catalogue has no version of it, or it is not visible). */
const struct module_use *module_need(struct resolver *r, const char *name, const char *needed_by,
				     struct span span);
/* As it is used or would be; NULL where neither spec nor catalogue has it. */
const struct module_use *module_find(struct resolver *r, struct str name);
/* Adds a note on where its version comes from. */
void module_note_version(struct resolver *r, struct diag *diag, const struct module_use *module);
/* "@rules_rust//rust:defs.bzl" with the repository's name here. */
struct str module_label(struct resolver *r, const char *label);
void modules_finish(struct resolver *r);

/* ---- attributes ---- */

/* The rule or tag whose attributes are read. */
struct attribute_site {
	struct str what; /* "rust_binary", "crate.spec": for messages */
	const struct module_use *module; /* NULL: native */
	const struct rule *rule;
	const struct tag_class *tag;
	const struct attribute *rows; /* of a directive */
	enum value_use use;
};

struct attribute_site site_of_tag(struct resolver *r, const char *extension, const char *tag);
/* The row for a name, if the version has it; else NULL, and an error is recorded. */
const struct attribute *site_attribute(struct resolver *r, const struct attribute_site *site,
				       struct text name);
/* Adds what the record's further keys say, None for what was not understood. False: a name was not
 * known, so that nothing should be said about what is missing. */
bool site_add(struct resolver *r, const struct attribute_site *site, const struct given *given,
	      size_t count, struct arguments *arguments);
/* Records the required attributes that are not there. */
void site_require(struct resolver *r, const struct attribute_site *site,
		  const struct arguments *arguments, struct span span);
/* Whether the pinned version has the tag; an error is recorded where not. */
bool site_is_available(struct resolver *r, const struct attribute_site *site, struct span span);

/* ---- the parts ---- */

void repositories_add(struct resolver *r, struct str name, struct span span);
void extensions_resolve(struct resolver *r);
/* Puts what use_repo lists in order, once nothing is added any more. */
void extensions_finish(struct resolver *r);
void registrations_resolve(struct resolver *r);
void rust_resolve(struct resolver *r);
void crates_resolve(struct resolver *r);
void profiles_resolve(struct resolver *r);
void packages_collect(struct resolver *r);
void packages_resolve(struct resolver *r);
void outputs_resolve(struct resolver *r);

struct fact_extension *extension_new(struct resolver *r, const char *proxy, const char *file,
				     const char *name, struct flag dev, struct span origin);
void extension_use(struct resolver *r, struct fact_extension *extension, struct text repo);
void registration_add(struct resolver *r, struct list *calls, const char *function,
		      struct text label, struct flag dev, struct span origin);
void bazelrc_add(struct resolver *r, struct str line, const char *comment, struct span span);
/* A package that something else needs: made empty where the spec has none. */
void package_need(struct resolver *r, struct str path, struct span span);
/* The label of a file by its path: that of the nearest package above it. */
struct str path_label(struct resolver *r, struct str path, struct span span);

/* ---- crates of targets ---- */

/* What `crates:` of a target gives. */
struct crate_uses {
	const struct value *deps; /* NULL: none */
	const struct value *proc_macro_deps; /* NULL: none */
	const struct value *aliases; /* NULL: none */
	const char *defs; /* label of defs.bzl, where macros are used */
	bool uses_aliases;
};
void crates_of_target(struct resolver *r, const struct node *node, unsigned rule_flags,
		      struct crate_uses *uses);
/* Whether a hub has a target of that name; an error is recorded where not. `written` is the whole
 * label, or the name alone. */
bool hub_check(struct resolver *r, const struct hub *hub, struct str target, struct str written,
	       struct span span);
/* Whether the pinned version makes labels of this form; an error is recorded where not. */
bool hub_label_fits(struct resolver *r, const struct label *label, struct span span);
/* Whether a crate of the hub is a proc macro, as far as the spec or the list of them tells. */
bool hub_has_proc_macro(const struct hub *hub, struct str name);
const struct hub *hub_find(struct resolver *r, struct str name);

/* ---- labels ---- */

/* Checks every label in the value of an attribute of a target in `package`. */
void labels_check(struct resolver *r, const struct package_index *package,
		  const struct attribute *row, const struct value *value);

/* The label with another target behind it than the one that it ends with, or implies. */
struct str label_with_target(struct arena *arena, struct str label, struct str target,
			     struct str other);
/* Checks the labels in tags, once all repositories are known. */
void labels_check_tags(struct resolver *r);
/* Checks a label that starts with '//' or '@'. */
void label_check(struct resolver *r, struct text label);

/* ---- targets ---- */

void target_resolve(struct resolver *r, struct package_index *package,
		    const struct spec_target *target);
/* What Bazel would refuse in a target of one of its own rules. */
void native_check(struct resolver *r, const struct rule *rule, const struct spec_target *target,
		  const struct arguments *arguments);
/* What rules_rust would refuse in a target. */
void crate_check(struct resolver *r, const struct attribute_site *attributes,
		 const struct spec_target *target, const struct arguments *arguments);
/* Whether `rust` asks for more than rules_rust's own defaults. */
bool rust_makes_toolchain(const struct spec_rust *rust);
/* Adds a symbol to the package's load statements. `label` as the catalogue has it. */
void package_load(struct resolver *r, struct package_index *package, struct str label,
		  struct str symbol, struct span span);
/* `public`, `private`, or a list of labels; NULL: an error is recorded. */
const struct value *visibility_value(struct resolver *r, const char *name, const struct node *node);

#endif

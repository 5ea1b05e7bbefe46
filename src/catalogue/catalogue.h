/*
 * What bzlmodgen knows of rulesets, as tables: sets of versions known to work together, where a
 * rule is loaded from, and which attributes a rule or a tag has from which version to which.
 * Adding a ruleset version touches data only. All data is constant and static.
 */
#ifndef CATALOGUE_CATALOGUE_H
#define CATALOGUE_CATALOGUE_H

#include "schema/attribute.h"
#include "starlark/starlark.h"

/* ---- rules and tags ---- */

struct load_site {
	const char *label; /* "@rules_rust//rust:defs.bzl" with the module's own name as repo */
	const char *since, *last;
};

enum rule_flags {
	RULE_RUST = 1 << 0, /* compiles Rust: takes `crates:` */
	RULE_BINARY = 1 << 1, /* profiles apply by default */
	RULE_TEST = 1 << 2, /* `crates: all` means the dev kinds, too */
	RULE_BUILD_SCRIPT = 1 << 3, /* `crates: all` means the build kinds */
	RULE_PROC_MACRO = 1 << 4, /* is a proc macro: belongs into proc_macro_deps of others */
	RULE_MACRO = 1 << 5, /* a macro: `name` may not be the only target it makes */
	RULE_NO_VISIBILITY = 1 << 6,
};

struct rule {
	const char *name;
	const char *module; /* "rules_rust"; NULL: native, no load */
	const struct load_site *loads; /* ended by a NULL label; NULL for native rules */
	unsigned flags;
	const char *since, *last; /* versions of `module` that have the rule */
	const struct attribute *const
		*attributes; /* groups, each ended by a NULL name; ended by NULL */
	const char *doc;
};

struct tag_class {
	const char *name; /* "spec" */
	const struct attribute *attributes; /* ended by a NULL name */
	const char *since, *last;
	const char *doc;
};

struct extension {
	const char *key; /* proxy name that we use: "rust", "rust_host_tools", "crate" */
	const char *module;
	const char *symbol;
	const struct load_site *files; /* where the .bzl file stands, by version */
	const struct tag_class *tags; /* ended by a NULL name */
};

/* NULL where there is none of that name. */
const struct rule *catalogue_rule(struct str name);
/* Feeds all rule names to `nearest`. */
void catalogue_offer_rules(struct nearest *nearest);
/* All rules, ended by a NULL name. */
const struct rule *catalogue_rules(void);
const struct extension *catalogue_extension(const char *key);
/* All extensions, ended by a NULL key. */
const struct extension *catalogue_extensions(void);
const struct tag_class *extension_tag(const struct extension *extension, const char *name);
/* The row in force at `version`, else any row of that name (to say which versions have it), else
 * NULL. A name may have several rows for disjoint version ranges (its type changed). */
const struct attribute *rule_attribute(const struct rule *rule, struct str name,
				       struct str version);
const struct attribute *tag_attribute(const struct tag_class *tag, struct str name,
				      struct str version);
void rule_offer_attributes(const struct rule *rule, struct str version, struct nearest *nearest);
void tag_offer_attributes(const struct tag_class *tag, struct str version, struct nearest *nearest);

/* since <= version <= last, NULL being open. Native rules have no version: pass an empty one,
 * which counts as highest (see bazel_compare_versions). */
bool version_in_range(struct str version, const char *since, const char *last);
/* "from 0.57.0", "from 0.54.0 to 0.56.0", "up to 0.69.0", "in all versions". */
struct str version_range_text(struct arena *arena, const char *since, const char *last);
/* The load label at this version, or NULL. */
const char *load_site_at(const struct load_site *sites, struct str version);

/* ---- module versions ---- */

struct module {
	const char *name;
	int compatibility_level;
	const char *const *versions; /* in the Bazel Central Registry, ascending, ended by NULL */
	const char *const *yanked; /* ended by NULL; NULL: none */
	const char *doc;
};

struct pin {
	const char *module;
	const char *version;
};

struct catalogue_set {
	const char *name; /* "2026-08" */
	const struct pin *pins; /* in the order in which MODULE.bazel lists them; ended by NULL */
	const char *bazel; /* versions of Bazel it was tried with: ">=7.7.1" */
	const char *doc;
};

const struct module *catalogue_module(struct str name);
const struct module *catalogue_modules(void); /* ended by a NULL name */
const struct catalogue_set *catalogue_set(struct str name); /* empty name: the newest */
const struct catalogue_set *catalogue_sets(void); /* newest first, ended by a NULL name */
const char *catalogue_pin(const struct catalogue_set *set, struct str module);

/* ---- rules_rust ---- */

/* The Rust releases that a rules_rust version registers where the project names none. */
struct rust_release {
	const char *since; /* first rules_rust version with these defaults */
	const char *stable; /* "1.85.0" */
	const char *nightly; /* a date: "2025-02-20" */
};
/* NULL before 0.46.0. */
const struct rust_release *rust_default_release(struct str rules_rust);

/* The triples of machines that compile by default, and the names of their toolchain sets. */
struct rust_exec_set {
	const char *triple;
	const char *name;
	const char *since, *last;
};
const struct rust_exec_set *rust_exec_sets(void); /* ended by a NULL triple */

/* The default of rust.toolchain's extra_target_triples, ended by NULL. */
const char *const *rust_default_target_triples(struct str rules_rust);

/* Labels with the modules' own names as repositories. */
struct triple_constraints {
	const char *cpu; /* "@platforms//cpu:x86_64" */
	const char *os; /* "@platforms//os:linux" */
	const char *extra; /* a further one, of apple_support or rules_rust; NULL: none */
};
/*
 * What rules_rust at a version makes of a triple. False where it fails, or names a constraint that
 * no platform has; then a part of *constraints may be set, NULL says which one is unknown.
 * gnu and musl of one CPU give the same.
 */
bool triple_map(struct str triple, struct str rules_rust, struct triple_constraints *constraints);
/* Feeds the supported triples, and others that are often asked for and can be mapped. */
void triple_offer(struct str rules_rust, struct nearest *nearest);
/* The supported list of that version (without musl), sorted, ended by NULL, in the arena. */
const char **triple_supported(struct arena *arena, struct str rules_rust);

/* ---- crates ---- */

/* The default of supported_platform_triples, ended by NULL; may be in the arena. */
const char *const *crate_default_triples(struct arena *arena, struct str rules_rust);
/*
 * Whether a crate on crates.io is known to be a proc macro, which must stand in proc_macro_deps.
 * Crates that were one in some versions in use only are not listed.
 */
bool crate_is_proc_macro(struct str name);

#endif

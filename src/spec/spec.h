/*
 * What the user wrote: the spec as typed records, each with the place that it came from. Nothing is
 * resolved here; that is the business of facts/. The keys and their meaning stand in the tables of
 * spec/tables.c.
 */
#ifndef SPEC_SPEC_H
#define SPEC_SPEC_H

#include "schema/schema.h"

struct spec_module {
	struct record record;
	struct text name;
	struct text version;
	struct text repo_name;
	struct number compatibility_level;
	struct texts bazel_compatibility;
};

enum layout_module { LAYOUT_FILE, LAYOUT_SEGMENT };
enum layout_build_file { LAYOUT_BUILD_BAZEL, LAYOUT_BUILD };

struct spec_layout {
	struct record record;
	struct choice module;
	struct text build_dir;
	struct choice build_file;
	struct text bazelrc;
	struct text bazelversion;
};

/* An entry of `bazel_deps`; its key is the module. */
struct spec_bazel_dep {
	struct record record;
	struct text version; /* "user": declared in the user's half of a segment */
	struct flag dev_dependency;
	struct text repo_name; /* "none": no repository of that module is visible */
	struct number max_compatibility_level;
};

/* An entry of `overrides`; its key is the module. Exactly one member is given. */
struct spec_override {
	struct record record;
	struct text local_path;
	struct record *git;
	struct record *archive;
	struct record *single_version;
	struct record *multiple_version;
};

/* An entry of `extensions`; its key is the proxy's name. */
struct spec_extension {
	struct record record;
	struct text file;
	struct text name;
	struct flag dev_dependency;
	const struct node *tags;
	const struct node *use_repo;
};

/* An entry of `repositories`; its key is the repository's name. */
struct spec_repository {
	struct record record;
	struct text rule;
	struct flag dev_dependency;
	const struct node *attrs;
};

struct spec_registration {
	struct record record;
	struct text label;
	struct flag dev_dependency;
};

enum rust_channel { RUST_STABLE, RUST_BETA, RUST_NIGHTLY };

struct spec_rust_versions {
	struct record record;
	struct text stable;
	struct text beta;
	struct text nightly;
};

struct spec_rust {
	struct record record;
	struct text edition;
	struct text version;
	struct spec_rust_versions *versions;
	struct choice channel;
	struct texts exec_triples;
	struct texts extra_target_triples;
	struct record *host_tools; /* attributes of rust_host_tools.host_tools */
	struct record *toolchain; /* attributes of rust.toolchain */
};

/* An entry of `crates.specs`; its key is the crate. Attributes of crate.spec are in record.rest. */
struct spec_crate {
	struct record record;
	struct text version;
	struct text package_alias;
	struct flag proc_macro;
};

/* An entry of `crates.annotations`; its key is the crate. */
struct spec_annotation {
	struct record record;
	struct list select; /* of struct record, by triple */
};

enum hub_origin { HUB_OWN, HUB_EXTERNAL };

struct spec_crates {
	struct record record; /* further keys: attributes of from_specs and from_cargo */
	struct choice origin;
	struct text repository;
	struct record *from_cargo;
	struct list specs; /* struct spec_crate */
	struct list annotations; /* struct spec_annotation */
	struct record *render_config;
	struct record *splicing_config;
	struct list hubs; /* struct spec_crates, by name; `crates` itself alone has it */
};

struct spec_profile {
	struct record record;
	struct choice opt_level;
	struct choice lto;
	struct number codegen_units;
	struct choice panic;
	struct choice strip;
	struct choice debug;
	struct flag overflow_checks;
	struct texts rustc_flags;
};

struct spec_profiles {
	struct record record;
	struct spec_profile *release;
	struct spec_profile *dev;
};

/* One item of a package's `targets`. */
struct spec_target {
	struct record record; /* key: the rule as written; attributes in record.rest */
	struct text name; /* empty for exports_files */
	struct text load; /* with `rule:` only */
	struct text comment;
	struct flag profile;
	const struct node *crates;
	const struct node *attrs;
	const struct node *visibility;
	const struct node *value; /* what stands behind the first key */
};

/* An entry of `packages`; its key is the package's path. */
struct spec_package {
	struct record record;
	struct record *package; /* arguments of package() */
	const struct node *targets;
	struct list decoded; /* struct spec_target */
	bool has_gaps; /* a target is missing there, since not even its name is known */
};

/* An entry of `raw`; its key is the output's path. */
struct spec_raw {
	struct record record;
	struct text text;
};

struct spec {
	struct record record;
	struct text spec;
	struct text catalogue;
	struct text tool;
	struct spec_module *module;
	struct spec_layout *layout;
	struct list bazel_deps;
	struct list overrides;
	struct list extensions;
	struct list repositories;
	struct list toolchains;
	struct list execution_platforms;
	struct spec_rust *rust;
	struct spec_crates *crates;
	struct spec_profiles *profiles;
	struct list packages;
	struct list raw;
};

/* The table of the whole spec, and of the keys that every target may have. */
extern const struct record_type spec_type;
extern const struct record_type spec_target_type;

/*
 * Decodes and checks. False: at least one error is recorded; *spec may all the same be set (else it
 * is NULL), so that later stages can look for further mistakes in what was understood.
 */
bool spec_read(struct arena *arena, struct diags *diags, const struct node *root,
	       const struct spec **spec);

#endif

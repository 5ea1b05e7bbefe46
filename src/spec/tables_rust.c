/* The keys `rust` and `crates`; see tables.c for all others. */
#include "catalogue/catalogue.h"
#include "spec/forms.h"
#include "spec/shapes.h"
#include "spec/tables.h"

#define END                  \
	{                    \
		.name = NULL \
	}

#define ROW(type, member) .name = #member, .offset = offsetof(struct type, member)

/* ---- rows that rulesets provide ---- */

static const struct attribute *
tag_rows(const char *extension, const char *tag)
{
	return extension_tag(catalogue_extension(extension), tag)->attributes;
}

static const struct attribute *
rows_of_toolchain(void)
{
	return tag_rows("rust", "toolchain");
}

static const struct attribute *
rows_of_host_tools(void)
{
	return tag_rows("rust_host_tools", "host_tools");
}

static const struct attribute *
rows_of_spec(void)
{
	return tag_rows("crate", "spec");
}

static const struct attribute *
rows_of_annotation(void)
{
	return tag_rows("crate", "annotation");
}

static const struct attribute *
rows_of_annotation_select(void)
{
	return tag_rows("crate", "annotation_select");
}

static const struct attribute *
rows_of_from_cargo(void)
{
	return tag_rows("crate", "from_cargo");
}

static const struct attribute *
rows_of_from_specs(void)
{
	return tag_rows("crate", "from_specs");
}

static const struct attribute *
rows_of_render_config(void)
{
	return tag_rows("crate", "render_config");
}

static const struct attribute *
rows_of_splicing_config(void)
{
	return tag_rows("crate", "splicing_config");
}

static const struct field no_fields[] = {END};

/* ---- rust ---- */

static const struct field rust_versions_fields[] = {
	{ROW(spec_rust_versions, stable), .kind = FIELD_TEXT, .form = &form_rust_version,
	 .doc = "A stable release.", .example = "stable: 1.85.0"},
	{ROW(spec_rust_versions, beta), .kind = FIELD_TEXT, .form = &form_date,
	 .doc = "Date of a beta release.", .example = "beta: 2025-02-20"},
	{ROW(spec_rust_versions, nightly), .kind = FIELD_TEXT, .form = &form_date,
	 .doc = "Date of a nightly release.", .example = "nightly: 2025-02-20"},
	END,
};

static const struct record_type rust_versions_type = {
	.name = "rust.versions",
	.size = sizeof(struct spec_rust_versions),
	.fields = rust_versions_fields,
	.hint = "rules_rust takes one release of each channel (a list of plain versions fails with "
		"\"Duplicate stable channels provided\"): write {stable: 1.85.0, nightly: "
		"2025-02-20}",
	.doc = "One release of each channel; rules_rust accepts no more.",
};

static const struct record_type host_tools_type = {
	.name = "rust.host_tools",
	.size = sizeof(struct record),
	.fields = no_fields,
	.rest = rows_of_host_tools,
	.doc = "Attributes of the tag `rust_host_tools.host_tools`: the cargo and rustc that "
	       "crate_universe runs.",
};

static const struct record_type toolchain_type = {
	.name = "rust.toolchain",
	.size = sizeof(struct record),
	.fields = no_fields,
	.rest = rows_of_toolchain,
	.doc = "Further attributes of the tag `rust.toolchain` at the pinned version.",
};

static const struct field rust_fields[] = {
	{ROW(spec_rust, edition), .kind = FIELD_TEXT, .form = &form_edition,
	 .doc = "Edition of targets that name none. Without it every target has to.",
	 .example = "edition: \"2021\""},
	{ROW(spec_rust, version), .kind = FIELD_TEXT, .form = &form_rust_version,
	 .doc = "Short for `versions: {stable: V}`.", .example = "version: 1.85.0"},
	{ROW(spec_rust, versions), .kind = FIELD_RECORD, .of = &rust_versions_type,
	 .doc = "One release of each channel. Left out: those of the pinned rules_rust.",
	 .example = "versions: {stable: 1.85.0, nightly: 2025-02-20}"},
	{ROW(spec_rust, channel), .kind = FIELD_CHOICE, .values = "stable|beta|nightly",
	 .doc = "The channel that is used when the command line names none; `stable` where there "
		"is "
		"a stable release, else the one that is given. Another than `stable` lands in the "
		"bazelrc."},
	{ROW(spec_rust, exec_triples), .kind = FIELD_TEXTS, .form = &form_triple,
	 .doc = "Machines that compile. rules_rust sets up those it knows by itself; further ones "
		"get a `rust.repository_set` of their own (from rules_rust 0.56.0)."},
	{ROW(spec_rust, extra_target_triples), .kind = FIELD_TEXTS, .form = &form_triple,
	 .doc = "Triples to compile for, besides those of the machines that compile. They replace "
		"the list of rules_rust, which from 0.68.0 has Linux and macOS on both CPUs and "
		"WebAssembly.",
	 .example = "extra_target_triples: [wasm32-unknown-unknown]"},
	{ROW(spec_rust, host_tools), .kind = FIELD_RECORD, .of = &host_tools_type,
	 .doc = "The cargo and rustc that crate_universe runs."},
	{ROW(spec_rust, toolchain), .kind = FIELD_RECORD, .of = &toolchain_type,
	 .doc = "Further attributes of `rust.toolchain`."},
	END,
};

const struct record_type rust_type = {
	.name = "rust",
	.size = sizeof(struct spec_rust),
	.fields = rust_fields,
	.doc = "The Rust SDK. `rust: {}` depends on rules_rust and leaves the rest to its own "
	       "defaults; without the key there is no Rust set-up at all.",
};

/* ---- crates ---- */

static const struct field crate_fields[] = {
	{ROW(spec_crate, version), .kind = FIELD_TEXT, .form = &form_cargo_requirement,
	 .doc = "Version requirement, as in Cargo.toml."},
	{ROW(spec_crate, package_alias), .kind = FIELD_TEXT, .form = &form_crate,
	 .doc = "Another name for the crate in the hub (from rules_rust 0.70.0)."},
	{ROW(spec_crate, proc_macro), .kind = FIELD_BOOL,
	 .doc = "Whether it is a proc macro and so belongs into `proc_macro_deps`. The well-known "
		"ones are recognised."},
	END,
};

static const struct record_type crate_type = {
	.name = "a crates.specs entry",
	.size = sizeof(struct spec_crate),
	.fields = crate_fields,
	.shorthand = "version",
	.rest = rows_of_spec,
	.filled = "package",
	.doc = "A direct dependency: attributes of the tag `crate.spec`.",
};

static const struct record_type annotation_select_type = {
	.name = "an annotation's select",
	.size = sizeof(struct record),
	.fields = no_fields,
	.rest = rows_of_annotation_select,
	.filled = "crate|triples",
	.doc = "Attributes of the tag `crate.annotation_select` for one triple.",
};

static const struct field annotation_fields[] = {
	{ROW(spec_annotation, select), .kind = FIELD_MAP, .of = &annotation_select_type,
	 .form = &form_triple, .doc = "Attributes for one triple each (from rules_rust 0.66.0).",
	 .example = "select: {x86_64-unknown-linux-gnu: {rustc_flags: [-Ctarget-cpu=haswell]}}"},
	END,
};

static const struct record_type annotation_type = {
	.name = "a crates.annotations entry",
	.size = sizeof(struct spec_annotation),
	.fields = annotation_fields,
	.rest = rows_of_annotation,
	.filled = "crate",
	.doc = "Attributes of the tag `crate.annotation`; a list of such where versions of the "
	       "crate "
	       "need different ones.",
};

static const struct record_type from_cargo_type = {
	.name = "crates.from_cargo",
	.size = sizeof(struct record),
	.fields = no_fields,
	.rest = rows_of_from_cargo,
	.filled = "name",
	.hint = "write {} for Cargo.toml and Cargo.lock in the root",
	.doc = "Attributes of the tag `crate.from_cargo`. `manifests` is `[Cargo.toml]` and "
	       "`cargo_lockfile` is `Cargo.lock` by default; both take paths or labels.",
};

static const struct record_type render_config_type = {
	.name = "crates.render_config",
	.size = sizeof(struct record),
	.fields = no_fields,
	.rest = rows_of_render_config,
	.doc = "Attributes of the tag `crate.render_config`.",
};

static const struct record_type splicing_config_type = {
	.name = "crates.splicing_config",
	.size = sizeof(struct record),
	.fields = no_fields,
	.rest = rows_of_splicing_config,
	.doc = "Attributes of the tag `crate.splicing_config`.",
};

static const struct record_type hub_type;

#define HUB_FIELDS                                                                                 \
	{ROW(spec_crates, from_cargo), .kind = FIELD_RECORD, .of = &from_cargo_type,               \
	 .doc = "A Cargo workspace as the truth about dependencies. Paths or labels.",             \
	 .example = "from_cargo: {manifests: [Cargo.toml], cargo_lockfile: Cargo.lock}"},          \
		{ROW(spec_crates, specs),                                                          \
		 .kind = FIELD_MAP,                                                                \
		 .of = &crate_type,                                                                \
		 .form = &form_crate,                                                              \
		 .doc = "Direct dependencies: crate to version requirement, or to attributes.",    \
		 .example = "specs: {serde: {version: \"1.0\", features: [derive]}}"},             \
		{ROW(spec_crates, annotations),                                                    \
		 .kind = FIELD_MAP,                                                                \
		 .of = &annotation_type,                                                           \
		 .flags = FIELD_MANY,                                                              \
		 .form = &form_crate,                                                              \
		 .doc = "What crate_universe should do differently for a crate.",                  \
		 .example = "annotations: {ring: {build_script_env: {RUST_BACKTRACE: \"1\"}}}"},   \
		{ROW(spec_crates, render_config), .kind = FIELD_RECORD, .of = &render_config_type, \
		 .doc = "How crate_universe writes the hub."},                                     \
	{                                                                                          \
		ROW(spec_crates, splicing_config), .kind = FIELD_RECORD,                           \
						   .of = &splicing_config_type,                    \
						   .doc = "How crate_universe merges manifests."   \
	}

static const struct field hub_fields[] = {
	{ROW(spec_crates, origin), .kind = FIELD_CHOICE, .values = "own|external",
	 .fallback = "own",
	 .doc = "`external`: the hub is made elsewhere, and its labels are accepted."},
	HUB_FIELDS,
	END,
};

static const struct record_type hub_type = {
	.name = "a crates.hubs entry",
	.size = sizeof(struct spec_crates),
	.fields = hub_fields,
	.shorthand = "origin",
	.rest = rows_of_from_specs,
	.filled = "name",
	.doc = "A further hub, with the keys of `crates`.",
};

static const struct field crates_fields[] = {
	{ROW(spec_crates, repository), .kind = FIELD_TEXT, .form = &form_repo_name,
	 .fallback = "crates", .doc = "Name of the hub repository."},
	HUB_FIELDS,
	{ROW(spec_crates, hubs), .kind = FIELD_MAP, .of = &hub_type, .form = &form_repo_name,
	 .doc = "Further hubs by name; `external` for one that is made elsewhere.",
	 .example = "hubs: {tools: {specs: {bindgen-cli: \"0.71\"}}}"},
	END,
};

const struct record_type crates_type = {
	.name = "crates",
	.size = sizeof(struct spec_crates),
	.fields = crates_fields,
	.rest = rows_of_from_specs,
	.filled = "name",
	.doc = "Dependencies from crates.io, git and paths, through crate_universe. Further keys "
	       "are the attributes that the tags `crate.from_specs` and `crate.from_cargo` share.",
};

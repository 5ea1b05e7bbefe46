/*
 * Tags of rules_rust's extensions `rust` and `rust_host_tools`. Source: rust/extensions.bzl of
 * every tag from 0.46.0 to 0.73.0. allocator_library changed from text to a label at 0.70.0.
 */
#include "catalogue/tables.h"

/* ---- rust.toolchain ---- */

static const struct attribute toolchain[] = {
	{"aliases", ATTRIBUTE_STRING_DICT, .since = "0.54.0",
	 .doc = "Full names of toolchain repositories and shorter names for them."},
	{"allocator_library", ATTRIBUTE_STRING, .last = "0.69.0",
	 .doc = "Label of the library with the allocator, for Rust linked into C++ programs."},
	{"allocator_library", ATTRIBUTE_LABEL, .since = "0.70.0",
	 .doc = "Library with the allocator, for Rust linked into C++ programs."},
	{"dev_components", ATTRIBUTE_BOOL,
	 .doc = "Whether rustc's own libraries are fetched; needs a nightly."},
	{"edition", ATTRIBUTE_STRING, .doc = "Edition of targets that name none."},
	{"extra_exec_rustc_flags", ATTRIBUTE_STRING_LIST, .since = "0.55.0",
	 .doc = "Flags of rustc for what runs during the build."},
	{"extra_exec_rustc_flags_triples", ATTRIBUTE_STRING_LIST_DICT, .since = "0.71.0",
	 .doc = "Flags of rustc for what runs during the build, by triple."},
	{"extra_rustc_flags", ATTRIBUTE_STRING_LIST, .since = "0.55.0",
	 .doc = "Flags of rustc for what is built for the target."},
	{"extra_rustc_flags_triples", ATTRIBUTE_STRING_LIST_DICT, .since = "0.55.0",
	 .doc = "Flags of rustc for what is built for the target, by triple."},
	{"extra_target_triples", ATTRIBUTE_STRING_LIST,
	 .doc = "Triples to build for besides the machine's own; replaces the default list."},
	{"global_allocator_library", ATTRIBUTE_LABEL, .since = "0.70.0",
	 .doc = "Library with the allocator, for a global allocator and cc_common.link."},
	{"opt_level", ATTRIBUTE_STRING_DICT, .since = "0.71.0",
	 .doc = "Optimisation level by compilation mode."},
	{"rust_analyzer_version", ATTRIBUTE_STRING, .doc = "Version of rust-analyzer."},
	{"rustfmt_toolchain_triples", ATTRIBUTE_STRING_DICT, .since = "0.70.0",
	 .doc = "Triples and the rustfmt toolchain to use there."},
	{"rustfmt_version", ATTRIBUTE_STRING, .doc = "Version of rustfmt; a nightly by default."},
	{"sha256s", ATTRIBUTE_STRING_DICT, .doc = "Checksums of the archives to fetch."},
	{"strip_level", ATTRIBUTE_STRING_DICT, .since = "0.70.0",
	 .doc = "What is stripped, by compilation mode."},
	{"target_settings", ATTRIBUTE_LABEL_LIST, .since = "0.63.0",
	 .doc = "Config settings under which the toolchains may be chosen."},
	{"urls", ATTRIBUTE_STRING_LIST, .doc = "URLs of the archives, with {} for their names."},
	{"versions", ATTRIBUTE_STRING_LIST,
	 .doc = "Rust releases, one of each channel at most: 1.85.0, beta/DATE, nightly/DATE."},
	{0},
};

/* ---- rust.repository_set ---- */

static const struct attribute repository_set[] = {
	{"allocator_library", ATTRIBUTE_STRING, .last = "0.69.0",
	 .doc = "Label of the library with the allocator, for Rust linked into C++ programs."},
	{"allocator_library", ATTRIBUTE_LABEL, .since = "0.70.0",
	 .doc = "Library with the allocator, for Rust linked into C++ programs."},
	{"auth", ATTRIBUTE_STRING_DICT, .since = "0.70.0", .doc = "Credentials for the downloads."},
	{"auth_patterns", ATTRIBUTE_STRING_DICT, .since = "0.70.0",
	 .doc = "Hosts and the form of their authorization header."},
	{"dev_components", ATTRIBUTE_BOOL,
	 .doc = "Whether rustc's own libraries are fetched; needs a nightly."},
	{"edition", ATTRIBUTE_STRING, .doc = "Edition of targets that name none."},
	{"exec_compatible_with", ATTRIBUTE_LABEL_LIST, .since = "0.70.0",
	 .doc = "Constraints of the machine that compiles, over those of exec_triple."},
	{"exec_triple", ATTRIBUTE_STRING, .doc = "Triple of the machine that compiles."},
	{"extra_exec_rustc_flags", ATTRIBUTE_STRING_LIST, .since = "0.70.0",
	 .doc = "Flags of rustc for what runs during the build."},
	{"extra_rustc_flags", ATTRIBUTE_STRING_LIST, .since = "0.70.0",
	 .doc = "Flags of rustc for what is built for the target."},
	{"global_allocator_library", ATTRIBUTE_LABEL, .since = "0.70.0",
	 .doc = "Library with the allocator, for a global allocator and cc_common.link."},
	{"name", ATTRIBUTE_STRING,
	 .doc = "Name of the set; that of a default set replaces it, tags of one name add up."},
	{"netrc", ATTRIBUTE_STRING, .since = "0.70.0",
	 .doc = "The .netrc file with credentials for the downloads."},
	{"opt_level", ATTRIBUTE_STRING_DICT, .since = "0.68.0",
	 .doc = "Optimisation level by compilation mode."},
	{"rustfmt_version", ATTRIBUTE_STRING, .doc = "Version of rustfmt; a nightly by default."},
	{"sha256s", ATTRIBUTE_STRING_DICT, .doc = "Checksums of the archives to fetch."},
	{"strip_level", ATTRIBUTE_STRING_DICT, .since = "0.70.0",
	 .doc = "What is stripped, by compilation mode."},
	{"target_compatible_with", ATTRIBUTE_LABEL_LIST,
	 .doc = "Constraints of the platforms that target_triple is built for."},
	{"target_settings", ATTRIBUTE_LABEL_LIST, .since = "0.63.0",
	 .doc = "Config settings under which the toolchains may be chosen."},
	{"target_triple", ATTRIBUTE_STRING, .doc = "Triple to build for."},
	{"urls", ATTRIBUTE_STRING_LIST, .doc = "URLs of the archives, with {} for their names."},
	{"versions", ATTRIBUTE_STRING_LIST,
	 .doc = "Rust releases, one of each channel at most: 1.85.0, beta/DATE, nightly/DATE."},
	{0},
};

const struct tag_class rust_tags[] = {
	{"repository_set", repository_set, .since = "0.56.0",
	 .doc = "Toolchains of one executing and one target triple, with constraints of their "
		"own."},
	{"toolchain", toolchain,
	 .doc = "Rust toolchains for all default machines; at most one in a project."},
	{0},
};

/* ---- rust_host_tools.host_tools ---- */

static const struct attribute host_tools[] = {
	{"allocator_library", ATTRIBUTE_STRING, .last = "0.69.0",
	 .doc = "Label of the library with the allocator, for Rust linked into C++ programs."},
	{"allocator_library", ATTRIBUTE_LABEL, .since = "0.70.0",
	 .doc = "Library with the allocator, for Rust linked into C++ programs."},
	{"dev_components", ATTRIBUTE_BOOL,
	 .doc = "Whether rustc's own libraries are fetched; needs a nightly."},
	{"edition", ATTRIBUTE_STRING, .doc = "Edition of targets that name none."},
	{"global_allocator_library", ATTRIBUTE_LABEL, .since = "0.70.0",
	 .doc = "Library with the allocator, for a global allocator and cc_common.link."},
	{"name", ATTRIBUTE_STRING, .since = "0.57.0",
	 .doc = "Name of the repository; rust_host_tools where left out."},
	{"rustfmt_version", ATTRIBUTE_STRING, .doc = "Version of rustfmt; a nightly by default."},
	{"sha256s", ATTRIBUTE_STRING_DICT, .doc = "Checksums of the archives to fetch."},
	{"urls", ATTRIBUTE_STRING_LIST, .doc = "URLs of the archives, with {} for their names."},
	{"version", ATTRIBUTE_STRING, .doc = "Rust release whose cargo resolves crates."},
	{0},
};

const struct tag_class rust_host_tools_tags[] = {
	{"host_tools", host_tools, .doc = "The cargo and rustc that crate_universe runs."},
	{0},
};

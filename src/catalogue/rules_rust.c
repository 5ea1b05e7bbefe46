/*
 * The rules of rules_rust. Source:
 * rust/private/{rust,rustdoc,rustdoc_test,clippy,rustfmt,lints}.bzl and
 * cargo/private/cargo_build_script{,_wrapper}.bzl of every tag from 0.46.0 to 0.73.0; a row without
 * `since` is as old as 0.46.0.
 */
#include "catalogue/tables.h"

#define FIXED ATTRIBUTE_FIXED
#define REQUIRED ATTRIBUTE_REQUIRED

/* ---- what every rule that compiles Rust takes ---- */

/* Not of rust_test_suite, which sets them for each test. */
static const struct attribute crate_root[] = {
	{"crate_name", ATTRIBUTE_STRING,
	 .doc = "Name of the crate; the target's name with '_' for '-' where left out."},
	{"crate_root", ATTRIBUTE_LABEL,
	 .doc = "The .rs file that rustc starts from; else found among srcs."},
	{"srcs", ATTRIBUTE_LABEL_LIST, .doc = "The crate's .rs files."},
	{0},
};

static const struct attribute crate[] = {
	{"aliases", ATTRIBUTE_LABEL_STRING_DICT,
	 .doc = "Dependencies and the names that the code uses for them."},
	{"allocator_libraries", ATTRIBUTE_LABEL, .since = "0.63.0",
	 .doc = "Target that gives the allocator symbols to link with."},
	{"alwayslink", ATTRIBUTE_BOOL, .since = "0.49.1",
	 .doc = "Whether all object files are linked in, even those without a used symbol."},
	{"compile_data", ATTRIBUTE_LABEL_LIST,
	 .doc = "Files that rustc reads, for include_str! and the like."},
	{"crate_features", ATTRIBUTE_STRING_LIST,
	 .doc = "Features of the crate that are switched on."},
	{"data", ATTRIBUTE_LABEL_LIST, .doc = "Files needed when the program runs."},
	{"deps", ATTRIBUTE_LABEL_LIST,
	 .doc = "Libraries to link, except proc macros, which stand in proc_macro_deps."},
	{"edition", ATTRIBUTE_STRING, .doc = "Rust edition; that of the toolchain where left out."},
	{"lint_config", ATTRIBUTE_LABEL, .since = "0.57.0",
	 .doc = "A rust_lint_config or extract_cargo_lints target."},
	{"proc_macro_deps", ATTRIBUTE_LABEL_LIST,
	 .doc = "Proc-macro crates, built for the machine that compiles."},
	{"require_explicit_unstable_features", ATTRIBUTE_INT, .since = "0.68.0", .values = "-1|0|1",
	 .doc = "Whether unstable features must be listed; -1 leaves it to the setting."},
	{"root_path", ATTRIBUTE_STRING, .since = "0.72.0",
	 .doc = "Path of the crate root where the single source is a folder."},
	{"rustc_env", ATTRIBUTE_STRING_DICT,
	 .doc = "Environment of rustc, which env! in the code reads."},
	{"rustc_env_files", ATTRIBUTE_LABEL_LIST,
	 .doc = "Files of NAME=value lines that extend the environment of rustc."},
	{"rustc_flags", ATTRIBUTE_STRING_LIST, .doc = "Further flags of rustc for this crate."},
	{"stamp", ATTRIBUTE_INT, .values = "-1|0|1",
	 .doc = "Whether rustc sees build stamps; -1 leaves it to --stamp."},
	{"unstable_rust_features_config", ATTRIBUTE_LABEL, .since = "0.70.0",
	 .doc = "Target that says which unstable features the crate may use; needs a nightly."},
	{"version", ATTRIBUTE_STRING, .doc = "Version that CARGO_PKG_VERSION gives; 0.0.0."},
	{"zself_profile_events", ATTRIBUTE_LABEL, .since = "0.71.0",
	 .doc = "Target that switches on rustc's self-profile; needs a nightly."},
	{0},
};

/* Not of rust_proc_macro. */
static const struct attribute crate_link[] = {
	{"link_deps", ATTRIBUTE_LABEL_LIST, .since = "0.71.0",
	 .doc = "Native libraries to link, such as cc_library targets."},
	{0},
};

static const struct attribute crate_platform[] = {
	{"platform", ATTRIBUTE_LABEL, .doc = "Platform to build this target for."},
	{0},
};

/* Of what the linker finishes. */
static const struct attribute crate_linked[] = {
	{"experimental_use_cc_common_link", ATTRIBUTE_INT, .values = "-1|0|1",
	 .doc = "Whether Bazel's own C++ linking is used; -1 leaves it to the setting."},
	{"malloc", ATTRIBUTE_LABEL, .doc = "C library to take malloc from with cc_common.link."},
	{0},
};

/* ---- libraries, proc macros, binaries ---- */

static const struct attribute rust_library[] = {
	{"disable_pipelining", ATTRIBUTE_BOOL,
	 .doc = "Whether dependents wait for the whole library, not just its metadata."},
	{0},
};
const struct attribute *const rust_library_attributes[] = {
	crate_root, crate, crate_link, rust_library, NATIVE_STARLARK, NULL,
};

const struct attribute *const rust_proc_macro_attributes[] = {
	crate_root,
	crate,
	NATIVE_STARLARK,
	NULL,
};

const struct attribute *const rust_static_library_attributes[] = {
	crate_root, crate, crate_link, crate_platform, NATIVE_STARLARK, NULL,
};

const struct attribute *const rust_shared_library_attributes[] = {
	crate_root, crate, crate_link, crate_platform, crate_linked, NATIVE_STARLARK, NULL,
};

static const struct attribute rust_binary[] = {
	{"binary_name", ATTRIBUTE_STRING, .since = "0.54.0",
	 .doc = "Name of the program's file; the target's name where left out."},
	{"crate_type", ATTRIBUTE_STRING,
	 .doc = "Crate type for rustc, bin where left out; others for WebAssembly only."},
	{"env", ATTRIBUTE_STRING_DICT, .doc = "Environment of the program under `bazel run`."},
	{"linker_script", ATTRIBUTE_LABEL, .doc = "Script handed to the linker."},
	{"out_binary", ATTRIBUTE_BOOL, .last = "0.69.0",
	 .doc = "Whether the output is forced to be a program, for WebAssembly."},
	{0},
};
const struct attribute *const rust_binary_attributes[] = {
	crate_root,  crate,           crate_link,        crate_platform, crate_linked,
	rust_binary, NATIVE_STARLARK, native_executable, NULL,
};

static const struct attribute rust_library_group[] = {
	{"deps", ATTRIBUTE_LABEL_LIST, .doc = "The libraries that the group stands for."},
	{0},
};
const struct attribute *const rust_library_group_attributes[] = {
	rust_library_group,
	NATIVE_STARLARK,
	NULL,
};

/* ---- tests ---- */

static const struct attribute rust_test[] = {
	{"crate", ATTRIBUTE_LABEL, .doc = "Library or binary whose own unit tests are run."},
	{"env", ATTRIBUTE_STRING_DICT, .doc = "Environment of the test."},
	{"env_inherit", ATTRIBUTE_STRING_LIST, .since = "0.50.0",
	 .doc = "Variables that the test takes over from its surroundings."},
	{"use_libtest_harness", ATTRIBUTE_BOOL,
	 .doc = "Whether rustc adds its test runner; false for a main function of one's own."},
	{0},
};
const struct attribute *const rust_test_attributes[] = {
	crate_root, crate,           crate_link,  crate_platform, crate_linked,
	rust_test,  NATIVE_STARLARK, native_test, NULL,
};

/* The macro walks over both lists and adds to tags. */
static const struct attribute rust_test_suite[] = {
	{"shared_srcs", ATTRIBUTE_LABEL_LIST, FIXED, .since = "0.48.0",
	 .doc = "Sources that all tests share and that are no tests themselves."},
	{"srcs", ATTRIBUTE_LABEL_LIST, FIXED | REQUIRED,
	 .doc = "Test files; each becomes a rust_test of its own."},
	{0},
};
const struct attribute *const rust_test_suite_attributes[] = {
	rust_test_suite, crate,           crate_link,  crate_platform, crate_linked,
	rust_test,       NATIVE_STARLARK, native_test, NULL,
};

/* ---- documentation ---- */

static const struct attribute rust_doc[] = {
	{"crate", ATTRIBUTE_LABEL, REQUIRED, .doc = "The crate to document."},
	{"crate_features", ATTRIBUTE_STRING_LIST, .since = "0.64.0",
	 .doc = "Further features of the crate while it is documented."},
	{"html_after_content", ATTRIBUTE_LABEL, .doc = "HTML or Markdown put below every page."},
	{"html_before_content", ATTRIBUTE_LABEL, .doc = "HTML or Markdown put above every page."},
	{"html_in_header", ATTRIBUTE_LABEL, .doc = "HTML or Markdown put into every page's head."},
	{"markdown_css", ATTRIBUTE_LABEL_LIST, .doc = "Style sheets for pages from Markdown."},
	{"rustc_flags", ATTRIBUTE_STRING_LIST,
	 .doc = "Flags for rustdoc; the older name of rustdoc_flags."},
	{"rustdoc_flags", ATTRIBUTE_STRING_LIST, .doc = "Flags for rustdoc."},
	{0},
};
const struct attribute *const rust_doc_attributes[] = {rust_doc, NATIVE_STARLARK, NULL};

static const struct attribute rust_doc_test[] = {
	{"crate", ATTRIBUTE_LABEL, REQUIRED, .doc = "The crate whose code examples are run."},
	{"crate_features", ATTRIBUTE_STRING_LIST, .since = "0.64.0",
	 .doc = "Further features of the crate while its examples are run."},
	{"deps", ATTRIBUTE_LABEL_LIST, .doc = "Further libraries that the examples use."},
	{"proc_macro_deps", ATTRIBUTE_LABEL_LIST, .since = "0.55.0",
	 .doc = "Further proc-macro crates that the examples use."},
	{"rustdoc_flags", ATTRIBUTE_STRING_LIST, .since = "0.64.0", .doc = "Flags for rustdoc."},
	{0},
};
const struct attribute *const rust_doc_test_attributes[] = {
	rust_doc_test,
	NATIVE_STARLARK,
	native_test,
	NULL,
};

/* ---- lints and format ---- */

static const struct attribute rust_clippy[] = {
	{"deps", ATTRIBUTE_LABEL_LIST, .doc = "Targets that clippy looks at."},
	{0},
};
const struct attribute *const rust_clippy_attributes[] = {rust_clippy, NATIVE_STARLARK, NULL};

static const struct attribute rust_clippy_test[] = {
	{"platform", ATTRIBUTE_LABEL, .doc = "Platform for which the targets are checked."},
	{"targets", ATTRIBUTE_LABEL_LIST, .doc = "Targets that clippy looks at."},
	{"transitive", ATTRIBUTE_BOOL, .doc = "Whether their dependencies are checked, too."},
	{0},
};
const struct attribute *const rust_clippy_test_attributes[] = {
	rust_clippy_test,
	NATIVE_STARLARK,
	native_test,
	NULL,
};

static const struct attribute rustfmt_test[] = {
	{"platform", ATTRIBUTE_LABEL, .since = "0.72.0",
	 .doc = "Platform for which the targets are checked."},
	{"targets", ATTRIBUTE_LABEL_LIST, .doc = "Targets whose sources rustfmt looks at."},
	{"transitive", ATTRIBUTE_BOOL, .since = "0.72.0",
	 .doc = "Whether their dependencies are checked, too."},
	{0},
};
const struct attribute *const rustfmt_test_attributes[] = {
	rustfmt_test,
	NATIVE_STARLARK,
	native_test,
	NULL,
};

static const struct attribute rust_lint_config[] = {
	{"clippy", ATTRIBUTE_STRING_DICT, .doc = "Lints of clippy and their levels."},
	{"rustc", ATTRIBUTE_STRING_DICT, .doc = "Lints of rustc and their levels."},
	{"rustc_check_cfg", ATTRIBUTE_STRING_LIST_DICT,
	 .doc = "Names of cfg conditions and the values to expect of them."},
	{"rustdoc", ATTRIBUTE_STRING_DICT, .doc = "Lints of rustdoc and their levels."},
	{0},
};
const struct attribute *const rust_lint_config_attributes[] = {
	rust_lint_config,
	NATIVE_STARLARK,
	NULL,
};

static const struct attribute extract_cargo_lints[] = {
	{"manifest", ATTRIBUTE_LABEL, REQUIRED, .doc = "The Cargo.toml that holds the lints."},
	{"workspace", ATTRIBUTE_LABEL,
	 .doc = "The workspace's Cargo.toml that the manifest inherits from."},
	{0},
};
const struct attribute *const extract_cargo_lints_attributes[] = {
	extract_cargo_lints,
	NATIVE_STARLARK,
	NULL,
};

/* ---- build scripts ---- */

/*
 * A macro: a rust_binary NAME_ and a rule that runs it. Other arguments go to that rule. What the
 * macro itself looks into takes no select(). use_default_shell_env: an argument of the rule in
 * 0.55.2 to 0.55.6, of the macro from 0.56.0 on.
 */
static const struct attribute cargo_build_script[] = {
	{"aliases", ATTRIBUTE_LABEL_STRING_DICT,
	 .doc = "Dependencies and the names that the script uses for them."},
	{"build_script_env", ATTRIBUTE_STRING_DICT,
	 .doc = "Environment of the script when it runs."},
	{"build_script_env_files", ATTRIBUTE_LABEL_LIST, .since = "0.66.0",
	 .doc = "Files of NAME=value lines that extend the script's environment."},
	{"compile_data", ATTRIBUTE_LABEL_LIST, .doc = "Files read while the script is compiled."},
	{"crate_features", ATTRIBUTE_STRING_LIST,
	 .doc = "Features of the crate, as the script sees them."},
	{"crate_name", ATTRIBUTE_STRING, .doc = "Crate name of the script."},
	{"crate_root", ATTRIBUTE_LABEL, .doc = "The .rs file that rustc starts from."},
	{"data", ATTRIBUTE_LABEL_LIST, .doc = "Files that the script reads."},
	{"deps", ATTRIBUTE_LABEL_LIST, .doc = "Build dependencies, except proc macros."},
	{"edition", ATTRIBUTE_STRING, .doc = "Rust edition of the script."},
	{"emit_warnings", ATTRIBUTE_BOOL, .since = "0.71.0",
	 .doc = "Whether cargo::warning lines of the script are shown."},
	{"link_deps", ATTRIBUTE_LABEL_LIST,
	 .doc = "Dependencies with a links key, whose metadata the script reads."},
	{"links", ATTRIBUTE_STRING,
	 .doc = "Native library that the crate links, as Cargo's links."},
	{"pkg_name", ATTRIBUTE_STRING, FIXED,
	 .doc = "Package name; else the target's name without a closing _bs."},
	{"proc_macro_deps", ATTRIBUTE_LABEL_LIST, .doc = "Proc-macro crates of the script."},
	{"rundir", ATTRIBUTE_STRING,
	 .doc = "Folder that the script runs in; the package where left out, '.' the exec root."},
	{"rustc_env", ATTRIBUTE_STRING_DICT, FIXED,
	 .doc = "Environment of rustc while it compiles the script."},
	{"rustc_env_files", ATTRIBUTE_LABEL_LIST,
	 .doc = "Files of NAME=value lines that extend the environment of rustc."},
	{"rustc_flags", ATTRIBUTE_STRING_LIST, .doc = "Flags of rustc for the script."},
	{"srcs", ATTRIBUTE_LABEL_LIST, .doc = "Sources of the script, mostly build.rs."},
	{"tools", ATTRIBUTE_LABEL_LIST, .doc = "Programs that the script runs."},
	{"use_cc_toolchain", ATTRIBUTE_BOOL, FIXED, .since = "0.72.0",
	 .doc = "Whether the script gets the C toolchain through CC, CFLAGS and the like."},
	{"use_default_shell_env", ATTRIBUTE_BOOL, FIXED, .since = "0.55.2",
	 .doc = "Whether the script sees Bazel's default shell environment."},
	{"version", ATTRIBUTE_STRING, .doc = "Version of the crate, as the script sees it."},
	{0},
};
const struct attribute *const cargo_build_script_attributes[] = {
	cargo_build_script,
	NATIVE_STARLARK,
	NULL,
};

/*
 * Every key of the spec. A row is the one place that says what a key is called, what it takes, and
 * what it means; decoding, errors, JSON Schema, `explain` and docs/spec.md follow from it.
 * `rust` and `crates` stand in tables_rust.c.
 */
#include "spec/tables.h"
#include "catalogue/directives.h"
#include "spec/forms.h"
#include "spec/shapes.h"

#define END                  \
	{                    \
		.name = NULL \
	}

/* ---- rows that rulesets provide ---- */

static const struct attribute *
rows_of_git(void)
{
	return directive_attributes("git_override");
}

static const struct attribute *
rows_of_archive(void)
{
	return directive_attributes("archive_override");
}

static const struct attribute *
rows_of_single_version(void)
{
	return directive_attributes("single_version_override");
}

static const struct attribute *
rows_of_multiple_version(void)
{
	return directive_attributes("multiple_version_override");
}

static const struct attribute *
rows_of_package(void)
{
	return directive_attributes("package");
}

static const struct field no_fields[] = {END};

/* ---- module, layout ---- */

#define ROW(type, member) .name = #member, .offset = offsetof(struct type, member)

static const struct field module_fields[] = {
	{ROW(spec_module, name), .kind = FIELD_TEXT, .form = &form_module_name,
	 .doc = "Name of the module. Other modules name it in their `bazel_dep`.",
	 .example = "name: my_service"},
	{ROW(spec_module, version), .kind = FIELD_TEXT, .form = &form_version,
	 .doc = "Version of the module.", .example = "version: 0.1.0"},
	{ROW(spec_module, repo_name), .kind = FIELD_TEXT, .form = &form_repo_name,
	 .doc = "Name under which the module sees its own repository; the module's name by "
		"default."},
	{ROW(spec_module, compatibility_level), .kind = FIELD_INT,
	 .doc = "A number that changes with every incompatible release. Bazel ignores it from 8.6 "
		"and 9.1 on."},
	{ROW(spec_module, bazel_compatibility), .kind = FIELD_TEXTS, .form = &form_compatibility,
	 .doc = "Conditions on the version of Bazel.",
	 .example = "bazel_compatibility: [\">=7.0.0\"]"},
	END,
};

static const struct record_type module_type = {
	.name = "module",
	.size = sizeof(struct spec_module),
	.fields = module_fields,
	.doc = "The `module()` directive. Without this key there is none, which Bazel allows for a "
	       "root module. In segment mode the user's own `MODULE.bazel` holds it.",
};

static const struct field layout_fields[] = {
	{ROW(spec_layout, module), .kind = FIELD_CHOICE, .values = "file|segment",
	 .fallback = "file",
	 .doc = "`file` owns `MODULE.bazel` whole. `segment` owns `bzlmodgen.MODULE.bazel`, which "
		"a hand-written `MODULE.bazel` includes with "
		"`include(\"//:bzlmodgen.MODULE.bazel\")` (from Bazel 7.2 on)."},
	{ROW(spec_layout, build_dir), .kind = FIELD_TEXT, .form = &form_path, .fallback = "build",
	 .doc = "Folder for the files that serve the build itself."},
	{ROW(spec_layout, build_file), .kind = FIELD_CHOICE, .values = "BUILD.bazel|BUILD",
	 .fallback = "BUILD.bazel", .doc = "Name of the files that make a folder a package."},
	{ROW(spec_layout, bazelrc), .kind = FIELD_TEXT, .form = &form_path,
	 .doc = "Path of the file with the flags that the build needs, or `none` for no such file; "
		"`bzlmodgen.bazelrc` in `build_dir` by default. Where the project has no "
		"`.bazelrc`, "
		"a `.bazelrc` of one line imports it."},
	{ROW(spec_layout, bazelversion), .kind = FIELD_TEXT, .form = &form_bazel_version,
	 .doc = "The release of Bazel that Bazelisk is to use; writes `.bazelversion`.",
	 .example = "bazelversion: 7.7.1"},
	END,
};

static const struct record_type layout_type = {
	.name = "layout",
	.size = sizeof(struct spec_layout),
	.fields = layout_fields,
	.doc = "Where the outputs stand.",
};

/* ---- modules ---- */

static const struct field bazel_dep_fields[] = {
	{ROW(spec_bazel_dep, version), .kind = FIELD_TEXT, .form = &form_version_or_user,
	 .doc = "Version in the registry. Left out: the catalogue's. `user`: the user's half of a "
		"segment declares the module, and this spec only uses it."},
	{ROW(spec_bazel_dep, dev_dependency), .kind = FIELD_BOOL, .fallback = "false",
	 .doc = "Ignored where this module is not the root; so are the extensions and "
		"registrations that come with the module."},
	{ROW(spec_bazel_dep, repo_name), .kind = FIELD_TEXT, .form = &form_repo_name_or_none,
	 .doc = "Name of the module's repository in labels; `none` makes it invisible."},
	{ROW(spec_bazel_dep, max_compatibility_level), .kind = FIELD_INT,
	 .doc = "Highest compatibility level of the module that is accepted."},
	END,
};

static const struct record_type bazel_dep_type = {
	.name = "a bazel_deps entry",
	.size = sizeof(struct spec_bazel_dep),
	.fields = bazel_dep_fields,
	.shorthand = "version",
	.doc = "A module that the project depends on, or another version of one that the catalogue "
	       "pins. Modules that outputs need are added by themselves.",
};

#define DIRECTIVE(variable, function, words)                        \
	static const struct record_type variable = {                \
		.name = (words),                                    \
		.size = sizeof(struct record),                      \
		.fields = no_fields,                                \
		.rest = (function),                                 \
		.doc = "Parameters of the directive of that name.", \
	}

DIRECTIVE(git_type, rows_of_git, "git_override");
DIRECTIVE(archive_type, rows_of_archive, "archive_override");
DIRECTIVE(single_version_type, rows_of_single_version, "single_version_override");
DIRECTIVE(multiple_version_type, rows_of_multiple_version, "multiple_version_override");

static const struct field override_fields[] = {
	{ROW(spec_override, local_path), .kind = FIELD_TEXT, .form = &form_not_empty,
	 .doc = "Folder with the module's sources; may be absolute or leave the root.",
	 .example = "local_path: ../rules_rust"},
	{ROW(spec_override, git), .kind = FIELD_RECORD, .of = &git_type,
	 .doc = "A commit of a git repository (`git_override`)."},
	{ROW(spec_override, archive), .kind = FIELD_RECORD, .of = &archive_type,
	 .doc = "An archive (`archive_override`)."},
	{ROW(spec_override, single_version), .kind = FIELD_RECORD, .of = &single_version_type,
	 .doc = "One version for the whole graph, a registry, or patches "
		"(`single_version_override`)."},
	{ROW(spec_override, multiple_version), .kind = FIELD_RECORD, .of = &multiple_version_type,
	 .doc = "Several versions side by side (`multiple_version_override`)."},
	END,
};

static const struct record_type override_type = {
	.name = "an overrides entry",
	.size = sizeof(struct spec_override),
	.fields = override_fields,
	.hint = "write {local_path: PATH}, {git: {...}}, {archive: {...}}, {single_version: {...}} "
		"or "
		"{multiple_version: {...}}",
	.doc = "Where a module comes from instead of the registry; exactly one of the keys. The "
	       "dialect stays that of the pinned version.",
};

static const struct field extension_fields[] = {
	{ROW(spec_extension, file), .kind = FIELD_TEXT, .form = &form_absolute_label,
	 .flags = FIELD_REQUIRED, .doc = "Label of the `.bzl` file that has the extension.",
	 .example = "file: \"@rules_python//python/extensions:python.bzl\""},
	{ROW(spec_extension, name), .kind = FIELD_TEXT, .form = &form_identifier,
	 .doc = "Name of the extension in that file; the proxy's name by default."},
	{ROW(spec_extension, dev_dependency), .kind = FIELD_BOOL, .fallback = "false",
	 .doc = "Ignored where this module is not the root."},
	{ROW(spec_extension, tags), .kind = FIELD_NODE, .shape = &shape_tags,
	 .doc = "List of tags in their order, each a mapping from the tag's name to its "
		"attributes.",
	 .example = "tags: [{toolchain: {python_version: \"3.12\"}}]"},
	{ROW(spec_extension, use_repo), .kind = FIELD_NODE, .shape = &shape_repositories,
	 .doc = "Repositories to make visible: names, or mappings from a name of one's own to that "
		"of the extension.",
	 .example = "use_repo: [pip, {deps: pip_deps}]"},
	END,
};

static const struct record_type extension_type = {
	.name = "an extensions entry",
	.size = sizeof(struct spec_extension),
	.fields = extension_fields,
	.doc = "A module extension that this tool does not know by itself.",
};

static const struct field repository_fields[] = {
	{ROW(spec_repository, rule), .kind = FIELD_TEXT, .form = &form_rule_reference,
	 .flags = FIELD_REQUIRED, .doc = "The repository rule, as FILE%RULE.",
	 .example = "rule: \"@bazel_tools//tools/build_defs/repo:http.bzl%http_archive\""},
	{ROW(spec_repository, dev_dependency), .kind = FIELD_BOOL, .fallback = "false",
	 .doc = "Ignored where this module is not the root."},
	{ROW(spec_repository, attrs), .kind = FIELD_NODE, .shape = &shape_attributes,
	 .doc = "Attributes of the rule, unchecked."},
	END,
};

static const struct record_type repository_type = {
	.name = "a repositories entry",
	.size = sizeof(struct spec_repository),
	.fields = repository_fields,
	.doc = "A repository made with `use_repo_rule`.",
};

static const struct field registration_fields[] = {
	{ROW(spec_registration, label), .kind = FIELD_TEXT, .form = &form_pattern,
	 .flags = FIELD_REQUIRED, .doc = "Label or pattern of what is registered."},
	{ROW(spec_registration, dev_dependency), .kind = FIELD_BOOL, .fallback = "false",
	 .doc = "Ignored where this module is not the root."},
	END,
};

static const struct record_type registration_type = {
	.name = "a registration",
	.size = sizeof(struct spec_registration),
	.fields = registration_fields,
	.shorthand = "label",
	.doc = "Something to register.",
};

/* ---- profiles ---- */

static const struct field profile_fields[] = {
	{ROW(spec_profile, opt_level), .kind = FIELD_CHOICE, .values = "0|1|2|3|s|z",
	 .doc = "How much to optimise; `s` and `z` for size (`-Copt-level`)."},
	{ROW(spec_profile, lto), .kind = FIELD_CHOICE, .values = "off|thin|fat",
	 .doc = "Optimisation across crates when linking (`-Clto`). The setting of rules_rust that "
		"contradicts it is set in the bazelrc."},
	{ROW(spec_profile, codegen_units), .kind = FIELD_INT,
	 .doc = "Parts that a crate is compiled in; 1 optimises best (`-Ccodegen-units`)."},
	{ROW(spec_profile, panic), .kind = FIELD_CHOICE, .values = "unwind|abort",
	 .doc = "What a panic does (`-Cpanic`)."},
	{ROW(spec_profile, strip), .kind = FIELD_CHOICE, .values = "none|debuginfo|symbols",
	 .doc = "What is left out of the binary (`-Cstrip`)."},
	{ROW(spec_profile, debug), .kind = FIELD_CHOICE,
	 .values = "0|1|2|none|line-directives-only|line-tables-only|limited|full",
	 .doc = "Debug information (`-Cdebuginfo`)."},
	{ROW(spec_profile, overflow_checks), .kind = FIELD_BOOL,
	 .doc = "Whether integer overflow panics (`-Coverflow-checks`)."},
	{ROW(spec_profile, rustc_flags), .kind = FIELD_TEXTS, .form = &form_not_empty,
	 .doc = "Further flags of rustc.", .example = "rustc_flags: [-Ctarget-cpu=x86-64-v3]"},
	END,
};

static const struct record_type profile_type = {
	.name = "a profile",
	.size = sizeof(struct spec_profile),
	.fields = profile_fields,
	.doc = "Compiler optimisation in Cargo's words.",
};

static const struct field profiles_fields[] = {
	{ROW(spec_profiles, release), .kind = FIELD_RECORD, .of = &profile_type,
	 .doc = "For `bazel build -c opt`."},
	{ROW(spec_profiles, dev), .kind = FIELD_RECORD, .of = &profile_type,
	 .doc = "For every other compilation mode."},
	END,
};

static const struct record_type profiles_type = {
	.name = "profiles",
	.size = sizeof(struct spec_profiles),
	.fields = profiles_fields,
	.doc = "Flags of every `rust_binary` (opt out with `profile: false`; opt a library in with "
	       "`profile: true`), chosen by the root package's `config_setting` named `release`.",
};

/* ---- packages, raw ---- */

static const struct record_type package_arguments_type = {
	.name = "package",
	.size = sizeof(struct record),
	.fields = no_fields,
	.rest = rows_of_package,
	.doc = "Arguments of `package()`.",
};

static const struct field package_fields[] = {
	{ROW(spec_package, package), .kind = FIELD_RECORD, .of = &package_arguments_type,
	 .doc = "Arguments of `package()`.", .example = "package: {default_visibility: public}"},
	{ROW(spec_package, targets), .kind = FIELD_NODE, .shape = &shape_targets,
	 .doc = "The targets. The first key of each is its rule, with the name as value.",
	 .example = "targets: [{rust_library: domain, srcs: [src/lib.rs]}]"},
	END,
};

static const struct record_type package_type = {
	.name = "a package",
	.size = sizeof(struct spec_package),
	.fields = package_fields,
	.shorthand = "targets",
	.doc = "A Bazel package: a list of targets, or `package` and `targets`.",
};

static const struct field target_fields[] = {
	{ROW(spec_target, name), .kind = FIELD_TEXT, .flags = FIELD_OF_FOREIGN,
	 .doc = "Name of the target, for `rule: NAME` only; elsewhere it stands behind the rule."},
	{ROW(spec_target, load), .kind = FIELD_TEXT, .form = &form_label, .flags = FIELD_OF_FOREIGN,
	 .doc = "Label of the `.bzl` file that has the rule, for `rule: NAME` only. Left out: a "
		"native rule."},
	{ROW(spec_target, comment), .kind = FIELD_TEXT,
	 .flags = FIELD_OF_RULE | FIELD_OF_FOREIGN | FIELD_OF_EXPORTS,
	 .doc = "A comment above the target."},
	{ROW(spec_target, profile), .kind = FIELD_BOOL, .flags = FIELD_OF_RULE | FIELD_OF_FOREIGN,
	 .doc = "Whether `profiles` apply; by default to `rust_binary` alone."},
	{ROW(spec_target, crates), .kind = FIELD_NODE, .shape = &shape_crates,
	 .flags = FIELD_OF_RULE | FIELD_OF_FOREIGN,
	 .doc = "Crates that the target uses: a list of names; `{HUB: [names]}`; `all` for what "
		"the "
		"package's Cargo.toml says; `{all: [kinds], aliases: false}` to say it by hand.",
	 .example = "crates: [serde, tokio]"},
	{ROW(spec_target, attrs), .kind = FIELD_NODE, .shape = &shape_attributes,
	 .flags = FIELD_OF_RULE | FIELD_OF_FOREIGN,
	 .doc = "Further attributes, passed on unchecked.", .example = "attrs: {exec_group: gpu}"},
	{ROW(spec_target, visibility), .kind = FIELD_NODE, .shape = &shape_visibility,
	 .flags = FIELD_OF_RULE | FIELD_OF_FOREIGN | FIELD_OF_EXPORTS,
	 .doc = "`public`, `private`, or a list of labels.", .example = "visibility: public"},
	END,
};

/* Further keys are attributes of the rule; which, only facts/ can tell. */
static const struct attribute *
rows_of_rule(void)
{
	static const struct attribute none[] = {{0}};

	return none;
}

const struct record_type spec_target_type = {
	.name = "a target",
	.size = sizeof(struct spec_target),
	.fields = target_fields,
	.rest = rows_of_rule,
	.doc = "Keys that every target takes, besides the attributes of its rule.",
};

static const struct field raw_fields[] = {
	{ROW(spec_raw, text), .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	 .doc = "The text, appended as it is."},
	END,
};

static const struct record_type raw_type = {
	.name = "a raw entry",
	.size = sizeof(struct spec_raw),
	.fields = raw_fields,
	.shorthand = "text",
	.doc = "Text that is appended to an output.",
};

/* ---- the whole ---- */

static const struct field spec_fields[] = {
	{ROW(spec, spec), .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	 .doc = "Version of the format: 1.", .example = "spec: 1"},
	{ROW(spec, catalogue), .kind = FIELD_TEXT,
	 .doc = "The set of ruleset versions; the newest by default.",
	 .example = "catalogue: \"2026-08\""},
	{ROW(spec, tool), .kind = FIELD_TEXT, .form = &form_requirement,
	 .doc = "Requirement on the version of bzlmodgen itself.", .example = "tool: \">=0.1\""},
	{ROW(spec, module), .kind = FIELD_RECORD, .of = &module_type,
	 .doc = "The `module()` directive."},
	{ROW(spec, layout), .kind = FIELD_RECORD, .of = &layout_type,
	 .doc = "Where the outputs stand."},
	{ROW(spec, bazel_deps), .kind = FIELD_MAP, .of = &bazel_dep_type, .form = &form_module_name,
	 .doc = "Modules to depend on: name to version, or to parameters.",
	 .example = "bazel_deps: {rules_python: 1.7.0}"},
	{ROW(spec, overrides), .kind = FIELD_MAP, .of = &override_type, .form = &form_module_name,
	 .doc = "Where modules come from instead of the registry."},
	{ROW(spec, extensions), .kind = FIELD_MAP, .of = &extension_type, .form = &form_proxy,
	 .doc = "Further module extensions, by the name of their proxy."},
	{ROW(spec, repositories), .kind = FIELD_MAP, .of = &repository_type,
	 .form = &form_repo_name, .doc = "Repositories made with `use_repo_rule`."},
	{ROW(spec, toolchains), .kind = FIELD_LIST, .of = &registration_type,
	 .doc = "Toolchains to register, in order, before those that follow from the spec.",
	 .example = "toolchains: [\"//toolchains:all\"]"},
	{ROW(spec, execution_platforms), .kind = FIELD_LIST, .of = &registration_type,
	 .doc = "Execution platforms to register, in order.",
	 .example = "execution_platforms: [\"//platforms:remote\"]"},
	{ROW(spec, rust), .kind = FIELD_RECORD, .of = &rust_type, .doc = "The Rust SDK."},
	{ROW(spec, crates), .kind = FIELD_RECORD, .of = &crates_type,
	 .doc = "Dependencies from crates.io, git and paths."},
	{ROW(spec, profiles), .kind = FIELD_RECORD, .of = &profiles_type,
	 .doc = "Compiler optimisation."},
	{ROW(spec, packages), .kind = FIELD_MAP, .of = &package_type, .form = &form_package,
	 .doc = "Bazel packages by path; `\"\"` or `.` is the root package."},
	{ROW(spec, raw), .kind = FIELD_MAP, .of = &raw_type, .form = &form_path,
	 .doc = "Text to append to an output, by its path.",
	 .example = "raw: {MODULE.bazel: 'print(\"hello\")'}"},
	END,
};

const struct record_type spec_type = {
	.name = "the spec",
	.size = sizeof(struct spec),
	.fields = spec_fields,
	.doc = "One file that says what a project needs of Bazel.",
};

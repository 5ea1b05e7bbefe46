/* The names that templates and `facts` know. */
#include "facts/tables.h"

#define END                  \
	{                    \
		.name = NULL \
	}
#define ROW(type, member) .name = #member, .offset = offsetof(struct type, member)

static const struct field call_fields[] = {
	{ROW(fact_call, function), .kind = FIELD_TEXT, .doc = "What is called: a rule, a tag, ..."},
	{ROW(fact_call, arguments), .kind = FIELD_VALUE, .doc = "Its arguments with parentheses."},
	{ROW(fact_call, comment), .kind = FIELD_TEXTS,
	 .doc = "Lines of the comment above it, without the '#'."},
	END,
};

const struct record_type fact_call_type = {
	.name = "call",
	.size = sizeof(struct fact_call),
	.fields = call_fields,
	.doc = "A call of a rule, a tag, or a directive.",
};

static const struct field dep_fields[] = {
	{ROW(fact_dep, name), .kind = FIELD_TEXT, .doc = "Name of the module."},
	{ROW(fact_dep, version), .kind = FIELD_VALUE,
	 .doc = "Its version; absent with an override."},
	{ROW(fact_dep, repo_name), .kind = FIELD_VALUE,
	 .doc = "Another name for its repository, or None."},
	{ROW(fact_dep, max_compatibility_level), .kind = FIELD_VALUE,
	 .doc = "Highest compatibility level."},
	{ROW(fact_dep, dev_dependency), .kind = FIELD_BOOL, .doc = "For development only."},
	{ROW(fact_dep, needed_by), .kind = FIELD_TEXT,
	 .doc = "What needs it, where the spec does not name it."},
	{ROW(fact_dep, override), .kind = FIELD_RECORD, .of = &fact_call_type,
	 .doc = "The directive that overrides it."},
	{ROW(fact_dep, starts_group), .kind = FIELD_BOOL, .doc = "A blank line stands before it."},
	END,
};

const struct record_type fact_dep_type = {
	.name = "bazel_dep",
	.size = sizeof(struct fact_dep),
	.fields = dep_fields,
	.doc = "A direct dependency.",
};

static const struct field rename_fields[] = {
	{ROW(fact_rename, local), .kind = FIELD_TEXT, .doc = "Its name here."},
	{ROW(fact_rename, exported), .kind = FIELD_TEXT, .doc = "The extension's name for it."},
	END,
};

const struct record_type fact_rename_type = {
	.name = "rename",
	.size = sizeof(struct fact_rename),
	.fields = rename_fields,
	.doc = "A repository under a name of one's own.",
};

static const struct field use_repo_fields[] = {
	{ROW(fact_use_repo, repos), .kind = FIELD_TEXTS, .doc = "Names, sorted."},
	{ROW(fact_use_repo, renamed), .kind = FIELD_LIST, .of = &fact_rename_type,
	 .doc = "Those with a name of one's own."},
	{ROW(fact_use_repo, unpacked), .kind = FIELD_VALUE,
	 .doc = "Those whose own name is no identifier, as a dict."},
	{ROW(fact_use_repo, is_long), .kind = FIELD_BOOL, .doc = "It is written in several lines."},
	END,
};

const struct record_type fact_use_repo_type = {
	.name = "use_repo",
	.size = sizeof(struct fact_use_repo),
	.fields = use_repo_fields,
	.doc = "What use_repo makes visible.",
};

static const struct field extension_fields[] = {
	{ROW(fact_extension, proxy), .kind = FIELD_TEXT, .doc = "Name of the proxy."},
	{ROW(fact_extension, file), .kind = FIELD_TEXT, .doc = "Label of the file that has it."},
	{ROW(fact_extension, name), .kind = FIELD_TEXT, .doc = "Its name in that file."},
	{ROW(fact_extension, dev_dependency), .kind = FIELD_BOOL, .doc = "For development only."},
	{ROW(fact_extension, tags), .kind = FIELD_LIST, .of = &fact_call_type, .doc = "Its tags."},
	{ROW(fact_extension, use_repo), .kind = FIELD_RECORD, .of = &fact_use_repo_type,
	 .doc = "The repositories that are made visible."},
	END,
};

const struct record_type fact_extension_type = {
	.name = "extension",
	.size = sizeof(struct fact_extension),
	.fields = extension_fields,
	.doc = "A use of a module extension.",
};

static const struct field repository_rule_fields[] = {
	{ROW(fact_repository_rule, variable), .kind = FIELD_TEXT, .doc = "Name it is bound to."},
	{ROW(fact_repository_rule, file), .kind = FIELD_TEXT,
	 .doc = "Label of the file that has it."},
	{ROW(fact_repository_rule, rule), .kind = FIELD_TEXT, .doc = "Its name in that file."},
	{ROW(fact_repository_rule, repositories), .kind = FIELD_LIST, .of = &fact_call_type,
	 .doc = "The repositories that it makes."},
	END,
};

const struct record_type fact_repository_rule_type = {
	.name = "repository_rule",
	.size = sizeof(struct fact_repository_rule),
	.fields = repository_rule_fields,
	.doc = "A repository rule and what it makes.",
};

static const struct field load_fields[] = {
	{ROW(fact_load, file), .kind = FIELD_TEXT, .doc = "Label of the .bzl file."},
	{ROW(fact_load, symbols), .kind = FIELD_TEXTS, .doc = "What is loaded, sorted."},
	END,
};

const struct record_type fact_load_type = {
	.name = "load",
	.size = sizeof(struct fact_load),
	.fields = load_fields,
	.doc = "A load statement.",
};

static const struct field package_fields[] = {
	{ROW(fact_package, path), .kind = FIELD_TEXT, .doc = "Path; empty for the root package."},
	{ROW(fact_package, file), .kind = FIELD_TEXT, .doc = "Path of its BUILD file."},
	{ROW(fact_package, loads), .kind = FIELD_LIST, .of = &fact_load_type,
	 .doc = "Its load statements, sorted."},
	{ROW(fact_package, package), .kind = FIELD_RECORD, .of = &fact_call_type,
	 .doc = "The call of package()."},
	{ROW(fact_package, targets), .kind = FIELD_LIST, .of = &fact_call_type,
	 .doc = "Its targets in their order."},
	{ROW(fact_package, is_optional), .kind = FIELD_BOOL,
	 .doc = "A hand-written BUILD file in its place will do."},
	END,
};

const struct record_type fact_package_type = {
	.name = "package",
	.size = sizeof(struct fact_package),
	.fields = package_fields,
	.doc = "A package with its targets.",
};

static const struct field flag_fields[] = {
	{ROW(fact_flag, line), .kind = FIELD_TEXT, .doc = "A line of the bazelrc."},
	{ROW(fact_flag, comment), .kind = FIELD_TEXT, .doc = "Why it is there."},
	END,
};

const struct record_type fact_flag_type = {
	.name = "flag",
	.size = sizeof(struct fact_flag),
	.fields = flag_fields,
	.doc = "A flag that the build needs.",
};

static const struct field layout_fields[] = {
	{ROW(fact_layout, module), .kind = FIELD_TEXT, .doc = "file or segment."},
	{ROW(fact_layout, build_dir), .kind = FIELD_TEXT,
	 .doc = "Folder for the build's own files."},
	{ROW(fact_layout, build_file), .kind = FIELD_TEXT, .doc = "Name of BUILD files."},
	{ROW(fact_layout, bazelrc), .kind = FIELD_TEXT, .doc = "Path of the bazelrc, if any."},
	{ROW(fact_layout, import), .kind = FIELD_TEXT,
	 .doc = "The line that imports it into another bazelrc."},
	{ROW(fact_layout, bazelversion), .kind = FIELD_TEXT, .doc = "Release of Bazel, if any."},
	END,
};

const struct record_type fact_layout_type = {
	.name = "layout",
	.size = sizeof(struct fact_layout),
	.fields = layout_fields,
	.doc = "Where outputs stand.",
};

static const struct field output_fields[] = {
	{ROW(fact_output, path), .kind = FIELD_TEXT, .doc = "Path below the root."},
	{ROW(fact_output, template), .kind = FIELD_TEXT, .doc = "Name of its template."},
	{ROW(fact_output, raw), .kind = FIELD_TEXT, .doc = "Text that is appended as it is."},
	{ROW(fact_output, included_by), .kind = FIELD_TEXT,
	 .doc = "The file of the user's that must include this one; empty: none."},
	{ROW(fact_output, is_optional), .kind = FIELD_BOOL,
	 .doc = "A hand-written file in its place will do."},
	END,
};

const struct record_type fact_output_type = {
	.name = "output",
	.size = sizeof(struct fact_output),
	.fields = output_fields,
	.doc = "A file that is written.",
};

static const struct field facts_fields[] = {
	{ROW(facts, spec_file), .kind = FIELD_TEXT, .doc = "Name of the spec's file."},
	{ROW(facts, command), .kind = FIELD_TEXT,
	 .doc = "The command that regenerates the outputs."},
	{ROW(facts, catalogue), .kind = FIELD_TEXT, .doc = "Name of the set of ruleset versions."},
	{ROW(facts, layout), .kind = FIELD_RECORD, .of = &fact_layout_type,
	 .doc = "Where outputs stand."},
	{ROW(facts, module), .kind = FIELD_RECORD, .of = &fact_call_type,
	 .doc = "The module() directive, if any."},
	{ROW(facts, bazel_deps), .kind = FIELD_LIST, .of = &fact_dep_type,
	 .doc = "Direct dependencies."},
	{ROW(facts, overrides), .kind = FIELD_LIST, .of = &fact_call_type,
	 .doc = "Overrides of modules that are no direct dependency."},
	{ROW(facts, extensions), .kind = FIELD_LIST, .of = &fact_extension_type,
	 .doc = "Module extensions."},
	{ROW(facts, repository_rules), .kind = FIELD_LIST, .of = &fact_repository_rule_type,
	 .doc = "Repository rules and what they make."},
	{ROW(facts, execution_platforms), .kind = FIELD_LIST, .of = &fact_call_type,
	 .doc = "Calls of register_execution_platforms."},
	{ROW(facts, toolchains), .kind = FIELD_LIST, .of = &fact_call_type,
	 .doc = "Calls of register_toolchains."},
	{ROW(facts, bazelrc), .kind = FIELD_LIST, .of = &fact_flag_type,
	 .doc = "Flags that the build needs."},
	{ROW(facts, packages), .kind = FIELD_LIST, .of = &fact_package_type, .doc = "Packages."},
	{ROW(facts, outputs), .kind = FIELD_LIST, .of = &fact_output_type,
	 .doc = "The files that are written."},
	END,
};

const struct record_type facts_type = {
	.name = "facts",
	.size = sizeof(struct facts),
	.fields = facts_fields,
	.doc = "What every template sees.",
};

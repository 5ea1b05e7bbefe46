/*
 * The tables of buildifier 8.2.1 (tables/tables.go@v8.2.1: NamePriority, IsLabelArg,
 * LabelDenylist, IsSortableListArg, SortableDenylist), joined by name.
 */
#include "starlark/arguments.h"

struct argument_row {
	struct str name;
	struct argument_rule rule;
	bool has_exceptions;
};

#define ROW(name, priority, is_label, is_sorted)                                   \
	{                                                                          \
		{(name), sizeof(name) - 1}, {priority, is_label, is_sorted}, false \
	}
#define ROW_AND_EXCEPTIONS(name, priority, is_label, is_sorted)                   \
	{                                                                         \
		{(name), sizeof(name) - 1}, {priority, is_label, is_sorted}, true \
	}

/* Sorted bytewise by name. */
static const struct argument_row arguments[] = {
	ROW("alwayslink", 7, false, false),
	ROW("app_target", 0, true, false),
	ROW("appdir", 0, true, false),
	ROW("base_package", 0, true, false),
	ROW("baseline", -83, false, false),
	ROW("build_deps", 0, true, false),
	ROW("cc_deps", 0, true, true),
	ROW("ccdeps", 0, true, false),
	ROW("common_deps", 0, true, true),
	ROW("compile_deps", 0, true, true),
	ROW("compiler", 0, true, false),
	ROW("configs", 0, false, true),
	ROW("constraints", 0, false, true),
	ROW("data", 0, true, true),
	ROW("default_visibility", 0, true, true),
	ROW("dep", 0, true, false),
	ROW("deps", 4, true, true),
	ROW("deps_java", 0, true, true),
	ROW("destdir", 1, false, false),
	ROW("dont_depend_on", 0, true, false),
	ROW("env_deps", 0, true, false),
	ROW("envscripts", 0, true, false),
	ROW("exported_deps", 0, true, true),
	ROW("exports", 2, true, true),
	ROW("externs_list", 0, true, false),
	ROW("filegroups", 0, false, true),
	ROW("files", 0, true, true),
	ROW("globals", 0, true, false),
	ROW("gwt_name", -98, false, false),
	ROW("has_services", -86, false, false),
	ROW("hdrs", -87, false, true),
	ROW("implementation", 5, true, false),
	ROW("implementation_deps", 0, true, true),
	ROW("implements", 6, true, false),
	ROW("imports", 0, false, true),
	ROW("include", -85, false, false),
	ROW_AND_EXCEPTIONS("includes", 0, true, true),
	ROW("inherits", 0, false, true),
	ROW("interface", 0, true, false),
	ROW("jar", 0, true, false),
	ROW("jars", 0, true, false),
	ROW("javadeps", 0, true, true),
	ROW("lib_deps", 0, true, true),
	ROW("library", 0, true, false),
	ROW("malloc", 0, true, false),
	ROW("model", 0, true, false),
	ROW("mods", 0, true, false),
	ROW("module_deps", 0, true, true),
	ROW_AND_EXCEPTIONS("module_name", 0, false, false),
	ROW("module_target", 0, true, false),
	ROW("name", -99, false, false),
	ROW("of", -84, true, false),
	ROW("out", -89, false, false),
	ROW_AND_EXCEPTIONS("outs", -88, false, true),
	ROW("package_name", -97, false, false),
	ROW("packages", 0, false, true),
	ROW("plugin_modules", 0, false, true),
	ROW("plugins", 0, true, false),
	ROW("private_deps", 0, true, true),
	ROW("proto_deps", 0, true, true),
	ROW("proto_target", 0, true, false),
	ROW("protos", 0, true, true),
	ROW("pubs", 0, false, true),
	ROW("resource", 0, true, false),
	ROW("resources", 0, true, true),
	ROW("runtime_deps", 3, true, true),
	ROW("scope", 0, true, false),
	ROW("shared_deps", 0, true, true),
	ROW("similar_deps", 0, true, true),
	ROW("size", -95, false, false),
	ROW("source_jar", 0, true, false),
	ROW("src", -92, true, false),
	ROW("srcdir", -91, false, false),
	ROW_AND_EXCEPTIONS("srcs", -90, true, true),
	ROW("stripped_targets", 0, true, false),
	ROW("suites", 0, true, false),
	ROW("swig_includes", 0, false, true),
	ROW("swigdeps", 0, true, true),
	ROW("tags", 0, false, true),
	ROW("target", 0, true, false),
	ROW("target_devices", 0, true, false),
	ROW("target_platforms", 0, true, false),
	ROW("template", 0, true, false),
	ROW("test", 0, true, false),
	ROW("test_data", 0, true, true),
	ROW("test_deps", 0, true, true),
	ROW("test_srcs", 0, true, true),
	ROW("test_tags", 0, false, true),
	ROW("testonly", -93, false, false),
	ROW("tests", 0, true, true),
	ROW("tests_deps", 0, true, false),
	ROW("timeout", -94, false, false),
	ROW("to_start_extensions", 0, false, true),
	ROW("tool", 0, true, false),
	ROW("tools", 0, true, true),
	ROW_AND_EXCEPTIONS("version", 0, false, false),
	ROW("visibility", 0, true, true),
	ROW("visible_node_name", -96, false, false),
};

/* What differs for one function only; replaces the row above, which says that there is such. */
struct exception_row {
	const char *function;
	const char *argument;
	struct argument_rule rule;
};

static const struct exception_row exceptions[] = {
	{"archive_override", "module_name", {-99, false, false}},
	{"bazel_dep", "version", {-98, false, false}},
	{"cc_embed_data", "srcs", {-90, true, false}},
	{"genrule", "outs", {-88, false, false}},
	{"genrule", "srcs", {-90, true, false}},
	{"git_override", "module_name", {-99, false, false}},
	{"local_path_override", "module_name", {-99, false, false}},
	{"module", "version", {-98, false, false}},
	{"multiple_version_override", "module_name", {-99, false, false}},
	{"package_group", "includes", {0, false, true}},
	{"single_version_override", "module_name", {-99, false, false}},
};

static const struct argument_row *
find_row(struct str argument)
{
	size_t low = 0;
	size_t high = argument.len == 0 ? 0 : sizeof(arguments) / sizeof(arguments[0]);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct str name = arguments[middle].name;
		/* mostly the first letters differ */
		int order = (unsigned char)argument.at[0] - (unsigned char)name.at[0];

		if (order == 0)
			order = str_cmp(argument, name);
		if (order == 0)
			return &arguments[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

struct argument_rule
argument_rule_of(struct str function, struct str argument)
{
	const struct argument_row *row = find_row(argument);

	if (row == NULL)
		return (struct argument_rule){0, false, false};
	for (size_t i = 0; row->has_exceptions && i < sizeof(exceptions) / sizeof(exceptions[0]);
	     i++) {
		if (str_is(argument, exceptions[i].argument) &&
		    str_is(function, exceptions[i].function))
			return exceptions[i].rule;
	}
	return row->rule;
}

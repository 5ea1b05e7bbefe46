/*
 * The tables of buildifier 8.2.1 (tables/tables.go@v8.2.1: NamePriority, IsLabelArg,
 * LabelDenylist, IsSortableListArg, SortableDenylist), joined by name.
 */
#include "starlark/arguments.h"

struct argument_row {
	const char *name;
	struct argument_rule rule;
};

/* Sorted bytewise by name. */
static const struct argument_row arguments[] = {
	{"alwayslink", {7, false, false}},
	{"app_target", {0, true, false}},
	{"appdir", {0, true, false}},
	{"base_package", {0, true, false}},
	{"baseline", {-83, false, false}},
	{"build_deps", {0, true, false}},
	{"cc_deps", {0, true, true}},
	{"ccdeps", {0, true, false}},
	{"common_deps", {0, true, true}},
	{"compile_deps", {0, true, true}},
	{"compiler", {0, true, false}},
	{"configs", {0, false, true}},
	{"constraints", {0, false, true}},
	{"data", {0, true, true}},
	{"default_visibility", {0, true, true}},
	{"dep", {0, true, false}},
	{"deps", {4, true, true}},
	{"deps_java", {0, true, true}},
	{"destdir", {1, false, false}},
	{"dont_depend_on", {0, true, false}},
	{"env_deps", {0, true, false}},
	{"envscripts", {0, true, false}},
	{"exported_deps", {0, true, true}},
	{"exports", {2, true, true}},
	{"externs_list", {0, true, false}},
	{"filegroups", {0, false, true}},
	{"files", {0, true, true}},
	{"globals", {0, true, false}},
	{"gwt_name", {-98, false, false}},
	{"has_services", {-86, false, false}},
	{"hdrs", {-87, false, true}},
	{"implementation", {5, true, false}},
	{"implementation_deps", {0, true, true}},
	{"implements", {6, true, false}},
	{"imports", {0, false, true}},
	{"include", {-85, false, false}},
	{"includes", {0, true, true}},
	{"inherits", {0, false, true}},
	{"interface", {0, true, false}},
	{"jar", {0, true, false}},
	{"jars", {0, true, false}},
	{"javadeps", {0, true, true}},
	{"lib_deps", {0, true, true}},
	{"library", {0, true, false}},
	{"malloc", {0, true, false}},
	{"model", {0, true, false}},
	{"mods", {0, true, false}},
	{"module_deps", {0, true, true}},
	{"module_target", {0, true, false}},
	{"name", {-99, false, false}},
	{"of", {-84, true, false}},
	{"out", {-89, false, false}},
	{"outs", {-88, false, true}},
	{"package_name", {-97, false, false}},
	{"packages", {0, false, true}},
	{"plugin_modules", {0, false, true}},
	{"plugins", {0, true, false}},
	{"private_deps", {0, true, true}},
	{"proto_deps", {0, true, true}},
	{"proto_target", {0, true, false}},
	{"protos", {0, true, true}},
	{"pubs", {0, false, true}},
	{"resource", {0, true, false}},
	{"resources", {0, true, true}},
	{"runtime_deps", {3, true, true}},
	{"scope", {0, true, false}},
	{"shared_deps", {0, true, true}},
	{"similar_deps", {0, true, true}},
	{"size", {-95, false, false}},
	{"source_jar", {0, true, false}},
	{"src", {-92, true, false}},
	{"srcdir", {-91, false, false}},
	{"srcs", {-90, true, true}},
	{"stripped_targets", {0, true, false}},
	{"suites", {0, true, false}},
	{"swig_includes", {0, false, true}},
	{"swigdeps", {0, true, true}},
	{"tags", {0, false, true}},
	{"target", {0, true, false}},
	{"target_devices", {0, true, false}},
	{"target_platforms", {0, true, false}},
	{"template", {0, true, false}},
	{"test", {0, true, false}},
	{"test_data", {0, true, true}},
	{"test_deps", {0, true, true}},
	{"test_srcs", {0, true, true}},
	{"test_tags", {0, false, true}},
	{"testonly", {-93, false, false}},
	{"tests", {0, true, true}},
	{"tests_deps", {0, true, false}},
	{"timeout", {-94, false, false}},
	{"to_start_extensions", {0, false, true}},
	{"tool", {0, true, false}},
	{"tools", {0, true, true}},
	{"visibility", {0, true, true}},
	{"visible_node_name", {-96, false, false}},
};

/* What differs for one function only; replaces the row above. */
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

struct argument_rule
argument_rule_of(struct str function, struct str argument)
{
	size_t low = 0;
	size_t high = sizeof(arguments) / sizeof(arguments[0]);

	for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++) {
		if (str_is(argument, exceptions[i].argument) &&
		    str_is(function, exceptions[i].function))
			return exceptions[i].rule;
	}
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(argument, str_from(arguments[middle].name));

		if (order == 0)
			return arguments[middle].rule;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return (struct argument_rule){0, false, false};
}

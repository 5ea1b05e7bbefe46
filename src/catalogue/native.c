/*
 * Rules that are part of Bazel, and the attributes that Bazel gives to every rule. Source: the
 * rule definitions that Bazel 7.7.1 prints (`bazel info build-language`), and a load of each
 * attribute on each kind of rule, with a plain value and with a select().
 */
#include "catalogue/tables.h"

#define FIXED ATTRIBUTE_FIXED

const struct attribute native_all[] = {
	{"aspect_hints", ATTRIBUTE_LABEL_LIST,
	 .doc = "Targets that tell aspects something about this one."},
	{"deprecation", ATTRIBUTE_STRING, FIXED,
	 .doc = "Warning shown where a target of another package depends on this one."},
	{"features", ATTRIBUTE_STRING_LIST,
	 .doc = "Toolchain features to switch on, or off with a leading '-'."},
	{"name", ATTRIBUTE_STRING, FIXED | ATTRIBUTE_REQUIRED, .doc = "Name of the target."},
	{"tags", ATTRIBUTE_STRING_LIST, FIXED,
	 .doc = "Words to filter targets by; some, such as manual, change how Bazel treats them."},
	{"testonly", ATTRIBUTE_BOOL, FIXED,
	 .doc = "Whether only tests and other testonly targets may depend on this one."},
	{"visibility", ATTRIBUTE_LABEL_LIST, FIXED,
	 .doc = "Packages and package groups that may depend on this target."},
	{0},
};

const struct attribute native_metadata[] = {
	{"applicable_licenses", ATTRIBUTE_LABEL_LIST, FIXED,
	 .doc = "Targets that describe the licence and origin of this one."},
	{0},
};

const struct attribute native_compatible[] = {
	{"compatible_with", ATTRIBUTE_LABEL_LIST, FIXED,
	 .doc = "Environments for which the target can be built besides the default ones."},
	{"restricted_to", ATTRIBUTE_LABEL_LIST, FIXED,
	 .doc = "The only environments for which the target can be built."},
	{"target_compatible_with", ATTRIBUTE_LABEL_LIST,
	 .doc = "Constraints that the target platform must have; elsewhere the target is skipped."},
	{0},
};

const struct attribute native_exec[] = {
	{"exec_compatible_with", ATTRIBUTE_LABEL_LIST, FIXED,
	 .doc = "Constraints that the platform which runs the actions must have."},
	{"exec_properties", ATTRIBUTE_STRING_DICT,
	 .doc = "Execution properties of the target's actions, over those of the platform."},
	{"toolchains", ATTRIBUTE_LABEL_LIST,
	 .doc = "Targets whose Make variables the target may use."},
	{0},
};

const struct attribute native_legacy[] = {
	{"distribs", ATTRIBUTE_STRING_LIST, FIXED, .doc = "Ways of distribution; has no effect."},
	{"licenses", ATTRIBUTE_STRING_LIST, FIXED,
	 .doc = "Kinds of licence of the target's sources; superseded by applicable_licenses."},
	{0},
};

const struct attribute native_executable[] = {
	{"args", ATTRIBUTE_STRING_LIST, .doc = "Arguments that `bazel run` hands to the program."},
	{"output_licenses", ATTRIBUTE_STRING_LIST,
	 .doc = "Kinds of licence of what the program writes."},
	{0},
};

const struct attribute native_test[] = {
	{"args", ATTRIBUTE_STRING_LIST,
	 .doc = "Arguments that `bazel test` and `bazel run` hand to the test."},
	{"flaky", ATTRIBUTE_BOOL, FIXED,
	 .doc = "Whether a failing test is tried again, up to three times."},
	{"local", ATTRIBUTE_BOOL, FIXED,
	 .doc = "Whether the test runs on this machine and outside of the sandbox."},
	{"shard_count", ATTRIBUTE_INT,
	 .doc = "Number of processes that share the test's cases, at most 50."},
	{"size", ATTRIBUTE_STRING, FIXED, .values = "small|medium|large|enormous",
	 .doc = "How heavy the test is; sets its default timeout and its share of the machine."},
	{"timeout", ATTRIBUTE_STRING, FIXED, .values = "short|moderate|long|eternal",
	 .doc = "How long the test may run: one, five, 15 or 60 minutes."},
	{0},
};

/* ---- alias ---- */

static const struct attribute alias[] = {
	{"actual", ATTRIBUTE_LABEL, ATTRIBUTE_REQUIRED, .doc = "The target that the alias names."},
	{0},
};
const struct attribute *const alias_attributes[] = {
	alias, native_all, native_metadata, native_compatible, NULL,
};

/* ---- config_setting ---- */

static const struct attribute config_setting[] = {
	{"constraint_values", ATTRIBUTE_LABEL_LIST, FIXED,
	 .doc = "Constraints that the target platform must have for the setting to match."},
	{"define_values", ATTRIBUTE_STRING_DICT, FIXED,
	 .doc = "Values that --define must give for the setting to match."},
	{"flag_values", ATTRIBUTE_LABEL_STRING_DICT, FIXED,
	 .doc = "Values that user-defined build settings must have for the setting to match."},
	{"values", ATTRIBUTE_STRING_DICT, FIXED,
	 .doc = "Values that Bazel's own flags must have for the setting to match."},
	{0},
};
const struct attribute *const config_setting_attributes[] = {
	config_setting, native_all, native_metadata, native_legacy, NULL,
};

/* ---- constraint_setting, constraint_value ---- */

static const struct attribute constraint_setting[] = {
	{"default_constraint_value", ATTRIBUTE_LABEL, FIXED | ATTRIBUTE_IN_PACKAGE,
	 .doc = "Value of the same package for platforms that name none of this setting."},
	{0},
};
const struct attribute *const constraint_setting_attributes[] = {
	constraint_setting,
	native_all,
	native_legacy,
	NULL,
};

static const struct attribute constraint_value[] = {
	{"constraint_setting", ATTRIBUTE_LABEL, FIXED | ATTRIBUTE_REQUIRED,
	 .doc = "The setting that this is a value of."},
	{0},
};
const struct attribute *const constraint_value_attributes[] = {
	constraint_value,
	native_all,
	native_legacy,
	NULL,
};

/* ---- filegroup ---- */

static const struct attribute filegroup[] = {
	{"data", ATTRIBUTE_LABEL_LIST, .doc = "Targets needed at run time by those in srcs."},
	{"output_group", ATTRIBUTE_STRING,
	 .doc = "Output group to take from srcs instead of the default outputs."},
	{"output_licenses", ATTRIBUTE_STRING_LIST,
	 .doc = "Kinds of licence of what the targets write."},
	{"path", ATTRIBUTE_STRING,
	 .doc = "Path to prepend to the files of the group, relative to the package."},
	{"srcs", ATTRIBUTE_LABEL_LIST, .doc = "Targets and files that make up the group."},
	{0},
};
const struct attribute *const filegroup_attributes[] = {
	filegroup, native_all, native_metadata, native_compatible, native_legacy, NULL,
};

/* ---- genrule ---- */

static const struct attribute genrule[] = {
	{"cmd", ATTRIBUTE_STRING, .doc = "The command, with $(location) and Make variables."},
	{"cmd_bash", ATTRIBUTE_STRING, .doc = "Command for Bash; goes before cmd."},
	{"cmd_bat", ATTRIBUTE_STRING, .doc = "Command for Windows batch; goes before cmd there."},
	{"cmd_ps", ATTRIBUTE_STRING,
	 .doc = "Command for PowerShell; goes before all others there."},
	{"executable", ATTRIBUTE_BOOL, FIXED,
	 .doc = "Whether the one output is a program that `bazel run` may start."},
	{"heuristic_label_expansion", ATTRIBUTE_BOOL,
	 .doc = "Whether words of cmd that look like labels are replaced by paths."},
	{"local", ATTRIBUTE_BOOL,
	 .doc = "Whether the command runs on this machine and outside of the sandbox."},
	{"message", ATTRIBUTE_STRING, .doc = "Progress message shown while the command runs."},
	{"output_licenses", ATTRIBUTE_STRING_LIST,
	 .doc = "Kinds of licence of what the command writes."},
	{"output_to_bindir", ATTRIBUTE_BOOL, FIXED,
	 .doc = "Whether outputs go to the bin folder and not to genfiles."},
	{"outs", ATTRIBUTE_LABEL_LIST,
	 FIXED | ATTRIBUTE_REQUIRED | ATTRIBUTE_OUTPUT | ATTRIBUTE_IN_PACKAGE,
	 .doc = "Files that the command writes."},
	{"srcs", ATTRIBUTE_LABEL_LIST, .doc = "Files that the command reads."},
	{"stamp", ATTRIBUTE_INT, .values = "-1|0|1",
	 .doc = "Whether the command sees build stamps; -1 leaves it to --stamp."},
	{"tools", ATTRIBUTE_LABEL_LIST,
	 .doc = "Programs that the command runs, built for the executing platform."},
	{0},
};
const struct attribute *const genrule_attributes[] = {
	genrule, native_all, native_metadata, native_compatible, native_exec, native_legacy, NULL,
};

/* ---- platform ---- */

static const struct attribute platform[] = {
	{"constraint_values", ATTRIBUTE_LABEL_LIST, FIXED,
	 .doc = "Values that the platform has, one of each setting at most."},
	{"exec_properties", ATTRIBUTE_STRING_DICT, FIXED,
	 .doc = "Execution properties of actions that run on the platform."},
	{"parents", ATTRIBUTE_LABEL_LIST, FIXED,
	 .doc = "A platform, one at most, whose values this one inherits."},
	{"remote_execution_properties", ATTRIBUTE_STRING, FIXED,
	 .doc = "Text for the remote executor; superseded by exec_properties."},
	{0},
};
const struct attribute *const platform_attributes[] = {
	platform,
	native_all,
	native_legacy,
	NULL,
};

/* ---- test_suite ---- */

static const struct attribute test_suite[] = {
	{"tests", ATTRIBUTE_LABEL_LIST, FIXED,
	 .doc = "Tests and suites to run; all tests of the package where left out."},
	{0},
};
const struct attribute *const test_suite_attributes[] = {
	test_suite, native_all, native_metadata, native_compatible, native_legacy, NULL,
};

/* Targets: values, visibility, profiles, comments, and everything that is no known rule. */
#include "spec_run.h"

static void
values_of_every_kind(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs gen.rs");
	run(fixture,
	    "packages:\n"
	    "  '':\n"
	    "    - rust_library: a\n"
	    "      srcs: {concat: [[a.rs], {glob: ['src/**'], exclude: [src/x.rs],"
	    " allow_empty: true}, {select: {':on': [gen.rs], '//conditions:default': []}}]}\n"
	    "      crate_root: a.rs\n"
	    "      edition: 2021\n"
	    "      version: 1.10\n"
	    "      alwayslink: true\n"
	    "      stamp: -1\n"
	    "      rustc_env: {A: 1, B: 'no'}\n"
	    "      rustc_flags: {select: {':on': [-g], '//conditions:default': []},"
	    " no_match_error: 'none \"fits\"'}\n"
	    "    - config_setting: 'on'\n"
	    "      values: {cpu: k8}\n");
	assert_file(fixture, "BUILD.bazel",
		    "\nload(\"@rules_rust//rust:defs.bzl\", \"rust_library\")\n"
		    "\nrust_library(\n"
		    "    name = \"a\",\n"
		    "    srcs = [\"a.rs\"] + glob(\n"
		    "        [\"src/**\"],\n"
		    "        allow_empty = True,\n"
		    "        exclude = [\"src/x.rs\"],\n"
		    "    ) + select({\n"
		    "        \":on\": [\"gen.rs\"],\n"
		    "        \"//conditions:default\": [],\n"
		    "    }),\n"
		    "    crate_root = \"a.rs\",\n"
		    "    edition = \"2021\",\n"
		    "    rustc_env = {\n"
		    "        \"A\": \"1\",\n"
		    "        \"B\": \"no\",\n"
		    "    },\n"
		    "    rustc_flags = select(\n"
		    "        {\n"
		    "            \":on\": [\"-g\"],\n"
		    "            \"//conditions:default\": [],\n"
		    "        },\n"
		    "        no_match_error = \"none \\\"fits\\\"\",\n"
		    "    ),\n"
		    "    stamp = -1,\n"
		    "    version = \"1.10\",\n"
		    "    alwayslink = True,\n"
		    ")\n"
		    "\nconfig_setting(\n"
		    "    name = \"on\",\n"
		    "    values = {\"cpu\": \"k8\"},\n"
		    ")\n");
}

/* Without a type, only what is plain in YAML 1.2 is more than text. */
static void
unchecked_values(void **state)
{
	struct fixture *fixture = *state;

	run(fixture,
	    "packages:\n"
	    "  '':\n"
	    "    - filegroup: f\n"
	    "      attrs: {a: 1, b: '1', c: true, d: yes, e: null, f: 1.5, g: 007, h: {i: [j]},"
	    " k: {select: {'//conditions:default': {glob: ['*']}}}}\n");
	assert_file(fixture, "BUILD.bazel",
		    "\nfilegroup(\n"
		    "    name = \"f\",\n"
		    "    a = 1,\n"
		    "    b = \"1\",\n"
		    "    c = True,\n"
		    "    d = \"yes\",\n"
		    "    e = None,\n"
		    "    f = \"1.5\",\n"
		    "    g = \"007\",\n"
		    "    h = {\"i\": [\"j\"]},\n"
		    "    k = select({\"//conditions:default\": glob([\"*\"])}),\n"
		    ")\n");
}

static void
rules_of_other_rulesets(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "bazel_deps: {rules_shell: {repo_name: shell}}\n"
		     "packages:\n"
		     "  tools:\n"
		     "    - rule: sh_binary\n"
		     "      name: run\n"
		     "      load: '@shell//shell:sh_binary.bzl'\n"
		     "      attrs: {srcs: [run.sh], data: [':made_by_run']}\n"
		     "      visibility: public\n"
		     "    - rule: package_group\n"
		     "      name: group\n"
		     "      attrs: {packages: [//...]}\n"
		     "    - alias: made\n"
		     "      actual: ':run_more'\n");
	assert_file(fixture, "tools/BUILD.bazel",
		    "\nload(\"@shell//shell:sh_binary.bzl\", \"sh_binary\")\n"
		    "\nsh_binary(\n"
		    "    name = \"run\",\n"
		    "    srcs = [\"run.sh\"],\n"
		    "    data = [\":made_by_run\"],\n"
		    "    visibility = [\"//visibility:public\"],\n"
		    ")\n"
		    "\npackage_group(\n"
		    "    name = \"group\",\n"
		    "    packages = [\"//...\"],\n"
		    ")\n"
		    "\nalias(\n"
		    "    name = \"made\",\n"
		    "    actual = \":run_more\",\n"
		    ")\n");
}

static void
exported_files_and_comments(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "b.txt");
	fs_memory_file(&fixture->memory, "a b.txt", "");
	run(fixture, "packages:\n"
		     "  '.':\n"
		     "    package: {default_visibility: public, features: [x]}\n"
		     "    targets:\n"
		     "      - exports_files: [b.txt, 'a b.txt']\n"
		     "        comment: \"One: \\\"two\\\"\\n\\n  # three\\tfour\\r\\n\"\n"
		     "        visibility: ['//x:__pkg__']\n"
		     "      - test_suite: ünï\n");
	assert_file(fixture, "BUILD.bazel",
		    "\npackage(\n"
		    "    default_visibility = [\"//visibility:public\"],\n"
		    "    features = [\"x\"],\n"
		    ")\n"
		    "\n# One: \"two\"\n#\n#   # three\tfour\n"
		    "exports_files(\n"
		    "    [\n        \"b.txt\",\n        \"a b.txt\",\n    ],\n"
		    "    visibility = [\"//x:__pkg__\"],\n"
		    ")\n"
		    "\ntest_suite(name = \"ünï\")\n");
}

static void
profiles_as_flags(void **state)
{
	struct fixture *fixture = *state;
	static const char flags[] =
		"select({\n"
		"        \"//:release\": [\n"
		"            \"-Ccodegen-units=1\",\n"
		"            \"-Copt-level=3\",\n"
		"            \"-Cpanic=abort\",\n"
		"            \"-g\",\n"
		"        ],\n"
		"        \"//conditions:default\": [\"-Coverflow-checks=on\"],\n"
		"    }),\n";

	touch(fixture, "app/main.rs");
	run(fixture, "profiles: {release: {opt_level: 3, codegen_units: 1, panic: abort,"
		     " rustc_flags: [-g]}, dev: {overflow_checks: true}}\n"
		     "packages:\n"
		     "  app:\n"
		     "    - {rust_binary: a, srcs: [main.rs], rustc_flags: [-Cx]}\n"
		     "    - {rust_binary: b, srcs: [main.rs], profile: false}\n"
		     "    - {rust_library: c, srcs: [main.rs], profile: true}\n");
	assert_has(fixture, "app/BUILD.bazel",
		   arena_printf(&fixture->arena, "    rustc_flags = [\"-Cx\"] + %s", flags).at);
	assert_has(fixture, "app/BUILD.bazel",
		   "rust_binary(\n    name = \"b\",\n    srcs = [\"main.rs\"],\n)\n");
	assert_has(fixture, "app/BUILD.bazel",
		   arena_printf(&fixture->arena,
				"    name = \"c\",\n    srcs = [\"main.rs\"],\n"
				"    rustc_flags = %s",
				flags)
			   .at);
	assert_file(fixture, "BUILD.bazel",
		    "\nconfig_setting(\n"
		    "    name = \"release\",\n"
		    "    values = {\"compilation_mode\": \"opt\"},\n"
		    ")\n");
}

static void
raw_text_is_appended(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "packages: {a: []}\n"
		     "raw:\n"
		     "  a/BUILD.bazel: \"x = [1]\\n\\n\"\n"
		     "  MODULE.bazel: {text: 'print(\"{{not}} a {{tag}}\")'}\n");
	assert_file(fixture, "a/BUILD.bazel", "\nx = [1]\n");
	assert_file(fixture, "MODULE.bazel", "\nprint(\"{{not}} a {{tag}}\")\n");
}

/* A target that raw text makes is not known, but its name stands there. */
static void
labels_into_raw_text(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "packages:\n"
		     "  a: [{alias: b, actual: ':made'}]\n"
		     "raw: {a/BUILD.bazel: 'some_rule(name = \"made\")'}\n");
	assert_has(fixture, "a/BUILD.bazel", "actual = \":made\"");
	assert_wrong(fixture,
		     "packages:\n"
		     "  a: [{alias: b, actual: ':made'}]\n"
		     "raw: {a/BUILD.bazel: 'some_rule(name = \"mad\")'}\n",
		     "3:26 L005 package '//a' has no target or file 'made'\n");
}

static void
outputs_of_rules_have_names(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs");
	run(fixture, "packages:\n"
		     "  '':\n"
		     "    - genrule: gen\n"
		     "      outs: [out/a.txt, b.rs]\n"
		     "      cmd: touch $(OUTS)\n"
		     "    - rust_library: l\n"
		     "      srcs: [a.rs, ':b.rs']\n"
		     "      crate_root: a.rs\n"
		     "      data: [out/a.txt, ':gen']\n"
		     "    - pkg_tar: t\n"
		     "      srcs: [':l', t.md5]\n"
		     "    - alias: tar\n"
		     "      actual: ':t.tar'\n");
	assert_has(fixture, "BUILD.bazel", "actual = \":t.tar\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(values_of_every_kind, setup, teardown),
		cmocka_unit_test_setup_teardown(unchecked_values, setup, teardown),
		cmocka_unit_test_setup_teardown(rules_of_other_rulesets, setup, teardown),
		cmocka_unit_test_setup_teardown(exported_files_and_comments, setup, teardown),
		cmocka_unit_test_setup_teardown(profiles_as_flags, setup, teardown),
		cmocka_unit_test_setup_teardown(raw_text_is_appended, setup, teardown),
		cmocka_unit_test_setup_teardown(labels_into_raw_text, setup, teardown),
		cmocka_unit_test_setup_teardown(outputs_of_rules_have_names, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Hubs of crates, and what `crates:` of a target comes to. */
#include "spec_run.h"

static void
a_hub_of_specs(void **state)
{
	struct fixture *fixture = *state;

	run(fixture,
	    "crates:\n"
	    "  repository: deps\n"
	    "  isolated: true\n"
	    "  specs:\n"
	    "    serde: '1.0'\n"
	    "    tokio: {version: 1.38, default_features: false, features: [net, macros]}\n"
	    "    own: {git: 'https://example.com/own.git', tag: v1}\n"
	    "  annotations:\n"
	    "    serde: {rustc_flags: [-g], select: {x86_64-unknown-linux-gnu: "
	    "{rustc_flags: [-O]}}}\n"
	    "    ring: [{version: 0.16, build_script_env: {A: b}}, {version: 0.17}]\n");
	assert_has(fixture, "MODULE.bazel",
		   "crate.spec(\n    package = \"serde\",\n    version = \"1.0\",\n)\n"
		   "crate.spec(\n"
		   "    default_features = False,\n"
		   "    features = [\n        \"net\",\n        \"macros\",\n    ],\n"
		   "    package = \"tokio\",\n    version = \"1.38\",\n)\n"
		   "crate.spec(\n    git = \"https://example.com/own.git\",\n"
		   "    package = \"own\",\n    tag = \"v1\",\n)\n"
		   "crate.annotation(\n    crate = \"serde\",\n    rustc_flags = [\"-g\"],\n)\n"
		   "crate.annotation_select(\n    crate = \"serde\",\n"
		   "    rustc_flags = [\"-O\"],\n"
		   "    triples = [\"x86_64-unknown-linux-gnu\"],\n)\n"
		   "crate.annotation(\n    build_script_env = {\"A\": \"b\"},\n"
		   "    crate = \"ring\",\n    version = \"0.16\",\n)\n"
		   "crate.annotation(\n    crate = \"ring\",\n    version = \"0.17\",\n)\n"
		   "crate.from_specs(\n    name = \"deps\",\n    isolated = True,\n)\n"
		   "use_repo(crate, \"deps\")\n");
}

static void
a_hub_of_a_cargo_workspace(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "Cargo.toml Cargo.lock app/Cargo.toml lib/Cargo.toml lock.json");
	run(fixture, "crates:\n"
		     "  from_cargo: {manifests: [Cargo.toml, ./app/Cargo.toml, lib/Cargo.toml]}\n"
		     "  lockfile: lock.json\n"
		     "packages: {lib: []}\n");
	assert_has(fixture, "MODULE.bazel",
		   "crate.from_cargo(\n"
		   "    name = \"crates\",\n"
		   "    cargo_lockfile = \"//:Cargo.lock\",\n"
		   "    lockfile = \"//:lock.json\",\n"
		   "    manifests = [\n"
		   "        \"//:Cargo.toml\",\n"
		   "        \"//:app/Cargo.toml\",\n"
		   "        \"//lib:Cargo.toml\",\n"
		   "    ],\n)\n");
	/* labels need the root to be a package */
	assert_paths(fixture, " BUILD.bazel MODULE.bazel lib/BUILD.bazel");
	assert_true(output_of(fixture, "BUILD.bazel")->is_optional);
}

static void
a_package_on_disk_owns_its_files(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "Cargo.toml Cargo.lock app/Cargo.toml app/BUILD BUILD");
	run(fixture, "crates: {from_cargo: {manifests: [Cargo.toml, app/Cargo.toml]}}\n");
	assert_has(fixture, "MODULE.bazel", "\"//app:Cargo.toml\"");
	assert_paths(fixture, " MODULE.bazel");
}

static void
names_lead_to_their_hub(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs");
	run(fixture, "crates:\n"
		     "  specs: {serde: '1.0', old: {version: '1', package_alias: new}}\n"
		     "  hubs: {tools: {specs: {bindgen: '0.71'}}, far: external}\n"
		     "packages:\n"
		     "  '':\n"
		     "    - rust_library: a\n"
		     "      srcs: [a.rs]\n"
		     "      crates: {far: [anything], tools: [bindgen], crates: [new]}\n"
		     "      deps: ['@crates//:serde']\n"
		     "    - rust_library: b\n"
		     "      srcs: [a.rs]\n"
		     "      crates: [serde, new]\n");
	assert_has(fixture, "BUILD.bazel",
		   "    name = \"a\",\n    srcs = [\"a.rs\"],\n"
		   "    deps = [\n"
		   "        \"@crates//:serde\",\n"
		   "        \"@crates//new\",\n"
		   "        \"@far//anything\",\n"
		   "        \"@tools//bindgen\",\n"
		   "    ],\n");
	assert_has(
		fixture, "BUILD.bazel",
		"    deps = [\n        \"@crates//new\",\n        \"@crates//serde\",\n    ],\n");
	assert_has(fixture, "MODULE.bazel", "use_repo(crate, \"crates\", \"tools\")\n");
	assert_wrong(fixture,
		     "crates: {specs: {old: {version: '1', package_alias: new}}}\n"
		     "packages: {'': [{rust_library: a, srcs: [a.rs], crates: [old]}]}\n",
		     "3:58 L003 hub 'crates' has no crate 'old'\n");
}

static void
proc_macros_stand_apart(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs");
	run(fixture, "crates:\n"
		     "  specs:\n"
		     "    async-trait: '0.1'\n"
		     "    serde_derive: {version: '1', package_alias: derive}\n"
		     "    mine: {version: '1', proc_macro: true}\n"
		     "    paste: {version: '1', proc_macro: false}\n"
		     "    serde: '1'\n"
		     "packages:\n"
		     "  '':\n"
		     "    - rust_library: a\n"
		     "      srcs: [a.rs]\n"
		     "      crates: [async-trait, derive, mine, paste, serde]\n");
	assert_has(fixture, "BUILD.bazel",
		   "    proc_macro_deps = [\n"
		   "        \"@crates//async-trait\",\n"
		   "        \"@crates//derive\",\n"
		   "        \"@crates//mine\",\n"
		   "    ],\n"
		   "    deps = [\n"
		   "        \"@crates//paste\",\n"
		   "        \"@crates//serde\",\n"
		   "    ],\n");
}

/* The kinds of dependencies that the rule of the target goes with. */
static void
all_crates_of_a_target(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs build.rs Cargo.toml Cargo.lock");
	run(fixture, "crates: {from_cargo: {}}\n"
		     "packages:\n"
		     "  '':\n"
		     "    - rust_library: lib\n"
		     "      srcs: [a.rs]\n"
		     "      crates: all\n"
		     "    - rust_test: test\n"
		     "      srcs: [a.rs]\n"
		     "      crates: all\n"
		     "    - cargo_build_script: script\n"
		     "      srcs: [build.rs]\n"
		     "      crates: all\n");
	assert_has(fixture, "BUILD.bazel",
		   "load(\"@crates//:defs.bzl\", \"aliases\", \"all_crate_deps\")\n");
	assert_has(fixture, "BUILD.bazel",
		   "    name = \"lib\",\n    srcs = [\"a.rs\"],\n"
		   "    aliases = aliases(\n        normal = True,\n        proc_macro = True,\n"
		   "    ),\n"
		   "    proc_macro_deps = all_crate_deps(proc_macro = True),\n"
		   "    deps = all_crate_deps(normal = True),\n");
	assert_has(fixture, "BUILD.bazel",
		   "    aliases = aliases(\n        normal = True,\n        normal_dev = True,\n"
		   "        proc_macro = True,\n        proc_macro_dev = True,\n    ),\n"
		   "    proc_macro_deps = all_crate_deps(\n        proc_macro = True,\n"
		   "        proc_macro_dev = True,\n    ),\n"
		   "    deps = all_crate_deps(\n        normal = True,\n"
		   "        normal_dev = True,\n    ),\n");
	assert_has(fixture, "BUILD.bazel",
		   "    proc_macro_deps = all_crate_deps(build_proc_macro = True),\n"
		   "    deps = all_crate_deps(build = True),\n");
}

static void
all_crates_by_hand(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs Cargo.toml Cargo.lock");
	run(fixture, "crates: {from_cargo: {}}\n"
		     "packages:\n"
		     "  '':\n"
		     "    - rust_library: a\n"
		     "      srcs: [a.rs]\n"
		     "      deps: [':b']\n"
		     "      crates: {all: [normal], aliases: false}\n"
		     "    - rust_library: b\n"
		     "      srcs: [a.rs]\n"
		     "      aliases: {'@crates//:x': y}\n"
		     "      crates: {all: []}\n");
	assert_has(fixture, "BUILD.bazel", "load(\"@crates//:defs.bzl\", \"all_crate_deps\")\n");
	assert_has(fixture, "BUILD.bazel",
		   "    name = \"a\",\n    srcs = [\"a.rs\"],\n"
		   "    deps = [\":b\"] + all_crate_deps(normal = True),\n)\n");
	assert_has(fixture, "BUILD.bazel",
		   "    name = \"b\",\n    srcs = [\"a.rs\"],\n"
		   "    aliases = {\"@crates//:x\": \"y\"},\n)\n");
}

static void
specs_beside_a_cargo_workspace(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs Cargo.toml Cargo.lock");
	run(fixture, "crates: {from_cargo: {}, specs: {anyhow: '1'}}\n"
		     "packages: {'': [{rust_library: a, srcs: [a.rs],"
		     " crates: [anyhow, from_the_workspace]}]}\n");
	assert_has(fixture, "MODULE.bazel", "crate.spec(\n    package = \"anyhow\",\n");
	assert_has(fixture, "MODULE.bazel", "crate.from_cargo(\n");
	assert_lacks(fixture, "MODULE.bazel", "from_specs");
	assert_has(fixture, "BUILD.bazel", "\"@crates//from_the_workspace\",\n");
}

static void
labels_into_hubs_are_checked(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs");
	run(fixture, "crates: {specs: {serde: '1', tool: '1'}, annotations: "
		     "{tool: {gen_binaries: [tool]}}}\n"
		     "packages: {'': [{rust_library: a, srcs: [a.rs], deps: "
		     "['@crates//:serde-1.0.200'], data: ['@crates//:tool__tool']}]}\n");
	assert_wrong(fixture,
		     "crates: {specs: {serde: '1'}}\n"
		     "packages: {'': [{rust_library: a, srcs: [a.rs], deps: "
		     "['@crates//:serde-json']}]}\n",
		     "3:56 L003 hub 'crates' has no crate 'serde-json'\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_hub_of_specs, setup, teardown),
		cmocka_unit_test_setup_teardown(a_hub_of_a_cargo_workspace, setup, teardown),
		cmocka_unit_test_setup_teardown(a_package_on_disk_owns_its_files, setup, teardown),
		cmocka_unit_test_setup_teardown(names_lead_to_their_hub, setup, teardown),
		cmocka_unit_test_setup_teardown(proc_macros_stand_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(all_crates_of_a_target, setup, teardown),
		cmocka_unit_test_setup_teardown(all_crates_by_hand, setup, teardown),
		cmocka_unit_test_setup_teardown(specs_beside_a_cargo_workspace, setup, teardown),
		cmocka_unit_test_setup_teardown(labels_into_hubs_are_checked, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

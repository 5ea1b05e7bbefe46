/* What a version of rules_rust changes in the outputs. */
#include "spec_run.h"

/* The MODULE.bazel and the BUILD.bazel of a spec, at a version. */
static void
run_at(struct fixture *fixture, const char *version, const char *rest)
{
	run(fixture,
	    arena_printf(&fixture->arena, "bazel_deps: {rules_rust: %s}\n%s", version, rest).at);
}

static const char with_crate[] = "crates: {specs: {serde: '1.0'}}\n"
				 "packages: {'': [{rust_library: a, srcs: [a.rs],"
				 " crates: [serde]}]}\n";

static void
labels_of_crates_follow_the_version(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs");
	run_at(fixture, "0.46.0", with_crate);
	assert_has(fixture, "BUILD.bazel", "deps = [\"@crates//:serde\"],\n");
	run_at(fixture, "0.70.0", with_crate);
	assert_has(fixture, "BUILD.bazel", "deps = [\"@crates//:serde\"],\n");
	run_at(fixture, "0.71.0", with_crate);
	assert_has(fixture, "BUILD.bazel", "deps = [\"@crates//serde\"],\n");
}

static void
the_file_of_crate_universe_follows_the_version(void **state)
{
	struct fixture *fixture = *state;
	static const char singular[] =
		"use_extension(\"@rules_rust//crate_universe:extension.bzl\", \"crate\")";
	static const char plural[] =
		"use_extension(\"@rules_rust//crate_universe:extensions.bzl\", \"crate\")";

	touch(fixture, "a.rs");
	run_at(fixture, "0.54.1", with_crate);
	assert_has(fixture, "MODULE.bazel", singular);
	run_at(fixture, "0.55.6", with_crate);
	assert_has(fixture, "MODULE.bazel", plural);
	run_at(fixture, "0.71.1", with_crate);
	assert_has(fixture, "MODULE.bazel", plural);
}

/* Versions that the tables do not name lie between two that they do. */
static void
versions_between_take_the_older_dialect(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs");
	run_at(fixture, "0.54.2", with_crate);
	assert_has(fixture, "MODULE.bazel", "crate_universe:extension.bzl");
	run_at(fixture, "0.55.0-rc1", with_crate);
	assert_has(fixture, "MODULE.bazel", "crate_universe:extension.bzl");
	run_at(fixture, "0.70.1", with_crate);
	assert_has(fixture, "BUILD.bazel", "\"@crates//:serde\"");
	run_at(fixture, "0.99.0", with_crate);
	assert_has(fixture, "BUILD.bazel", "\"@crates//serde\"");
}

static const char with_lto[] = "profiles: {release: {lto: fat}}\n"
			       "packages: {'': [{rust_binary: a, srcs: [a.rs]}]}\n";

static void
lto_needs_a_setting_from_0_57(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs");
	run_at(fixture, "0.54.1", with_lto);
	assert_has(fixture, "BUILD.bazel", "\"//:release\": [\"-Clto=fat\"]");
	assert_paths(fixture, " BUILD.bazel MODULE.bazel");
	run_at(fixture, "0.57.0", with_lto);
	assert_file(fixture, "build/bzlmodgen.bazelrc",
		    "\n# The profiles set -Clto themselves.\n"
		    "build --@rules_rust//rust/settings:lto=manual\n");
	assert_file(fixture, ".bazelrc", "import %workspace%/build/bzlmodgen.bazelrc\n");
	assert_wrong(fixture,
		     "bazel_deps: {rules_rust: 0.56.0}\n"
		     "profiles: {dev: {lto: fat}}\n",
		     "3:23 V005 'lto' of a profile cannot work with rules_rust 0.56.0\n");
}

/* -Clto=off is no optimisation, which every version can live with. */
static void
lto_off_needs_nothing(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs");
	run_at(fixture, "0.56.0",
	       "profiles: {release: {lto: off}}\n"
	       "packages: {'': [{rust_binary: a, srcs: [a.rs]}]}\n");
	assert_has(fixture, "BUILD.bazel", "\"//:release\": [\"-Clto=off\"]");
	assert_paths(fixture, " BUILD.bazel MODULE.bazel");
}

static void
the_hub_is_told_of_host_tools(void **state)
{
	struct fixture *fixture = *state;
	static const char named[] = "rust: {host_tools: {name: tools, version: 1.85.0}}\n"
				    "crates: {specs: {serde: '1.0'}}\n";

	run_at(fixture, "0.57.0", named);
	assert_has(fixture, "MODULE.bazel", "host_tools_repo = \"tools\",\n");
	run_at(fixture, "0.60.0", named);
	assert_has(fixture, "MODULE.bazel", "host_tools_repo = \"tools\",\n");
	run_at(fixture, "0.61.0", named);
	assert_has(fixture, "MODULE.bazel", "host_tools = \"@tools\",\n");
	assert_lacks(fixture, "MODULE.bazel", "host_tools_repo");
	run_at(fixture, "0.61.0",
	       "rust: {host_tools: {version: 1.85.0}}\n"
	       "crates: {specs: {serde: '1.0'}}\n");
	assert_lacks(fixture, "MODULE.bazel", "host_tools = \"");
}

static void
specs_name_their_hub_where_there_are_several(void **state)
{
	struct fixture *fixture = *state;
	static const char several[] = "crates: {specs: {serde: '1.0'}, hubs: {tools: {specs: "
				      "{bindgen-cli: '0.71'}}}}\n";

	run_at(fixture, "0.57.0", several);
	assert_has(fixture, "MODULE.bazel",
		   "crate.spec(\n    package = \"serde\",\n    repositories = [\"crates\"],\n");
	assert_has(
		fixture, "MODULE.bazel",
		"crate.spec(\n    package = \"bindgen-cli\",\n    repositories = [\"tools\"],\n");
	run_at(fixture, "0.57.0", "crates: {specs: {serde: '1.0'}, hubs: {tools: external}}\n");
	assert_lacks(fixture, "MODULE.bazel", "repositories");
	assert_lacks(fixture, "MODULE.bazel", "tools");
}

static void
types_of_attributes_follow_the_version(void **state)
{
	struct fixture *fixture = *state;
	static const char text[] = "rust: {toolchain: {allocator_library: 'a:b:c'}}\n";

	run_at(fixture, "0.69.0", text);
	assert_has(fixture, "MODULE.bazel", "allocator_library = \"a:b:c\"");
	assert_wrong(fixture,
		     "bazel_deps: {rules_rust: 0.70.0}\n"
		     "rust: {toolchain: {allocator_library: 'a:b:c'}}\n",
		     "3:39 L001 'a:b:c' is not a label: a package starts with '//'\n");
}

static void
further_machines_get_a_set_of_their_own(void **state)
{
	struct fixture *fixture = *state;

	run_at(fixture, "0.56.0",
	       "rust: {edition: '2021', version: 1.85.0, exec_triples: "
	       "[x86_64-unknown-linux-gnu, riscv64gc-unknown-linux-gnu]}\n");
	assert_has(fixture, "MODULE.bazel",
		   "rust.repository_set(\n"
		   "    name = \"rust_linux_riscv64gc\",\n"
		   "    edition = \"2021\",\n"
		   "    exec_triple = \"riscv64gc-unknown-linux-gnu\",\n"
		   "    target_compatible_with = [\n"
		   "        \"@platforms//cpu:riscv64\",\n"
		   "        \"@platforms//os:linux\",\n"
		   "    ],\n"
		   "    target_triple = \"riscv64gc-unknown-linux-gnu\",\n"
		   "    versions = [\"1.85.0\"],\n"
		   ")\n");
	assert_has(fixture, "MODULE.bazel", "bazel_dep(name = \"platforms\"");
	assert_lacks(fixture, "MODULE.bazel", "rust_linux_x86_64");
}

static void
channels_and_their_flag(void **state)
{
	struct fixture *fixture = *state;

	run_at(fixture, "0.73.0", "rust: {versions: {beta: 2025-02-20, nightly: 2025-02-21}}\n");
	assert_has(fixture, "MODULE.bazel",
		   "rust.toolchain(versions = [\n    \"beta/2025-02-20\",\n"
		   "    \"nightly/2025-02-21\",\n])\n");
	assert_has(fixture, "build/bzlmodgen.bazelrc",
		   "build --@rules_rust//rust/toolchain/channel=beta\n");
	run_at(fixture, "0.73.0",
	       "rust: {version: 1.85.0, versions: {nightly: 2025-02-21}, channel: stable}\n");
	assert_paths(fixture, " MODULE.bazel");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(labels_of_crates_follow_the_version, setup,
						teardown),
		cmocka_unit_test_setup_teardown(the_file_of_crate_universe_follows_the_version,
						setup, teardown),
		cmocka_unit_test_setup_teardown(versions_between_take_the_older_dialect, setup,
						teardown),
		cmocka_unit_test_setup_teardown(lto_needs_a_setting_from_0_57, setup, teardown),
		cmocka_unit_test_setup_teardown(lto_off_needs_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(the_hub_is_told_of_host_tools, setup, teardown),
		cmocka_unit_test_setup_teardown(specs_name_their_hub_where_there_are_several, setup,
						teardown),
		cmocka_unit_test_setup_teardown(types_of_attributes_follow_the_version, setup,
						teardown),
		cmocka_unit_test_setup_teardown(further_machines_get_a_set_of_their_own, setup,
						teardown),
		cmocka_unit_test_setup_teardown(channels_and_their_flag, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

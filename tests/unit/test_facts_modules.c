/* Modules: their order, names and overrides; extensions, repository rules and registrations. */
#include "spec_run.h"

static void
nothing_asked_for_is_an_empty_module(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "");
	assert_paths(fixture, " MODULE.bazel");
	assert_file(fixture, "MODULE.bazel", "");
	run(fixture, "rust: {}\n");
	assert_file(fixture, "MODULE.bazel",
		    "\nbazel_dep(name = \"rules_rust\", version = \"0.73.0\")  # for rust\n");
}

static void
declared_modules_come_first_and_development_ones_last(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs");
	run(fixture, "bazel_deps:\n"
		     "  zlib: 1.3.1\n"
		     "  rules_cc: {dev_dependency: true}\n"
		     "  aaa: {version: 1.10, max_compatibility_level: 3, repo_name: none}\n"
		     "rust: {edition: 2021}\n"
		     "packages: {'': [{pkg_tar: t, srcs: [a.rs]}]}\n");
	assert_has(fixture, "MODULE.bazel",
		   "\nbazel_dep(name = \"zlib\", version = \"1.3.1\")\n"
		   "bazel_dep(name = \"aaa\", version = \"1.10\", max_compatibility_level = 3, "
		   "repo_name = None)\n"
		   "bazel_dep(name = \"rules_pkg\", version = \"1.3.0\")  # for pkg_tar\n"
		   "bazel_dep(name = \"rules_rust\", version = \"0.73.0\")  # for rust\n"
		   "\n"
		   "bazel_dep(name = \"rules_cc\", version = \"0.2.22\", dev_dependency = True)\n"
		   "\n"
		   "rust = use_extension(");
}

/* An override stands with its module, in a group of their own. */
static void
overrides_stand_with_their_modules(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "bazel_deps: {one: 1.0, two: {}, three: 3.0}\n"
		     "overrides:\n"
		     "  deep: {local_path: ../deep}\n"
		     "  two: {git: {remote: 'https://example.com/two.git', commit: abc}}\n"
		     "  one: {single_version: {version: 1.1, patch_strip: 1}}\n");
	assert_file(fixture, "MODULE.bazel",
		    "\nbazel_dep(name = \"one\", version = \"1.0\")\n"
		    "single_version_override(\n"
		    "    module_name = \"one\",\n"
		    "    patch_strip = 1,\n"
		    "    version = \"1.1\",\n"
		    ")\n"
		    "\n"
		    "bazel_dep(name = \"two\")\n"
		    "git_override(\n"
		    "    module_name = \"two\",\n"
		    "    commit = \"abc\",\n"
		    "    remote = \"https://example.com/two.git\",\n"
		    ")\n"
		    "\n"
		    "bazel_dep(name = \"three\", version = \"3.0\")\n"
		    "\n"
		    "local_path_override(\n"
		    "    module_name = \"deep\",\n"
		    "    path = \"../deep\",\n"
		    ")\n");
}

static void
an_override_makes_up_for_a_version(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "bazel_deps: {own: {}}\n"
		     "overrides: {own: {archive: {urls: ['https://example.com/o.zip']}}}\n");
	assert_has(fixture, "MODULE.bazel", "bazel_dep(name = \"own\")\narchive_override(\n");
	assert_wrong(fixture,
		     "bazel_deps: {own: {}}\n"
		     "overrides: {own: {multiple_version: {versions: ['1.0', '2.0']}}}\n",
		     "2:14 V004 no version of module 'own' is known\n");
}

/* The dialect stays that of the pin. */
static void
an_overridden_ruleset_keeps_its_dialect(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "bazel_deps: {rules_rust: 0.54.1}\n"
		     "overrides: {rules_rust: {local_path: ../rules_rust}}\n"
		     "crates: {specs: {serde: '1.0'}}\n");
	assert_has(fixture, "MODULE.bazel",
		   "bazel_dep(name = \"rules_rust\")\nlocal_path_override(\n");
	assert_has(fixture, "MODULE.bazel", "crate_universe:extension.bzl");
}

static void
labels_use_the_name_of_the_repository(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a.rs");
	run(fixture, "bazel_deps: {rules_rust: {repo_name: rr}, platforms: {repo_name: pf}}\n"
		     "rust: {edition: 2021, versions: {nightly: 2025-02-20}}\n"
		     "profiles: {release: {lto: thin}}\n"
		     "packages: {'': [{rust_binary: a, srcs: [a.rs],"
		     " target_compatible_with: ['@pf//os:linux']}]}\n");
	assert_has(fixture, "MODULE.bazel", "repo_name = \"rr\")\n");
	assert_has(fixture, "MODULE.bazel",
		   "use_extension(\"@rr//rust:extensions.bzl\", \"rust\")");
	assert_has(fixture, "BUILD.bazel", "load(\"@rr//rust:defs.bzl\", \"rust_binary\")\n");
	assert_has(fixture, "build/bzlmodgen.bazelrc", "build --@rr//rust/settings:lto=manual\n");
	assert_has(fixture, "build/bzlmodgen.bazelrc",
		   "build --@rr//rust/toolchain/channel=nightly\n");
	assert_lacks(fixture, "MODULE.bazel", "@rules_rust");
	assert_wrong(fixture,
		     "bazel_deps: {platforms: {repo_name: pf}}\n"
		     "packages: {'': [{alias: a, actual: '@platforms//os:linux'}]}\n",
		     "3:36 L002 there is no repository '@platforms'\n");
}

/* Constraints that follow from a triple are labels of ours, too. */
static void
constraints_use_the_name_of_the_repository(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "bazel_deps: {platforms: {repo_name: pf}}\n"
		     "rust: {version: 1.85.0, exec_triples: [riscv64gc-unknown-linux-gnu]}\n");
	assert_has(fixture, "MODULE.bazel",
		   "        \"@pf//cpu:riscv64\",\n        \"@pf//os:linux\",\n");
}

static void
what_comes_with_a_development_module_is_for_development(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "bazel_deps: {rules_rust: {dev_dependency: true}}\n"
		     "rust: {edition: 2021, host_tools: {version: 1.85.0}}\n"
		     "crates: {specs: {serde: '1.0'}}\n"
		     "extensions: {mine: {file: '@rules_rust//:x.bzl', use_repo: [x]}}\n"
		     "repositories: {data: {rule: '@rules_rust//:x.bzl%fetch'}}\n"
		     "toolchains: ['@rules_rust//:t', '@bazel_tools//:t']\n");
	assert_has(fixture, "MODULE.bazel", "\"rust\", dev_dependency = True)\n");
	assert_has(fixture, "MODULE.bazel", "\"rust_host_tools\", dev_dependency = True)\n");
	assert_has(fixture, "MODULE.bazel", "\"crate\", dev_dependency = True)\n");
	assert_has(fixture, "MODULE.bazel", "\"mine\", dev_dependency = True)\n");
	assert_has(fixture, "MODULE.bazel",
		   "fetch(\n    name = \"data\",\n    dev_dependency = True,\n)\n");
	assert_has(fixture, "MODULE.bazel",
		   "register_toolchains(\n    \"@rules_rust//:t\",\n    dev_dependency = True,\n)\n"
		   "\n"
		   "register_toolchains(\"@bazel_tools//:t\")\n"
		   "\n"
		   "register_toolchains(\n    \"@rust_toolchains//:all\",\n"
		   "    dev_dependency = True,\n)\n");
}

static void
repositories_of_extensions_may_be_renamed(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "extensions:\n"
		     "  pip:\n"
		     "    file: '@bazel_tools//:pip.bzl'\n"
		     "    name: the_pip\n"
		     "    tags: [{parse: {hub: a, on: true, n: 1}}, {parse: {}}]\n"
		     "    use_repo: [zz, {my: theirs, a-b: c}, aa, {an: other}]\n");
	assert_file(fixture, "MODULE.bazel",
		    "\npip = use_extension(\"@bazel_tools//:pip.bzl\", \"the_pip\")\n"
		    "pip.parse(\n    hub = \"a\",\n    n = 1,\n    on = True,\n)\n"
		    "pip.parse()\n"
		    "use_repo(pip, \"aa\", \"zz\", an = \"other\", my = \"theirs\", "
		    "**{\"a-b\": \"c\"})\n");
}

static void
names_that_are_no_identifiers_take_lines_of_their_own(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "extensions:\n"
		     "  pip:\n"
		     "    file: '@bazel_tools//:pip.bzl'\n"
		     "    use_repo: [{z-z: c, my: theirs, a-b: d}, x]\n");
	assert_has(fixture, "MODULE.bazel",
		   "\nuse_repo(\n    pip,\n    \"x\",\n    my = \"theirs\",\n"
		   "    **{\n        \"z-z\": \"c\",\n        \"a-b\": \"d\",\n    }\n)\n");
}

static void
variables_of_rules_are_free_and_small(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "BUILD.bazel one.bzl two.bzl");
	run(fixture, "extensions: {fetch_3: {file: '//:one.bzl', use_repo: [x]}}\n"
		     "repositories:\n"
		     "  a: {rule: '//:one.bzl%fetch_2'}\n"
		     "  b: {rule: '//:one.bzl%fetch'}\n"
		     "  c: {rule: '//:two.bzl%Fetch'}\n"
		     "  d: {rule: '//:one.bzl%use_repo'}\n");
	assert_has(fixture, "MODULE.bazel",
		   "\nfetch_2 = use_repo_rule(\"//:one.bzl\", \"fetch_2\")\n");
	assert_has(fixture, "MODULE.bazel", "\nfetch = use_repo_rule(\"//:one.bzl\", \"fetch\")\n");
	assert_has(fixture, "MODULE.bazel",
		   "\nfetch_4 = use_repo_rule(\"//:two.bzl\", \"Fetch\")\n"
		   "\nfetch_4(name = \"c\")\n");
	assert_has(fixture, "MODULE.bazel",
		   "\nuse_repo_2 = use_repo_rule(\"//:one.bzl\", \"use_repo\")\n");
}

static void
repository_rules_of_one_name_get_variables_of_their_own(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "BUILD.bazel own.bzl");
	run(fixture, "repositories:\n"
		     "  a: {rule: '@bazel_tools//:http.bzl%http_archive', attrs: {urls: [x]}}\n"
		     "  b: {rule: '//:own.bzl%http_archive'}\n"
		     "  c: {rule: '@bazel_tools//:http.bzl%http_archive'}\n");
	assert_file(
		fixture, "MODULE.bazel",
		"\nhttp_archive = use_repo_rule(\"@bazel_tools//:http.bzl\", \"http_archive\")\n"
		"\nhttp_archive(\n    name = \"a\",\n    urls = [\"x\"],\n)\n"
		"\nhttp_archive(name = \"c\")\n"
		"\nhttp_archive_2 = use_repo_rule(\"//:own.bzl\", \"http_archive\")\n"
		"\nhttp_archive_2(name = \"b\")\n");
}

static void
a_segment_leaves_the_users_modules_out(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "layout: {module: segment}\n"
		     "bazel_deps: {rules_rust: {version: user, repo_name: rr}, rules_cc: 0.2.22}\n"
		     "overrides: {rules_rust: {single_version: {version: 0.73.0}}}\n"
		     "rust: {edition: 2021}\n");
	assert_paths(fixture, " bzlmodgen.MODULE.bazel");
	assert_has(fixture, "bzlmodgen.MODULE.bazel",
		   "\nbazel_dep(name = \"rules_cc\", version = \"0.2.22\")\n"
		   "\nsingle_version_override(\n    module_name = \"rules_rust\",\n");
	assert_has(fixture, "bzlmodgen.MODULE.bazel", "use_extension(\"@rr//rust:extensions.bzl\"");
	assert_lacks(fixture, "bzlmodgen.MODULE.bazel", "bazel_dep(name = \"rules_rust\"");
}

static void
a_label_into_a_pinned_module_adds_it(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "packages: {'': [{alias: a, actual: '@rules_cc//cc:x'}]}\n"
		     "toolchains: ['@toolchains_llvm//:all']\n");
	assert_has(fixture, "MODULE.bazel",
		   "bazel_dep(name = \"rules_cc\", version = \"0.2.22\")  # for labels into it\n");
	assert_has(fixture, "MODULE.bazel", "bazel_dep(name = \"toolchains_llvm\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_asked_for_is_an_empty_module, setup,
						teardown),
		cmocka_unit_test_setup_teardown(
			declared_modules_come_first_and_development_ones_last, setup, teardown),
		cmocka_unit_test_setup_teardown(overrides_stand_with_their_modules, setup,
						teardown),
		cmocka_unit_test_setup_teardown(an_override_makes_up_for_a_version, setup,
						teardown),
		cmocka_unit_test_setup_teardown(an_overridden_ruleset_keeps_its_dialect, setup,
						teardown),
		cmocka_unit_test_setup_teardown(labels_use_the_name_of_the_repository, setup,
						teardown),
		cmocka_unit_test_setup_teardown(constraints_use_the_name_of_the_repository, setup,
						teardown),
		cmocka_unit_test_setup_teardown(
			what_comes_with_a_development_module_is_for_development, setup, teardown),
		cmocka_unit_test_setup_teardown(
			names_that_are_no_identifiers_take_lines_of_their_own, setup, teardown),
		cmocka_unit_test_setup_teardown(variables_of_rules_are_free_and_small, setup,
						teardown),
		cmocka_unit_test_setup_teardown(repositories_of_extensions_may_be_renamed, setup,
						teardown),
		cmocka_unit_test_setup_teardown(
			repository_rules_of_one_name_get_variables_of_their_own, setup, teardown),
		cmocka_unit_test_setup_teardown(a_segment_leaves_the_users_modules_out, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_label_into_a_pinned_module_adds_it, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

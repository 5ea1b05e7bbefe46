/* Where the outputs stand. */
#include "spec_run.h"

static const char with_flags[] = "profiles: {release: {lto: fat}}\n";

static void
run_with_flags(struct fixture *fixture, const char *layout)
{
	run(fixture, arena_printf(&fixture->arena, "layout: %s\n%s", layout, with_flags).at);
}

static void
folders_and_names_may_be_chosen(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, arena_printf(&fixture->arena,
				  "layout: {build_dir: tools/bazel, build_file: BUILD,"
				  " bazelversion: 7.7.1}\n"
				  "packages: {a/b: []}\n%s",
				  with_flags)
			     .at);
	assert_paths(fixture, " .bazelrc .bazelversion BUILD MODULE.bazel a/b/BUILD"
			      " tools/bazel/bzlmodgen.bazelrc");
	assert_file(fixture, ".bazelrc", "import %workspace%/tools/bazel/bzlmodgen.bazelrc\n");
	assert_string_equal(body_of(fixture, ".bazelversion"), "7.7.1\n");
	assert_true(output_of(fixture, ".bazelrc")->is_optional);
}

/* Bazel takes a blank for the end of a word, and '#' for a comment. */
static void
imports_are_quoted(void **state)
{
	struct fixture *fixture = *state;

	run_with_flags(fixture, "{bazelrc: 'etc/our flags#1.rc'}");
	assert_file(fixture, ".bazelrc", "import \"%workspace%/etc/our flags#1.rc\"\n");
	run_with_flags(fixture, "{bazelrc: 'a\"b.rc'}");
	assert_file(fixture, ".bazelrc", "import \"%workspace%/a\\\"b.rc\"\n");
}

static void
the_bazelrc_itself_imports_nothing(void **state)
{
	struct fixture *fixture = *state;

	run_with_flags(fixture, "{bazelrc: .bazelrc}");
	assert_paths(fixture, " .bazelrc BUILD.bazel MODULE.bazel");
	assert_has(fixture, ".bazelrc", "build --@rules_rust//rust/settings:lto=manual\n");
}

/* A warning leaves a run good. */
static void
warn(struct fixture *fixture, const char *layout, const char *expected)
{
	assert_true(run_text(fixture, arena_printf(&fixture->arena, "spec: 1\nlayout: %s\n%s",
						   layout, with_flags)));
	assert_string_equal(complaints(fixture), expected);
}

static void
a_bazelrc_of_the_users_has_to_import_ours(void **state)
{
	struct fixture *fixture = *state;

	fs_memory_file(&fixture->memory, ".bazelrc", "build --jobs=2\n");
	warn(fixture, "{}", "0:0 P110 '.bazelrc' does not import 'build/bzlmodgen.bazelrc'\n");
	fs_memory_file(&fixture->memory, ".bazelrc",
		       "try-import %workspace%/build/bzlmodgen.bazelrc\n");
	warn(fixture, "{}", "");
	warn(fixture, "{bazelrc: none}", "2:19 P111 without a bazelrc, flags are left to you\n");
	assert_paths(fixture, " BUILD.bazel MODULE.bazel");
}

static void
of_two_build_files_one_is_hidden(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "BUILD");
	warn(fixture, "{}",
	     "3:1 P112 Bazel will not read 'BUILD', since 'BUILD.bazel' stands beside it\n");
	warn(fixture, "{build_file: BUILD}", "");
}

/* Without a package in the spec, a hand-written file in the root is as good. */
static void
the_root_package_comes_by_itself(void **state)
{
	struct fixture *fixture = *state;
	static const char cargo[] = "crates: {from_cargo: {}}\n";

	touch(fixture, "Cargo.toml Cargo.lock");
	run(fixture, cargo);
	assert_paths(fixture, " BUILD.bazel MODULE.bazel");
	assert_true(output_of(fixture, "BUILD.bazel")->is_optional);
	run(fixture, "crates: {from_cargo: {}}\npackages: {.: []}\n");
	assert_false(output_of(fixture, "BUILD.bazel")->is_optional);
	touch(fixture, "BUILD");
	run(fixture, cargo);
	assert_paths(fixture, " MODULE.bazel");
	run(fixture, "layout: {build_file: BUILD}\ncrates: {from_cargo: {}}\n");
	assert_paths(fixture, " BUILD MODULE.bazel");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(folders_and_names_may_be_chosen, setup, teardown),
		cmocka_unit_test_setup_teardown(imports_are_quoted, setup, teardown),
		cmocka_unit_test_setup_teardown(the_bazelrc_itself_imports_nothing, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_bazelrc_of_the_users_has_to_import_ours, setup,
						teardown),
		cmocka_unit_test_setup_teardown(of_two_build_files_one_is_hidden, setup, teardown),
		cmocka_unit_test_setup_teardown(the_root_package_comes_by_itself, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

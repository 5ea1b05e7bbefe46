/* What a spec may look like, and what its records hold. */
#include "spec_run.h"

static const struct spec *
read_spec(struct fixture *fixture, const char *text)
{
	const struct spec *spec;

	diags_init(&fixture->diags, &fixture->arena);
	bzlmodgen_load(&fixture->run, STR("bzlmodgen.yaml"), str_from(text), &spec);
	assert_non_null(spec);
	return spec;
}

static void
defaults_have_no_place(void **state)
{
	struct fixture *fixture = *state;
	const struct spec *spec = read_spec(fixture, "spec: 1\nlayout: {}\nrust: {}\n");

	assert_string_equal(complaints(fixture), "");
	assert_int_equal(spec->layout->module.index, LAYOUT_FILE);
	assert_false(spec->layout->module.is_given);
	assert_true(str_is(spec->layout->build_dir.str, "build"));
	assert_false(text_is_given(spec->layout->build_dir));
	assert_int_equal(spec->layout->build_file.index, LAYOUT_BUILD_BAZEL);
	assert_null(spec->rust->versions);
	assert_null(spec->module);
	assert_false(spec->packages.is_given);
}

/* A scalar is text, and the key decides how it is read. */
static void
scalars_are_text(void **state)
{
	struct fixture *fixture = *state;
	const struct spec *spec = read_spec(
		fixture, "spec: 1\n"
			 "module: {name: null-object, version: 1.10, compatibility_level: 1}\n"
			 "rust: {edition: 2021}\n"
			 "bazel_deps: {a: 0x10, b: 1e3, c: 007, d: 1.0}\n");
	const struct spec_bazel_dep *dep = spec->bazel_deps.items[2];

	assert_string_equal(complaints(fixture), "");
	assert_true(str_is(spec->module->version.str, "1.10"));
	assert_int_equal(spec->module->compatibility_level.value, 1);
	assert_true(str_is(spec->rust->edition.str, "2021"));
	assert_true(str_is(dep->version.str, "007"));
	assert_int_equal(dep->version.span.line, 4);
	assert_int_equal(dep->version.span.column, 34);
	assert_int_equal(dep->record.key.span.column, 31);
}

static void
short_forms_mean_the_same(void **state)
{
	struct fixture *fixture = *state;
	static const char *const texts[][2] = {
		{"bazel_deps: {a: 1.0}\n", "bazel_deps: {a: {version: 1.0}}\n"},
		{"rust: {version: 1.85.0}\n", "rust: {versions: {stable: 1.85.0}}\n"},
		{"crates: {specs: {a: '1'}}\n", "crates: {specs: {a: {version: '1'}}}\n"},
		{"toolchains: ['@bazel_tools//:a']\n",
		 "toolchains: [{label: '@bazel_tools//:a', dev_dependency: false}]\n"},
		{"packages: {a: []}\n", "packages: {a: {targets: []}}\n"},
		{"packages: {'': []}\n", "packages: {.: {}}\n"},
		{"packages: {a: []}\nraw: {a/BUILD.bazel: x}\n",
		 "packages: {a: []}\nraw: {a/BUILD.bazel: {text: \"x\\n\"}}\n"},
		{"crates: {hubs: {a: external}}\n", "crates: {hubs: {a: {origin: external}}}\n"},
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct outputs outputs;

		run(fixture, texts[i][0]);
		outputs = fixture->outputs;
		run(fixture, texts[i][1]);
		assert_int_equal(outputs.count, fixture->outputs.count);
		for (size_t j = 0; j < outputs.count; j++)
			assert_true(str_eq(outputs.items[j].content,
					   fixture->outputs.items[j].content));
	}
}

static const char sample[] = "spec: 1\n"
			     "module: {name: demo}\n"
			     "rust:\n"
			     "  edition: \"2021\"\n"
			     "packages:\n"
			     "  a:\n"
			     "    - filegroup: f\n"
			     "      comment: |\n"
			     "        one\n"
			     "        two\n";

/* As text editors on Windows write it. */
static void
line_ends_and_mark_change_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct outputs outputs;
	struct buf text;

	assert_true(run_text(fixture, str_from(sample)));
	outputs = fixture->outputs;
	buf_init(&text, &fixture->arena);
	buf_text(&text, "\xef\xbb\xbf");
	for (const char *at = sample; *at != '\0'; at++) {
		if (*at == '\n')
			buf_char(&text, '\r');
		buf_char(&text, *at);
	}
	assert_true(run_text(fixture, buf_str(&text)));
	assert_string_equal(complaints(fixture), "");
	assert_int_equal(outputs.count, fixture->outputs.count);
	for (size_t i = 0; i < outputs.count; i++)
		assert_true(str_eq(outputs.items[i].content, fixture->outputs.items[i].content));
}

static void
anchors_repeat_values(void **state)
{
	struct fixture *fixture = *state;

	touch(fixture, "a/x.rs b/x.rs");
	run(fixture, "packages:\n"
		     "  a: &package\n"
		     "    - rust_library: x\n"
		     "      srcs: &srcs [x.rs]\n"
		     "      data: *srcs\n"
		     "  b: *package\n");
	assert_string_equal(body_of(fixture, "a/BUILD.bazel"), body_of(fixture, "b/BUILD.bazel"));
	assert_has(fixture, "a/BUILD.bazel", "    data = [\"x.rs\"],\n");
}

static void
the_tool_may_be_asked_for(void **state)
{
	struct fixture *fixture = *state;

	run(fixture, "tool: '>=0.1'\n");
	run(fixture, "tool: '>=0.1, <1'\n");
	run(fixture, "tool: 0.1.0\n");
	run(fixture, "tool: '> 0.0.9 , <=0.1.0'\n");
	assert_wrong(fixture, "tool: '>0.1.0'\n",
		     "2:7 S007 this is bzlmodgen 0.1.0, but the spec asks for '>0.1.0'\n");
}

static void
mistakes_do_not_hide_each_other(void **state)
{
	struct fixture *fixture = *state;

	assert_wrong(fixture,
		     "catalog: '2026-08'\n"
		     "crates: {specs: {serde: one, tokio: '1'}}\n"
		     "packages:\n"
		     "  a:\n"
		     "    - rust_library: l\n"
		     "      srcs: l.rs\n"
		     "      crates: [serde, serdee]\n"
		     "      deps: ['//b:x', '//b:y', '//c']\n"
		     "  b:\n"
		     "    - filegroup: x\n"
		     "      srcs: []\n"
		     "      srcs: []\n",
		     "2:1 S001 unknown key 'catalog' in the spec\n"
		     "3:25 S004 'one' is not a Cargo version requirement, such as '1.0', '=1.2.3' "
		     "or '>=1.2, <2'\n"
		     "7:13 S003 'srcs' takes a list of labels, not text\n"
		     "8:23 L003 hub 'crates' has no crate 'serdee'\n"
		     "9:23 L005 package '//b' has no target or file 'y'\n"
		     "9:32 L006 there is no package '//c'\n"
		     "13:7 Y008 duplicate key 'srcs'\n");
}

/* What cannot be found is no mistake where the place to look was not understood. */
static void
mistakes_bring_no_others(void **state)
{
	struct fixture *fixture = *state;

	assert_wrong(fixture,
		     "crate: {specs: {serde: '1'}}\n"
		     "packages: {a: [{rust_library: l, srcs: [':g'], crates: [serde]},"
		     " {genrul: g, outs: [x]}]}\n",
		     "2:1 S001 unknown key 'crate' in the spec\n"
		     "3:67 S008 unknown rule 'genrul'\n");
	assert_wrong(fixture,
		     "catalogue: '2024-7'\n"
		     "crates: {specs: {serde: {version: '1', package_alias: s}}}\n",
		     "2:12 V001 there is no catalogue set '2024-7'\n");
	assert_wrong(fixture,
		     "bazel_deps: {rules_rust: old}\n"
		     "package: {a: []}\n"
		     "toolchains: ['//a:b', '@x//:y']\n",
		     "3:1 S001 unknown key 'package' in the spec\n"
		     "4:23 L002 there is no repository '@x'\n");
	assert_wrong(fixture,
		     "overrides: {a: {local: x}, b: {git: {}}}\n"
		     "crates:\n",
		     "2:17 S001 unknown key 'local' in an overrides entry\n"
		     "2:32 S002 'remote' is missing in git_override\n"
		     "3:8 S003 crates is a mapping, not nothing\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(defaults_have_no_place, setup, teardown),
		cmocka_unit_test_setup_teardown(scalars_are_text, setup, teardown),
		cmocka_unit_test_setup_teardown(short_forms_mean_the_same, setup, teardown),
		cmocka_unit_test_setup_teardown(line_ends_and_mark_change_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(anchors_repeat_values, setup, teardown),
		cmocka_unit_test_setup_teardown(the_tool_may_be_asked_for, setup, teardown),
		cmocka_unit_test_setup_teardown(mistakes_do_not_hide_each_other, setup, teardown),
		cmocka_unit_test_setup_teardown(mistakes_bring_no_others, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Which keys of the spec changes by hand are put down to. */
#include "drift_run.h"

static void
a_value_is_named_with_both_sides(void **state)
{
	struct fixture *fixture = *state;

	assert_edit(fixture, "MODULE.bazel", "1.0.200", "1.0.210",
		    "-29,1 +29,1: crates.specs.serde.version@16:22 '1.0.210' '1.0.200'\n");
	assert_edit(fixture, "MODULE.bazel", "dev_components = True", "dev_components = False",
		    "-13,1 +13,1: rust.toolchain.dev_components@13:31 'False' 'True'\n");
	assert_edit(fixture, BUILD, "shard_count = 4", "shard_count = -12",
		    "-19,1 +19,1: packages.lib[rust_test two].shard_count@25:20 '-12' '4'\n");
	assert_edit(fixture, BUILD, "crates//tokio", "crates//:tokio",
		    "-11,1 +11,1: packages.lib[rust_library one].crates[1]@22:23 "
		    "'@crates//:tokio' '@crates//tokio'\n");
	assert_edit(fixture, BUILD, "\"a.rs\"", "'other.rs'",
		    "-8,1 +8,1: packages.lib[rust_library one].srcs[0]@21:14 'other.rs' 'a.rs'\n");
	assert_edit(fixture, BUILD, "\"a.rs\"", "\"\"",
		    "-8,1 +8,1: packages.lib[rust_library one].srcs[0]@21:14 '' 'a.rs'\n");
	assert_edit(fixture, BUILD, "\"a.rs\"", "\"a\\\"\\n\\101\"",
		    "-8,1 +8,1: packages.lib[rust_library one].srcs[0]@21:14 'a\"\nA' 'a.rs'\n");
}

static void
more_than_a_value_is_named_alone(void **state)
{
	struct fixture *fixture = *state;

	assert_edit(fixture, BUILD, "\"a.rs\"", "\"a.rs\", \"b.rs\"",
		    "-8,1 +8,1: packages.lib[rust_library one].srcs@21:13\n");
	assert_edit(fixture, BUILD, "\"a.rs\"", "",
		    "-8,1 +8,1: packages.lib[rust_library "
		    "one].srcs[0]@21:14\n");
	assert_edit(fixture, BUILD, "srcs = [\"a.rs\"]", "source = [\"b.rs\"]",
		    "-8,1 +8,1: packages.lib[rust_library one].srcs@21:13\n");
	assert_edit(fixture, BUILD, "\"a.rs\"", "A_RS",
		    "-8,1 +8,1: packages.lib[rust_library one].srcs[0]@21:14\n");
	assert_edit(fixture, BUILD, "    srcs", "  srcs",
		    "-8,1 +8,1: packages.lib[rust_library one].srcs@21:13\n");
	assert_edit(fixture, BUILD, "rust_library(", "rust_binary(",
		    "-6,1 +6,1: packages.lib[rust_library one]@20:7\n");
	assert_edit(fixture, BUILD, "Of one", "Of two",
		    "-15,1 +15,1: packages.lib[rust_test two].comment@27:16\n");
	assert_edit(fixture, BUILD, "\"rust_test\"", "\"x\"",
		    "-4,1 +4,1: packages.lib[rust_test two]@23:7 'x' 'rust_test'\n");
	assert_edit(fixture, BUILD, ", \"rust_test\"", "",
		    "-4,1 +4,1: packages.lib[rust_test two]@23:7\n");
	assert_edit(fixture, BUILD, "\"rust_test\"", "\"rust_shared_library\", \"rust_test\"",
		    "-4,1 +4,1: packages.lib[rust_test two]@23:7\n");
}

static void
a_file_of_one_value_is_that_value(void **state)
{
	struct fixture *fixture = *state;

	/* it has no header, and so is not ours any more */
	assert_edit(fixture, ".bazelversion", "8.2.1", "8.3.0",
		    "-1,1 +1,1: layout.bazelversion@7:17 '8.3.0' '8.2.1'\n");
	assert_edit(fixture, ".bazelversion", "8.2.1\n", "8.2.1\n# pinned\n",
		    "-2,1 +1,0: layout.bazelversion@7:17\n");
}

static void
entries_come_and_go(void **state)
{
	struct fixture *fixture = *state;

	assert_edit(fixture, BUILD, "        \"@crates//tokio\",\n", "",
		    "-10,0 +11,1: packages.lib[rust_library one].crates[1]@22:23 - "
		    "'@crates//tokio'\n");
	assert_edit(fixture, BUILD, "        \"@crates//tokio\",\n",
		    "        \"@crates//tokio\",\n        \"//x\",\n        \"//y\",\n",
		    "-12,2 +11,0: packages.lib[rust_library one].crates@22:15 '//x' -; "
		    "packages.lib[rust_library one].crates@22:15 '//y' -\n");
	assert_edit(fixture, "MODULE.bazel", "        \"wasm32-unknown-unknown\",\n", "",
		    "-15,0 +16,1: rust.extra_target_triples[0]@11:7 - 'wasm32-unknown-unknown'\n");
	assert_edit(fixture, BUILD, "    shard_count = 4,\n", "",
		    "-18,0 +19,1: packages.lib[rust_test two].shard_count@25:20 - '4'\n");
	assert_edit(fixture, BUILD, "    shard_count = 4,\n",
		    "    shard_count = 4,\n    size = \"small\",\n",
		    "-20,1 +19,0: packages.lib[rust_test two]@23:7 'small' -\n");
	assert_edit(fixture, BUILD, "    shard_count = 4,\n",
		    "    shard_count = 4,\n    tags = [\n        \"a\",\n    ],\n",
		    "-20,3 +19,0: packages.lib[rust_test two]@23:7\n");
	assert_edit(fixture, BUILD, "    srcs = [\"b.rs\"],\n", "",
		    "-17,0 +18,1: packages.lib[rust_test two].srcs@24:13\n");
}

static void
what_is_gone_as_a_whole_is_named_once(void **state)
{
	struct fixture *fixture = *state;

	assert_edit(fixture, BUILD,
		    "\nrust_library(\n    name = \"one\",\n    srcs = [\"a.rs\"],\n    deps = [\n"
		    "        \"@crates//serde\",\n        \"@crates//tokio\",\n    ],\n)\n",
		    "", "-5,0 +6,9: packages.lib[rust_library one]@20:7\n");
	assert_edit(fixture, BUILD,
		    "    srcs = [\"a.rs\"],\n    deps = [\n        \"@crates//serde\",\n"
		    "        \"@crates//tokio\",\n    ],\n",
		    "",
		    "-7,0 +8,5: packages.lib[rust_library one].srcs@21:13; "
		    "packages.lib[rust_library one].crates@22:15\n");
	/* half of a list is not the list */
	assert_edit(fixture, BUILD,
		    "        \"@crates//serde\",\n        \"@crates//tokio\",\n    ],\n", "",
		    "-9,0 +10,3: packages.lib[rust_library one].crates[0]@22:16; "
		    "packages.lib[rust_library one].crates[1]@22:23; "
		    "packages.lib[rust_library one].crates@22:15\n");
	assert_edit(fixture, "MODULE.bazel",
		    "crate.spec(\n    package = \"tokio\",\n    version = \"1.38\",\n)\n", "",
		    "-30,0 +31,4: crates.specs.tokio@17:12\n");
}

static void
what_is_new_belongs_to_what_is_around(void **state)
{
	struct fixture *fixture = *state;

	assert_edit(fixture, BUILD, ")\n\n# Of one.",
		    ")\n\nrust_doc(\n    name = \"x\",\n)\n\n# Of one.",
		    "-15,4 +14,0: packages.lib@19:3\n");
	assert_edit(fixture, BUILD, ")\n\n# Of one.",
		    ")\nrust_doc(\n    name = \"x\",\n)\n\n# Of one.",
		    "-14,3 +13,0: packages.lib@19:3\n");
	assert_edit(fixture, "MODULE.bazel", "crate.spec(\n    package = \"tokio\"",
		    "crate.spec(package = \"rand\")\ncrate.spec(\n    package = \"tokio\"",
		    "-31,1 +30,0: crates.specs@15:3\n");
	assert_edit(fixture, "MODULE.bazel", "\nmodule(", "\nbazel_dep(name = \"x\")\nmodule(",
		    "-4,1 +3,0: module@3:1\n");
	/* an argument whose last line is that of the one before it */
	assert_edit(fixture, BUILD, "        \"@crates//tokio\",\n    ],\n",
		    "        \"@crates//tokio\",\n    ],\n    tags = [\n        \"x\",\n"
		    "        \"y\",\n    ],\n",
		    "-13,4 +12,0: packages.lib[rust_library one]@20:7\n");
	/* a text of several lines goes on behind its last one */
	assert_edit(fixture, BUILD, "# second\n", "# second\n# third\n",
		    "-25,1 +24,0: raw.\"lib/BUILD.bazel\"@29:20\n");
	assert_edit(fixture, BUILD, "# @generated", "# mine\n# @generated",
		    "-1,1 +0,0: packages.lib@19:3\n");
	edit(fixture, "MODULE.bazel", "register_toolchains", "\n", "\nprint(1)\n");
	assert_hunks(fixture, "MODULE.bazel", "-39,1 +38,0:\n");
}

static void
lines_of_a_hunk_are_told_apart(void **state)
{
	struct fixture *fixture = *state;

	/* as many lines: one by one */
	assert_edit(fixture, BUILD, "    srcs = [\"b.rs\"],\n    shard_count = 4,\n",
		    "    srcs = [\"c.rs\"],\n    shard_count = 5,\n",
		    "-18,2 +18,2: packages.lib[rust_test two].srcs[0]@24:14 'c.rs' 'b.rs'; "
		    "packages.lib[rust_test two].shard_count@25:20 '5' '4'\n");
	/* more: by how they begin */
	assert_edit(fixture, BUILD, "    shard_count = 4,\n",
		    "    flaky = True,\n    shard_count = 5,\n    size = \"small\",\n",
		    "-19,3 +19,1: packages.lib[rust_test two]@23:7 'True' -; "
		    "packages.lib[rust_test two].shard_count@25:20 '5' '4'; "
		    "packages.lib[rust_test two]@23:7 'small' -\n");
	/* fewer */
	assert_edit(fixture, BUILD, "    srcs = [\"b.rs\"],\n    shard_count = 4,\n",
		    "    shard_count = 5,\n",
		    "-18,1 +18,2: packages.lib[rust_test two].srcs@24:13; "
		    "packages.lib[rust_test two].shard_count@25:20 '5' '4'\n");
	/* other lines altogether */
	assert_edit(fixture, BUILD, "    srcs = [\"b.rs\"],\n    shard_count = 4,\n",
		    "    first = 1,\n    second = 2,\n    third = 3,\n",
		    "-18,3 +18,2: packages.lib[rust_test two].srcs@24:13; "
		    "packages.lib[rust_test two].shard_count@25:20\n");
	/* of several that begin alike the most similar one */
	assert_edit(fixture, BUILD, "        \"@crates//serde\",\n        \"@crates//tokio\",\n",
		    "        \"@crates//tokia\",\n",
		    "-10,1 +10,2: packages.lib[rust_library one].crates[0]@22:16 - "
		    "'@crates//serde'; packages.lib[rust_library one].crates[1]@22:23 "
		    "'@crates//tokia' '@crates//tokio'\n");
	/* a list that is spread over lines */
	assert_edit(fixture, BUILD, "    deps = [\":one\"],\n",
		    "    deps = [\n        \":one\",\n        \":three\",\n    ],\n",
		    "-20,4 +20,1: packages.lib[rust_test two].deps@26:13; "
		    "packages.lib[rust_test two]@23:7\n");
}

static void
each_hunk_has_its_own(void **state)
{
	struct fixture *fixture = *state;

	edit(fixture, "MODULE.bazel", "", "tested", "other");
	edit(fixture, "MODULE.bazel", "", "1.38", "1.39");
	edit(fixture, "MODULE.bazel", "", "0.73.0", "0.72.0");
	assert_hunks(fixture, "MODULE.bazel",
		     "-5,1 +5,1: module.name@4:9 'other' 'tested'\n"
		     "-9,1 +9,1: catalogue@2:12 '0.72.0' '0.73.0'\n"
		     "-33,1 +33,1: crates.specs.tokio@17:12 '1.39' '1.38'\n");
}

static void
no_key_makes_headers_and_line_ends(void **state)
{
	struct fixture *fixture = *state;
	struct str content = content_of(fixture, BUILD);
	struct buf windows;

	assert_edit(fixture, BUILD, "DO NOT EDIT", "EDIT", "-1,1 +1,1:\n");
	assert_edit(fixture, BUILD,
		    "# To change it, edit bzlmodgen.yaml and run: bzlmodgen generate\n", "",
		    "-1,0 +2,1:\n");
	assert_edit(fixture, BUILD, "# second\n", "# second", "-24,1 +24,1:\n");
	buf_init(&windows, &fixture->arena);
	for (size_t i = 0; i < content.len; i++) {
		if (content.at[i] == '\n')
			buf_char(&windows, '\r');
		buf_char(&windows, content.at[i]);
	}
	buf_char(&windows, '\0');
	fs_memory_file(&fixture->memory, BUILD, windows.at);
	assert_hunks(fixture, BUILD, "-1,24 +1,24:\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_value_is_named_with_both_sides),
		TEST(more_than_a_value_is_named_alone),
		TEST(a_file_of_one_value_is_that_value),
		TEST(entries_come_and_go),
		TEST(what_is_gone_as_a_whole_is_named_once),
		TEST(what_is_new_belongs_to_what_is_around),
		TEST(lines_of_a_hunk_are_told_apart),
		TEST(each_hunk_has_its_own),
		TEST(no_key_makes_headers_and_line_ends),
	};

	return cmocka_run_group_tests_name("drift", tests, NULL, NULL);
}

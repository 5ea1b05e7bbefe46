#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/region.h"
#include "plan_world.h"

#define BEGIN "# bzlmodgen:begin\n"
#define END "# bzlmodgen:end\n"

static void
assert_found(const char *file, const char *head, const char *text, const char *tail)
{
	struct region region;
	struct region_fault fault;

	assert_int_equal(region_find(str_from(file), &region, &fault), REGION_FOUND);
	assert_text(region.head, head);
	assert_text(region.text, text);
	assert_text(region.tail, tail);
}

static void
a_file_is_cut_in_three(void **state)
{
	(void)state;
	assert_found(BEGIN END, BEGIN, "", END);
	assert_found("a\n" BEGIN "b\n" END "c\n", "a\n" BEGIN, "b\n", END "c\n");
	assert_found("a\n" BEGIN "\n# x\n" END "c", "a\n" BEGIN, "\n# x\n", END "c");
	/* blanks behind a marker, other line ends, no line end at the end */
	assert_found("# bzlmodgen:begin \t\r\nx\r\n# bzlmodgen:end", "# bzlmodgen:begin \t\r\n",
		     "x\r\n", "# bzlmodgen:end");
}

static void
what_only_looks_like_a_marker_is_none(void **state)
{
	static const char *const files[] = {
		"",
		"\n",
		"a\n",
		"#bzlmodgen:begin\n#bzlmodgen:end\n",
		"# bzlmodgen: begin\n",
		"# bzlmodgen:begin here\n",
		"# bzlmodgen:beginning\n",
		"## bzlmodgen:begin\n",
		"x = 1  # bzlmodgen:begin\n",
		"# Bzlmodgen:begin\n",
		"# bzlmodgen:en",
	};
	struct region region;
	struct region_fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		assert_int_equal(region_find(str_from(files[i]), &region, &fault), REGION_NONE);
}

static void
broken_markers_are_told_by_line(void **state)
{
	static const struct {
		const char *file;
		struct region_fault fault;
	} cases[] = {
		{"a\n" BEGIN "b\n", {"the region that begins here has no end", 2, 1, 0}},
		{"# bzlmodgen:begin", {"the region that begins here has no end", 1, 1, 0}},
		{"a\nb\n" END, {"this marker ends a region that was never begun", 3, 1, 0}},
		{END BEGIN, {"this marker ends a region that was never begun", 1, 1, 0}},
		{BEGIN "a\n" BEGIN "b\n" END END,
		 {"a region begins here, within the one before it", 3, 1, 1}},
		{"a\n" BEGIN END BEGIN END,
		 {"a second region begins here; a file has one", 4, 1, 2}},
		{BEGIN END "a\n" END, {"this marker ends a region that has ended before", 4, 1, 2}},
		{"f(\n    # bzlmodgen:begin\n    # bzlmodgen:end\n)\n",
		 {"this marker does not stand at the start of its line", 2, 5, 0}},
		{BEGIN "\t# bzlmodgen:end\n",
		 {"this marker does not stand at the start of its line", 2, 2, 0}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct region region;
		struct region_fault fault;

		assert_int_equal(region_find(str_from(cases[i].file), &region, &fault),
				 REGION_BROKEN);
		assert_string_equal(fault.what, cases[i].fault.what);
		assert_int_equal(fault.line, cases[i].fault.line);
		assert_int_equal(fault.column, cases[i].fault.column);
		assert_int_equal(fault.other, cases[i].fault.other);
	}
}

static void
a_region_holds_an_output_without_its_header(void **state)
{
	static const struct {
		const char *content;
		const char *text;
	} cases[] = {
		{"# 1\n# 2\n\nload(1)\n\nx(2)\n", "\nload(1)\n\nx(2)\n\n"},
		{"# 1\nimport x\n", "\nimport x\n\n"},
		{"# 1\n\n# of the target\nx()\n", "\n# of the target\nx()\n\n"},
		{"# 1\n\n\nx()", "\nx()\n\n"},
		{"# 1\n# 2\n", ""},
		{"# 1\n\n\n", ""},
		{"# 1", ""},
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_text(region_text(&world->arena, str_from(cases[i].content)), cases[i].text);
}

static void
a_region_is_replaced_and_the_rest_stays(void **state)
{
	struct world *world = *state;
	struct region region;
	struct region_fault fault;

	assert_int_equal(region_find(STR("a\r\n" BEGIN "old\n" END "\tb"), &region, &fault),
			 REGION_FOUND);
	assert_text(region_replace(&world->arena, &region, STR("new\nmore\n")),
		    "a\r\n" BEGIN "new\nmore\n" END "\tb");
	assert_text(region_replace(&world->arena, &region, STR("")), "a\r\n" BEGIN END "\tb");
}

static void
a_region_comes_at_the_end(void **state)
{
	struct world *world = *state;

	assert_text(region_append(&world->arena, STR(""), STR("x\n")), BEGIN "x\n" END);
	assert_text(region_append(&world->arena, STR("a\n"), STR("x\n")), "a\n\n" BEGIN "x\n" END);
	assert_text(region_append(&world->arena, STR("a"), STR("x\n")), "a\n\n" BEGIN "x\n" END);
}

static void
what_was_appended_is_removed_without_a_trace(void **state)
{
	static const char *const files[] = {"", "a\n", "a\n\n", "\n", "a\nb\n"};
	struct world *world = *state;
	struct region region;
	struct region_fault fault;

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct str file = region_append(&world->arena, str_from(files[i]), STR("x\n"));

		assert_int_equal(region_find(file, &region, &fault), REGION_FOUND);
		assert_text(region_remove(&world->arena, &region), files[i]);
	}
	assert_int_equal(region_find(STR("a\n\n" BEGIN "x\n" END "\nb\n"), &region, &fault),
			 REGION_FOUND);
	assert_text(region_remove(&world->arena, &region), "a\n\n\nb\n");
	assert_int_equal(region_find(STR(BEGIN "x\n# bzlmodgen:end"), &region, &fault),
			 REGION_FOUND);
	assert_text(region_remove(&world->arena, &region), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_cut_in_three),
		TEST(what_only_looks_like_a_marker_is_none),
		TEST(broken_markers_are_told_by_line),
		TEST(a_region_holds_an_output_without_its_header),
		TEST(a_region_is_replaced_and_the_rest_stays),
		TEST(a_region_comes_at_the_end),
		TEST(what_was_appended_is_removed_without_a_trace),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/include.h"
#include "plan_world.h"

#define LABEL "//:bzlmodgen.MODULE.bazel"

static void
a_call_of_include_is_found(void **state)
{
	static const char *const texts[] = {
		"include(\"" LABEL "\")\n",
		"include('" LABEL "')",
		"include(\"\"\"" LABEL "\"\"\")\n",
		"module(\n    name = \"x\",\n)\n\ninclude(\"" LABEL "\")\n",
		"include( # why\n  \"" LABEL "\" ,\n)\n",
		"include(label = \"" LABEL "\")\n",
		"include \\\n(\"" LABEL "\")\r\n",
		"x = 'don\\'t'\ninclude(\"" LABEL "\")\n",
		"x = \"\"\"a\n\"include(\n\"\"\"\ninclude(\"" LABEL "\")\n",
		"x = r'\\'\ninclude(\"" LABEL "\")\n",
		"include(\"//:other.MODULE.bazel\")\ninclude(\"" LABEL "\")\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (!include_is_in(str_from(texts[i]), STR(LABEL)))
			fail_msg("not found in: %s", texts[i]);
	}
}

static void
what_is_no_call_is_not_taken_for_one(void **state)
{
	static const char *const texts[] = {
		"",
		"include",
		"include(",
		"include(\"" LABEL "\"",
		"include(\"" LABEL,
		"# include(\"" LABEL "\")\n",
		"x = 1  # include(\"" LABEL "\")\n",
		"x = \"include('" LABEL "')\"\n",
		"'''\ninclude(\"" LABEL "\")\n'''\n",
		"\"\"\"\ninclude('" LABEL "')\n",
		"include(\"" LABEL ".bak\")\n",
		"include(\":bzlmodgen.MODULE.bazel\")\n",
		"include(\"" LABEL "\" + x)\n",
		"include(\"" LABEL "\", dev = True)\n",
		"includes(\"" LABEL "\")\n",
		"xinclude(\"" LABEL "\")\n",
		"x.include(\"" LABEL "\")\n",
		"x . include(\"" LABEL "\")\n",
		"f(include(\"" LABEL "\"))\n",
		"x = [include(\"" LABEL "\")]\n",
		"include = \"" LABEL "\"\n",
		"include[\"" LABEL "\"]\n",
		"include(label \"" LABEL "\")\n",
		"include\"(\"\"" LABEL "\"\")\"",
		"\\",
		"'\\",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (include_is_in(str_from(texts[i]), STR(LABEL)))
			fail_msg("found in: %s", texts[i]);
	}
}

static void
labels_name_package_and_file(void **state)
{
	struct world *world = *state;

	assert_text(include_label(&world->arena, STR("a.bazel")), "//:a.bazel");
	assert_text(include_label(&world->arena, STR("b/c/a.bazel")), "//b/c:a.bazel");
}

static void
segment(struct world *world)
{
	want(world, "bzlmodgen.MODULE.bazel", OURS("x\n"));
	world->outputs[0].included_by = STR("MODULE.bazel");
}

static void
an_included_segment_is_written(void **state)
{
	struct world *world = *state;

	segment(world);
	fs_memory_file(&world->memory, "MODULE.bazel", "include(\"" LABEL "\")\n");
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_true(apply(world));
	assert_content(world, "bzlmodgen.MODULE.bazel", OURS("x\n"));
	assert_content(world, "MODULE.bazel", "include(\"" LABEL "\")\n");
	assert_manifest(world, "bzlmodgen.MODULE.bazel", OURS("x\n"), NULL);
}

static void
a_segment_that_is_not_included_is_refused(void **state)
{
	struct world *world = *state;

	segment(world);
	fs_memory_file(&world->memory, "bzlmodgen.MODULE.bazel", OURS("x\n"));
	assert_true(make(world));
	assert_diag(world, DIAG_PLAN_NOT_INCLUDED,
		    "there is no file 'MODULE.bazel' that includes 'bzlmodgen.MODULE.bazel'",
		    "write one, with the line: include(\"" LABEL "\")");
	assert_int_equal(world->diags.items[0]->span.line, 1);
	fs_memory_put(&world->memory, "MODULE.bazel", FS_SYMLINK);
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_int_equal(world->diags.items[0]->code, DIAG_PLAN_NOT_INCLUDED);
	fs_memory_file(&world->memory, "MODULE.bazel", "# include(\"" LABEL "\")\n");
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_diag(world, DIAG_PLAN_NOT_INCLUDED,
		    "'MODULE.bazel' does not include 'bzlmodgen.MODULE.bazel'",
		    "add the line: include(\"" LABEL "\")");
	assert_null(world->diags.items[0]->notes);
	assert_int_equal(change_of(world, "bzlmodgen.MODULE.bazel")->refusal, REFUSAL_NOT_INCLUDED);
	assert_true(refusal_is_comparable(REFUSAL_NOT_INCLUDED));
	assert_false(plan_in_sync(&world->plan));
	assert_false(apply(world));
	assert_int_equal(world->memory.log.len, 0);
}

static void
a_file_that_cannot_be_read_includes_nothing(void **state)
{
	struct world *world = *state;

	segment(world);
	fs_memory_file(&world->memory, "MODULE.bazel", "include(\"" LABEL "\")\n");
	/* list of the root, kind and read of the file */
	fs_memory_fail(&world->memory, 3, EACCES);
	assert_true(make(world));
	assert_diag(world, DIAG_PLAN_UNREADABLE, "cannot read 'MODULE.bazel': Permission denied",
		    "make it readable, or move it away");
}

/* From `layout.module: file` to `segment`: the file becomes the user's. */
static void
a_file_of_ours_is_handed_over(void **state)
{
	struct world *world = *state;
	const struct diag *diag;

	segment(world);
	own(world, "MODULE.bazel", OURS("module()\n"));
	assert_true(make(world));
	assert_int_equal(world->diags.count, 1);
	diag = world->diags.items[0];
	assert_int_equal(diag->code, DIAG_PLAN_NOT_INCLUDED);
	assert_text(diag->notes->text, "'MODULE.bazel' is still the one that bzlmodgen wrote: put "
				       "one of your own in its place");
	assert_false(apply(world));
	fs_memory_file(&world->memory, "MODULE.bazel", "module()\ninclude(\"" LABEL "\")\n");
	diags_init(&world->diags, &world->arena);
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_int_equal(change_of(world, "MODULE.bazel")->kind, CHANGE_LEAVE);
	assert_int_equal(change_of(world, "MODULE.bazel")->refusal, REFUSAL_HANDED_OVER);
	assert_true(apply(world));
	assert_content(world, "MODULE.bazel", "module()\ninclude(\"" LABEL "\")\n");
	assert_manifest(world, "bzlmodgen.MODULE.bazel", OURS("x\n"), NULL);
}

/* What was ours in it has its place in the segment now. */
static void
a_region_is_not_handed_over(void **state)
{
	struct world *world = *state;

	segment(world);
	list_region(world, "MODULE.bazel", "\nx()\n\n");
	fs_memory_file(&world->memory, "MODULE.bazel",
		       "include(\"" LABEL "\")\n\n# bzlmodgen:begin\n\nx()\n\n"
		       "# bzlmodgen:end\n");
	assert_true(make(world));
	assert_int_equal(world->diags.count, 0);
	assert_true(apply(world));
	assert_content(world, "MODULE.bazel", "include(\"" LABEL "\")\n");
	assert_manifest(world, "bzlmodgen.MODULE.bazel", OURS("x\n"), NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_call_of_include_is_found),
		TEST(what_is_no_call_is_not_taken_for_one),
		TEST(labels_name_package_and_file),
		TEST(an_included_segment_is_written),
		TEST(a_segment_that_is_not_included_is_refused),
		TEST(a_file_that_cannot_be_read_includes_nothing),
		TEST(a_file_of_ours_is_handed_over),
		TEST(a_region_is_not_handed_over),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

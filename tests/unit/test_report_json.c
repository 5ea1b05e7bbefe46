#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bzlmodgen/version.h"
#include "diag/utf8.h"
#include "json_check.h"
#include "report_world.h"

/* The report, which keeps to docs/report.schema.json. */
static cJSON *
report_json(struct report_world *world)
{
	struct arena *arena = &world->world.arena;
	struct str text = report_as(world, bzlmodgen_report_json);
	cJSON *schema = json_read(arena, SOURCE_DIR "/docs/report.schema.json");
	cJSON *report = json_parse(arena, text);
	const char *fault = json_check(arena, schema, report);

	assert_true(utf8_is_valid(text));
	assert_true(str_has_suffix(text, STR("}\n")));
	if (fault != NULL)
		fail_msg("%s in:\n%.*s", fault, STR_ARG(text));
	return report;
}

/* A part of the report, on one line. */
static void
assert_part(struct report_world *world, cJSON *report, const char *path, const char *expected)
{
	cJSON *part = json_at(report, path);
	struct str text;
	char *printed;

	if (part == NULL)
		fail_msg("nothing at %s", path);
	printed = cJSON_PrintUnformatted(part);
	text = arena_str(&world->world.arena, str_from(printed));
	cJSON_free(printed);
	assert_text(text, expected);
}

static void
an_empty_report_has_all_members(void **state)
{
	struct report_world *world = *state;
	struct str expected;
	cJSON *report;

	world->report.command = STR("validate");
	world->report.subject = REPORT_OF_SPEC;
	report = report_json(world);
	expected = arena_printf(
		&world->world.arena,
		"{\"version\":1,\"tool\":{\"name\":\"bzlmodgen\",\"version\":\"%s\"},"
		"\"command\":\"validate\",\"result\":\"done\",\"written\":false,"
		"\"summary\":{\"files\":0,\"keep\":0,\"create\":0,\"update\":0,"
		"\"delete\":0,\"leave\":0,\"refuse\":0,\"errors\":0,\"warnings\":0,\"dropped\":0},"
		"\"files\":[],\"diagnostics\":[]}",
		bzlmodgen_version);
	assert_part(world, report, "", expected.at);
}

static void
a_diagnostic_has_all_that_is_known(void **state)
{
	struct report_world *world = *state;
	struct diags *diags = &world->world.diags;
	struct diag *diag;
	cJSON *report;

	world->report.result = REPORT_INVALID;
	diag = diag_add(diags, DIAG_UNKNOWN_KEY, spec_at(world, 2, 3, 6), "unknown key 'edtion'");
	diag_suggest(diags, diag, STR("edition"));
	diag_note(diags, diag, spec_at(world, 1, 1, 0), "the part begins here");
	diag_note(diags, diag, (struct span){0}, "there are others");
	diag_add(diags, DIAG_NO_IMPORT, (struct span){&world->world.spec, 0, 0, 0}, "no import");
	diag_add(diags, DIAG_SPEC_NOT_FOUND, (struct span){0}, "no spec");
	report = report_json(world);
	assert_part(world, report, "result", "\"invalid\"");
	assert_part(world, report, "summary",
		    "{\"files\":0,\"keep\":0,\"create\":0,\"update\":0,\"delete\":0,\"leave\":0,"
		    "\"refuse\":0,"
		    "\"errors\":2,\"warnings\":1,\"dropped\":0}");
	assert_part(world, report, "diagnostics.0",
		    "{\"code\":\"P110\",\"severity\":\"warning\","
		    "\"title\":\"bazelrc is not imported\",\"message\":\"no import\","
		    "\"help\":null,\"at\":{\"file\":\"bzlmodgen.yaml\",\"line\":null,"
		    "\"column\":null},\"end\":null,\"notes\":[],\"replacement\":null}");
	assert_part(world, report, "diagnostics.1",
		    "{\"code\":\"S001\",\"severity\":\"error\",\"title\":\"unknown key\","
		    "\"message\":\"unknown key 'edtion'\",\"help\":\"did you mean 'edition'?\","
		    "\"at\":{\"file\":\"bzlmodgen.yaml\",\"line\":2,\"column\":3},"
		    "\"end\":{\"line\":2,\"column\":9},\"notes\":["
		    "{\"message\":\"the part begins here\",\"at\":{\"file\":\"bzlmodgen.yaml\","
		    "\"line\":1,\"column\":1},\"end\":null},"
		    "{\"message\":\"there are others\",\"at\":null,\"end\":null}],"
		    "\"replacement\":\"edition\"}");
	assert_part(world, report, "diagnostics.2.at", "null");
}

static void
a_hunk_names_its_causes(void **state)
{
	struct report_world *world = *state;
	struct report_hunk *first;
	cJSON *report;

	world->world.spec.name = STR("../x/./bzlmodgen.yaml");
	differ(world, "a/BUILD.bazel", OURS("1\n2\n"), OURS("one\n2\n3\n"));
	differ(world, "b", OURS("x\n"), OURS("x\n"));
	first = hunk(world, "a/BUILD.bazel", 2, 1, 2, 1);
	cause(world, first, "rust.edition", spec_at(world, 3, 12, 4), "2018", "");
	cause(world, first, "packages.\"a b\"", (struct span){0}, NULL, NULL);
	cause(world, first, "deps", (struct span){0}, "x", NULL);
	(void)hunk(world, "a/BUILD.bazel", 3, 0, 4, 1);
	compare(world);
	report = report_json(world);
	assert_part(world, report, "result", "\"drift\"");
	assert_part(world, report, "summary",
		    "{\"files\":2,\"keep\":1,\"create\":0,\"update\":1,\"delete\":0,\"leave\":0,"
		    "\"refuse\":0,"
		    "\"errors\":0,\"warnings\":0,\"dropped\":0}");
	assert_part(world, report, "files.0.path", "\"../x/a/BUILD.bazel\"");
	assert_part(world, report, "files.0.hunks",
		    "[{\"disk\":[2,1],\"ours\":[2,1],\"causes\":[{\"key\":\"rust.edition\","
		    "\"at\":{\"file\":\"../x/bzlmodgen.yaml\",\"line\":3,\"column\":12},"
		    "\"disk\":\"2018\",\"ours\":\"\"},{\"key\":\"packages.\\\"a b\\\"\","
		    "\"at\":null,\"disk\":null,\"ours\":null},{\"key\":\"deps\","
		    "\"at\":null,\"disk\":\"x\",\"ours\":null}]},"
		    "{\"disk\":[3,0],\"ours\":[4,1],\"causes\":[]}]");
	assert_string_equal(json_text_at(report, "files.0.diff"),
			    "diff --git a/a/BUILD.bazel b/a/BUILD.bazel\n"
			    "--- a/a/BUILD.bazel\n+++ b/a/BUILD.bazel\n"
			    "@@ -1,3 +1,4 @@\n " PLAN_HEADER "bzlmodgen.yaml. DO NOT EDIT.\n"
			    "-1\n+one\n 2\n+3\n");
	assert_null(json_at(report, "files.1"));
}

static void
each_change_has_its_reason(void **state)
{
	struct report_world *world = *state;
	cJSON *report;

	differ(world, "ends",
	       "# @generated by bzlmodgen from bzlmodgen.yaml. DO NOT EDIT.\r\nx\r\n", OURS("x\n"));
	differ(world, "missing", NULL, OURS("x\n"));
	differ(world, "other", "mine\n", OURS("x\n"));
	differ(world, "taken", "mine\n", OURS("x\n"));
	differ(world, "way", NULL, OURS("x\n"));
	fs_memory_put(&world->world.memory, "way", FS_DIRECTORY);
	world->world.forced[world->world.forced_count++] = STR("taken");
	compare(world);
	world->report.result = REPORT_REFUSED;
	report = report_json(world);
	assert_part(world, report, "files.0.change", "\"update\"");
	assert_part(world, report, "files.0.reason", "\"line_ends\"");
	assert_part(world, report, "files.1.change", "\"create\"");
	assert_part(world, report, "files.1.reason", "null");
	assert_part(world, report, "files.2.change", "\"refuse\"");
	assert_part(world, report, "files.2.reason", "\"not_ours\"");
	assert_part(world, report, "files.3.change", "\"update\"");
	assert_part(world, report, "files.3.reason", "\"taken_over\"");
	assert_part(world, report, "files.4.reason", "\"file_type\"");
	assert_part(world, report, "files.4.diff", "null");
}

static void
every_result_and_refusal_is_in_the_schema(void **state)
{
	struct report_world *world = *state;
	struct change *change;

	differ(world, "f", "mine\n", OURS("x\n"));
	compare(world);
	change = &world->world.plan.changes[0];
	for (int refusal = REFUSAL_UNOWNED; refusal <= REFUSAL_HANDED_OVER; refusal++) {
		change->refusal = (enum refusal)refusal;
		assert_true(cJSON_IsString(json_at(report_json(world), "files.0.reason")));
	}
	for (int result = REPORT_DONE; result <= REPORT_FAILED; result++) {
		world->report.result = (enum report_result)result;
		(void)report_json(world);
	}
}

static void
only_a_finished_generate_has_written(void **state)
{
	struct report_world *world = *state;

	differ(world, "f", NULL, OURS("x\n"));
	compare(world);
	world->report.subject = REPORT_OF_WRITING;
	world->report.result = REPORT_DONE;
	assert_part(world, report_json(world), "written", "true");
	world->report.result = REPORT_FAILED;
	assert_part(world, report_json(world), "written", "false");
	world->report.subject = REPORT_OF_DRIFT;
	world->report.result = REPORT_DONE;
	assert_part(world, report_json(world), "written", "false");
}

static void
hostile_text_stays_one_string(void **state)
{
	struct report_world *world = *state;
	struct diags *diags = &world->world.diags;
	cJSON *report;

	diag_add(diags, DIAG_BAD_VALUE, spec_at(world, 1, 1, 1), "'%s' is bad",
		 "\"},\n\\\x1b[0m\x7f\xff\xed\xa0\x80\xf0\x9f\xa6\x80\xe2\x80\xae");
	report = report_json(world);
	/* nothing is lost but bytes that are no text */
	assert_string_equal(json_text_at(report, "diagnostics.0.message"),
			    "'\"},\n\\\x1b[0m\x7f\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
			    "\xf0\x9f\xa6\x80\xe2\x80\xae' is bad");
}

static void
a_diff_of_bytes_is_mended(void **state)
{
	static const char bytes[] = "\0\xff\n";
	struct report_world *world = *state;
	struct output *output = &world->world.outputs[0];
	cJSON *report;

	differ(world, "f", OURS("x\n"), "");
	output->content = (struct str){bytes, sizeof(bytes) - 1};
	compare(world);
	report = report_json(world);
	assert_true(str_has_suffix(str_from(json_text_at(report, "files.0.diff")),
				   STR("\n-x\n+\xef\xbf\xbd\xef\xbf\xbd\n")));
}

static void
what_is_dropped_is_counted(void **state)
{
	struct report_world *world = *state;
	cJSON *report;

	for (uint32_t i = 0; i < DIAGS_MAX + 3; i++)
		diag_add(&world->world.diags, DIAG_BAD_VALUE, spec_at(world, i + 1, 1, 1), "bad");
	report = report_json(world);
	assert_int_equal(cJSON_GetArraySize(json_at(report, "diagnostics")), DIAGS_MAX);
	assert_part(world, report, "summary.errors", "203");
	assert_part(world, report, "summary.dropped", "3");
}

/* ---- the schema itself ---- */

static void
assert_rejected(struct report_world *world, cJSON *report, const char *expected)
{
	struct arena *arena = &world->world.arena;
	cJSON *schema = json_read(arena, SOURCE_DIR "/docs/report.schema.json");
	const char *fault = json_check(arena, schema, report);

	assert_non_null(fault);
	assert_string_equal(fault, expected);
}

static cJSON *
report_to_break(struct report_world *world)
{
	diags_init(&world->world.diags, &world->world.arena);
	diag_add(&world->world.diags, DIAG_BAD_VALUE, spec_at(world, 1, 1, 1), "bad");
	return report_json(world);
}

static void
the_schema_refuses_what_is_no_report(void **state)
{
	struct report_world *world = *state;
	cJSON *report = report_to_break(world);

	cJSON_DeleteItemFromObject(report, "files");
	assert_rejected(world, report, "$: lacks files");
	report = report_to_break(world);
	cJSON_AddNullToObject(json_at(report, "diagnostics.0"), "fix");
	assert_rejected(world, report, "$.diagnostics.0: has the unknown member fix");
	report = report_to_break(world);
	cJSON_ReplaceItemInObject(report, "version", cJSON_CreateNumber(2));
	assert_rejected(world, report, "$.version: violates const");
	report = report_to_break(world);
	cJSON_ReplaceItemInObject(json_at(report, "diagnostics.0.at"), "line",
				  cJSON_CreateNumber(0));
	assert_rejected(world, report, "$.diagnostics.0.at.line: violates minimum");
	report = report_to_break(world);
	cJSON_ReplaceItemInObject(json_at(report, "diagnostics.0.end"), "line",
				  cJSON_CreateNumber(1.5));
	assert_rejected(world, report, "$.diagnostics.0.end.line: violates type");
	report = report_to_break(world);
	cJSON_ReplaceItemInObject(report, "result", cJSON_CreateString("fine"));
	assert_rejected(world, report, "$.result: violates enum");
	report = report_to_break(world);
	cJSON_ReplaceItemInObject(json_at(report, "diagnostics.0"), "code",
				  cJSON_CreateString("S1"));
	assert_rejected(world, report, "$.diagnostics.0.code: violates pattern");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, report_set_up, report_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_empty_report_has_all_members),
		TEST(a_diagnostic_has_all_that_is_known),
		TEST(a_hunk_names_its_causes),
		TEST(each_change_has_its_reason),
		TEST(every_result_and_refusal_is_in_the_schema),
		TEST(only_a_finished_generate_has_written),
		TEST(hostile_text_stays_one_string),
		TEST(a_diff_of_bytes_is_mended),
		TEST(what_is_dropped_is_counted),
		TEST(the_schema_refuses_what_is_no_report),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

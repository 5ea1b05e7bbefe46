#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"
#include "bzlmodgen/version.h"
#include "diag/utf8.h"
#include "json_check.h"
#include "report_world.h"

static cJSON *
run_of(cJSON *log)
{
	return json_at(log, "runs.0");
}

static cJSON *
result(cJSON *log, int i)
{
	cJSON *found = cJSON_GetArrayItem(json_at(log, "runs.0.results"), i);

	assert_non_null(found);
	return found;
}

/* ---- what the standard says beyond its schema ---- */

static void
check_descriptor(cJSON *descriptors, const char *id, const cJSON *index)
{
	cJSON *descriptor = cJSON_GetArrayItem(descriptors, index->valueint);

	assert_non_null(descriptor);
	assert_string_equal(json_text_at(descriptor, "id"), id);
}

static void
check_location(cJSON *run, cJSON *location)
{
	cJSON *base = json_at(location, "physicalLocation.artifactLocation.uriBaseId");
	cJSON *region = json_at(location, "physicalLocation.region");

	if (base != NULL)
		assert_non_null(json_at(json_at(run, "originalUriBaseIds"), base->valuestring));
	if (region == NULL)
		return;
	if (json_at(region, "endLine") != NULL)
		assert_true(json_at(region, "endLine")->valueint >
			    json_at(region, "startLine")->valueint);
	else if (json_at(region, "endColumn") != NULL)
		assert_true(json_at(region, "endColumn")->valueint >=
			    json_at(region, "startColumn")->valueint);
}

static void
check_results(struct arena *arena, cJSON *run)
{
	struct map fingerprints;
	cJSON *item, *related;

	map_init(&fingerprints, arena);
	cJSON_ArrayForEach(item, json_at(run, "results"))
	{
		const char *fingerprint = json_text_at(item, "partialFingerprints.bzlmodgen/v1");
		int id = 1;

		check_descriptor(json_at(run, "tool.driver.rules"), json_text_at(item, "ruleId"),
				 json_at(item, "ruleIndex"));
		check_location(run, json_at(item, "locations.0"));
		cJSON_ArrayForEach(related, json_at(item, "relatedLocations"))
		{
			check_location(run, related);
			assert_int_equal(json_at(related, "id")->valueint, id++);
		}
		assert_ptr_equal(map_add(&fingerprints, str_from(fingerprint), item), item);
	}
}

static void
check_invocation(cJSON *run)
{
	cJSON *invocation = json_at(run, "invocations.0");
	bool has_failed = false;
	cJSON *item;

	cJSON_ArrayForEach(item, json_at(invocation, "toolExecutionNotifications"))
	{
		if (str_is(str_from(json_text_at(item, "level")), "error"))
			has_failed = true;
		if (json_at(item, "descriptor") != NULL)
			check_descriptor(json_at(run, "tool.driver.notifications"),
					 json_text_at(item, "descriptor.id"),
					 json_at(item, "descriptor.index"));
	}
	if (has_failed)
		assert_true(cJSON_IsFalse(json_at(invocation, "executionSuccessful")));
}

/* The report, which keeps to the standard. */
static cJSON *
report_sarif(struct report_world *world)
{
	struct arena *arena = &world->world.arena;
	struct str text = report_as(world, bzlmodgen_report_sarif);
	cJSON *schema = json_read(arena, SOURCE_DIR "/tests/support/sarif.schema.json");
	cJSON *log = json_parse(arena, text);
	const char *fault = json_check(arena, schema, log);

	assert_true(utf8_is_valid(text));
	assert_true(str_has_suffix(text, STR("}\n")));
	if (fault != NULL)
		fail_msg("%s in:\n%.*s", fault, STR_ARG(text));
	check_results(arena, run_of(log));
	check_invocation(run_of(log));
	return log;
}

static void
assert_part(struct report_world *world, cJSON *value, const char *path, const char *expected)
{
	cJSON *part = json_at(value, path);
	struct str text;
	char *printed;

	if (part == NULL)
		fail_msg("nothing at %s", path);
	printed = cJSON_PrintUnformatted(part);
	text = arena_str(&world->world.arena, str_from(printed));
	cJSON_free(printed);
	assert_text(text, expected);
}

#define BASE "\"uriBaseId\":\"%SRCROOT%\""
#define IN_SPEC "\"artifactLocation\":{\"uri\":\"bzlmodgen.yaml\"," BASE "},"
#define IN_BUILD "\"artifactLocation\":{\"uri\":\"a%20b/BUILD.bazel\"," BASE "},"

/* ---- the frame ---- */

static void
an_empty_log_is_whole(void **state)
{
	struct report_world *world = *state;
	struct str expected;
	cJSON *log = report_sarif(world);

	expected = arena_printf(
		&world->world.arena,
		"{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
		"sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{"
		"\"name\":\"bzlmodgen\",\"version\":\"%s\",\"semanticVersion\":\"%s\","
		"\"rules\":[],\"notifications\":[]}},\"invocations\":[{"
		"\"toolExecutionNotifications\":[],\"exitCode\":0,\"executionSuccessful\":true}],"
		"\"originalUriBaseIds\":{\"%%SRCROOT%%\":{\"description\":{\"text\":\"the "
		"directory "
		"that bzlmodgen worked "
		"in\"}}},\"columnKind\":\"unicodeCodePoints\",\"results\":[]}]}",
		bzlmodgen_version, bzlmodgen_version);
	assert_part(world, log, "", expected.at);
}

static void
what_has_no_place_is_a_notification(void **state)
{
	struct report_world *world = *state;
	struct diag *diag;
	cJSON *run;

	world->report.result = REPORT_INVALID;
	diag = diag_add(&world->world.diags, DIAG_SPEC_NOT_FOUND, (struct span){0}, "no spec");
	diag_help(&world->world.diags, diag, "write one");
	run = run_of(report_sarif(world));
	assert_part(world, run, "results", "[]");
	assert_part(world, run, "tool.driver.notifications.0.id", "\"P101\"");
	assert_part(world, run, "invocations",
		    "[{\"toolExecutionNotifications\":[{\"descriptor\":{\"id\":\"P101\","
		    "\"index\":0},\"level\":\"error\",\"message\":{"
		    "\"text\":\"no spec\\nhelp: write one\"}}],\"exitCode\":3,"
		    "\"executionSuccessful\":false}]");
}

static void
what_is_dropped_is_a_notification(void **state)
{
	struct report_world *world = *state;
	cJSON *run;

	for (uint32_t i = 0; i < DIAGS_MAX + 3; i++)
		diag_add(&world->world.diags, DIAG_BAD_VALUE, spec_at(world, i + 1, 1, 1), "bad");
	run = run_of(report_sarif(world));
	assert_int_equal(cJSON_GetArraySize(json_at(run, "results")), DIAGS_MAX);
	assert_part(world, run, "invocations.0.toolExecutionNotifications",
		    "[{\"level\":\"warning\",\"message\":{"
		    "\"text\":\"3 more messages are not reported\"}}]");
	assert_part(world, run, "invocations.0.executionSuccessful", "true");
}

/* ---- diagnostics ---- */

static void
a_result_has_all_that_is_known(void **state)
{
	struct report_world *world = *state;
	struct diags *diags = &world->world.diags;
	struct diag *diag;
	cJSON *log;

	world->report.result = REPORT_INVALID;
	diag = diag_add(diags, DIAG_UNKNOWN_KEY, spec_at(world, 2, 3, 6), "unknown key 'edtion'");
	diag_suggest(diags, diag, STR("edition"));
	diag_note(diags, diag, spec_at(world, 1, 1, 0), "the part begins here");
	diag_note(diags, diag, (struct span){0}, "there are others");
	log = report_sarif(world);
	assert_part(world, log, "runs.0.results.0.message",
		    "{\"text\":\"unknown key 'edtion'\\nhelp: did you mean 'edition'?\\n"
		    "note: there are others\"}");
	assert_part(world, log, "runs.0.results.0.locations",
		    "[{\"physicalLocation\":{" IN_SPEC
		    "\"region\":{\"startLine\":2,\"startColumn\":3,"
		    "\"endColumn\":9}}}]");
	assert_part(world, log, "runs.0.results.0.relatedLocations",
		    "[{\"id\":1,\"physicalLocation\":{" IN_SPEC
		    "\"region\":{\"startLine\":1,\"startColumn\":1}},"
		    "\"message\":{\"text\":\"the part begins here\"}}]");
	assert_part(world, log, "runs.0.results.0.partialFingerprints",
		    "{\"bzlmodgen/v1\":\"f1623ef10bdf514c:1\"}");
	assert_part(world, log, "runs.0.results.0.fixes",
		    "[{\"description\":{\"text\":\"did you mean 'edition'?\"},"
		    "\"artifactChanges\":[{" IN_SPEC
		    "\"replacements\":[{\"deletedRegion\":{\"startLine\":"
		    "2,\"startColumn\":3,"
		    "\"endColumn\":9},\"insertedContent\":{\"text\":"
		    "\"edition\"}}]}]}]");
}

static void
rules_are_those_in_use_and_in_order(void **state)
{
	struct report_world *world = *state;
	struct diags *diags = &world->world.diags;
	cJSON *rules, *log;

	diag_add(diags, DIAG_NO_IMPORT, spec_at(world, 1, 1, 1), "not imported");
	diag_add(diags, DIAG_UNKNOWN_KEY, spec_at(world, 2, 1, 1), "unknown");
	diag_add(diags, DIAG_UNKNOWN_KEY, spec_at(world, 3, 1, 1), "unknown");
	log = report_sarif(world);
	rules = json_at(log, "runs.0.tool.driver.rules");
	assert_int_equal(cJSON_GetArraySize(rules), 2);
	assert_part(world, rules, "0.id", "\"S001\"");
	assert_part(world, rules, "0.shortDescription", "{\"text\":\"unknown key\"}");
	assert_string_equal(json_text_at(rules, "0.fullDescription.text"),
			    diag_info(DIAG_UNKNOWN_KEY)->text);
	assert_string_equal(json_text_at(rules, "0.help.text"), diag_info(DIAG_UNKNOWN_KEY)->text);
	assert_part(world, rules, "0.defaultConfiguration", "{\"level\":\"error\"}");
	assert_part(world, rules, "1.defaultConfiguration", "{\"level\":\"warning\"}");
	assert_int_equal(json_at(result(log, 0), "ruleIndex")->valueint, 1);
	assert_int_equal(json_at(result(log, 2), "ruleIndex")->valueint, 0);
}

static void
messages_hold_no_placeholders_and_links(void **state)
{
	struct report_world *world = *state;

	diag_add(&world->world.diags, DIAG_BAD_VALUE, spec_at(world, 1, 1, 1), "%s",
		 "{0} [a](1) [b\\](2) [c\\\\](3) [d] (4) \x1b[0m\n\xff \xf0\x9f\xa6\x80");
	assert_string_equal(json_text_at(result(report_sarif(world), 0), "message.text"),
			    "{{0}} [a\\](1) [b\\](2) [c\\\\\\](3) [d] (4) \\x1b[0m\\n\\xff "
			    "\xf0\x9f\xa6\x80");
}

static void
names_of_files_become_references(void **state)
{
	static const struct {
		const char *name, *uri;
		bool has_base;
	} cases[] = {
		{"a b/c%20#?:[].yaml", "a%20b/c%2520%23%3F%3A%5B%5D.yaml", true},
		{"./a/.//b.yaml", "a/b.yaml", true},
		{"../b.yaml", "../b.yaml", true},
		{"\xc3\xa4\xff\n.yaml", "%C3%A4%FF%0A.yaml", true},
		{"/srv/a b.yaml", "file:///srv/a%20b.yaml", false},
		{"//srv/b.yaml", "file:///srv/b.yaml", false},
		{"<stdin>", "%3Cstdin%3E", true},
	};
	struct report_world *world = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cJSON *artifact;

		world->world.spec.name = str_from(cases[i].name);
		diags_init(&world->world.diags, &world->world.arena);
		diag_add(&world->world.diags, DIAG_BAD_VALUE, spec_at(world, 1, 1, 1), "bad");
		artifact = json_at(result(report_sarif(world), 0),
				   "locations.0.physicalLocation.artifactLocation");
		assert_string_equal(json_text_at(artifact, "uri"), cases[i].uri);
		assert_int_equal(json_at(artifact, "uriBaseId") != NULL, cases[i].has_base);
	}
}

static void
fingerprints_survive_moves(void **state)
{
	struct report_world *world = *state;
	struct diags *diags = &world->world.diags;
	const char *first, *second;
	cJSON *log;

	diag_add(diags, DIAG_UNKNOWN_KEY, spec_at(world, 2, 3, 1), "unknown key 'x'");
	diag_add(diags, DIAG_UNKNOWN_KEY, spec_at(world, 9, 1, 1), "unknown key 'x'");
	log = report_sarif(world);
	first = json_text_at(result(log, 0), "partialFingerprints.bzlmodgen/v1");
	second = json_text_at(result(log, 1), "partialFingerprints.bzlmodgen/v1");
	assert_string_not_equal(first, second);
	diags_init(diags, &world->world.arena);
	diag_add(diags, DIAG_UNKNOWN_KEY, spec_at(world, 1, 1, 1), "unknown key 'y'");
	diag_add(diags, DIAG_UNKNOWN_KEY, spec_at(world, 22, 13, 1), "unknown key 'x'");
	log = report_sarif(world);
	assert_string_not_equal(json_text_at(result(log, 0), "partialFingerprints.bzlmodgen/v1"),
				first);
	assert_string_equal(json_text_at(result(log, 1), "partialFingerprints.bzlmodgen/v1"),
			    first);
}

/* ---- drift ---- */

static void
a_hunk_has_its_keys_and_a_fix(void **state)
{
	struct report_world *world = *state;
	struct report_hunk *first;
	cJSON *log;

	differ(world, "a b/BUILD.bazel", OURS("1\n2\n"), OURS("one\n2\n"));
	first = hunk(world, "a b/BUILD.bazel", 2, 1, 2, 1);
	cause(world, first, "rust.edition", spec_at(world, 3, 12, 4), "2018", "2021");
	cause(world, first, "rust.edition", spec_at(world, 3, 12, 4), NULL, NULL);
	cause(world, first, "packages", (struct span){0}, NULL, NULL);
	compare(world);
	log = report_sarif(world);
	assert_part(
		world, log, "runs.0.results.0.message.text",
		"\"not what the spec asks for: rust.edition gives '2021', not '2018', packages\\n"
		"help: run 'bzlmodgen generate', or change the spec\"");
	assert_part(world, log, "runs.0.results.0.locations.0.physicalLocation",
		    "{" IN_BUILD "\"region\":{\"startLine\":2}}");
	assert_part(world, log, "runs.0.results.0.relatedLocations",
		    "[{\"id\":1,\"physicalLocation\":{" IN_SPEC
		    "\"region\":{\"startLine\":3,\"startColumn\":12,"
		    "\"endColumn\":16}},"
		    "\"message\":{\"text\":\"rust.edition\"}}]");
	assert_part(world, log, "runs.0.results.0.fixes",
		    "[{\"description\":{\"text\":\"write what the spec asks for\"},"
		    "\"artifactChanges\":[{" IN_BUILD
		    "\"replacements\":[{\"deletedRegion\":{\"startLine\":"
		    "2,\"startColumn\":1,"
		    "\"endLine\":3,\"endColumn\":1},\"insertedContent\":{"
		    "\"text\":\"one\\n\"}}]}]}]");
}

static void
only_what_is_ours_and_text_has_a_fix(void **state)
{
	struct report_world *world = *state;
	cJSON *log, *item;

	differ(world, "bytes", OURS("\xff\n"), OURS("x\n"));
	(void)hunk(world, "bytes", 2, 1, 2, 1);
	differ(world, "ends",
	       "# @generated by bzlmodgen from bzlmodgen.yaml. DO NOT EDIT.\r\nx\r\n", OURS("x\n"));
	(void)hunk(world, "ends", 1, 2, 1, 2);
	differ(world, "missing", NULL, OURS("x\n"));
	(void)hunk(world, "missing", 0, 0, 1, 2);
	differ(world, "other", "mine\n", OURS("x\n"));
	(void)hunk(world, "other", 1, 1, 1, 2);
	compare(world);
	log = report_sarif(world);
	assert_int_equal(cJSON_GetArraySize(json_at(log, "runs.0.results")), 4);
	cJSON_ArrayForEach(item, json_at(log, "runs.0.results"))
	{
		assert_null(json_at(item, "fixes"));
	}
	/* a missing file cannot be opened: the key that asks for it can */
	assert_string_equal(
		json_text_at(result(log, 2), "locations.0.physicalLocation.artifactLocation.uri"),
		"bzlmodgen.yaml");
}

/* ---- the check itself ---- */

static void
the_check_refuses_what_is_no_sarif(void **state)
{
	static const struct {
		const char *at, *member;
		const char *value; /* NULL: taken away */
		const char *fault;
	} cases[] = {
		{"", "version", "\"2.0.0\"", "$.version: violates enum"},
		{"runs.0", "tool", NULL, "$.runs.0: lacks tool"},
		{"runs.0", "columnKind", "\"utf8\"", "$.runs.0.columnKind: violates enum"},
		{"runs.0.tool.driver", "name", NULL, "$.runs.0.tool.driver: lacks name"},
		{"runs.0.results.0", "level", "\"fatal\"",
		 "$.runs.0.results.0.level: violates enum"},
		{"runs.0.results.0", "message", NULL, "$.runs.0.results.0: lacks message"},
		{"runs.0.results.0", "locations", "[]",
		 "$.runs.0.results.0.locations: violates minItems"},
		{"runs.0.results.0.message", "text", "\"{0}\"",
		 "$.runs.0.results.0.message.text: violates pattern"},
		{"runs.0.results.0.locations.0.physicalLocation.region", "startLine", "0",
		 "$.runs.0.results.0.locations.0.physicalLocation.region.startLine: violates "
		 "minimum"},
		{"runs.0.results.0.locations.0.physicalLocation.artifactLocation", "uri", "\"a b\"",
		 "$.runs.0.results.0.locations.0.physicalLocation.artifactLocation: violates "
		 "anyOf"},
	};
	struct report_world *world = *state;
	struct arena *arena = &world->world.arena;
	cJSON *schema = json_read(arena, SOURCE_DIR "/tests/support/sarif.schema.json");

	diag_add(&world->world.diags, DIAG_BAD_VALUE, spec_at(world, 1, 1, 1), "bad");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cJSON *log = report_sarif(world);
		cJSON *parent = json_at(log, cases[i].at);
		const char *fault;

		cJSON_DeleteItemFromObject(parent, cases[i].member);
		if (cases[i].value != NULL)
			cJSON_AddItemToObject(parent, cases[i].member, cJSON_Parse(cases[i].value));
		fault = json_check(arena, schema, log);
		assert_non_null(fault);
		assert_string_equal(fault, cases[i].fault);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, report_set_up, report_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_empty_log_is_whole),
		TEST(what_has_no_place_is_a_notification),
		TEST(what_is_dropped_is_a_notification),
		TEST(a_result_has_all_that_is_known),
		TEST(rules_are_those_in_use_and_in_order),
		TEST(messages_hold_no_placeholders_and_links),
		TEST(names_of_files_become_references),
		TEST(fingerprints_survive_moves),
		TEST(a_hunk_has_its_keys_and_a_fix),
		TEST(only_what_is_ours_and_text_has_a_fix),
		TEST(the_check_refuses_what_is_no_sarif),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

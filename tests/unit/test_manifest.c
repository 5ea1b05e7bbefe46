#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/digest.h"
#include "plan/manifest.h"
#include "plan_world.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define FILES(files) "{\"bzlmodgen\": \"0.3.0\", \"files\": {" files "}}"
#define ENTRY "{\"sha256\": \"" ZEROS "\"}"

static bool
read_text(struct world *world, struct str text, struct manifest *manifest)
{
	struct source *source = ARENA_NEW(&world->arena, struct source);

	*source = (struct source){STR(MANIFEST_NAME), text};
	diags_init(&world->diags, &world->arena);
	return manifest_read(&world->arena, &world->diags, source, STR("0.3.0"), manifest);
}

/* The error, and the line of the manifest that it points to; 0: none. */
static void
assert_broken(struct world *world, struct str file, uint32_t line, const char *text)
{
	struct manifest manifest;

	assert_false(read_text(world, file, &manifest));
	assert_int_equal(manifest.count, 0);
	assert_int_equal(manifest.version.len, 0);
	assert_diag(world, DIAG_PLAN_MANIFEST, text,
		    "bring it back from version control, or delete it: files that are as the spec "
		    "asks for count as ours without it");
	assert_int_equal(world->diags.items[0]->span.line, line);
	assert_text(world->diags.items[0]->span.source->name, MANIFEST_NAME);
}

static void
digests_are_those_of_sha_256(void **state)
{
	struct world *world = *state;

	/* FIPS 180-4, and what `printf | sha256sum` says */
	assert_text(digest_of(&world->arena, (struct str){NULL, 0}),
		    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_text(digest_of(&world->arena, STR("abc")),
		    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_text(digest_of(&world->arena, STR("a\0b\n")),
		    "3a100994c4e38751871e6e8eef9adad2b20177fdeaf650daacdcd74f4c9421e3");
	assert_true(digest_is_sound(STR(ZEROS)));
	assert_false(digest_is_sound(STR("")));
	assert_false(digest_is_sound(STR(ZEROS "0")));
}

static void
what_was_written_is_read(void **state)
{
	static const char text[] =
		"{\n"
		"  \"bzlmodgen\": \"0.2.1-rc1\",\n"
		"  \"files\": {\n"
		"    \".bazelrc\": {\"sha256\": \"" ZEROS "\"},\n"
		"    \"b\\\"c/\xc3\xa4 x\": {\"sha256\": \"" ZEROS "\", \"region\": true}\n"
		"  }\n"
		"}\n";
	struct world *world = *state;
	struct manifest manifest;

	assert_true(read_text(world, str_from(text), &manifest));
	assert_int_equal(world->diags.count, 0);
	assert_text(manifest.version, "0.2.1-rc1");
	assert_int_equal(manifest.count, 2);
	assert_text(manifest.items[0]->path, ".bazelrc");
	assert_false(manifest.items[0]->is_region);
	assert_text(manifest.items[1]->path, "b\"c/\xc3\xa4 x");
	assert_true(manifest.items[1]->is_region);
	assert_text(manifest.items[1]->digest, ZEROS);
	assert_ptr_equal(manifest_find(&manifest, STR(".bazelrc")), manifest.items[0]);
	assert_null(manifest_find(&manifest, STR("x")));
	assert_text(manifest_write(&world->arena, &manifest, manifest.version), text);
}

static void
an_empty_list_is_written_and_read(void **state)
{
	struct world *world = *state;
	struct manifest manifest;

	manifest_init(&manifest, &world->arena);
	assert_text(manifest_write(&world->arena, &manifest, STR("0.3.0")),
		    "{\n  \"bzlmodgen\": \"0.3.0\",\n  \"files\": {}\n}\n");
	assert_true(read_text(world, manifest_write(&world->arena, &manifest, STR("0.3.0")),
			      &manifest));
	assert_int_equal(manifest.count, 0);
}

static void
other_layouts_are_read_as_well(void **state)
{
	static const char *const texts[] = {
		FILES(""),
		"\r\n" FILES("\r\n\"a\": " ENTRY "\r\n") " \n\t",
		"{\"files\": {\"a\": " ENTRY "}, \"bzlmodgen\": \"0.3.0\"}",
		FILES("\"b\": " ENTRY ", \"a\": {\"region\": true, \"sha256\": \"" ZEROS "\"}"),
		FILES("\"\\u0061/\\u00e4\": " ENTRY),
		"\xef\xbb\xbf" FILES("\"a\": " ENTRY),
	};
	struct world *world = *state;
	struct manifest manifest;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (!read_text(world, str_from(texts[i]), &manifest))
			fail_msg("%s: %.*s", texts[i], STR_ARG(world->diags.items[0]->text));
	}
}

static void
what_is_not_json_is_refused(void **state)
{
	static const struct {
		struct str text;
		uint32_t line;
		const char *why;
	} cases[] = {
		{{"", 0}, 1, "this is not JSON"},
		{{" ", 1}, 1, "this is not JSON"},
		{{"{\n\"a\"\n}", 7}, 3, "this is not JSON"},
		{{"{}\n{}", 5}, 2, "this is not JSON"},
		{{"{}\0", 3}, 1, "this is not JSON"},
		{{"{\"a\": NaN}", 10}, 1, "this is not JSON"},
		{{"\xff", 1}, 0, "this is not UTF-8"},
		{{"{\"\xc0\xaf\": 1}", 9}, 0, "this is not UTF-8"},
		{{"[]", 2}, 0, "this is not an object"},
		{{"null", 4}, 0, "this is not an object"},
		{{"1", 1}, 0, "this is not an object"},
		{{"{\n\"a\\u0000b\": 1}", 17}, 2, "a text holds a NUL"},
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_broken(world, cases[i].text, cases[i].line, cases[i].why);
}

static void
depth_and_size_are_bounded(void **state)
{
	struct world *world = *state;
	struct buf deep;
	struct buf large;

	buf_init(&deep, &world->arena);
	buf_fill(&deep, '[', 1000000);
	assert_broken(world, buf_str(&deep), 1, "this is not JSON");
	buf_init(&large, &world->arena);
	buf_fill(&large, ' ', MANIFEST_SIZE_MAX);
	assert_broken(world, buf_str(&large), 1, "this is not JSON");
	buf_text(&large, FILES(""));
	assert_broken(world, buf_str(&large), 0, "this is larger than 16 MiB");
}

static void
what_is_no_manifest_is_refused(void **state)
{
	static const struct {
		const char *text;
		uint32_t line;
		const char *why;
	} cases[] = {
		{"{}", 0, "'bzlmodgen' does not tell the version that wrote it"},
		{"{\"files\": {}}", 0, "'bzlmodgen' does not tell the version that wrote it"},
		{"{\n\"bzlmodgen\": 1, \"files\": {}}", 2,
		 "'bzlmodgen' does not tell the version that wrote it"},
		{"{\"bzlmodgen\": \"\", \"files\": {}}", 1,
		 "'bzlmodgen' does not tell the version that wrote it"},
		{"{\"bzlmodgen\": \"1..2\", \"files\": {}}", 1,
		 "'bzlmodgen' does not tell the version that wrote it"},
		{"{\"bzlmodgen\": \"0.3.0\"}", 0,
		 "this does not hold 'bzlmodgen' and 'files' alone"},
		{"{\"bzlmodgen\": \"0.3.0\", \"files\": []}", 0,
		 "this does not hold 'bzlmodgen' and 'files' alone"},
		{"{\"bzlmodgen\": \"0.3.0\", \"files\": {}, \"more\": 1}", 0,
		 "this does not hold 'bzlmodgen' and 'files' alone"},
		{"{\"bzlmodgen\": \"0.3.0\", \"Files\": {}}", 0,
		 "this does not hold 'bzlmodgen' and 'files' alone"},
		{"{\"bzlmodgen\": \"0.3.0\", \"bzlmodgen\": \"0.3.0\"}", 0,
		 "this does not hold 'bzlmodgen' and 'files' alone"},
		{FILES("\"a\": \"" ZEROS "\""), 1, "'a' is not described by an object"},
		{FILES("\"a\": {}"), 1, "'a' has no 'sha256'"},
		{FILES("\n\"a\": {\"region\": true}"), 2, "'a' has no 'sha256'"},
		{FILES("\"a\": {\"sha256\": 1}"), 1,
		 "'a' has a 'sha256' that is not 64 lower-case hex digits"},
		{FILES("\"a\": {\"sha256\": \"00\"}"), 1,
		 "'a' has a 'sha256' that is not 64 lower-case hex digits"},
		{FILES("\"a\": {\"sha256\": \"A000000000000000000000000000000000000000000000000000"
		       "000000000000\"}"),
		 1, "'a' has a 'sha256' that is not 64 lower-case hex digits"},
		{FILES("\"a\": {\"sha256\": \"" ZEROS "0\"}"), 1,
		 "'a' has a 'sha256' that is not 64 lower-case hex digits"},
		{FILES("\"a\": {\"sha256\": \"" ZEROS "\", \"region\": false}"), 1,
		 "'a' has a 'region' that is not 'true'"},
		{FILES("\"a\": {\"sha256\": \"" ZEROS "\", \"region\": 1}"), 1,
		 "'a' has a 'region' that is not 'true'"},
		{FILES("\"a\": {\"sha256\": \"" ZEROS "\", \"mode\": \"644\"}"), 1,
		 "'a' has more than one 'sha256' and one 'region'"},
		{FILES("\"a\": {\"sha256\": \"" ZEROS "\", \"sha256\": \"" ZEROS "\"}"), 1,
		 "'a' has more than one 'sha256' and one 'region'"},
		{FILES("\"a\": {\"sha256\": \"" ZEROS "\", \"region\": true, \"region\": true}"), 1,
		 "'a' has more than one 'sha256' and one 'region'"},
		{FILES("\"a\": " ENTRY ",\n\"b\": " ENTRY ",\n\"a\": " ENTRY), 3,
		 "'a' is listed twice"},
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_broken(world, str_from(cases[i].text), cases[i].line, cases[i].why);
}

static void
paths_are_held_to_the_rules_of_outputs(void **state)
{
	static const struct {
		const char *path;
		const char *why;
	} cases[] = {
		{"", "'' is empty"},
		{"/etc/passwd", "'/etc/passwd' is absolute"},
		{"../x", "'../x' has a component '.' or '..'"},
		{"a/../../x", "'a/../../x' has a component '.' or '..'"},
		{"a/./x", "'a/./x' has a component '.' or '..'"},
		{"a//x", "'a//x' has an empty component"},
		{"a/", "'a/' ends with '/'"},
		{".git/config", "'.git/config' lies in a '.git' directory"},
		{"a/.GIT/config", "'a/.GIT/config' lies in a '.git' directory"},
		{"bzlmodgen.lock.json",
		 "'bzlmodgen.lock.json' is where the list of our files stands"},
		{".bzlmodgen-a.tmp",
		 "'.bzlmodgen-a.tmp' has a name that is kept for temporary files"},
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str text =
			arena_printf(&world->arena, FILES("\"%s\": " ENTRY), cases[i].path);

		assert_broken(world, text, 1, cases[i].why);
	}
	assert_broken(world, STR(FILES("\"a\\\\b\": " ENTRY)), 0, "'a\\b' holds a backslash");
	assert_broken(world, STR(FILES("\"a\\nb\": " ENTRY)), 0,
		      "'a\nb' holds a control character");
}

static void
a_conflict_of_a_merge_is_told(void **state)
{
	struct world *world = *state;
	struct manifest manifest;

	assert_false(read_text(world,
			       STR("{\n  \"files\": {\n<<<<<<< HEAD\n    \"a\": " ENTRY
				   "\n=======\n    \"b\": " ENTRY "\n>>>>>>> side\n  }\n}\n"),
			       &manifest));
	assert_diag(world, DIAG_PLAN_MANIFEST_CONFLICT,
		    "'bzlmodgen.lock.json' holds a conflict of a merge",
		    "settle the conflicts in the spec, take either side of this file and of other "
		    "files of ours in conflict ('git checkout --theirs FILE'), and run 'bzlmodgen "
		    "generate'");
	assert_int_equal(world->diags.items[0]->span.line, 3);
	/* half of one */
	assert_false(read_text(world, STR("{}\n>>>>>>> side\n"), &manifest));
	assert_int_equal(world->diags.items[0]->code, DIAG_PLAN_MANIFEST_CONFLICT);
	assert_int_equal(world->diags.items[0]->span.line, 2);
}

static void
what_a_newer_version_wrote_is_refused(void **state)
{
	static const char *const newer[] = {"0.3.1", "0.4.0-rc1", "1.0.0", "0.10.0"};
	struct world *world = *state;
	struct manifest manifest;

	for (size_t i = 0; i < 4; i++) {
		/* whatever else it holds */
		struct str text = arena_printf(
			&world->arena,
			"{\"format\": [2],\n \"bzlmodgen\": \"%s\", \"files\": null}", newer[i]);

		assert_false(read_text(world, text, &manifest));
		assert_int_equal(world->diags.count, 1);
		assert_int_equal(world->diags.items[0]->code, DIAG_PLAN_MANIFEST_NEWER);
		assert_int_equal(world->diags.items[0]->span.line, 2);
	}
	assert_text(world->diags.items[0]->text,
		    "the files were written by bzlmodgen 0.10.0, and this is 0.3.0");
	assert_text(world->diags.items[0]->help, "upgrade bzlmodgen to 0.10.0 or later");
	assert_true(
		read_text(world, STR("{\"bzlmodgen\": \"0.3.0-rc1\", \"files\": {}}"), &manifest));
}

static void
two_manifests_make_one(void **state)
{
	struct world *world = *state;
	struct manifest mine;
	struct manifest other;

	assert_true(read_text(world, STR(FILES("\"a\": " ENTRY ", \"b\": " ENTRY)), &mine));
	assert_true(read_text(world, STR(FILES("\"b\": " ENTRY ", \"c\": " ENTRY)), &other));
	manifest_merge(&mine, &other);
	assert_int_equal(mine.count, 3);
	assert_null(manifest_find(&mine, STR("a"))->other);
	assert_ptr_equal(manifest_find(&mine, STR("b"))->other, other.items[0]);
	assert_null(manifest_find(&mine, STR("c"))->other);
	assert_int_equal(other.count, 2);
}

/* cJSON's memory is not the arena's; the sanitizer sees what is lost. */
static void
too_little_memory_loses_nothing(void **state)
{
	struct source source = {STR(MANIFEST_NAME), STR(FILES("\"a\": " ENTRY ", \"b\": " ENTRY))};
	volatile size_t ends = 0;

	(void)state;
	for (volatile size_t limit = 1024; limit < 65536; limit += 64) {
		struct arena arena;
		jmp_buf escape;

		arena_init(&arena, limit, &escape);
		if (setjmp(escape) == 0) {
			struct manifest manifest;
			struct diags diags;

			diags_init(&diags, &arena);
			assert_true(
				manifest_read(&arena, &diags, &source, STR("0.3.0"), &manifest));
		} else {
			ends++;
		}
		arena_free(&arena);
	}
	assert_true(ends > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(digests_are_those_of_sha_256),
		TEST(what_was_written_is_read),
		TEST(an_empty_list_is_written_and_read),
		TEST(other_layouts_are_read_as_well),
		TEST(what_is_not_json_is_refused),
		TEST(depth_and_size_are_bounded),
		TEST(what_is_no_manifest_is_refused),
		TEST(paths_are_held_to_the_rules_of_outputs),
		TEST(a_conflict_of_a_merge_is_told),
		TEST(what_a_newer_version_wrote_is_refused),
		TEST(two_manifests_make_one),
		TEST(too_little_memory_loses_nothing),
	};

	if (setjmp(world_escape) != 0) {
		print_error("out of memory\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}

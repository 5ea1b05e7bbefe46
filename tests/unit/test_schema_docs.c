/* `explain` and the page on the spec. */
#include "schema_town.h"

/* ---- explain ---- */

static void
assert_explains(struct run *run, const char *key, const char *expected)
{
	struct str nearest;

	run->out.len = 0;
	if (!schema_explain(&run->arena, &town, str_from(key), &run->out, &nearest))
		fail_msg("no key '%s'; the nearest is '%.*s'", key, STR_ARG(nearest));
	assert_str(run, nearest, "");
	assert_str(run, buf_str(&run->out), expected);
}

static void
assert_unknown(struct run *run, const char *key, const char *expected)
{
	struct str nearest;

	run->out.len = 0;
	if (schema_explain(&run->arena, &town, str_from(key), &run->out, &nearest))
		fail_msg("'%s' is a key", key);
	assert_int_equal(run->out.len, 0);
	assert_str(run, nearest, expected);
}

static void
fields_are_explained(void **state)
{
	struct run *run = *state;

	assert_explains(run, "houses.owner",
			"houses.owner\n\nWhose it is.\n\ntakes     text\nexample   owner: Ada\n");
	assert_explains(run, "houses.code",
			"houses.code\n\nIts code.\n\n"
			"takes     a code: a letter and a digit, such as A1\ndefault   Z9\n");
	assert_explains(run, "houses.roof",
			"houses.roof\n\nIts shape.\n\n"
			"takes     `flat`, `steep` or `3`\ndefault   steep\n");
	assert_explains(
		run, "houses.codes",
		"houses.codes\n\nMore codes.\n\n"
		"takes     a list; each item is a code: a letter and a digit, such as A1\n");
	assert_explains(run, "houses.garden",
			"houses.garden\n\nOutside.\n\ntakes     a list of beds\n");
	assert_explains(run, "houses.cellar.floor",
			"houses.cellar.floor\n\nWhere it is.\n\n"
			"takes     a whole number\ndefault   none: it must be given\n");
}

static void
records_list_their_keys(void **state)
{
	struct run *run = *state;

	assert_explains(run, "houses.pets",
			"houses.pets\n\nWho lives here; `a|b`.\n\n"
			"takes     a mapping; each key is a code, each value text; or a mapping\n\n"
			"An animal.\n\nkeys\n"
			"  name\n    What it hears.\n  tame\n    Whether it is tame.\n");
	assert_explains(run, "houses.extras",
			"houses.extras\n\nExtras.\n\ntakes     a mapping\n\n"
			"What else there is.\n\nkeys\n"
			"  chimney\n    Whether there is one.\n"
			"  doors\n    How many there are. (up to 1.9.0)\n"
			"  doors\n    Where they are. (from 1.10.0)\n"
			"  style\n    Its <style>. (from 1.2.0 to 1.3.0)\n");
	assert_explains(
		run, "yards",
		"yards\n\nAll yards.\n\n"
		"takes     a mapping; each key is text, each value a list of targets; or a\n"
		"          mapping\n\n"
		"Where it is built.\n\nkeys\n  targets\n    What is built.\n\n"
		"rules and the like\n  shed\n    A shed.\n  tree\n    A tree.\n"
		"  rule\n    Any rule.\n");
}

static void
names_in_a_path_may_be_left_out(void **state)
{
	static const char *const paths[] = {"houses.pets.tame", "houses.pets.A1.tame",
					    "houses.pets.NAME.tame"};
	struct run *run = *state;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *expected = arena_printf(&run->arena,
						    "%s\n\nWhether it is tame.\n\n"
						    "takes     true or false\ndefault   true\n",
						    paths[i])
					       .at;

		assert_explains(run, paths[i], expected);
	}
	/* names with dots */
	assert_explains(run, "names.a.b/c.d.tame",
			"names.a.b/c.d.tame\n\nWhether it is tame.\n\n"
			"takes     true or false\ndefault   true\n");
	assert_explains(run, "names.NAME.x",
			"names.NAME.x\n\nPaths, perhaps.\n\n"
			"takes     a mapping; each key is text, each value text; or a mapping\n\n"
			"An animal.\n\nkeys\n"
			"  name\n    What it hears.\n  tame\n    Whether it is tame.\n");
	/* a name that does not fit is none */
	assert_unknown(run, "houses.pets.rex", "");
}

static void
attributes_are_explained(void **state)
{
	struct run *run = *state;

	assert_explains(run, "houses.extras.doors",
			"houses.extras.doors\n\n"
			"How many there are.\n\ntakes     a whole number\nversions  up to 1.9.0\n\n"
			"Where they are.\n\ntakes     a list of text\nversions  from 1.10.0\n");
	assert_explains(run, "houses.extras.style",
			"houses.extras.style\n\nIts <style>.\n\n"
			"takes     `old` or `new`\nversions  from 1.2.0 to 1.3.0\n");
	assert_explains(run, "shed.walls",
			"shed.walls\n\nIts walls.\n\ntakes     a list of labels\n"
			"default   none: it must be given\n");
	assert_explains(run, "yards.tree.tags",
			"yards.tree.tags\n\nWords.\n\ntakes     a list of text\n"
			"select    not possible\n");
	assert_explains(run, "yards.x.targets.tree.owner",
			"yards.x.targets.tree.owner\n\nWhose it is.\n\n"
			"takes     `public`, `private`, or a list of labels\n");
	assert_explains(run, "yards.x.shed.comment",
			"yards.x.shed.comment\n\nA comment.\n\ntakes     text\n");
}

static void
rules_are_explained(void **state)
{
	struct run *run = *state;

	assert_explains(run, "shed",
			"shed\n\nA shed.\n\nruleset   rules_shed, from 1.2.0\n"
			"takes     text. Name of the target.\n\nkeys\n"
			"  comment\n    A comment.\n  size\n    How big.\n  tags\n    Words.\n"
			"  walls\n    Its walls.\n");
	assert_explains(run, "yards.rule",
			"yards.rule\n\nAny rule.\n\ntakes     text. Name of the rule.\n\nkeys\n"
			"  name\n    The name.\n  comment\n    A comment.\n");
}

static void
unknown_keys_have_a_nearest(void **state)
{
	struct run *run = *state;

	assert_unknown(run, "house", "houses");
	assert_unknown(run, "houses.roff", "houses.roof");
	assert_unknown(run, "houses.cellar.flor", "houses.cellar.floor");
	assert_unknown(run, "houses.pets.A1.tamed", "houses.pets.A1.tame");
	assert_unknown(run, "houses.extras.chimny", "houses.extras.chimney");
	assert_unknown(run, "names.a.tamee", "names.a.tame");
	assert_unknown(run, "yards.x.targets.shedd", "yards.x.targets.shed");
	assert_unknown(run, "shed.wals", "shed.walls");
	assert_unknown(run, "tre", "tree");
	/* goes with other rules, or is filled in */
	assert_unknown(run, "shed.name", "");
	assert_unknown(run, "houses.extras.number", "");
	/* has no keys */
	assert_unknown(run, "houses.owner.name", "");
	assert_unknown(run, "shed.size.x", "");
	/* stands elsewhere */
	assert_unknown(run, "colours", "houses[].colours");
	assert_explains(run, "houses[].colours",
			"houses[].colours\n\nIts colours.\n\ntakes     a list of text\n");
	assert_unknown(run, "houses.colours[]", "houses.colours");
	assert_unknown(run, "quite_different", "");
	assert_unknown(run, "", "");
	assert_unknown(run, ".", "");
}

/* ---- the page ---- */

static void
assert_has(struct run *run, const char *expected)
{
	if (str_find_str(buf_str(&run->out), str_from(expected)) == run->out.len)
		fail_msg("the page has no\n%s\nbut\n%.*s", expected, STR_ARG(buf_str(&run->out)));
}

static void
the_page_has_a_section_per_record(void **state)
{
	struct run *run = *state;

	schema_write_markdown(&run->arena, &town, &run->out);
	assert_has(run, "\n## Top-level keys\n\nAll there is.\n\n"
			"| key | takes | default | meaning |\n| --- | --- | --- | --- |\n"
			"| `houses` | a list; each item is [a mapping](#houses) | required | "
			"All houses. |\n");
	assert_has(run, "\n## `houses[]`\n\nWhere one lives.\n");
	assert_has(run, "| `owner` | text |  | Whose it is. For instance `owner: Ada`. |\n");
	assert_has(run, "| `roof` | `flat`, `steep` or `3` | `steep` | Its shape. |\n");
	assert_has(run, "| `pets` | a mapping; each key is a code, each value text; or "
			"[a mapping](#housespetsname) |  | Who lives here; `a\\|b`. |\n");
	assert_has(run, "; or [a mapping](#housespetsname), or a list of such |  | Who comes. |\n");
	assert_has(run, "\n## `houses[].extras`\n\nWhat else there is.\n\n"
			"| attribute | takes | versions | meaning |\n| --- | --- | --- | --- |\n"
			"| `chimney` | true or false |  | Whether there is one. |\n"
			"| `doors` | a whole number | up to 1.9.0 | How many there are. |\n"
			"| `doors` | a list of text | from 1.10.0 | Where they are. |\n"
			"| `style` | `old` or `new` | from 1.2.0 to 1.3.0 | Its &lt;style>. |\n"
			"\n## ");
	assert_has(run, "| `targets` | a list of targets, see [targets](#targets) |  | "
			"What is built. |\n");
}

static void
the_page_has_shared_attributes_once(void **state)
{
	struct run *run = *state;

	schema_write_markdown(&run->arena, &town, &run->out);
	assert_has(run, "\n## Rules\n\n### `shed`\n\nA shed. (rules_shed, from 1.2.0)\n\n"
			"| attribute | takes | versions | meaning |\n| --- | --- | --- | --- |\n"
			"| `size` | `1` or `2` |  | How big. |\n"
			"| `walls` | a list of labels |  | Required. Its walls. |\n\n"
			"Shared attributes: [group 1](#group-1).\n\n### `tree`\n\nA tree.\n\n");
	assert_has(run, "\n### `rule`\n\nAny rule.\n\nTakes text. Name of the rule. "
			"Keys: `name`, `comment`.\n");
	assert_has(run, "\n## Shared attributes\n\n### Group 1\n\nOf [shed](#shed), [tree](#tree)."
			"\n\n| attribute | takes | versions | meaning |\n"
			"| --- | --- | --- | --- |\n"
			"| `tags` | a list of text; no `select` |  | Words. |\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(fields_are_explained),
		TEST(records_list_their_keys),
		TEST(names_in_a_path_may_be_left_out),
		TEST(attributes_are_explained),
		TEST(rules_are_explained),
		TEST(unknown_keys_have_a_nearest),
		TEST(the_page_has_a_section_per_record),
		TEST(the_page_has_shared_attributes_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

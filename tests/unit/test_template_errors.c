/* The template engine: mistakes, with their exact places, and limits. */
#include "template_run.h"

/* ---- mistakes in a template ---- */

static void
unclosed_tags(void **state)
{
	assert_fails(*state, "a\n {{name", "T001 t:2:2+2 '{{' is not closed by '}}'\n");
	assert_fails(*state, "{{", "T001 t:1:1+2 '{{' is not closed by '}}'\n");
	assert_fails(*state, "{{#", "T001 t:1:1+3 '{{#' is not closed by '}}'\n");
	assert_fails(*state, "{{{name}}\n", "T001 t:1:1+3 '{{{' is not closed by '}}}'\n");
	assert_fails(*state, "\xc3\xa4 {{! x }\n}", "T001 t:1:3+3 '{{!' is not closed by '}}'\n");
	assert_fails(*state, "{{=< >=}}\n<name", "T001 t:2:1+1 '<' is not closed by '>'\n");
	/* not a name with a blank: another tag begins before, or the line ends */
	assert_fails(*state, "{{#a b {{name}}", "T001 t:1:1+3 '{{#' is not closed by '}}'\n");
	assert_fails(*state, "{{a b\n}}", "T001 t:1:1+2 '{{' is not closed by '}}'\n");
	/* what comes after is looked at, but nothing is said of sections */
	assert_fails(*state, "{{#crate}\n{{name\n{{name}}\n{{/crate}} {{}}\n",
		     "T001 t:1:1+3 '{{#' is not closed by '}}'\n"
		     "T001 t:2:1+2 '{{' is not closed by '}}'\n"
		     "T002 t:4:12+4 '{{}}' has no name\n");
}

static void
tags_that_are_none(void **state)
{
	struct run *run = *state;

	assert_fails(run, "{{}}", "T002 t:1:1+4 '{{}}' has no name\n");
	assert_fails(run, "a {{# }} {{> }}",
		     "T002 t:1:3+6 '{{# }}' has no name\n"
		     "T002 t:1:10+6 '{{> }}' has no name\n");
	assert_fails(run, "{{{}}}{{&}}",
		     "T002 t:1:1+6 '{{{}}}' has no name\n"
		     "T002 t:1:7+5 '{{&}}' has no name\n");
	assert_fails(run, "{{ a b }}{{name}}{{c}",
		     "T002 t:1:4+3 'a b' is not a name\n"
		     "T001 t:1:18+2 '{{' is not closed by '}}'\n");
	assert_fails(run, "{{{a b}}}", "T002 t:1:4+3 'a b' is not a name\n");
	assert_fails(run, "{{$a}}\n{{#*b}}{{/*b}}\n {{> *c}}",
		     "T002 t:1:3+2 '$a' is not a name\n"
		     "T002 t:2:4+2 '*b' is not a name\n"
		     "T002 t:2:11+2 '*b' is not a name\n"
		     "T002 t:3:6+2 '*c' is not a name\n");
	assert_fails(run, "{{.a}}{{a.}}{{a..b}}{{..}}{{>.}}{{ #a }}",
		     "T002 t:1:3+2 '.a' is not a name\n"
		     "T002 t:1:9+2 'a.' is not a name\n"
		     "T002 t:1:15+4 'a..b' is not a name\n"
		     "T002 t:1:23+2 '..' is not a name\n"
		     "T002 t:1:36+2 '#a' is not a name\n");
	assert_true(run->diags.items[0]->help.len > 0);
	/* a name of a partial may hold dots, and names may be in any script */
	assert_renders(run, "{{>.}}{{>a..b}}{{>.x}}{{\xc3\xa4}}{{a-b}}{{_1}}{{1}}", "");
}

static void
delimiters_that_are_none(void **state)
{
	assert_fails(*state, "\n{{=<%%>=}}", "T003 t:2:1+10 '<%%>' are not two delimiters\n");
	assert_fails(*state, "{{=a b c=}}", "T003 t:1:1+11 'a b c' are not two delimiters\n");
	assert_fails(*state, "{{==}}", "T003 t:1:1+6 '' are not two delimiters\n");
	assert_fails(*state, "{{=12345678901234567 x=}}",
		     "T003 t:1:1+25 '12345678901234567 x' are not two delimiters\n");
	assert_fails(*state, "{{=x 12345678901234567=}}",
		     "T003 t:1:1+25 'x 12345678901234567' are not two delimiters\n");
	assert_fails(*state, "{{=a = =}}",
		     "T003 t:1:1+3 '{{=' does not begin a change of "
		     "delimiters\n");
	assert_fails(*state, "a{{=<% %>}}{{#b}}",
		     "T003 t:1:2+3 '{{=' does not begin a change of delimiters\n");
	assert_renders(*state, "{{=1234567890123456 x=}}1234567890123456namex", "\"core\"");
}

static void
sections_that_do_not_match(void **state)
{
	assert_fails(*state, "a{{#crate}}\n  {{^none}}{{/none}}",
		     "T004 t:1:2+10 'crate' is a section that is not closed\n");
	assert_fails(*state, "{{/a}}",
		     "T005 t:1:4+1 'a' is closed, but no section of that name is "
		     "open\n");
	/* on the first line of the tag alone */
	assert_fails(*state, " {{#\n  crate }}",
		     "T004 t:1:2+3 'crate' is a section that is not "
		     "closed\n");
	/* overlapping: the inner one is not closed */
	assert_fails(*state, "{{#a}}{{#b}}{{/a}}{{/b}}",
		     "T004 t:1:7+6 'b' is a section that is not closed\n"
		     "T005 t:1:22+1 'b' is closed, but no section of that name is open\n");
	/* mistyped: it counts as closed */
	assert_fails(*state, "{{#crates}}\n{{/craets}}\n{{#b}}",
		     "T005 t:2:4+6 'craets' is closed, but no section of that name is open"
		     " | crates | t:1:1+11 this section is open\n"
		     "T004 t:3:1+6 'b' is a section that is not closed\n");
	assert_fails(*state, "{{#a.b}}{{/a}}{{/a.b}}",
		     "T005 t:1:12+1 'a' is closed, but no section of that name is open"
		     " | t:1:1+8 this section is open\n");
}

static void
depth_of_sections_is_bounded(void **state)
{
	struct run *run = *state;
	struct str deep =
		repeat(run, "{{#crate}}\n", "{{{name}}}", "{{/crate}}\n", TEMPLATE_DEPTH_MAX);

	assert_true(render_str(run, deep));
	assert_text(run, "serde",
		    &(struct buf){.arena = &run->arena,
				  .at = run->out.at,
				  .len = 5,
				  .capacity = run->out.capacity});
	assert_true(
		render_str(run, repeat(run, "{{^none}}", "x", "{{/none}}", TEMPLATE_DEPTH_MAX)));
	assert_text(run, "x", &run->out);
	assert_false(render_str(run, repeat(run, "{{#crate}}\n", "{{", "{{/crate}}", 100000)));
	assert_errors(run, "T006 t:65:1+10 section 'crate' nests deeper than 64 levels\n");
}

static void
depth_counts_through_partials(void **state)
{
	struct run *run = *state;
	struct str deep =
		repeat(run, "{{#crate}}", "\n {{> more}}", "{{/crate}}", TEMPLATE_DEPTH_MAX);
	const struct partial sections[] = {{"more", "{{{name}}}\n{{#srcs}}{{/srcs}}"},
					   {NULL, NULL}};
	const struct partial none[] = {{"more", "{{{name}}}{{#none}}{{/none}}"}, {NULL, NULL}};

	run->partials = none;
	assert_true(render_str(run, deep));
	assert_text(run, "\n serde", &run->out);
	run->partials = sections;
	assert_false(render_str(run, deep));
	assert_errors(run, "T006 more:2:4+4 section 'srcs' nests deeper than 64 levels"
			   " | t:2:6+4 the partial is included here\n");
}

static void
recursion_of_partials_is_bounded(void **state)
{
	struct run *run = *state;

	run->partials = partials;
	assert_fails(run, "a\n{{> self}}",
		     "T006 self:1:5+4 partial 'self' nests deeper than 64 levels"
		     " | self:1:5+4 the partial is included here\n");
	assert_fails(run, "{{> ping}}",
		     "T006 pong:1:6+4 partial 'ping' nests deeper than 64 levels"
		     " | ping:1:5+4 the partial is included here\n");
}

static void
work_is_bounded(void **state)
{
	struct run *run = *state;
	const struct partial bombs[] = {
		{"p", "{{#srcs}}{{> p}}{{/srcs}}"},
		{"q", "{{> r}}{{> r}}{{> r}}{{> r}}"},
		{"r", "{{> s}}{{> s}}{{> s}}{{> s}}"},
		{"s", "{{> u}}{{> u}}{{> u}}{{> u}}"},
		{"u", "{{> v}}{{> v}}{{> v}}{{> v}}"},
		{"v", ""},
		{NULL, NULL},
	};

	run->options.steps_max = 1000;
	assert_false(render_str(run, repeat(run, "{{#srcs}}", "", "{{/srcs}}", 40)));
	assert_int_equal(run->diags.count, 1);
	assert_int_equal(run->diags.items[0]->code, DIAG_TEMPLATE_TOO_LONG);
	assert_non_null(run->diags.items[0]->span.source);
	assert_string_equal(run->diags.items[0]->text.at, "rendering takes more than 1000 steps");
	run->partials = bombs;
	run->options.steps_max = 200;
	assert_fails(run, "{{> q}}",
		     "T010 u:1:19+1 rendering takes more than 200 steps"
		     " | s:1:12+1 the partial is included here\n");
	run->options.steps_max = 2000;
	assert_renders(run, "{{> q}}", "");
}

static size_t
endless_count(const void *data)
{
	(void)data;
	return SIZE_MAX;
}

static struct view
endless_item(const void *data, size_t index)
{
	(void)index;
	return (struct view){&nothing_class, data};
}

static void
the_default_budget_ends(void **state)
{
	const struct view_class endless = {
		.is_list = always,
		.count = endless_count,
		.item = endless_item,
	};
	struct run *run = *state;
	const struct template *template = compile(run, "t", STR("{{#.}}{{/.}}"));

	assert_false(template_render(&run->arena, &run->diags, template, NULL,
				     (struct view){&endless, &site}, &run->options, &run->out));
	assert_errors(run, "T010 t:1:4+1 rendering takes more than 50000000 steps\n");
}

/* ---- strict mode ---- */

static void
strict_mode_knows_the_names(void **state)
{
	struct run *run = *state;

	run->options.strict = true;
	run->options.offer_names = offer_names;
	assert_fails(run, "x\n  {{ nmae }} {{{name}}}\n",
		     "T007 t:2:6+4 unknown name 'nmae' | name\n");
	assert_fails(run, "{{#crate}}{{verison}}{{/crate}}{{versoin}}",
		     "T007 t:1:13+7 unknown name 'verison' | version\n"
		     "T007 t:1:34+7 unknown name 'versoin'\n");
	/* names of outer views are offered as well */
	assert_fails(run, "{{#crate}}{{peopel}}{{/crate}}",
		     "T007 t:1:13+6 unknown name 'peopel' | people\n");
	assert_fails(run, "{{#srsc}}{{/srsc}}{{^peple}}{{/peple}}",
		     "T007 t:1:4+4 unknown name 'srsc' | srcs\n"
		     "T007 t:1:22+5 unknown name 'peple' | people\n");
	assert_fails(run, "\xc3\xa4{{{crate.ownr.mail}}}{{crate.owner.mial}}{{&cratee.owner}}",
		     "T007 t:1:11+4 unknown name 'ownr' in 'crate' | owner\n"
		     "T007 t:1:37+4 unknown name 'mial' in 'crate.owner' | mail\n"
		     "T007 t:1:46+6 unknown name 'cratee' | crate\n");
	/* nothing is known, but not wrong; nor is what nothing has */
	assert_renders(run,
		       "{{#none}}{{typo}}{{/none}}{{^none}}a{{/none}}{{none}}{{none.x.y}}"
		       "{{#nobody.x}}b{{/nobody.x}}{{^none.x}}c{{/none.x}}",
		       "ac");
	run->options.offer_names = NULL;
	assert_fails(run, "{{nmae}}{{crate.nmae}}",
		     "T007 t:1:3+4 unknown name 'nmae'\n"
		     "T007 t:1:17+4 unknown name 'nmae' in 'crate'\n");
}

static void
strict_mode_knows_the_partials(void **state)
{
	struct run *run = *state;

	run->options.strict = true;
	run->options.offer_names = offer_names;
	run->partials = partials;
	assert_fails(run, "\n  {{> wrod}}\n{{>nothing-like-it}}",
		     "T008 t:2:7+4 no partial is named 'wrod' | word\n"
		     "T008 t:3:4+15 no partial is named 'nothing-like-it'\n");
	assert_fails(run, "\n{{#people}}\n{{> typo}}\n{{/people}}\n",
		     "T007 typo:2:5+4 unknown name 'nmae' | name"
		     " | t:3:5+4 the partial is included here\n");
}

static void
a_render_without_partials_has_none(void **state)
{
	struct run *run = *state;
	const struct template *template = compile(run, "t", STR("a{{> word}}"));

	assert_true(template_render(&run->arena, &run->diags, template, NULL, view_of(&site),
				    &run->options, &run->out));
	assert_text(run, "a", &run->out);
	run->options.strict = true;
	assert_false(template_render(&run->arena, &run->diags, template, NULL, view_of(&site),
				     &run->options, &run->out));
	assert_errors(run, "T008 t:1:6+4 no partial is named 'word'\n");
}

static void
strict_mode_wants_texts(void **state)
{
	struct run *run = *state;

	run->options.strict = true;
	assert_fails(run, "{{crate}} {{{srcs}}} {{&crate.owner}} {{.}} {{none}}{{{nobody}}}",
		     "T009 t:1:3+5 'crate' has no literal\n"
		     "T009 t:1:14+4 'srcs' has no bare text\n"
		     "T009 t:1:25+11 'crate.owner' has no bare text\n"
		     "T009 t:1:41+1 '.' has no literal\n");
	run->options.strict = false;
	assert_renders(run, "<{{crate}}{{{srcs}}}{{.}}>", "<>");
}

static size_t offers;

static void
count_offers(struct view view, struct nearest *nearest)
{
	(void)view;
	(void)nearest;
	offers++;
}

static void
each_mistake_is_reported_once(void **state)
{
	struct run *run = *state;

	run->options.strict = true;
	run->options.offer_names = count_offers;
	assert_fails(run, "{{#srcs}}{{a}}{{b}}{{a}}{{/srcs}}",
		     "T007 t:1:12+1 unknown name 'a'\n"
		     "T007 t:1:17+1 unknown name 'b'\n"
		     "T007 t:1:22+1 unknown name 'a'\n");
	/* a suggestion was sought once for each: in the item and in the root */
	assert_int_equal(offers, 6);
	/* and not more than anyone reads */
	assert_false(render_str(run, repeat(run, "{{a}}", "", "", 100)));
	assert_int_equal(run->diags.count, 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(unclosed_tags),
		TEST(tags_that_are_none),
		TEST(delimiters_that_are_none),
		TEST(sections_that_do_not_match),
		TEST(depth_of_sections_is_bounded),
		TEST(depth_counts_through_partials),
		TEST(recursion_of_partials_is_bounded),
		TEST(work_is_bounded),
		TEST(the_default_budget_ends),
		TEST(strict_mode_knows_the_names),
		TEST(strict_mode_knows_the_partials),
		TEST(a_render_without_partials_has_none),
		TEST(strict_mode_wants_texts),
		TEST(each_mistake_is_reported_once),
	};

	return cmocka_run_group_tests_name("template_errors", tests, NULL, NULL);
}

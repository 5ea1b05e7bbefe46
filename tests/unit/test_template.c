/* The template engine: what templates render to. */
#include "template_run.h"

/* ---- values and sections ---- */

static void
text_without_tags_is_itself(void **state)
{
	static const char nul[] = "a\0b\xff\r\n";

	assert_renders(*state, "", "");
	assert_renders(*state, "a { b } }} \n\n\t# c\r\n", "a { b } }} \n\n\t# c\r\n");
	assert_true(render_str(*state, (struct str){nul, sizeof(nul) - 1}));
	assert_true(
		str_eq(buf_str(&((struct run *)*state)->out), (struct str){nul, sizeof(nul) - 1}));
}

static void
values_are_literals_or_bare(void **state)
{
	assert_renders(*state, "{{name}} {{{name}}} {{&name}}", "\"core\" core core");
	assert_renders(*state, "{{ name }}{{\tname\n}}{{{ name }}}{{& name }}",
		       "\"core\"\"core\"corecore");
	assert_renders(*state, "<{{{empty}}}{{none}}{{missing}}{{{missing}}}>", "<>");
	assert_renders(*state, "{{{name}}}}", "core}");
	assert_renders(*state, "{{name}}}", "\"core\"}");
	assert_renders(*state, "{{=< >=}}<{name}><&name>", "corecore");
}

static void
names_are_looked_up_outwards(void **state)
{
	assert_renders(*state, "{{crate.name}} {{crate.owner.mail}}", "\"serde\" \"x@y\"");
	assert_renders(*state, "{{#crate}}{{{name}}} {{{owner.mail}}}{{/crate}}", "serde x@y");
	assert_renders(*state, "{{#people}}{{{name}}}/{{{crate.name}}} {{/people}}",
		       "Ada/serde Bob/serde ");
	assert_renders(*state, "{{#crate.owner}}{{{name}}} {{{version}}}{{/crate.owner}}", "core ");
	/* only the first part is looked up further out */
	assert_renders(*state, "{{#people}}<{{{crate.langs}}}>{{/people}}", "<><>");
	assert_renders(*state, "{{#name}}{{{.}}}{{/name}}", "core");
}

static void
sections_and_their_opposite(void **state)
{
	assert_renders(*state, "{{#srcs}}({{{.}}}){{/srcs}}{{^srcs}}no{{/srcs}}", "(a.rs)(b.rs)");
	assert_renders(*state, "{{#nobody}}x{{/nobody}}{{^nobody}}none{{/nobody}}", "none");
	assert_renders(*state, "{{#none}}x{{/none}}{{^none}}no{{/none}}", "no");
	assert_renders(*state, "{{#gone}}x{{/gone}}{{^gone}}no{{/gone}}", "no");
	assert_renders(*state, "{{#nested}}<{{#.}}{{{.}}}{{/.}}>{{/nested}}", "<12><3>");
	assert_renders(*state, "{{#people}}{{{name}}}:{{#langs}}{{{.}}}{{/langs}};{{/people}}",
		       "Ada:C;Bob:;");
	assert_renders(*state, "{{#crate}}{{#crate}}{{{version}}}{{/crate}}{{/crate}}", "1.0");
}

static void
standalone_lines_leave_nothing(void **state)
{
	assert_renders(*state, "a\n  {{#crate}}  \nb\n\t{{/crate}}\t\nc\n", "a\nb\nc\n");
	assert_renders(*state, "{{! x }}\n{{=| |=}}\na", "a");
	assert_renders(*state, "  {{! a\n b }}  \nc", "c");
	assert_renders(*state, "a\n {{! b }}", "a\n");
	/* two tags, or a value, on a line: nothing is taken away */
	assert_renders(*state, " {{#crate}} {{/crate}} \n", "   \n");
	assert_renders(*state, " {{! a }}{{! b }}\n", " \n");
	assert_renders(*state, "{{! a\n}}{{! b }}\nc", "\nc");
	assert_renders(*state, " {{none}} \n", "  \n");
	/* a carriage return alone ends no line */
	assert_renders(*state, "{{! a }}\rb", "\rb");
}

static void
line_ends_of_windows(void **state)
{
	assert_renders(*state, "a\r\n{{#srcs}}\r\n{{{.}}}\r\n{{/srcs}}\r\nb\r\n",
		       "a\r\na.rs\r\nb.rs\r\nb\r\n");
	assert_renders(*state, "    s = {{srcs}}\r\n",
		       "    s = [\n        \"a.rs\",\n        \"b.rs\",\n    ]\r\n");
	assert_fails(*state, "a\r\n{{#b}}\r\nc {{/d}}\r\n",
		     "T005 t:3:6+1 'd' is closed, but no section of that name is open"
		     " | t:2:1+6 this section is open\n"
		     "T004 t:2:1+6 'b' is a section that is not closed\n");
}

/* ---- indentation of literals ---- */

static void
literals_are_indented_like_their_line(void **state)
{
	assert_renders(*state, "x(\n    srcs = {{srcs}},\n)\n",
		       "x(\n    srcs = [\n        \"a.rs\",\n        \"b.rs\",\n    ],\n)\n");
	assert_renders(*state, "{{srcs}}", "[\n    \"a.rs\",\n    \"b.rs\",\n]");
	assert_renders(*state, "  {{srcs}}", "  [\n      \"a.rs\",\n      \"b.rs\",\n  ]");
	/* the line that counts is that of the output */
	assert_renders(*state, "{{#crate}}\n  {{#crate}}a {{srcs}}{{/crate}}\n{{/crate}}\n",
		       "  a [\n      \"a.rs\",\n      \"b.rs\",\n  ]\n");
	assert_renders(*state, "  a{{! \n }}{{srcs}}",
		       "  a[\n      \"a.rs\",\n      \"b.rs\",\n  ]");
	assert_renders(*state, "    {{srcs}}\n  {{srcs}}",
		       "    [\n        \"a.rs\",\n        \"b.rs\",\n    ]\n"
		       "  [\n      \"a.rs\",\n      \"b.rs\",\n  ]");
	/* a second value behind the last line of a first one */
	assert_renders(*state, "  {{srcs}} + {{srcs}}",
		       "  [\n      \"a.rs\",\n      \"b.rs\",\n  ] + "
		       "[\n      \"a.rs\",\n      \"b.rs\",\n  ]");
	/* blanks may come from several texts, and from values */
	assert_renders(*state, " {{{empty}}} {{#crate}} {{srcs}}{{/crate}}",
		       "   [\n       \"a.rs\",\n       \"b.rs\",\n   ]");
	assert_renders(*state, "  {{{lines}}} {{srcs}}",
		       "  first\nsecond [\n    \"a.rs\",\n    \"b.rs\",\n]");
	/* blanks alone count */
	assert_renders(*state, " \t {{srcs}}", " \t [\n     \"a.rs\",\n     \"b.rs\",\n ]");
}

static void
what_stood_in_the_buffer_counts(void **state)
{
	struct run *run = *state;
	const struct template *template = compile(run, "t", STR("{{srcs}}"));

	buf_text(&run->out, "x\n  y = ");
	assert_true(template_render(&run->arena, &run->diags, template, NULL, view_of(&site),
				    &run->options, &run->out));
	assert_text(run, "x\n  y = [\n      \"a.rs\",\n      \"b.rs\",\n  ]", &run->out);
}

/* ---- partials ---- */

static void
partials_see_the_same_views(void **state)
{
	struct run *run = *state;

	run->partials = partials;
	assert_renders(run, "<{{> word}}>", "<core>");
	assert_renders(run, "{{>word}}{{>\tword\n}}", "corecore");
	assert_renders(run, "{{#people}}{{> word}} {{/people}}", "Ada Bob ");
	assert_renders(run, "{{> a/b.c-d}}", "path");
	assert_renders(run, "<{{> absent}}>", "<>");
	assert_renders(run, "a\n  {{> absent}}\nb\n", "a\nb\n");
	assert_renders(run, "{{#tree}}{{> tree}}{{/tree}}", "1[2][3[4]]");
}

static void
standalone_partials_are_indented(void **state)
{
	struct run *run = *state;

	run->partials = partials;
	assert_renders(run, "a\n  {{> two}}\nb\n", "a\n  1\n  2\nb\n");
	assert_renders(run, "a\n\t {{> two}} \nb\n", "a\n\t 1\n\t 2\nb\n");
	assert_renders(run, " {{> open}}\n|", " 1\n 2|");
	assert_renders(run, " {{> two}}", " 1\n 2\n");
	assert_renders(run, "a\r\n  {{> word}}\r\nb", "a\r\n  coreb");
	/* an empty line stays empty */
	assert_renders(run, "  {{> gap}}\n", "  1\n\n  2\r\n\r\n  3\n");
	/* within a line nothing is indented */
	assert_renders(run, "  a {{> open}}\nb\n", "  a 1\n2\nb\n");
	assert_renders(run, "  {{{name}}} {{> open}}\n", "  core 1\n2\n");
}

static void
indentation_adds_up(void **state)
{
	struct run *run = *state;

	run->partials = partials;
	assert_renders(run, "  {{> inner}}\n", "  (\n  1\n  2\n  )\n");
	assert_renders(run, "  {{> deeper}}\n", "  [\n    1\n    2\n  ]\n");
	assert_renders(run, "{{> deeper}}\n", "[\n  1\n  2\n]\n");
	assert_renders(run, "  {{> beside}}\n.", "  <1\n2\n>\n.");
	assert_renders(run, "{{#tree}}\n{{> outline}}\n{{/tree}}\n", "1\n  2\n  3\n    4\n");
}

static void
lines_of_a_partial_begin_where_the_template_says(void **state)
{
	struct run *run = *state;

	run->partials = partials;
	assert_renders(run, "  {{> block}}\n", "  a.rs\n  b.rs\n");
	assert_renders(run, "  {{> inline}}\n", "  b\n");
	assert_renders(run, "  {{> comment}}\n", "  x\n  y\n");
	/* values bring lines of their own, which are not the template's */
	assert_renders(run, "  {{> values}}\n", "  core core\n  first\nsecond\n");
	/* but literals are told of the indentation */
	assert_renders(run, "  {{> call}}\n",
		       "  f(\n      srcs = [\n          \"a.rs\",\n          \"b.rs\",\n"
		       "      ],\n  )\n");
}

/* ---- delimiters ---- */

static void
delimiters_change(void **state)
{
	assert_renders(*state, "{{=<% %>=}}<%name%> {{name}} <%{name}%>", "\"core\" {{name}} core");
	assert_renders(*state, "{{= | | =}}|name|{{=x", "\"core\"{{=x");
	assert_renders(*state, "{{=| |=}}|&name||={{ }}=|{{{name}}}|", "corecore|");
	assert_renders(*state, "{{=[ ]=}}[#crate][{name}][/crate][^crate]x[/crate]", "serde");
	/* inside of a section, and beyond it */
	assert_renders(*state, "{{#crate}}{{=! !=}}!{name}!!/crate! !{name}! {{name}}",
		       "serde core {{name}}");
	assert_renders(*state, "{{#srcs}}{{{.}}}{{=| |=}},|{.}|;|/srcs|", "a.rs,a.rs;b.rs,b.rs;");
	/* comments and delimiters with new ones */
	assert_renders(*state, "{{=<< >>=}}<<! }} >>a<<=\n1 2\n=>>1{name}2", "acore");
	assert_renders(*state, "{{=$$ $$=}}$$name$$ $name$", "\"core\" $name$");
	assert_renders(*state, "{{=@@@ @=}}@@@name@", "\"core\"");
	assert_renders(*state, "a\n  {{=| |=}}  \nb {{= =}}", "a\nb {{= =}}");
	assert_renders(*state, "a {{=| |=}} \n|! c |\nb", "a  \nb");
}

static void
delimiters_end_with_their_template(void **state)
{
	struct run *run = *state;

	run->partials = partials;
	assert_renders(run, "{{=| |=}}|> word|", "core");
	assert_renders(run, "{{> bars}} {{{name}}} |name|", "core {{name}} core |name|");
}

/* ---- tracing ---- */

static void
add_trace(void *self, size_t from, size_t to, struct span origin)
{
	struct run *run = self;

	assert_ptr_equal(origin.source, &spec);
	buf_printf(&run->traced, "%u:%.*s|", origin.line,
		   STR_ARG(str_slice(buf_str(&run->out), from, to - from)));
}

static void
assert_traces(struct run *run, const char *text, const char *expected)
{
	const struct trace trace = {run, add_trace};

	run->options.trace = &trace;
	run->traced.len = 0;
	assert_true(render(run, text));
	assert_text(run, expected, &run->traced);
}

static void
ranges_are_told_from_within(void **state)
{
	struct run *run = *state;
	const struct thing root = RECORD_AT("", 1, WORD_AT("name", "core", 2), WORD("plain", "p"),
					    WORD_AT("empty", "", 3), NOTHING_AT("none", 4),
					    LIST_AT("srcs", 5, WORD_AT("", "a", 6), WORD("", "b")),
					    RECORD_AT("crate", 7, WORD_AT("name", "serde", 8)));

	run->root = &root;
	assert_traces(run, "x {{name}} {{{name}}}{{plain}}{{{empty}}}{{none}}",
		      "2:\"core\"|2:core|");
	assert_traces(run, "{{#crate}}a{{{name}}}b{{/crate}}c", "8:serde|7:aserdeb|");
	assert_traces(run, "{{#srcs}}\n{{{.}}},\n{{/srcs}}\n", "6:a|6:a,\n|5:a,\nb,\n|");
	assert_traces(run, "{{#crate}}{{#plain}}{{{name}}}{{/plain}}{{/crate}}",
		      "8:serde|7:serde|");
	assert_traces(run, "{{^none}}no{{/none}}{{^gone}}x{{/gone}}", "4:no|");
	assert_traces(run, "{{#crate}}{{/crate}}{{^name}}x{{/name}}{{#srcs}}{{/srcs}}", "");
	assert_traces(run, "{{#.}}{{=| |=}}a|/.|", "1:a|");
	run->partials = partials;
	assert_traces(run, "{{#crate}}\n  {{> word}}\n{{/crate}}\n", "8:serde|7:  serde|");
}

static void
a_template_can_be_used_again(void **state)
{
	struct run *run = *state;
	const struct template *template =
		compile(run, "t", STR("{{#people}}{{name}}{{/people}}{{crate.name}}\n"));

	for (int i = 0; i < 2; i++)
		assert_true(template_render(&run->arena, &run->diags, template, NULL,
					    view_of(&site), &run->options, &run->out));
	assert_text(run, "\"Ada\"\"Bob\"\"serde\"\n\"Ada\"\"Bob\"\"serde\"\n", &run->out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(text_without_tags_is_itself),
		TEST(values_are_literals_or_bare),
		TEST(names_are_looked_up_outwards),
		TEST(sections_and_their_opposite),
		TEST(standalone_lines_leave_nothing),
		TEST(line_ends_of_windows),
		TEST(literals_are_indented_like_their_line),
		TEST(what_stood_in_the_buffer_counts),
		TEST(partials_see_the_same_views),
		TEST(standalone_partials_are_indented),
		TEST(indentation_adds_up),
		TEST(lines_of_a_partial_begin_where_the_template_says),
		TEST(delimiters_change),
		TEST(delimiters_end_with_their_template),
		TEST(ranges_are_told_from_within),
		TEST(a_template_can_be_used_again),
	};

	return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}

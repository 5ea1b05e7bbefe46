#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "yaml/yaml.h"

struct fixture {
	struct arena arena;
	struct diags diags;
	struct source source;
	struct yaml_limits limits;
	struct node root;
	jmp_buf escape;
};

static int
setup(void **state)
{
	static struct fixture fixture;

	if (setjmp(fixture.escape) != 0)
		return -1;
	arena_init(&fixture.arena, (size_t)1024 * 1024 * 1024, &fixture.escape);
	diags_init(&fixture.diags, &fixture.arena);
	fixture.source = (struct source){STR("f"), STR("")};
	fixture.limits = yaml_default_limits;
	*state = &fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;

	arena_free(&fixture->arena);
	return 0;
}

static bool
load(struct fixture *fixture, struct str text)
{
	bool is_good;

	diags_init(&fixture->diags, &fixture->arena);
	fixture->source.text = text;
	is_good = yaml_load(&fixture->arena, &fixture->diags, &fixture->source, &fixture->limits,
			    &fixture->root);
	assert_int_equal(is_good, fixture->diags.errors == 0);
	return is_good;
}

static void
write_place(struct buf *out, struct span span)
{
	if (span.source != NULL)
		buf_printf(out, "%u:%u+%u ", span.line, span.column, span.width);
}

/* "LINE:COLUMN+WIDTH CODE text", then help and notes, a line each. */
static const char *
errors_of(struct fixture *fixture, struct str text)
{
	struct buf out;

	load(fixture, text);
	diags_sort(&fixture->diags);
	buf_init(&out, &fixture->arena);
	for (size_t i = 0; i < fixture->diags.count; i++) {
		const struct diag *diag = fixture->diags.items[i];

		write_place(&out, diag->span);
		buf_printf(&out, "%s %.*s\n", diag_info(diag->code)->code, STR_ARG(diag->text));
		if (diag->help.len > 0)
			buf_printf(&out, "help %.*s\n", STR_ARG(diag->help));
		for (const struct diag_note *note = diag->notes; note != NULL; note = note->next) {
			buf_text(&out, "note ");
			write_place(&out, note->span);
			buf_printf(&out, "%.*s\n", STR_ARG(note->text));
		}
	}
	buf_char(&out, '\0');
	return out.at;
}

static void
write_node(struct buf *out, const struct node *node)
{
	static const char *const styles[] = {
		[NODE_PLAIN] = "plain", [NODE_QUOTED] = "quoted", [NODE_LITERAL] = "literal",
		[NODE_FLOW] = "flow",   [NODE_BLOCK] = "block",
	};

	buf_printf(out, "%s %s ", styles[node->style], node_kind_name(node));
	write_place(out, node->span);
	if (node->kind == NODE_SCALAR)
		buf_printf(out, "'%.*s'", STR_ARG(node->text));
	buf_char(out, '\n');
	for (uint32_t i = 0; i < node->count; i++)
		write_node(out, &node->children[i]);
}

static const char *
tree_of(struct fixture *fixture, struct str text)
{
	struct buf out;

	if (!load(fixture, text))
		fail_msg("%.*s", STR_ARG(fixture->diags.items[0]->text));
	buf_init(&out, &fixture->arena);
	write_node(&out, &fixture->root);
	buf_char(&out, '\0');
	return out.at;
}

static void
repeat(struct buf *buf, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_text(buf, text);
}

/* As STR, but for tables, where a compound literal is no constant. */
#define TEXT(literal)                          \
	{                                      \
		(literal), sizeof(literal) - 1 \
	}

struct example {
	struct str text;
	const char *expected;
};

static void
check_errors(struct fixture *fixture, const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_string_equal(errors_of(fixture, examples[i].text), examples[i].expected);
}

static void
check_trees(struct fixture *fixture, const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_string_equal(tree_of(fixture, examples[i].text), examples[i].expected);
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
test_scalars(void **state)
{
	static const struct example examples[] = {
		{TEXT("a"), "plain text 1:1+1 'a'\n"},
		{TEXT("  a b  # c\n"), "plain text 1:3+3 'a b'\n"},
		{TEXT("'a''b'"), "quoted text 1:1+6 'a'b'\n"},
		{TEXT("\"a\\tb\\u00e4\""), "quoted text 1:1+12 'a\tb\xc3\xa4'\n"},
		{TEXT("''"), "quoted text 1:1+2 ''\n"},
		{TEXT("a\n b\n\n c"), "plain text 1:1+1 'a b\nc'\n"},
		{TEXT("x y \t\n z"), "plain text 1:1+3 'x y z'\n"},
		{TEXT("\"x y \n z\""), "quoted text 1:1+4 'x y z'\n"},
		{TEXT("- |-  # c\n  x\n  y\n"), "block a list 1:1+1 \nliteral text 1:3+2 'x\ny'\n"},
		{TEXT("- >\t# c\n  x\n  y\n"), "block a list 1:1+1 \nliteral text 1:3+1 'x y\n'\n"},
		{TEXT("- |2+\n"), "block a list 1:1+1 \nliteral text 1:3+3 ''\n"},
		{TEXT("\xc3\xa4\xe6\xbc\xa2 \xf0\x9f\x98\x80: \xc3\xb6"),
		 "block a mapping 1:1+1 \nplain text 1:1+4 '\xc3\xa4\xe6\xbc\xa2 "
		 "\xf0\x9f\x98\x80'\n"
		 "plain text 1:7+1 '\xc3\xb6'\n"},
		{TEXT("~"), "plain text 1:1+1 '~'\n"},
	};

	check_trees(*state, examples, COUNT(examples));
}

static void
test_collections(void **state)
{
	static const struct example examples[] = {
		{TEXT("[]"), "flow a list 1:1+2 \n"},
		{TEXT("{}"), "flow a mapping 1:1+2 \n"},
		{TEXT("[a,\n b]"),
		 "flow a list 1:1+1 \nplain text 1:2+1 'a'\nplain text 2:2+1 'b'\n"},
		{TEXT("a:\n- b\n-   - c\n"),
		 "block a mapping 1:1+1 \nplain text 1:1+1 'a'\nblock a list 2:1+1 \n"
		 "plain text 2:3+1 'b'\nblock a list 3:5+1 \nplain text 3:7+1 'c'\n"},
		{TEXT("a:\nb: # none\n? c\n"),
		 "block a mapping 1:1+1 \nplain text 1:1+1 'a'\nplain text 1:3+0 ''\n"
		 "plain text 2:1+1 'b'\nplain text 2:3+0 ''\nplain text 3:3+1 'c'\n"
		 "plain text 4:1+0 ''\n"},
		{TEXT("{a, b: {c: d} }"),
		 "flow a mapping 1:1+15 \nplain text 1:2+1 'a'\nplain text 1:3+0 ''\n"
		 "plain text 1:5+1 'b'\nflow a mapping 1:8+6 \nplain text 1:9+1 'c'\n"
		 "plain text 1:12+1 'd'\n"},
		{TEXT("<<: a\n"),
		 "block a mapping 1:1+1 \nplain text 1:1+2 '<<'\nplain text 1:5+1 'a'\n"},
		/* what else a file may have */
		{TEXT("%YAML 1.2\n---\na\n...\n# c\n...\n \n"), "plain text 3:1+1 'a'\n"},
		{TEXT("# c\n\n%YAML 1.1 # d\n--- a\n"), "plain text 4:5+1 'a'\n"},
		{TEXT("\xef\xbb\xbf"
		      "a: b"),
		 "block a mapping 1:1+1 \nplain text 1:1+1 'a'\nplain text 1:4+1 'b'\n"},
		{TEXT("a: b\r\nc:\r\n  - 'd\r\n  e'\r\n"),
		 "block a mapping 1:1+1 \nplain text 1:1+1 'a'\nplain text 1:4+1 'b'\n"
		 "plain text 2:1+1 'c'\nblock a list 3:3+1 \nquoted text 3:5+2 'd e'\n"},
	};

	check_trees(*state, examples, COUNT(examples));
}

static void
test_anchors(void **state)
{
	static const struct example examples[] = {
		/* positions are those of the node, not of its anchor */
		{TEXT("- &a x\n- *a\n"), "block a list 1:1+1 \nplain text 1:6+1 'x'\n"
					 "plain text 1:6+1 'x'\n"},
		{TEXT("- &a # c\n  - x\n- *a\n"),
		 "block a list 1:1+1 \nblock a list 2:3+1 \nplain text 2:5+1 'x'\n"
		 "block a list 2:3+1 \nplain text 2:5+1 'x'\n"},
		{TEXT("[&a {b: c},&d , *a]"),
		 "flow a list 1:1+19 \nflow a mapping 1:5+6 \nplain text 1:6+1 'b'\n"
		 "plain text 1:9+1 'c'\nplain text 1:14+0 ''\nflow a mapping 1:5+6 \n"
		 "plain text 1:6+1 'b'\nplain text 1:9+1 'c'\n"},
		{TEXT("k: &a 'b\n  c'\n*a : &d |\n   e\n"),
		 "block a mapping 1:1+1 \nplain text 1:1+1 'k'\nquoted text 1:7+2 'b c'\n"
		 "quoted text 1:7+2 'b c'\nliteral text 3:9+1 'e\n'\n"},
		{TEXT("&m\n&k b: 1\n"), "block a mapping 2:1+1 \nplain text 2:4+1 'b'\n"
					"plain text 2:7+1 '1'\n"},
		/* a name may be used again, even inside what it names */
		{TEXT("- &a 1\n- &a [&a 2, *a]\n- *a\n"),
		 "block a list 1:1+1 \nplain text 1:6+1 '1'\nflow a list 2:6+10 \n"
		 "plain text 2:10+1 '2'\nplain text 2:10+1 '2'\nplain text 2:10+1 '2'\n"},
	};

	check_trees(*state, examples, COUNT(examples));
}

static void
test_bytes(void **state)
{
	static const struct example examples[] = {
		{TEXT("\xff\xfe"
		      "a\0"),
		 "1:1+1 Y002 the file is in UTF-16\nhelp save it as UTF-8\n"},
		{TEXT("\xfe\xff\0a"), "1:1+1 Y002 the file is in UTF-16\nhelp save it as UTF-8\n"},
		{TEXT("a\0b\0"), "1:1+1 Y002 the file is in UTF-16\nhelp save it as UTF-8\n"},
		{TEXT("\0a\0b"), "1:1+1 Y002 the file is in UTF-16\nhelp save it as UTF-8\n"},
		{TEXT("\xff\xfe\0\0a\0\0\0"),
		 "1:1+1 Y002 the file is in UTF-32\nhelp save it as UTF-8\n"},
		{TEXT("\0\0\xfe\xff\0\0\0a"),
		 "1:1+1 Y002 the file is in UTF-32\nhelp save it as UTF-8\n"},
		{TEXT("a: 1\n\xc3\xa4: caf\xe9 x\n"),
		 "2:7+1 Y002 byte 0xe9 is not UTF-8\nhelp save the file as UTF-8\n"},
		{TEXT("a: \xe2\x82"), "1:4+1 Y002 byte 0xe2 is not UTF-8\n"
				      "help save the file as UTF-8\n"
				      "1:5+1 Y002 byte 0x82 is not UTF-8\n"
				      "help save the file as UTF-8\n"},
		{TEXT("\xed\xa0\x80"), "1:1+1 Y002 byte 0xed is not UTF-8\n"
				       "help save the file as UTF-8\n"
				       "1:2+1 Y002 byte 0xa0 is not UTF-8\n"
				       "help save the file as UTF-8\n"
				       "1:3+1 Y002 byte 0x80 is not UTF-8\n"
				       "help save the file as UTF-8\n"},
		{TEXT("abc\n\0"), "2:1+1 Y003 control character U+0000 is not allowed\n"
				  "help remove it, or write it as \"\\u0000\" in double quotes\n"},
		{TEXT("12345678\x1b"),
		 "1:9+1 Y003 control character U+001B is not allowed\n"
		 "help remove it, or write it as \"\\u001b\" in double quotes\n"},
		{TEXT("1234567\x7f"
		      "9"),
		 "1:8+1 Y003 control character U+007F is not allowed\n"
		 "help remove it, or write it as \"\\u007f\" in double quotes\n"},
		{TEXT("a: \xc2\x9b"),
		 "1:4+1 Y003 control character U+009B is not allowed\n"
		 "help remove it, or write it as \"\\u009b\" in double quotes\n"},
		{TEXT("# \xc2\x85"),
		 "1:3+1 Y003 line separator U+0085 is not allowed\n"
		 "help remove it, or write it as \"\\u0085\" in double quotes\n"},
		{TEXT("a: \xe2\x80\xa8"),
		 "1:4+1 Y003 line separator U+2028 is not allowed\n"
		 "help remove it, or write it as \"\\u2028\" in double quotes\n"},
		{TEXT("a\n\xef\xbb\xbf"
		      "b"),
		 "2:1+1 Y003 byte order mark inside the text U+FEFF is not allowed\n"
		 "help remove it, or write it as \"\\ufeff\" in double quotes\n"},
		{TEXT("\xef\xbf\xbf"),
		 "1:1+1 Y003 noncharacter U+FFFF is not allowed\n"
		 "help remove it, or write it as \"\\uffff\" in double quotes\n"},
		{TEXT("a: 1\rb: 2\r"), "1:5+1 Y003 carriage return alone U+000D is not allowed\n"
				       "help end lines with LF or CRLF\n"
				       "1:10+1 Y003 carriage return alone U+000D is not allowed\n"
				       "help end lines with LF or CRLF\n"},
		{TEXT("\x01\xff\x02\x03\x04\x05\x06"),
		 "1:1+1 Y003 control character U+0001 is not allowed\n"
		 "help remove it, or write it as \"\\u0001\" in double quotes\n"
		 "1:2+1 Y002 byte 0xff is not UTF-8\n"
		 "help save the file as UTF-8\n"
		 "1:3+1 Y003 control character U+0002 is not allowed\n"
		 "help remove it, or write it as \"\\u0002\" in double quotes\n"
		 "1:4+1 Y003 control character U+0003 is not allowed\n"
		 "help remove it, or write it as \"\\u0003\" in double quotes\n"
		 "1:5+1 Y003 control character U+0004 is not allowed\n"
		 "help remove it, or write it as \"\\u0004\" in double quotes\n"
		 "note there are 2 more such bytes or characters\n"},
	};

	check_errors(*state, examples, COUNT(examples));
}

static void
test_accepted_bytes(void **state)
{
	static const struct example examples[] = {
		/* the ends of what UTF-8 and YAML allow */
		{TEXT("\xc2\xa0"), "plain text 1:1+1 '\xc2\xa0'\n"},
		{TEXT("\xee\x80\x80"), "plain text 1:1+1 '\xee\x80\x80'\n"},
		{TEXT("\xed\x9f\xbf"), "plain text 1:1+1 '\xed\x9f\xbf'\n"},
		{TEXT("\xef\xbf\xbd"), "plain text 1:1+1 '\xef\xbf\xbd'\n"},
		{TEXT("\xf4\x8f\xbf\xbf"), "plain text 1:1+1 '\xf4\x8f\xbf\xbf'\n"},
		{TEXT("\"\\0\""), NULL},
	};
	struct fixture *fixture = *state;

	check_trees(fixture, examples, COUNT(examples) - 1);
	assert_true(load(fixture, examples[COUNT(examples) - 1].text));
	assert_int_equal(fixture->root.text.len, 1);
	assert_int_equal(fixture->root.text.at[0], 0);
}

static void
test_documents(void **state)
{
	static const struct example examples[] = {
		{TEXT(""), "1:1+0 Y004 the document is empty\n"},
		{TEXT("\xef\xbb\xbf"), "1:1+0 Y004 the document is empty\n"},
		{TEXT(" \n# c\n"), "1:1+0 Y004 the document is empty\n"},
		{TEXT("---\n...\n"), "1:1+0 Y004 the document is empty\n"},
		{TEXT("a: 1\n---\nb: 1\n"), "2:1+3 Y005 a second document begins here\n"},
		{TEXT("a: 1\n...\n# c\n---\n"), "4:1+3 Y005 a second document begins here\n"},
		{TEXT("{a: 1}\nb: 2"),
		 "2:1+1 Y001 unexpected text after the end of the document\n"},
		{TEXT("a: 1\n... b"), "2:5+1 Y001 unexpected text after the end of the document\n"},
		{TEXT("a: 1\n...\n%TAG ! x\n"),
		 "3:1+1 Y001 unexpected text after the end of the document\n"},
		{TEXT("%TAG ! tag:x,2000:\n%YAML 1.1\n%YAML 1.2\n%FOO\n---\na"),
		 "1:1+4 Y006 directive '%TAG' is not supported\n"
		 "3:1+5 Y006 a second directive '%YAML'\n"
		 "4:1+4 Y006 directive '%FOO' is not supported\n"},
		{TEXT("%YAML 1.3\n---\na"), "1:1+5 Y006 directive '%YAML' is not supported\n"},
		{TEXT("%YAML\t1.2\n---\na"), "1:1+5 Y006 directive '%YAML' is not supported\n"},
		{TEXT("%YAML 1.2\na: 1"), "2:1+1 Y001 expected '---' after the directives\n"},
		{TEXT("a: 1\n%foo\n"), "2:1+1 Y006 a directive cannot stand here\n"
				       "help put text that begins with '%' in quotes\n"},
	};

	check_errors(*state, examples, COUNT(examples));
}

static void
test_tags(void **state)
{
	static const struct example examples[] = {
		{TEXT("a: !!str b\nc: ! d\n"), "1:4+5 Y007 tags are not supported: '!!str'\n"
					       "2:4+1 Y007 tags are not supported: '!'\n"},
		{TEXT("a: &x !<tag:x> [!y {}]\n"), "1:7+8 Y007 tags are not supported: '!<tag:x>'\n"
						   "1:17+2 Y007 tags are not supported: '!y'\n"},
		{TEXT("!t\n!u a: b\n"), "1:1+2 Y007 tags are not supported: '!t'\n"
					"2:1+2 Y007 tags are not supported: '!u'\n"},
		{TEXT("a: !x!y b\n"), "1:4+1 Y007 tags are not supported\n"
				      "help remove it, or put the text in quotes\n"},
		{TEXT("a: !<x b\n"), "1:4+1 Y007 tags are not supported\n"
				     "help put text that begins with '!' in quotes\n"},
		{TEXT("a: !%zz b\n"), "1:4+1 Y007 tags are not supported\n"
				      "help put text that begins with '!' in quotes\n"},
	};

	check_errors(*state, examples, COUNT(examples));
}

static void
test_keys(void **state)
{
	static const struct example examples[] = {
		{TEXT("a: 1\nb: {c: 1, c: 2}\na: 3\n\"a\": 4\n"),
		 "2:11+1 Y008 duplicate key 'c'\nnote 2:5+1 first used here\n"
		 "3:1+1 Y008 duplicate key 'a'\nnote 1:1+1 first used here\n"
		 "4:1+3 Y008 duplicate key 'a'\nnote 1:1+1 first used here\n"},
		{TEXT("<<: 1\n<<: 2\n"),
		 "2:1+2 Y008 duplicate key '<<'\nnote 1:1+2 first used here\n"},
		{TEXT("- &k a: 1\n  *k : 2\n"),
		 "1:6+1 Y008 duplicate key 'a'\nnote 1:6+1 first used here\n"},
		{TEXT("? [a]\n: b\n{c: d}: e\n"), "1:3+3 Y009 a list cannot be a key\n"
						  "3:1+6 Y009 a mapping cannot be a key\n"},
		{TEXT("{? : a, ? }\n"), "1:4+0 Y009 a key is missing here\n"
					"1:11+0 Y009 a key is missing here\n"},
		{TEXT("? \n: b\n"), "1:2+0 Y009 a key is missing here\n"},
		{TEXT("'': a\n\"\": b\n"),
		 "2:1+2 Y008 duplicate key ''\nnote 1:1+2 first used here\n"},
	};

	check_errors(*state, examples, COUNT(examples));
}

/* Mappings on both sides of the size from which on a table is used. */
static void
test_many_keys(void **state)
{
	struct fixture *fixture = *state;

	for (unsigned count = 1; count < 70; count++) {
		struct buf text, expected;

		buf_init(&text, &fixture->arena);
		for (unsigned i = 1; i <= count; i++)
			buf_printf(&text, "key_%u: %u\n", i, i);
		assert_true(load(fixture, buf_str(&text)));
		assert_int_equal(fixture->root.count, 2 * count);
		buf_printf(&text, "key_%u: x\n", (count + 1) / 2);
		buf_init(&expected, &fixture->arena);
		buf_printf(&expected,
			   "%u:1+%u Y008 duplicate key 'key_%u'\nnote %u:1+%u first used here\n",
			   count + 1, (count + 1) / 2 > 9 ? 6 : 5, (count + 1) / 2, (count + 1) / 2,
			   (count + 1) / 2 > 9 ? 6 : 5);
		buf_char(&expected, '\0');
		assert_string_equal(errors_of(fixture, buf_str(&text)), expected.at);
	}
}

static void
test_aliases(void **state)
{
	static const struct example examples[] = {
		{TEXT("a: *b\n"),
		 "1:4+2 Y010 no anchor '&b' before this alias\n"
		 "help '*' begins an alias; put text that begins with it in quotes\n"},
		{TEXT("a: &stable x\nb: *stabel\nc: *stable\nd: *later\ne: &later y\n"),
		 "2:4+7 Y010 no anchor '&stabel' before this alias\nhelp did you mean '*stable'?\n"
		 "4:4+6 Y010 no anchor '&later' before this alias\n"
		 "help '*' begins an alias; put text that begins with it in quotes\n"},
		{TEXT("a: &x [1, {b: *x}]\n"),
		 "1:15+2 Y010 alias '*x' stands inside what it repeats\n"
		 "note 1:4+2 the anchor is here\n"},
	};

	check_errors(*state, examples, COUNT(examples));
}

static void
test_syntax_of_keys(void **state)
{
	static const struct example examples[] = {
		{TEXT("a: b: c"), "1:5+1 Y001 unexpected ':'\n"
				  "help put a value that holds ': ' in quotes\n"},
		{TEXT("a: b\n\n  c: d"),
		 "3:4+1 Y001 unexpected ':'\n"
		 "help check the indentation: this line continues the value above\n"
		 "note 1:1+1 the value above\n"},
		{TEXT("x:\n  version 1.0\n  name: x"),
		 "3:7+1 Y001 unexpected ':'\nnote 2:3+1 this line is not 'key: value'\n"},
		{TEXT("\xef\xbb\xbfname:foo\nb: c"),
		 "2:2+1 Y001 unexpected ':'\nhelp write a blank after ':'\n"
		 "note 1:1+1 this line is not 'key: value'\n"},
		{TEXT("[\n]: 1"), "2:2+1 Y001 unexpected ':'\n"
				  "note 1:1+1 this line is not 'key: value'\n"},
		{TEXT("a: 1\nname:foo\nb: c"),
		 "2:1+8 Y001 no ':' after this key\nhelp write a blank after ':'\n"},
		{TEXT("a: 1\n\xc3\xa4 x # c\n"), "2:1+7 Y001 no ':' after this key\n"},
		{TEXT("- a\n-b\n"),
		 "2:1+2 Y001 no ':' after this key\nhelp write a blank after '-'\n"},
		{TEXT("a: \"x\" y"), "1:8+1 Y001 unexpected text after a value\n"
				     "help put the whole value in quotes\n"},
		{TEXT("a:\n  b: 1\n c: 2"),
		 "3:2+1 Y001 expected a key of the mapping\n"
		 "help check the indentation: keys of one mapping are aligned\n"
		 "note 1:1+1 the mapping begins here\n"},
		{TEXT("a: b # c\n  d: e"),
		 "2:3+1 Y001 expected a key of the mapping\n"
		 "help check the indentation: keys of one mapping are aligned\n"
		 "note 1:1+1 the mapping begins here\n"},
		{TEXT(": a"), "1:1+1 Y001 a key is missing before ':'\n"},
		{TEXT("{: a}"), "1:2+1 Y001 unexpected ':'\n"},
		{TEXT("a: b\n- c"), "2:1+1 Y001 a list entry is not allowed here\n"
				    "note 1:1+1 the mapping begins here\n"},
		{TEXT("a:\n  - x\n  b: 2"),
		 "3:3+1 Y001 expected '-' of the list\n"
		 "help check the indentation: entries of one list are aligned\n"
		 "note 2:3+1 the list begins here\n"},
		{TEXT("- a\n-b: 1\n"),
		 "2:1+1 Y001 expected '-' of the list\nhelp write a blank after '-'\n"
		 "note 1:1+1 the list begins here\n"},
		{TEXT("a: - b"), "1:4+1 Y001 a list cannot begin here\n"
				 "help begin it on a line of its own, or write '[...]'\n"},
		{TEXT("a: ? b"), "1:4+1 Y001 unexpected '?'\n"
				 "help put text that begins with '? ' in quotes\n"},
	};

	check_errors(*state, examples, COUNT(examples));
}

static void
test_syntax_of_values(void **state)
{
	static const struct example examples[] = {
		{TEXT("a:\n\tb: 1"),
		 "2:1+1 Y001 a tab in the indentation\nhelp indent with blanks\n"},
		{TEXT("a:\n  b: 1\n\tc: 2"),
		 "3:1+1 Y001 a tab in the indentation\nhelp indent with blanks\n"},
		{TEXT("a: |\n\tx\n"),
		 "2:1+1 Y001 a tab in the indentation\nhelp indent with blanks\n"},
		{TEXT("a: 1\n\t\n b: 3\n"),
		 "2:1+1 Y001 a tab in the indentation\nhelp indent with blanks\n"},
		{TEXT("a: @x"), "1:4+1 Y001 text cannot begin with '@'\nhelp put it in quotes\n"},
		{TEXT("a: %x"), "1:4+1 Y001 text cannot begin with '%'\nhelp put it in quotes\n"},
		{TEXT("a: \"x\nb: c\n"), "1:4+1 Y001 this quote is never closed\n"},
		{TEXT("a: 'x"), "1:4+1 Y001 this quote is never closed\n"},
		{TEXT("a: \"x\n--- y\"\n"),
		 "1:4+1 Y001 this quote is not closed before the document ends\n"
		 "note 2:1+1 the document ends here\n"},
		{TEXT("a: \"x\\\xc3\xa4\""),
		 "1:6+1 Y001 unknown escape '\\\xc3\xa4'\n"
		 "help write '\\\\' for a backslash, or use single quotes\n"},
		{TEXT("a: \"\\xZZ\""), "1:7+1 Y001 an escape with too few hexadecimal digits\n"
				       "help '\\x' takes two, '\\u' four, '\\U' eight digits\n"},
		{TEXT("a: \"\\ud800\""), "1:7+1 Y001 an escape that is no Unicode character\n"},
		{TEXT("a: [1, 2"), "1:4+1 Y001 '[' is never closed\nhelp add ']'\n"},
		{TEXT("a: {x: 1\n\n"), "1:4+1 Y001 '{' is never closed\nhelp add '}'\n"},
		{TEXT("a: [1, 2\nb: c"),
		 "2:2+1 Y001 expected ',' or ']'\nnote 1:4+1 '[' was opened here\n"},
		{TEXT("{a: 1]"),
		 "1:6+1 Y001 expected ',' or '}'\nnote 1:1+1 '{' was opened here\n"},
		{TEXT("a: [x,,y]"), "1:7+1 Y001 unexpected ','\n"},
		{TEXT("a: }"), "1:4+1 Y001 unexpected '}'\n"},
		{TEXT("a: *.rs"), "1:4+1 Y001 '*' begins an alias, but no name follows\n"
				  "help put text that begins with '*' in quotes\n"},
		{TEXT("a: &"), "1:4+1 Y001 '&' begins an anchor, but no name follows\n"
			       "help put text that begins with '&' in quotes\n"},
		{TEXT("tool: >=0.3"), "1:7+1 Y001 unexpected text behind '>'\n"
				      "help put text that begins with '>' or '|' in quotes\n"},
		{TEXT("a: |x"), "1:4+1 Y001 unexpected text behind '|'\n"
				"help put text that begins with '>' or '|' in quotes\n"},
		{TEXT("a: |0\n  x"), "1:5+1 Y001 an indentation of 0\n"
				     "help 1 to 9 may follow '|' or '>'\n"},
		{TEXT("a: >99\n  x"), "1:4+1 Y001 unexpected text behind '>'\n"
				      "help put text that begins with '>' or '|' in quotes\n"},
	};

	check_errors(*state, examples, COUNT(examples));
}

/* Once it is well-formed, all of its mistakes come in one run. */
static void
test_all_at_once(void **state)
{
	static const struct example examples[] = {
		{TEXT("a: !t 1\nb: *x\n[c]: 2\na: 3\n---\nd\n"),
		 "1:4+2 Y007 tags are not supported: '!t'\n"
		 "2:4+2 Y010 no anchor '&x' before this alias\n"
		 "help '*' begins an alias; put text that begins with it in quotes\n"
		 "3:1+3 Y009 a list cannot be a key\n"
		 "4:1+1 Y008 duplicate key 'a'\nnote 1:1+1 first used here\n"
		 "5:1+3 Y005 a second document begins here\n"},
	};

	check_errors(*state, examples, COUNT(examples));
}

static void
test_limit_bytes(void **state)
{
	struct fixture *fixture = *state;

	fixture->limits.bytes = 4;
	assert_true(load(fixture, STR("a: 1")));
	assert_string_equal(errors_of(fixture, STR("a: 12")),
			    "1:1+0 Y011 the file has 5 bytes, at most 4 are accepted\n");
}

static void
test_limit_scalar(void **state)
{
	struct fixture *fixture = *state;

	fixture->limits.scalar = 3;
	assert_true(load(fixture, STR("abc: xyz")));
	/* bytes, and after unescaping */
	assert_true(load(fixture, STR("\"\\x41\\x42\\x43\"")));
	assert_string_equal(errors_of(fixture, STR("a: wxyz\nabcd: \xc3\xa4\xc3\xb6\n")),
			    "1:4+4 Y011 a text of 4 bytes, at most 3 are accepted\n"
			    "2:1+4 Y011 a text of 4 bytes, at most 3 are accepted\n"
			    "2:7+2 Y011 a text of 4 bytes, at most 3 are accepted\n");
}

static void
test_limit_depth(void **state)
{
	static const struct {
		const char *open, *close;
		bool block;
	} forms[] = {{"[", "]", false}, {"{a: ", "}", false}, {"- ", "", true}};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(forms); i++) {
		size_t step = strlen(forms[i].open);

		for (size_t depth = 63; depth <= 66; depth++) {
			struct buf text, expected;

			buf_init(&text, &fixture->arena);
			buf_init(&expected, &fixture->arena);
			repeat(&text, forms[i].open, depth);
			buf_char(&text, 'x');
			repeat(&text, forms[i].close, depth);
			if (depth > 64)
				buf_printf(&expected, "1:%zu+1 Y011 nested deeper than 64 levels\n",
					   64 * step + 1);
			buf_char(&expected, '\0');
			assert_string_equal(errors_of(fixture, buf_str(&text)), expected.at);
		}
	}
}

/* What would take libyaml quadratic time or a deep stack ends early. */
static void
test_very_deep(void **state)
{
	static const char *const units[] = {"[", "{a: ", "- ", "[\n", "? "};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(units); i++) {
		struct buf text;

		buf_init(&text, &fixture->arena);
		repeat(&text, units[i], 200000);
		assert_false(load(fixture, buf_str(&text)));
		assert_int_equal(fixture->diags.count, 1);
		assert_int_equal(fixture->diags.items[0]->code, DIAG_YAML_LIMIT);
	}
}

static void
test_limit_nodes(void **state)
{
	static const struct {
		struct str text;
		size_t nodes;
		const char *expected;
	} cases[] = {
		{TEXT("x"), 1, ""},
		{TEXT("[a, b]"), 3, ""},
		{TEXT("[a, b]"), 2, "1:5+1 Y011 the file expands to more than 2 values\n"},
		{TEXT("[a, [b]]"), 2, "1:5+1 Y011 the file expands to more than 2 values\n"},
		/* list, anchored list, 2 texts, then 3 for each alias */
		{TEXT("[&a [b, c], *a, *a]"), 10, ""},
		{TEXT("[&a [b, c], *a, *a]"), 9,
		 "1:17+2 Y011 the file expands to more than 9 values\n"},
		/* an alias within what another alias stands for counts as expanded, too */
		{TEXT("[&a [x, x], &b [*a, *a], *b]"), 18, ""},
		{TEXT("[&a [x, x], &b [*a, *a], *b]"), 17,
		 "1:26+2 Y011 the file expands to more than 17 values\n"},
		{TEXT("*a"), 0,
		 "1:1+2 Y010 no anchor '&a' before this alias\n"
		 "help '*' begins an alias; put text that begins with it in quotes\n"
		 "1:1+2 Y011 the file expands to more than 0 values\n"},
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		fixture->limits.nodes = cases[i].nodes;
		assert_string_equal(errors_of(fixture, cases[i].text), cases[i].expected);
	}
}

/* Ten to the power of thirty nodes. */
static void
test_alias_bomb(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;

	buf_init(&text, &fixture->arena);
	buf_text(&text, "a0: &a0 x\n");
	for (int i = 1; i <= 30; i++) {
		buf_printf(&text, "a%d: &a%d [", i, i);
		for (int j = 0; j < 10; j++)
			buf_printf(&text, "*a%d, ", i - 1);
		buf_text(&text, "]\n");
	}
	/* 1 + 10 + ... + 10^6, and so on for each line: passed at the seventh *a6 */
	assert_string_equal(errors_of(fixture, buf_str(&text)),
			    "8:40+3 Y011 the file expands to more than 8000000 values\n");
}

/* Collections that are large enough to stay where they were collected, at several depths. */
static void
test_large_collections(void **state)
{
	struct fixture *fixture = *state;
	const struct node *list;
	struct buf text;

	buf_init(&text, &fixture->arena);
	for (unsigned i = 0; i < 5; i++) {
		buf_printf(&text, "- &l%u\n", i);
		for (unsigned j = 0; j < 3000; j++)
			buf_printf(&text, "  - k%u: [%u, %u]\n", j, i, j);
	}
	buf_text(&text, "- *l3\n- end\n");
	assert_true(load(fixture, buf_str(&text)));
	assert_int_equal(fixture->root.count, 7);
	assert_true(str_is(fixture->root.children[6].text, "end"));
	for (unsigned i = 0; i < 6; i++) {
		list = &fixture->root.children[i];
		assert_int_equal(list->kind, NODE_SEQUENCE);
		assert_int_equal(list->count, 3000);
		for (unsigned j = 0; j < 3000; j++) {
			const struct node *entry = &list->children[j];
			struct str key = arena_printf(&fixture->arena, "k%u", j);
			const struct node *pair = node_get(entry, key);

			assert_non_null(pair);
			assert_int_equal(entry->span.line, (i == 5 ? 3 : i) * 3001 + j + 2);
			assert_int_equal(pair->count, 2);
			assert_true(str_eq(pair->children[1].text, str_after(key, 1)));
			assert_int_equal(pair->children[0].text.at[0],
					 (char)('0' + (i == 5 ? 3 : i)));
		}
	}
}

/* As many nodes for their bytes as YAML can hold: more than the first guess of the loader. */
static void
test_dense(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;

	buf_init(&text, &fixture->arena);
	buf_text(&text, "[a");
	repeat(&text, ",b", 49999);
	buf_text(&text, "]");
	assert_true(load(fixture, buf_str(&text)));
	assert_int_equal(fixture->root.count, 50000);
	assert_true(str_is(fixture->root.children[0].text, "a"));
	for (unsigned i = 1; i < 50000; i++) {
		assert_true(str_is(fixture->root.children[i].text, "b"));
		assert_int_equal(fixture->root.children[i].span.column, 2 * i + 2);
	}
}

static void
test_texts_of_all_sizes(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;

	buf_init(&text, &fixture->arena);
	for (unsigned i = 0; i < 3000; i++) {
		buf_text(&text, "- '");
		buf_fill(&text, (char)('a' + i % 26), i);
		buf_text(&text, "'\n");
	}
	assert_true(load(fixture, buf_str(&text)));
	for (unsigned i = 0; i < 3000; i++) {
		struct str found = fixture->root.children[i].text;

		assert_int_equal(found.len, i);
		for (unsigned j = 0; j < i; j++)
			assert_int_equal(found.at[j], (char)('a' + i % 26));
	}
}

static void
test_accessors(void **state)
{
	struct fixture *fixture = *state;
	const struct node *root = &fixture->root;

	assert_true(load(fixture, STR("{a: , b: ~, c: null, d: 'null', e: Null, f: [], g: ''}")));
	assert_true(node_is_mapping(root));
	assert_true(node_is_null(node_get(root, STR("a"))));
	assert_true(node_is_null(node_get(root, STR("b"))));
	assert_true(node_is_null(node_get(root, STR("c"))));
	assert_false(node_is_null(node_get(root, STR("d"))));
	assert_false(node_is_null(node_get(root, STR("e"))));
	assert_false(node_is_null(node_get(root, STR("f"))));
	assert_false(node_is_null(node_get(root, STR("g"))));
	assert_false(node_is_mapping(node_get(root, STR("f"))));
	assert_null(node_get(root, STR("h")));
}

/* Loads with an arena of so many bytes; tells whether it was enough. */
static bool
load_within(size_t bytes, struct str text)
{
	struct arena arena;
	struct diags diags;
	struct source source = {STR("f"), text};
	struct node root;
	jmp_buf escape;
	bool is_good;

	if (setjmp(escape) != 0) {
		arena_free(&arena);
		return false;
	}
	arena_init(&arena, bytes, &escape);
	diags_init(&diags, &arena);
	is_good = yaml_load(&arena, &diags, &source, &yaml_default_limits, &root);
	arena_free(&arena);
	assert_true(is_good);
	return true;
}

/* Wherever memory ends, the arena escapes and nothing leaks (the sanitizers watch that). */
static void
test_no_memory(void **state)
{
	struct fixture *fixture = *state;
	unsigned escapes = 0;
	size_t bytes = 1024;
	struct buf text;

	buf_init(&text, &fixture->arena);
	for (unsigned i = 0; i < 20000; i++)
		buf_printf(&text, "&anchor_%u key_%u: [a, 'b', {c: d}]\n", i, i);
	while (!load_within(bytes, buf_str(&text))) {
		bytes += bytes / 4;
		escapes++;
		assert_true(bytes < (size_t)256 * 1024 * 1024);
	}
	assert_true(escapes > 20);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_scalars),        TEST(test_collections),
		TEST(test_anchors),        TEST(test_bytes),
		TEST(test_accepted_bytes), TEST(test_documents),
		TEST(test_tags),           TEST(test_keys),
		TEST(test_many_keys),      TEST(test_aliases),
		TEST(test_syntax_of_keys), TEST(test_syntax_of_values),
		TEST(test_all_at_once),    TEST(test_limit_bytes),
		TEST(test_limit_scalar),   TEST(test_limit_depth),
		TEST(test_very_deep),      TEST(test_limit_nodes),
		TEST(test_alias_bomb),     TEST(test_large_collections),
		TEST(test_dense),          TEST(test_texts_of_all_sizes),
		TEST(test_accessors),      TEST(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

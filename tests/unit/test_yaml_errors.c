#include "yaml_run.h"

static void
test_encoding(void **state)
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
	};

	check_errors(*state, examples, COUNT(examples));
}

static void
test_characters(void **state)
{
	static const struct example examples[] = {
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

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_encoding),         TEST(test_characters),  TEST(test_accepted_bytes),
		TEST(test_documents),        TEST(test_tags),        TEST(test_keys),
		TEST(test_many_keys),        TEST(test_aliases),     TEST(test_syntax_of_keys),
		TEST(test_syntax_of_values), TEST(test_all_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

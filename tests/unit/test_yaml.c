#include "yaml_run.h"

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
test_limit_bytes(void **state)
{
	struct fixture *fixture = *state;

	fixture->limits.bytes = 4;
	assert_true(load(fixture, STR("a: 1")));
	assert_string_equal(errors_of(fixture, STR("a: 12")),
			    "1:1+0 Y011 the file has more than 4 bytes\n");
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
		TEST(test_scalars),      TEST(test_collections),
		TEST(test_anchors),      TEST(test_limit_bytes),
		TEST(test_limit_scalar), TEST(test_limit_depth),
		TEST(test_very_deep),    TEST(test_limit_nodes),
		TEST(test_alias_bomb),   TEST(test_large_collections),
		TEST(test_dense),        TEST(test_texts_of_all_sizes),
		TEST(test_accessors),    TEST(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

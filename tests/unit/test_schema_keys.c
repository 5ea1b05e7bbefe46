/* Names of places in a spec. */
#include "schema/keys.h"

#include "spec/spec.h"
#include "yaml_run.h"

static struct key *
key_at(struct fixture *fixture, const struct keys *keys, uint32_t line, uint32_t column,
       uint32_t width)
{
	return keys_find(keys, (struct span){&fixture->source, line, column, width});
}

static struct keys
keys_of(struct fixture *fixture, const char *text)
{
	struct keys keys;

	if (!load(fixture, str_from(text)))
		fail_msg("%.*s", STR_ARG(fixture->diags.items[0]->text));
	keys_init(&keys, &fixture->arena, &fixture->root, &spec_type);
	return keys;
}

/* "NAME@LINE:COLUMN" of the keys of all nodes of the tree, where one differs from the one before.
 */
static void
write_names(struct buf *out, const struct keys *keys, const struct node *node)
{
	struct key *key = keys_find(keys, node->span);
	struct buf name;
	size_t end;

	assert_non_null(key);
	buf_init(&name, out->arena);
	buf_printf(&name, "%.*s@%u:%u|", STR_ARG(keys_name(keys, key)), keys_span(key).line,
		   keys_span(key).column);
	end = out->len - (out->len < name.len ? out->len : name.len);
	if (!str_eq(str_after(buf_str(out), end), buf_str(&name)))
		buf_add(out, buf_str(&name));
	for (uint32_t i = 0; i < node->count; i++)
		write_names(out, keys, &node->children[i]);
}

static void
assert_names(struct fixture *fixture, const char *text, const char *expected)
{
	struct keys keys = keys_of(fixture, text);
	struct buf out;

	buf_init(&out, &fixture->arena);
	write_names(&out, &keys, &fixture->root);
	buf_char(&out, '\0');
	assert_string_equal(out.at, expected);
}

static void
keys_are_named_from_the_top(void **state)
{
	assert_names(*state, "spec: 1\nrust:\n  versions: {stable: 1.85.0}\n  edition: '2021'\n",
		     "@1:1|spec@1:7|rust@2:1|rust.versions@3:13|rust.versions.stable@3:22|"
		     "rust.edition@4:12|");
	assert_names(*state, "crates: {specs: {serde: {version: '1'}, tokio: '1'}}",
		     "@1:1|crates@1:9|crates.specs@1:17|crates.specs.serde@1:25|"
		     "crates.specs.serde.version@1:35|crates.specs.tokio@1:48|");
	assert_names(*state, "aa:\nbb:\n", "@1:1|aa@1:1|bb@2:1|");
}

static void
items_are_named_by_number(void **state)
{
	assert_names(*state, "rust:\n  exec_triples: [a, b]\ntoolchains:\n- label: c\n- d\n",
		     "@1:1|rust@1:1|rust.exec_triples@2:17|rust.exec_triples[0]@2:18|"
		     "rust.exec_triples[1]@2:21|toolchains@3:1|toolchains[0]@4:3|"
		     "toolchains[0].label@4:10|toolchains[1]@5:3|");
	assert_names(*state, "xy: [[a, [b]], {c: d}]",
		     "@1:1|xy@1:5|xy[0]@1:6|xy[0][0]@1:7|xy[0][1]@1:10|xy[0][1][0]@1:11|"
		     "xy[1]@1:16|xy[1].c@1:20|");
	/* several annotations under one key */
	assert_names(*state, "crates: {annotations: {a: [{version: '1'}, {version: '2'}]}}",
		     "@1:1|crates@1:9|crates.annotations@1:23|crates.annotations.a@1:27|"
		     "crates.annotations.a[0]@1:28|crates.annotations.a[0].version@1:38|"
		     "crates.annotations.a[1]@1:44|crates.annotations.a[1].version@1:54|");
}

static void
targets_are_named_by_rule_and_name(void **state)
{
	assert_names(*state, "packages:\n  app:\n    - rust_binary: bin\n      srcs: [a.rs]\n",
		     "@1:1|packages@1:1|packages.app@2:3|packages.app[rust_binary bin]@3:7|"
		     "packages.app[rust_binary bin].srcs@4:13|"
		     "packages.app[rust_binary bin].srcs[0]@4:14|");
	assert_names(*state, "packages: {app: {targets: [{rust_binary: a.b, srcs: []}]}}",
		     "@1:1|packages@1:11|packages.app@1:17|packages.app.targets@1:27|"
		     "packages.app.targets[rust_binary \"a.b\"]@1:29|"
		     "packages.app.targets[rust_binary \"a.b\"].srcs@1:53|");
	assert_names(*state, "packages: {app: [{rule: macro, name: x}, {rule: macro, name: y}]}",
		     "@1:1|packages@1:11|packages.app@1:17|packages.app[rule macro x]@1:19|"
		     "packages.app[rule macro x].name@1:38|packages.app[rule macro y]@1:43|"
		     "packages.app[rule macro y].name@1:62|");
	/* what has no name goes by its number */
	assert_names(*state, "packages: {app: [{exports_files: [a]}, b, {}, {c: ''}]}",
		     "@1:1|packages@1:11|packages.app@1:17|packages.app[0]@1:18|"
		     "packages.app[0].exports_files@1:34|packages.app[0].exports_files[0]@1:35|"
		     "packages.app[1]@1:40|packages.app[2]@1:43|packages.app[3]@1:47|"
		     "packages.app[3].c@1:51|");
	/* elsewhere a list is but a list */
	assert_names(*state, "extensions: {go: {tags: [{mod: x}]}}",
		     "@1:1|extensions@1:13|extensions.go@1:18|extensions.go.tags@1:25|"
		     "extensions.go.tags[0]@1:26|extensions.go.tags[0].mod@1:32|");
}

static void
odd_names_are_quoted(void **state)
{
	assert_names(*state,
		     "raw: {MODULE.bazel: x, 'a b': x, '': x, \"\\\"\\\\\\n\": x, a-b/c_1: x}",
		     "@1:1|raw@1:6|raw.\"MODULE.bazel\"@1:21|raw.\"a b\"@1:31|raw.\"\"@1:38|"
		     "raw.\"\\\"\\\\\\n\"@1:51|raw.a-b/c_1@1:63|");
	/* no name gets a terminal into disorder */
	assert_names(*state, "\"\\e[31m\": x", "@1:1|\"\\x1b[31m\"@1:11|");
}

static void
blocks_and_their_first_keys_are_told_apart(void **state)
{
	struct fixture *fixture = *state;
	struct keys keys = keys_of(fixture, "env:\n  NAME: x\n  b: y\nmap:\n  a: z\n");

	assert_true(str_is(keys_name(&keys, key_at(fixture, &keys, 2, 3, 1)), "env"));
	assert_true(str_is(keys_name(&keys, key_at(fixture, &keys, 2, 3, 4)), "env.NAME"));
	/* but for names of one letter, which are what is meant more often */
	assert_true(str_is(keys_name(&keys, key_at(fixture, &keys, 5, 3, 1)), "map.a"));
	assert_null(key_at(fixture, &keys, 2, 4, 1));
	assert_null(key_at(fixture, &keys, 9, 1, 1));
	assert_null(key_at(fixture, &keys, 1, 99, 1));
}

static void
what_is_repeated_is_named_where_it_is_written(void **state)
{
	struct fixture *fixture = *state;
	struct keys keys =
		keys_of(fixture, "a: &x {b: [c]}\nd: *x\ne: &y f\n? *y\n: g\nh: [&z i, *z]\n"
				 "j: &k [l]\n? &m n\n: *m\n");
	static const struct {
		uint32_t line, column, width;
		const char *name;
	} places[] = {
		{1, 7, 8, "a"},    {1, 8, 1, "a.b"}, {1, 12, 1, "a.b[0]"},
		{2, 1, 1, "d"},    {3, 7, 1, "e"},   {5, 3, 1, "f"},
		{6, 8, 1, "h[0]"}, {7, 7, 3, "j"},   {8, 6, 1, "n"},
	};

	for (size_t i = 0; i < COUNT(places); i++) {
		struct key *key =
			key_at(fixture, &keys, places[i].line, places[i].column, places[i].width);

		assert_non_null(key);
		if (!str_is(keys_name(&keys, key), places[i].name))
			fail_msg("%.*s instead of %s", STR_ARG(keys_name(&keys, key)),
				 places[i].name);
	}
}

static void
keys_have_holders(void **state)
{
	struct fixture *fixture = *state;
	struct keys keys = keys_of(fixture, "a: {b: {c: 1, d: 2}, e: 3}\nf: 4\n");
	struct key *c = key_at(fixture, &keys, 1, 12, 1);
	struct key *d = key_at(fixture, &keys, 1, 18, 1);
	struct key *e = key_at(fixture, &keys, 1, 25, 1);
	struct key *f = key_at(fixture, &keys, 2, 4, 1);

	assert_true(str_is(keys_name(&keys, keys_common(c, d)), "a.b"));
	assert_true(str_is(keys_name(&keys, keys_common(c, e)), "a"));
	assert_ptr_equal(keys_common(c, c), c);
	assert_ptr_equal(keys_common(c, c->parent), c->parent);
	assert_ptr_equal(keys_common(c->parent, c), c->parent);
	assert_null(keys_common(c, f)->parent);
	assert_true(keys_is_within(c, c));
	assert_true(keys_is_within(c, c->parent));
	assert_true(keys_is_within(f, f->parent));
	assert_false(keys_is_within(c->parent, c));
	assert_false(keys_is_within(c, f));
}

static void
names_lose_what_is_the_users_own(void **state)
{
	struct fixture *fixture = *state;
	static const struct {
		const char *name, *plain;
	} names[] = {
		{"", ""},
		{"crates.specs.serde.version", "crates.specs.serde.version"},
		{"a[0].b[12]", "a.b"},
		{"a[]", "a[]"},
		{"raw.\"MODULE.bazel\"", "raw.MODULE.bazel"},
		{"packages.\"\"[rust_binary x].srcs[0]", "packages..rust_binary.srcs"},
		{"packages.a[rule m \"b]c\"].name", "packages.a.rule.name"},
		{"packages.a[rust_test \"\\\"]\"].x", "packages.a.rust_test.x"},
		/* what nobody printed */
		{"a[b c", "a.b"},
		{"a[", "a[]"},
		{"\"a", "a"},
		{"\"a\\", "a"},
	};

	for (size_t i = 0; i < COUNT(names); i++) {
		struct str plain = keys_plain(&fixture->arena, str_from(names[i].name));

		if (!str_is(plain, names[i].plain))
			fail_msg("%s gives %.*s", names[i].name, STR_ARG(plain));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(keys_are_named_from_the_top),
		TEST(items_are_named_by_number),
		TEST(targets_are_named_by_rule_and_name),
		TEST(odd_names_are_quoted),
		TEST(blocks_and_their_first_keys_are_told_apart),
		TEST(what_is_repeated_is_named_where_it_is_written),
		TEST(keys_have_holders),
		TEST(names_lose_what_is_the_users_own),
	};

	return cmocka_run_group_tests_name("schema keys", tests, NULL, NULL);
}

/*
 * emit_random SEED DIR: writes random calls as raw/{BUILD,MODULE}.bazel (as they were made up) and
 * out/{BUILD,MODULE}.bazel (after starlark_canonical_call) below DIR, whose subdirectories must
 * exist. buildifier has to leave out/ alone and to turn raw/ into it. A program of its own and not
 * a unit test, since buildifier is not everywhere.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "starlark/starlark.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct maker {
	struct arena *arena;
	enum starlark_file file;
	uint64_t state;
};

static const struct span nowhere = {.line = 0};

/* splitmix64, so that a seed means the same everywhere. */
static size_t
below(struct maker *maker, size_t limit)
{
	uint64_t z = maker->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (size_t)((z ^ (z >> 31)) % limit);
}

static const char *const fixed_strings[] = {
	"",
	"a",
	"A.rs",
	"a.b.rs",
	"a.rs",
	"a-b.rs",
	"a10.rs",
	"a2.rs",
	"a_b.rs",
	"sub/a.rs",
	"x y",
	":x",
	":x.y",
	"//a",
	"//a:a",
	"//a:b",
	"//a/b:b",
	"//a.b:a.b",
	"//a-b:c",
	"//a_b:c",
	"//a/b:c/b",
	"//a/b:x/b:b",
	"//x y:x y",
	"//:a",
	"@foo//:foo",
	"@foo//foo:foo",
	"@foo//a/:foo",
	"@foo//foo",
	"@foo",
	"@crates//:anyhow",
	"@a-b//:a-b",
	"@a.b//c:c",
	"@_1//:_1",
	"//visibility:public",
	"quote \" and ' and \\",
	"line\nbreak\tand\rreturn",
	"gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\xa6\x80",
	"\x01\x1f",
	"$(location :x) %s {} # no comment",
	"\\n is not a line end \\",
	"//a\n/b:b",
	"///a:a",
	"//a/b:",
};

static struct str
random_text(struct maker *maker)
{
	static const char alphabet[] = "aabbcAB1._-/:@ +";
	char *text;
	size_t len;

	if (below(maker, 2) == 0)
		return str_from(fixed_strings[below(maker, COUNT(fixed_strings))]);
	len = below(maker, 9);
	text = arena_alloc(maker->arena, len + 1);
	for (size_t i = 0; i < len; i++)
		text[i] = alphabet[below(maker, sizeof(alphabet) - 1)];
	return (struct str){text, len};
}

static struct value *
random_string(struct maker *maker)
{
	return value_string(maker->arena, nowhere, random_text(maker));
}

static const struct value *random_value(struct maker *maker, size_t depth);

static const struct value *
random_list(struct maker *maker, size_t depth)
{
	struct value *list = value_list(maker->arena, nowhere, 0);
	size_t count = below(maker, below(maker, 4) == 0 ? 12 : 4);

	for (size_t i = 0; i < count; i++)
		value_add(list, below(maker, 8) == 0 && depth > 0 ? random_value(maker, depth - 1)
								  : random_string(maker));
	return list;
}

static const struct value *
random_dict(struct maker *maker, size_t depth)
{
	struct value *dict = value_dict(maker->arena, nowhere, 0);
	size_t count = below(maker, 4);

	/* a key stands once in a dict, so it is numbered */
	for (size_t i = 0; i < count; i++) {
		struct str text = arena_printf(maker->arena, "//k%zu:k%zu", i, i);
		struct value *key = value_string(maker->arena, nowhere, text);

		value_add_entry(dict, key, random_value(maker, depth));
	}
	return dict;
}

static const struct value *
random_select(struct maker *maker, size_t depth)
{
	struct value *call = value_call(maker->arena, nowhere, STR("select"), 0);

	value_add_argument(call, STR(""), random_dict(maker, depth));
	if (below(maker, 4) == 0)
		value_add_argument(call, STR("no_match_error"), random_string(maker));
	return call;
}

static const char *const argument_names[] = {
	"name",
	"version",
	"module_name",
	"srcs",
	"hdrs",
	"deps",
	"visibility",
	"tags",
	"data",
	"edition",
	"crate_root",
	"features",
	"outs",
	"exports",
	"size",
	"alwayslink",
	"actual",
	"includes",
	"plugins",
	"proc_macro_deps",
	"tests",
	"packages",
	"exclude",
	"include",
	"zz",
	"_private",
	"B",
	"testonly",
	"src",
	"tool",
	"tools",
	"aliases",
	"compile_data",
	"runtime_deps",
	"implements",
	"out",
	"package_name",
	"default_visibility",
	"urls",
};

/* Adds each argument with some chance, in an order of its own. */
static void
add_arguments(struct maker *maker, struct value *call, size_t chance, size_t depth)
{
	size_t first = below(maker, COUNT(argument_names));

	for (size_t i = 0; i < COUNT(argument_names); i++) {
		size_t at = (first + i * 11) % COUNT(argument_names);

		if (below(maker, chance) == 0)
			value_add_argument(call, str_from(argument_names[at]),
					   random_value(maker, depth));
	}
}

/* No `native` and no ** in BUILD files, no glob() without wildcards, no package(): buildifier would
 * warn of what the call is, not of its form. */
static const struct value *
random_call(struct maker *maker, size_t depth)
{
	static const char *const functions[] = {"globs", "genrule", "f", "a.b", "Label", "struct"};
	struct str function = str_from(functions[below(maker, COUNT(functions))]);
	struct value *call = value_call(maker->arena, nowhere, function, 0);
	size_t positional = below(maker, 3);

	for (size_t i = 0; i < positional; i++)
		value_add_argument(call, STR(""), random_value(maker, depth));
	if (below(maker, 2) == 0)
		add_arguments(maker, call, 12, depth);
	else if (maker->file == STARLARK_MODULE && below(maker, 8) == 0)
		value_add_argument(call, STR("**"), random_dict(maker, depth));
	return call;
}

/* Only the first two operands can be strings: of more than one pair that makes up a label,
 * buildifier loses a part of the meaning, and we do not follow. */
static const struct value *
random_sum(struct maker *maker, size_t depth)
{
	struct value *sum = value_sum(maker->arena, nowhere, 0);
	size_t strings = below(maker, 3);
	size_t others = below(maker, 3) + (strings < 2);

	for (size_t i = 0; i < strings; i++)
		value_add(sum, random_string(maker));
	for (size_t i = 0; i < others; i++) {
		switch (below(maker, 4)) {
		case 0:
			value_add(sum, random_select(maker, depth));
			break;
		case 1:
			value_add(sum, value_name(maker->arena, nowhere, STR("FLAGS")));
			break;
		default:
			value_add(sum, random_list(maker, depth));
			break;
		}
	}
	return sum;
}

static const struct value *
random_value(struct maker *maker, size_t depth)
{
	size_t kind = below(maker, depth == 0 ? 6 : 14);

	switch (kind) {
	case 0:
		return value_none(maker->arena, nowhere);
	case 1:
		return value_bool(maker->arena, nowhere, below(maker, 2) == 0);
	case 2:
		return value_int(maker->arena, nowhere, (long long)below(maker, 2000) - 1000);
	case 3:
		return value_name(maker->arena, nowhere, STR("NAME"));
	case 4:
	case 5:
		return random_string(maker);
	case 6:
		return random_dict(maker, depth - 1);
	case 7:
		return random_select(maker, depth - 1);
	case 8:
		return random_call(maker, depth - 1);
	case 9:
	case 10:
		return random_sum(maker, depth - 1);
	default:
		return random_list(maker, depth - 1);
	}
}

/* One statement: as made up to `raw`, canonical to `out`. */
static void
emit_call(struct maker *maker, struct buf *raw, struct buf *out, struct value *call)
{
	const struct value *canonical =
		starlark_canonical_call(maker->arena, call->text, call, maker->file);
	bool is_line = str_is(call->text, "bazel_dep") || str_is(call->text, "use_repo") ||
		       str_is(call->text, "use_extension");

	if (maker->file == STARLARK_MODULE && is_line) {
		starlark_print_line(raw, call, NULL);
		starlark_print_line(out, canonical, NULL);
	} else {
		starlark_print(raw, call, 0, NULL);
		starlark_print(out, canonical, 0, NULL);
	}
	buf_char(raw, '\n');
	buf_char(out, '\n');
}

static struct value *
random_statement(struct maker *maker)
{
	static const char *const build[] = {
		"rust_library",  "rust_binary", "genrule",    "package_group",
		"cc_embed_data", "pkg_tar",     "test_suite", "macros.genrule",
	};
	static const char *const module[] = {
		"module",
		"bazel_dep",
		"use_repo",
		"single_version_override",
		"crate.spec",
		"archive_override",
		"use_repo",
		"use_extension",
		"register_toolchains",
	};
	struct str function = maker->file == STARLARK_BUILD
				      ? str_from(build[below(maker, COUNT(build))])
				      : str_from(module[below(maker, COUNT(module))]);
	struct value *call = value_call(maker->arena, nowhere, function, 0);
	size_t names = maker->file == STARLARK_MODULE ? below(maker, 5) : 0;

	if (str_is(function, "use_repo"))
		value_add_argument(call, STR(""), value_name(maker->arena, nowhere, STR("proxy")));
	for (size_t i = 0; i < names; i++)
		value_add_argument(call, STR(""), random_string(maker));
	/* without a named argument, buildifier warns */
	if (maker->file == STARLARK_BUILD && below(maker, 2) == 0)
		value_add_argument(call, STR("licenses"), random_value(maker, 3));
	add_arguments(maker, call, 2 + below(maker, 12), 3);
	if (call->count == names)
		value_add_argument(call, STR("zzz"), random_value(maker, 3));
	return call;
}

static struct str
random_module(struct maker *maker)
{
	static const char *const repos[] = {"", "@", "@a", "@a_b", "@b", "@B"};
	static const char *const parts[] = {"x", "x-y", "x_y", "X", "xy", "a", "x.y", "z"};
	struct buf label;

	buf_init(&label, maker->arena);
	buf_text(&label, repos[below(maker, COUNT(repos))]);
	if (label.len > 0 || below(maker, 2) == 0) {
		buf_text(&label, "//");
		for (size_t i = below(maker, 4); i > 0; i--) {
			buf_text(&label, parts[below(maker, COUNT(parts))]);
			buf_text(&label, i > 1 ? "/" : "");
		}
	}
	buf_printf(&label, ":%s%s.bzl", below(maker, 4) == 0 ? "sub/" : "",
		   parts[below(maker, COUNT(parts))]);
	return buf_str(&label);
}

static int
compare_modules(const void *a, const void *b)
{
	return starlark_compare_loads(*(const struct str *)a, *(const struct str *)b);
}

/* One load() per module, and a call that uses what they load. */
static void
emit_loads(struct buf *out, const struct str *modules, size_t count, struct value *use)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && str_eq(modules[i - 1], modules[i]))
			continue;
		buf_printf(out, "load(\"%.*s\", s%zu = \"s\")\n", STR_ARG(modules[i]),
			   (size_t)str_hash(modules[i]));
	}
	buf_char(out, '\n');
	starlark_print(out, use, 0, NULL);
	buf_text(out, "\n\n");
}

/* Random loads in our order. */
static void
random_loads(struct maker *maker, struct buf *raw, struct buf *out)
{
	size_t count = below(maker, 12);
	struct str *modules = ARENA_ARRAY(maker->arena, count + 1, struct str);
	struct value *use = value_call(maker->arena, nowhere, STR("f"), 0);
	struct value *list = value_list(maker->arena, nowhere, 0);

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++) {
		modules[i] = random_module(maker);
		value_add(list, value_name(maker->arena, nowhere,
					   arena_printf(maker->arena, "s%zu",
							(size_t)str_hash(modules[i]))));
	}
	value_add_argument(use, STR("name"), list);
	qsort(modules, count, sizeof(*modules), compare_modules);
	/* not unsorted to raw: where paths differ in case, buildifier keeps the order it finds */
	emit_loads(raw, modules, count, use);
	emit_loads(out, modules, count, use);
}

static bool
write_file(const char *dir, const char *part, const char *name, const struct buf *text)
{
	char path[4096];
	FILE *file;
	bool is_written;
	int len = snprintf(path, sizeof(path), "%s/%s/%s", dir, part, name);

	if (len < 0 || (size_t)len >= sizeof(path))
		return false;
	file = fopen(path, "wb");
	if (file == NULL)
		return false;
	is_written = fwrite(text->at, 1, text->len, file) == text->len;
	return fclose(file) == 0 && is_written;
}

static bool
emit_file(struct maker *maker, const char *dir, const char *name, enum starlark_file file)
{
	struct buf raw;
	struct buf out;
	size_t count = 1 + below(maker, 8);

	maker->file = file;
	buf_init(&raw, maker->arena);
	buf_init(&out, maker->arena);
	if (file == STARLARK_BUILD)
		random_loads(maker, &raw, &out);
	for (size_t i = 0; i < count; i++) {
		/* a comment ends every group that buildifier would write without blank lines */
		buf_printf(&raw, "%s# statement %zu\n", i == 0 ? "" : "\n", i);
		buf_printf(&out, "%s# statement %zu\n", i == 0 ? "" : "\n", i);
		emit_call(maker, &raw, &out, random_statement(maker));
	}
	return write_file(dir, "raw", name, &raw) && write_file(dir, "out", name, &out);
}

int
main(int argc, char **argv)
{
	jmp_buf escape;
	struct arena arena;
	struct maker maker = {.arena = &arena};

	if (argc != 3) {
		fprintf(stderr, "usage: emit_random SEED DIR\n");
		return 2;
	}
	if (setjmp(escape) != 0) {
		fprintf(stderr, "emit_random: out of memory\n");
		return 1;
	}
	arena_init(&arena, (size_t)1 << 30, &escape);
	maker.state = strtoull(argv[1], NULL, 10);
	if (!emit_file(&maker, argv[2], "BUILD.bazel", STARLARK_BUILD) ||
	    !emit_file(&maker, argv[2], "MODULE.bazel", STARLARK_MODULE)) {
		fprintf(stderr, "emit_random: cannot write below '%s'\n", argv[2]);
		return 1;
	}
	arena_free(&arena);
	return 0;
}

/*
 * What is printed reads back as what was meant, scans clean, and canonical calls stay as they are.
 * The input is a string by itself, and steps of a small machine that builds a value.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../unit/starlark_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEPTH_MAX = 40 };

struct input {
	struct arena *arena;
	struct str rest;
};

static void
require(bool holds)
{
	if (!holds)
		abort();
}

static unsigned
next(struct input *input)
{
	unsigned byte = input->rest.len == 0 ? 0 : (unsigned char)input->rest.at[0];

	input->rest = str_after(input->rest, 1);
	return byte;
}

static struct str
next_text(struct input *input)
{
	struct str text = str_slice(input->rest, 0, next(input) % 16);

	input->rest = str_after(input->rest, text.len);
	return text;
}

static struct str
next_name(struct input *input)
{
	static const char *const names[] = {"name", "srcs",   "deps",   "x",
					    "outs", "select", "genrule"};

	return str_from(names[next(input) % 7]);
}

static const struct value *
next_value(struct input *input, unsigned depth)
{
	struct arena *arena = input->arena;
	struct span none = {.line = 0};
	unsigned kind = next(input);
	unsigned count = kind / 16 % 8;
	struct value *value;

	if (depth == 0 || input->rest.len == 0)
		kind = 0;
	switch (kind % 8) {
	case 1:
		return value_int(arena, none, (long long)next(input) - 100);
	case 2:
		return value_name(arena, none, next_name(input));
	case 3:
		value = value_list(arena, none, count);
		break;
	case 4:
		value = value_dict(arena, none, count);
		break;
	case 5:
	case 6:
		value = value_call(arena, none, next_name(input), count);
		break;
	case 7:
		value = value_sum(arena, none, count);
		break;
	default:
		return value_string(arena, none, next_text(input));
	}
	for (unsigned i = 0; i < count; i++) {
		struct value_item item = {.name = {NULL, 0}};

		if (value->kind == VALUE_CALL && next(input) % 2 == 0)
			item.name = next_name(input);
		if (value->kind == VALUE_DICT)
			item.key = value_string(arena, none, next_text(input));
		item.value = next_value(input, depth - 1);
		value_append(value, item);
	}
	return value;
}

static struct str
text_of(struct arena *arena, const struct value *value, bool on_one_line)
{
	struct buf out;

	buf_init(&out, arena);
	if (on_one_line)
		starlark_print_line(&out, value, NULL);
	else
		starlark_print(&out, value, 0, NULL);
	return buf_str(&out);
}

static void
check_text(struct arena *arena, const struct value *value, bool on_one_line)
{
	struct str text = text_of(arena, value, on_one_line);
	const struct value *again = starlark_read(arena, text);
	struct starlark_fault fault;

	require(starlark_scan(text, &fault));
	require(again != NULL && str_eq(text_of(arena, again, on_one_line), text));
}

static void
check_string(struct arena *arena, struct str text)
{
	const struct value *value = value_string(arena, (struct span){.line = 0}, text);
	const struct value *again = starlark_read(arena, text_of(arena, value, false));

	require(again != NULL && again->kind == VALUE_STRING && str_eq(again->text, text));
}

static void
check_call(struct arena *arena, const struct value *value, enum starlark_file file)
{
	struct value *call = value_call(arena, (struct span){.line = 0}, STR("f"), 2);
	const struct value *canonical;
	struct str before;

	value_add_argument(call, STR("deps"), value);
	value_add_argument(call, STR("name"), value);
	before = text_of(arena, call, false);
	canonical = starlark_canonical_call(arena, call->text, call, file);
	require(str_eq(before, text_of(arena, call, false)));
	require(starlark_canonical_call(arena, call->text, canonical, file) == canonical);
	check_text(arena, canonical, false);
}

static void
check_orders(struct str a, struct str b)
{
	int strings = starlark_compare_strings(a, b);
	int loads = starlark_compare_loads(a, b);
	struct label label;
	const char *why;

	require((strings == 0) == str_eq(a, b));
	require((strings < 0) == (starlark_compare_strings(b, a) > 0));
	require((loads < 0) == (starlark_compare_loads(b, a) > 0));
	require(label_parse(a, &label, &why) == (why == NULL));
	if (bazel_is_version(a) && bazel_is_version(b))
		require((bazel_compare_versions(a, b) < 0) == (bazel_compare_versions(b, a) > 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	jmp_buf escape;
	struct arena arena;
	struct str text = {(const char *)data, size};
	struct input input = {.arena = &arena, .rest = text};
	struct starlark_fault fault;

	if (setjmp(escape) != 0)
		abort();
	arena_init(&arena, (size_t)1 << 30, &escape);
	check_string(&arena, text);
	check_orders(str_slice(text, 0, size / 2), str_after(text, size / 2));
	if (!starlark_scan(text, &fault))
		require(fault.line > 0 && fault.column > 0 && fault.what != NULL);
	while (input.rest.len > 0) {
		const struct value *value = next_value(&input, DEPTH_MAX);

		check_text(&arena, value, false);
		if (value->kind == VALUE_CALL)
			check_text(&arena, value, true);
		check_call(&arena, value, STARLARK_BUILD);
		check_call(&arena, value, STARLARK_MODULE);
	}
	arena_free(&arena);
	return 0;
}

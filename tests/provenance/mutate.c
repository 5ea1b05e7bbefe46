/*
 * usage: mutate DIRECTORY [LINES]
 *
 * Renders the spec of a directory, and changes each line of each output in turn as somebody might
 * by hand: removes it, adds a line below it, changes each of its tokens. Prints which key of the
 * spec each change is put down to; or compares that with the file LINES, which holds what was
 * printed once, and read.
 *
 *     KEY OF THE LINE | KEY BELOW IT |the line
 *       . TOKEN | ITS KEY, where it is not that of the line
 *       . ALL | THE KEY of all tokens at once, where it is not that of the line
 */
#include <ctype.h>
#include <setjmp.h>

#include "plan/drift.h"
#include "plan/literal.h"
#include "world.h"

enum { COLUMN = 52 };

struct mutation {
	struct arena *arena;
	const struct output *output;
	size_t tried;
};

/* ---- what a change is put down to ---- */

/* "a.b + c.d", with values "a.b (x -> y)"; "-": nothing. */
static struct str
causes_of(struct mutation *m, struct str disk)
{
	struct change change = {.kind = CHANGE_UPDATE,
				.output = m->output,
				.path = m->output->path,
				.before = disk,
				.after = m->output->content,
				.existed = true,
				.remains = true};
	struct plan plan = {.changes = &change, .count = 1};
	struct drift drift;
	struct buf text;

	m->tried++;
	drift_find(m->arena, &plan, &drift);
	buf_init(&text, m->arena);
	for (size_t i = 0; i < drift.files[0].hunk_count; i++) {
		const struct drift_hunk *hunk = &drift.files[0].hunks[i];

		for (size_t j = 0; j < hunk->cause_count; j++) {
			const struct drift_cause *cause = &hunk->causes[j];

			buf_printf(&text, "%s%.*s", text.len > 0 ? " + " : "", STR_ARG(cause->key));
			if (cause->disk.at != NULL || cause->ours.at != NULL)
				buf_printf(&text, " (%.*s -> %.*s)", STR_ARG(cause->disk),
					   STR_ARG(cause->ours));
		}
	}
	return text.len > 0 ? buf_str(&text) : STR("-");
}

/* The output with the bytes from `from` to `to` replaced. */
static struct str
replaced(struct mutation *m, size_t from, size_t to, struct str text)
{
	struct str ours = m->output->content;

	return arena_printf(m->arena, "%.*s%.*s%.*s", (int)from, ours.at, STR_ARG(text),
			    STR_ARG(str_after(ours, to)));
}

/* ---- lines ---- */

static struct str
key_alone(struct str causes)
{
	return str_slice(causes, 0, str_find_str(causes, STR(" (")));
}

/* A token, changed in whole and in part: each time it must be the same key. */
static void
try_token(struct mutation *m, size_t line, struct part part, struct str line_key, struct buf *out)
{
	struct str token = str_slice(m->output->content, line + part.from, part.to - part.from);
	size_t middle = token.len / 2;
	bool is_string = token.at[0] == '"';
	struct str others[] = {
		is_string ? STR("\"other\"") : STR("other"),
		arena_printf(m->arena, "%.*s~%.*s", (int)middle, token.at,
			     STR_ARG(str_after(token, middle + (middle + 1 < token.len)))),
		arena_printf(m->arena, "%.*sx%s", (int)(token.len - is_string), token.at,
			     is_string ? "\"" : ""),
	};
	struct str key = {NULL, 0};
	struct str ours;

	if (!is_string && !isalnum((unsigned char)token.at[0]))
		return;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct str causes =
			causes_of(m, replaced(m, line + part.from, line + part.to, others[i]));
		struct str old;
		struct str expected;

		if (i == 0)
			key = key_alone(causes);
		if (!str_eq(key, key_alone(causes)))
			buf_printf(out, "  ! %.*s  %.*s\n", STR_ARG(others[i]), STR_ARG(causes));
		/* a literal is named with what it was and is */
		if (!is_string || str_is(key, "-"))
			continue;
		literal_value(m->arena, others[i], &old);
		literal_value(m->arena, token, &ours);
		expected = arena_printf(m->arena, "%.*s (%.*s -> %.*s)", STR_ARG(key), STR_ARG(old),
					STR_ARG(ours));
		if (!str_eq(causes, expected))
			buf_printf(out, "  ! %.*s  %.*s\n", STR_ARG(others[i]), STR_ARG(causes));
	}
	if (!str_eq(key, line_key))
		buf_printf(out, "  . %-*.*s | %.*s\n", COLUMN - 4, STR_ARG(token), STR_ARG(key));
}

static void
try_line(struct mutation *m, size_t from, struct buf *out)
{
	struct str rest = str_after(m->output->content, from);
	struct str line = str_slice(rest, 0, str_find(rest, '\n'));
	size_t end = from + line.len + 1;
	size_t indent = line.len - str_trim(line).len;
	struct str gone = key_alone(causes_of(m, replaced(m, from, end, STR(""))));
	struct str below = key_alone(causes_of(
		m, replaced(m, end, end,
			    arena_printf(m->arena, "%*s\"by hand\",\n", (int)indent, ""))));
	struct str changed = causes_of(
		m, replaced(m, from, end,
			    arena_printf(m->arena, "%*schanged by hand\n", (int)indent, "")));

	buf_printf(out, "%-*.*s | %-*.*s |%.*s\n", COLUMN, STR_ARG(gone), COLUMN, STR_ARG(below),
		   STR_ARG(line));
	if (!str_eq(changed, gone))
		buf_printf(out, "  . ALL | %.*s\n", STR_ARG(changed));
	for (size_t at = 0; at < line.len;) {
		struct part token = literal_tokens(line, (struct part){at, at + 1});

		try_token(m, from, token, gone, out);
		at = token.to;
	}
}

/* ---- comparing ---- */

/* What is expected of the next line: it, and what is indented below it. */
static struct str
next_record(struct str rest)
{
	size_t len = str_find(rest, '\n') + 1;

	while (str_has_prefix(str_after(rest, len), STR("  ")))
		len += str_find(str_after(rest, len), '\n') + 1;
	return str_slice(rest, 0, len);
}

struct tally {
	bool compares;
	struct str expected; /* what is left of it */
	size_t right;
	size_t tried;
};

static void
take_record(struct tally *tally, struct str record, size_t tried)
{
	struct str expected = next_record(tally->expected);

	tally->tried += tried;
	if (!tally->compares) {
		printf("%.*s", STR_ARG(record));
		return;
	}
	tally->expected = str_after(tally->expected, expected.len);
	if (str_eq(record, expected))
		tally->right += tried;
	else
		printf("expected:\n%.*sgot:\n%.*s", STR_ARG(expected), STR_ARG(record));
}

/* ---- all outputs ---- */

static void
try_output(struct mutation *m, struct tally *tally)
{
	struct str content = m->output->content;
	struct buf out;

	buf_init(&out, m->arena);
	buf_printf(&out, "== %.*s\n", STR_ARG(m->output->path));
	take_record(tally, buf_str(&out), 0);
	for (size_t at = 0; at < content.len;) {
		struct arena_mark mark = arena_mark(m->arena);

		m->tried = 0;
		buf_init(&out, m->arena);
		try_line(m, at, &out);
		take_record(tally, buf_str(&out), m->tried);
		arena_reset(m->arena, mark);
		at += str_find(str_after(content, at), '\n') + 1;
	}
}

static bool
try_directory(struct arena *arena, const char *directory, struct tally *tally)
{
	struct world world;
	struct outputs outputs;
	struct buf messages;

	world_open(&world, arena, directory);
	if (!world_render(&world, world.text, &outputs)) {
		buf_init(&messages, arena);
		diags_print_text(&world.diags, &messages, false);
		fprintf(stderr, "%.*s", STR_ARG(buf_str(&messages)));
		return false;
	}
	for (size_t i = 0; i < outputs.count; i++) {
		struct mutation m = {.arena = arena, .output = &outputs.items[i]};

		try_output(&m, tally);
	}
	return tally->expected.len == 0;
}

int
main(int argc, char **argv)
{
	struct tally tally = {.compares = argc == 3};
	struct arena arena;
	jmp_buf escape;
	bool good;

	if (argc < 2)
		return 2;
	if (setjmp(escape) != 0)
		return 1;
	arena_init(&arena, (size_t)1 << 30, &escape);
	if (tally.compares)
		tally.expected = world_read(&arena, argv[2]);
	good = try_directory(&arena, argv[1], &tally);
	if (tally.compares)
		printf("%zu of %zu mutated lines named the right key\n", tally.right, tally.tried);
	arena_free(&arena);
	return good && (!tally.compares || tally.right == tally.tried) ? 0 : 1;
}

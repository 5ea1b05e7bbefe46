#include "plan/diff.h"

#include <stdint.h>
#include <stdlib.h>

#include "plan/myers.h"

enum { CONTEXT = 3 };

struct line {
	struct str text; /* with its line end */
	uint32_t group; /* equal lines are of one group; from 0 */
	uint32_t side;
	bool changed;
};

struct lines {
	struct line *at;
	size_t count;
};

static bool
next_line(struct str *rest, struct str *line)
{
	if (rest->len == 0)
		return false;
	*line = str_slice(*rest, 0, str_find(*rest, '\n') + 1);
	*rest = str_after(*rest, line->len);
	return true;
}

static size_t
count_lines(struct str text)
{
	struct str line;
	size_t count = 0;

	while (next_line(&text, &line))
		count++;
	return count;
}

static struct lines
split_lines(struct arena *arena, struct str text, size_t count, uint32_t side)
{
	struct lines lines = {ARENA_ARRAY(arena, count, struct line), 0};
	struct str line;

	while (next_line(&text, &line))
		lines.at[lines.count++] = (struct line){.text = line, .side = side};
	return lines;
}

static int
by_text(const void *a, const void *b)
{
	return str_cmp((*(struct line *const *)a)->text, (*(struct line *const *)b)->text);
}

/*
 * Gives equal lines equal groups, and marks lines that only one side has: they are changed
 * whatever else is. Sorted, not hashed, since nobody can choose lines that make sorting slow.
 */
static void
classify(struct arena *arena, struct lines sides[2])
{
	size_t count = sides[0].count + sides[1].count;
	struct line **sorted = ARENA_ARRAY(arena, count, struct line *);
	size_t end;
	uint32_t group = 0;

	for (size_t i = 0; i < count; i++) {
		sorted[i] = i < sides[0].count ? &sides[0].at[i] : &sides[1].at[i - sides[0].count];
	}
	qsort(sorted, count, sizeof(struct line *), by_text);
	for (size_t start = 0; start < count; start = end) {
		bool seen[2] = {false, false};

		for (end = start; end < count && by_text(&sorted[start], &sorted[end]) == 0; end++)
			seen[sorted[end]->side] = true;
		for (size_t i = start; i < end; i++) {
			sorted[i]->group = group;
			sorted[i]->changed = !seen[0] || !seen[1];
		}
		group++;
	}
}

/* The lines that both sides have, as myers_mark wants them. */
static struct sequence
shared_lines(struct arena *arena, struct lines lines)
{
	uint32_t *items = ARENA_ARRAY(arena, lines.count, uint32_t);
	struct sequence sequence = {items, ARENA_ARRAY(arena, lines.count, bool), 0};

	for (size_t i = 0; i < lines.count; i++) {
		if (!lines.at[i].changed)
			items[sequence.count++] = lines.at[i].group;
	}
	return sequence;
}

static void
copy_marks(struct lines lines, const struct sequence *sequence)
{
	size_t next = 0;

	for (size_t i = 0; i < lines.count; i++) {
		if (!lines.at[i].changed)
			lines.at[i].changed = sequence->changed[next++];
	}
}

static size_t
changed_run(struct lines lines, size_t from)
{
	size_t end = from;

	while (end < lines.count && lines.at[end].changed)
		end++;
	return end - from;
}

static struct diff_edit *
collect_edits(struct arena *arena, const struct lines sides[2], size_t *count)
{
	struct diff_edit *edits = NULL;
	size_t capacity = 0;
	size_t before = 0;
	size_t after = 0;

	*count = 0;
	while (before < sides[0].count || after < sides[1].count) {
		size_t gone = changed_run(sides[0], before);
		size_t come = changed_run(sides[1], after);

		if (gone + come > 0) {
			edits = arena_grow(arena, edits, *count, &capacity, sizeof(*edits));
			edits[(*count)++] = (struct diff_edit){before, gone, after, come};
		}
		/* what is not changed stands on both sides */
		before += gone + 1;
		after += come + 1;
	}
	return edits;
}

static void
print_range(struct buf *out, char sign, size_t start, size_t count)
{
	/* lines count from 1; an empty range is named by the line before it */
	buf_printf(out, "%c%zu", sign, count == 0 ? start : start + 1);
	if (count != 1)
		buf_printf(out, ",%zu", count);
}

static void
print_hunk_head(struct buf *out, const struct diff_edit *range)
{
	buf_text(out, "@@ ");
	print_range(out, '-', range->before, range->gone);
	buf_char(out, ' ');
	print_range(out, '+', range->after, range->come);
	buf_text(out, " @@\n");
}

static void
print_line(struct buf *out, char sign, struct str line)
{
	buf_char(out, sign);
	buf_add(out, line);
	if (!str_has_suffix(line, STR("\n")))
		buf_text(out, "\n\\ No newline at end of file\n");
}

static void
print_lines(struct buf *out, char sign, struct lines lines, size_t from, size_t count)
{
	for (size_t i = from; i < from + count; i++)
		print_line(out, sign, lines.at[i].text);
}

/* One hunk for edits[0, count), which are close to each other. */
static void
print_hunk(struct buf *out, const struct lines sides[2], const struct diff_edit *edits,
	   size_t count)
{
	const struct diff_edit *last = &edits[count - 1];
	size_t lead = edits[0].before < CONTEXT ? edits[0].before : CONTEXT;
	size_t end = last->before + last->gone;
	size_t trail = sides[0].count - end < CONTEXT ? sides[0].count - end : CONTEXT;
	size_t at = edits[0].before - lead;
	struct diff_edit range = {.before = at, .after = edits[0].after - lead};

	range.gone = end + trail - range.before;
	range.come = last->after + last->come + trail - range.after;
	print_hunk_head(out, &range);
	for (size_t i = 0; i < count; i++) {
		print_lines(out, ' ', sides[0], at, edits[i].before - at);
		print_lines(out, '-', sides[0], edits[i].before, edits[i].gone);
		print_lines(out, '+', sides[1], edits[i].after, edits[i].come);
		at = edits[i].before + edits[i].gone;
	}
	print_lines(out, ' ', sides[0], at, trail);
}

static void
print_hunks(struct buf *out, const struct lines sides[2], const struct diff_edit *edits,
	    size_t count)
{
	size_t end;

	for (size_t start = 0; start < count; start = end) {
		for (end = start + 1; end < count; end++) {
			const struct diff_edit *last = &edits[end - 1];

			if (edits[end].before - (last->before + last->gone) > (size_t)2 * CONTEXT)
				break;
		}
		print_hunk(out, sides, edits + start, end - start);
	}
}

/* Fills in the lines of both sides; what is too long is not looked at but is all one edit. */
static const struct diff_edit *
find_edits(struct arena *arena, struct str before, struct str after, struct lines sides[2],
	   size_t *count)
{
	struct diff_edit all = {.gone = count_lines(before), .come = count_lines(after)};
	struct diff_edit *edits;
	struct sequence shared[2];

	sides[0].at = NULL;
	if (all.gone + all.come > DIFF_LINES_MAX) {
		edits = ARENA_NEW(arena, struct diff_edit);
		*edits = all;
		*count = 1;
		return edits;
	}
	sides[0] = split_lines(arena, before, all.gone, 0);
	sides[1] = split_lines(arena, after, all.come, 1);
	classify(arena, sides);
	for (size_t i = 0; i < 2; i++)
		shared[i] = shared_lines(arena, sides[i]);
	myers_mark(arena, &shared[0], &shared[1]);
	for (size_t i = 0; i < 2; i++)
		copy_marks(sides[i], &shared[i]);
	return collect_edits(arena, sides, count);
}

const struct diff_edit *
diff_edits(struct arena *arena, struct str before, struct str after, size_t *count)
{
	struct lines sides[2];

	*count = 0;
	if (str_eq(before, after))
		return NULL;
	return find_edits(arena, before, after, sides, count);
}

/* One hunk that replaces everything. */
static void
print_replacement(struct buf *out, struct str before, struct str after, const struct diff_edit *all)
{
	struct str line;

	print_hunk_head(out, all);
	while (next_line(&before, &line))
		print_line(out, '-', line);
	while (next_line(&after, &line))
		print_line(out, '+', line);
}

static void
print_differences(struct arena *arena, struct buf *out, struct str before, struct str after)
{
	struct lines sides[2];
	size_t count;
	const struct diff_edit *edits = find_edits(arena, before, after, sides, &count);

	if (sides[0].at == NULL)
		print_replacement(out, before, after, edits);
	else
		print_hunks(out, sides, edits, count);
}

static bool
is_odd(unsigned char c)
{
	return c < ' ' || c >= 0x7f || c == '"' || c == '\\';
}

static void
print_escaped(struct buf *out, unsigned char c)
{
	static const char letters[] = "\aa\bb\tt\nn\vv\ff\rr\"\"\\\\";

	for (size_t i = 0; letters[i] != '\0'; i += 2) {
		if ((unsigned char)letters[i] == c) {
			buf_char(out, '\\');
			buf_char(out, letters[i + 1]);
			return;
		}
	}
	buf_printf(out, "\\%03o", c);
}

void
diff_path(struct buf *out, const char *prefix, struct str path)
{
	bool quoted = false;

	for (size_t i = 0; i < path.len && !quoted; i++)
		quoted = is_odd((unsigned char)path.at[i]);
	if (quoted)
		buf_char(out, '"');
	buf_text(out, prefix);
	for (size_t i = 0; i < path.len; i++) {
		if (is_odd((unsigned char)path.at[i]))
			print_escaped(out, (unsigned char)path.at[i]);
		else
			buf_char(out, path.at[i]);
	}
	if (quoted)
		buf_char(out, '"');
}

static void
print_side(struct buf *out, const char *sign, const char *prefix, struct str path, bool exists)
{
	buf_text(out, sign);
	if (exists) {
		diff_path(out, prefix, path);
		/* patch takes what follows a blank for a date unless a tab ends the name */
		if (str_find(path, ' ') < path.len)
			buf_char(out, '\t');
	} else {
		buf_text(out, "/dev/null");
	}
	buf_char(out, '\n');
}

void
diff_unified(struct arena *arena, struct buf *out, struct str path, struct diff_side before,
	     struct diff_side after)
{
	static const struct str nothing;

	if (!before.exists)
		before.text = nothing;
	if (!after.exists)
		after.text = nothing;
	if (before.exists == after.exists && str_eq(before.text, after.text))
		return;
	buf_text(out, "diff --git ");
	diff_path(out, "a/", path);
	buf_char(out, ' ');
	diff_path(out, "b/", path);
	buf_char(out, '\n');
	if (!before.exists)
		buf_text(out, "new file mode 100644\n");
	if (!after.exists)
		buf_text(out, "deleted file mode 100644\n");
	if (str_eq(before.text, after.text))
		return;
	print_side(out, "--- ", "a/", path, before.exists);
	print_side(out, "+++ ", "b/", path, after.exists);
	print_differences(arena, out, before.text, after.text);
}

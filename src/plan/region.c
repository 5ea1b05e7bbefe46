#include "plan/region.h"

struct finding {
	struct str file;
	uint32_t line; /* of the line in hand */
	uint32_t begin; /* of the markers; 0: not seen yet */
	uint32_t end;
	size_t text_from; /* offsets into the file */
	size_t text_to;
	struct region_fault *fault;
};

static bool
is_blank(struct str text)
{
	return str_trim(text).len == 0;
}

/* Whether a line is this marker; *column is where it starts, from 1. */
static bool
is_marker(struct str line, struct str marker, uint32_t *column)
{
	if (!str_eq(str_trim(line), marker))
		return false;
	*column = (uint32_t)str_find(line, '#') + 1;
	return true;
}

static bool
fail(struct finding *finding, const char *what, uint32_t column, uint32_t other)
{
	*finding->fault = (struct region_fault){what, finding->line, column, other};
	return false;
}

static bool
take_begin(struct finding *finding, uint32_t column, size_t behind)
{
	if (finding->end != 0)
		return fail(finding, "a second region begins here; a file has one", column,
			    finding->begin);
	if (finding->begin != 0)
		return fail(finding, "a region begins here, within the one before it", column,
			    finding->begin);
	finding->begin = finding->line;
	finding->text_from = behind;
	return true;
}

static bool
take_end(struct finding *finding, uint32_t column, size_t at)
{
	if (finding->end != 0)
		return fail(finding, "this marker ends a region that has ended before", column,
			    finding->end);
	if (finding->begin == 0)
		return fail(finding, "this marker ends a region that was never begun", column, 0);
	finding->end = finding->line;
	finding->text_to = at;
	return true;
}

static bool
take_line(struct finding *finding, size_t at, struct str line)
{
	uint32_t column = 1;
	bool begins = is_marker(line, STR(REGION_BEGIN), &column);
	bool ends = is_marker(line, STR(REGION_END), &column);

	if (!begins && !ends)
		return true;
	/* what is indented stands inside of something, where statements of ours would not */
	if (column > 1)
		return fail(finding, "this marker does not stand at the start of its line", column,
			    0);
	if (begins)
		return take_begin(finding, column, at + line.len);
	return take_end(finding, column, at);
}

enum region_state
region_find(struct str file, struct region *region, struct region_fault *fault)
{
	struct finding finding = {.file = file, .line = 1, .fault = fault};

	for (size_t at = 0; at < file.len; finding.line++) {
		struct str rest = str_after(file, at);
		struct str line = str_slice(rest, 0, str_find(rest, '\n') + 1);

		if (!take_line(&finding, at, line))
			return REGION_BROKEN;
		at += line.len;
	}
	if (finding.begin == 0)
		return REGION_NONE;
	if (finding.end == 0) {
		finding.line = finding.begin;
		fail(&finding, "the region that begins here has no end", 1, 0);
		return REGION_BROKEN;
	}
	region->head = str_slice(file, 0, finding.text_from);
	region->text = str_slice(file, finding.text_from, finding.text_to - finding.text_from);
	region->tail = str_after(file, finding.text_to);
	return REGION_FOUND;
}

/* Without the comment at its start, and blank lines. */
static struct str
without_header(struct str content)
{
	while (content.len > 0 && content.at[0] == '#')
		str_cut(&content, '\n');
	while (content.len > 0 && content.at[0] == '\n')
		content = str_after(content, 1);
	return content;
}

struct str
region_text(struct arena *arena, struct str content)
{
	struct str body = without_header(content);
	const char *end = str_has_suffix(body, STR("\n")) ? "" : "\n";

	if (is_blank(body))
		return STR("");
	return arena_printf(arena, "\n%.*s%s\n", STR_ARG(body), end);
}

struct str
region_replace(struct arena *arena, const struct region *region, struct str text)
{
	struct buf file;

	buf_init(&file, arena);
	buf_add(&file, region->head);
	buf_add(&file, text);
	buf_add(&file, region->tail);
	return buf_str(&file);
}

struct str
region_append(struct arena *arena, struct str file, struct str text)
{
	struct buf longer;

	buf_init(&longer, arena);
	buf_add(&longer, file);
	if (file.len > 0 && !str_has_suffix(file, STR("\n")))
		buf_char(&longer, '\n');
	if (file.len > 0)
		buf_char(&longer, '\n');
	buf_text(&longer, REGION_BEGIN "\n");
	buf_add(&longer, text);
	buf_text(&longer, REGION_END "\n");
	return buf_str(&longer);
}

struct str
region_remove(struct arena *arena, const struct region *region)
{
	/* the marker's line is the last one of the head, and the first one of the tail */
	struct str lines = str_slice(region->head, 0, region->head.len - 1);
	size_t last = str_find_last(lines, '\n');
	struct str before = str_slice(lines, 0, last == lines.len ? 0 : last + 1);
	struct str after = region->tail;
	struct buf file;

	str_cut(&after, '\n');
	if (after.len == 0 && str_has_suffix(before, STR("\n\n")))
		before.len--;
	buf_init(&file, arena);
	buf_add(&file, before);
	buf_add(&file, after);
	return buf_str(&file);
}

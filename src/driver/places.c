/* Where findings stand. */
#include "driver/findings.h"

struct str
place_file(struct arena *arena, struct str name)
{
	struct str rest = name;
	struct buf file;

	buf_init(&file, arena);
	if (str_has_prefix(name, STR("/")))
		buf_char(&file, '/');
	while (rest.len > 0) {
		struct str part = str_cut(&rest, '/');

		if (part.len == 0 || str_is(part, "."))
			continue;
		if (file.len > 0 && file.at[file.len - 1] != '/')
			buf_char(&file, '/');
		buf_add(&file, part);
	}
	return arena_str(arena, buf_str(&file));
}

struct str
place_output(struct arena *arena, const struct report *report, struct str path)
{
	struct str folder = {0};

	for (size_t i = 0; i < report->plan->count; i++) {
		const struct source *spec = report->plan->changes[i].output->origin.source;

		if (spec == NULL)
			continue;
		/* outputs lie below the folder of the spec */
		folder = str_slice(spec->name, 0, str_find_last(spec->name, '/') + 1);
		if (!str_has_suffix(folder, STR("/")))
			folder.len = 0;
		break;
	}
	return place_file(arena, arena_printf(arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(path)));
}

struct place
place_of_span(struct arena *arena, struct span span)
{
	struct place place = {0};

	if (span.source == NULL)
		return place;
	place.file = place_file(arena, span.source->name);
	if (span.line == 0)
		return place;
	place.line = span.line;
	place.column = span.column;
	if (span.width > 0) {
		place.end_line = span.line;
		place.end_column = span.column + span.width;
	}
	return place;
}

/* The column behind the last character of a line, its line end included. */
static uint32_t
column_behind(struct cursor *cursor, uint32_t line)
{
	if (!cursor_seek(cursor, line, UINT32_MAX))
		return 1;
	return cursor->column + (cursor_rest(cursor).len > 0 ? 1 : 0);
}

struct place
place_of_lines(struct cursor *cursor, uint32_t line, uint32_t count)
{
	uint32_t next = line + (count > 0 ? count : 1);
	struct place place = {.line = line, .column = 1};

	if (cursor_seek(cursor, next, 1) && cursor_rest(cursor).len > 0) {
		place.end_line = next;
		place.end_column = 1;
	} else {
		/* there is no next line to end at the beginning of */
		place.end_line = next > 1 ? next - 1 : 1;
		place.end_column = column_behind(cursor, place.end_line);
	}
	if (count == 0) {
		place.line = place.end_line;
		place.column = place.end_column;
	}
	return place;
}

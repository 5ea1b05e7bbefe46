#include "diag/cursor.h"

#include "diag/utf8.h"

void
cursor_init(struct cursor *cursor, struct str text)
{
	size_t start = str_has_prefix(text, STR("\xef\xbb\xbf")) ? 3 : 0;

	*cursor = (struct cursor){text, 1, 1, start, start};
}

struct str
cursor_rest(const struct cursor *cursor)
{
	return str_after(cursor->text, cursor->at);
}

struct str
cursor_line_rest(const struct cursor *cursor)
{
	struct str rest = cursor_rest(cursor);

	rest = str_slice(rest, 0, str_find(rest, '\n'));
	while (rest.len > 0 && (rest.at[rest.len - 1] == ' ' || rest.at[rest.len - 1] == '\t' ||
				rest.at[rest.len - 1] == '\r'))
		rest.len--;
	return rest;
}

void
cursor_step(struct cursor *cursor)
{
	if (cursor->text.at[cursor->at] == '\n') {
		cursor->at++;
		cursor->line_start = cursor->at;
		cursor->line++;
		cursor->column = 1;
	} else {
		cursor->at += utf8_step(cursor_rest(cursor));
		cursor->column++;
	}
}

bool
cursor_seek(struct cursor *cursor, uint32_t line, uint32_t column)
{
	if (cursor->line > line || (cursor->line == line && cursor->column > column))
		cursor_init(cursor, cursor->text);
	while (cursor->line < line) {
		cursor->at += str_find(cursor_rest(cursor), '\n');
		if (cursor->at >= cursor->text.len) {
			/* the column is not known here: the next search starts anew */
			cursor->line = UINT32_MAX;
			return false;
		}
		cursor_step(cursor);
	}
	while (cursor->column < column && cursor->at < cursor->text.len &&
	       cursor->text.at[cursor->at] != '\n')
		cursor_step(cursor);
	return true;
}

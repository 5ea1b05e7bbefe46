/*
 * From line and column to bytes. A cursor that only moves on walks over a text once, however many
 * positions it is asked for; going back starts anew at the beginning.
 */
#ifndef DIAG_CURSOR_H
#define DIAG_CURSOR_H

#include <stdint.h>

#include "base/str.h"

struct cursor {
	struct str text;
	uint32_t line;
	uint32_t column;
	size_t line_start; /* byte offsets into the text */
	size_t at;
};

/* At 1:1, behind a BOM. Bytes that are not UTF-8 count as one column each. */
void cursor_init(struct cursor *cursor, struct str text);
/* To the position, at most to the end of its line. False: there is no such line. */
bool cursor_seek(struct cursor *cursor, uint32_t line, uint32_t column);
/* Over one code point or line end; not at the end of the text. */
void cursor_step(struct cursor *cursor);
/* The text from the cursor on. */
struct str cursor_rest(const struct cursor *cursor);
/* Of these, without the line end and trailing blanks, what stands on the cursor's line. */
struct str cursor_line_rest(const struct cursor *cursor);

#endif

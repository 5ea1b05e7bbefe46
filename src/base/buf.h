/*
 * Append-only byte buffers in an arena. Growth cannot fail (see arena.h), so appending needs no
 * check. The contents may move until the last append.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

struct buf {
	struct arena *arena;
	char *at;
	size_t len;
	size_t capacity;
};

void buf_init(struct buf *buf, struct arena *arena);
void buf_add(struct buf *buf, struct str s);
void buf_text(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_fill(struct buf *buf, char c, size_t count);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Appends the words of a text in lines of at most `width` bytes, where its words allow. */
void buf_wrapped(struct buf *buf, struct str text, size_t width);
/* What was appended so far; valid until the next append. */
struct str buf_str(const struct buf *buf);

#endif

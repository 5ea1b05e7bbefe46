#include "base/buf.h"

#include <stdio.h>
#include <string.h>

void
buf_init(struct buf *buf, struct arena *arena)
{
	*buf = (struct buf){.arena = arena};
}

/* Room for `more` bytes behind what is there. */
static char *
reserve(struct buf *buf, size_t more)
{
	if (buf->capacity - buf->len < more) {
		size_t capacity = buf->capacity < 128 ? 256 : buf->capacity * 2;
		char *larger;

		while (capacity - buf->len < more)
			capacity *= 2;
		if (!arena_extend(buf->arena, buf->at, buf->capacity, capacity)) {
			larger = arena_alloc(buf->arena, capacity);
			if (buf->len > 0)
				memcpy(larger, buf->at, buf->len);
			buf->at = larger;
		}
		buf->capacity = capacity;
	}
	return buf->at + buf->len;
}

void
buf_add(struct buf *buf, struct str s)
{
	if (s.len == 0)
		return;
	memcpy(reserve(buf, s.len), s.at, s.len);
	buf->len += s.len;
}

void
buf_text(struct buf *buf, const char *text)
{
	buf_add(buf, str_from(text));
}

void
buf_char(struct buf *buf, char c)
{
	*reserve(buf, 1) = c;
	buf->len++;
}

void
buf_fill(struct buf *buf, char c, size_t count)
{
	if (count == 0)
		return;
	memset(reserve(buf, count), c, count);
	buf->len += count;
}

void
buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	struct str text;

	va_start(args, format);
	text = arena_vprintf(buf->arena, format, args);
	va_end(args);
	buf_add(buf, text);
}

void
buf_wrapped(struct buf *buf, struct str text, size_t width)
{
	size_t column = 0;

	while (text.len > 0) {
		struct str word = str_cut(&text, ' ');

		if (column > 0 && column + 1 + word.len > width) {
			buf_char(buf, '\n');
			column = 0;
		} else if (column > 0) {
			buf_char(buf, ' ');
			column++;
		}
		buf_add(buf, word);
		column += word.len;
	}
	buf_char(buf, '\n');
}

struct str
buf_str(const struct buf *buf)
{
	return (struct str){buf->at, buf->len};
}

#include "diag/utf8.h"

struct range {
	uint32_t first;
	uint32_t last;
};

/* Blocks, not single characters: good enough to place a caret. */
static const struct range wide[] = {
	{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},
	{0x4e00, 0x9fff},   {0xa000, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},
	{0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
	{0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
};

static const struct range combining[] = {
	{0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x064b, 0x065f}, {0x1ab0, 0x1aff},
	{0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
};

static const struct range hidden[] = {
	{0x0000, 0x001f}, {0x007f, 0x009f}, {0x00ad, 0x00ad}, {0x061c, 0x061c},
	{0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0xd800, 0xdfff},
	{0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe0fff},
};

static bool
is_in(const struct range *ranges, size_t count, uint32_t code)
{
	for (size_t i = 0; i < count; i++) {
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	}
	return false;
}

#define IS_IN(ranges, code) is_in((ranges), sizeof(ranges) / sizeof((ranges)[0]), (code))

/* How many bytes a sequence with this first byte has; 0 where none begins so. */
static size_t
sequence_length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first < 0xe0)
		return 2;
	if (first >= 0xe0 && first < 0xf0)
		return 3;
	if (first >= 0xf0 && first < 0xf5)
		return 4;
	return 0;
}

size_t
utf8_decode(struct str s, uint32_t *code)
{
	/* the smallest code point that needs so many bytes */
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char first = (unsigned char)s.at[0];
	size_t len = sequence_length(first);
	uint32_t value = len < 2 ? first : first & (0xffU >> (len + 1));

	*code = first;
	if (len == 0 || len > s.len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		unsigned char next = (unsigned char)s.at[i];

		if ((next & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (next & 0x3fU);
	}
	if (value < least[len] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*code = value;
	return len;
}

size_t
utf8_step(struct str s)
{
	uint32_t code;
	size_t len = utf8_decode(s, &code);

	return len == 0 ? 1 : len;
}

bool
utf8_is_valid(struct str s)
{
	uint32_t code;

	while (s.len > 0) {
		size_t len = utf8_decode(s, &code);

		if (len == 0)
			return false;
		s = str_after(s, len);
	}
	return true;
}

void
utf8_mend(struct buf *out, struct str s)
{
	size_t good = 0;
	uint32_t code;

	while (good < s.len) {
		size_t len = utf8_decode(str_after(s, good), &code);

		if (len > 0 && code != 0) {
			good += len;
			continue;
		}
		buf_add(out, str_slice(s, 0, good));
		buf_text(out, "\xef\xbf\xbd");
		s = str_after(s, good + 1);
		good = 0;
	}
	buf_add(out, s);
}

unsigned
utf8_columns(uint32_t code)
{
	if (code < 0x300)
		return 1;
	if (IS_IN(combining, code))
		return 0;
	return IS_IN(wide, code) ? 2 : 1;
}

bool
utf8_is_hidden(uint32_t code)
{
	if (code >= 0x20 && code < 0x7f)
		return false;
	return IS_IN(hidden, code);
}

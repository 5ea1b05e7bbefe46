#include "plan/pairing.h"

enum {
	/* How far ahead a partner is looked for, so that time stays linear in the lines. */
	LINES_AHEAD = 64,
	/* Lines that are longer in bytes count as changed in whole. */
	LINE_LOOKED_INTO = 4096,
};

static size_t
shared_prefix(struct str a, struct str b)
{
	size_t len = 0;

	while (len < a.len && len < b.len && a.at[len] == b.at[len])
		len++;
	return len;
}

static size_t
shared_suffix(struct str a, struct str b, size_t prefix)
{
	size_t len = 0;

	while (len < a.len - prefix && len < b.len - prefix &&
	       a.at[a.len - len - 1] == b.at[b.len - len - 1])
		len++;
	return len;
}

/* What a line begins with: the name of an argument or function, a quote, a bracket. */
static struct str
head_of(struct str line)
{
	static const char ends[] = "=(\"'#[]{})";
	struct str text = str_trim(line);
	size_t len = 0;

	while (len < text.len && str_find(STR(ends), text.at[len]) == sizeof(ends) - 1)
		len++;
	return str_slice(text, 0, len + 1);
}

/* Of the lines of `many` from `next` on the one most like `line`; many.count: none begins alike. */
static size_t
best_partner(struct str line, struct line_range many, size_t next)
{
	struct str head = head_of(line);
	size_t best = many.count;
	size_t most = 0;

	for (size_t i = next; i < many.count && i - next < LINES_AHEAD; i++) {
		size_t alike = shared_prefix(line, many.lines[i]);

		if (!str_eq(head, head_of(many.lines[i])))
			continue;
		alike += shared_suffix(line, many.lines[i], alike);
		if (best == many.count || alike > most) {
			best = i;
			most = alike;
		}
	}
	return best;
}

int *
pairing_find(struct arena *arena, struct line_range disk, struct line_range ours)
{
	int *partners = ARENA_ARRAY(arena, ours.count, int);
	bool ours_are_few = ours.count <= disk.count;
	struct line_range few = ours_are_few ? ours : disk;
	struct line_range many = ours_are_few ? disk : ours;
	size_t next = 0;

	for (size_t i = 0; i < ours.count; i++)
		partners[i] = disk.count == ours.count ? (int)i : PAIRING_NONE;
	if (disk.count == ours.count)
		return partners;
	for (size_t i = 0; i < few.count; i++) {
		size_t partner = best_partner(few.lines[i], many, next);

		if (partner == many.count)
			continue;
		partners[ours_are_few ? i : partner] = (int)(ours_are_few ? partner : i);
		next = partner + 1;
	}
	return partners;
}

/* ---- what differs in two lines ---- */

size_t
pairing_indent(struct str line)
{
	size_t indent = 0;

	while (indent < line.len && (line.at[indent] == ' ' || line.at[indent] == '\t'))
		indent++;
	return indent;
}

static bool
is_separator(char c)
{
	return c == ' ' || c == ',';
}

/* How much of the prefix is tokens that both lines have; the rest begins with a token in both. */
static size_t
shared_start(struct str ours, struct str disk)
{
	size_t at = shared_prefix(ours, disk);
	struct part left = literal_tokens(ours, (struct part){at, at + 1});
	struct part right = literal_tokens(disk, (struct part){at, at + 1});

	return left.from < right.from ? left.from : right.from;
}

/* As shared_start, for the ends of what stands behind it. */
static size_t
shared_end(struct str ours, struct str disk, size_t start)
{
	size_t len = shared_suffix(ours, disk, start);
	struct part left;
	struct part right;

	do {
		left.from = ours.len - len;
		right.from = disk.len - len;
		left = literal_tokens(ours, (struct part){left.from, left.from + 1});
		right = literal_tokens(disk, (struct part){right.from, right.from + 1});
		if (left.from < ours.len - len)
			len = ours.len - left.to;
		else if (right.from < disk.len - len)
			len = disk.len - right.to;
		else
			return len;
	} while (true);
}

struct part
pairing_changed(struct str ours, struct str disk)
{
	size_t indent = pairing_indent(ours);
	struct part part = {indent, ours.len};
	struct part inner;

	if (indent == ours.len)
		return (struct part){0, ours.len + 1};
	if (ours.len > LINE_LOOKED_INTO || disk.len > LINE_LOOKED_INTO)
		return part;
	inner.from = shared_start(ours, disk);
	inner.to = ours.len - shared_end(ours, disk, inner.from);
	/* where something was put in between, what stands around it */
	if (inner.from == inner.to) {
		inner.from -= inner.from > 0;
		inner.to += inner.to < ours.len;
	} else {
		while (inner.from + 1 < inner.to && is_separator(ours.at[inner.from]))
			inner.from++;
		while (inner.from + 1 < inner.to && is_separator(ours.at[inner.to - 1]))
			inner.to--;
	}
	part.from = inner.from > indent ? inner.from : indent;
	part.to = inner.to > part.from ? inner.to : ours.len;
	return part;
}

bool
pairing_replacement(struct str ours, struct str disk, struct part part, struct str *text)
{
	size_t rest = ours.len - part.to;

	if (part.to > ours.len || part.from + rest > disk.len ||
	    !str_eq(str_slice(ours, 0, part.from), str_slice(disk, 0, part.from)) ||
	    !str_eq(str_after(ours, part.to), str_after(disk, disk.len - rest)))
		return false;
	*text = str_slice(disk, part.from, disk.len - rest - part.from);
	return true;
}

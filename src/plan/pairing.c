#include "plan/pairing.h"

/* How far ahead a partner is looked for, so that time stays linear in the lines. */
enum { LINES_AHEAD = 64 };

size_t
pairing_prefix(struct str a, struct str b)
{
	size_t len = 0;

	while (len < a.len && len < b.len && a.at[len] == b.at[len])
		len++;
	return len;
}

size_t
pairing_suffix(struct str a, struct str b, size_t prefix)
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
		size_t alike = pairing_prefix(line, many.lines[i]);

		if (!str_eq(head, head_of(many.lines[i])))
			continue;
		alike += pairing_suffix(line, many.lines[i], alike);
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

#include "diag/diag.h"

/* Longer words are names or data, not mistyped keywords; they are compared for equality only. */
enum { LONGEST = 64 };

static char
fold(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	if (c == '-')
		return '_';
	return c;
}

void
nearest_init(struct nearest *nearest, struct str given)
{
	size_t allowed = given.len / 3;

	if (given.len > LONGEST)
		allowed = 0;
	else if (allowed > 4)
		allowed = 4;
	*nearest = (struct nearest){.given = given, .distance = allowed + 1};
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Insertions, deletions, substitutions and swaps of two neighbours that make b of a, or any number
 * of at least `limit` as soon as it is clear that there are so many.
 */
static size_t
distance(struct str a, struct str b, size_t limit)
{
	size_t rows[3][LONGEST + 1] = {{0}};
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b.len; j++)
		above[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t best = i;
		size_t *oldest = before;

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			char p = fold(a.at[i - 1]), q = fold(b.at[j - 1]);

			row[j] = least(least(row[j - 1], above[j]) + 1, above[j - 1] + (p != q));
			if (i > 1 && j > 1 && p == fold(b.at[j - 2]) && q == fold(a.at[i - 2]))
				row[j] = least(row[j], before[j - 2] + 1);
			best = least(best, row[j]);
		}
		/* a swap reaches over one row, so a row at the limit can be left by 0 */
		if (best > limit)
			return best;
		before = above;
		above = row;
		row = oldest;
	}
	return above[b.len];
}

static bool
is_same_folded(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (fold(a.at[i]) != fold(b.at[i]))
			return false;
	}
	return true;
}

void
nearest_offer(struct nearest *nearest, struct str candidate)
{
	struct str given = nearest->given;
	size_t difference =
		given.len > candidate.len ? given.len - candidate.len : candidate.len - given.len;
	size_t found;

	/* the word itself is no suggestion */
	if (candidate.len == 0 || difference >= nearest->distance || str_eq(given, candidate))
		return;
	if (is_same_folded(given, candidate))
		found = 0;
	else if (given.len > LONGEST || candidate.len > LONGEST)
		return;
	else
		found = distance(given, candidate, nearest->distance);
	if (found < nearest->distance) {
		nearest->best = candidate;
		nearest->distance = found;
	}
}

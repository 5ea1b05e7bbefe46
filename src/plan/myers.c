#include "plan/myers.h"

/* A diagonal that no path has reached; stays negative when 1 is added. */
enum { UNREACHED = -2 };

/* The part of the edit grid that is looked at: before[a, a_end) against after[b, b_end). */
struct box {
	int32_t a, a_end;
	int32_t b, b_end;
};

/*
 * One of the two searches that run towards each other. The backward one sees the box turned by
 * half a circle, so that both are the same code: x counts items of `before` from the corner where
 * the search starts, y those of `after`, and a diagonal is x - y.
 */
struct search {
	int32_t *reach; /* greatest x on each diagonal; indexed from -most - 1 to most + 1 */
	int32_t depth; /* edits made so far */
	bool backward;
};

struct myers {
	const struct sequence *before;
	const struct sequence *after;
	struct search forward;
	struct search backward;
	int32_t most; /* edits that a search may make */
};

/* Where a box is divided. */
struct split {
	int32_t a;
	int32_t b;
	bool second_is_rest; /* the first part needs few edits */
};

static void
search_init(struct search *search, struct arena *arena, int32_t most, bool backward)
{
	search->reach = ARENA_ARRAY(arena, 2 * (size_t)most + 3, int32_t) + most + 1;
	search->backward = backward;
}

static void
search_start(struct search *search)
{
	search->depth = 0;
	/* boxes begin and end with a difference, so that there is nothing to follow yet */
	search->reach[0] = 0;
	search->reach[-1] = UNREACHED;
	search->reach[1] = UNREACHED;
}

/* How far the items agree from (x, y) on. */
static int32_t
agreement(const struct myers *myers, const struct box *box, bool backward, int32_t x, int32_t y)
{
	const uint32_t *before = myers->before->items;
	const uint32_t *after = myers->after->items;
	int32_t x_left = box->a_end - box->a - x;
	int32_t y_left = box->b_end - box->b - y;
	int32_t most = x_left < y_left ? x_left : y_left;
	int32_t same = 0;

	if (backward) {
		before += box->a_end - x - 1;
		after += box->b_end - y - 1;
		while (same < most && before[-same] == after[-same])
			same++;
	} else {
		before += box->a + x;
		after += box->b + y;
		while (same < most && before[same] == after[same])
			same++;
	}
	return same;
}

/* The greatest x on a diagonal with one edit more, or UNREACHED. */
static int32_t
extend(const struct myers *myers, const struct box *box, const struct search *search,
       int32_t diagonal)
{
	int32_t across = search->reach[diagonal - 1] + 1; /* drop an item of before */
	int32_t down = search->reach[diagonal + 1]; /* take an item of after */
	int32_t x;

	if (across > box->a_end - box->a)
		across = UNREACHED;
	if (down - diagonal > box->b_end - box->b)
		down = UNREACHED;
	x = across > down ? across : down;
	if (x < 0)
		return UNREACHED;
	return x + agreement(myers, box, search->backward, x, x - diagonal);
}

static bool
has_met(const struct box *box, const struct search *other, int32_t diagonal, int32_t x)
{
	int32_t length = box->a_end - box->a;
	int32_t theirs = length - (box->b_end - box->b) - diagonal;

	if (theirs < -other->depth || theirs > other->depth || ((theirs ^ other->depth) & 1) != 0)
		return false;
	return other->reach[theirs] >= 0 && x + other->reach[theirs] >= length;
}

static struct split
split_at(const struct box *box, const struct search *search, int32_t x, int32_t y)
{
	if (search->backward)
		return (struct split){box->a_end - x, box->b_end - y, false};
	return (struct split){box->a + x, box->b + y, true};
}

/* One edit more on each diagonal. True when a path of the other search is met. */
static bool
advance(const struct myers *myers, const struct box *box, struct search *search,
	const struct search *other, struct split *split)
{
	int32_t depth = ++search->depth;
	int32_t low = -depth;
	int32_t high = depth;

	search->reach[-depth - 1] = UNREACHED;
	search->reach[depth + 1] = UNREACHED;
	/* diagonals outside of the box stay unreached */
	if (box->b - box->b_end > low)
		low = box->b - box->b_end + ((depth - (box->b_end - box->b)) & 1);
	if (box->a_end - box->a < high)
		high = box->a_end - box->a - ((depth - (box->a_end - box->a)) & 1);
	for (int32_t diagonal = low; diagonal <= high; diagonal += 2) {
		int32_t x = extend(myers, box, search, diagonal);

		search->reach[diagonal] = x;
		if (x >= 0 && has_met(box, other, diagonal, x)) {
			*split = split_at(box, search, x, x - diagonal);
			return true;
		}
	}
	return false;
}

/* The progress of the farthest path, in items of both sides; *diagonal is where it is. */
static int32_t
farthest(const struct search *search, int32_t *diagonal)
{
	int32_t most = 0;

	for (int32_t k = -search->depth; k <= search->depth; k += 2) {
		int32_t progress = 2 * search->reach[k] - k;

		if (search->reach[k] >= 0 && progress > most) {
			most = progress;
			*diagonal = k;
		}
	}
	return most;
}

/* The box must be empty on neither side, and begin and end with a difference. */
static struct split
divide(struct myers *myers, const struct box *box)
{
	struct search *forward = &myers->forward;
	struct search *backward = &myers->backward;
	struct search *better = forward;
	struct split split;
	int32_t forward_diagonal = 0;
	int32_t backward_diagonal = 0;
	int32_t diagonal;

	search_start(forward);
	search_start(backward);
	while (forward->depth < myers->most) {
		if (advance(myers, box, forward, backward, &split))
			return split;
		if (advance(myers, box, backward, forward, &split))
			return split;
	}
	if (farthest(forward, &forward_diagonal) < farthest(backward, &backward_diagonal))
		better = backward;
	diagonal = better->backward ? backward_diagonal : forward_diagonal;
	return split_at(box, better, better->reach[diagonal], better->reach[diagonal] - diagonal);
}

static void
trim(const struct myers *myers, struct box *box)
{
	int32_t same = agreement(myers, box, false, 0, 0);

	box->a += same;
	box->b += same;
	same = agreement(myers, box, true, 0, 0);
	box->a_end -= same;
	box->b_end -= same;
}

/*
 * Calls itself on the part that needs few edits and goes on with the rest, so that
 * the depth of calls is logarithmic in `most`.
 */
static void
mark(struct myers *myers, struct box box)
{
	for (;;) {
		struct box first;
		struct box second;
		struct split split;

		trim(myers, &box);
		if (box.a == box.a_end || box.b == box.b_end)
			break;
		split = divide(myers, &box);
		first = (struct box){box.a, split.a, box.b, split.b};
		second = (struct box){split.a, box.a_end, split.b, box.b_end};
		mark(myers, split.second_is_rest ? first : second);
		box = split.second_is_rest ? second : first;
	}
	for (int32_t a = box.a; a < box.a_end; a++)
		myers->before->changed[a] = true;
	for (int32_t b = box.b; b < box.b_end; b++)
		myers->after->changed[b] = true;
}

/* Small inputs may be searched more deeply for the same time. */
static int32_t
depth_for(int32_t before, int32_t after)
{
	int64_t depth = (INT64_C(1) << 26) / ((int64_t)before + after + 1);

	if (depth < MYERS_DEPTH_MIN)
		return MYERS_DEPTH_MIN;
	return depth > MYERS_DEPTH_MAX ? MYERS_DEPTH_MAX : (int32_t)depth;
}

void
myers_mark(struct arena *arena, const struct sequence *before, const struct sequence *after)
{
	struct myers myers = {.before = before, .after = after};

	myers.most = depth_for(before->count, after->count);
	search_init(&myers.forward, arena, myers.most, false);
	search_init(&myers.backward, arena, myers.most, true);
	mark(&myers, (struct box){0, before->count, 0, after->count});
}

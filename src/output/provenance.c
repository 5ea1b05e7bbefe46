#include "output/provenance.h"

void
provenance_mark(void *self, size_t from, size_t to, struct span origin)
{
	struct provenance_recorder *recorder = self;
	struct provenance_mark mark = {(uint32_t)from, (uint32_t)to, origin.line, origin.column,
				       origin.width};

	if (origin.source != recorder->source || to > UINT32_MAX)
		return;
	if (recorder->count > 0) {
		const struct provenance_mark *last = &recorder->marks[recorder->count - 1];

		/* a value, and the tag that prints it */
		if (last->from == mark.from && last->to == mark.to && last->line == mark.line &&
		    last->column == mark.column)
			return;
	}
	recorder->marks = arena_grow(recorder->arena, recorder->marks, recorder->count,
				     &recorder->capacity, sizeof(mark));
	recorder->marks[recorder->count++] = mark;
}

struct span
provenance_span(const struct provenance *provenance, const struct provenance_mark *mark)
{
	return (struct span){provenance->source, mark->line, mark->column, mark->width};
}

void
provenance_index_init(struct provenance_index *index, struct arena *arena,
		      const struct provenance *provenance)
{
	const struct provenance_mark *marks = provenance->marks;
	uint32_t count = (uint32_t)provenance->count;
	/* marks that nothing around them was found for yet, each behind those before it */
	uint32_t *open = ARENA_ARRAY(arena, count, uint32_t);
	uint32_t open_count = 0;

	*index = (struct provenance_index){provenance, ARENA_ARRAY(arena, count, uint32_t)};
	for (uint32_t i = 0; i < count; i++) {
		while (open_count > 0 && marks[open[open_count - 1]].from >= marks[i].from)
			index->parents[open[--open_count]] = i;
		open[open_count++] = i;
	}
	while (open_count > 0)
		index->parents[open[--open_count]] = count;
}

/* The first mark that ends at `to` or behind it; `count` where there is none. */
static uint32_t
first_to_end(const struct provenance *provenance, size_t to)
{
	size_t low = 0;
	size_t high = provenance->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (provenance->marks[middle].to < to)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

const struct provenance_mark *
provenance_find(const struct provenance_index *index, size_t from, size_t to)
{
	const struct provenance *provenance = index->provenance;
	uint32_t at = first_to_end(provenance, to);

	/* what contains the range ends no earlier than this one, and so contains this one, too */
	while (at < provenance->count && provenance->marks[at].from > from)
		at = index->parents[at];
	return at < provenance->count ? &provenance->marks[at] : NULL;
}

const struct provenance_mark *
provenance_parent(const struct provenance_index *index, const struct provenance_mark *mark)
{
	const struct provenance *provenance = index->provenance;
	uint32_t parent = index->parents[mark - provenance->marks];

	return parent < provenance->count ? &provenance->marks[parent] : NULL;
}

const struct provenance_mark *
provenance_within(const struct provenance_index *index, size_t from, size_t to)
{
	const struct provenance *provenance = index->provenance;
	uint32_t at = first_to_end(provenance, from + 1);

	/* what ends behind `from` and begins before it stands around the range, or crosses its
	 * beginning */
	while (at < provenance->count && provenance->marks[at].from < from)
		at++;
	if (at == provenance->count || provenance->marks[at].to > to)
		return NULL;
	while (index->parents[at] < provenance->count &&
	       provenance->marks[index->parents[at]].from >= from &&
	       provenance->marks[index->parents[at]].to <= to)
		at = index->parents[at];
	return &provenance->marks[at];
}

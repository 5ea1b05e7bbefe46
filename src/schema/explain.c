/* One key, from a path to it. */
#include "schema/reference.h"

enum { WIDTH = 80 };

/* What a path leads to. */
struct found {
	const struct record_type *type; /* its keys can be listed */
	const struct field *field;
	const struct schema_rule *rule;
	struct rows rows; /* an attribute, as versions have it */
};

struct search {
	struct arena *arena;
	const struct schema_source *schema;
	struct str key;
	struct found found;
	/* Of the misses, the one that got furthest: how many bytes it understood, and what comes
	 * near to the word that it did not. */
	size_t furthest;
	struct nearest nearest;
};

static bool find_in_record(struct search *s, const struct record_type *type, struct str rest);

/* ---- finding ---- */

/* What was not understood begins at `rest`, a part of the key. False, and where to offer words. */
static struct nearest *
miss(struct search *s, struct str rest)
{
	size_t at = s->key.len - rest.len;
	static struct nearest unused;

	if (at < s->furthest)
		return &unused;
	if (at > s->furthest || s->nearest.given.at == NULL) {
		s->furthest = at;
		nearest_init(&s->nearest, str_cut(&rest, '.'));
	}
	return &s->nearest;
}

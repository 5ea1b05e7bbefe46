/* Ranges of versions, and looking up attributes by them. */
#include "catalogue/catalogue.h"

bool
version_in_range(struct str version, const char *since, const char *last)
{
	if (since != NULL && bazel_compare_versions(version, str_from(since)) < 0)
		return false;
	return last == NULL || bazel_compare_versions(version, str_from(last)) <= 0;
}

struct str
version_range_text(struct arena *arena, const char *since, const char *last)
{
	if (since == NULL && last == NULL)
		return STR("in all versions");
	if (last == NULL)
		return arena_printf(arena, "from %s", since);
	if (since == NULL)
		return arena_printf(arena, "up to %s", last);
	return arena_printf(arena, "from %s to %s", since, last);
}

const char *
load_site_at(const struct load_site *sites, struct str version)
{
	const char *label = NULL;

	/* a version that was never released may lie between two rows: the former holds */
	for (const struct load_site *site = sites; site != NULL && site->label != NULL; site++) {
		if (version_in_range(version, site->since, NULL))
			label = site->label;
	}
	return label;
}

/* ---- attributes ---- */

/* The row in force at `version`; else *other is set to the first row of that name, if any. */
static const struct attribute *
find_attribute(const struct attribute *rows, struct str name, struct str version,
	       const struct attribute **other)
{
	for (const struct attribute *row = rows; row->name != NULL; row++) {
		if (!str_is(name, row->name))
			continue;
		if (version_in_range(version, row->since, row->last))
			return row;
		if (*other == NULL)
			*other = row;
	}
	return NULL;
}

const struct attribute *
rule_attribute(const struct rule *rule, struct str name, struct str version)
{
	const struct attribute *other = NULL;

	for (const struct attribute *const *group = rule->attributes; *group != NULL; group++) {
		const struct attribute *row = find_attribute(*group, name, version, &other);

		if (row != NULL)
			return row;
	}
	return other;
}

const struct attribute *
tag_attribute(const struct tag_class *tag, struct str name, struct str version)
{
	const struct attribute *other = NULL;
	const struct attribute *row = find_attribute(tag->attributes, name, version, &other);

	return row != NULL ? row : other;
}

static void
offer_attributes(const struct attribute *rows, struct str version, struct nearest *nearest)
{
	for (const struct attribute *row = rows; row->name != NULL; row++) {
		if (version_in_range(version, row->since, row->last))
			nearest_offer(nearest, str_from(row->name));
	}
}

void
rule_offer_attributes(const struct rule *rule, struct str version, struct nearest *nearest)
{
	for (const struct attribute *const *group = rule->attributes; *group != NULL; group++)
		offer_attributes(*group, version, nearest);
}

void
tag_offer_attributes(const struct tag_class *tag, struct str version, struct nearest *nearest)
{
	offer_attributes(tag->attributes, version, nearest);
}

/*
 * Versions of Bazel modules: RELEASE[-PRERELEASE][+BUILD], each dot-separated; the build part
 * takes no part in the order. As Version.java of Bazel 7 to 9 reads and compares them.
 */
#include "starlark/characters.h"
#include "starlark/starlark.h"

struct version_parts {
	struct str release;
	struct str prerelease; /* empty: none */
};

static struct str
without_zeros(struct str number)
{
	while (number.len > 1 && number.at[0] == '0')
		number = str_after(number, 1);
	return number;
}

/* Decimal numbers of any size, without leading zeros. */
static int
compare_numbers(struct str a, struct str b)
{
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return str_cmp(a, b);
}

static bool
is_part(struct str part, const char *others)
{
	return part.len > 0 && characters_are(part, others);
}

/* No segment is empty, and numbers fit into 64 bits, as Bazel reads them. */
static bool
has_version_segments(struct str part)
{
	struct str largest = STR("18446744073709551615");
	struct str rest = part;

	if (part.at[part.len - 1] == '.')
		return false;
	while (rest.len > 0) {
		struct str segment = str_cut(&rest, '.');

		if (segment.len == 0)
			return false;
		if (characters_are_digits(segment) &&
		    compare_numbers(without_zeros(segment), largest) > 0)
			return false;
	}
	return true;
}

static struct version_parts
split_version(struct str version)
{
	struct version_parts parts;
	struct str rest = version;

	rest = str_cut(&rest, '+');
	parts.release = str_cut(&rest, '-');
	parts.prerelease = rest;
	return parts;
}

bool
bazel_is_version(struct str s)
{
	size_t plus = str_find(s, '+');
	struct str kept = str_slice(s, 0, plus);
	struct version_parts parts = split_version(s);

	if (s.len == 0)
		return true;
	if (plus < s.len && !is_part(str_after(s, plus + 1), ".-"))
		return false;
	if (!is_part(parts.release, ".") || !has_version_segments(parts.release))
		return false;
	if (str_find(kept, '-') == kept.len)
		return true;
	return is_part(parts.prerelease, ".-") && has_version_segments(parts.prerelease);
}

static int
compare_segments(struct str a, struct str b)
{
	bool a_is_number = characters_are_digits(a);
	bool b_is_number = characters_are_digits(b);
	int order = 0;

	if (a_is_number != b_is_number)
		return a_is_number ? -1 : 1;
	if (a_is_number)
		order = compare_numbers(without_zeros(a), without_zeros(b));
	return order != 0 ? order : str_cmp(a, b);
}

static int
compare_parts(struct str a, struct str b)
{
	while (a.len > 0 && b.len > 0) {
		struct str first = str_cut(&a, '.');
		int order = compare_segments(first, str_cut(&b, '.'));

		if (order != 0)
			return order;
	}
	return (a.len > 0) - (b.len > 0);
}

int
bazel_compare_versions(struct str a, struct str b)
{
	struct version_parts left = split_version(a);
	struct version_parts right = split_version(b);
	int order;

	if (a.len == 0 || b.len == 0)
		return (a.len == 0) - (b.len == 0);
	order = compare_parts(left.release, right.release);
	if (order != 0)
		return order;
	/* without a prerelease part is higher */
	if (left.prerelease.len == 0 || right.prerelease.len == 0)
		return (left.prerelease.len == 0) - (right.prerelease.len == 0);
	return compare_parts(left.prerelease, right.prerelease);
}

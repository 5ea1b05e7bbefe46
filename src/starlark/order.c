/* The orders in which buildifier 8.2.1 puts strings and load() statements. */
#include "starlark/starlark.h"

/* Plain strings first, then :x, //x, @x. */
static int
phase_of(struct str s)
{
	if (str_has_prefix(s, STR(":")))
		return 1;
	if (str_has_prefix(s, STR("//")))
		return 2;
	return str_has_prefix(s, STR("@")) ? 3 : 0;
}

/* The end of a string comes first, then '.' and ':' alike, then the other bytes. That is the same
 * as comparing the lists of what stands between dots and colons. */
static int
weight_at(struct str s, size_t at)
{
	if (at == s.len)
		return -2;
	return s.at[at] == '.' || s.at[at] == ':' ? -1 : (unsigned char)s.at[at];
}

int
starlark_compare_strings(struct str a, struct str b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	size_t same = 0;
	int order = 0;

	while (same < shared && a.at[same] == b.at[same])
		same++;
	/* two bytes tell the phase */
	if (same < 2)
		order = phase_of(a) - phase_of(b);
	for (size_t i = same; order == 0 && i <= shared; i++)
		order = weight_at(a, i) - weight_at(b, i);
	return order != 0 ? order : str_cmp(a, b);
}

struct load_label {
	bool is_explicit; /* starts with @ */
	struct str repo;
	struct str package;
	struct str target;
};

/* The last part of a path; a path of slashes only, or an empty one, has a name of its own. */
static struct str
last_part(struct str path)
{
	if (path.len == 0)
		return STR(".");
	while (path.len > 0 && path.at[path.len - 1] == '/')
		path.len--;
	if (path.len == 0)
		return STR("/");
	return str_find(path, '/') == path.len ? path
					       : str_after(path, str_find_last(path, '/') + 1);
}

static void
split_absolute(struct str text, struct load_label *label)
{
	size_t colon = str_find(text, ':');
	struct str package = str_slice(text, 0, colon);

	if (str_has_prefix(package, STR("//")))
		package = str_after(package, 2);
	label->package = package;
	if (colon + 1 < text.len) {
		label->target = str_after(text, colon + 1);
	} else if (str_has_prefix(text, STR("//"))) {
		label->target = last_part(package);
	} else {
		label->target = text;
		label->package = STR("");
	}
}

/* Splits as buildifier does, which also takes what is no label. */
static struct load_label
split_load(struct str text)
{
	struct load_label label = {.is_explicit = str_has_prefix(text, STR("@"))};
	size_t slash;

	if (!label.is_explicit && !str_has_prefix(text, STR("//"))) {
		while (text.len > 0 && text.at[0] == ':')
			text = str_after(text, 1);
		/* relative labels are sorted behind every package */
		label.package = STR("\x7f");
		label.target = text;
		return label;
	}
	if (label.is_explicit) {
		while (text.len > 0 && text.at[0] == '@')
			text = str_after(text, 1);
		slash = str_find(text, '/');
		label.repo = str_slice(text, 0, slash);
		label.target = text;
		if (slash == text.len)
			return label;
		text = str_after(text, slash);
	}
	split_absolute(text, &label);
	return label;
}

static int
compare_folded(struct str a, struct str b)
{
	for (size_t i = 0; i < a.len && i < b.len; i++) {
		unsigned char left = (unsigned char)a.at[i];
		unsigned char right = (unsigned char)b.at[i];

		left += left >= 'A' && left <= 'Z' ? 'a' - 'A' : 0;
		right += right >= 'A' && right <= 'Z' ? 'a' - 'A' : 0;
		if (left != right)
			return left < right ? -1 : 1;
	}
	return (a.len > b.len) - (a.len < b.len);
}

/* Part by part without regard to case, a shorter path first; then bytewise. */
static int
compare_paths(struct str a, struct str b)
{
	struct str left = a;
	struct str right = b;

	while (left.len > 0 || right.len > 0) {
		struct str part = str_cut(&left, '/');
		int order = compare_folded(part, str_cut(&right, '/'));

		if (order != 0)
			return order;
	}
	return str_cmp(a, b);
}

int
starlark_compare_loads(struct str a, struct str b)
{
	struct load_label left = split_load(a);
	struct load_label right = split_load(b);
	int order;

	if (left.is_explicit != right.is_explicit)
		return left.is_explicit ? -1 : 1;
	order = str_cmp(left.repo, right.repo);
	if (order == 0)
		order = (right.package.len == 0) - (left.package.len == 0);
	if (order == 0)
		order = compare_paths(left.package, right.package);
	return order != 0 ? order : compare_paths(left.target, right.target);
}

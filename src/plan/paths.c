#include "plan/paths.h"

#include <stdint.h>

#define STAGED_PREFIX STR(".bzlmodgen-")
#define STAGED_SUFFIX STR(".tmp")

enum {
	PATH_LENGTH_MAX = 4095,
	/* what file systems take (255), less what path_staged adds */
	NAME_LENGTH_MAX = 240,
};

/* As a disk that ignores case would see it. */
static bool
is_name(struct str name, struct str other)
{
	size_t same = 0;

	while (same < name.len && same < other.len) {
		char c = name.at[same];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		if (c != other.at[same])
			return false;
		same++;
	}
	return name.len == other.len;
}

static const char *
name_fault(struct str name)
{
	if (name.len == 0)
		return "has an empty component";
	if (str_is(name, ".") || str_is(name, ".."))
		return "has a component '.' or '..'";
	if (name.len > NAME_LENGTH_MAX)
		return "has a component of more than 240 bytes";
	/* git takes this name in any case for its own, whatever the disk does */
	if (is_name(name, STR(".git")))
		return "lies in a '.git' directory";
	if (path_is_staged(name))
		return "has a name that is kept for temporary files";
	return NULL;
}

const char *
path_fault(struct str path)
{
	struct str rest = path;
	const char *fault = NULL;

	if (path.len == 0)
		return "is empty";
	if (path.at[0] == '/')
		return "is absolute";
	if (path.len > PATH_LENGTH_MAX)
		return "has more than 4095 bytes";
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.at[i];

		if (c < ' ' || c == 0x7f)
			return "holds a control character";
		if (c == '\\')
			return "holds a backslash";
	}
	if (path.at[path.len - 1] == '/')
		return "ends with '/'";
	if (is_name(path, STR(MANIFEST_NAME)))
		return "is where the list of our files stands";
	while (fault == NULL && rest.len > 0)
		fault = name_fault(str_cut(&rest, '/'));
	return fault;
}

struct str
path_parent(struct str path)
{
	size_t slash = str_find_last(path, '/');

	return str_slice(path, 0, slash == path.len ? 0 : slash);
}

struct str
path_name(struct str path)
{
	size_t slash = str_find_last(path, '/');

	return slash == path.len ? path : str_after(path, slash + 1);
}

struct str
path_join(struct arena *arena, struct str directory, struct str name)
{
	if (directory.len == 0)
		return name;
	return arena_printf(arena, "%.*s/%.*s", STR_ARG(directory), STR_ARG(name));
}

size_t
path_step(struct str path, size_t after)
{
	if (after == 0)
		return str_find(path, '/');
	if (after >= path.len)
		return path.len;
	return after + 1 + str_find(str_after(path, after + 1), '/');
}

/* Capital letters beyond ASCII: every step-th one from first to last is `add` before its small
 * letter. Facts from UnicodeData.txt 15.0, two-byte sequences on both sides only. */
struct fold_range {
	uint16_t first;
	uint16_t last;
	uint8_t step;
	uint8_t add;
};
static const struct fold_range fold_ranges[] = {
	{0x00c0, 0x00d6, 1, 0x20}, {0x00d8, 0x00de, 1, 0x20}, {0x0100, 0x012e, 2, 1},
	{0x0132, 0x0136, 2, 1},    {0x0139, 0x0147, 2, 1},    {0x014a, 0x0176, 2, 1},
	{0x0179, 0x017d, 2, 1},    {0x0388, 0x038a, 1, 0x25}, {0x0391, 0x03a1, 1, 0x20},
	{0x03a3, 0x03ab, 1, 0x20}, {0x0400, 0x040f, 1, 0x50}, {0x0410, 0x042f, 1, 0x20},
};

static unsigned
fold_letter(unsigned letter)
{
	for (size_t i = 0; i < sizeof(fold_ranges) / sizeof(*fold_ranges); i++) {
		const struct fold_range *range = &fold_ranges[i];

		if (letter >= range->first && letter <= range->last &&
		    (letter - range->first) % range->step == 0)
			return letter + range->add;
	}
	return letter;
}

struct str
path_fold(struct arena *arena, struct str path)
{
	char *folded = arena_alloc(arena, path.len + 1);

	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.at[i];
		unsigned char next = i + 1 < path.len ? (unsigned char)path.at[i + 1] : 0;

		folded[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
		if (c >= 0xc2 && c <= 0xdf && (next & 0xc0) == 0x80) {
			unsigned letter = fold_letter((c & 0x1fU) << 6 | (next & 0x3fU));

			folded[i] = (char)(0xc0 | letter >> 6);
			folded[++i] = (char)(0x80 | (letter & 0x3f));
		}
	}
	return (struct str){folded, path.len};
}

struct str
path_staged(struct arena *arena, struct str path)
{
	struct str name = arena_printf(arena, "%.*s%.*s%.*s", STR_ARG(STAGED_PREFIX),
				       STR_ARG(path_name(path)), STR_ARG(STAGED_SUFFIX));

	return path_join(arena, path_parent(path), name);
}

bool
path_is_staged(struct str name)
{
	return name.len > STAGED_PREFIX.len + STAGED_SUFFIX.len &&
	       str_has_prefix(name, STAGED_PREFIX) && str_has_suffix(name, STAGED_SUFFIX);
}

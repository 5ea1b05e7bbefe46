#include "base/str.h"

#include <stdint.h>
#include <string.h>

struct str
str_from(const char *text)
{
	return (struct str){text, strlen(text)};
}

bool
str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

int
str_cmp(struct str a, struct str b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool
str_is(struct str a, const char *text)
{
	/* most differ in their first bytes, and then the text's length need not be known */
	for (size_t i = 0; i < a.len; i++) {
		if (text[i] == '\0' || a.at[i] != text[i])
			return false;
	}
	return text[a.len] == '\0';
}

bool
str_has_prefix(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_eq((struct str){s.at, prefix.len}, prefix);
}

bool
str_has_suffix(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_eq(str_after(s, s.len - suffix.len), suffix);
}

struct str
str_slice(struct str s, size_t from, size_t len)
{
	struct str rest = str_after(s, from);

	if (len < rest.len)
		rest.len = len;
	return rest;
}

struct str
str_after(struct str s, size_t from)
{
	if (from > s.len)
		from = s.len;
	if (s.at == NULL)
		return s;
	return (struct str){s.at + from, s.len - from};
}

size_t
str_find(struct str s, char c)
{
	const char *found = s.len == 0 ? NULL : memchr(s.at, c, s.len);

	return found == NULL ? s.len : (size_t)(found - s.at);
}

size_t
str_find_last(struct str s, char c)
{
	for (size_t i = s.len; i > 0; i--) {
		if (s.at[i - 1] == c)
			return i - 1;
	}
	return s.len;
}

size_t
str_find_str(struct str s, struct str needle)
{
	if (needle.len == 0)
		return 0;
	for (size_t at = 0; at + needle.len <= s.len; at++) {
		at += str_find(str_after(s, at), needle.at[0]);
		if (str_has_prefix(str_after(s, at), needle))
			return at;
	}
	return s.len;
}

struct str
str_cut(struct str *rest, char c)
{
	size_t at = str_find(*rest, c);
	struct str head = str_slice(*rest, 0, at);

	*rest = str_after(*rest, at + 1);
	return head;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str
str_trim(struct str s)
{
	while (s.len > 0 && is_blank(s.at[s.len - 1]))
		s.len--;
	while (s.len > 0 && is_blank(s.at[0]))
		s = str_after(s, 1);
	return s;
}

uint64_t
str_hash(struct str s)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.at[i]) * UINT64_C(1099511628211);
	/* spread all bits over all others: users of the hash take its low and its high half */
	hash ^= hash >> 29;
	hash *= UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ (hash >> 32);
}

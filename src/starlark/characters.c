#include "starlark/characters.h"

bool
characters_are(struct str s, const char *others)
{
	struct str set = str_from(others);

	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		bool is_plain =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (!is_plain && str_find(set, c) == set.len)
			return false;
	}
	return true;
}

bool
characters_are_dots(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] != '.')
			return false;
	}
	return true;
}

bool
characters_are_digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
	}
	return true;
}

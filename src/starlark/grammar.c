/* Which names Bazel takes. What 7.7.1 itself accepted or rejected has decided, not documentation,
 * but for package names, where we keep to the documented portable set. */
#include "starlark/characters.h"
#include "starlark/starlark.h"

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_letter(char c)
{
	return is_lower(c) || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
starlark_is_identifier(struct str s)
{
	/* keywords and reserved words of Starlark, and the constants, which nobody should rebind */
	static const char *const words[] = {
		"False",   "None",  "True",     "and",    "as",  "assert", "async", "await",
		"break",   "class", "continue", "def",    "del", "elif",   "else",  "except",
		"finally", "for",   "from",     "global", "if",  "import", "in",    "is",
		"lambda",  "load",  "nonlocal", "not",    "or",  "pass",   "raise", "return",
		"try",     "while", "with",     "yield",
	};

	if (s.len == 0 || is_digit(s.at[0]) || !characters_are(s, "_"))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_is(s, words[i]))
			return false;
	}
	return true;
}

bool
bazel_is_module_name(struct str s)
{
	if (s.len == 0 || !is_lower(s.at[0]))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		bool is_inner = c == '.' || c == '_' || c == '-';

		if (!is_lower(c) && !is_digit(c) && (!is_inner || i + 1 == s.len))
			return false;
	}
	return true;
}

bool
bazel_is_repo_name(struct str s)
{
	return s.len > 0 && is_letter(s.at[0]) && characters_are(s, "_.-");
}

bool
bazel_is_compatibility(struct str s)
{
	struct str rest;

	if (s.len == 0 || str_find(STR("<>-"), s.at[0]) == 3)
		return false;
	rest = str_after(s, s.at[0] != '-' && s.len > 1 && s.at[1] == '=' ? 2 : 1);
	for (int part = 0; part < 3; part++) {
		bool is_last = str_find(rest, '.') == rest.len;
		struct str digits = str_cut(&rest, '.');

		if (digits.len == 0 || !characters_are_digits(digits) || is_last != (part == 2))
			return false;
	}
	return true;
}

bool
bazel_is_package_name(struct str s)
{
	struct str rest = s;

	if (s.len == 0)
		return true;
	if (!characters_are(s, "/-.@_") || s.at[s.len - 1] == '/')
		return false;
	while (rest.len > 0) {
		if (characters_are_dots(str_cut(&rest, '/')))
			return false;
	}
	return true;
}

bool
bazel_is_target_name(struct str s)
{
	struct str rest = s;

	if (s.len == 0 || s.at[s.len - 1] == '/')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (c < 0x20 || c == 0x7f || c == ':' || c == '\\')
			return false;
	}
	while (rest.len > 0) {
		struct str segment = str_cut(&rest, '/');

		if (segment.len == 0 || str_is(segment, ".") || str_is(segment, ".."))
			return false;
	}
	return true;
}

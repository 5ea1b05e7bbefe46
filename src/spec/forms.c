#include "spec/forms.h"

#include <string.h>

#include "starlark/starlark.h"

/* The length of the part of s before the first byte of `stop`. */
static size_t
strcspn_of(struct str s, const char *stop)
{
	size_t at = 0;

	while (at < s.len && strchr(stop, s.at[at]) == NULL)
		at++;
	return at;
}

static bool
is_module_version(struct str s)
{
	return s.len > 0 && bazel_is_version(s);
}

static bool
is_module_name(struct str s)
{
	return bazel_is_module_name(s);
}

static bool
is_repo_name_or_none(struct str s)
{
	return str_is(s, "none") || bazel_is_repo_name(s);
}

static bool
is_version_or_user(struct str s)
{
	return str_is(s, "user") || is_module_version(s);
}

static bool
is_label(struct str s)
{
	struct label label;
	const char *why;

	return label_parse(s, &label, &why);
}

static bool
is_absolute_label(struct str s)
{
	struct label label;
	const char *why;

	return label_parse(s, &label, &why) && (label.has_repo || label.has_package);
}

/* A pattern as register_toolchains takes it. */
static bool
is_pattern(struct str s)
{
	struct str rest = s;

	/* //a/... is about //a, @repo//... about @repo, //... about all */
	if (str_has_suffix(s, STR("//...")))
		rest = str_slice(s, 0, s.len - 5);
	else if (str_has_suffix(s, STR("/...")))
		rest = str_slice(s, 0, s.len - 4);
	return (str_has_prefix(s, STR("//")) || str_has_prefix(s, STR("@"))) &&
	       (rest.len == 0 || is_absolute_label(rest));
}

static bool
is_digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
	}
	return s.len > 0;
}

/* N.N.N, with as many parts as asked for. */
static bool
is_dotted(struct str s, size_t parts)
{
	for (size_t i = 0; i < parts; i++) {
		struct str part = i + 1 < parts ? str_cut(&s, '.') : s;

		if (!is_digits(part) || part.len > 9)
			return false;
	}
	return true;
}

static bool
is_rust_version(struct str s)
{
	return is_dotted(s, 3);
}

static bool
is_bazel_version(struct str s)
{
	return is_dotted(str_slice(s, 0, str_find(s, '-')), 3);
}

static bool
is_date(struct str s)
{
	return s.len == 10 && s.at[4] == '-' && s.at[7] == '-' && is_digits(str_slice(s, 0, 4)) &&
	       is_digits(str_slice(s, 5, 2)) && is_digits(str_slice(s, 8, 2));
}

static bool
is_edition(struct str s)
{
	return str_is(s, "2015") || str_is(s, "2018") || str_is(s, "2021") || str_is(s, "2024");
}

static bool
is_triple(struct str s)
{
	size_t parts = 1;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];

		if (c == '-')
			parts++;
		else if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '.')
			return false;
	}
	return parts >= 2 && parts <= 5;
}

static bool
is_crate_name(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';

		if (!letter && (i == 0 || (!(c >= '0' && c <= '9') && c != '-')))
			return false;
	}
	return s.len > 0 && s.len <= 64;
}

/* buildifier wants names of variables in small letters. */
static bool
is_proxy(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] >= 'A' && s.at[i] <= 'Z')
			return false;
	}
	return starlark_is_identifier(s);
}

static bool
is_package(struct str s)
{
	return s.len == 0 || str_is(s, ".") || bazel_is_package_name(s);
}

static bool
is_rule_reference(struct str s)
{
	size_t at = str_find_last(s, '%');

	return at < s.len && is_absolute_label(str_slice(s, 0, at)) &&
	       starlark_is_identifier(str_after(s, at + 1));
}

/* Below the root, without "." and ".." parts. */
static bool
is_relative_path(struct str s)
{
	if (s.len == 0)
		return false;
	for (struct str rest = s; rest.len > 0;) {
		struct str part = str_cut(&rest, '/');

		if (part.len == 0 || str_is(part, ".") || str_is(part, ".."))
			return false;
	}
	return s.at[s.len - 1] != '/' && str_find(s, '\\') == s.len && str_find(s, '\n') == s.len;
}

static bool
is_requirement(struct str s)
{
	while (s.len > 0) {
		struct str part = str_trim(str_cut(&s, ','));
		size_t at = 0;

		while (at < part.len &&
		       (part.at[at] == '<' || part.at[at] == '>' || part.at[at] == '='))
			at++;
		part = str_trim(str_after(part, at));
		if (at > 2 || (!is_dotted(part, 1) && !is_dotted(part, 2) && !is_dotted(part, 3)))
			return false;
	}
	return true;
}

/* One comparator of a Cargo requirement: ^1.2, ~1, >=1.0.0-rc.1, 1.*, * */
static bool
is_comparator(struct str s)
{
	size_t at = 0;
	size_t parts = 1;

	while (at < s.len && strchr("<>=~^", s.at[at]) != NULL)
		at++;
	if (at > 2)
		return false;
	s = str_trim(str_after(s, at));
	if (str_is(s, "*"))
		return at == 0;
	for (struct str rest = str_slice(s, 0, strcspn_of(s, "-+")); rest.len > 0; parts++) {
		struct str part = str_cut(&rest, '.');

		if (parts > 3 || (!is_digits(part) && !(parts > 1 && str_is(part, "*"))))
			return false;
	}
	return parts > 1 && s.at[s.len - 1] != '.';
}

static bool
is_cargo_requirement(struct str s)
{
	if (s.len == 0)
		return false;
	while (s.len > 0) {
		if (!is_comparator(str_trim(str_cut(&s, ','))))
			return false;
	}
	return true;
}

static bool
is_any(struct str s)
{
	return s.len > 0;
}

const struct form form_module_name = {"a module name: small letters, digits, '.', '-' and '_', a "
				      "letter first, a letter or digit last",
				      is_module_name, "^[a-z]([a-z0-9._-]*[a-z0-9])?$"};
const struct form form_version = {"a module version, such as 1.2.3", is_module_version, NULL};
const struct form form_version_or_user = {"a module version, such as 1.2.3, or 'user'",
					  is_version_or_user, NULL};
const struct form form_repo_name = {
	"a repository name: letters, digits, '.', '-' and '_', a letter first", bazel_is_repo_name,
	"^[A-Za-z][A-Za-z0-9_.-]*$"};
const struct form form_repo_name_or_none = {
	"a repository name (letters, digits, '.', '-' and '_', a letter first) or 'none'",
	is_repo_name_or_none, "^[A-Za-z][A-Za-z0-9_.-]*$"};
const struct form form_compatibility = {
	"a condition on Bazel's version, such as '>=7.0.0' or '-7.0.1'", bazel_is_compatibility,
	"^(>=|<=|>|<|-)[0-9]+\\.[0-9]+\\.[0-9]+$"};
const struct form form_label = {"a label", is_label, NULL};
const struct form form_absolute_label = {"a label that starts with '//' or '@'", is_absolute_label,
					 "^(//|@)"};
const struct form form_pattern = {"a label or pattern that starts with '//' or '@'", is_pattern,
				  "^(//|@)"};
const struct form form_rust_version = {"a Rust release, such as 1.85.0", is_rust_version,
				       "^[0-9]+\\.[0-9]+\\.[0-9]+$"};
const struct form form_bazel_version = {"a Bazel release, such as 7.7.1", is_bazel_version,
					"^[0-9]+\\.[0-9]+\\.[0-9]+(-.+)?$"};
const struct form form_date = {"a date, such as 2025-04-03", is_date,
			       "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"};
const struct form form_edition = {"a Rust edition: 2015, 2018, 2021 or 2024", is_edition,
				  "^(2015|2018|2021|2024)$"};
const struct form form_triple = {"a target triple, such as x86_64-unknown-linux-gnu", is_triple,
				 "^[a-z0-9_.]+(-[a-z0-9_.]+)+$"};
const struct form form_crate = {
	"a crate name: letters, digits, '-' and '_', no digit or '-' first, at most 64",
	is_crate_name, "^[A-Za-z_][A-Za-z0-9_-]*$"};
const struct form form_identifier = {"an identifier: letters, digits and '_', no digit first",
				     starlark_is_identifier, "^[A-Za-z_][A-Za-z0-9_]*$"};
const struct form form_proxy = {"a name of small letters, digits and '_', no digit first", is_proxy,
				"^[a-z_][a-z0-9_]*$"};
const struct form form_package = {
	"a package path: letters, digits, '/', '-', '.', '@' and '_', or '' for the root",
	is_package, NULL};
const struct form form_rule_reference = {"FILE%RULE, such as '//tools:repos.bzl%fetch'",
					 is_rule_reference, "^(//|@).*%[A-Za-z_][A-Za-z0-9_]*$"};
const struct form form_path = {"a path below the root, without '.' and '..'", is_relative_path,
			       NULL};
const struct form form_requirement = {
	"a requirement on bzlmodgen's version, such as '>=0.1' or '>=0.1, <1'", is_requirement,
	NULL};
const struct form form_cargo_requirement = {
	"a Cargo version requirement, such as '1.0', '=1.2.3' or '>=1.2, <2'", is_cargo_requirement,
	NULL};
const struct form form_not_empty = {"text that is not empty", is_any, NULL};

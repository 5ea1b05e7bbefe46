/* Labels as Bazel reads them in BUILD and MODULE files. */
#include "starlark/characters.h"
#include "starlark/starlark.h"

/* Wider than bazel_is_package_name: a label may lead to a package that somebody else named. */
static const char *
package_fault(struct str package)
{
	struct str rest = package;

	if (package.len == 0)
		return NULL;
	if (package.at[0] == '/')
		return "the package starts with '/'";
	if (package.at[package.len - 1] == '/')
		return "the package ends with '/'";
	for (size_t i = 0; i < package.len; i++) {
		unsigned char c = (unsigned char)package.at[i];

		if (c < 0x20 || c >= 0x7f || c == '\\')
			return "the package holds a character that Bazel does not take";
	}
	while (rest.len > 0) {
		struct str segment = str_cut(&rest, '/');

		if (segment.len == 0)
			return "the package holds '//'";
		if (str_is(segment, "..."))
			return "'...' is a pattern for many targets";
		if (str_is(segment, ".") || str_is(segment, ".."))
			return "a part of the package is '.' or '..'";
		if (characters_are_dots(segment))
			return "a part of the package has only dots";
	}
	return NULL;
}

static const char *
target_fault(struct str target)
{
	if (target.len == 0)
		return "the target is empty";
	if (bazel_is_target_name(target))
		return NULL;
	if (target.at[0] == '/')
		return "the target starts with '/'";
	if (target.at[target.len - 1] == '/')
		return "the target ends with '/'";
	if (str_find(target, ':') < target.len)
		return "there is more than one ':'";
	if (str_find(target, '\\') < target.len)
		return "the target holds a '\\'";
	if (str_find_str(target, STR("//")) < target.len)
		return "the target holds '//'";
	for (size_t i = 0; i < target.len; i++) {
		if ((unsigned char)target.at[i] < 0x20 || target.at[i] == 0x7f)
			return "the target holds a control character";
	}
	return "a part of the target is '.' or '..'";
}

/* Takes @repo or @@repo off *rest. */
static const char *
take_repo(struct str *rest, struct label *label)
{
	size_t end;

	label->has_repo = true;
	label->is_canonical = str_has_prefix(*rest, STR("@@"));
	*rest = str_after(*rest, label->is_canonical ? 2 : 1);
	end = str_find_str(*rest, STR("//"));
	label->repo = str_slice(*rest, 0, end);
	*rest = str_after(*rest, end);
	if (rest->len == 0 && label->repo.len == 0)
		return "there is no name behind '@'";
	if (str_find(label->repo, '/') < label->repo.len ||
	    str_find(label->repo, ':') < label->repo.len)
		return "'//' is missing behind the repository";
	if (label->repo.len == 0 || bazel_is_repo_name(label->repo))
		return NULL;
	if (!label->is_canonical)
		return "a repository name starts with a letter and holds only letters, digits, "
		       "'_', '.' and '-'";
	/* names that Bazel made */
	if (!characters_are(label->repo, "_.-+~"))
		return "the repository name holds a character that Bazel does not take";
	return NULL;
}

/* What stands behind the repository, or all where there is none. */
static const char *
take_package_and_target(struct str rest, struct label *label)
{
	size_t colon = str_find(rest, ':');
	const char *fault;

	label->has_package = str_has_prefix(rest, STR("//"));
	if (label->has_package) {
		label->package = str_slice(rest, 2, colon - 2);
	} else if (colon > 0 && colon < rest.len) {
		return "a package starts with '//'";
	}
	if (colon < rest.len)
		label->target = str_after(rest, colon + 1);
	else if (label->has_package && str_find(label->package, '/') < label->package.len)
		label->target = str_after(label->package, str_find_last(label->package, '/') + 1);
	else
		label->target = label->has_package ? label->package : rest;
	fault = label->has_package ? package_fault(label->package) : NULL;
	return fault != NULL ? fault : target_fault(label->target);
}

bool
label_parse(struct str text, struct label *label, const char **why)
{
	struct str rest = text;

	*label = (struct label){.has_repo = false};
	*why = NULL;
	if (text.len == 0) {
		*why = "it is empty";
	} else if (text.at[0] == '@') {
		*why = take_repo(&rest, label);
		if (*why == NULL && rest.len == 0) {
			/* @repo is short for @repo//:repo */
			label->has_package = true;
			label->target = label->repo;
			return true;
		}
	}
	if (*why == NULL)
		*why = take_package_and_target(rest, label);
	return *why == NULL;
}

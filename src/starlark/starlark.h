/*
 * Starlark as buildifier 8.2.1 leaves it: printing, canonical order, grammars of names and labels.
 */
#ifndef STARLARK_STARLARK_H
#define STARLARK_STARLARK_H

#include "starlark/value.h"

/* ---- printing ---- */

/*
 * Appends the expression in the layout that buildifier gives it in BUILD and MODULE files: lists,
 * dicts and calls of one element on one line, of more on a line each, four blanks deeper than
 * `indent`, with a trailing comma. The first line is not indented.
 *
 * `listener` (may be NULL) is told the range of every value that has a source in its origin. What
 * stands in a list, dict or call takes with it what is written for its sake: the keyword or key in
 * front of it and a comma behind it.
 */
void starlark_print(struct buf *out, const struct value *value, unsigned indent,
		    const struct trace *listener);
/*
 * As starlark_print, but a call on one line: buildifier leaves bazel_dep, use_repo and
 * use_extension in MODULE files so, however many arguments they have. Where an argument itself
 * needs several lines, the call gets them as well.
 */
void starlark_print_line(struct buf *out, const struct value *value, const struct trace *listener);
/* A double-quoted literal. The text must be UTF-8 (a NUL is written as an escape, but Bazel has
 * no use for it). */
void starlark_print_string(struct buf *out, struct str text);

/* ---- canonical order ---- */

enum starlark_file {
	STARLARK_BUILD,
	STARLARK_MODULE,
	STARLARK_BZL, /* no call is touched here */
};

/*
 * What buildifier would rewrite in a call of `function` ("rust_library", "crate.spec"; the text of
 * `call` itself is not looked at): arguments in its order, known lists sorted and freed of
 * duplicates, labels shortened, and the same for every call among the arguments. Returns `call`
 * where there is nothing to do, else a new value that shares unchanged parts with it. load() is
 * not a call but a statement of its own; see starlark_compare_loads.
 */
const struct value *starlark_canonical_call(struct arena *arena, struct str function,
					    const struct value *call, enum starlark_file file);
/* The same for a call that nobody else holds: where only its arguments change, `call` itself does,
 * which saves the memory for another one. */
const struct value *starlark_canonicalize(struct arena *arena, struct str function,
					  struct value *call, enum starlark_file file);
/* buildifier's order of strings in a sorted list (and of use_repo). */
int starlark_compare_strings(struct str a, struct str b);
/* buildifier's order of load() labels. Letters outside of ASCII are not folded. */
int starlark_compare_loads(struct str a, struct str b);

/* ---- grammars ---- */

bool starlark_is_identifier(struct str s); /* keywords are not identifiers */
bool bazel_is_module_name(struct str s); /* names that Bazel has taken are well-formed, too */
bool bazel_is_repo_name(struct str s); /* as users may write it */
bool bazel_is_version(struct str s); /* an empty one is a version, too */
bool bazel_is_compatibility(struct str s); /* an item of bazel_compatibility */
bool bazel_is_package_name(struct str s); /* the documented portable set; empty: the root */
bool bazel_is_target_name(struct str s); /* what Bazel takes, which is more than documented */
/* Bazel's order of module versions: <0, 0, >0. Both must be versions. An empty one is highest. */
int bazel_compare_versions(struct str a, struct str b);

struct label {
	bool has_repo; /* @repo or @@repo was written */
	bool is_canonical; /* @@ */
	bool has_package; /* // (or a repo alone) was written */
	struct str repo; /* without @; empty for the main repository */
	struct str package; /* empty: root, or relative */
	struct str target;
};
/*
 * Reads @repo//pkg:target, //pkg, :target, target, @repo. On false *why says what is wrong, in
 * words that fit behind "not a label: ".
 */
bool label_parse(struct str text, struct label *label, const char **why);

/* ---- scan ---- */

/*
 * Looks for what would make a whole file unparsable: unbalanced brackets, an unclosed string. For
 * raw: blocks and rendered templates. Takes time linear in the text and no memory.
 */
struct starlark_fault {
	uint32_t line; /* from 1 */
	uint32_t column; /* from 1, in code points */
	const char *what;
};
/* False: *fault says where and what, fit for a message. */
bool starlark_scan(struct str text, struct starlark_fault *fault);

#endif

/* What is said of files that are not touched, and what to do about them. */
#include <string.h>

#include "plan/diff.h"
#include "plan/include.h"
#include "plan/making.h"
#include "plan/paths.h"

struct str
shown(struct arena *arena, struct str path)
{
	struct buf buf;

	buf_init(&buf, arena);
	diff_path(&buf, "", path);
	return buf_str(&buf);
}

static struct diag *refuse(struct making *making, struct change *change, enum refusal refusal,
			   enum diag_code code, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

static struct diag *
refuse(struct making *making, struct change *change, enum refusal refusal, enum diag_code code,
       const char *format, ...)
{
	struct span span = {0};
	struct str text;
	va_list args;

	if (change->output != NULL)
		span = change->output->origin;
	va_start(args, format);
	text = arena_vprintf(making->arena, format, args);
	va_end(args);
	change->kind = CHANGE_REFUSE;
	change->refusal = refusal;
	return diag_add(making->diags, code, span, "%.*s", STR_ARG(text));
}

void
refuse_path(struct making *making, struct change *change, const char *fault)
{
	struct diag *diag = refuse(making, change, REFUSAL_ESCAPE, DIAG_PLAN_PATH, "path '%.*s' %s",
				   STR_ARG(shown(making->arena, change->path)), fault);

	diag_help(making->diags, diag,
		  "name a path below the project's root, such as 'services/api/BUILD.bazel'");
}

void
refuse_claimed(struct making *making, struct change *change, const struct claim *claim,
	       struct str prefix)
{
	struct diag *diag;

	if (!str_eq(claim->path, prefix)) {
		diag = refuse(making, change, REFUSAL_CASE, DIAG_PLAN_CASE,
			      "'%.*s' differs only in case from '%.*s'", STR_ARG(prefix),
			      STR_ARG(claim->path));
		diag_help(making->diags, diag, "spell both alike, or give one another name");
	} else if (claim->is_file && prefix.len == change->path.len) {
		diag = refuse(making, change, REFUSAL_TWICE, DIAG_PLAN_TWICE,
			      "'%.*s' is asked for twice", STR_ARG(change->path));
		diag_help(making->diags, diag, "remove one of the two, or give it another path");
	} else {
		diag = refuse(making, change, REFUSAL_PARENT, DIAG_PLAN_PARENT,
			      "'%.*s' is to be a file and a directory", STR_ARG(prefix));
		diag_help(making->diags, diag, "give one of the two another path");
	}
	diag_note(making->diags, diag, claim->output->origin, "'%.*s' comes from here",
		  STR_ARG(claim->output->path));
}

void
refuse_unreadable(struct making *making, struct change *change, struct str path, int error)
{
	struct diag *diag = refuse(making, change, REFUSAL_UNREADABLE, DIAG_PLAN_UNREADABLE,
				   "cannot read '%.*s': %s", STR_ARG(path), strerror(error));

	diag_help(making->diags, diag, "make it readable, or move it away");
}

static void
refuse_case_on_disk(struct making *making, struct change *change, struct str culprit)
{
	struct diag *diag = refuse(making, change, REFUSAL_CASE, DIAG_PLAN_CASE,
				   "'%.*s' differs only in case from '%.*s' on disk",
				   STR_ARG(change->path), STR_ARG(shown(making->arena, culprit)));

	diag_help(making->diags, diag,
		  "rename the one on disk, or spell the path in the spec as it is there");
}

static void
refuse_symlink(struct making *making, struct change *change, struct str culprit)
{
	struct diag *diag = refuse(making, change, REFUSAL_SYMLINK, DIAG_PLAN_SYMLINK,
				   "'%.*s' is a symbolic link", STR_ARG(culprit));

	if (!str_eq(change->path, culprit))
		diag_note(making->diags, diag, (struct span){0}, "'%.*s' lies below it",
			  STR_ARG(change->path));
	diag_help(making->diags, diag, "put what it points to in its place, or move it away");
}

void
refuse_place(struct making *making, struct change *change, const struct place *place)
{
	struct str culprit = place->culprit;
	struct diag *diag = NULL;

	if (place->refusal == REFUSAL_CASE) {
		refuse_case_on_disk(making, change, culprit);
	} else if (place->refusal == REFUSAL_SYMLINK) {
		refuse_symlink(making, change, culprit);
	} else if (place->refusal == REFUSAL_UNREADABLE) {
		refuse_unreadable(making, change, culprit, place->error);
	} else if (place->refusal == REFUSAL_FILE_TYPE) {
		diag = refuse(making, change, REFUSAL_FILE_TYPE, DIAG_PLAN_FILE_TYPE,
			      "'%.*s' is not a plain file", STR_ARG(culprit));
	} else {
		diag = refuse(making, change, REFUSAL_PARENT, DIAG_PLAN_PARENT,
			      "'%.*s' is not a directory, which '%.*s' needs", STR_ARG(culprit),
			      STR_ARG(change->path));
	}
	if (diag != NULL)
		diag_help(making->diags, diag, "move it away");
}

/* ---- whose it is ---- */

static const char *
foreign_because(const struct making *making, const struct change *change)
{
	if (change->is_region)
		return "what stands between its markers is not of bzlmodgen's making";
	if (!str_has_prefix(change->after, STR(PLAN_HEADER)))
		return change->line_ends ? "it has other line ends" : "it has other content";
	if (!str_has_prefix(change->before, STR(PLAN_HEADER)))
		return "bzlmodgen did not write it";
	if (!making->has_manifest)
		return "it has our header, but there is no '" MANIFEST_NAME
		       "' that tells what was written";
	return "it has our header, but '" MANIFEST_NAME "' does not list it";
}

void
refuse_unowned(struct making *making, struct change *change)
{
	bool is_lost = !making->has_manifest && str_has_prefix(change->before, STR(PLAN_HEADER));
	bool takes_region = str_has_prefix(change->after, STR(PLAN_HEADER));
	struct diag *diag = refuse(making, change, REFUSAL_UNOWNED, DIAG_PLAN_UNOWNED,
				   "'%.*s' is in the way: %s", STR_ARG(change->path),
				   foreign_because(making, change));

	if (change->is_region)
		diag_help(making->diags, diag,
			  "empty the space between the markers, or have it replaced with "
			  "'--force %.*s'",
			  STR_ARG(change->path));
	else if (is_lost)
		diag_help(making->diags, diag,
			  "bring '%s' back, as it belongs into version control, or have this file "
			  "replaced with '--force %.*s'",
			  MANIFEST_NAME, STR_ARG(change->path));
	else if (takes_region)
		diag_help(making->diags, diag,
			  "move it away, have it replaced with '--force %.*s', or share it: "
			  "'--region %.*s'",
			  STR_ARG(change->path), STR_ARG(change->path));
	else
		diag_help(making->diags, diag,
			  "move it away, or have it replaced with '--force %.*s'",
			  STR_ARG(change->path));
}

void
refuse_edited(struct making *making, struct change *change)
{
	const char *what = "was edited";
	struct diag *diag;

	if (change->line_ends)
		what = "was given other line ends";
	else if (change->is_region)
		what = "was edited between its markers";
	diag = refuse(making, change, REFUSAL_EDITED, DIAG_PLAN_EDITED,
		      "'%.*s' %s since bzlmodgen wrote it", STR_ARG(change->path), what);
	if (change->line_ends)
		diag_help(making->diags, diag,
			  "keep version control from converting it ('%.*s -text' in "
			  ".gitattributes), or have it replaced with '--force %.*s'",
			  STR_ARG(change->path), STR_ARG(change->path));
	else if (change->output->is_optional)
		diag_help(making->diags, diag,
			  "undo that; or have it replaced with '--force %.*s'; or, to have it for "
			  "your own, remove its line from '%s'",
			  STR_ARG(change->path), MANIFEST_NAME);
	else
		diag_help(making->diags, diag,
			  "say it in the spec ('raw' takes any text) and undo it here, or have it "
			  "replaced with '--force %.*s'",
			  STR_ARG(change->path));
}

void
refuse_edited_stale(struct making *making, struct change *change)
{
	struct diag *diag =
		refuse(making, change, REFUSAL_EDITED, DIAG_PLAN_EDITED,
		       "'%.*s' is no longer asked for, but was edited since bzlmodgen wrote it",
		       STR_ARG(change->path));

	diag_help(making->diags, diag,
		  "have it deleted with '--force %.*s', or, to keep it for your own, remove its "
		  "line from '%s'",
		  STR_ARG(change->path), MANIFEST_NAME);
}

/* ---- markers ---- */

static struct span
span_in_file(struct making *making, const struct change *change, uint32_t line, uint32_t column)
{
	struct source *source = ARENA_NEW(making->arena, struct source);

	*source = (struct source){change->path, change->before};
	return (struct span){source, line, column, 1};
}

void
refuse_markers(struct making *making, struct change *change, const struct region_fault *fault)
{
	struct span span = span_in_file(making, change, fault->line, fault->column);
	struct diag *diag = diag_add(making->diags, DIAG_PLAN_MARKERS, span, "%s", fault->what);

	if (fault->other > 0) {
		span.line = fault->other;
		span.column = 1;
		diag_note(making->diags, diag, span, "the marker before it is here");
	}
	diag_help(making->diags, diag, "a file has one line '%s' and, further down, one line '%s'",
		  REGION_BEGIN, REGION_END);
	change->kind = CHANGE_REFUSE;
	change->refusal = REFUSAL_MARKERS;
}

void
refuse_lost_markers(struct making *making, struct change *change)
{
	struct diag *diag =
		refuse(making, change, REFUSAL_MARKERS, DIAG_PLAN_MARKERS,
		       "'%.*s' has lost the markers of what is ours in it", STR_ARG(change->path));

	diag_help(making->diags, diag,
		  "bring them back, have a new region added with '--region %.*s', or the whole "
		  "file replaced with '--force %.*s'",
		  STR_ARG(change->path), STR_ARG(change->path));
}

void
refuse_inner_markers(struct making *making, struct change *change)
{
	struct diag *diag =
		refuse(making, change, REFUSAL_MARKERS, DIAG_PLAN_MARKERS,
		       "the text for '%.*s' holds a marker itself", STR_ARG(change->path));

	diag_help(making->diags, diag, "remove it from the spec's 'raw' text");
}

/* ---- the rest ---- */

void
refuse_not_included(struct making *making, struct change *change, const struct str *text)
{
	const struct output *output = change->output;
	struct str file = output->included_by;
	struct str label = include_label(making->arena, output->path);
	struct diag *diag;

	if (text != NULL) {
		diag = refuse(making, change, REFUSAL_NOT_INCLUDED, DIAG_PLAN_NOT_INCLUDED,
			      "'%.*s' does not include '%.*s'", STR_ARG(file),
			      STR_ARG(output->path));
		diag_help(making->diags, diag, "add the line: include(\"%.*s\")", STR_ARG(label));
	} else {
		diag = refuse(making, change, REFUSAL_NOT_INCLUDED, DIAG_PLAN_NOT_INCLUDED,
			      "there is no file '%.*s' that includes '%.*s'", STR_ARG(file),
			      STR_ARG(output->path));
		diag_help(making->diags, diag, "write one, with the line: include(\"%.*s\")",
			  STR_ARG(label));
	}
	if (text != NULL && str_has_prefix(*text, STR(PLAN_HEADER)))
		diag_note(
			making->diags, diag, (struct span){0},
			"'%.*s' is still the one that bzlmodgen wrote: put one of your own in its "
			"place",
			STR_ARG(file));
}

void
leave(struct making *making, struct change *change, enum refusal why, const char *what)
{
	diag_add(making->diags, DIAG_PLAN_LEFT, (struct span){0}, "'%.*s' is left: %s",
		 STR_ARG(change->path), what);
	change->kind = CHANGE_LEAVE;
	change->refusal = why;
}

/*
 * A Mustache engine: compiles a template once and renders it over typed views. It knows neither
 * Starlark nor the facts: what a name means and how a value is printed is the view's business.
 *
 * {{x}}            the value as a literal of the output's language, at the current indentation
 * {{{x}}}, {{&x}}  the value's bare text
 * {{#x}} {{^x}} {{/x}}, {{! }}, {{> partial}}, {{=<% %>=}} as the Mustache specification says
 */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include "diag/diag.h"

struct view;

/*
 * How a kind of data answers. A NULL member means: never, none, nothing. A list is true when it has
 * items; is_true is not asked then.
 */
struct view_class {
	/* The member of this name. False where the data has no such name. */
	bool (*find)(const void *data, struct str name, struct view *member);
	/* Whether a section over it is rendered. NULL: it is. */
	bool (*is_true)(const void *data);
	/* Whether a section iterates over it, and over what. */
	bool (*is_list)(const void *data);
	size_t (*count)(const void *data);
	struct view (*item)(const void *data, size_t index);
	/* {{x}}: a literal. `indent` is the indentation of the line it starts on, in blanks;
	 * `trace` (may be NULL) is told about its parts, where it has any. */
	void (*print)(const void *data, struct buf *out, unsigned indent,
		      const struct trace *trace);
	/* {{{x}}}: bare text. */
	void (*print_raw)(const void *data, struct buf *out);
	/* The place in the spec that it came from; for tracing. NULL or no source: unknown. */
	struct span (*origin)(const void *data);
};

struct view {
	const struct view_class *class;
	const void *data;
};

/* Where the engine gets partials from: the compiled template of that name, or NULL. */
struct template;
struct template_set {
	void *self;
	const struct template *(*find)(void *self, struct str name);
	/* Feeds the names of all partials to `nearest`; may be NULL. */
	void (*offer_names)(void *self, struct nearest *nearest);
};

enum {
	TEMPLATE_DEPTH_MAX = 64, /* of sections, and of partials within partials */
	TEMPLATE_DELIMITER_MAX = 16, /* bytes of one delimiter */
	TEMPLATE_STEPS_MAX = 50 * 1000 * 1000, /* tags, texts and items that one rendering visits */
};

/*
 * Compiles. The result lives in the arena and points to the source and into its text. False: at
 * least one error (with the template's line and column) is recorded: unclosed tags and sections, a
 * close without an open, unknown tag forms; *compiled is then NULL.
 */
bool template_compile(struct arena *arena, struct diags *diags, const struct source *source,
		      const struct template **compiled);

/*
 * What a rendering is told besides the data.
 * `strict`: a name that no view on the stack has is an error (with the nearest name that these
 * views have, where offer_names lists them), as is a partial that is not there, and a true value
 * that cannot be printed in the way the tag asks. Without it all three render as nothing, as the
 * Mustache specification asks. A member of a false value is nothing in both modes. Rendering goes
 * on after such a mistake, which is reported once for each tag.
 */
struct template_options {
	bool strict;
	/* Feeds the names that data of this class knows to `nearest`; may be NULL. */
	void (*offer_names)(struct view view, struct nearest *nearest);
	/* How much work is too much; 0: TEMPLATE_STEPS_MAX. */
	size_t steps_max;
	/*
	 * Told which bytes of `out` came from which place; may be NULL. For a tag over its value,
	 * for a section over its view (and so for the text in it), for a section over a list first
	 * for each item and then for the list.
	 */
	const struct trace *trace;
};

/*
 * Appends the rendered template. `partials` may be NULL. False: an error is recorded; what was
 * appended is unusable.
 */
bool template_render(struct arena *arena, struct diags *diags, const struct template *template,
		     const struct template_set *partials, struct view root,
		     const struct template_options *options, struct buf *out);

#endif

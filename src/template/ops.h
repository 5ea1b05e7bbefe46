/* What a template is compiled to; private to template/. */
#ifndef TEMPLATE_OPS_H
#define TEMPLATE_OPS_H

#include "template/template.h"

enum op_kind {
	OP_TEXT,
	OP_LITERAL, /* {{x}} */
	OP_RAW, /* {{{x}}} */
	OP_SECTION,
	OP_INVERTED,
	OP_PARTIAL,
};

struct op {
	enum op_kind kind;
	/* Text: begins a line of the template. It may then be empty, and is there to say where the
	 * indentation of a partial goes when the line begins with a tag. */
	bool starts_line;
	bool is_standalone; /* partial: alone on its line */
	size_t end; /* section, inverted: index of the first op behind it */
	struct str text; /* the text, or the name */
	struct str indent; /* partial: what stands before a standalone one */
	struct span span; /* of the name */
};

struct template
{
	const struct op *ops;
	size_t count;
};

/* Code points in s. */
uint32_t template_width(struct str s);

#endif

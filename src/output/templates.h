/* The shipped templates, embedded at build time (cmake/Embed.cmake). */
#ifndef OUTPUT_TEMPLATES_H
#define OUTPUT_TEMPLATES_H

#include <stddef.h>

struct embedded_template {
	const char *name; /* path below templates/ without ".mustache" */
	const char *text; /* followed by a NUL that is not counted */
	size_t length;
};

extern const struct embedded_template embedded_templates[]; /* ended by a NULL name */

#endif

/*
 * Managed regions: in a file of the user's, what stands between two marker lines is ours.
 *
 * A marker is a line of its own that begins with REGION_BEGIN or REGION_END, at its very start, and
 * has nothing behind it but blanks. One region to a file; everything else is an error, since to
 * guess where ours ends would be to overwrite what is not.
 */
#ifndef PLAN_REGION_H
#define PLAN_REGION_H

#include <stdint.h>

#include "base/buf.h"

#define REGION_BEGIN "# bzlmodgen:begin"
#define REGION_END "# bzlmodgen:end"

/* A file, cut in three: nothing of it is missing. */
struct region {
	struct str head; /* with the line of the first marker */
	struct str text; /* what is ours: whole lines, or nothing */
	struct str tail; /* from the line of the second marker on */
};

struct region_fault {
	const char *what; /* in words that can stand alone */
	uint32_t line; /* of the marker that is wrong; from 1 */
	uint32_t column;
	uint32_t other; /* the line of the marker that it collides with; 0: none */
};

enum region_state {
	REGION_NONE, /* no markers at all */
	REGION_FOUND,
	REGION_BROKEN, /* the fault says why */
};

enum region_state region_find(struct str file, struct region *region, struct region_fault *fault);

/*
 * What an output holds between markers: all of its content but the comment that it starts with, in
 * blank lines, so that buildifier takes the markers for comments of their own.
 */
struct str region_text(struct arena *arena, struct str content);
/* The file with another text between its markers. */
struct str region_replace(struct arena *arena, const struct region *region, struct str text);
/* The file with a region at its end, after a blank line. */
struct str region_append(struct arena *arena, struct str file, struct str text);
/* The file without its region and markers; what region_append added is gone, too. */
struct str region_remove(struct arena *arena, const struct region *region);

#endif

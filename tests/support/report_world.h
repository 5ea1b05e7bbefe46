/* A report that a test makes by hand: diagnostics, and a drift whose hunks the test says. */
#ifndef SUPPORT_REPORT_WORLD_H
#define SUPPORT_REPORT_WORLD_H

#include "bzlmodgen/report.h"
#include "plan_world.h"

enum { HUNKS_MAX = 64, CAUSES_MAX = 8 };

struct report_hunk {
	const char *path;
	struct drift_hunk hunk;
	struct drift_cause causes[CAUSES_MAX];
};

struct report_world {
	struct world world;
	struct report_hunk hunks[HUNKS_MAX];
	size_t hunk_count;
	struct drift drift;
	struct report report;
};

/* For cmocka: *state is a struct report_world, with a report of `check` about nothing. */
int report_set_up(void **state);
int report_tear_down(void **state);

/* A place in the spec. */
struct span spec_at(struct report_world *world, uint32_t line, uint32_t column, uint32_t width);
/* An output, and what stands on disk; NULL: nothing. */
void differ(struct report_world *world, const char *path, const char *disk, const char *ours);
/* A hunk of the file, in order. */
struct report_hunk *hunk(struct report_world *world, const char *path, uint32_t disk_line,
			 uint32_t disk_count, uint32_t our_line, uint32_t our_count);
/* Values may be NULL. */
void cause(struct report_world *world, struct report_hunk *hunk, const char *key, struct span span,
	   const char *disk, const char *ours);
/* Makes plan and drift; the result is drift where there is any. Errors of the plan are forgotten,
 * as `check` does. */
void compare(struct report_world *world);

struct str report_as(struct report_world *world,
		     void (*format)(struct arena *, const struct report *, struct buf *));

#endif

/* A plan while it is made: what plan.c, compare.c, stale.c and refuse.c share. */
#ifndef PLAN_MAKING_H
#define PLAN_MAKING_H

#include "plan/manifest.h"
#include "plan/plan.h"
#include "plan/region.h"
#include "plan/tree.h"

/* What the plan is for. */
enum purpose {
	PURPOSE_WRITE,
	PURPOSE_CLEAN,
};

struct making {
	struct arena *arena;
	struct diags *diags;
	const struct fs *fs;
	enum purpose purpose;
	struct tree tree;
	bool has_manifest; /* a file of that name is there */
	bool has_pending; /* and one that a killed run has left */
	struct manifest manifest; /* of the disk, and of a run that was killed */
	struct map claims; /* every prefix of every path, folded -> struct claim */
	struct map outputs; /* path -> struct output */
	struct map forced; /* path -> the path */
	struct map regions; /* path -> the path */
	struct map handed_over; /* every `included_by` -> the path */
};

/* The first output that has a path, or has it as a directory. */
struct claim {
	struct str path;
	const struct output *output;
	bool is_file;
};

/* ---- compare.c ---- */

/* A path as messages show it. */
struct str shown(struct arena *arena, struct str path);
/* Whether `disk` is `ours` with some line ends as CRLF. */
bool differs_in_line_ends(struct str disk, struct str ours);
/* Whether a text is what the manifest says was written, as a file or between markers. */
bool was_written(struct making *making, const struct owned *owned, struct str text, bool is_region);
/* Tells that this, which stands there now, is ours. */
void set_found(struct making *making, struct change *change, struct str text, bool is_region);
/* Reads what stands at change->path into change->before. 0 or an errno value. */
int read_before(struct making *making, struct change *change);
/* What becomes of the file between whose markers `region` was found, if they are to hold `text`. */
void set_region(struct making *making, struct change *change, const struct region *region,
		struct str text);

/* An output against the disk. The path has no faults. */
void compare_output(struct making *making, struct change *change);

/* ---- stale.c ---- */

/*
 * A file of the manifest that is not to be there any more, against the disk. False: nothing is
 * there, so that there is no change to show.
 */
bool compare_stale(struct making *making, const struct owned *owned, struct change *change);

/* ---- refuse.c: what to say; each makes the change a refusal ---- */

void refuse_path(struct making *making, struct change *change, const char *fault);
void refuse_claimed(struct making *making, struct change *change, const struct claim *claim,
		    struct str prefix);
void refuse_place(struct making *making, struct change *change, const struct place *place);
void refuse_unreadable(struct making *making, struct change *change, struct str path, int error);
void refuse_unowned(struct making *making, struct change *change);
/* For what the manifest lists, the file or what stands between its markers. */
void refuse_edited(struct making *making, struct change *change);
/* A stale one, which nothing is to replace. */
void refuse_edited_stale(struct making *making, struct change *change);
void refuse_markers(struct making *making, struct change *change, const struct region_fault *fault);
/* The markers, of which the manifest knows, are gone. */
void refuse_lost_markers(struct making *making, struct change *change);
/* The output itself holds a marker. */
void refuse_inner_markers(struct making *making, struct change *change);
/* `text` is that of the file that should include it; NULL: there is no such file. */
void refuse_not_included(struct making *making, struct change *change, const struct str *text);
/* Makes it CHANGE_LEAVE, with a warning: "'PATH' is left: " and what this says. */
void leave(struct making *making, struct change *change, enum refusal why, const char *what);

#endif

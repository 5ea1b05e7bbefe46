/*
 * What a run came to, for machines: JSON of our own, workflow commands of GitHub, SARIF. The
 * formats are described in docs/report.md.
 */
#ifndef BZLMODGEN_REPORT_H
#define BZLMODGEN_REPORT_H

#include "plan/drift.h"

/* How the run ended; the exit codes of the command line, 0 to 5. */
enum report_result {
	REPORT_DONE,
	REPORT_DRIFT,
	REPORT_USAGE,
	REPORT_INVALID,
	REPORT_REFUSED,
	REPORT_FAILED,
};

/* What the run was about. */
enum report_subject {
	REPORT_OF_SPEC,
	REPORT_OF_DRIFT, /* differences are faults */
	REPORT_OF_WRITING, /* differences are work, which is done where the result is REPORT_DONE */
};

/* All files are named relative to the directory that the spec's name is relative to. */
struct report {
	struct str command; /* "check" */
	enum report_subject subject;
	enum report_result result;
	const struct diags *diags; /* sorted */
	const struct plan *plan; /* NULL: the run did not get that far */
	const struct drift *drift; /* of the plan; NULL as the plan is */
};

/* docs/report.schema.json. This and the next but one use arena_defer. */
void bzlmodgen_report_json(struct arena *arena, const struct report *report, struct buf *out);
/* `::error file=...::...` lines, at most ten; nothing where there is nothing to say. */
void bzlmodgen_report_github(struct arena *arena, const struct report *report, struct buf *out);
/* SARIF 2.1.0 */
void bzlmodgen_report_sarif(struct arena *arena, const struct report *report, struct buf *out);

#endif

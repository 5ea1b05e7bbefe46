/*
 * A report as a flat list: what GitHub shows as annotations and SARIF calls results. Diagnostics
 * become findings, and so do differences between the tree and the spec where those are faults.
 */
#ifndef DRIVER_FINDINGS_H
#define DRIVER_FINDINGS_H

#include "bzlmodgen/report.h"
#include "diag/cursor.h"

/* Numbers count from 1; 0 is not known. The end column is the one behind the last. */
struct place {
	struct str file; /* relative to the working directory; empty: nowhere */
	uint32_t line;
	uint32_t column;
	uint32_t end_line;
	uint32_t end_column;
};

struct finding_note {
	struct place place;
	struct str text;
};

/* What to write at a place instead of what stands there; UTF-8. */
struct finding_edit {
	struct place place;
	struct str text;
	struct str about; /* for people; may be empty */
};

/* Texts are safe to show (diag_escape); the names of files are not. */
struct finding {
	enum diag_code code;
	struct place place;
	struct str text;
	struct str help; /* may be empty */
	struct finding_note *notes;
	size_t note_count;
	struct finding_edit *edit; /* NULL: none */
	struct str identity; /* tells it from others of its code and file, lines moved or not */
	bool leads; /* an error of the spec or the run, or the first difference of a file */
};

struct findings {
	struct arena *arena;
	struct finding *items;
	size_t count;
	size_t capacity;
};

/* Diagnostics first, then differences by path. */
void findings_make(struct arena *arena, const struct report *report, struct findings *findings);

/* ---- findings_drift.c ---- */

/* The finding that it returns is to be filled in. */
struct finding *findings_add(struct findings *findings, enum diag_code code);
void findings_add_drift(struct findings *findings, const struct report *report);

/* ---- places.c ---- */

/* A file's name without "." and empty parts. */
struct str place_file(struct arena *arena, struct str name);
/* The same of an output, whose path is relative to the folder of the spec. */
struct str place_output(struct arena *arena, const struct report *report, struct str path);
struct place place_of_span(struct arena *arena, struct span span);
/*
 * `count` whole lines from `line` on; where count is 0, the point behind the line. The cursor is in
 * the text of the file and only moves on where lines are asked for in order. Names no file.
 */
struct place place_of_lines(struct cursor *cursor, uint32_t line, uint32_t count);

#endif

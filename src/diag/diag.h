/*
 * Diagnostics as data. Every stage records what it finds and goes on where it can; nobody prints
 * but the command line, once, at the end.
 */
#ifndef DIAG_DIAG_H
#define DIAG_DIAG_H

#include <stdint.h>

#include "base/buf.h"

/* A text that positions point into: the spec, or a template. */
struct source {
	struct str name; /* as messages show it */
	struct str text; /* UTF-8 without BOM; line ends as in the file */
};

/* Where something stands. Lines and columns count from 1, columns in code points (that is how
 * libyaml counts). `source` NULL: no position. */
struct span {
	const struct source *source;
	uint32_t line;
	uint32_t column;
	uint32_t width; /* in code points, on the first line; at least 1 where known, else 0 */
};

/*
 * Who is told, while text is appended to a buffer, which bytes of it (from <= byte < to) came from
 * which place. A range is told once it is complete: inner ones come before those around them, and
 * otherwise from left to right. Never empty, and never without a source. The first range told
 * that contains a byte is thus the innermost around it.
 */
struct trace {
	void *self;
	void (*mark)(void *self, size_t from, size_t to, struct span origin);
};

enum severity {
	SEVERITY_ERROR,
	SEVERITY_WARNING,
};

enum diag_code {
#define DIAG(symbol, code, severity, title, text) DIAG_##symbol,
#include "diag/codes.def"
#undef DIAG
	DIAG_COUNT,
};

/* What codes.def says of one code. */
struct diag_info {
	const char *code; /* "S001" */
	enum severity severity;
	const char *title; /* a few words */
	const char *text; /* the long text that `explain` prints */
};

struct diag_note {
	struct span span; /* may have no source */
	struct str text;
	struct diag_note *next;
};

struct diag {
	enum diag_code code;
	struct span span;
	struct str text;
	struct str help; /* what to do; may be empty */
	struct str replacement; /* what to write at the span instead; may be empty */
	struct diag_note *notes;
};

struct diags {
	struct arena *arena;
	struct diag **items;
	size_t count;
	size_t capacity;
	size_t errors; /* kept and dropped */
	size_t warnings;
	size_t dropped; /* errors and warnings beyond the limit of what is kept */
	struct diag *spare; /* takes what is not kept */
};

enum {
	/* Of either severity; the printed text ends with a line that says how many more. */
	DIAGS_MAX = 200,
	/* In bytes; longer texts, made of hostile names, lose their middle. */
	DIAG_TEXT_MAX = 1000,
};

const struct diag_info *diag_info(enum diag_code code);
/* By its written code ("S001"); false where there is none. */
bool diag_find(struct str written, enum diag_code *code);

void diags_init(struct diags *diags, struct arena *arena);
/*
 * Records a diagnostic. The text follows the house grammar: lower case, no full stop, the problem
 * first, names in single quotes. The same text at the same place is recorded once. Never returns
 * NULL: what is not recorded comes back as a diagnostic that takes notes and help, and shows
 * nowhere.
 */
struct diag *diag_add(struct diags *diags, enum diag_code code, struct span span,
		      const char *format, ...) __attribute__((format(printf, 4, 5)));
void diag_note(struct diags *diags, struct diag *diag, struct span span, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void diag_help(struct diags *diags, struct diag *diag, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* "did you mean 'X'?" as help and as replacement; nothing where nearest is empty. */
void diag_suggest(struct diags *diags, struct diag *diag, struct str nearest);

/* By source name, position, code and text; those without position last. */
void diags_sort(struct diags *diags);
/*
 * file:line:col: error[S001]: text / source line / caret / help / notes, for each, in the order
 * in which they stand. No control character of a source or a name gets through (diag_escape).
 */
void diags_print_text(const struct diags *diags, struct buf *out, bool colour);
/* "2 errors, 1 warning"; empty where there is neither. */
struct str diags_summary(const struct diags *diags, struct arena *arena);

/* Appends text that is safe on a terminal: control characters, invisible and reordering format
 * characters and bytes that are not UTF-8 come as \n, \t, \r, \xNN or \u{NNNN}. */
void diag_escape(struct buf *out, struct str text);

/*
 * The nearest of several words by edit distance, for "did you mean". Feed it all candidates; of
 * equally near ones the first wins. Case, and '-' against '_', count for nothing; otherwise about
 * a third of the letters may differ.
 */
struct nearest {
	struct str given;
	struct str best; /* empty: nothing is near enough */
	size_t distance;
};
void nearest_init(struct nearest *nearest, struct str given);
void nearest_offer(struct nearest *nearest, struct str candidate);

#endif

/* The reference pages of the command line, made from the same rows as its help. */
#ifndef CLI_DOCS_PAGES_H
#define CLI_DOCS_PAGES_H

#include "cli/command.h"

/* docs/cli.md */
void page_markdown(struct arena *arena, struct buf *out);
/* docs/bzlmodgen.1, with the macros of man(7) */
void page_manual(struct arena *arena, struct buf *out);

/* Appends a line for each fault in the rows: a name twice, no help, a line that is too wide. False
 * where there is one. */
bool rows_check(struct buf *faults);

#endif

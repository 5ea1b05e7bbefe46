/* Printing, once, at the end of a run; nothing else in the program writes to a terminal. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "cli/command.h"

/* Standard output, diagnostics, messages. Returns `code`, or EXIT_ENVIRONMENT where standard output
 * could not be written. */
enum exit_code report(struct invocation *invocation, enum exit_code code);
/* For when there is no memory left: allocates nothing. Returns EXIT_ENVIRONMENT. */
enum exit_code report_no_memory(void);
/* Whether to colour what goes to this descriptor. */
bool report_colour(const struct invocation *invocation, int descriptor);

#endif

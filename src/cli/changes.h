/* A plan on the command line: shown, or carried out. What generate and clean share. */
#ifndef CLI_CHANGES_H
#define CLI_CHANGES_H

#include "cli/command.h"

/* What a failure to plan or to write is due to. */
enum exit_code changes_blame(const struct diags *diags);
/* Prints what would be done. */
enum exit_code changes_preview(struct invocation *invocation, const struct plan *plan);
/* Does it, and prints what was done. */
enum exit_code changes_apply(struct invocation *invocation, const struct plan *plan);

#endif

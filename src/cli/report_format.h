/*
 * --format: what a run came to, for machines. A command whose standard output is for people says
 * what its report is about; then the report stands there in its place. The others print data of
 * their own, and keep it.
 */
#ifndef CLI_REPORT_FORMAT_H
#define CLI_REPORT_FORMAT_H

#include "cli/command.h"

void report_of_spec(struct invocation *invocation);
/* Differences are faults. The plan is copied, not what it points to. */
void report_of_drift(struct invocation *invocation, const struct plan *plan);
/* Differences are what is about to be written. */
void report_of_writing(struct invocation *invocation, const struct plan *plan);

/*
 * Replaces what goes to standard output by the report; behind data, the one to standard error, if
 * there is anything to say. No diagnostic and no message for people is left. A wrong command line
 * stays as it is, since --format may be what is wrong with it. Not for FORMAT_TEXT.
 */
void report_format(struct invocation *invocation, enum exit_code code);

#endif

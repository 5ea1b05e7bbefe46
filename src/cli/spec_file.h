/* From the command line to a spec in memory and the tree that its outputs belong to. */
#ifndef CLI_SPEC_FILE_H
#define CLI_SPEC_FILE_H

#include "cli/command.h"

/*
 * Enters the directory of -C, finds and reads the spec, and opens the outputs' root and the
 * templates of --templates in invocation->run. *name is how messages call the spec. On anything
 * but EXIT_DONE an error is recorded.
 */
enum exit_code spec_file_open(struct invocation *invocation, struct str *name, struct str *text);

/* The spec's outputs, all of load, resolve and render. EXIT_SPEC: the spec has errors. */
enum exit_code spec_file_outputs(struct invocation *invocation, struct outputs *outputs);

#endif

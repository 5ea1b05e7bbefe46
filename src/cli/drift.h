/* The difference between the tree and the spec: what check, diff and generate --check show. */
#ifndef CLI_DRIFT_H
#define CLI_DRIFT_H

#include "cli/command.h"

enum drift_style {
	DRIFT_REPORT, /* the diff, and a closing message */
	DRIFT_PATCH, /* the diff alone */
	DRIFT_NAMES, /* the paths that differ */
	DRIFT_QUIET, /* nothing but the exit code */
};

enum exit_code drift_show(struct invocation *invocation, enum drift_style style);

#endif

/* What buildifier knows about arguments by their names; private to this folder. */
#ifndef STARLARK_ARGUMENTS_H
#define STARLARK_ARGUMENTS_H

#include "base/str.h"

struct argument_rule {
	int priority; /* lower ones first, equal ones by name */
	bool is_label; /* labels in it are shortened */
	bool is_sorted; /* lists in it are sorted */
};

struct argument_rule argument_rule_of(struct str function, struct str argument);

#endif

/* Parameters of the directives of MODULE.bazel and of package(), at Bazel 7.7.1. */
#ifndef CATALOGUE_DIRECTIVES_H
#define CATALOGUE_DIRECTIVES_H

#include "schema/attribute.h"

/* The rows of git_override, archive_override, single_version_override, multiple_version_override
 * or package, ended by a NULL name; NULL where there is no such directive. `module_name` is not
 * among them. */
const struct attribute *directive_attributes(const char *directive);

#endif

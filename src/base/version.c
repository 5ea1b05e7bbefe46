#include "bzlmodgen/version.h"

/* Set by the build from the project's version. */
const char bzlmodgen_version[] = BZLMODGEN_VERSION;

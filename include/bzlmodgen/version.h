/* The version of bzlmodgen. */
#ifndef BZLMODGEN_VERSION_H
#define BZLMODGEN_VERSION_H

/* "0.1.0" */
extern const char bzlmodgen_version[];

#endif

/* Specs to measure: made up, so that their size can be chosen. */
#ifndef BENCH_WORKLOADS_H
#define BENCH_WORKLOADS_H

#include "base/buf.h"

/* `count` crates under crates.specs, every other one with features. */
struct str workload_crates(struct arena *arena, size_t count);

/* One thing that a spec may have many of. */
struct shape {
	const char *name;
	void (*write)(struct buf *out, size_t count);
	size_t count; /* measured with this many, and with four times as many */
};
extern const struct shape workload_shapes[]; /* ended by a NULL name */

#endif

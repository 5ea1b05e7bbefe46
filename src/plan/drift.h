/*
 * Drift as data: how the tree differs from the outputs, hunk by hunk, and which key of the spec
 * stands behind each hunk. Reports of every format are made from it.
 */
#ifndef PLAN_DRIFT_H
#define PLAN_DRIFT_H

#include "plan/plan.h"

/* A key of the spec that produced differing lines. */
struct drift_cause {
	struct span span; /* of the key's value in the spec; of one that is a block, of the key */
	struct str key; /* "crates.specs.serde.version"; see schema/keys.h */
	/*
	 * Where the change is one value: what stands on disk, and what the spec says, both without
	 * quotes. Of a value that was added or removed by hand, the other side's `at` is NULL; both
	 * are where the change is more than that.
	 */
	struct str disk;
	struct str ours;
};

/* A run of lines that differ; between two runs stands at least one line that is the same. */
struct drift_hunk {
	uint32_t disk_line; /* first line on disk, from 1; where disk_count is 0: the line before */
	uint32_t disk_count;
	uint32_t our_line;
	uint32_t our_count;
	/* In the order of our lines, each once. None where no key of the spec is behind them: in
	 * the header, or in line ends. */
	struct drift_cause *causes;
	size_t cause_count;
};

struct drift_file {
	const struct change *change;
	/* None for what is left as it is, or cannot be compared: a directory in the file's
	 * place, say. */
	struct drift_hunk *hunks;
	size_t hunk_count;
};

struct drift {
	struct drift_file *files; /* the changes that are not CHANGE_KEEP, by path */
	size_t count;
};

/*
 * Compares, with the edits of plan_diff. The plan must have been made from outputs with provenance
 * (run.provenance), else no causes are found. For a file that is missing the cause is the key that
 * asks for it; for lines that were added by hand, the key around them.
 */
void drift_find(struct arena *arena, const struct plan *plan, struct drift *drift);

#endif

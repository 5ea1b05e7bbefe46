/*
 * bzlmodgen.lock.json: which files are ours, with the SHA-256 of what was last written to them.
 *
 *     {
 *       "bzlmodgen": "0.1.0",
 *       "files": {
 *         "BUILD.bazel": {"sha256": "..."},
 *         "service/BUILD.bazel": {"sha256": "...", "region": true}
 *       }
 *     }
 *
 * A line for each file, sorted by path, so that version control merges it line by line. "bzlmodgen"
 * is the version that made the last change to the list; outputs of a newer one are refused.
 * Whoever can write to the tree can write to the manifest, so nothing in it is believed beyond what
 * it takes to leave a file alone.
 */
#ifndef PLAN_MANIFEST_H
#define PLAN_MANIFEST_H

#include "base/map.h"
#include "diag/diag.h"
#include "plan/paths.h"

enum { MANIFEST_SIZE_MAX = 16 * 1024 * 1024 };

/* What was written to a path. */
struct owned {
	struct str path;
	struct str digest; /* of the file, or of what stands between its markers */
	bool is_region;
	struct owned *other; /* what a run that was killed has written, or was about to; or NULL */
};

struct manifest {
	struct str version; /* of the bzlmodgen that wrote it; empty: there is no manifest */
	struct owned **items;
	size_t count;
	size_t capacity;
	struct map by_path; /* -> struct owned */
};

void manifest_init(struct manifest *manifest, struct arena *arena);
/*
 * Reads a manifest. False: it is none, was left in conflict by version control, or was written by a
 * version newer than `version` (a code PLAN_MANIFEST... for each); the manifest is then empty.
 */
bool manifest_read(struct arena *arena, struct diags *diags, const struct source *source,
		   struct str version, struct manifest *manifest);
/* Adds what another manifest lists: as `other` of what is there, else as items of their own. */
void manifest_merge(struct manifest *manifest, const struct manifest *other);
struct owned *manifest_find(const struct manifest *manifest, struct str path);
/* The path must be new. */
void manifest_add(struct manifest *manifest, struct owned owned);
/* The text of a manifest; items are written in the order in which they stand. */
struct str manifest_write(struct arena *arena, const struct manifest *manifest, struct str version);

#endif

/* A spec's outputs, a disk in memory and the plan between them, for tests of plan/. */
#ifndef SUPPORT_PLAN_WORLD_H
#define SUPPORT_PLAN_WORLD_H

#include <setjmp.h>

#include "fs_memory.h"
#include "plan/manifest.h"
#include "plan/plan.h"

/* The content of a file of ours. */
#define OURS(text) PLAN_HEADER "bzlmodgen.yaml. DO NOT EDIT.\n" text

enum { OUTPUTS_MAX = 16 };

struct world {
	struct arena arena;
	struct diags diags;
	struct fs_memory memory;
	struct fs fs;
	struct source spec;
	struct output outputs[OUTPUTS_MAX];
	size_t count;
	struct str forced[2];
	size_t forced_count;
	struct str regions[2];
	size_t region_count;
	struct manifest owned; /* what the manifest on the disk lists */
	struct plan plan;
};

/* Where arenas jump to when memory runs out; main() calls setjmp. */
extern jmp_buf world_escape;

void world_start(struct world *world);
/* For cmocka: *state is a struct world. */
int world_set_up(void **state);
int world_tear_down(void **state);

/* Adds an output; its origin is the line of the spec with its number. */
void want(struct world *world, const char *path, const char *content);
bool make(struct world *world);
bool make_clean(struct world *world);
bool apply(struct world *world);

/* Puts a file there, and into the manifest. */
void own(struct world *world, const char *path, const char *content);
/* Lists in the manifest that this was written, as a file or between markers. */
void list(struct world *world, const char *path, const char *written);
void list_region(struct world *world, const char *path, const char *written);
/* Forgets everything but the spec's text: an empty disk, no outputs, no wishes, no diagnostics. */
void world_clear(struct world *world);

/* Each of these ends the test when there is no such thing, or another. */
const struct change *change_of(const struct world *world, const char *path);
void assert_text(struct str text, const char *expected);
/* The only diagnostic, of this code, with this text and help. */
void assert_diag(const struct world *world, enum diag_code code, const char *text,
		 const char *help);
void assert_content(struct world *world, const char *path, const char *content);
void assert_absent(struct world *world, const char *path);
/* The manifest on the disk: for each file its path and what was written to it; behind a '|', what
 * stands between its markers. Ends with NULL. */
void assert_manifest(struct world *world, ...);

#endif

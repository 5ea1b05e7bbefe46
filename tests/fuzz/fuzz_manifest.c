/*
 * Input: a manifest. Oracle: it is refused with one error, or everything that it lists is within
 * the rules, and what is written of it is read as the same.
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include "plan/digest.h"
#include "plan/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool holds)
{
	if (!holds)
		abort();
}

static bool
read_manifest(struct arena *arena, struct str text, struct manifest *manifest)
{
	struct source *source = ARENA_NEW(arena, struct source);
	struct diags diags;
	bool good;

	*source = (struct source){STR(MANIFEST_NAME), text};
	diags_init(&diags, arena);
	good = manifest_read(arena, &diags, source, STR("1.0.0"), manifest);
	require(diags.errors == (good ? 0 : 1));
	require(good || manifest->count == 0);
	return good;
}

static void
check(struct arena *arena, struct str text)
{
	struct manifest manifest;
	struct manifest again;
	struct str written;

	if (!read_manifest(arena, text, &manifest))
		return;
	written = manifest_write(arena, &manifest, manifest.version);
	require(read_manifest(arena, written, &again));
	require(again.count == manifest.count && str_eq(again.version, manifest.version));
	for (size_t i = 0; i < manifest.count; i++) {
		const struct owned *owned = manifest.items[i];

		require(path_fault(owned->path) == NULL && digest_is_sound(owned->digest));
		require(manifest_find(&manifest, owned->path) == owned);
		require(str_eq(again.items[i]->path, owned->path));
		require(str_eq(again.items[i]->digest, owned->digest));
		require(again.items[i]->is_region == owned->is_region);
	}
	require(str_eq(manifest_write(arena, &again, again.version), written));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	jmp_buf escape;

	arena_init(&arena, (size_t)1 << 28, &escape);
	if (setjmp(escape) == 0)
		check(&arena, (struct str){(const char *)data, size});
	arena_free(&arena);
	return 0;
}

#include "plan_world.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "bzlmodgen/version.h"
#include "plan/digest.h"

jmp_buf world_escape;

void
world_start(struct world *world)
{
	*world = (struct world){.spec = {STR("bzlmodgen.yaml"), STR("a\nb\nc\n")}};
	arena_init(&world->arena, (size_t)1 << 28, &world_escape);
	diags_init(&world->diags, &world->arena);
	fs_memory_init(&world->memory, &world->arena, &world->fs);
	manifest_init(&world->owned, &world->arena);
}

void
world_clear(struct world *world)
{
	world->count = 0;
	world->forced_count = 0;
	world->region_count = 0;
	diags_init(&world->diags, &world->arena);
	fs_memory_init(&world->memory, &world->arena, &world->fs);
	manifest_init(&world->owned, &world->arena);
}

int
world_set_up(void **state)
{
	static struct world world;

	world_start(&world);
	*state = &world;
	return 0;
}

int
world_tear_down(void **state)
{
	arena_free(&((struct world *)*state)->arena);
	return 0;
}

void
want(struct world *world, const char *path, const char *content)
{
	uint32_t line = (uint32_t)world->count + 1;

	world->outputs[world->count++] = (struct output){
		.path = str_from(path),
		.content = str_from(content),
		.origin = {&world->spec, line, 1, 1},
	};
}

bool
make(struct world *world)
{
	struct plan_wishes wishes = {world->forced, world->forced_count, world->regions,
				     world->region_count};

	return plan_make(&world->arena, &world->diags, &world->fs, world->outputs, world->count,
			 &wishes, &world->plan);
}

bool
make_clean(struct world *world)
{
	return plan_clean(&world->arena, &world->diags, &world->fs, world->outputs, world->count,
			  &world->plan);
}

static int
by_path(const void *a, const void *b)
{
	return str_cmp((*(struct owned *const *)a)->path, (*(struct owned *const *)b)->path);
}

static void
add_to_list(struct world *world, const char *path, const char *written, bool is_region)
{
	struct manifest *owned = &world->owned;
	struct str text;

	manifest_add(owned, (struct owned){.path = str_from(path),
					   .digest = digest_of(&world->arena, str_from(written)),
					   .is_region = is_region});
	qsort(owned->items, owned->count, sizeof(struct owned *), by_path);
	text = manifest_write(&world->arena, owned, str_from(bzlmodgen_version));
	fs_memory_file(&world->memory, MANIFEST_NAME, arena_str(&world->arena, text).at);
}

void
list(struct world *world, const char *path, const char *written)
{
	add_to_list(world, path, written, false);
}

void
list_region(struct world *world, const char *path, const char *written)
{
	add_to_list(world, path, written, true);
}

void
own(struct world *world, const char *path, const char *content)
{
	fs_memory_file(&world->memory, path, content);
	list(world, path, content);
}

bool
apply(struct world *world)
{
	return plan_apply(&world->arena, &world->diags, &world->fs, &world->plan);
}

const struct change *
change_of(const struct world *world, const char *path)
{
	for (size_t i = 0; i < world->plan.count; i++) {
		if (str_is(world->plan.changes[i].path, path))
			return &world->plan.changes[i];
	}
	fail_msg("no change for %s", path);
	return NULL;
}

void
assert_text(struct str text, const char *expected)
{
	if (!str_is(text, expected))
		fail_msg("expected:\n%s\ngot:\n%.*s", expected, STR_ARG(text));
}

void
assert_diag(const struct world *world, enum diag_code code, const char *text, const char *help)
{
	assert_int_equal(world->diags.count, 1);
	assert_int_equal(world->diags.items[0]->code, code);
	assert_text(world->diags.items[0]->text, text);
	assert_text(world->diags.items[0]->help, help);
}

void
assert_content(struct world *world, const char *path, const char *content)
{
	const struct fs_entry *entry = fs_memory_find(&world->memory, str_from(path));

	assert_non_null(entry);
	assert_int_equal(entry->kind, FS_FILE);
	assert_text(entry->content, content);
}

void
assert_absent(struct world *world, const char *path)
{
	if (fs_memory_find(&world->memory, str_from(path)) != NULL)
		fail_msg("%s is there", path);
}

void
assert_manifest(struct world *world, ...)
{
	struct manifest expected;
	va_list args;

	manifest_init(&expected, &world->arena);
	va_start(args, world);
	for (const char *path = va_arg(args, const char *); path != NULL;
	     path = va_arg(args, const char *)) {
		struct str text = str_from(va_arg(args, const char *));
		bool is_region = str_has_prefix(text, STR("|"));

		manifest_add(&expected,
			     (struct owned){
				     .path = str_from(path),
				     .digest = digest_of(&world->arena, str_after(text, is_region)),
				     .is_region = is_region});
	}
	va_end(args);
	assert_content(world, MANIFEST_NAME,
		       arena_str(&world->arena, manifest_write(&world->arena, &expected,
							       str_from(bzlmodgen_version)))
			       .at);
}

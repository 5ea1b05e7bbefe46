#include "plan_world.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

jmp_buf world_escape;

void
world_start(struct world *world)
{
	*world = (struct world){.spec = {STR("bzlmodgen.yaml"), STR("a\nb\nc\n")}};
	arena_init(&world->arena, (size_t)1 << 28, &world_escape);
	diags_init(&world->diags, &world->arena);
	fs_memory_init(&world->memory, &world->arena, &world->fs);
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
		.has_header = str_has_prefix(str_from(content), STR(PLAN_HEADER)),
	};
}

bool
make(struct world *world)
{
	return plan_make(&world->arena, &world->diags, &world->fs, world->outputs, world->count,
			 world->forced, world->forced_count, &world->plan);
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
		if (str_is(world->plan.changes[i].output->path, path))
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

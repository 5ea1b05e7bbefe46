#include "world.h"

#include <errno.h>

#include "plan/fs_disk.h"

struct str
world_read(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "r");
	char chunk[1 << 14];
	struct buf text;
	size_t got;

	if (file == NULL) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(1);
	}
	buf_init(&text, arena);
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_add(&text, (struct str){chunk, got});
	fclose(file);
	return buf_str(&text);
}

void
world_open(struct world *world, struct arena *arena, const char *directory)
{
	*world = (struct world){.arena = arena};
	world->run = (struct run){
		.arena = arena, .diags = &world->diags, .fs = &world->fs, .provenance = true};
	world->text = world_read(arena, arena_printf(arena, "%s/bzlmodgen.yaml", directory).at);
	if (fs_disk_open(arena, directory, &world->fs) != 0) {
		fprintf(stderr, "cannot open %s\n", directory);
		exit(1);
	}
}

bool
world_render(struct world *world, struct str text, struct outputs *outputs)
{
	diags_init(&world->diags, world->arena);
	return bzlmodgen_outputs(&world->run, STR("bzlmodgen.yaml"), text, outputs);
}

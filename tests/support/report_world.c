#include "report_world.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int
report_set_up(void **state)
{
	static struct report_world world;

	world = (struct report_world){0};
	world_start(&world.world);
	world.report = (struct report){
		.command = STR("check"),
		.subject = REPORT_OF_DRIFT,
		.diags = &world.world.diags,
	};
	*state = &world;
	return 0;
}

int
report_tear_down(void **state)
{
	arena_free(&((struct report_world *)*state)->world.arena);
	return 0;
}

struct span
spec_at(struct report_world *world, uint32_t line, uint32_t column, uint32_t width)
{
	return (struct span){&world->world.spec, line, column, width};
}

void
differ(struct report_world *world, const char *path, const char *disk, const char *ours)
{
	want(&world->world, path, ours);
	if (disk != NULL && str_has_prefix(str_from(disk), STR(PLAN_HEADER)))
		own(&world->world, path, disk);
	else if (disk != NULL)
		fs_memory_file(&world->world.memory, path, disk);
}

struct report_hunk *
hunk(struct report_world *world, const char *path, uint32_t disk_line, uint32_t disk_count,
     uint32_t our_line, uint32_t our_count)
{
	struct report_hunk *added = &world->hunks[world->hunk_count++];

	assert_true(world->hunk_count <= HUNKS_MAX);
	*added = (struct report_hunk){
		.path = path,
		.hunk = {disk_line, disk_count, our_line, our_count, added->causes, 0},
	};
	return added;
}

void
cause(struct report_world *world, struct report_hunk *hunk, const char *key, struct span span,
      const char *disk, const char *ours)
{
	struct drift_cause *added = &hunk->causes[hunk->hunk.cause_count++];

	(void)world;
	assert_true(hunk->hunk.cause_count <= CAUSES_MAX);
	*added = (struct drift_cause){.span = span, .key = str_from(key)};
	if (disk != NULL)
		added->disk = str_from(disk);
	if (ours != NULL)
		added->ours = str_from(ours);
}

static void
compare_file(struct report_world *world, const struct change *change)
{
	struct drift_file *file = &world->drift.files[world->drift.count++];

	file->change = change;
	file->hunks = ARENA_ARRAY(&world->world.arena, world->hunk_count, struct drift_hunk);
	for (size_t i = 0; i < world->hunk_count; i++) {
		if (str_is(change->path, world->hunks[i].path))
			file->hunks[file->hunk_count++] = world->hunks[i].hunk;
	}
}

/* The list of our files is a file like any other, and would be one more in each report. */
static void
leave_list_out(struct plan *plan)
{
	size_t kept = 0;

	for (size_t i = 0; i < plan->count; i++) {
		if (str_is(plan->changes[i].path, MANIFEST_NAME))
			plan->by_kind[plan->changes[i].kind]--;
		else
			plan->changes[kept++] = plan->changes[i];
	}
	plan->count = kept;
	plan->manifest = NULL;
}

void
compare(struct report_world *world)
{
	struct plan *plan = &world->world.plan;

	assert_true(make(&world->world));
	leave_list_out(plan);
	diags_init(&world->world.diags, &world->world.arena);
	world->drift.files = ARENA_ARRAY(&world->world.arena, plan->count, struct drift_file);
	for (size_t i = 0; i < plan->count; i++) {
		if (plan->changes[i].kind != CHANGE_KEEP)
			compare_file(world, &plan->changes[i]);
	}
	world->report.plan = plan;
	world->report.drift = &world->drift;
	world->report.result = plan_in_sync(plan) ? REPORT_DONE : REPORT_DRIFT;
}

struct str
report_as(struct report_world *world,
	  void (*format)(struct arena *, const struct report *, struct buf *))
{
	struct buf out;

	buf_init(&out, &world->world.arena);
	diags_sort(&world->world.diags);
	format(&world->world.arena, &world->report, &out);
	return buf_str(&out);
}

#include <errno.h>
#include <string.h>

#include "base/map.h"
#include "plan/paths.h"
#include "plan/plan.h"

struct staged {
	const struct change *change;
	struct str path; /* where the content is, until it is renamed */
};

struct applying {
	struct arena *arena;
	struct diags *diags;
	const struct fs *fs;
	const struct plan *plan;
	struct staged *staged;
	size_t staged_count;
	struct str *made; /* directories that were not there, parents first */
	size_t made_count;
	size_t made_capacity;
	struct map known; /* directories that are there; value: anything */
	struct diag *failure; /* set before anything returns false */
};

static void
fail(struct applying *applying, const char *what, struct str path, int error)
{
	applying->failure = diag_add(applying->diags, DIAG_PLAN_NOT_WRITTEN, (struct span){0},
				     "cannot %s '%.*s': %s", what, STR_ARG(path), strerror(error));
}

static bool
remove_leftover(struct applying *applying, struct str path)
{
	const struct fs *fs = applying->fs;
	int error = 0;
	enum fs_kind kind = fs->kind(fs->self, path, &error);

	/* whatever else has such a name is not of our making */
	if (kind == FS_FILE)
		error = fs->remove(fs->self, path);
	else if (kind != FS_ERROR)
		return true;
	if (error == 0 || error == ENOENT)
		return true;
	fail(applying, "remove the temporary file", path, error);
	return false;
}

static bool
remove_leftovers(struct applying *applying)
{
	for (size_t i = 0; i < applying->plan->leftover_count; i++) {
		if (!remove_leftover(applying, applying->plan->leftovers[i]))
			return false;
	}
	return true;
}

static bool
make_directory(struct applying *applying, struct str path)
{
	const struct fs *fs = applying->fs;
	int error = 0;
	enum fs_kind kind = fs->kind(fs->self, path, &error);

	if (kind == FS_NONE) {
		error = fs->make_directory(fs->self, path);
		if (error == 0) {
			applying->made =
				arena_grow(applying->arena, applying->made, applying->made_count,
					   &applying->made_capacity, sizeof(*applying->made));
			applying->made[applying->made_count++] = path;
		}
	} else if (kind != FS_ERROR && kind != FS_DIRECTORY) {
		error = ENOTDIR;
	}
	if (error == 0)
		return true;
	fail(applying, "make the directory", path, error);
	return false;
}

static bool
make_parents(struct applying *applying, struct str path)
{
	struct str parent = path_parent(path);

	for (size_t len = 0; len < parent.len;) {
		struct str prefix;

		len = path_step(parent, len);
		prefix = str_slice(parent, 0, len);
		if (map_get(&applying->known, prefix) != NULL)
			continue;
		if (!make_directory(applying, prefix))
			return false;
		map_add(&applying->known, prefix, applying);
	}
	return true;
}

static bool
stage_file(struct applying *applying, const struct change *change)
{
	const struct fs *fs = applying->fs;
	struct str target = change->output->path;
	struct str path = path_staged(applying->arena, target);
	unsigned mode = FS_MODE_NEW;
	int error;

	if (!make_parents(applying, target))
		return false;
	if (change->existed) {
		error = fs->mode(fs->self, target, &mode);
		if (error != 0) {
			fail(applying, "read the mode of", target, error);
			return false;
		}
	}
	error = fs->create(fs->self, path, change->output->content, mode);
	if (error != 0) {
		fail(applying, "write", path, error);
		return false;
	}
	applying->staged[applying->staged_count++] = (struct staged){change, path};
	return true;
}

static bool
stage(struct applying *applying)
{
	const struct plan *plan = applying->plan;
	int error;

	for (size_t i = 0; i < plan->count; i++) {
		const struct change *change = &plan->changes[i];

		if (change->kind != CHANGE_CREATE && change->kind != CHANGE_UPDATE)
			continue;
		if (!stage_file(applying, change))
			return false;
	}
	if (applying->staged_count == 0)
		return true;
	error = applying->fs->flush(applying->fs->self);
	if (error == 0)
		return true;
	applying->failure = diag_add(applying->diags, DIAG_PLAN_NOT_WRITTEN, (struct span){0},
				     "cannot flush the new files to disk: %s", strerror(error));
	return false;
}

/*
 * Somebody may have written to a target since the plan was made; a rename would lose that without
 * a word. What happens between this look and the rename cannot be seen by anyone.
 */
static bool
is_as_planned(struct applying *applying, const struct change *change)
{
	const struct fs *fs = applying->fs;
	struct str path = change->output->path;
	struct str now;
	int error = 0;
	enum fs_kind kind = fs->kind(fs->self, path, &error);
	bool same = kind == (change->existed ? FS_FILE : FS_NONE);

	if (same && change->existed) {
		error = fs->read(fs->self, applying->arena, path, &now);
		same = error == 0 && str_eq(now, change->before);
	}
	if (error != 0) {
		fail(applying, "read", path, error);
		return false;
	}
	if (same)
		return true;
	applying->failure =
		diag_add(applying->diags, DIAG_PLAN_CHANGED, change->output->origin,
			 "'%.*s' was changed while its replacement was prepared", STR_ARG(path));
	diag_help(applying->diags, applying->failure,
		  "run the command again when nothing else writes to it");
	return false;
}

static bool
are_as_planned(struct applying *applying)
{
	for (size_t i = 0; i < applying->staged_count; i++) {
		if (!is_as_planned(applying, applying->staged[i].change))
			return false;
	}
	return true;
}

static void
note_left_behind(struct applying *applying, struct str path, int error)
{
	diag_note(applying->diags, applying->failure, (struct span){0},
		  "'%.*s' could not be removed: %s", STR_ARG(path), strerror(error));
}

/* Removes what is staged from `first` on, and directories that are empty then. */
static void
clean_up(struct applying *applying, size_t first)
{
	const struct fs *fs = applying->fs;

	for (size_t i = first; i < applying->staged_count; i++) {
		struct str path = applying->staged[i].path;
		int error = fs->remove(fs->self, path);

		if (error != 0 && error != ENOENT)
			note_left_behind(applying, path, error);
	}
	for (size_t i = applying->made_count; i > 0; i--) {
		struct str path = applying->made[i - 1];
		int error = fs->remove_directory(fs->self, path);

		if (error != 0 && error != ENOENT && error != ENOTEMPTY && error != EEXIST)
			note_left_behind(applying, path, error);
	}
}

static void
fail_halfway(struct applying *applying, size_t written, int error)
{
	struct str path = applying->staged[written].change->output->path;

	applying->failure =
		diag_add(applying->diags, DIAG_PLAN_HALF_WRITTEN, (struct span){0},
			 "cannot replace '%.*s': %s; %zu of %zu files are written", STR_ARG(path),
			 strerror(error), written, applying->staged_count);
	for (size_t i = 0; i < written; i++) {
		diag_note(applying->diags, applying->failure, (struct span){0}, "written: '%.*s'",
			  STR_ARG(applying->staged[i].change->output->path));
	}
	diag_help(applying->diags, applying->failure,
		  "remove the cause and run the command again, which writes the rest");
}

static bool
rename_all(struct applying *applying)
{
	const struct fs *fs = applying->fs;

	for (size_t i = 0; i < applying->staged_count; i++) {
		struct str path = applying->staged[i].change->output->path;
		int error = fs->rename(fs->self, applying->staged[i].path, path);

		if (error == 0)
			continue;
		if (i > 0)
			fail_halfway(applying, i, error);
		else
			fail(applying, "replace", path, error);
		clean_up(applying, i);
		return false;
	}
	return true;
}

bool
plan_apply(struct arena *arena, struct diags *diags, const struct fs *fs, const struct plan *plan)
{
	struct applying applying = {.arena = arena, .diags = diags, .fs = fs, .plan = plan};

	/* plan_make has recorded them; a caller that goes on all the same must not write */
	if (plan->by_kind[CHANGE_REFUSE] > 0)
		return false;
	map_init(&applying.known, arena);
	applying.staged = ARENA_ARRAY(arena, plan->count, struct staged);
	if (!remove_leftovers(&applying))
		return false;
	if (!stage(&applying) || !are_as_planned(&applying)) {
		clean_up(&applying, 0);
		return false;
	}
	return rename_all(&applying);
}

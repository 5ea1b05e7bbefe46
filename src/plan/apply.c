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
	struct change manifest; /* what is to become of it; CHANGE_KEEP also where there is none */
	size_t total; /* changes to be made, that of the manifest included */
	struct staged *staged; /* the manifest first, if it is one of them */
	size_t staged_count;
	const struct change **done; /* what was renamed or deleted */
	size_t done_count;
	struct str *made; /* directories that were not there, parents first */
	size_t made_count;
	size_t made_capacity;
	struct map known; /* directories that are there; value: anything */
	struct diag *failure; /* set before anything returns false */
};

static bool
writes(const struct change *change)
{
	return change->kind == CHANGE_CREATE || change->kind == CHANGE_UPDATE;
}

static bool
does_something(const struct change *change)
{
	return writes(change) || change->kind == CHANGE_DELETE;
}

/* The next change but the manifest's that does something, from *index on; NULL: no more. */
static const struct change *
next_change(const struct plan *plan, size_t *index)
{
	while (*index < plan->count) {
		const struct change *change = &plan->changes[(*index)++];

		if (change != plan->manifest && does_something(change))
			return change;
	}
	return NULL;
}

static size_t
count_work(const struct applying *applying)
{
	size_t count = does_something(&applying->manifest);
	size_t index = 0;

	while (next_change(applying->plan, &index) != NULL)
		count++;
	return count;
}

static void
fail(struct applying *applying, const char *what, struct str path, int error)
{
	applying->failure = diag_add(applying->diags, DIAG_PLAN_NOT_WRITTEN, (struct span){0},
				     "cannot %s '%.*s': %s", what, STR_ARG(path), strerror(error));
}

static void
fail_whole(struct applying *applying, const char *what, int error)
{
	applying->failure = diag_add(applying->diags, DIAG_PLAN_NOT_WRITTEN, (struct span){0},
				     "cannot %s: %s", what, strerror(error));
}

/* ---- before anything is replaced ---- */

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

/* The staged manifest of a killed run leads to all the others, so it is the last to go. */
static bool
remove_leftovers(struct applying *applying)
{
	const struct plan *plan = applying->plan;
	struct str manifest = path_staged(applying->arena, STR(MANIFEST_NAME));

	if (plan->leftover_count == 0)
		return true;
	for (size_t i = 0; i < plan->leftover_count; i++) {
		if (!str_eq(plan->leftovers[i], manifest) &&
		    !remove_leftover(applying, plan->leftovers[i]))
			return false;
	}
	return remove_leftover(applying, manifest);
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
	struct str path = path_staged(applying->arena, change->path);
	unsigned mode = FS_MODE_NEW;
	int error = 0;

	if (!make_parents(applying, change->path))
		return false;
	if (change->kind == CHANGE_UPDATE)
		error = fs->mode(fs->self, change->path, &mode);
	if (error != 0) {
		fail(applying, "read the mode of", change->path, error);
		return false;
	}
	error = fs->create(fs->self, path, change->after, mode);
	if (error != 0) {
		fail(applying, "write", path, error);
		return false;
	}
	applying->staged[applying->staged_count++] = (struct staged){change, path};
	return true;
}

/*
 * The manifest comes first: should the run be killed while it replaces files, the next one learns
 * from the staged manifest which of them are of our making, and where to look for what was left.
 */
static bool
stage(struct applying *applying)
{
	const struct change *change;
	size_t index = 0;
	int error;

	if (writes(&applying->manifest) && !stage_file(applying, &applying->manifest))
		return false;
	while ((change = next_change(applying->plan, &index)) != NULL) {
		if (writes(change) && !stage_file(applying, change))
			return false;
	}
	if (applying->staged_count == 0)
		return true;
	error = applying->fs->flush(applying->fs->self);
	if (error == 0)
		return true;
	fail_whole(applying, "flush the new files to disk", error);
	return false;
}

/*
 * Somebody may have written to a file since the plan was made; to replace it would lose that
 * without a word. What happens between this look and the rename cannot be seen by anyone. Another
 * run that was faster and wrote the same is no reason to stop.
 */
static bool
is_as_planned(struct applying *applying, const struct change *change)
{
	const struct fs *fs = applying->fs;
	struct str now = {NULL, 0};
	int error = 0;
	enum fs_kind kind = fs->kind(fs->self, change->path, &error);
	bool same = kind == FS_NONE && (!change->existed || !change->remains);

	if (kind == FS_FILE) {
		error = fs->read(fs->self, applying->arena, change->path, &now);
		same = (change->existed && str_eq(now, change->before)) ||
		       (change->remains && str_eq(now, change->after));
	}
	if (error != 0) {
		fail(applying, "read", change->path, error);
		return false;
	}
	if (same)
		return true;
	applying->failure = diag_add(
		applying->diags, DIAG_PLAN_CHANGED,
		change->output != NULL ? change->output->origin : (struct span){0},
		"'%.*s' was changed while its replacement was prepared", STR_ARG(change->path));
	diag_help(applying->diags, applying->failure,
		  "run the command again when nothing else writes to it");
	return false;
}

static bool
are_as_planned(struct applying *applying)
{
	const struct change *change;
	size_t index = 0;

	if (does_something(&applying->manifest) && !is_as_planned(applying, &applying->manifest))
		return false;
	while ((change = next_change(applying->plan, &index)) != NULL) {
		if (!is_as_planned(applying, change))
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

/* ---- from the first rename on ---- */

/*
 * `next` is the first staged file that was not renamed. Once something is replaced, the staged
 * manifest stays for the next run, as it would after a kill.
 */
static bool
stop(struct applying *applying, const char *what, struct str path, int error, size_t next)
{
	if (applying->done_count == 0) {
		fail(applying, what, path, error);
		clean_up(applying, 0);
		return false;
	}
	applying->failure =
		diag_add(applying->diags, DIAG_PLAN_HALF_WRITTEN, (struct span){0},
			 "cannot %s '%.*s': %s; %zu of %zu files are done", what, STR_ARG(path),
			 strerror(error), applying->done_count, applying->total);
	for (size_t i = 0; i < applying->done_count; i++) {
		const struct change *change = applying->done[i];

		diag_note(applying->diags, applying->failure, (struct span){0}, "%s: '%.*s'",
			  change->kind == CHANGE_DELETE ? "deleted" : "written",
			  STR_ARG(change->path));
	}
	diag_help(applying->diags, applying->failure,
		  "remove the cause and run the command again, which does the rest");
	clean_up(applying, next);
	return false;
}

static bool
rename_staged(struct applying *applying, size_t index, size_t next)
{
	const struct fs *fs = applying->fs;
	const struct staged *staged = &applying->staged[index];
	int error = fs->rename(fs->self, staged->path, staged->change->path);

	if (error != 0)
		return stop(applying, "replace", staged->change->path, error, next);
	applying->done[applying->done_count++] = staged->change;
	return true;
}

static bool
delete_file(struct applying *applying, const struct change *change)
{
	const struct fs *fs = applying->fs;
	int error = fs->remove(fs->self, change->path);

	if (error != 0 && error != ENOENT)
		return stop(applying, "delete", change->path, error, applying->staged_count);
	applying->done[applying->done_count++] = change;
	return true;
}

/* Version control knows no empty directories, so nobody misses one; nor is it worth a word if it
 * cannot be removed. */
static void
remove_empty_directories(struct applying *applying)
{
	const struct fs *fs = applying->fs;

	for (size_t i = 0; i < applying->plan->vacated_count; i++) {
		struct str path = path_parent(applying->plan->vacated[i]);
		int error = 0;

		/* a killed run may have removed the first ones */
		while (path.len > 0 && (error == 0 || error == ENOENT)) {
			error = fs->remove_directory(fs->self, path);
			path = path_parent(path);
		}
	}
}

/* Last of all, when everything that it says is true and has reached the disk. */
static bool
replace_manifest(struct applying *applying)
{
	const struct change *manifest = &applying->manifest;
	int error = 0;

	if (!does_something(manifest))
		return true;
	if (applying->done_count > 0)
		error = applying->fs->flush(applying->fs->self);
	if (error != 0)
		return stop(applying, "flush what precedes", manifest->path, error,
			    applying->staged_count);
	if (manifest->kind == CHANGE_DELETE)
		return delete_file(applying, manifest);
	return rename_staged(applying, 0, applying->staged_count);
}

static bool
replace(struct applying *applying)
{
	const struct change *change;
	size_t index = 0;

	for (size_t i = writes(&applying->manifest) ? 1 : 0; i < applying->staged_count; i++) {
		if (!rename_staged(applying, i, i))
			return false;
	}
	while ((change = next_change(applying->plan, &index)) != NULL) {
		if (change->kind == CHANGE_DELETE && !delete_file(applying, change))
			return false;
	}
	remove_empty_directories(applying);
	return replace_manifest(applying);
}

/* ---- after a kill ---- */

static bool
put_recovered(struct applying *applying, struct str path)
{
	const struct fs *fs = applying->fs;
	struct str target = applying->manifest.path;
	unsigned mode = FS_MODE_NEW;
	int error = fs->remove(fs->self, path);

	if (error == ENOENT)
		error = 0;
	if (error == 0 && applying->manifest.existed)
		error = fs->mode(fs->self, target, &mode);
	if (error == 0)
		error = fs->create(fs->self, path, applying->plan->recovered, mode);
	if (error == 0)
		error = fs->flush(fs->self);
	if (error == 0 && !is_as_planned(applying, &applying->manifest))
		return false;
	if (error == 0)
		error = fs->rename(fs->self, path, target);
	if (error != 0)
		fail(applying, "write", target, error);
	return error == 0;
}

/*
 * What a killed run wrote is told to be ours by the manifest that it had staged, which has to make
 * room for that of this run. So the manifest itself is made to tell it first; else a second kill
 * would leave files that nobody knows.
 */
static bool
recover(struct applying *applying)
{
	struct change *manifest = &applying->manifest;
	struct str path = path_staged(applying->arena, STR(MANIFEST_NAME ".recovered"));

	if (applying->plan->recovered.len == 0 || count_work(applying) == 0)
		return true;
	if (!put_recovered(applying, path)) {
		(void)applying->fs->remove(applying->fs->self, path);
		return false;
	}
	manifest->before = applying->plan->recovered;
	manifest->existed = true;
	manifest->kind = manifest->remains ? CHANGE_UPDATE : CHANGE_DELETE;
	return true;
}

static bool
carry_out(struct applying *applying)
{
	if (!recover(applying) || !remove_leftovers(applying))
		return false;
	applying->total = count_work(applying);
	applying->staged = ARENA_ARRAY(applying->arena, applying->total, struct staged);
	applying->done = ARENA_ARRAY(applying->arena, applying->total, const struct change *);
	if (!stage(applying) || !are_as_planned(applying)) {
		clean_up(applying, 0);
		return false;
	}
	return replace(applying);
}

static bool
lock(struct applying *applying)
{
	int error = applying->fs->lock(applying->fs->self);

	if (error == 0)
		return true;
	if (error != EWOULDBLOCK) {
		fail_whole(applying, "lock the project's root", error);
		return false;
	}
	applying->failure = diag_add(applying->diags, DIAG_PLAN_BUSY, (struct span){0},
				     "another run of bzlmodgen is writing to this project");
	diag_help(applying->diags, applying->failure, "wait for it to end, and run this one again");
	return false;
}

bool
plan_apply(struct arena *arena, struct diags *diags, const struct fs *fs, const struct plan *plan)
{
	struct applying applying = {.arena = arena, .diags = diags, .fs = fs, .plan = plan};
	bool good;

	/* plan_make has recorded them; a caller that goes on all the same must not write */
	if (plan->by_kind[CHANGE_REFUSE] > 0)
		return false;
	applying.manifest = (struct change){.path = STR(MANIFEST_NAME)};
	if (plan->manifest != NULL)
		applying.manifest = *plan->manifest;
	if (count_work(&applying) == 0 && plan->leftover_count == 0 && plan->vacated_count == 0)
		return true;
	if (!lock(&applying))
		return false;
	map_init(&applying.known, arena);
	good = carry_out(&applying);
	fs->unlock(fs->self);
	return good;
}

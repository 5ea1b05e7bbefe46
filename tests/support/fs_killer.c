#include "fs_killer.h"

#include <signal.h>
#include <unistd.h>

static void
die(void)
{
	kill(getpid(), SIGKILL);
	for (;;)
		pause();
}

/* The disk that the call goes to, if it comes to that. */
static const struct fs *
enter(struct fs_killer *killer)
{
	killer->calls++;
	if (killer->calls == killer->die_at && killer->moment == KILL_BEFORE)
		die();
	return killer->fs;
}

static void
leave(const struct fs_killer *killer)
{
	if (killer->calls == killer->die_at)
		die();
}

static enum fs_kind
killer_kind(void *self, struct str path, int *error)
{
	const struct fs *fs = enter(self);
	enum fs_kind kind = fs->kind(fs->self, path, error);

	leave(self);
	return kind;
}

static int
killer_mode(void *self, struct str path, unsigned *mode)
{
	const struct fs *fs = enter(self);
	int error = fs->mode(fs->self, path, mode);

	leave(self);
	return error;
}

static int
killer_read(void *self, struct arena *arena, struct str path, struct str *content)
{
	const struct fs *fs = enter(self);
	int error = fs->read(fs->self, arena, path, content);

	leave(self);
	return error;
}

static int
killer_list(void *self, struct arena *arena, struct str path, struct str **names, size_t *count)
{
	const struct fs *fs = enter(self);
	int error = fs->list(fs->self, arena, path, names, count);

	leave(self);
	return error;
}

static int
killer_make_directory(void *self, struct str path)
{
	const struct fs *fs = enter(self);
	int error = fs->make_directory(fs->self, path);

	leave(self);
	return error;
}

static int
killer_create(void *self, struct str path, struct str content, unsigned mode)
{
	struct fs_killer *killer = self;
	const struct fs *fs = enter(killer);
	int error;

	if (killer->calls == killer->die_at && killer->moment == KILL_WITHIN)
		content.len /= 2;
	error = fs->create(fs->self, path, content, mode);
	leave(killer);
	return error;
}

static int
killer_flush(void *self)
{
	const struct fs *fs = enter(self);
	int error = fs->flush(fs->self);

	leave(self);
	return error;
}

static int
killer_rename(void *self, struct str from, struct str to)
{
	const struct fs *fs = enter(self);
	int error = fs->rename(fs->self, from, to);

	leave(self);
	return error;
}

static int
killer_remove(void *self, struct str path)
{
	const struct fs *fs = enter(self);
	int error = fs->remove(fs->self, path);

	leave(self);
	return error;
}

static int
killer_remove_directory(void *self, struct str path)
{
	const struct fs *fs = enter(self);
	int error = fs->remove_directory(fs->self, path);

	leave(self);
	return error;
}

static int
killer_lock(void *self)
{
	const struct fs *fs = enter(self);
	int error = fs->lock(fs->self);

	leave(self);
	return error;
}

static void
killer_unlock(void *self)
{
	const struct fs *fs = enter(self);

	fs->unlock(fs->self);
	leave(self);
}

struct fs
fs_killer_open(struct fs_killer *killer)
{
	return (struct fs){
		.self = killer,
		.kind = killer_kind,
		.mode = killer_mode,
		.read = killer_read,
		.list = killer_list,
		.make_directory = killer_make_directory,
		.create = killer_create,
		.flush = killer_flush,
		.rename = killer_rename,
		.remove = killer_remove,
		.remove_directory = killer_remove_directory,
		.lock = killer_lock,
		.unlock = killer_unlock,
	};
}

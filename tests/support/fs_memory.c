#include "fs_memory.h"

#include <errno.h>
#include <stdlib.h>

#include "plan/paths.h"

struct fs_entry *
fs_memory_find(struct fs_memory *memory, struct str path)
{
	for (size_t i = 0; i < memory->count; i++) {
		struct fs_entry *entry = &memory->entries[i];

		if (entry->kind != FS_NONE && str_eq(entry->path, path))
			return entry;
	}
	return NULL;
}

/* Counts the call. False: it is to fail. */
static bool
permits(struct fs_memory *memory)
{
	memory->calls++;
	if (memory->fail_at == 0 || memory->calls < memory->fail_at)
		return true;
	if (memory->calls > memory->fail_at && !memory->dies)
		return true;
	memory->has_failed = true;
	return false;
}

static struct fs_entry *
add_entry(struct fs_memory *memory, struct str path, enum fs_kind kind, unsigned mode)
{
	struct fs_entry *entry;

	memory->entries = arena_grow(memory->arena, memory->entries, memory->count,
				     &memory->capacity, sizeof(*memory->entries));
	entry = &memory->entries[memory->count++];
	*entry = (struct fs_entry){
		.path = arena_str(memory->arena, path), .kind = kind, .mode = mode};
	return entry;
}

/* What the parents of a path make of a call: 0, or an errno value. */
static int
parents_error(struct fs_memory *memory, struct str path)
{
	struct str parent = path_parent(path);

	for (size_t len = 0; len < parent.len;) {
		const struct fs_entry *entry;

		len = path_step(parent, len);
		entry = fs_memory_find(memory, str_slice(parent, 0, len));
		if (entry == NULL)
			return ENOENT;
		if (entry->kind == FS_SYMLINK)
			return ELOOP;
		if (entry->kind != FS_DIRECTORY)
			return ENOTDIR;
	}
	return 0;
}

static void
log_change(struct fs_memory *memory, const char *what, struct str path)
{
	buf_printf(&memory->log, "%s %.*s\n", what, STR_ARG(path));
}

static enum fs_kind
memory_kind(void *self, struct str path, int *error)
{
	struct fs_memory *memory = self;
	const struct fs_entry *entry;

	if (!permits(memory)) {
		*error = memory->error;
		return FS_ERROR;
	}
	*error = 0;
	if (path.len == 0)
		return FS_DIRECTORY;
	if (parents_error(memory, path) == ELOOP)
		return FS_SYMLINK;
	entry = fs_memory_find(memory, path);
	return entry == NULL ? FS_NONE : entry->kind;
}

/* The entry of a plain file; 0 or an errno value. */
static int
find_file(struct fs_memory *memory, struct str path, struct fs_entry **file)
{
	int error = parents_error(memory, path);

	if (error != 0)
		return error;
	*file = fs_memory_find(memory, path);
	if (*file == NULL)
		return ENOENT;
	if ((*file)->kind == FS_SYMLINK)
		return ELOOP;
	if ((*file)->kind == FS_DIRECTORY)
		return EISDIR;
	return (*file)->kind == FS_FILE ? 0 : EINVAL;
}

static int
memory_mode(void *self, struct str path, unsigned *mode)
{
	struct fs_memory *memory = self;
	struct fs_entry *file;
	int error;

	if (!permits(memory))
		return memory->error;
	error = find_file(memory, path, &file);
	if (error == 0)
		*mode = file->mode;
	return error;
}

static int
memory_read(void *self, struct arena *arena, struct str path, struct str *content)
{
	struct fs_memory *memory = self;
	struct fs_entry *file;
	int error;

	if (!permits(memory))
		return memory->error;
	error = find_file(memory, path, &file);
	if (error == 0)
		*content = arena_str(arena, file->content);
	return error;
}

static int
by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int
memory_list(void *self, struct arena *arena, struct str path, struct str **names, size_t *count)
{
	struct fs_memory *memory = self;
	const struct fs_entry *directory;
	int error;

	if (!permits(memory))
		return memory->error;
	error = parents_error(memory, path);
	directory = fs_memory_find(memory, path);
	if (error != 0)
		return error;
	if (path.len > 0 && directory == NULL)
		return ENOENT;
	if (path.len > 0 && directory->kind != FS_DIRECTORY)
		return ENOTDIR;
	*names = ARENA_ARRAY(arena, memory->count, struct str);
	*count = 0;
	for (size_t i = 0; i < memory->count; i++) {
		const struct fs_entry *entry = &memory->entries[i];

		if (entry->kind != FS_NONE && str_eq(path_parent(entry->path), path))
			(*names)[(*count)++] = path_name(entry->path);
	}
	if (*count > 0)
		qsort(*names, *count, sizeof(**names), by_name);
	return 0;
}

/* Whether something can be made at a path; 0 or an errno value. */
static int
vacancy_error(struct fs_memory *memory, struct str path)
{
	int error = parents_error(memory, path);

	if (error == 0 && fs_memory_find(memory, path) != NULL)
		error = EEXIST;
	return error;
}

static int
memory_make_directory(void *self, struct str path)
{
	struct fs_memory *memory = self;
	int error;

	if (!permits(memory))
		return memory->error;
	error = vacancy_error(memory, path);
	if (error != 0)
		return error;
	add_entry(memory, path, FS_DIRECTORY, 0755);
	log_change(memory, "mkdir", path);
	return 0;
}

static int
memory_create(void *self, struct str path, struct str content, unsigned mode)
{
	struct fs_memory *memory = self;
	bool permitted = permits(memory);
	struct fs_entry *file;
	int error;

	if (!permitted && (!memory->dies || memory->calls > memory->fail_at))
		return memory->error;
	error = vacancy_error(memory, path);
	if (error != 0)
		return error;
	file = add_entry(memory, path, FS_FILE, mode == FS_MODE_NEW ? 0644 : mode);
	file->content = arena_str(memory->arena, content);
	file->written = memory->calls;
	log_change(memory, "create", path);
	if (permitted)
		return 0;
	file->content.len /= 2;
	return memory->error;
}

static int
memory_flush(void *self)
{
	struct fs_memory *memory = self;

	if (!permits(memory))
		return memory->error;
	buf_text(&memory->log, "flush\n");
	if (memory->at_flush != NULL)
		memory->at_flush(memory);
	return 0;
}

static int
memory_rename(void *self, struct str from, struct str to)
{
	struct fs_memory *memory = self;
	struct fs_entry *file;
	struct fs_entry *target;
	int error;

	if (!permits(memory))
		return memory->error;
	error = find_file(memory, from, &file);
	if (error == 0)
		error = parents_error(memory, to);
	if (error != 0)
		return error;
	target = fs_memory_find(memory, to);
	if (target != NULL && target->kind == FS_DIRECTORY)
		return EISDIR;
	if (target != NULL)
		target->kind = FS_NONE;
	file->path = arena_str(memory->arena, to);
	log_change(memory, "rename", to);
	return 0;
}

static int
memory_remove(void *self, struct str path)
{
	struct fs_memory *memory = self;
	struct fs_entry *entry;
	int error;

	if (!permits(memory))
		return memory->error;
	error = parents_error(memory, path);
	if (error != 0)
		return error;
	entry = fs_memory_find(memory, path);
	if (entry == NULL)
		return ENOENT;
	if (entry->kind == FS_DIRECTORY)
		return EISDIR;
	entry->kind = FS_NONE;
	log_change(memory, "remove", path);
	return 0;
}

static int
memory_remove_directory(void *self, struct str path)
{
	struct fs_memory *memory = self;
	struct fs_entry *directory;

	if (!permits(memory))
		return memory->error;
	directory = fs_memory_find(memory, path);
	if (directory == NULL)
		return ENOENT;
	if (directory->kind != FS_DIRECTORY)
		return ENOTDIR;
	for (size_t i = 0; i < memory->count; i++) {
		const struct fs_entry *entry = &memory->entries[i];

		if (entry->kind != FS_NONE && str_eq(path_parent(entry->path), path))
			return ENOTEMPTY;
	}
	directory->kind = FS_NONE;
	log_change(memory, "rmdir", path);
	return 0;
}

static int
memory_lock(void *self)
{
	struct fs_memory *memory = self;

	if (!permits(memory))
		return memory->error;
	if (memory->is_busy)
		return EWOULDBLOCK;
	memory->is_locked = true;
	return 0;
}

/* Cannot fail, so is no call; and what is killed is unlocked as well. */
static void
memory_unlock(void *self)
{
	struct fs_memory *memory = self;

	memory->is_locked = false;
}

void
fs_memory_init(struct fs_memory *memory, struct arena *arena, struct fs *fs)
{
	*memory = (struct fs_memory){.arena = arena};
	buf_init(&memory->log, arena);
	*fs = (struct fs){
		.self = memory,
		.kind = memory_kind,
		.mode = memory_mode,
		.read = memory_read,
		.list = memory_list,
		.make_directory = memory_make_directory,
		.create = memory_create,
		.flush = memory_flush,
		.rename = memory_rename,
		.remove = memory_remove,
		.remove_directory = memory_remove_directory,
		.lock = memory_lock,
		.unlock = memory_unlock,
	};
}

static struct fs_entry *
put(struct fs_memory *memory, struct str path, enum fs_kind kind, unsigned mode)
{
	struct str parent = path_parent(path);
	struct fs_entry *entry = fs_memory_find(memory, path);

	if (parent.len > 0 && fs_memory_find(memory, parent) == NULL)
		put(memory, parent, FS_DIRECTORY, 0755);
	if (entry == NULL)
		entry = add_entry(memory, path, kind, mode);
	entry->kind = kind;
	return entry;
}

void
fs_memory_put(struct fs_memory *memory, const char *path, enum fs_kind kind)
{
	put(memory, str_from(path), kind, 0755);
}

void
fs_memory_file(struct fs_memory *memory, const char *path, const char *content)
{
	put(memory, str_from(path), FS_FILE, 0644)->content =
		arena_str(memory->arena, str_from(content));
}

void
fs_memory_mode(struct fs_memory *memory, const char *path, unsigned mode)
{
	fs_memory_find(memory, str_from(path))->mode = mode;
}

void
fs_memory_fail(struct fs_memory *memory, size_t n, int error)
{
	memory->calls = 0;
	memory->fail_at = n;
	memory->error = error;
	memory->dies = false;
	memory->has_failed = false;
}

void
fs_memory_die(struct fs_memory *memory, size_t n)
{
	fs_memory_fail(memory, n, EIO);
	memory->dies = n > 0;
}

static int
by_path(const void *a, const void *b)
{
	return str_cmp((*(struct fs_entry *const *)a)->path, (*(struct fs_entry *const *)b)->path);
}

struct str
fs_memory_dump(const struct fs_memory *memory)
{
	static const char letters[] = "-fdlo!";
	struct fs_entry **sorted = ARENA_ARRAY(memory->arena, memory->count, struct fs_entry *);
	struct buf out;

	buf_init(&out, memory->arena);
	for (size_t i = 0; i < memory->count; i++)
		sorted[i] = &memory->entries[i];
	if (memory->count > 0)
		qsort(sorted, memory->count, sizeof(struct fs_entry *), by_path);
	for (size_t i = 0; i < memory->count; i++) {
		const struct fs_entry *entry = sorted[i];

		if (entry->kind == FS_NONE)
			continue;
		buf_printf(&out, "%c %03o %.*s [", letters[entry->kind], entry->mode,
			   STR_ARG(entry->path));
		buf_add(&out, entry->content);
		buf_text(&out, "]\n");
	}
	return buf_str(&out);
}

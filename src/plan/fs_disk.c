#include "plan/fs_disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#define HAS_SYNCFS 1
/* The build's -include fixes the feature macros before a file could ask for this one. */
int syncfs(int fd);
#else
#define HAS_SYNCFS 0
#endif

enum {
	NO_FILE = -1,
	READ_MAX = 256 * 1024 * 1024,
	READ_STEP = 64 * 1024,
	NAME_SIZE = 256,
	DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
};

/*
 * `open` and `listing` are in use within one call only; they stand here so that they are closed
 * even when the arena's limit is reached in the middle of it.
 */
struct disk {
	int root;
	dev_t device;
	int open;
	DIR *listing;
};

/* The directory that the last component of a path is in, and that component. */
struct location {
	int directory;
	char name[NAME_SIZE];
};

static void
disk_close(void *self)
{
	struct disk *disk = self;

	if (disk->listing != NULL)
		closedir(disk->listing);
	if (disk->open != NO_FILE)
		close(disk->open);
	close(disk->root);
}

static int
open_at(int directory, const char *name, int flags, mode_t mode, int *file)
{
	do {
		*file = openat(directory, name, flags, mode);
	} while (*file == -1 && errno == EINTR);
	return *file == -1 ? errno : 0;
}

/* The file is closed even where the result tells of an error. EINTR is none: nothing is known to
 * be lost, and a second call could hit a file that someone else has opened meanwhile. */
static int
close_file(int file)
{
	return close(file) == -1 && errno != EINTR ? errno : 0;
}

static int
take_name(struct str *rest, char name[static NAME_SIZE])
{
	struct str component = str_cut(rest, '/');

	if (component.len >= NAME_SIZE)
		return ENAMETOOLONG;
	/* callers check paths; an empty name would still be harmless, these two would not */
	if (component.len == 0 || str_is(component, ".") || str_is(component, "..") ||
	    memchr(component.at, '\0', component.len) != NULL)
		return EINVAL;
	memcpy(name, component.at, component.len);
	name[component.len] = '\0';
	return 0;
}

/* Moves *directory, which is closed unless it is the root, to the one with this name in it. */
static int
descend(const struct disk *disk, int *directory, const char *name)
{
	struct stat status;
	int next;
	int error = open_at(*directory, name, DIRECTORY_FLAGS, 0, &next);

	/* systems differ in what they say of a symlink that should be a directory */
	if ((error == ENOTDIR || error == EMLINK) &&
	    fstatat(*directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode))
		error = ELOOP;
	if (*directory != disk->root)
		close(*directory);
	*directory = next;
	return error;
}

/* Resolves all but the last component. To be ended with leave(), unless an error is returned. */
static int
enter(const struct disk *disk, struct str path, struct location *location)
{
	int error;

	location->directory = disk->root;
	for (;;) {
		error = take_name(&path, location->name);
		if (error != 0) {
			if (location->directory != disk->root)
				close(location->directory);
			return error;
		}
		/* str_cut has left nothing, nor a '/' at the end, behind the last one */
		if (path.len == 0)
			return 0;
		error = descend(disk, &location->directory, location->name);
		if (error != 0)
			return error;
	}
}

static void
leave(const struct disk *disk, const struct location *location)
{
	if (location->directory != disk->root)
		close(location->directory);
}

static int
status_of(const struct disk *disk, struct str path, struct stat *status)
{
	struct location location;
	int error = enter(disk, path, &location);

	if (error != 0)
		return error;
	if (fstatat(location.directory, location.name, status, AT_SYMLINK_NOFOLLOW) == -1)
		error = errno;
	leave(disk, &location);
	return error;
}

static enum fs_kind
disk_kind(void *self, struct str path, int *error)
{
	struct stat status;

	*error = 0;
	if (path.len == 0)
		return FS_DIRECTORY;
	*error = status_of(self, path, &status);
	if (*error == ENOENT || *error == ENOTDIR) {
		*error = 0;
		return FS_NONE;
	}
	if (*error == ELOOP) {
		*error = 0;
		return FS_SYMLINK;
	}
	if (*error != 0)
		return FS_ERROR;
	if (S_ISREG(status.st_mode))
		return FS_FILE;
	if (S_ISDIR(status.st_mode))
		return FS_DIRECTORY;
	return S_ISLNK(status.st_mode) ? FS_SYMLINK : FS_OTHER;
}

static int
disk_mode(void *self, struct str path, unsigned *mode)
{
	struct stat status;
	int error = status_of(self, path, &status);

	if (error == 0)
		*mode = status.st_mode & 0777;
	return error;
}

/* All that `file` has. The size that the system tells is a hint: it may change, and is 0 for
 * files that are made up on reading. */
static int
read_all(int file, struct arena *arena, size_t hint, struct str *content)
{
	size_t capacity = hint + 1;
	char *at = arena_alloc(arena, capacity);
	size_t len = 0;

	for (;;) {
		ssize_t got = read(file, at + len, capacity - len);

		if (got == -1 && errno == EINTR)
			continue;
		if (got == -1)
			return errno;
		len += (size_t)got;
		if (len > READ_MAX)
			return EFBIG;
		if (got == 0)
			break;
		if (len == capacity) {
			char *larger = arena_alloc(arena, capacity * 2 + READ_STEP);

			memcpy(larger, at, len);
			at = larger;
			capacity = capacity * 2 + READ_STEP;
		}
	}
	*content = (struct str){at, len};
	return 0;
}

static int
read_open(struct disk *disk, struct arena *arena, struct str *content)
{
	struct stat status;

	if (fstat(disk->open, &status) == -1)
		return errno;
	if (S_ISDIR(status.st_mode))
		return EISDIR;
	if (!S_ISREG(status.st_mode))
		return EINVAL;
	if (status.st_size > READ_MAX)
		return EFBIG;
	return read_all(disk->open, arena, (size_t)status.st_size, content);
}

static int
disk_read(void *self, struct arena *arena, struct str path, struct str *content)
{
	struct disk *disk = self;
	struct location location;
	int error = enter(disk, path, &location);
	int close_error;

	if (error != 0)
		return error;
	/* without O_NONBLOCK, opening a pipe waits for someone to write to it */
	error = open_at(location.directory, location.name,
			O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0, &disk->open);
	leave(disk, &location);
	if (error != 0)
		return error;
	error = read_open(disk, arena, content);
	close_error = close_file(disk->open);
	disk->open = NO_FILE;
	return error != 0 ? error : close_error;
}

static int
by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int
read_names(DIR *listing, struct arena *arena, struct str **names, size_t *count)
{
	size_t capacity = 0;
	const struct dirent *entry;

	*names = NULL;
	*count = 0;
	for (;;) {
		struct str name;

		errno = 0;
		entry = readdir(listing);
		if (entry == NULL)
			break;
		name = str_from(entry->d_name);
		if (str_is(name, ".") || str_is(name, ".."))
			continue;
		*names = arena_grow(arena, *names, *count, &capacity, sizeof(**names));
		(*names)[(*count)++] = arena_str(arena, name);
	}
	if (errno != 0)
		return errno;
	if (*count > 0)
		qsort(*names, *count, sizeof(**names), by_name);
	return 0;
}

static int
open_directory(struct disk *disk, struct str path, int *directory)
{
	struct location location;
	int error;

	/* a duplicate would share its position with the root's descriptor */
	if (path.len == 0)
		return open_at(disk->root, ".", DIRECTORY_FLAGS, 0, directory);
	error = enter(disk, path, &location);
	if (error != 0)
		return error;
	error = descend(disk, &location.directory, location.name);
	*directory = location.directory;
	return error;
}

static int
disk_list(void *self, struct arena *arena, struct str path, struct str **names, size_t *count)
{
	struct disk *disk = self;
	int directory;
	int error = open_directory(disk, path, &directory);

	if (error != 0)
		return error;
	disk->listing = fdopendir(directory);
	if (disk->listing == NULL) {
		error = errno;
		close(directory);
		return error;
	}
	error = read_names(disk->listing, arena, names, count);
	if (closedir(disk->listing) == -1 && error == 0 && errno != EINTR)
		error = errno;
	disk->listing = NULL;
	return error;
}

static int
disk_make_directory(void *self, struct str path)
{
	struct disk *disk = self;
	struct location location;
	int error = enter(disk, path, &location);

	if (error != 0)
		return error;
	if (mkdirat(location.directory, location.name, 0755) == -1)
		error = errno;
	leave(disk, &location);
	return error;
}

static int
write_all(int file, struct str content)
{
	while (content.len > 0) {
		ssize_t put = write(file, content.at, content.len);

		if (put == -1 && errno == EINTR)
			continue;
		if (put == -1)
			return errno;
		content = str_after(content, (size_t)put);
	}
	return 0;
}

static int
set_mode(int file, unsigned mode, unsigned now)
{
	/* some file systems have no modes; what is right already needs no change */
	if (mode == FS_MODE_NEW || (now & 0777) == mode)
		return 0;
	return fchmod(file, (mode_t)mode) == -1 ? errno : 0;
}

static int
fill(const struct disk *disk, int file, struct str content, unsigned mode)
{
	struct stat status;
	int error = write_all(file, content);

	if (error != 0)
		return error;
	if (fstat(file, &status) == -1)
		return errno;
	error = set_mode(file, mode, status.st_mode);
	if (error != 0)
		return error;
	/* disk_flush reaches the root's file system only */
	if (HAS_SYNCFS && status.st_dev == disk->device)
		return 0;
	return fsync(file) == -1 ? errno : 0;
}

static int
disk_create(void *self, struct str path, struct str content, unsigned mode)
{
	struct disk *disk = self;
	struct location location;
	/* what is not for all to read must not be so for a moment */
	mode_t first = mode == FS_MODE_NEW ? 0644 : 0600;
	int file;
	int error = enter(disk, path, &location);

	if (error != 0)
		return error;
	error = open_at(location.directory, location.name,
			O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, first, &file);
	if (error == 0) {
		int close_error;

		error = fill(disk, file, content, mode);
		close_error = close_file(file);
		if (error == 0)
			error = close_error;
		if (error != 0)
			unlinkat(location.directory, location.name, 0);
	}
	leave(disk, &location);
	return error;
}

static int
disk_flush(void *self)
{
#if HAS_SYNCFS
	const struct disk *disk = self;

	return syncfs(disk->root) == -1 ? errno : 0;
#else
	/* disk_create has flushed each file */
	(void)self;
	return 0;
#endif
}

static int
disk_rename(void *self, struct str from, struct str to)
{
	struct disk *disk = self;
	struct location old;
	struct location new;
	int error = enter(disk, from, &old);

	if (error != 0)
		return error;
	error = enter(disk, to, &new);
	if (error == 0) {
		if (renameat(old.directory, old.name, new.directory, new.name) == -1)
			error = errno;
		leave(disk, &new);
	}
	leave(disk, &old);
	return error;
}

static int
unlink_path(const struct disk *disk, struct str path, int flags)
{
	struct location location;
	int error = enter(disk, path, &location);

	if (error != 0)
		return error;
	if (unlinkat(location.directory, location.name, flags) == -1)
		error = errno;
	leave(disk, &location);
	return error;
}

static int
disk_remove(void *self, struct str path)
{
	return unlink_path(self, path, 0);
}

static int
disk_remove_directory(void *self, struct str path)
{
	return unlink_path(self, path, AT_REMOVEDIR);
}

/* The lock belongs to the open directory, so that it ends with the process without leaving a file.
 * Network file systems may know none for directories, or none at all. */
static int
disk_lock(void *self)
{
	const struct disk *disk = self;

	if (flock(disk->root, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EBADF || errno == EINVAL || errno == ENOLCK || errno == ENOSYS ||
	    errno == EOPNOTSUPP)
		return 0;
	return errno;
}

static void
disk_unlock(void *self)
{
	const struct disk *disk = self;

	(void)flock(disk->root, LOCK_UN);
}

int
fs_disk_open(struct arena *arena, const char *root, struct fs *fs)
{
	struct disk *disk = ARENA_NEW(arena, struct disk);
	struct stat status;
	int error;

	disk->open = NO_FILE;
	/* the root itself is the user's choice and may be a symlink */
	error = open_at(AT_FDCWD, root, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0, &disk->root);
	if (error != 0)
		return error;
	arena_defer(arena, disk_close, disk);
	if (fstat(disk->root, &status) == -1)
		return errno;
	disk->device = status.st_dev;
	*fs = (struct fs){
		.self = disk,
		.kind = disk_kind,
		.mode = disk_mode,
		.read = disk_read,
		.list = disk_list,
		.make_directory = disk_make_directory,
		.create = disk_create,
		.flush = disk_flush,
		.rename = disk_rename,
		.remove = disk_remove,
		.remove_directory = disk_remove_directory,
		.lock = disk_lock,
		.unlock = disk_unlock,
	};
	return 0;
}

#include "temp_dir.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "plan/fs_disk.h"
#include "plan/paths.h"

const char *
temp_dir_make(struct arena *arena)
{
	const char *parent = getenv("TMPDIR");
	struct str path =
		arena_printf(arena, "%s/bzlmodgen-test-XXXXXX", parent == NULL ? "/tmp" : parent);
	char *made = arena_alloc(arena, path.len + 1);

	memcpy(made, path.at, path.len);
	assert_non_null(mkdtemp(made));
	return made;
}

static void
empty(struct arena *arena, const struct fs *fs, struct str directory)
{
	struct str *names;
	size_t count;
	int error;

	assert_int_equal(fs->list(fs->self, arena, directory, &names, &count), 0);
	for (size_t i = 0; i < count; i++) {
		struct str path = path_join(arena, directory, names[i]);

		if (fs->kind(fs->self, path, &error) == FS_DIRECTORY) {
			empty(arena, fs, path);
			assert_int_equal(fs->remove_directory(fs->self, path), 0);
		} else {
			assert_int_equal(fs->remove(fs->self, path), 0);
		}
	}
}

void
temp_dir_remove(struct arena *arena, const char *path)
{
	struct fs fs;

	assert_int_equal(fs_disk_open(arena, path, &fs), 0);
	empty(arena, &fs, (struct str){NULL, 0});
	assert_int_equal(rmdir(path), 0);
}

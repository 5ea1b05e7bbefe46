#include "cli/spec_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plan/fs_disk.h"

/* One byte more than what the YAML stage accepts, so that it sees what is too large. */
static const size_t spec_size_max = ((size_t)64 << 20) + 1;
static const char default_name[] = "bzlmodgen.yaml";

static enum exit_code
fail(struct invocation *invocation, enum diag_code code, struct str what, const char *why)
{
	struct span nowhere = {0};

	diag_add(invocation->run.diags, code, nowhere, "cannot %.*s: %s", STR_ARG(what), why);
	return EXIT_ENVIRONMENT;
}

static enum exit_code
enter_directory(struct invocation *invocation)
{
	const char *directory = invocation->common.directory;

	if (directory == NULL || chdir(directory) == 0)
		return EXIT_DONE;
	return fail(invocation, DIAG_DIRECTORY_UNUSABLE,
		    arena_printf(invocation->run.arena, "enter directory '%s'", directory),
		    strerror(errno));
}

/* A file that is there but cannot be looked at counts, so that reading it tells why. */
static bool
exists(struct str path)
{
	struct stat found;

	return stat(path.at, &found) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

static bool
is_same(struct str path, struct str parent)
{
	struct stat a;
	struct stat b;

	return stat(path.at, &a) != 0 || stat(parent.at, &b) != 0 ||
	       (a.st_dev == b.st_dev && a.st_ino == b.st_ino);
}

/* `up` is "", "../", "../../", and so on. False: none up to the root of the repository. */
static bool
search_upwards(struct arena *arena, struct str *found)
{
	struct str up = STR("");
	struct str path;
	struct str parent;

	for (;;) {
		path = arena_printf(arena, "%.*s%s", STR_ARG(up), default_name);
		if (exists(path)) {
			*found = path;
			return true;
		}
		if (exists(arena_printf(arena, "%.*s.git", STR_ARG(up))))
			return false;
		parent = arena_printf(arena, "%.*s../", STR_ARG(up));
		if (is_same(arena_printf(arena, "%.*s.", STR_ARG(up)), parent))
			return false;
		up = parent;
	}
}

/* *path is terminated by a NUL. */
static enum exit_code
find_spec(struct invocation *invocation, struct str *path)
{
	const char *given = invocation->common.spec;
	struct diags *diags = invocation->run.diags;
	struct span nowhere = {0};
	struct diag *diag;

	if (given == NULL)
		given = getenv("BZLMODGEN_SPEC");
	if (given != NULL && (given[0] != '\0' || invocation->common.spec != NULL)) {
		*path = str_from(given);
		if (str_is(*path, "-") || exists(*path))
			return EXIT_DONE;
		diag = diag_add(diags, DIAG_SPEC_NOT_FOUND, nowhere, "no such file: '%s'", given);
		diag_help(diags, diag, "%s names the spec to read",
			  invocation->common.spec != NULL ? "-f" : "BZLMODGEN_SPEC");
		return EXIT_SPEC;
	}
	if (search_upwards(invocation->run.arena, path))
		return EXIT_DONE;
	diag = diag_add(diags, DIAG_SPEC_NOT_FOUND, nowhere,
			"no '%s' here or in a folder above, up to the repository's root",
			default_name);
	diag_help(diags, diag,
		  "write one ('bzlmodgen explain spec' tells how it starts), or name "
		  "one with -f");
	return EXIT_SPEC;
}

static int
read_descriptor(int descriptor, struct buf *text)
{
	char chunk[1 << 16];
	ssize_t got;

	while (text->len < spec_size_max) {
		got = read(descriptor, chunk, sizeof(chunk));
		if (got < 0 && errno != EINTR)
			return errno;
		if (got == 0)
			return 0;
		if (got > 0)
			buf_add(text, (struct str){chunk, (size_t)got});
	}
	return 0;
}

/* A terminal or a device has no end to wait for. ENODEV stands for those. */
static int
read_file(struct str path, struct buf *text)
{
	struct stat status;
	int descriptor = open(path.at, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	int error;

	if (descriptor < 0)
		return errno;
	if (fstat(descriptor, &status) != 0)
		error = errno;
	else if (S_ISDIR(status.st_mode))
		error = EISDIR;
	else if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode))
		error = ENODEV;
	else
		error = read_descriptor(descriptor, text);
	(void)close(descriptor); /* nothing was written */
	return error;
}

static enum exit_code
read_spec(struct invocation *invocation, struct str path, struct str *name, struct str *text)
{
	struct arena *arena = invocation->run.arena;
	struct buf content;
	int error;

	buf_init(&content, arena);
	if (str_is(path, "-")) {
		*name = STR("<stdin>");
		error = read_descriptor(STDIN_FILENO, &content);
	} else {
		*name = path;
		error = read_file(path, &content);
	}
	*text = buf_str(&content);
	if (error == 0)
		return EXIT_DONE;
	return fail(invocation, DIAG_SPEC_UNREADABLE,
		    arena_printf(arena, "read '%.*s'", STR_ARG(*name)),
		    error == ENODEV ? "it is neither a file nor a pipe" : strerror(error));
}

static enum exit_code
open_tree(struct invocation *invocation, struct str directory, const struct fs **tree)
{
	struct arena *arena = invocation->run.arena;
	struct fs *fs = ARENA_NEW(arena, struct fs);
	int error = fs_disk_open(arena, directory.at, fs);

	*tree = fs;
	if (error == 0)
		return EXIT_DONE;
	return fail(invocation, DIAG_DIRECTORY_UNUSABLE,
		    arena_printf(arena, "open directory '%.*s'", STR_ARG(directory)),
		    strerror(error));
}

/* The folder of the spec; the working directory for standard input. */
static struct str
root_of(struct arena *arena, struct str path)
{
	size_t slash = str_find_last(path, '/');

	if (slash == path.len)
		return STR(".");
	return slash == 0 ? STR("/") : arena_str(arena, str_slice(path, 0, slash));
}

enum exit_code
spec_file_open(struct invocation *invocation, struct str *name, struct str *text)
{
	struct run *run = &invocation->run;
	enum exit_code code = enter_directory(invocation);
	struct str path;

	if (code == EXIT_DONE)
		code = find_spec(invocation, &path);
	if (code == EXIT_DONE)
		code = read_spec(invocation, path, name, text);
	if (code == EXIT_DONE)
		code = open_tree(invocation, root_of(run->arena, path), &run->fs);
	if (code == EXIT_DONE && invocation->common.templates != NULL)
		code = open_tree(invocation, str_from(invocation->common.templates),
				 &run->templates);
	return code;
}

enum exit_code
spec_file_outputs(struct invocation *invocation, struct outputs *outputs)
{
	struct str name;
	struct str text;
	enum exit_code code = spec_file_open(invocation, &name, &text);

	if (code != EXIT_DONE)
		return code;
	return bzlmodgen_outputs(&invocation->run, name, text, outputs) ? EXIT_DONE : EXIT_SPEC;
}

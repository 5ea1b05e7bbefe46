#include "bench/measure.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <yaml.h>

#include "bzlmodgen/bzlmodgen.h"
#include "plan/fs_disk.h"
#include "plan/paths.h"

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "bench: %s: %s\n", what, why);
	exit(2);
}

/* A stretch of time, by one of two clocks: that of the processor, which others on the machine do
 * not disturb, for what only computes; that on the wall for what waits for a disk or a process. */
struct watch {
	clockid_t clock;
	double last;
};

static double
watch_read(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static struct watch
watch_start(clockid_t clock)
{
	return (struct watch){clock, watch_read(clock)};
}

/* The time since the start or the last lap. */
static double
lap(struct watch *watch)
{
	double last = watch->last;

	watch->last = watch_read(watch->clock);
	return watch->last - last;
}

void
measure_prepare(void)
{
#ifdef __GLIBC__
	/* else the first run teaches malloc to keep large blocks, which calloc then has to clear */
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);
	mallopt(M_TRIM_THRESHOLD, 128 * 1024);
#endif
}

double
measure_scan(struct str text)
{
	struct watch watch = watch_start(CLOCK_PROCESS_CPUTIME_ID);
	yaml_parser_t parser;
	yaml_event_t event;
	bool is_end = false;

	if (yaml_parser_initialize(&parser) == 0)
		die("libyaml", "no memory");
	yaml_parser_set_input_string(&parser, (const unsigned char *)text.at, text.len);
	while (!is_end) {
		if (yaml_parser_parse(&parser, &event) == 0)
			die("libyaml", parser.problem);
		is_end = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return lap(&watch);
}

/* ---- trees ---- */

/* The flush is timed by itself, after the renames; that makes no difference to what it costs. */
static int
no_flush(void *self)
{
	(void)self;
	return 0;
}

/* Every source is there, and no package by hand. */
static enum fs_kind
sources_kind(void *self, struct str path, int *error)
{
	(void)self;
	(void)error;
	return str_has_suffix(path, STR(".rs")) ? FS_FILE : FS_NONE;
}

/* ---- the pipeline ---- */

static void
check(const struct run *run, bool is_good)
{
	struct buf text;

	if (is_good)
		return;
	buf_init(&text, run->arena);
	diags_print_text(run->diags, &text, false);
	buf_char(&text, '\0');
	die("a spec is not taken", text.at);
}

static struct amount
run_in_memory(const struct run *run, struct str text, struct outputs *outputs, double *times)
{
	const struct spec *spec;
	const struct facts *facts;
	struct amount amount = {0};
	struct watch watch = watch_start(CLOCK_PROCESS_CPUTIME_ID);

	check(run, bzlmodgen_load(run, STR("bench.yaml"), text, &spec));
	times[STAGE_LOAD] += lap(&watch);
	check(run, bzlmodgen_resolve(run, spec, &facts));
	times[STAGE_RESOLVE] += lap(&watch);
	check(run, bzlmodgen_render(run, facts, outputs));
	times[STAGE_RENDER] += lap(&watch);
	amount.files = outputs->count;
	for (size_t i = 0; i < outputs->count; i++)
		amount.bytes += outputs->items[i].content.len;
	return amount;
}

static void
run_on_disk(const struct run *run, const struct outputs *outputs, const struct fs *disk,
	    double *times)
{
	struct plan plan;
	struct watch watch = watch_start(CLOCK_MONOTONIC);

	check(run, bzlmodgen_plan(run, outputs, NULL, &plan));
	times[STAGE_PLAN] += lap(&watch);
	check(run, bzlmodgen_apply(run, &plan));
	times[STAGE_WRITE] += lap(&watch);
	if (disk->flush(disk->self) != 0)
		die("flush", strerror(errno));
	times[STAGE_FLUSH] += lap(&watch);
	check(run, bzlmodgen_plan(run, outputs, NULL, &plan) && plan_in_sync(&plan));
	times[STAGE_PLAN_AGAIN] += lap(&watch);
}

struct amount
measure_run(struct str text, const char *directory, double times[STAGE_COUNT])
{
	struct arena arena;
	struct diags diags;
	struct fs disk = {.kind = sources_kind};
	struct fs fs;
	struct run run = {.arena = &arena, .diags = &diags, .fs = &fs};
	struct outputs outputs;
	struct amount amount;
	jmp_buf escape;

	if (setjmp(escape) != 0)
		die("the pipeline", "no memory");
	arena_init(&arena, (size_t)4 << 30, &escape);
	diags_init(&diags, &arena);
	if (directory != NULL && fs_disk_open(&arena, directory, &disk) != 0)
		die(directory, strerror(errno));
	fs = disk;
	fs.flush = no_flush;
	amount = run_in_memory(&run, text, &outputs, times);
	if (directory != NULL)
		run_on_disk(&run, &outputs, &disk, times);
	arena_free(&arena);
	return amount;
}

/* ---- directories ---- */

void
directory_make(char path[], size_t size)
{
	const char *parent = getenv("TMPDIR");

	int len = snprintf(path, size, "%s/bench-XXXXXX", parent == NULL ? "/tmp" : parent);

	if (len < 0 || (size_t)len >= size)
		die(parent, "the path is too long");
	if (mkdtemp(path) == NULL)
		die(path, strerror(errno));
}

static void
empty(struct arena *arena, const struct fs *fs, struct str directory)
{
	struct str *names;
	size_t count;
	int error = fs->list(fs->self, arena, directory, &names, &count);

	for (size_t i = 0; error == 0 && i < count; i++) {
		struct str path = path_join(arena, directory, names[i]);
		bool is_directory = fs->kind(fs->self, path, &error) == FS_DIRECTORY;

		if (is_directory)
			empty(arena, fs, path);
		error = is_directory ? fs->remove_directory(fs->self, path)
				     : fs->remove(fs->self, path);
	}
	if (error != 0)
		die("cannot clear a directory", strerror(error));
}

void
directory_remove(const char *path)
{
	struct arena arena;
	struct fs fs;
	jmp_buf escape;

	if (setjmp(escape) != 0)
		die(path, "no memory");
	arena_init(&arena, (size_t)1 << 30, &escape);
	if (fs_disk_open(&arena, path, &fs) != 0)
		die(path, strerror(errno));
	empty(&arena, &fs, STR(""));
	arena_free(&arena);
	if (rmdir(path) != 0)
		die(path, strerror(errno));
}

/* ---- programs ---- */

double
measure_program(const char *const arguments[])
{
	char *const environment[] = {NULL};
	posix_spawn_file_actions_t actions;
	struct watch watch = watch_start(CLOCK_MONOTONIC);
	int status = 0;
	pid_t child;
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	/* which changes none of them, whatever its type says */
	error = posix_spawn(&child, arguments[0], &actions, NULL, (char *const *)arguments,
			    environment);
	posix_spawn_file_actions_destroy(&actions);
	if (error != 0)
		die(arguments[0], strerror(error));
	if (waitpid(child, &status, 0) == -1 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		die(arguments[0], "failed");
	return lap(&watch);
}

long
measure_peak(void)
{
	struct rusage usage;

	getrusage(RUSAGE_CHILDREN, &usage);
	return usage.ru_maxrss;
}

/* ---- numbers ---- */

static int
compare(const void *a, const void *b)
{
	double left = *(const double *)a;
	double right = *(const double *)b;

	return (left > right) - (left < right);
}

double
measure_median(double *times, size_t count)
{
	qsort(times, count, sizeof(*times), compare);
	return times[count / 2];
}

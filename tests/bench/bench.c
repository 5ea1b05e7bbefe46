/*
 * bench [--check RATIO] [--shapes] [--repeat N]: how long the pipeline takes, as multiples of a
 * bare libyaml scan of the same spec. Both are measured in turn in one process, and medians are
 * shown, so that a ratio means the same on every machine. With --shapes it shows how the time grows
 * with each thing that a spec may have many of. With --check it exits 1 where load, resolve and
 * render of 10,000 crates take more than RATIO scans, or a shape grows much faster than its count.
 * Meant for a Release build.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "bench/measure.h"
#include "bench/workloads.h"

enum { REPEAT_MAX = 99, STARTS = 200, PATH_SIZE = 512, CHECKED_CRATES = 10000 };

/* Of four times as many of a shape; 4 is linear, 16 quadratic. */
static const double growth_max = 8;

struct options {
	double check; /* 0: not asked for */
	bool shapes;
	size_t repeat;
};

struct medians {
	double at[STAGE_COUNT];
	struct amount amount;
};

static const char *const stage_names[STAGE_COUNT] = {
	"libyaml scan", "load", "resolve", "render", "plan", "write", "flush", "plan, unchanged",
};

static void
die(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(2);
}

static void
write_file(const char *directory, const char *name, struct str content)
{
	char path[PATH_SIZE];
	FILE *file;

	if (snprintf(path, sizeof(path), "%s/%s", directory, name) >= PATH_SIZE)
		die("the path is too long");
	file = fopen(path, "wx");
	if (file == NULL || fwrite(content.at, 1, content.len, file) != content.len ||
	    fclose(file) != 0)
		die("cannot write");
}

static struct str
read_file(struct arena *arena, const char *path)
{
	char chunk[1 << 12];
	struct buf text;
	size_t got;
	FILE *file = fopen(path, "r");

	if (file == NULL)
		die(path);
	buf_init(&text, arena);
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_add(&text, (struct str){chunk, got});
	fclose(file);
	return buf_str(&text);
}

/* ---- stages ---- */

/* A directory with the files that the example refers to, new for each run: what stands in one
 * makes the next one cheaper. */
static void
make_tree(char directory[PATH_SIZE])
{
	char sources[PATH_SIZE];

	directory_make(directory, PATH_SIZE);
	if (snprintf(sources, sizeof(sources), "%s/src", directory) >= PATH_SIZE ||
	    mkdir(sources, 0777) != 0)
		die("cannot make a directory");
	write_file(directory, "src/lib.rs", STR(""));
	write_file(directory, "src/main.rs", STR(""));
}

static struct medians
measure_stages(struct str text, size_t repeat)
{
	static double times[STAGE_COUNT][REPEAT_MAX];
	struct medians medians = {.amount = {0}};
	char directory[PATH_SIZE];

	for (size_t i = 0; i < repeat; i++) {
		double run[STAGE_COUNT] = {0};

		run[STAGE_SCAN] = measure_scan(text);
		make_tree(directory);
		medians.amount = measure_run(text, directory, run);
		directory_remove(directory);
		for (int stage = 0; stage < STAGE_COUNT; stage++)
			times[stage][i] = run[stage];
	}
	for (int stage = 0; stage < STAGE_COUNT; stage++)
		medians.at[stage] = measure_median(times[stage], repeat);
	return medians;
}

static double
sum(const struct medians *medians, enum stage first, enum stage last)
{
	double total = 0;

	for (int stage = (int)first; stage <= (int)last; stage++)
		total += medians->at[stage];
	return total;
}

static void
print_row(const char *name, double time, double scan)
{
	printf("  %-28s %10.3f ms  %6.2f\n", name, time * 1e3, time / scan);
}

/* The peak of a process of its own, which starts with nothing. */
static long
peak_of(struct str text)
{
	char directory[PATH_SIZE];
	const char *arguments[] = {BZLMODGEN_PATH, "-C", directory, "generate", NULL};

	make_tree(directory);
	write_file(directory, "bzlmodgen.yaml", text);
	measure_program(arguments);
	directory_remove(directory);
	return measure_peak();
}

static double
report(const char *name, struct str text, size_t repeat, long peak)
{
	struct medians medians = measure_stages(text, repeat);
	double scan = medians.at[STAGE_SCAN];
	double in_memory = sum(&medians, STAGE_LOAD, STAGE_RENDER);

	printf("%s: %zu bytes of YAML, %zu outputs of %zu bytes\n", name, text.len,
	       medians.amount.files, medians.amount.bytes);
	for (int stage = 0; stage < STAGE_COUNT; stage++)
		print_row(stage_names[stage], medians.at[stage], scan);
	print_row("= load to render", in_memory, scan);
	print_row("= load to write", in_memory + sum(&medians, STAGE_PLAN, STAGE_WRITE), scan);
	print_row("= load to flush", in_memory + sum(&medians, STAGE_PLAN, STAGE_FLUSH), scan);
	print_row("= load to plan, unchanged", in_memory + medians.at[STAGE_PLAN_AGAIN], scan);
	printf("  %-28s %10ld KiB\n\n", "peak of generate", peak);
	return in_memory / scan;
}

/* ---- start-up ---- */

static double
median_of_program(const char *const arguments[])
{
	static double times[STARTS];

	for (size_t i = 0; i < STARTS; i++)
		times[i] = measure_program(arguments);
	return measure_median(times, STARTS);
}

static void
report_starts(struct str text)
{
	char directory[PATH_SIZE];
	const char *nothing[] = {"/bin/true", NULL};
	const char *version[] = {BZLMODGEN_PATH, "version", NULL};
	const char *generate[] = {BZLMODGEN_PATH, "-C", directory, "generate", NULL};

	make_tree(directory);
	write_file(directory, "bzlmodgen.yaml", text);
	measure_program(generate);
	printf("processes, from start to end\n");
	printf("  %-28s %10.3f ms\n", "/bin/true", median_of_program(nothing) * 1e3);
	printf("  %-28s %10.3f ms\n", "bzlmodgen version", median_of_program(version) * 1e3);
	printf("  %-28s %10.3f ms\n", "bzlmodgen generate, unchanged",
	       median_of_program(generate) * 1e3);
	putchar('\n');
	directory_remove(directory);
}

/* ---- shapes ---- */

static double
time_of_shape(const struct shape *shape, size_t count, size_t repeat, double *scan)
{
	static double times[REPEAT_MAX];
	static double scans[REPEAT_MAX];
	struct arena arena;
	jmp_buf escape;
	struct buf text;

	if (setjmp(escape) != 0)
		die("out of memory");
	arena_init(&arena, (size_t)1 << 30, &escape);
	buf_init(&text, &arena);
	shape->write(&text, count);
	for (size_t i = 0; i < repeat; i++) {
		double run[STAGE_COUNT] = {0};

		scans[i] = measure_scan(buf_str(&text));
		measure_run(buf_str(&text), NULL, run);
		times[i] = run[STAGE_LOAD] + run[STAGE_RESOLVE] + run[STAGE_RENDER];
	}
	arena_free(&arena);
	*scan = measure_median(scans, repeat);
	return measure_median(times, repeat);
}

/* The largest growth. */
static double
report_shapes(size_t repeat)
{
	double largest = 0;

	printf("load to render of many...          N        time  scans      time of 4 N  scans  "
	       "growth\n");
	for (const struct shape *shape = workload_shapes; shape->name != NULL; shape++) {
		double small_scan;
		double large_scan;
		double small = time_of_shape(shape, shape->count, repeat, &small_scan);
		double large = time_of_shape(shape, shape->count * 4, repeat, &large_scan);

		printf("  %-30s %6zu %8.2f ms  %5.2f      %8.2f ms  %5.2f   %5.2f\n", shape->name,
		       shape->count, small * 1e3, small / small_scan, large * 1e3,
		       large / large_scan, large / small);
		if (large / small > largest)
			largest = large / small;
	}
	return largest;
}

/* ---- command line ---- */

static bool
read_options(struct options *options, char **arguments)
{
	for (; *arguments != NULL; arguments++) {
		if (strcmp(*arguments, "--shapes") == 0)
			options->shapes = true;
		else if (strcmp(*arguments, "--check") == 0 && arguments[1] != NULL)
			options->check = strtod(*++arguments, NULL);
		else if (strcmp(*arguments, "--repeat") == 0 && arguments[1] != NULL)
			options->repeat = strtoul(*++arguments, NULL, 10);
		else
			return false;
	}
	return options->repeat >= 1 && options->repeat <= REPEAT_MAX;
}

struct workload {
	const char *name;
	size_t crates; /* 0: the example */
	struct str text;
	long peak;
};

/* The peaks come first and by size, since that of a child counts what its parent had. */
static void
prepare(struct arena *arena, struct workload *workloads)
{
	measure_prepare();
	for (struct workload *workload = workloads; workload->name != NULL; workload++) {
		if (workload->crates == 0)
			workload->text = read_file(arena, SOURCE_DIR
						   "/examples/direct-crates/bzlmodgen.yaml");
		else
			workload->text = workload_crates(arena, workload->crates);
		workload->peak = peak_of(workload->text);
	}
}

static bool
is_fast_enough(const struct options *options, double ratio, double growth)
{
	if (options->check > 0 && ratio > options->check) {
		printf("load to render of %d crates takes %.2f scans, more than %.2f\n",
		       CHECKED_CRATES, ratio, options->check);
		return false;
	}
	if (options->check > 0 && growth > growth_max) {
		printf("four times as many take %.2f times as long, more than %.2f\n", growth,
		       growth_max);
		return false;
	}
	return true;
}

static bool
run(struct arena *arena, const struct options *options)
{
	struct workload workloads[] = {
		{.name = "examples/direct-crates"},
		{.name = "1000 crates", .crates = 1000},
		{.name = "10000 crates", .crates = CHECKED_CRATES},
		{.name = "100000 crates", .crates = 100000},
		{0},
	};
	double checked = 0;

	prepare(arena, workloads);
	report_starts(workloads[0].text);
	for (const struct workload *workload = workloads; workload->name != NULL; workload++) {
		double ratio =
			report(workload->name, workload->text, options->repeat, workload->peak);

		if (workload->crates == CHECKED_CRATES)
			checked = ratio;
	}
	return is_fast_enough(options, checked,
			      options->shapes ? report_shapes(options->repeat / 3 + 1) : 0);
}

int
main(int argc, char **argv)
{
	struct options options = {.repeat = 15};
	struct arena arena;
	jmp_buf escape;
	bool good;

	(void)argc;
	if (!read_options(&options, argv + 1))
		die("usage: bench [--check RATIO] [--shapes] [--repeat N]");
	if (setjmp(escape) != 0)
		die("out of memory");
	arena_init(&arena, (size_t)1 << 30, &escape);
	good = run(&arena, &options);
	arena_free(&arena);
	return good ? 0 : 1;
}

/* Runs of the pipeline, timed. Times are in seconds. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "base/str.h"

enum stage {
	STAGE_SCAN, /* libyaml alone: the floor */
	STAGE_LOAD,
	STAGE_RESOLVE,
	STAGE_RENDER,
	STAGE_PLAN,
	STAGE_WRITE, /* without the flush */
	STAGE_FLUSH,
	STAGE_PLAN_AGAIN, /* where all outputs are there */
	STAGE_COUNT,
};

/* What the run did, to show that it did something. */
struct amount {
	size_t files;
	size_t bytes;
};

/* Has each run take its memory fresh from the system, as that of a new process does. */
void measure_prepare(void);
/* One event scan of the text. */
double measure_scan(struct str text);
/*
 * load, resolve, render; with a directory plan and write, and plan once more as well. Adds to
 * times[STAGE_LOAD] and so on. Without a directory every file is taken to be there.
 */
struct amount measure_run(struct str text, const char *directory, double times[STAGE_COUNT]);

/* A new directory for temporary files; and removes one with all that is in it. */
void directory_make(char path[], size_t size);
void directory_remove(const char *path);

/* One run of a program with all output dropped, and the largest peak of memory of all programs run
 * so far, in KiB. */
double measure_program(const char *const arguments[]);
long measure_peak(void);

double measure_median(double *times, size_t count);

#endif

/*
 * What the JSON and the SARIF report share: text that JSON can hold, and a tree that the arena
 * releases. The rest is schema/json_writer.h.
 */
#ifndef DRIVER_REPORT_WRITER_H
#define DRIVER_REPORT_WRITER_H

#include "bzlmodgen/report.h"
#include "schema/json_writer.h"

/* An empty object, released with the arena. */
cJSON *report_root(struct json_writer *w);
/* Appends it as text, with a line end. */
void report_print(struct json_writer *w, const cJSON *root, struct buf *out);

/* A NULL key appends to an array. */
void report_null(struct json_writer *w, cJSON *parent, const char *key);
void report_bool(struct json_writer *w, cJSON *parent, const char *key, bool value);
void report_number(struct json_writer *w, cJSON *parent, const char *key, size_t value);
/* What is not UTF-8 in it becomes U+FFFD. */
void report_text(struct json_writer *w, cJSON *parent, const char *key, struct str text);
/* null where the text is empty ... */
void report_text_or_null(struct json_writer *w, cJSON *parent, const char *key, struct str text);
/* ... and where there is none, but not where it is empty. */
void report_value_or_null(struct json_writer *w, cJSON *parent, const char *key, struct str value);

#endif

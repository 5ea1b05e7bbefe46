/* The small parts that SARIF logs are made of. */
#ifndef DRIVER_SARIF_H
#define DRIVER_SARIF_H

#include "base/map.h"
#include "driver/findings.h"
#include "driver/report_writer.h"

/* What relative names of files are relative to: the usual name for the root of the sources. */
#define SARIF_BASE "%SRCROOT%"

/* A message object; nothing in the text is taken for a placeholder or a link. */
void sarif_message(struct json_writer *w, cJSON *parent, const char *key, struct str text);
/* A multiformatMessageString, which has no placeholders where it describes a rule. */
void sarif_description(struct json_writer *w, cJSON *parent, const char *key, const char *text);
/* artifactLocation */
void sarif_artifact(struct json_writer *w, cJSON *parent, struct str file);
/* physicalLocation, with a region where the line is known. */
void sarif_physical_location(struct json_writer *w, cJSON *location, const struct place *place);
void sarif_region(struct json_writer *w, cJSON *parent, const char *key, const struct place *place);

/*
 * What tells a result from others and stays the same when lines move: a hash of code, file and
 * identity, and for what has all of these in common, which of them it is. `seen` holds what came
 * before.
 */
struct str sarif_fingerprint(struct arena *arena, const struct finding *finding, struct map *seen);

#endif

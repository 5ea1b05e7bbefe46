#include "driver/sarif.h"

#include <inttypes.h>

/* "{0}" would be a placeholder, and "[text](target)" a link: doubles what makes the one, and puts a
 * backslash, where there is none, before what makes the other. */
static void
put_literal(struct buf *out, struct str text)
{
	bool is_escaped = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '{' || c == '}')
			buf_char(out, c);
		if (c == ']' && i + 1 < text.len && text.at[i + 1] == '(' && !is_escaped)
			buf_char(out, '\\');
		buf_char(out, c);
		is_escaped = c == '\\' && !is_escaped;
	}
}

void
sarif_message(struct json_writer *w, cJSON *parent, const char *key, struct str text)
{
	struct buf literal;

	buf_init(&literal, w->arena);
	put_literal(&literal, text);
	report_text(w, json_object(w, parent, key), "text", buf_str(&literal));
}

void
sarif_description(struct json_writer *w, cJSON *parent, const char *key, const char *text)
{
	report_text(w, json_object(w, parent, key), "text", str_from(text));
}

/* ---- places ---- */

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
}

void
sarif_artifact(struct json_writer *w, cJSON *parent, struct str file)
{
	cJSON *artifact = json_object(w, parent, "artifactLocation");
	bool is_absolute = str_has_prefix(file, STR("/"));
	struct buf uri;

	buf_init(&uri, w->arena);
	if (is_absolute)
		buf_text(&uri, "file://");
	for (size_t i = 0; i < file.len; i++) {
		if (is_unreserved(file.at[i]))
			buf_char(&uri, file.at[i]);
		else
			buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)file.at[i]);
	}
	report_text(w, artifact, "uri", buf_str(&uri));
	if (!is_absolute)
		report_text(w, artifact, "uriBaseId", STR(SARIF_BASE));
}

void
sarif_region(struct json_writer *w, cJSON *parent, const char *key, const struct place *place)
{
	cJSON *region = json_object(w, parent, key);

	report_number(w, region, "startLine", place->line);
	if (place->column > 0)
		report_number(w, region, "startColumn", place->column);
	if (place->end_line > place->line)
		report_number(w, region, "endLine", place->end_line);
	if (place->end_column > 0)
		report_number(w, region, "endColumn", place->end_column);
}

void
sarif_physical_location(struct json_writer *w, cJSON *location, const struct place *place)
{
	cJSON *physical = json_object(w, location, "physicalLocation");

	sarif_artifact(w, physical, place->file);
	if (place->line > 0)
		sarif_region(w, physical, "region", place);
}

/* ---- fingerprints ---- */

/* FNV-1a, of 64 bits on every machine. */
static uint64_t
hash(struct str text)
{
	uint64_t value = 0xcbf29ce484222325;

	for (size_t i = 0; i < text.len; i++) {
		value ^= (unsigned char)text.at[i];
		value *= 0x100000001b3;
	}
	return value;
}

struct str
sarif_fingerprint(struct arena *arena, const struct finding *finding, struct map *seen)
{
	struct buf key;
	struct str text;
	size_t *times;

	buf_init(&key, arena);
	buf_printf(&key, "%s\n%.*s\n%.*s", diag_info(finding->code)->code,
		   STR_ARG(finding->place.file), STR_ARG(finding->identity));
	text = arena_str(arena, buf_str(&key));
	times = map_add(seen, text, ARENA_NEW(arena, size_t));
	(*times)++;
	return arena_printf(arena, "%016" PRIx64 ":%zu", hash(text), *times);
}

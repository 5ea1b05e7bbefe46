#include "plan/manifest.h"

#include <cjson/cJSON.h>

#include "diag/utf8.h"
#include "plan/digest.h"
#include "plan/paths.h"
#include "starlark/starlark.h"

#define VERSION_KEY "bzlmodgen"
#define FILES_KEY "files"
#define DIGEST_KEY "sha256"
#define REGION_KEY "region"

enum { VERSION_LENGTH_MAX = 64 };

struct reading {
	struct arena *arena;
	struct diags *diags;
	const struct source *source;
	struct str version; /* ours */
	cJSON *root;
	struct manifest *manifest;
};

void
manifest_init(struct manifest *manifest, struct arena *arena)
{
	*manifest = (struct manifest){0};
	map_init(&manifest->by_path, arena);
}

struct owned *
manifest_find(const struct manifest *manifest, struct str path)
{
	return map_get(&manifest->by_path, path);
}

void
manifest_add(struct manifest *manifest, struct owned owned)
{
	struct arena *arena = manifest->by_path.arena;
	struct owned *item = ARENA_NEW(arena, struct owned);

	*item = owned;
	manifest->items = arena_grow(arena, manifest->items, manifest->count, &manifest->capacity,
				     sizeof(struct owned *));
	manifest->items[manifest->count++] = item;
	map_add(&manifest->by_path, owned.path, item);
}

void
manifest_merge(struct manifest *manifest, const struct manifest *other)
{
	for (size_t i = 0; i < other->count; i++) {
		struct owned *mine = manifest_find(manifest, other->items[i]->path);

		if (mine == NULL)
			manifest_add(manifest, *other->items[i]);
		else
			mine->other = other->items[i];
	}
}

/* ---- reading ---- */

static struct span
span_of_line(const struct source *source, size_t at)
{
	struct span span = {.source = source, .line = 1, .column = 1};

	for (size_t i = 0; i < at && i < source->text.len; i++)
		span.line += source->text.at[i] == '\n';
	return span;
}

/* The line on which a text stands for the last time: cJSON tells no positions, but the manifest has
 * a line for each file. */
static struct span
span_of_text(const struct reading *reading, struct str text)
{
	struct str rest = reading->source->text;
	size_t at = str_find_str(rest, text);
	size_t found = at;

	if (at == rest.len)
		return (struct span){.source = reading->source};
	while (at < rest.len) {
		rest = str_after(rest, at + 1);
		at = str_find_str(rest, text);
		if (at < rest.len)
			found += at + 1;
	}
	return span_of_line(reading->source, found);
}

static bool
fail(const struct reading *reading, struct span span, struct str text)
{
	struct diag *diag =
		diag_add(reading->diags, DIAG_PLAN_MANIFEST, span, "%.*s", STR_ARG(text));

	diag_help(reading->diags, diag,
		  "bring it back from version control, or delete it: files that are as the spec "
		  "asks for count as ours without it");
	return false;
}

static bool
fail_file(const struct reading *reading, struct str path, const char *what)
{
	struct str quoted = arena_printf(reading->arena, "\"%.*s\"", STR_ARG(path));

	return fail(reading, span_of_text(reading, quoted),
		    arena_printf(reading->arena, "'%.*s' %s", STR_ARG(path), what));
}

/* What a merge leaves when both sides have changed a line. */
static bool
is_free_of_conflict(const struct reading *reading)
{
	struct str rest = reading->source->text;
	struct diag *diag;

	while (rest.len > 0) {
		size_t at = reading->source->text.len - rest.len;
		struct str line = str_cut(&rest, '\n');

		if (!str_has_prefix(line, STR("<<<<<<< ")) &&
		    !str_has_prefix(line, STR(">>>>>>> ")))
			continue;
		diag = diag_add(reading->diags, DIAG_PLAN_MANIFEST_CONFLICT,
				span_of_line(reading->source, at),
				"'%s' holds a conflict of a merge", MANIFEST_NAME);
		diag_help(reading->diags, diag,
			  "settle the conflicts in the spec, take either side of this file and of "
			  "other files of ours in conflict ('git checkout --theirs FILE'), and run "
			  "'bzlmodgen generate'");
		return false;
	}
	return true;
}

static bool
is_utf8(struct str text)
{
	uint32_t code;

	while (text.len > 0) {
		size_t len = utf8_decode(text, &code);

		if (len == 0)
			return false;
		text = str_after(text, len);
	}
	return true;
}

static void
delete_root(void *self)
{
	struct reading *reading = self;

	cJSON_Delete(reading->root);
	reading->root = NULL;
}

static bool
parse(struct reading *reading)
{
	/* cJSON looks one byte too far without a NUL behind the text */
	struct str text = arena_str(reading->arena, reading->source->text);
	struct span nowhere = {.source = reading->source};
	const char *end = text.at;
	struct str rest;

	if (text.len > MANIFEST_SIZE_MAX)
		return fail(reading, nowhere, STR("this is larger than 16 MiB"));
	if (!is_utf8(text))
		return fail(reading, nowhere, STR("this is not UTF-8"));
	/* cJSON would end a text there */
	if (str_find_str(text, STR("\\u0000")) < text.len)
		return fail(reading, span_of_text(reading, STR("\\u0000")),
			    STR("a text holds a NUL"));
	if (!is_free_of_conflict(reading))
		return false;
	reading->root = cJSON_ParseWithLengthOpts(text.at, text.len + 1, &end, false);
	rest = str_trim(str_after(text, (size_t)(end - text.at)));
	if (reading->root != NULL && rest.len == 0)
		return true;
	/* where it stopped, or what stands behind the end */
	return fail(reading,
		    span_of_line(reading->source,
				 rest.len > 0 ? (size_t)(rest.at - text.at) : text.len),
		    STR("this is not JSON"));
}

/* A text of the tree, whose bytes are copied, or NULL bytes where the item is none. */
static struct str
text_of(const struct reading *reading, const cJSON *item)
{
	const char *text = cJSON_GetStringValue(item);

	if (text == NULL)
		return (struct str){NULL, 0};
	return arena_str(reading->arena, str_from(text));
}

/* That of a newer bzlmodgen may look like anything, so this comes first. */
static bool
read_version(struct reading *reading)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(reading->root, VERSION_KEY);
	struct str version = text_of(reading, item);
	struct span span = span_of_text(reading, STR("\"" VERSION_KEY "\""));
	struct diag *diag;

	if (version.len == 0 || version.len > VERSION_LENGTH_MAX || !bazel_is_version(version))
		return fail(reading, span,
			    STR("'" VERSION_KEY "' does not tell the version that wrote it"));
	reading->manifest->version = version;
	if (bazel_compare_versions(version, reading->version) <= 0)
		return true;
	diag = diag_add(reading->diags, DIAG_PLAN_MANIFEST_NEWER, span,
			"the files were written by bzlmodgen %.*s, and this is %.*s",
			STR_ARG(version), STR_ARG(reading->version));
	diag_help(reading->diags, diag, "upgrade bzlmodgen to %.*s or later", STR_ARG(version));
	return false;
}

static bool
read_members(const struct reading *reading, const cJSON *file, struct owned *owned)
{
	for (const cJSON *item = file->child; item != NULL; item = item->next) {
		struct str key = str_from(item->string);

		if (str_is(key, DIGEST_KEY) && owned->digest.len == 0) {
			owned->digest = text_of(reading, item);
			if (!digest_is_sound(owned->digest))
				return fail_file(reading, owned->path,
						 "has a 'sha256' that is not 64 lower-case hex "
						 "digits");
		} else if (str_is(key, REGION_KEY) && !owned->is_region) {
			owned->is_region = cJSON_IsTrue(item) != 0;
			if (!owned->is_region)
				return fail_file(reading, owned->path,
						 "has a 'region' that is not 'true'");
		} else {
			return fail_file(reading, owned->path,
					 "has more than one 'sha256' and one 'region'");
		}
	}
	if (owned->digest.len == 0)
		return fail_file(reading, owned->path, "has no 'sha256'");
	return true;
}

static bool
read_file(const struct reading *reading, const cJSON *file)
{
	struct owned owned = {.path = arena_str(reading->arena, str_from(file->string))};
	const char *fault = path_fault(owned.path);

	if (fault != NULL)
		return fail_file(reading, owned.path, fault);
	if (manifest_find(reading->manifest, owned.path) != NULL)
		return fail_file(reading, owned.path, "is listed twice");
	if (!cJSON_IsObject(file))
		return fail_file(reading, owned.path, "is not described by an object");
	if (!read_members(reading, file, &owned))
		return false;
	manifest_add(reading->manifest, owned);
	return true;
}

static bool
read_files(const struct reading *reading)
{
	const cJSON *files = NULL;
	size_t count = 0;

	for (const cJSON *item = reading->root->child; item != NULL; item = item->next) {
		count++;
		if (str_is(str_from(item->string), FILES_KEY))
			files = item;
	}
	if (count != 2 || files == NULL || !cJSON_IsObject(files))
		return fail(reading, (struct span){.source = reading->source},
			    STR("this does not hold '" VERSION_KEY "' and '" FILES_KEY "' alone"));
	for (const cJSON *file = files->child; file != NULL; file = file->next) {
		if (!read_file(reading, file))
			return false;
	}
	return true;
}

bool
manifest_read(struct arena *arena, struct diags *diags, const struct source *source,
	      struct str version, struct manifest *manifest)
{
	struct reading *reading = ARENA_NEW(arena, struct reading);
	bool good;

	*reading = (struct reading){arena, diags, source, version, NULL, manifest};
	manifest_init(manifest, arena);
	/* should memory run out in the middle of it */
	arena_defer(arena, delete_root, reading);
	good = parse(reading);
	if (good && !cJSON_IsObject(reading->root))
		good = fail(reading, (struct span){.source = source}, STR("this is not an object"));
	good = good && read_version(reading) && read_files(reading);
	delete_root(reading);
	if (!good)
		manifest_init(manifest, arena);
	return good;
}

/* ---- writing ---- */

static void
write_text(struct buf *out, struct str text)
{
	buf_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		/* of what JSON escapes, a path may hold nothing else */
		if (text.at[i] == '"')
			buf_char(out, '\\');
		buf_char(out, text.at[i]);
	}
	buf_char(out, '"');
}

struct str
manifest_write(struct arena *arena, const struct manifest *manifest, struct str version)
{
	struct buf out;

	buf_init(&out, arena);
	buf_text(&out, "{\n  \"" VERSION_KEY "\": ");
	write_text(&out, version);
	buf_text(&out, ",\n  \"" FILES_KEY "\": {");
	for (size_t i = 0; i < manifest->count; i++) {
		const struct owned *owned = manifest->items[i];

		buf_text(&out, i == 0 ? "\n    " : ",\n    ");
		write_text(&out, owned->path);
		buf_text(&out, ": {\"" DIGEST_KEY "\": ");
		write_text(&out, owned->digest);
		if (owned->is_region)
			buf_text(&out, ", \"" REGION_KEY "\": true");
		buf_char(&out, '}');
	}
	buf_text(&out, manifest->count > 0 ? "\n  }\n}\n" : "}\n}\n");
	return buf_str(&out);
}

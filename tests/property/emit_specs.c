/*
 * emit_specs SEED DIR: writes a random but valid spec, DIR/bzlmodgen.yaml, and the files that it
 * refers to. Every key, every rule and attribute of the catalogue that the chosen versions have,
 * and every form of value comes up sooner or later. specs.sh says what must hold of all of them.
 *
 * emit_specs --json FILE N: whether the file is N JSON objects, one after the other.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>

#include "specs/maker.h"

static int
append(void *data, unsigned char *bytes, size_t size)
{
	buf_add(data, (struct str){(const char *)bytes, size});
	return 1;
}

static bool
start(struct maker *maker, struct buf *out)
{
	yaml_event_t event;
	yaml_emitter_t *emitter = &maker->emitter;
	static const int widths[] = {80, 20, -1};

	if (yaml_emitter_initialize(emitter) == 0)
		return false;
	yaml_emitter_set_output(emitter, append, out);
	yaml_emitter_set_unicode(emitter, chance(maker, 60));
	yaml_emitter_set_width(emitter, widths[below(maker, COUNT(widths))]);
	yaml_emitter_set_indent(emitter, 2 + (int)below(maker, 4));
	yaml_emitter_set_break(emitter, chance(maker, 20) ? YAML_CRLN_BREAK : YAML_LN_BREAK);
	return yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING) != 0 &&
	       yaml_emitter_emit(emitter, &event) != 0 &&
	       yaml_document_start_event_initialize(&event, NULL, NULL, NULL, chance(maker, 80)) !=
		       0 &&
	       yaml_emitter_emit(emitter, &event) != 0;
}

static bool
finish(struct maker *maker)
{
	yaml_event_t event;
	bool good = yaml_document_end_event_initialize(&event, 1) != 0 &&
		    yaml_emitter_emit(&maker->emitter, &event) != 0 &&
		    yaml_stream_end_event_initialize(&event) != 0 &&
		    yaml_emitter_emit(&maker->emitter, &event) != 0;

	if (!good)
		fprintf(stderr, "emit_specs: libyaml: %s\n", maker->emitter.problem);
	yaml_emitter_delete(&maker->emitter);
	return good;
}

static void
put_head(struct maker *maker)
{
	put_pair(maker, "spec", "1");
	if (strcmp(maker->set->name, "2026-08") != 0 || chance(maker, 50))
		put_pair(maker, "catalogue", maker->set->name);
	if (chance(maker, 30))
		put_pair(maker, "tool", chance(maker, 50) ? ">=0.0.1" : ">=0.0.1, <99");
}

static void
put_spec(struct maker *maker)
{
	plan_rulesets(maker);
	map_begin(maker);
	put_head(maker);
	put_module_parts(maker);
	put_extensions(maker);
	put_registrations(maker);
	put_rust(maker);
	put_crates(maker);
	put_profiles(maker);
	plan_packages(maker);
	put_packages(maker);
	put_raw(maker);
	map_end(maker);
}

static bool
write_spec(struct arena *arena, const char *seed, const char *directory)
{
	struct maker *maker = ARENA_NEW(arena, struct maker);
	struct buf out;

	maker->arena = arena;
	maker->state = strtoull(seed, NULL, 10);
	maker->directory = directory;
	buf_init(&out, arena);
	if (chance(maker, 10))
		buf_text(&out, "\xef\xbb\xbf");
	if (!start(maker, &out))
		return false;
	put_spec(maker);
	if (!finish(maker))
		return false;
	need_file(maker, "bzlmodgen.yaml", arena_str(arena, buf_str(&out)).at);
	return true;
}

/* cJSON alone would let control characters pass. */
static bool
is_json(struct str text, size_t wanted)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.at[i] < ' ' && text.at[i] != '\n' && text.at[i] != '\t')
			return false;
	}
	for (text = str_trim(text); text.len > 0; text = str_trim(text), count++) {
		const char *end = NULL;
		cJSON *object = cJSON_ParseWithLengthOpts(text.at, text.len, &end, false);
		bool good = cJSON_IsObject(object);

		cJSON_Delete(object);
		if (!good) {
			fprintf(stderr, "object %zu: near %.60s\n", count + 1, end);
			return false;
		}
		text = str_after(text, (size_t)(end - text.at));
	}
	return count == wanted;
}

static bool
check_json(struct arena *arena, const char *path, const char *count)
{
	FILE *file = fopen(path, "r");
	char chunk[1 << 12];
	struct buf text;
	size_t got;

	if (file == NULL)
		return false;
	buf_init(&text, arena);
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0)
		buf_add(&text, (struct str){chunk, got});
	return fclose(file) == 0 && is_json(buf_str(&text), strtoull(count, NULL, 10));
}

int
main(int argc, char **argv)
{
	struct arena arena;
	jmp_buf escape;
	bool good;

	if (argc != 3 && (argc != 4 || strcmp(argv[1], "--json") != 0)) {
		fputs("usage: emit_specs SEED DIR\n       emit_specs --json FILE N\n", stderr);
		return 2;
	}
	if (setjmp(escape) != 0) {
		fputs("emit_specs: out of memory\n", stderr);
		return 1;
	}
	arena_init(&arena, (size_t)2 << 30, &escape);
	good = argc == 3 ? write_spec(&arena, argv[1], argv[2])
			 : check_json(&arena, argv[2], argv[3]);
	arena_free(&arena);
	return good ? 0 : 1;
}

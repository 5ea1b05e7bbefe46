/*
 * emit_specs SEED DIR: writes a random but valid spec, DIR/bzlmodgen.yaml, and the files that it
 * refers to. Every key, every rule and attribute of the catalogue that the chosen versions have,
 * and every form of value comes up sooner or later. specs.sh says what must hold of all of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	       yaml_document_start_event_initialize(&event, NULL, NULL, NULL,
						    chance(maker, 80)) != 0 &&
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

int
main(int argc, char **argv)
{
	struct arena arena;
	jmp_buf escape;
	struct maker maker = {.arena = &arena};
	struct buf out;
	bool has_mark;

	if (argc != 3) {
		fputs("usage: emit_specs SEED DIR\n", stderr);
		return 2;
	}
	if (setjmp(escape) != 0) {
		fputs("emit_specs: out of memory\n", stderr);
		return 1;
	}
	arena_init(&arena, (size_t)256 << 20, &escape);
	maker.state = strtoull(argv[1], NULL, 10);
	maker.directory = argv[2];
	buf_init(&out, &arena);
	has_mark = chance(&maker, 10);
	if (has_mark)
		buf_text(&out, "\xef\xbb\xbf");
	if (!start(&maker, &out)) {
		fputs("emit_specs: libyaml fails\n", stderr);
		return 1;
	}
	put_spec(&maker);
	if (!finish(&maker)) {
		fputs("emit_specs: libyaml fails\n", stderr);
		return 1;
	}
	buf_char(&out, '\0');
	need_file(&maker, "bzlmodgen.yaml", out.at);
	arena_free(&arena);
	return 0;
}

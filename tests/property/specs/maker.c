#include "specs/maker.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "emit_specs: %s: %s\n", what, why);
	exit(1);
}

/* ---- chance ---- */

size_t
below(struct maker *maker, size_t limit)
{
	uint64_t z = maker->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (size_t)((z ^ (z >> 31)) % limit);
}

bool
chance(struct maker *maker, unsigned percent)
{
	return below(maker, 100) < percent;
}

const char *
pick_of(struct maker *maker, const char *const *words, size_t count)
{
	return words[below(maker, count)];
}

const char *
text_of(struct maker *maker, const char *format, ...)
{
	struct str text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(maker->arena, format, args);
	va_end(args);
	return arena_str(maker->arena, text).at;
}

const char *
unique(struct maker *maker, const char *stem)
{
	return text_of(maker, "%s%zu", stem, ++maker->serial);
}

/* ---- YAML ---- */

static void
emit(struct maker *maker, yaml_event_t *event, int is_made)
{
	if (is_made == 0 || yaml_emitter_emit(&maker->emitter, event) == 0)
		die("libyaml",
		    maker->emitter.problem == NULL ? "no memory" : maker->emitter.problem);
}

void
map_begin(struct maker *maker)
{
	yaml_event_t event;

	emit(maker, &event,
	     yaml_mapping_start_event_initialize(&event, NULL, NULL, 1,
						 chance(maker, 25) ? YAML_FLOW_MAPPING_STYLE
								   : YAML_BLOCK_MAPPING_STYLE));
}

void
map_end(struct maker *maker)
{
	yaml_event_t event;

	emit(maker, &event, yaml_mapping_end_event_initialize(&event));
}

void
list_begin(struct maker *maker)
{
	yaml_event_t event;

	emit(maker, &event,
	     yaml_sequence_start_event_initialize(&event, NULL, NULL, 1,
						  chance(maker, 40) ? YAML_FLOW_SEQUENCE_STYLE
								    : YAML_BLOCK_SEQUENCE_STYLE));
}

void
list_end(struct maker *maker)
{
	yaml_event_t event;

	emit(maker, &event, yaml_sequence_end_event_initialize(&event));
}

static void
put_scalar(struct maker *maker, const char *text, yaml_scalar_style_t style)
{
	yaml_event_t event;

	emit(maker, &event,
	     yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)text,
					  (int)strlen(text), 1, 1, style));
}

/* Plain, these mean something else, or nothing, where no type is known. */
static bool
looks_typed(const char *text)
{
	static const char *const words[] = {"", "~", "null", "Null", "NULL", "true", "false"};

	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcmp(text, words[i]) == 0)
			return true;
	}
	return strspn(text, "-0123456789") == strlen(text);
}

void
put_text(struct maker *maker, const char *text)
{
	static const yaml_scalar_style_t styles[] = {
		YAML_PLAIN_SCALAR_STYLE,         YAML_PLAIN_SCALAR_STYLE,
		YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE,
		YAML_DOUBLE_QUOTED_SCALAR_STYLE,
	};
	size_t first = looks_typed(text) ? 2 : 0;

	/* line ends that only an escape may stand for */
	if (strstr(text, "\xc2\x85") != NULL || strstr(text, "\xe2\x80\xa8") != NULL)
		first = 3;
	put_scalar(maker, text, styles[first + below(maker, COUNT(styles) - first)]);
}

void
put_plain(struct maker *maker, const char *word)
{
	put_scalar(maker, word, YAML_PLAIN_SCALAR_STYLE);
}

void
put_bool(struct maker *maker)
{
	put_plain(maker, chance(maker, 50) ? "true" : "false");
}

void
put_int(struct maker *maker, long long value)
{
	put_plain(maker, text_of(maker, "%lld", value));
}

void
put_pair(struct maker *maker, const char *key, const char *text)
{
	put_plain(maker, key);
	put_text(maker, text);
}

/* ---- files ---- */

static void
make_parents(const char *path)
{
	char copy[4096];

	if (strlen(path) >= sizeof(copy))
		die(path, "too long");
	memcpy(copy, path, strlen(path) + 1);
	for (char *slash = strchr(copy + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0777) != 0 && errno != EEXIST)
			die(copy, strerror(errno));
		*slash = '/';
	}
}

void
need_file(struct maker *maker, const char *path, const char *content)
{
	const char *full = text_of(maker, "%s/%s", maker->directory, path);
	FILE *file;

	make_parents(full);
	file = fopen(full, "wx");
	if (file == NULL && errno == EEXIST)
		return;
	if (file == NULL || fputs(content, file) == EOF || fclose(file) != 0)
		die(full, strerror(errno));
}

void
need_package(struct maker *maker, const char *path)
{
	need_file(maker, text_of(maker, "%s/BUILD.bazel", path), "");
}

const char *
in_package(struct maker *maker, size_t package, const char *path)
{
	const char *folder = maker->packages[package];

	return folder[0] == '\0' ? path : text_of(maker, "%s/%s", folder, path);
}

/* ---- rows ---- */

bool
version_has(struct str version, const struct attribute *row)
{
	return version_in_range(version, row->since, row->last);
}

bool
has_row(struct maker *maker, const struct rule *rule, const struct attribute *row)
{
	struct str version = {0};

	if (rule->module != NULL)
		version = strcmp(rule->module, "rules_pkg") == 0 ? maker->rules_pkg
								 : maker->rules_rust;
	return version_has(version, row) &&
	       rule_attribute(rule, str_from(row->name), version) == row;
}

void
put_some_rows(struct maker *maker, const struct attribute *rows, const char *without,
	      unsigned percent)
{
	struct place place = {.in_module = true};

	for (const struct attribute *row = rows; row->name != NULL; row++) {
		bool is_required = (row->flags & ATTRIBUTE_REQUIRED) != 0;

		if (strstr(without, text_of(maker, "|%s|", row->name)) != NULL ||
		    !version_has(maker->rules_rust, row) ||
		    (!is_required && !chance(maker, percent)))
			continue;
		put_plain(maker, row->name);
		put_attribute(maker, &place, row);
	}
}

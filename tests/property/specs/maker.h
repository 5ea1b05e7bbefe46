/*
 * What the parts of emit_specs share: chance, YAML events, files, and what has been planned so far
 * for labels to lead to. A test program of its own: it ends with a message where something fails.
 */
#ifndef SPECS_MAKER_H
#define SPECS_MAKER_H

#include <stdbool.h>
#include <stdint.h>
#include <yaml.h>

#include "base/arena.h"
#include "catalogue/catalogue.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	PACKAGES_MAX = 8,
	TARGETS_MAX = 60,
	HUBS_MAX = 4,
	CRATES_MAX = 12,
	REPOS_MAX = 40,
};

struct made_target {
	const char *name;
	const struct rule *rule; /* NULL: `rule: foreign` */
	const char *foreign; /* name of that rule */
	size_t package;
};

struct made_hub {
	const char *name;
	bool is_external;
	bool has_cargo;
	bool has_specs;
	const char *crates[CRATES_MAX];
	bool is_proc_macro[CRATES_MAX];
	size_t crate_count;
};

struct maker {
	struct arena *arena;
	uint64_t state;
	yaml_emitter_t emitter;
	const char *directory;
	size_t serial; /* for names that must differ */

	const struct catalogue_set *set;
	struct str rules_rust; /* version in force */
	struct str rules_pkg;
	bool is_segment;
	const char *build_file;
	const char *own_repo; /* name of the module's own repository, or NULL */
	bool has_flags; /* a bazelrc comes to be */
	const char *bazelrc; /* its path; NULL: none */
	bool has_profiles;
	bool needs_editions; /* of each target that compiles Rust */
	const char *host_tools; /* repository of rust.host_tools, if it has a name */

	const char *repos[REPOS_MAX]; /* visible ones that are no hubs */
	size_t repo_count;
	struct made_hub hubs[HUBS_MAX];
	size_t hub_count;
	const char *packages[PACKAGES_MAX];
	size_t package_count;
	struct made_target targets[TARGETS_MAX];
	size_t target_count;
	bool has_manual_package; /* //manual, which only the disk has */
};

/* ---- chance (splitmix64, so that a seed means the same everywhere) ---- */

size_t below(struct maker *maker, size_t limit);
bool chance(struct maker *maker, unsigned percent);
const char *pick_of(struct maker *maker, const char *const *words, size_t count);
#define PICK(maker, words) pick_of((maker), (words), COUNT(words))
/* A text that lives as long as the maker. */
const char *text_of(struct maker *maker, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* `stem` with a number that no other name has. */
const char *unique(struct maker *maker, const char *stem);

/* ---- YAML, in styles that vary ---- */

void map_begin(struct maker *maker);
void map_end(struct maker *maker);
void list_begin(struct maker *maker);
void list_end(struct maker *maker);
/* A text, whatever it looks like. */
void put_text(struct maker *maker, const char *text);
/* Something that only its plain form means: true, 12, null. */
void put_plain(struct maker *maker, const char *word);
void put_bool(struct maker *maker);
void put_int(struct maker *maker, long long value);
void put_pair(struct maker *maker, const char *key, const char *text);

/* ---- files ---- */

/* Writes a file below the directory, unless it is there. */
void need_file(struct maker *maker, const char *path, const char *content);
/* An empty package that only the disk has. */
void need_package(struct maker *maker, const char *path);
/* `path` below a package of the spec. */
const char *in_package(struct maker *maker, size_t package, const char *path);

/* ---- values (values.c) ---- */

/* Any text, with quotes, backslashes, line ends, control characters, letters of all kinds. */
const char *any_text(struct maker *maker);
/* A value for an attribute of the target (`package`, only targets before `before`), by its type. */
struct place {
	size_t package;
	size_t before;
	bool in_module; /* of a tag: plain values only, and labels that are absolute */
};
void put_attribute(struct maker *maker, const struct place *place, const struct attribute *row);
/* A value for `attrs`. */
void put_anything(struct maker *maker, bool in_module, unsigned depth);

/* ---- labels (labels.c) ---- */

enum label_use {
	LABEL_ANY,
	LABEL_DEPS, /* no proc macro */
	LABEL_PROC_MACROS, /* only those */
	LABEL_RUST, /* something that compiles Rust */
	LABEL_IN_PACKAGE,
	LABEL_CONDITION,
};
/* *identity tells labels of one target that are spelled differently. */
const char *any_label(struct maker *maker, const struct place *place, enum label_use use,
		      const char **identity);
enum label_use use_of(const struct attribute *row);
bool is_rust_rule(const struct rule *rule);

/* ---- parts of the spec ---- */

/* Whether the pinned version has this row, and it is the one in force for its name. */
bool has_row(struct maker *maker, const struct rule *rule, const struct attribute *row);
bool version_has(struct str version, const struct attribute *row);
/* Some attributes of a table but those named in `without` ("|a|b|"). */
void put_some_rows(struct maker *maker, const struct attribute *rows, const char *without,
		   unsigned percent);

void plan_rulesets(struct maker *maker);
void put_module_parts(struct maker *maker);
void put_extensions(struct maker *maker);
void put_registrations(struct maker *maker);
void put_rust(struct maker *maker);
void plan_hubs(struct maker *maker);
void put_crates(struct maker *maker);
void put_profiles(struct maker *maker);
void plan_packages(struct maker *maker);
void put_packages(struct maker *maker);
void put_target(struct maker *maker, size_t at);
void put_raw(struct maker *maker);

#endif

/* Labels that lead somewhere: to targets, to files made for them, to other repositories. */
#include "specs/maker.h"

#include <string.h>

bool
is_rust_rule(const struct rule *rule)
{
	return rule != NULL && (rule->flags & RULE_RUST) != 0;
}

enum label_use
use_of(const struct attribute *row)
{
	if ((row->flags & ATTRIBUTE_IN_PACKAGE) != 0)
		return LABEL_IN_PACKAGE;
	if (strcmp(row->name, "deps") == 0)
		return LABEL_DEPS;
	if (strcmp(row->name, "proc_macro_deps") == 0)
		return LABEL_PROC_MACROS;
	return strcmp(row->name, "crate") == 0 ? LABEL_RUST : LABEL_ANY;
}

static bool
fits(const struct made_target *target, const struct place *place, enum label_use use)
{
	const struct rule *rule = target->rule;
	bool is_proc_macro = rule != NULL && (rule->flags & RULE_PROC_MACRO) != 0;

	switch (use) {
	case LABEL_ANY:
		return true;
	case LABEL_DEPS:
		return !is_proc_macro;
	case LABEL_PROC_MACROS:
		return is_proc_macro;
	case LABEL_RUST:
		return is_rust_rule(rule);
	case LABEL_IN_PACKAGE:
		return target->package == place->package;
	case LABEL_CONDITION:
		return rule != NULL && strcmp(rule->name, "config_setting") == 0;
	}
	return false;
}

/* A package as labels call it, with the own repository in front now and then. */
static const char *
package_label(struct maker *maker, size_t package)
{
	const char *repo = "";

	if (chance(maker, 8))
		repo = "@";
	else if (maker->own_repo != NULL && chance(maker, 8))
		repo = text_of(maker, "@%s", maker->own_repo);
	return text_of(maker, "%s//%s", repo, maker->packages[package]);
}

/* One of the spellings that a label in `package` has. */
static const char *
spell(struct maker *maker, const struct place *place, enum label_use use, size_t package,
      const char *target)
{
	const char *path = maker->packages[package];
	const char *last = strrchr(path, '/');

	last = last == NULL ? path : last + 1;
	if (!place->in_module && package == place->package &&
	    (use == LABEL_IN_PACKAGE || chance(maker, 70))) {
		/* text that begins like another kind of label needs the colon */
		bool needs_colon = target[0] == '@' || strncmp(target, "//", 2) == 0;

		return chance(maker, 70) || needs_colon ? text_of(maker, ":%s", target) : target;
	}
	if (path[0] != '\0' && strcmp(last, target) == 0 && chance(maker, 60))
		return package_label(maker, package);
	return text_of(maker, "%s:%s", package_label(maker, package), target);
}

static const char *
target_label(struct maker *maker, const struct place *place, enum label_use use,
	     const char **identity)
{
	size_t start;

	if (place->before == 0)
		return NULL;
	start = below(maker, place->before);
	for (size_t i = 0; i < place->before; i++) {
		const struct made_target *target = &maker->targets[(start + i) % place->before];

		if (!fits(target, place, use))
			continue;
		*identity =
			text_of(maker, "//%s:%s", maker->packages[target->package], target->name);
		return spell(maker, place, use, target->package, target->name);
	}
	return NULL;
}

static const char *
file_label(struct maker *maker, const struct place *place, const char **identity)
{
	static const char *const names[] = {
		"data/a.txt",
		"data/b.json",
		"data/with blank.txt",
		"data/quo\"te's.txt",
		"data/gr\xc3\xbc\xc3\x9f.txt",
		"data/deep/er.bin",
		"data/(x)=[y],{z}.txt",
		"data/$v%a&b+c~d#e.txt",
		"data/\xf0\x9f\xa6\x80",
		"data/-minus",
		"NOTES",
	};
	size_t package =
		below(maker, 100) < 80 ? place->package : below(maker, maker->package_count);
	const char *name = PICK(maker, names);

	need_file(maker, in_package(maker, package, name), "text\n");
	*identity = text_of(maker, "//%s:%s", maker->packages[package], name);
	return spell(maker, place, LABEL_ANY, package, name);
}

static const char *
hub_label(struct maker *maker, const char **identity)
{
	const struct made_hub *hub;
	const char *crate;
	size_t at;

	if (maker->hub_count == 0)
		return NULL;
	hub = &maker->hubs[below(maker, maker->hub_count)];
	if (hub->crate_count == 0)
		return NULL;
	at = below(maker, hub->crate_count);
	if (hub->is_proc_macro[at])
		return NULL;
	crate = hub->crates[at];
	*identity = text_of(maker, "@%s//:%s", hub->name, crate);
	if (version_in_range(maker->rules_rust, "0.71.0", NULL) && chance(maker, 50))
		return text_of(maker, "@%s//%s", hub->name, crate);
	return *identity;
}

static const char *
other_label(struct maker *maker, const char **identity)
{
	static const char *const pinned[] = {
		"@platforms//os:linux",
		"@platforms//cpu:x86_64",
		"@platforms//os:os",
		"@bazel_skylib//lib:paths",
		"@bazel_tools//tools/zip:zipper",
		"@@rules_cc+//pkg:lib",
		"@@//visibility:public",
	};

	if (maker->has_manual_package && chance(maker, 25))
		return *identity = text_of(maker, "//manual:thing_%zu", below(maker, 5));
	if (maker->repo_count > 0 && chance(maker, 60)) {
		const char *repo = maker->repos[below(maker, maker->repo_count)];

		*identity = text_of(maker, "@%s//:%s", repo, repo);
		if (chance(maker, 20))
			return text_of(maker, "@%s", repo);
		if (chance(maker, 20))
			return *identity;
		return *identity = text_of(maker, "@%s//%s:%s", repo,
					   chance(maker, 50) ? "pkg/sub" : "pkg",
					   chance(maker, 30) ? "sub" : "lib");
	}
	return *identity = PICK(maker, pinned);
}

const char *
any_label(struct maker *maker, const struct place *place, enum label_use use, const char **identity)
{
	const char *label = NULL;

	if (use == LABEL_CONDITION) {
		label = chance(maker, 60) ? target_label(maker, place, use, identity) : NULL;
		return label != NULL ? label
				     : (*identity = PICK(maker, ((const char *const[]){
									"@platforms//os:linux",
									"@platforms//os:osx",
									"@platforms//cpu:aarch64",
									"@platforms//cpu:x86_64",
								})));
	}
	if (use == LABEL_DEPS && chance(maker, 30))
		label = hub_label(maker, identity);
	if (label == NULL && (use == LABEL_IN_PACKAGE || use == LABEL_RUST ||
			      use == LABEL_PROC_MACROS || chance(maker, 45)))
		label = target_label(maker, place, use, identity);
	if (label == NULL && use == LABEL_IN_PACKAGE)
		return *identity = ":NOTES"; /* made with the package */
	if (label == NULL && use == LABEL_ANY && maker->package_count > 0 && chance(maker, 70))
		label = file_label(maker, place, identity);
	return label != NULL ? label : other_label(maker, identity);
}

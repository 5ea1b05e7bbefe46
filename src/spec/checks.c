#include "spec/checks.h"

#include <string.h>

#include "bzlmodgen/version.h"
#include "catalogue/catalogue.h"
#include "starlark/starlark.h"

static bool
check_format(const struct decoder *d, const struct spec *spec)
{
	struct diag *diag;

	if (str_is(spec->spec.str, "1"))
		return true;
	diag = diag_add(d->diags, DIAG_BAD_VALUE, spec->spec.span,
			"spec version '%.*s' is not known", STR_ARG(spec->spec.str));
	diag_help(d->diags, diag, "this bzlmodgen reads version 1; a newer one may be needed");
	return false;
}

static bool
check_catalogue(const struct decoder *d, const struct spec *spec)
{
	struct nearest nearest;
	struct buf known;
	struct diag *diag;

	if (catalogue_set(spec->catalogue.str) != NULL)
		return true;
	diag = diag_add(d->diags, DIAG_UNKNOWN_SET, spec->catalogue.span,
			"there is no catalogue set '%.*s'", STR_ARG(spec->catalogue.str));
	nearest_init(&nearest, spec->catalogue.str);
	buf_init(&known, d->arena);
	for (const struct catalogue_set *set = catalogue_sets(); set->name != NULL; set++) {
		nearest_offer(&nearest, str_from(set->name));
		buf_printf(&known, "%s'%s'", known.len > 0 ? ", " : "", set->name);
	}
	if (nearest.best.len > 0)
		diag_suggest(d->diags, diag, nearest.best);
	else
		diag_help(d->diags, diag, "known: %.*s", STR_ARG(buf_str(&known)));
	return false;
}

/* Whether `version` fulfils one condition, such as ">=0.3". */
static bool
condition_holds(struct str condition, struct str version)
{
	size_t at = 0;
	int order;

	while (at < condition.len && strchr("<>=", condition.at[at]) != NULL)
		at++;
	order = bazel_compare_versions(version, str_trim(str_after(condition, at)));
	condition = str_slice(condition, 0, at);
	if (str_is(condition, ">="))
		return order >= 0;
	if (str_is(condition, ">"))
		return order > 0;
	if (str_is(condition, "<="))
		return order <= 0;
	if (str_is(condition, "<"))
		return order < 0;
	return order == 0;
}

static bool
check_tool(const struct decoder *d, const struct spec *spec)
{
	struct str rest = spec->tool.str;
	struct diag *diag;

	while (rest.len > 0) {
		if (condition_holds(str_trim(str_cut(&rest, ',')), str_from(bzlmodgen_version)))
			continue;
		diag = diag_add(d->diags, DIAG_UNMET_TOOL, spec->tool.span,
				"this is bzlmodgen %s, but the spec asks for '%.*s'",
				bzlmodgen_version, STR_ARG(spec->tool.str));
		diag_help(d->diags, diag,
			  "install a bzlmodgen that fits, or change 'tool' in the spec");
		return false;
	}
	return true;
}

static bool
check_rust_versions(const struct decoder *d, const struct spec *spec)
{
	const struct spec_rust *rust = spec->rust;
	const struct spec_rust_versions *versions = rust->versions;
	const struct text none = {0};
	const struct text *of_channel[3] = {&rust->version, &none, &none};
	struct diag *diag;

	if (versions != NULL) {
		of_channel[RUST_STABLE] =
			text_is_given(rust->version) ? &rust->version : &versions->stable;
		of_channel[RUST_BETA] = &versions->beta;
		of_channel[RUST_NIGHTLY] = &versions->nightly;
	}
	if (versions != NULL && text_is_given(rust->version) && text_is_given(versions->stable)) {
		diag = diag_add(d->diags, DIAG_EXCLUSIVE_KEYS, rust->version.span,
				"'version' and 'versions.stable' name the stable release twice");
		diag_note(d->diags, diag, versions->stable.span, "the other one");
		return false;
	}
	/* without any version, rules_rust registers a stable and a nightly release */
	if (rust->record.is_broken || !rust->channel.is_given ||
	    (versions == NULL && !text_is_given(rust->version)))
		return true;
	if (text_is_given(*of_channel[rust->channel.index]))
		return true;
	diag = diag_add(d->diags, DIAG_BAD_VALUE, rust->channel.span,
			"'versions' has no release of channel '%.*s'",
			STR_ARG(choice_word("stable|beta|nightly", rust->channel.index)));
	diag_help(d->diags, diag, "add one, or choose a channel that has one");
	return false;
}

static bool
check_overrides(const struct decoder *d, const struct spec *spec)
{
	bool good = true;

	for (size_t i = 0; i < spec->overrides.count; i++) {
		const struct spec_override *override = spec->overrides.items[i];
		int given = text_is_given(override->local_path) + (override->git != NULL) +
			    (override->archive != NULL) + (override->single_version != NULL) +
			    (override->multiple_version != NULL);
		struct diag *diag;

		if (given == 1 || override->record.is_broken)
			continue;
		good = false;
		diag = diag_add(d->diags, given == 0 ? DIAG_MISSING_KEY : DIAG_EXCLUSIVE_KEYS,
				override->record.key.span, "the override of '%.*s' says %s",
				STR_ARG(override->record.key.str),
				given == 0 ? "nothing of where the module comes from"
					   : "several places where the module comes from");
		diag_help(d->diags, diag,
			  "give one of local_path, git, archive, single_version, multiple_version");
	}
	return good;
}

static bool
check_hubs(const struct decoder *d, const struct spec *spec)
{
	const struct spec_crates *crates = spec->crates;
	bool good = true;

	if (crates->from_cargo == NULL && !crates->specs.is_given && !crates->hubs.is_given &&
	    !crates->record.is_broken) {
		struct diag *diag = diag_add(d->diags, DIAG_MISSING_KEY, crates->record.key.span,
					     "'crates' does not say which crates");

		diag_help(d->diags, diag, "add 'specs' or 'from_cargo'");
		good = false;
	}
	for (size_t i = 0; i < crates->hubs.count; i++) {
		const struct spec_crates *hub = crates->hubs.items[i];
		struct diag *diag;

		if (str_eq(hub->record.key.str, crates->repository.str)) {
			diag = diag_add(d->diags, DIAG_DUPLICATE_NAME, hub->record.key.span,
					"two hubs are called '%.*s'", STR_ARG(hub->record.key.str));
			diag_note(d->diags, diag,
				  text_is_given(crates->repository) ? crates->repository.span
								    : crates->record.key.span,
				  "this is the other one");
			good = false;
		}
		if (hub->origin.index == HUB_OWN && hub->from_cargo == NULL &&
		    !hub->specs.is_given && !hub->record.is_broken) {
			diag = diag_add(d->diags, DIAG_MISSING_KEY, hub->record.key.span,
					"hub '%.*s' does not say which crates",
					STR_ARG(hub->record.key.str));
			diag_help(d->diags, diag,
				  "add 'specs' or 'from_cargo', or write "
				  "'external' for a hub that is made elsewhere");
			good = false;
		}
	}
	return good;
}

static bool
check_profile(const struct decoder *d, const struct spec_profile *profile)
{
	if (profile == NULL || !profile->codegen_units.is_given)
		return true;
	if (profile->codegen_units.value >= 1 && profile->codegen_units.value <= 65536)
		return true;
	diag_add(d->diags, DIAG_BAD_VALUE, profile->codegen_units.span,
		 "'codegen_units' takes a number from 1 to 65536");
	return false;
}

static bool
check_profiles(const struct decoder *d, const struct spec *spec)
{
	bool good = check_profile(d, spec->profiles->release);

	return check_profile(d, spec->profiles->dev) && good;
}

/* "" and "." are one package. */
static bool
check_packages(const struct decoder *d, const struct spec *spec)
{
	const struct spec_package *root = NULL;
	bool good = true;

	for (size_t i = 0; i < spec->packages.count; i++) {
		const struct spec_package *package = spec->packages.items[i];
		struct str path = package->record.key.str;
		struct diag *diag;

		if (path.len > 0 && !str_is(path, "."))
			continue;
		if (root != NULL) {
			diag = diag_add(d->diags, DIAG_DUPLICATE_NAME, package->record.key.span,
					"the root package stands here twice");
			diag_note(d->diags, diag, root->record.key.span, "first here");
			good = false;
		}
		root = package;
	}
	return good;
}

static bool
check_module(const struct decoder *d, const struct spec *spec)
{
	struct diag *diag;

	if (spec->layout == NULL || spec->layout->module.index != LAYOUT_SEGMENT)
		return true;
	diag = diag_add(d->diags, DIAG_EXCLUSIVE_KEYS, spec->module->record.key.span,
			"'module' has no place in segment mode");
	diag_note(d->diags, diag, spec->layout->module.span, "segment mode is chosen here");
	diag_help(d->diags, diag, "the hand-written MODULE.bazel holds module(); remove the key");
	return false;
}

static bool
check_user_modules(const struct decoder *d, const struct spec *spec)
{
	bool is_segment = spec->layout != NULL && spec->layout->module.index == LAYOUT_SEGMENT;
	bool good = true;

	for (size_t i = 0; i < spec->bazel_deps.count && !is_segment; i++) {
		const struct spec_bazel_dep *dep = spec->bazel_deps.items[i];
		struct diag *diag;

		if (!str_is(dep->version.str, "user"))
			continue;
		diag = diag_add(d->diags, DIAG_BAD_VALUE, dep->version.span,
				"'user' is for segment mode only");
		diag_help(d->diags, diag, "name a version, or set 'layout.module: segment'");
		good = false;
	}
	return good;
}

/* A check runs only where its part of the spec was given and understood. */
struct check {
	bool (*run)(const struct decoder *decoder, const struct spec *spec);
	size_t needs; /* offset of a pointer, text or list in struct spec */
	enum { NEEDS_TEXT, NEEDS_RECORD, NEEDS_LIST } kind;
};

static const struct check checks[] = {
	{check_format, offsetof(struct spec, spec), NEEDS_TEXT},
	{check_catalogue, offsetof(struct spec, catalogue), NEEDS_TEXT},
	{check_tool, offsetof(struct spec, tool), NEEDS_TEXT},
	{check_module, offsetof(struct spec, module), NEEDS_RECORD},
	{check_user_modules, offsetof(struct spec, bazel_deps), NEEDS_LIST},
	{check_overrides, offsetof(struct spec, overrides), NEEDS_LIST},
	{check_rust_versions, offsetof(struct spec, rust), NEEDS_RECORD},
	{check_hubs, offsetof(struct spec, crates), NEEDS_RECORD},
	{check_profiles, offsetof(struct spec, profiles), NEEDS_RECORD},
	{check_packages, offsetof(struct spec, packages), NEEDS_LIST},
};

static bool
is_met(const struct check *check, const struct spec *spec)
{
	const char *member = (const char *)spec + check->needs;

	switch (check->kind) {
	case NEEDS_TEXT:
		return text_is_given(*(const struct text *)member);
	case NEEDS_RECORD:
		return *(void *const *)member != NULL;
	case NEEDS_LIST:
		return ((const struct list *)member)->is_given;
	}
	return false;
}

bool
spec_check(const struct decoder *d, const struct spec *spec)
{
	bool good = true;

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		if (is_met(&checks[i], spec))
			good &= checks[i].run(d, spec);
	}
	return good;
}

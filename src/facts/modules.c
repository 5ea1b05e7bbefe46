/* Modules: which version's dialect holds, what they are called here, and which the outputs need. */
#include "facts/resolver.h"

#include "catalogue/directives.h"

static struct module_use *
module_new(struct resolver *r, struct str name)
{
	struct module_use *use = ARENA_NEW(r->arena, struct module_use);
	const char *pin = catalogue_pin(r->set, name);

	use->name = name;
	use->repo = name;
	if (pin != NULL) {
		use->version = str_from(pin);
		use->is_guess = r->gaps.versions;
	}
	map_add(&r->modules, name, use);
	return use;
}

const struct module_use *
module_find(struct resolver *r, struct str name)
{
	struct module_use *use = map_get(&r->modules, name);

	if (use == NULL && catalogue_pin(r->set, name) != NULL)
		use = module_new(r, name);
	return use;
}

/* The oldest rules_rust that the tables know. */
static void
check_floor(struct resolver *r, const struct module_use *use)
{
	struct diag *diag;

	if (!str_is(use->name, "rules_rust") || use->version.len == 0 ||
	    bazel_compare_versions(use->version, STR("0.46.0")) >= 0)
		return;
	diag = diag_add(r->diags, DIAG_VERSION_TOO_OLD, use->version_at,
			"rules_rust %.*s is too old", STR_ARG(use->version));
	diag_help(r->diags, diag, "the oldest version that is known is 0.46.0");
}

static void
check_yanked(struct resolver *r, const struct module_use *use)
{
	const struct module *module = catalogue_module(use->name);
	struct diag *diag;

	for (size_t i = 0; module != NULL && module->yanked != NULL && module->yanked[i] != NULL;
	     i++) {
		if (!str_is(use->version, module->yanked[i]))
			continue;
		diag = diag_add(r->diags, DIAG_YANKED, use->version_at,
				"%.*s %.*s was yanked from the registry", STR_ARG(use->name),
				STR_ARG(use->version));
		diag_help(r->diags, diag, "Bazel refuses it; choose another version");
	}
}

static void
collect_declared(struct resolver *r, const struct spec_bazel_dep *dep)
{
	struct module_use *use = module_new(r, dep->record.key.str);

	use->declared = dep;
	use->dev = dep->dev_dependency;
	if (text_is_given(dep->version) && !str_is(dep->version.str, "user")) {
		use->version = dep->version.str;
		use->version_at = dep->version.span;
		use->is_guess = false;
	} else if (dep->record.is_broken) {
		use->is_guess = true;
	}
	if (text_is_given(dep->repo_name))
		use->repo = str_is(dep->repo_name.str, "none") ? STR("") : dep->repo_name.str;
	if (use->repo.len > 0)
		repositories_add(r, use->repo, dep->record.key.span);
	if (use->repo.len > 0 && use->dev.is_on)
		map_add(&r->dev_repositories, use->repo, use);
	check_floor(r, use);
	check_yanked(r, use);
}

static struct fact_call *
override_call(struct resolver *r, const struct spec_override *override)
{
	struct arguments arguments;
	const struct record *record = NULL;
	const char *directive = "local_path_override";
	struct attribute_site site = {.use = VALUE_USE_TAG};

	if (override->git != NULL) {
		record = override->git;
		directive = "git_override";
	} else if (override->archive != NULL) {
		record = override->archive;
		directive = "archive_override";
	} else if (override->single_version != NULL) {
		record = override->single_version;
		directive = "single_version_override";
	} else if (override->multiple_version != NULL) {
		record = override->multiple_version;
		directive = "multiple_version_override";
	}
	arguments_init(r, &arguments, override->record.key.span);
	arguments_text(r, &arguments, "module_name", override->record.key);
	arguments_text(r, &arguments, "path", override->local_path);
	if (record != NULL) {
		site.what = str_from(directive);
		site.rows = directive_attributes(directive);
		if (site_add(r, &site, record->rest, record->rest_count, &arguments))
			site_require(r, &site, &arguments, record->key.span);
	}
	return arguments_finish(r, &arguments, str_from(directive), STARLARK_MODULE);
}

/* An override replaces the registry, so that the dependency needs no version. */
static bool
is_from_elsewhere(const struct spec_override *override)
{
	return override != NULL && override->single_version == NULL &&
	       override->multiple_version == NULL;
}

static struct fact_dep *
dep_new(struct resolver *r, struct module_use *use, struct span origin)
{
	struct fact_dep *dep = fact_new(r, &fact_dep_type, origin);
	const struct spec_bazel_dep *declared = use->declared;
	struct span version_at = use->version_at;

	dep->name = (struct text){use->name, origin};
	/* what the spec does not say, the set that it chose does */
	if (version_at.source == NULL)
		version_at = text_is_given(r->spec->catalogue) ? r->spec->catalogue.span : origin;
	if (use->version.len > 0 && !is_from_elsewhere(use->override))
		dep->version = value_string(r->arena, version_at, use->version);
	if (use->override != NULL)
		dep->override = override_call(r, use->override);
	if (declared == NULL)
		return dep;
	dep->dev_dependency = declared->dev_dependency;
	if (text_is_given(declared->repo_name))
		dep->repo_name =
			use->repo.len == 0
				? value_none(r->arena, declared->repo_name.span)
				: value_string(r->arena, declared->repo_name.span, use->repo);
	if (declared->max_compatibility_level.is_given)
		dep->max_compatibility_level =
			value_int(r->arena, declared->max_compatibility_level.span,
				  declared->max_compatibility_level.value);
	return dep;
}

static void
no_version(struct resolver *r, const struct module_use *use, struct span span)
{
	struct diag *diag = diag_add(r->diags, DIAG_NO_VERSION, span,
				     "no version of module '%.*s' is known", STR_ARG(use->name));

	diag_help(r->diags, diag,
		  "catalogue set '%s' does not pin it: give a version, or an override that says "
		  "where it comes from",
		  r->set->name);
}

static void
declare(struct resolver *r, struct module_use *use)
{
	const struct spec_bazel_dep *declared = use->declared;

	if (use->version.len == 0 && !is_from_elsewhere(use->override) && !use->is_guess &&
	    !str_is(declared->version.str, "user"))
		no_version(r, use, declared->record.key.span);
	use->dep = dep_new(r, use, declared->record.key.span);
	if (!str_is(declared->version.str, "user"))
		list_add(r, &r->facts->bazel_deps, use->dep);
}

void
modules_collect(struct resolver *r)
{
	const struct spec *spec = r->spec;

	for (size_t i = 0; i < spec->bazel_deps.count; i++)
		collect_declared(r, spec->bazel_deps.items[i]);
	for (size_t i = 0; i < spec->overrides.count; i++) {
		const struct spec_override *override = spec->overrides.items[i];
		struct module_use *use = map_get(&r->modules, override->record.key.str);

		if (use == NULL)
			use = module_new(r, override->record.key.str);
		use->override = override;
	}
	for (size_t i = 0; i < spec->bazel_deps.count; i++) {
		const struct spec_bazel_dep *dep = spec->bazel_deps.items[i];

		declare(r, map_get(&r->modules, dep->record.key.str));
	}
}

const struct module_use *
module_need(struct resolver *r, const char *name, const char *needed_by, struct span span)
{
	struct module_use *use = map_get(&r->modules, str_from(name));
	struct diag *diag;

	if (use == NULL)
		use = module_new(r, str_from(name));
	if (use->dep == NULL) {
		if (use->version.len == 0 && !is_from_elsewhere(use->override) && !use->is_guess) {
			no_version(r, use, span);
			return NULL;
		}
		use->dep = dep_new(r, use, span);
		use->dep->needed_by = (struct text){str_from(needed_by), span};
		repositories_add(r, use->repo, span);
	}
	if (use->repo.len > 0)
		return use;
	diag = diag_add(r->diags, DIAG_UNKNOWN_REPOSITORY, span,
			"'%s' needs the repository of module '%s', which is not visible", needed_by,
			name);
	diag_note(r->diags, diag, use->declared->repo_name.span, "'none' hides it here");
	return NULL;
}

struct str
module_label(struct resolver *r, const char *label)
{
	struct str rest = str_from(label);
	struct str repo;
	const struct module_use *use;

	if (rest.len == 0 || rest.at[0] != '@')
		return rest;
	repo = str_after(str_slice(rest, 0, str_find(rest, '/')), 1);
	use = module_find(r, repo);
	if (use == NULL || str_eq(use->repo, repo) || use->repo.len == 0)
		return rest;
	return arena_printf(r->arena, "@%.*s%.*s", STR_ARG(use->repo),
			    STR_ARG(str_after(rest, 1 + repo.len)));
}

/*
 * Direct dependencies in their final order: those that the spec names in its own, then those that
 * follow from it in the order of the catalogue; development ones last.
 */
static void
order_deps(struct resolver *r)
{
	struct list declared = r->facts->bazel_deps;
	struct list all = {0};
	bool after_override = false;
	bool was_dev = false;

	for (int dev = 0; dev < 2; dev++) {
		for (size_t i = 0; i < declared.count; i++) {
			struct fact_dep *dep = declared.items[i];

			if (dep->dev_dependency.is_on == (dev == 1))
				list_add(r, &all, dep);
		}
		for (const struct pin *pin = r->set->pins; dev == 0 && pin->module != NULL; pin++) {
			const struct module_use *use = map_get(&r->modules, str_from(pin->module));

			if (use != NULL && use->dep != NULL && use->declared == NULL)
				list_add(r, &all, use->dep);
		}
	}
	for (size_t i = 0; i < all.count; i++) {
		struct fact_dep *dep = all.items[i];

		dep->starts_group.is_on =
			i == 0 || after_override || was_dev != dep->dev_dependency.is_on;
		after_override = dep->override != NULL;
		was_dev = dep->dev_dependency.is_on;
	}
	r->facts->bazel_deps = all;
}

/* Overrides of modules deeper in the graph. */
static void
indirect_overrides(struct resolver *r)
{
	for (size_t i = 0; i < r->spec->overrides.count; i++) {
		const struct spec_override *override = r->spec->overrides.items[i];
		const struct module_use *use = map_get(&r->modules, override->record.key.str);

		if (use->dep == NULL ||
		    (use->declared != NULL && str_is(use->declared->version.str, "user")))
			list_add(r, &r->facts->overrides, override_call(r, override));
	}
}

void
modules_finish(struct resolver *r)
{
	order_deps(r);
	indirect_overrides(r);
}

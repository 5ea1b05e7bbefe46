#include "facts/resolver.h"

static struct text
or_default(struct text text, struct str fallback)
{
	if (text.str.at == NULL)
		text.str = fallback;
	return text;
}

static void
layout_resolve(struct resolver *r)
{
	struct fact_layout *layout = fact_new(r, &fact_layout_type, r->spec->record.span);
	const struct spec_layout *spec = r->spec->layout;
	static const struct spec_layout none;

	if (spec == NULL)
		spec = &none;
	else
		layout->fact.origin = spec->record.span;
	layout->module =
		(struct text){spec->module.index == LAYOUT_SEGMENT ? STR("segment") : STR("file"),
			      spec->module.span};
	layout->build_dir = or_default(spec->build_dir, STR("build"));
	layout->build_file = (struct text){
		spec->build_file.index == LAYOUT_BUILD ? STR("BUILD") : STR("BUILD.bazel"),
		spec->build_file.span};
	layout->bazelrc = spec->bazelrc;
	if (str_is(layout->bazelrc.str, "none"))
		layout->bazelrc.str = STR("");
	else if (layout->bazelrc.str.at == NULL)
		layout->bazelrc.str = arena_printf(r->arena, "%.*s/bzlmodgen.bazelrc",
						   STR_ARG(layout->build_dir.str));
	layout->bazelversion = spec->bazelversion;
	r->facts->layout = layout;
}

static void
module_resolve(struct resolver *r)
{
	const struct spec_module *module = r->spec->module;
	struct arguments arguments;
	const struct texts *compatibility;
	struct value *list;

	if (module == NULL)
		return;
	arguments_init(r, &arguments, module->record.key.span);
	arguments_text(r, &arguments, "name", module->name);
	arguments_text(r, &arguments, "version", module->version);
	arguments_text(r, &arguments, "repo_name", module->repo_name);
	if (module->compatibility_level.is_given)
		arguments_add(r, &arguments, "compatibility_level",
			      value_int(r->arena, module->compatibility_level.span,
					module->compatibility_level.value));
	compatibility = &module->bazel_compatibility;
	if (compatibility->is_given) {
		list = value_list(r->arena, compatibility->span, compatibility->count);
		for (size_t i = 0; i < compatibility->count; i++)
			value_append(list, (struct value_item){
						   .value = value_string(
							   r->arena, compatibility->items[i].span,
							   compatibility->items[i].str)});
		arguments_add(r, &arguments, "bazel_compatibility", list);
	}
	r->facts->module = arguments_finish(r, &arguments, STR("module"), STARLARK_MODULE);
}

static void
header_resolve(struct resolver *r)
{
	struct str name = r->spec->record.span.source->name;
	size_t slash = str_find_last(name, '/');

	if (slash < name.len)
		name = str_after(name, slash + 1);
	if (name.len > 0 && name.at[0] == '<') /* "<stdin>": no file */
		name = STR("bzlmodgen.yaml");
	if (!str_is(name, "bzlmodgen.yaml"))
		r->facts->command.str =
			arena_printf(r->arena, "bzlmodgen -f %.*s generate", STR_ARG(name));
	else
		r->facts->command.str = STR("bzlmodgen generate");
	r->facts->spec_file.str = name;
	r->facts->catalogue.str = str_from(r->set->name);
	r->facts->catalogue.span = r->spec->catalogue.span;
}

/* Modules and repositories first, since labels of all later parts lead into them. */
static void
resolve_parts(struct resolver *r)
{
	header_resolve(r);
	layout_resolve(r);
	module_resolve(r);
	modules_collect(r);
	packages_collect(r);
	rust_resolve(r);
	crates_resolve(r);
	extensions_resolve(r);
	profiles_resolve(r);
	packages_resolve(r);
	registrations_resolve(r);
	modules_finish(r);
	outputs_resolve(r);
}

static void
find_gaps(struct resolver *r)
{
	const struct spec *spec = r->spec;
	bool any = spec->record.has_unknown;

	r->gaps.crates = any || (spec->crates != NULL && spec->crates->record.is_broken);
	r->gaps.repositories = r->gaps.crates || spec->bazel_deps.is_broken ||
			       spec->extensions.is_broken || spec->repositories.is_broken;
	r->gaps.packages = any || (spec->packages.is_broken && !spec->packages.is_given);
}

bool
facts_resolve(struct arena *arena, struct diags *diags, const struct fs *fs,
	      const struct spec *spec, const struct facts **out)
{
	struct resolver r = {.arena = arena, .diags = diags, .fs = fs, .spec = spec};
	size_t errors = diags->errors;

	find_gaps(&r);
	r.set = catalogue_set(spec->catalogue.str);
	if (r.set == NULL) { /* reported with the spec; the newest serves to find more */
		r.set = catalogue_set(STR(""));
		r.gaps.versions = true;
	}
	map_init(&r.modules, arena);
	map_init(&r.repositories, arena);
	map_init(&r.packages, arena);
	r.facts = fact_new(&r, &facts_type, spec->record.span);
	resolve_parts(&r);
	*out = r.facts;
	return diags->errors == errors;
}

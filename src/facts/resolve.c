#include "facts/resolver.h"

static struct text
or_default(struct text text, struct str fallback)
{
	if (text.str.at == NULL)
		text.str = fallback;
	return text;
}

/* As Bazel reads it: blanks end a word and '#' begins a comment, but in quotes. Source: Tokenize in
 * src/main/cpp/util/strings.cc of Bazel 7. */
static struct str
import_line(struct resolver *r, struct str path)
{
	struct str special = STR(" \t\"'#\\");
	struct buf line;
	bool is_plain = true;

	buf_init(&line, r->arena);
	for (size_t i = 0; i < path.len; i++)
		is_plain &= str_find(special, path.at[i]) == special.len;
	buf_text(&line, is_plain ? "import %workspace%/" : "import \"%workspace%/");
	for (size_t i = 0; i < path.len; i++) {
		if (path.at[i] == '"' || path.at[i] == '\\')
			buf_char(&line, '\\');
		buf_char(&line, path.at[i]);
	}
	if (!is_plain)
		buf_char(&line, '"');
	return buf_str(&line);
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
		layout->bazelrc = (struct text){arena_printf(r->arena, "%.*s/bzlmodgen.bazelrc",
							     STR_ARG(layout->build_dir.str)),
						layout->build_dir.span};
	layout->import = (struct text){import_line(r, layout->bazelrc.str), layout->bazelrc.span};
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

/* A file's name may hold anything; a comment must end where we end it. */
static struct str
without_controls(struct resolver *r, struct str name)
{
	struct buf buf;

	buf_init(&buf, r->arena);
	for (size_t i = 0; i < name.len; i++)
		buf_add(&buf, (unsigned char)name.at[i] < ' ' ? STR("?") : str_slice(name, i, 1));
	return buf_str(&buf);
}

/* As a shell takes it for one word. Terminated. */
static struct str
shell_word(struct resolver *r, struct str word)
{
	const struct str plain = STR("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789_-./+,:@%");
	size_t at = 0;
	struct buf buf;

	while (at < word.len && str_find(plain, word.at[at]) < plain.len)
		at++;
	if (at == word.len)
		return arena_str(r->arena, word);
	buf_init(&buf, r->arena);
	buf_char(&buf, '\'');
	for (size_t i = 0; i < word.len; i++) {
		if (word.at[i] == '\'')
			buf_text(&buf, "'\\''");
		else
			buf_char(&buf, word.at[i]);
	}
	buf_char(&buf, '\'');
	return arena_str(r->arena, buf_str(&buf));
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
	name = without_controls(r, name);
	if (!str_is(name, "bzlmodgen.yaml"))
		r->facts->command.str =
			arena_printf(r->arena, "bzlmodgen -f %s generate", shell_word(r, name).at);
	else
		r->facts->command.str = STR("bzlmodgen generate");
	r->facts->spec_file.str = name;
	r->facts->catalogue.str = str_from(r->set->name);
	r->facts->catalogue.span = r->spec->catalogue.span;
}

/* What is in a list may follow from other keys; the list as a whole is that of the spec. */
static void
lists_locate(struct resolver *r)
{
	const struct spec *spec = r->spec;
	struct facts *facts = r->facts;

	facts->bazel_deps.span = spec->bazel_deps.span;
	facts->overrides.span = spec->overrides.span;
	facts->extensions.span = spec->extensions.span;
	facts->repository_rules.span = spec->repositories.span;
	facts->execution_platforms.span = spec->execution_platforms.span;
	facts->toolchains.span = spec->toolchains.span;
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
	labels_check_tags(r);
	profiles_resolve(r);
	packages_resolve(r);
	registrations_resolve(r);
	extensions_finish(r);
	modules_finish(r);
	lists_locate(r);
	outputs_resolve(r);
}

/* Whether a key was meant that cannot be read, or may be. */
static bool
has_lost(const struct record *record, const char *key, bool is_given)
{
	const struct node *node = record->node;

	if (!record->is_broken || is_given)
		return false;
	return record_may_mean(record, key) ||
	       (node_is_mapping(node) && node_get(node, str_from(key)) != NULL);
}

static bool
names_are_lost(const struct spec_crates *crates)
{
	if (crates->record.is_broken &&
	    (!node_is_mapping(crates->record.node) || record_may_mean(&crates->record, "specs") ||
	     record_may_mean(&crates->record, "from_cargo") || crates->specs.has_lost))
		return true;
	for (size_t i = 0; i < crates->specs.count; i++) {
		const struct spec_crate *crate = crates->specs.items[i];

		if (has_lost(&crate->record, "package_alias", text_is_given(crate->package_alias)))
			return true;
	}
	for (size_t i = 0; i < crates->hubs.count; i++) {
		if (names_are_lost(crates->hubs.items[i]))
			return true;
	}
	return false;
}

static bool
hubs_are_lost(const struct spec_crates *crates)
{
	return has_lost(&crates->record, "repository", text_is_given(crates->repository)) ||
	       has_lost(&crates->record, "hubs", crates->hubs.is_given);
}

static bool
repositories_are_lost(const struct spec *spec)
{
	if (spec->bazel_deps.has_lost || spec->extensions.has_lost || spec->repositories.has_lost)
		return true;
	for (size_t i = 0; i < spec->bazel_deps.count; i++) {
		const struct spec_bazel_dep *dep = spec->bazel_deps.items[i];

		if (has_lost(&dep->record, "repo_name", text_is_given(dep->repo_name)))
			return true;
	}
	for (size_t i = 0; i < spec->extensions.count; i++) {
		const struct spec_extension *extension = spec->extensions.items[i];

		if (has_lost(&extension->record, "use_repo", extension->use_repo != NULL))
			return true;
	}
	return false;
}

static void
find_gaps(struct resolver *r)
{
	const struct spec *spec = r->spec;
	const struct record *record = &spec->record;
	const struct spec_crates *crates = spec->crates;

	r->gaps.versions = record_may_mean(record, "catalogue");
	r->gaps.crates = record_may_mean(record, "crates") ||
			 (crates != NULL && (names_are_lost(crates) || hubs_are_lost(crates)));
	r->gaps.repositories = r->gaps.crates || record_may_mean(record, "bazel_deps") ||
			       record_may_mean(record, "extensions") ||
			       record_may_mean(record, "repositories") ||
			       repositories_are_lost(spec);
	r->gaps.packages = record_may_mean(record, "packages") || spec->packages.has_lost;
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
	map_init(&r.dev_repositories, arena);
	map_init(&r.variables, arena);
	map_init(&r.repository_rules, arena);
	map_init(&r.namesakes, arena);
	map_init(&r.hub_names, arena);
	map_init(&r.raw, arena);
	map_init(&r.packages, arena);
	map_init(&r.folders, arena);
	r.facts = fact_new(&r, &facts_type, spec->record.span);
	r.facts->tree = spec->record.node;
	resolve_parts(&r);
	*out = r.facts;
	return diags->errors == errors;
}

/* Hubs of crates: the tags of crate_universe. */
#include "facts/resolver.h"

/* Labels of the tags' attributes that a spec may write as paths. */
static bool
is_path_attribute(struct str name)
{
	return str_is(name, "manifests") || str_is(name, "cargo_lockfile") ||
	       str_is(name, "lockfile") || str_is(name, "cargo_config");
}

/* ---- hubs ---- */

static struct hub *
hub_new(struct resolver *r, struct text name, const struct spec_crates *spec)
{
	struct hub *hub = ARENA_NEW(r->arena, struct hub);

	hub->name = name.str;
	hub->spec = spec;
	hub->origin = name.span;
	hub->is_external = spec->origin.index == HUB_EXTERNAL;
	hub->has_cargo = spec->from_cargo != NULL;
	map_init(&hub->crates, r->arena);
	map_reserve(&hub->crates, spec->specs.count);
	for (size_t i = 0; i < spec->specs.count; i++) {
		struct spec_crate *crate = spec->specs.items[i];
		struct text alias = crate->package_alias;

		map_add(&hub->crates, text_is_given(alias) ? alias.str : crate->record.key.str,
			crate);
	}
	list_add(r, &r->hubs, hub);
	map_add(&r->hub_names, hub->name, hub);
	r->own_hubs += !hub->is_external;
	return hub;
}

const struct hub *
hub_find(struct resolver *r, struct str name)
{
	return map_get(&r->hub_names, name);
}

/* ---- paths ---- */

static bool
is_label(struct str text)
{
	return text.len > 0 &&
	       (text.at[0] == '@' || text.at[0] == ':' || str_has_prefix(text, STR("//")));
}

static bool
leaves_root(struct str path)
{
	if (str_has_prefix(path, STR("/")))
		return true;

	while (path.len > 0) {
		if (str_is(str_cut(&path, '/'), ".."))
			return true;
	}
	return false;
}

static void
no_such_file(struct resolver *r, struct str path, struct span span)
{
	struct diag *diag = diag_add(r->diags, DIAG_NO_SUCH_FILE, span, "there is no file '%.*s'",
				     STR_ARG(path));

	if (str_has_suffix(path, STR(".json")))
		diag_help(r->diags, diag,
			  "crate_universe wants it to exist, though it may be empty: touch %.*s",
			  STR_ARG(path));
	else if (str_has_suffix(path, STR("Cargo.lock")))
		diag_help(r->diags, diag,
			  "make it with 'cargo generate-lockfile', or name it as "
			  "'cargo_lockfile'");
	else
		diag_help(r->diags, diag, "paths are relative to the root of the project");
}

/* A path stands for the label of a file that is there. */
static const struct value *
path_value(struct resolver *r, const struct value *value)
{
	struct str path = value->text;
	int error;

	/* None stands for what was not understood */
	if (value->kind != VALUE_STRING || is_label(path))
		return value;
	if (r->fs->kind(r->fs->self, path, &error) != FS_FILE)
		no_such_file(r, path, value->origin);
	return value_string(r->arena, value->origin, path_label(r, path, value->origin));
}

static const struct value *
paths_value(struct resolver *r, const struct value *value)
{
	struct value *list;

	if (value->kind != VALUE_LIST)
		return path_value(r, value);
	list = value_list(r->arena, value->origin, value->count);
	for (size_t i = 0; i < value->count; i++)
		value_append(list,
			     (struct value_item){.value = path_value(r, value->items[i].value)});
	return list;
}

/* Paths as labels allow them. One that cannot be reached becomes any label, since it is reported.
 */
static struct node
clean_path(struct resolver *r, struct node node)
{
	struct diag *diag;

	if (node.kind == NODE_SEQUENCE) {
		struct node *items = ARENA_ARRAY(r->arena, node.count, struct node);

		for (uint32_t i = 0; i < node.count; i++)
			items[i] = node.children[i].kind == NODE_SCALAR
					   ? clean_path(r, node.children[i])
					   : node.children[i];
		node.children = items;
		return node;
	}
	if (node.kind != NODE_SCALAR || is_label(node.text))
		return node;
	while (str_has_prefix(node.text, STR("./")))
		node.text = str_after(node.text, 2);
	if (!leaves_root(node.text))
		return node;
	diag = diag_add(r->diags, DIAG_NO_SUCH_FILE, node.span, "'%.*s' leads out of the project",
			STR_ARG(node.text));
	diag_help(r->diags, diag, "paths are relative to its root and stay below it");
	node.text = STR("@@none"); /* no label is checked that is canonical */
	return node;
}

static void
add_with_paths(struct resolver *r, const struct attribute_site *site, const struct record *record,
	       struct arguments *arguments)
{
	for (size_t i = 0; i < record->rest_count; i++) {
		struct given given = record->rest[i];
		struct node *clean = ARENA_NEW(r->arena, struct node);

		if (is_path_attribute(given.key.str)) {
			*clean = clean_path(r, *given.value);
			given.value = clean;
		}
		site_add(r, site, &given, 1, arguments);
	}
}

static void
resolve_paths(struct resolver *r, struct arguments *arguments)
{
	for (size_t i = 0; i < arguments->call->count; i++) {
		struct value_item *item = &arguments->call->items[i];

		if (is_path_attribute(item->name))
			item->value = paths_value(r, item->value);
	}
}

/* ---- tags ---- */

/* What a module with several hubs has to say on tags that are not hubs themselves. */
static void
add_repositories(struct resolver *r, const struct hub *hub, struct arguments *arguments)
{
	struct value *list;

	if (r->own_hubs < 2 || arguments_get(arguments, "repositories") != NULL)
		return;
	list = value_list(r->arena, hub->origin, 1);
	value_append(list,
		     (struct value_item){.value = value_string(r->arena, hub->origin, hub->name)});
	arguments_add(r, arguments, "repositories", list);
}

static void
add_tag(struct resolver *r, struct fact_extension *extension, const struct attribute_site *site,
	const struct arguments *arguments)
{
	list_add(r, &extension->tags, arguments_finish(r, arguments, site->what, STARLARK_MODULE));
}

/* crate.spec: one source at most, and at least one. */
static void
check_source(struct resolver *r, const struct spec_crate *crate, const struct arguments *arguments)
{
	static const char *const refs[] = {"branch", "tag", "rev"};
	const struct value *first = NULL;
	bool has_source = arguments_get(arguments, "version") != NULL ||
			  arguments_get(arguments, "git") != NULL ||
			  arguments_get(arguments, "path") != NULL;
	struct diag *diag;

	if (crate->record.is_broken)
		return;
	for (size_t i = 0; i < sizeof(refs) / sizeof(refs[0]); i++) {
		const struct value *ref = arguments_get(arguments, refs[i]);

		if (ref != NULL && first != NULL) {
			diag = diag_add(r->diags, DIAG_EXCLUSIVE_KEYS, ref->origin,
					"a crate from git takes one of branch, tag and rev");
			diag_note(r->diags, diag, first->origin, "the other one");
		} else if (ref != NULL && arguments_get(arguments, "git") == NULL) {
			diag = diag_add(r->diags, DIAG_MISSING_KEY, ref->origin,
					"'%s' goes with 'git'", refs[i]);
			diag_help(r->diags, diag, "give the URL of the repository as 'git'");
		}
		first = ref != NULL ? ref : first;
	}
	/* a ref without a repository was reported already */
	if (has_source || first != NULL)
		return;
	diag = diag_add(r->diags, DIAG_MISSING_KEY, crate->record.key.span,
			"crate '%.*s' does not say where it comes from",
			STR_ARG(crate->record.key.str));
	diag_help(r->diags, diag, "give 'version', 'git' or 'path'");
}

static void
add_spec(struct resolver *r, struct fact_extension *extension, const struct attribute_site *site,
	 const struct hub *hub, const struct spec_crate *crate)
{
	struct arguments arguments;

	arguments_init(r, &arguments, crate->record.key.span);
	arguments_text(r, &arguments, "package", crate->record.key);
	arguments_text(r, &arguments, "version", crate->version);
	if (text_is_given(crate->package_alias)) {
		struct text name = {STR("package_alias"), crate->package_alias.span};

		if (site_attribute(r, site, name) != NULL)
			arguments_text(r, &arguments, "package_alias", crate->package_alias);
	}
	if (site_add(r, site, crate->record.rest, crate->record.rest_count, &arguments))
		check_source(r, crate, &arguments);
	add_repositories(r, hub, &arguments);
	add_tag(r, extension, site, &arguments);
}

/* Two annotations of one crate and version fail from 0.66.0, and are a mistake before. */
static void
check_annotation(struct resolver *r, struct map *seen, const struct spec_annotation *annotation,
		 const struct arguments *arguments)
{
	const struct value *version = arguments_get(arguments, "version");
	struct str key = arena_printf(r->arena, "%.*s %.*s", STR_ARG(annotation->record.key.str),
				      STR_ARG(version == NULL ? STR("*") : version->text));
	const struct spec_annotation *first = map_add(seen, key, (void *)annotation);
	struct diag *diag;

	if (first == annotation)
		return;
	diag = diag_add(r->diags, DIAG_DUPLICATE_NAME, annotation->record.span,
			"two annotations of '%.*s' hold for the same versions",
			STR_ARG(annotation->record.key.str));
	diag_note(r->diags, diag, first->record.span, "this is the other one");
	diag_help(r->diags, diag, "give each its 'version'");
}

static void
add_annotation_select(struct resolver *r, struct fact_extension *extension, const struct hub *hub,
		      const struct spec_annotation *annotation, const struct value *version)
{
	struct attribute_site site = site_of_tag(r, "crate", "annotation_select");

	if (annotation->select.count > 0 && !site_is_available(r, &site, annotation->select.span))
		return;
	for (size_t i = 0; i < annotation->select.count; i++) {
		const struct record *choice = annotation->select.items[i];
		struct value *triples = value_list(r->arena, choice->key.span, 1);
		struct arguments arguments;

		arguments_init(r, &arguments, choice->key.span);
		arguments_text(r, &arguments, "crate", annotation->record.key);
		value_append(triples,
			     (struct value_item){.value = value_string(r->arena, choice->key.span,
								       choice->key.str)});
		arguments_add(r, &arguments, "triples", triples);
		arguments_add(r, &arguments, "version", version);
		site_add(r, &site, choice->rest, choice->rest_count, &arguments);
		add_repositories(r, hub, &arguments);
		add_tag(r, extension, &site, &arguments);
	}
}

static void
add_annotations(struct resolver *r, struct fact_extension *extension, const struct hub *hub)
{
	struct attribute_site site = site_of_tag(r, "crate", "annotation");
	const struct list *annotations = &hub->spec->annotations;
	struct map seen;

	map_init(&seen, r->arena);
	for (size_t i = 0; i < annotations->count; i++) {
		const struct spec_annotation *annotation = annotations->items[i];
		struct arguments arguments;

		/* there may be several under one key */
		arguments_init(r, &arguments, annotation->record.span);
		arguments_text(r, &arguments, "crate", annotation->record.key);
		site_add(r, &site, annotation->record.rest, annotation->record.rest_count,
			 &arguments);
		check_annotation(r, &seen, annotation, &arguments);
		add_repositories(r, hub, &arguments);
		if (annotation->record.rest_count > 0 || annotation->select.count == 0)
			add_tag(r, extension, &site, &arguments);
		add_annotation_select(r, extension, hub, annotation,
				      arguments_get(&arguments, "version"));
	}
}

static void
add_config(struct resolver *r, struct fact_extension *extension, const struct hub *hub,
	   const char *tag, const struct record *config)
{
	struct attribute_site site = site_of_tag(r, "crate", tag);
	struct arguments arguments;

	if (config == NULL || !site_is_available(r, &site, config->key.span))
		return;
	arguments_init(r, &arguments, config->key.span);
	site_add(r, &site, config->rest, config->rest_count, &arguments);
	add_repositories(r, hub, &arguments);
	add_tag(r, extension, &site, &arguments);
}

static void
add_default_path(struct resolver *r, struct arguments *arguments, const char *name,
		 const char *path, bool is_list, struct span span)
{
	const struct value *value = value_string(r->arena, span, str_from(path));
	struct value *list;

	if (arguments_get(arguments, name) != NULL)
		return;
	if (is_list) {
		list = value_list(r->arena, span, 1);
		value_append(list, (struct value_item){.value = value});
		value = list;
	}
	arguments_add(r, arguments, name, value);
}

/* The hub's cargo is that of rust.host_tools, where that has a name of its own. */
static void
add_host_tools(struct resolver *r, const struct attribute_site *site, struct arguments *arguments)
{
	const struct record *host_tools = r->spec->rust == NULL ? NULL : r->spec->rust->host_tools;
	static const char *const attributes[] = {"host_tools", "host_tools_repo"};
	struct str repo = STR("");
	struct span span = {0};

	for (size_t i = 0; host_tools != NULL && i < host_tools->rest_count; i++) {
		if (str_is(host_tools->rest[i].key.str, "name")) {
			repo = host_tools->rest[i].value->text;
			span = host_tools->rest[i].value->span;
		}
	}
	for (size_t i = 0; repo.len > 0 && i < 2; i++) {
		const struct attribute *row =
			tag_attribute(site->tag, str_from(attributes[i]), site->module->version);

		if (row == NULL || arguments_get(arguments, attributes[i]) != NULL ||
		    !version_in_range(site->module->version, row->since, row->last))
			continue;
		arguments_add(r, arguments, attributes[i],
			      value_string(r->arena, span,
					   i == 0 ? arena_printf(r->arena, "@%.*s", STR_ARG(repo))
						  : repo));
	}
}

/* The tag that makes the hub. */
static void
add_hub_tag(struct resolver *r, struct fact_extension *extension, const struct hub *hub)
{
	struct attribute_site site =
		site_of_tag(r, "crate", hub->has_cargo ? "from_cargo" : "from_specs");
	const struct record *cargo = hub->spec->from_cargo;
	struct arguments arguments;

	arguments_init(r, &arguments, cargo != NULL ? cargo->key.span : hub->spec->record.key.span);
	arguments_add(r, &arguments, "name", value_string(r->arena, hub->origin, hub->name));
	add_with_paths(r, &site, &hub->spec->record, &arguments);
	if (cargo != NULL && !cargo->is_broken) {
		add_with_paths(r, &site, cargo, &arguments);
		add_default_path(r, &arguments, "cargo_lockfile", "Cargo.lock", false,
				 cargo->key.span);
		add_default_path(r, &arguments, "manifests", "Cargo.toml", true, cargo->key.span);
	}
	add_host_tools(r, &site, &arguments);
	resolve_paths(r, &arguments);
	add_tag(r, extension, &site, &arguments);
}

/* Before 0.57.0 every spec goes to every from_specs, and none to a from_cargo. */
static void
check_specs(struct resolver *r, const struct hub *hub, const struct attribute_site *site)
{
	const struct attribute *row =
		tag_attribute(site->tag, STR("repositories"), site->module->version);
	size_t with_specs = 0;
	struct diag *diag;

	if (hub->spec->specs.count == 0 || site->module->is_guess ||
	    version_in_range(site->module->version, row->since, row->last))
		return;
	for (size_t i = 0; with_specs < 2 && i < r->hubs.count; i++)
		with_specs += ((const struct hub *)r->hubs.items[i])->spec->specs.count > 0;
	if (with_specs < 2 && !hub->has_cargo)
		return;
	diag = diag_add(r->diags, DIAG_WRONG_VERSION, hub->spec->specs.span,
			"rules_rust %.*s cannot give 'specs' to hub '%.*s' alone",
			STR_ARG(site->module->version), STR_ARG(hub->name));
	diag_help(r->diags, diag, "crate.spec has 'repositories' %.*s",
		  STR_ARG(version_range_text(r->arena, row->since, row->last)));
	module_note_version(r, diag, site->module);
}

static void
resolve_hub(struct resolver *r, struct fact_extension *extension, const struct hub *hub)
{
	struct attribute_site site = site_of_tag(r, "crate", "spec");

	check_specs(r, hub, &site);
	for (size_t i = 0; i < hub->spec->specs.count; i++)
		add_spec(r, extension, &site, hub, hub->spec->specs.items[i]);
	add_annotations(r, extension, hub);
	add_config(r, extension, hub, "splicing_config", hub->spec->splicing_config);
	add_config(r, extension, hub, "render_config", hub->spec->render_config);
	add_hub_tag(r, extension, hub);
	extension_use(r, extension, (struct text){hub->name, hub->origin});
}

void
crates_resolve(struct resolver *r)
{
	const struct spec_crates *crates = r->spec->crates;
	const struct extension *known = catalogue_extension("crate");
	const struct module_use *rules_rust;
	struct fact_extension *extension = NULL;
	struct text name;

	if (crates == NULL)
		return;
	name = crates->repository;
	if (!text_is_given(name))
		name.span = crates->record.key.span;
	if (crates->from_cargo != NULL || crates->specs.is_given)
		hub_new(r, name, crates);
	for (size_t i = 0; i < crates->hubs.count; i++) {
		const struct spec_crates *hub = crates->hubs.items[i];

		/* two of one name were reported with the spec */
		if (hub_find(r, hub->record.key.str) == NULL)
			hub_new(r, hub->record.key, hub);
	}
	rules_rust = module_need(r, "rules_rust", "crates", crates->record.key.span);
	if (rules_rust == NULL)
		return;
	for (size_t i = 0; i < r->hubs.count; i++) {
		const struct hub *hub = r->hubs.items[i];

		if (hub->is_external)
			continue;
		if (extension == NULL)
			extension = extension_new(
				r, "crate", load_site_at(known->files, rules_rust->version),
				known->symbol, rules_rust->dev, crates->record.key.span);
		resolve_hub(r, extension, hub);
	}
}

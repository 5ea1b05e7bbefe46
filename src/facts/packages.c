/* Packages: an index of what stands in each, then the facts of its BUILD file. */
#include <stdlib.h>

#include "facts/resolver.h"

#include "catalogue/directives.h"
#include "facts/profiles.h"

static struct str
build_file_path(struct resolver *r, struct str path)
{
	struct str name = r->facts->layout->build_file.str;

	if (path.len == 0)
		return name;
	return arena_printf(r->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(name));
}

/* Whether a BUILD file of the name that we do not use stands there; of both, Bazel reads
 * BUILD.bazel. */
static bool
has_other_file(struct resolver *r, struct str path, struct str *other)
{
	bool is_plain = str_is(r->facts->layout->build_file.str, "BUILD");
	int error;

	*other = is_plain ? STR("BUILD.bazel") : STR("BUILD");
	if (path.len > 0)
		*other = arena_printf(r->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(*other));
	return r->fs->kind(r->fs->self, *other, &error) == FS_FILE;
}

static void
check_other_file(struct resolver *r, const struct package_index *package)
{
	struct str ours = package->fact->file.str;
	bool is_plain = str_is(r->facts->layout->build_file.str, "BUILD");
	struct diag *diag;
	struct str other;

	if (!has_other_file(r, package->fact->path.str, &other))
		return;
	diag = diag_add(r->diags, DIAG_HIDDEN_FILE, package->fact->fact.origin,
			"Bazel will not read '%.*s', since '%.*s' stands beside it",
			STR_ARG(is_plain ? ours : other), STR_ARG(is_plain ? other : ours));
	diag_help(r->diags, diag, "remove '%.*s', or move what it says into the spec",
		  STR_ARG(other));
}

static struct package_index *
package_new(struct resolver *r, struct str path, struct span span)
{
	struct package_index *package = ARENA_NEW(r->arena, struct package_index);

	package->fact = fact_new(r, &fact_package_type, span);
	package->fact->path = (struct text){path, span};
	package->fact->file = (struct text){build_file_path(r, path), span};
	map_init(&package->targets, r->arena);
	map_init(&package->open, r->arena);
	map_init(&package->loads, r->arena);
	map_init(&package->symbols, r->arena);
	map_add(&r->packages, path, package);
	list_add(r, &r->package_order, package);
	return package;
}

void
package_need(struct resolver *r, struct str path, struct span span)
{
	struct package_index *package = map_get(&r->packages, path);
	struct str other;

	/* a hand-written one will do */
	if (package != NULL || has_other_file(r, path, &other))
		return;
	package = package_new(r, path, span);
	package->fact->is_optional.is_on = true;
}

/* ---- the index ---- */

static void
index_entry(struct resolver *r, struct package_index *package, struct str name, struct span span,
	    const struct rule *rule, bool is_open)
{
	struct target_entry *entry = ARENA_NEW(r->arena, struct target_entry);
	const struct target_entry *first;
	struct diag *diag;

	*entry = (struct target_entry){name, span, rule};
	first = map_add(&package->targets, name, entry);
	if (is_open)
		map_add(&package->open, name, entry);
	if (first == entry)
		return;
	diag = diag_add(r->diags, DIAG_DUPLICATE_NAME, span,
			"two targets of package '//%.*s' are called '%.*s'",
			STR_ARG(package->fact->path.str), STR_ARG(name));
	diag_note(r->diags, diag, first->span, "this is the other one");
}

/* The names in a value of outputs: text, lists of it, and their concat. Of a rule that is not known
 * they may be outputs; then two of one name are no mistake. */
static void
index_names(struct resolver *r, struct package_index *package, const struct node *node,
	    bool is_certain)
{
	const struct node *parts =
		node->kind == NODE_MAPPING ? node_get(node, STR("concat")) : node;
	struct label label;
	const char *why;

	for (size_t i = 0; parts != NULL && i < parts->count; i++)
		index_names(r, package, &parts->children[i], is_certain);
	if (node->kind != NODE_SCALAR || !label_parse(node->text, &label, &why))
		return;
	if (is_certain || map_get(&package->targets, label.target) == NULL)
		index_entry(r, package, label.target, node->span, NULL, false);
}

static void
index_possible_outputs(struct resolver *r, struct package_index *package,
		       const struct spec_target *target)
{
	const struct node *attrs = target->attrs;

	if (catalogue_rule(target->record.key.str) != NULL)
		return;
	for (size_t i = 0; attrs != NULL && node_is_mapping(attrs) && i < attrs->count; i += 2) {
		struct str name = attrs->children[i].text;

		if (str_find_str(name, STR("out")) < name.len)
			index_names(r, package, &attrs->children[i + 1], false);
	}
}

/* Files that a target makes under names of the user's own. */
static void
index_outputs(struct resolver *r, struct package_index *package, const struct rule *rule,
	      const struct spec_target *target)
{
	for (size_t i = 0; i < target->record.rest_count; i++) {
		const struct given *given = &target->record.rest[i];
		const struct attribute *row = rule_attribute(rule, given->key.str, STR(""));

		if (row != NULL && (row->flags & ATTRIBUTE_OUTPUT) != 0)
			index_names(r, package, given->value, true);
	}
}

static void
index_target(struct resolver *r, struct package_index *package, const struct spec_target *target)
{
	const struct rule *rule = catalogue_rule(target->record.key.str);
	struct diag *diag;

	/* an unknown rule may have none, which is reported with the rule */
	if (!text_is_given(target->name))
		return;
	if (!bazel_is_target_name(target->name.str)) {
		diag = diag_add(r->diags, DIAG_BAD_VALUE, target->name.span,
				"'%.*s' is not a target name", STR_ARG(target->name.str));
		diag_help(r->diags, diag, "take letters, digits, '_', '-', '.' and '/'");
		return;
	}
	index_entry(r, package, target->name.str, target->name.span, rule,
		    rule == NULL || (rule->flags & RULE_MACRO) != 0);
	if (rule != NULL)
		index_outputs(r, package, rule, target);
}

static struct str
raw_of(struct resolver *r, struct str path)
{
	const struct spec_raw *raw = map_get(&r->raw, path);

	return raw == NULL ? STR("") : raw->text.str;
}

void
packages_collect(struct resolver *r)
{
	for (size_t i = 0; i < r->spec->raw.count; i++) {
		struct spec_raw *raw = r->spec->raw.items[i];

		map_add(&r->raw, raw->record.key.str, raw);
	}
	for (size_t i = 0; i < r->spec->packages.count; i++) {
		const struct spec_package *spec = r->spec->packages.items[i];
		struct str path = spec->record.key.str;
		struct package_index *package;

		if (str_is(path, "."))
			path = STR("");
		if (map_get(&r->packages, path) != NULL)
			continue;
		package = package_new(r, path, spec->record.key.span);
		package->spec = spec;
		package->raw = raw_of(r, package->fact->file.str);
		for (size_t j = 0; j < spec->decoded.count; j++)
			index_target(r, package, spec->decoded.items[j]);
		/* after all that are certain */
		for (size_t j = 0; j < spec->decoded.count; j++)
			index_possible_outputs(r, package, spec->decoded.items[j]);
	}
}

/* ---- loads ---- */

static void
symbol_clash(struct resolver *r, const struct fact_load *load, struct str file, struct str symbol,
	     struct span span)
{
	struct diag *diag = diag_add(r->diags, DIAG_DUPLICATE_NAME, span,
				     "'%.*s' would be loaded from two files", STR_ARG(symbol));

	diag_note(r->diags, diag, load->fact.origin, "from '%.*s' for this",
		  STR_ARG(load->file.str));
	diag_note(r->diags, diag, span, "from '%.*s' for this", STR_ARG(file));
}

static struct fact_load *
load_of_file(struct resolver *r, struct package_index *package, struct str file, struct span span)
{
	struct fact_load *load = map_get(&package->loads, file);

	if (load != NULL)
		return load;
	load = fact_new(r, &fact_load_type, span);
	load->file = (struct text){file, span};
	map_add(&package->loads, file, load);
	list_add(r, &package->fact->loads, load);
	return load;
}

void
package_load(struct resolver *r, struct package_index *package, struct str label, struct str symbol,
	     struct span span)
{
	struct str file = module_label(r, arena_str(r->arena, label).at);
	struct fact_load *load = load_of_file(r, package, file, span);
	const struct fact_load *holder = map_get(&package->symbols, symbol);

	if (holder == NULL) {
		map_add(&package->symbols, symbol, load);
		texts_add(r, &load->symbols, (struct text){symbol, span});
	} else if (holder != load) {
		symbol_clash(r, holder, file, symbol, span);
	}
}

static int
compare_loads(const void *a, const void *b)
{
	const struct fact_load *const *left = a;
	const struct fact_load *const *right = b;

	return starlark_compare_loads((*left)->file.str, (*right)->file.str);
}

static int
compare_texts(const void *a, const void *b)
{
	return str_cmp(((const struct text *)a)->str, ((const struct text *)b)->str);
}

static void
sort_loads(struct fact_package *package)
{
	for (size_t i = 0; i < package->loads.count; i++) {
		struct texts *symbols = &((struct fact_load *)package->loads.items[i])->symbols;

		if (symbols->count > 1)
			qsort(symbols->items, symbols->count, sizeof(struct text), compare_texts);
	}
	if (package->loads.count > 1)
		qsort(package->loads.items, package->loads.count, sizeof(void *), compare_loads);
}

/* ---- package() ---- */

const struct value *
visibility_value(struct resolver *r, const char *name, const struct node *node)
{
	struct decoder decoder = {r->arena, r->diags};
	struct attribute row = {
		.name = name, .type = ATTRIBUTE_LABEL_LIST, .flags = ATTRIBUTE_FIXED};
	struct value *list;
	struct nearest nearest;
	struct diag *diag;

	if (node->kind != NODE_SCALAR)
		return attribute_decode(&decoder, &row, node, VALUE_USE_TARGET);
	if (!str_is(node->text, "public") && !str_is(node->text, "private")) {
		diag = diag_add(r->diags, DIAG_BAD_VALUE, node->span,
				"'%s' takes 'public', 'private' or a list of labels", name);
		nearest_init(&nearest, node->text);
		nearest_offer(&nearest, STR("public"));
		nearest_offer(&nearest, STR("private"));
		diag_suggest(r->diags, diag, nearest.best);
		if (nearest.best.len == 0 && node->text.len > 0)
			diag_help(r->diags, diag, "write [\"%.*s\"] for a label",
				  STR_ARG(node->text));
		return NULL;
	}
	list = value_list(r->arena, node->span, 1);
	value_append(list, (struct value_item){
				   .value = value_string(r->arena, node->span,
							 arena_printf(r->arena, "//visibility:%.*s",
								      STR_ARG(node->text)))});
	return list;
}

static void
resolve_arguments(struct resolver *r, struct package_index *package)
{
	const struct record *record = package->spec->package;
	struct attribute_site site = {.what = STR("package"),
				      .rows = directive_attributes("package"),
				      .use = VALUE_USE_TARGET};
	struct arguments arguments;

	if (record == NULL)
		return;
	arguments_init(r, &arguments, record->key.span);
	for (size_t i = 0; i < record->rest_count; i++) {
		const struct given *given = &record->rest[i];

		if (str_is(given->key.str, "default_visibility"))
			arguments_add(r, &arguments, "default_visibility",
				      visibility_value(r, "default_visibility", given->value));
		else
			site_add(r, &site, given, 1, &arguments);
	}
	if (arguments.call->count == 0)
		return;
	for (size_t i = 0; i < arguments.call->count; i++) {
		struct text name = {arguments.call->items[i].name, record->key.span};

		labels_check(r, package, site_attribute(r, &site, name),
			     arguments.call->items[i].value);
	}
	package->fact->package = arguments_finish(r, &arguments, STR("package"), STARLARK_BUILD);
}

/* ---- all of them ---- */

/* The root package has the setting that the profiles select on, unless the user has it there. */
static void
add_release_setting(struct resolver *r)
{
	struct span span = r->spec->profiles->record.key.span;
	struct package_index *root;
	const struct target_entry *entry;
	struct diag *diag;

	root = map_get(&r->packages, STR(""));
	if (root == NULL)
		root = package_new(r, STR(""), span);
	root->fact->is_optional.is_on = false;
	entry = map_get(&root->targets, STR(RELEASE_SETTING));
	if (entry == NULL) {
		index_entry(r, root, STR(RELEASE_SETTING), span,
			    catalogue_rule(STR("config_setting")), false);
		list_add(r, &root->fact->targets, profiles_setting(r));
		return;
	}
	if (entry->rule != NULL && str_is(str_from(entry->rule->name), "config_setting"))
		return;
	diag = diag_add(r->diags, DIAG_DUPLICATE_NAME, entry->span,
			"the profiles need the name '//:" RELEASE_SETTING "' for their "
			"config_setting");
	diag_note(r->diags, diag, span, "the profiles stand here");
	diag_help(r->diags, diag, "rename the target, or make it the config_setting itself");
}

static int
compare_packages(const void *a, const void *b)
{
	const struct package_index *const *left = a;
	const struct package_index *const *right = b;

	return str_cmp((*left)->fact->path.str, (*right)->fact->path.str);
}

void
packages_resolve(struct resolver *r)
{
	if (r->profile_flags != NULL)
		add_release_setting(r);
	for (size_t i = 0; i < r->package_order.count; i++) {
		struct package_index *package = r->package_order.items[i];

		check_other_file(r, package);
		if (package->spec == NULL)
			continue;
		resolve_arguments(r, package);
		for (size_t j = 0; j < package->spec->decoded.count; j++)
			target_resolve(r, package, package->spec->decoded.items[j]);
		sort_loads(package->fact);
	}
	if (r->package_order.count > 1)
		qsort(r->package_order.items, r->package_order.count, sizeof(void *),
		      compare_packages);
	for (size_t i = 0; i < r->package_order.count; i++)
		list_add(r, &r->facts->packages,
			 ((struct package_index *)r->package_order.items[i])->fact);
}

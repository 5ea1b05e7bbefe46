/* Module extensions, repository rules and registrations. */
#include "facts/resolver.h"

void
repositories_add(struct resolver *r, struct str name, struct span span)
{
	struct span *entry = ARENA_NEW(r->arena, struct span);
	struct str *listed = ARENA_NEW(r->arena, struct str);
	const struct span *other;
	struct diag *diag;

	*entry = span;
	*listed = name;
	other = map_add(&r->repositories, name, entry);
	if (other == entry) {
		list_add(r, &r->repository_names, listed);
		return;
	}
	diag = diag_add(r->diags, DIAG_DUPLICATE_NAME, span, "two repositories are called '%.*s'",
			STR_ARG(name));
	diag_note(r->diags, diag, *other, "this is the other one");
}

struct fact_extension *
extension_new(struct resolver *r, const char *proxy, const char *file, const char *name,
	      bool is_dev, struct span origin)
{
	struct fact_extension *extension = fact_new(r, &fact_extension_type, origin);

	extension->proxy = (struct text){str_from(proxy), origin};
	extension->file = (struct text){module_label(r, file), origin};
	extension->name = (struct text){str_from(name), origin};
	extension->dev_dependency = (struct flag){.is_on = is_dev, .span = origin};
	list_add(r, &r->facts->extensions, extension);
	return extension;
}

static struct fact_use_repo *
use_repo_of(struct resolver *r, struct fact_extension *extension, struct span span)
{
	if (extension->use_repo == NULL)
		extension->use_repo = fact_new(r, &fact_use_repo_type, span);
	return extension->use_repo;
}

/* Names stay in buildifier's order. */
static void
insert_sorted(struct resolver *r, struct texts *texts, struct text text)
{
	struct text *items = ARENA_ARRAY(r->arena, texts->count + 1, struct text);
	size_t at = 0;

	while (at < texts->count && starlark_compare_strings(texts->items[at].str, text.str) < 0)
		at++;
	for (size_t i = 0; i < texts->count; i++)
		items[i < at ? i : i + 1] = texts->items[i];
	items[at] = text;
	texts->items = items;
	texts->count++;
}

void
extension_use(struct resolver *r, struct fact_extension *extension, struct text repo)
{
	repositories_add(r, repo.str, repo.span);
	insert_sorted(r, &use_repo_of(r, extension, repo.span)->repos, repo);
}

/* ---- extensions of the user's own ---- */

static void
add_tag(struct resolver *r, struct fact_extension *extension, const struct node *name,
	const struct node *attrs)
{
	struct decoder decoder = {r->arena, r->diags};
	struct arguments arguments;

	if (!starlark_is_identifier(name->text)) {
		diag_add(r->diags, DIAG_BAD_VALUE, name->span, "'%.*s' is not the name of a tag",
			 STR_ARG(name->text));
		return;
	}
	if (attrs->kind != NODE_MAPPING) {
		diag_add(r->diags, DIAG_WRONG_KIND, attrs->span,
			 "a tag takes a mapping of attributes, not %s",
			 node_is_null(attrs) ? "nothing" : node_kind_name(attrs));
		return;
	}
	arguments_init(r, &arguments, name->span);
	for (size_t i = 0; i < attrs->count; i += 2) {
		const struct node *key = &attrs->children[i];

		if (!starlark_is_identifier(key->text)) {
			diag_add(r->diags, DIAG_BAD_VALUE, key->span,
				 "'%.*s' is not the name of an attribute", STR_ARG(key->text));
			continue;
		}
		arguments_add(r, &arguments, arena_str(r->arena, key->text).at,
			      value_decode(&decoder, &attrs->children[i + 1], VALUE_USE_TAG));
	}
	list_add(r, &extension->tags,
		 arguments_finish(r, &arguments,
				  arena_printf(r->arena, "%.*s.%.*s", STR_ARG(extension->proxy.str),
					       STR_ARG(name->text)),
				  STARLARK_MODULE));
}

static void
add_tags(struct resolver *r, struct fact_extension *extension, const struct node *tags)
{
	if (tags->kind != NODE_SEQUENCE) {
		diag_add(r->diags, DIAG_WRONG_KIND, tags->span, "'tags' takes a list, not %s",
			 node_is_null(tags) ? "nothing" : node_kind_name(tags));
		return;
	}
	for (size_t i = 0; i < tags->count; i++) {
		const struct node *tag = &tags->children[i];

		if (tag->kind == NODE_MAPPING && tag->count == 2) {
			add_tag(r, extension, &tag->children[0], &tag->children[1]);
			continue;
		}
		diag_help(r->diags,
			  diag_add(r->diags, DIAG_WRONG_KIND, tag->span,
				   "a tag is a mapping from its name to its attributes"),
			  "write - NAME: {attributes}");
	}
}

/* `local: exported` */
static void
use_renamed(struct resolver *r, struct fact_extension *extension, const struct node *local,
	    const struct node *exported)
{
	struct fact_use_repo *uses = use_repo_of(r, extension, local->span);
	struct fact_rename *rename;

	if (exported->kind != NODE_SCALAR || !bazel_is_repo_name(exported->text) ||
	    !bazel_is_repo_name(local->text)) {
		diag_add(r->diags, DIAG_BAD_VALUE, local->span,
			 "a renamed repository is written {NAME: EXTENSION'S NAME}");
		r->gaps.repositories = true;
		return;
	}
	repositories_add(r, local->text, local->span);
	if (!starlark_is_identifier(local->text)) {
		struct value *dict =
			value_dict(r->arena, local->span,
				   1 + (uses->unpacked == NULL ? 0 : uses->unpacked->count));

		for (size_t i = 0; uses->unpacked != NULL && i < uses->unpacked->count; i++)
			value_append(dict, uses->unpacked->items[i]);
		value_append(dict, (struct value_item){
					   .key = value_string(r->arena, local->span, local->text),
					   .value = value_string(r->arena, exported->span,
								 exported->text)});
		uses->unpacked = dict;
		return;
	}
	rename = fact_new(r, &fact_rename_type, local->span);
	rename->local = (struct text){local->text, local->span};
	rename->exported = (struct text){exported->text, exported->span};
	list_add(r, &uses->renamed, rename);
	/* keywords are in alphabetical order */
	for (size_t i = uses->renamed.count - 1; i > 0; i--) {
		struct fact_rename *before = uses->renamed.items[i - 1];

		if (str_cmp(before->local.str, rename->local.str) <= 0)
			break;
		uses->renamed.items[i] = before;
		uses->renamed.items[i - 1] = rename;
	}
}

static void
add_uses(struct resolver *r, struct fact_extension *extension, const struct node *uses)
{
	if (uses->kind != NODE_SEQUENCE) {
		diag_add(r->diags, DIAG_WRONG_KIND, uses->span, "'use_repo' takes a list, not %s",
			 node_is_null(uses) ? "nothing" : node_kind_name(uses));
		r->gaps.repositories = true;
		return;
	}
	for (size_t i = 0; i < uses->count; i++) {
		const struct node *use = &uses->children[i];

		if (use->kind == NODE_SCALAR && bazel_is_repo_name(use->text)) {
			extension_use(r, extension, (struct text){use->text, use->span});
			continue;
		}
		if (use->kind != NODE_MAPPING) {
			diag_add(r->diags, DIAG_BAD_VALUE, use->span,
				 "'use_repo' takes repository names, or {NAME: EXTENSION'S NAME}");
			r->gaps.repositories = true;
			continue;
		}
		for (size_t j = 0; j < use->count; j += 2)
			use_renamed(r, extension, &use->children[j], &use->children[j + 1]);
	}
}

/* The label of a .bzl file must lead into a repository that is there. */
static bool
repository_is_known(struct resolver *r, struct text label)
{
	struct label parts;
	const char *why;
	struct diag *diag;

	if (!label_parse(label.str, &parts, &why) || !parts.has_repo || parts.is_canonical ||
	    parts.repo.len == 0 || str_is(parts.repo, "bazel_tools") ||
	    map_get(&r->repositories, parts.repo) != NULL)
		return true;
	if (catalogue_pin(r->set, parts.repo) != NULL) {
		module_need(r, arena_str(r->arena, parts.repo).at, "labels into it", label.span);
		return true;
	}
	if (r->gaps.repositories)
		return true;
	diag = diag_add(r->diags, DIAG_UNKNOWN_REPOSITORY, label.span,
			"there is no repository '@%.*s'", STR_ARG(parts.repo));
	diag_help(r->diags, diag, "declare its module under 'bazel_deps'");
	return false;
}

static bool
is_dev_label(struct resolver *r, struct str label)
{
	struct label parts;
	const char *why;

	if (!label_parse(label, &parts, &why) || !parts.has_repo)
		return false;
	for (size_t i = 0; i < r->spec->bazel_deps.count; i++) {
		const struct spec_bazel_dep *dep = r->spec->bazel_deps.items[i];
		const struct module_use *use = map_get(&r->modules, dep->record.key.str);

		if (use->is_dev && str_eq(use->repo, parts.repo))
			return true;
	}
	return false;
}

static bool
proxy_is_free(struct resolver *r, const struct spec_extension *spec)
{
	for (size_t i = 0; i < r->facts->extensions.count; i++) {
		const struct fact_extension *other = r->facts->extensions.items[i];
		struct diag *diag;

		if (!str_eq(other->proxy.str, spec->record.key.str))
			continue;
		diag = diag_add(r->diags, DIAG_DUPLICATE_NAME, spec->record.key.span,
				"the proxy name '%.*s' is taken", STR_ARG(spec->record.key.str));
		diag_note(r->diags, diag, other->proxy.span, "by what follows from this");
		diag_help(r->diags, diag,
			  "choose another key and give the extension's own as 'name'");
		return false;
	}
	return true;
}

static void
resolve_extension(struct resolver *r, const struct spec_extension *spec)
{
	struct fact_extension *extension;
	struct text name = text_is_given(spec->name) ? spec->name : spec->record.key;
	bool is_dev = spec->dev_dependency.is_on;

	if (!proxy_is_free(r, spec)) {
		r->gaps.repositories = true;
		return;
	}
	if (text_is_given(spec->file)) {
		repository_is_known(r, spec->file);
		is_dev = is_dev || is_dev_label(r, spec->file.str);
	}
	extension = extension_new(r, arena_str(r->arena, spec->record.key.str).at,
				  arena_str(r->arena, spec->file.str).at,
				  arena_str(r->arena, name.str).at, is_dev, spec->record.key.span);
	extension->file.span = spec->file.span;
	if (spec->tags != NULL)
		add_tags(r, extension, spec->tags);
	if (spec->use_repo != NULL)
		add_uses(r, extension, spec->use_repo);
}

/* ---- repositories ---- */

static struct fact_repository_rule *
repository_rule(struct resolver *r, const struct spec_repository *spec)
{
	size_t at = str_find_last(spec->rule.str, '%');
	struct str file = str_slice(spec->rule.str, 0, at);
	struct str name = str_after(spec->rule.str, at + 1);
	struct str variable = name;
	struct fact_repository_rule *rule;
	size_t namesakes = 0;

	for (size_t i = 0; i < r->facts->repository_rules.count; i++) {
		rule = r->facts->repository_rules.items[i];
		if (!str_eq(rule->rule.str, name))
			continue;
		if (str_eq(rule->file.str, file))
			return rule;
		namesakes++;
	}
	if (namesakes > 0)
		variable = arena_printf(r->arena, "%.*s_%zu", STR_ARG(name), namesakes + 1);
	rule = fact_new(r, &fact_repository_rule_type, spec->rule.span);
	rule->variable = (struct text){variable, spec->rule.span};
	rule->file = (struct text){file, spec->rule.span};
	rule->rule = (struct text){name, spec->rule.span};
	repository_is_known(r, rule->file);
	list_add(r, &r->facts->repository_rules, rule);
	return rule;
}

static void
resolve_repository(struct resolver *r, const struct spec_repository *spec)
{
	struct decoder decoder = {r->arena, r->diags};
	struct fact_repository_rule *rule;
	struct arguments arguments;
	const struct node *attrs = spec->attrs;

	repositories_add(r, spec->record.key.str, spec->record.key.span);
	if (!text_is_given(spec->rule))
		return;
	rule = repository_rule(r, spec);
	arguments_init(r, &arguments, spec->record.key.span);
	arguments_text(r, &arguments, "name", spec->record.key);
	if (spec->dev_dependency.is_on || is_dev_label(r, rule->file.str))
		arguments_add(r, &arguments, "dev_dependency",
			      value_bool(r->arena, spec->dev_dependency.span, true));
	if (attrs != NULL && attrs->kind != NODE_MAPPING) {
		diag_add(r->diags, DIAG_WRONG_KIND, attrs->span, "'attrs' takes a mapping, not %s",
			 node_is_null(attrs) ? "nothing" : node_kind_name(attrs));
		attrs = NULL;
	}
	for (size_t i = 0; attrs != NULL && i < attrs->count; i += 2) {
		const struct node *key = &attrs->children[i];

		if (!starlark_is_identifier(key->text) || str_is(key->text, "name")) {
			diag_add(r->diags, DIAG_BAD_VALUE, key->span,
				 "'%.*s' is not the name of an attribute", STR_ARG(key->text));
			continue;
		}
		arguments_add(r, &arguments, arena_str(r->arena, key->text).at,
			      value_decode(&decoder, &attrs->children[i + 1], VALUE_USE_TAG));
	}
	list_add(r, &rule->repositories,
		 arguments_finish(r, &arguments, rule->variable.str, STARLARK_MODULE));
}

void
extensions_resolve(struct resolver *r)
{
	for (size_t i = 0; i < r->spec->extensions.count; i++)
		resolve_extension(r, r->spec->extensions.items[i]);
	for (size_t i = 0; i < r->spec->repositories.count; i++)
		resolve_repository(r, r->spec->repositories.items[i]);
}

/* ---- registrations ---- */

static bool
is_dev_call(const struct fact_call *call)
{
	const struct value *arguments = call->arguments;

	return arguments->count > 0 &&
	       str_is(arguments->items[arguments->count - 1].name, "dev_dependency");
}

void
registration_add(struct resolver *r, struct list *calls, const char *function, struct text label,
		 bool is_dev)
{
	struct fact_call *call = calls->count == 0 ? NULL : calls->items[calls->count - 1];
	const struct value *before = NULL;
	struct value *arguments;

	/* one call takes all neighbours of a kind, so that their order stays as it is */
	if (call != NULL && is_dev_call(call) == is_dev)
		before = call->arguments;
	else
		call = NULL;
	arguments = value_call(r->arena, before == NULL ? label.span : before->origin, STR(""),
			       2 + (before == NULL ? 0 : before->count));
	for (size_t i = 0; before != NULL && i < before->count; i++) {
		if (before->items[i].name.len == 0)
			value_append(arguments, before->items[i]);
	}
	value_append(arguments,
		     (struct value_item){.value = value_string(r->arena, label.span, label.str)});
	if (is_dev)
		value_append(arguments,
			     (struct value_item){.name = STR("dev_dependency"),
						 .value = value_bool(r->arena, label.span, true)});
	if (call == NULL) {
		call = fact_new(r, &fact_call_type, label.span);
		call->function = (struct text){str_from(function), label.span};
		list_add(r, calls, call);
	}
	call->arguments = arguments;
}

static void
register_all(struct resolver *r, const struct list *spec, struct list *calls, const char *function)
{
	for (size_t i = 0; i < spec->count; i++) {
		const struct spec_registration *registration = spec->items[i];
		bool is_dev = registration->dev_dependency.is_on;

		if (!text_is_given(registration->label))
			continue;
		repository_is_known(r, registration->label);
		registration_add(r, calls, function, registration->label,
				 is_dev || is_dev_label(r, registration->label.str));
	}
}

void
registrations_resolve(struct resolver *r)
{
	struct list following = r->facts->toolchains;

	r->facts->toolchains = (struct list){0};
	register_all(r, &r->spec->execution_platforms, &r->facts->execution_platforms,
		     "register_execution_platforms");
	register_all(r, &r->spec->toolchains, &r->facts->toolchains, "register_toolchains");
	for (size_t i = 0; i < following.count; i++) {
		const struct fact_call *call = following.items[i];

		for (size_t j = 0; j < call->arguments->count; j++) {
			const struct value_item *item = &call->arguments->items[j];

			if (item->name.len == 0)
				registration_add(
					r, &r->facts->toolchains, "register_toolchains",
					(struct text){item->value->text, item->value->origin},
					is_dev_call(call));
		}
	}
}

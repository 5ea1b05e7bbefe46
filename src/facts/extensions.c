/* Module extensions, repository rules and registrations. */
#include <stdlib.h>

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
	      struct flag dev, struct span origin)
{
	struct fact_extension *extension = fact_new(r, &fact_extension_type, origin);

	extension->proxy = (struct text){str_from(proxy), origin};
	extension->file = (struct text){module_label(r, file), origin};
	extension->name = (struct text){str_from(name), origin};
	extension->dev_dependency = dev;
	map_add(&r->variables, extension->proxy.str, &extension->proxy.span);
	list_add(r, &r->facts->extensions, extension);
	return extension;
}

static struct fact_use_repo *
use_repo_of(struct resolver *r, struct fact_extension *extension)
{
	if (extension->use_repo == NULL)
		extension->use_repo = fact_new(r, &fact_use_repo_type, extension->fact.origin);
	return extension->use_repo;
}

void
extension_use(struct resolver *r, struct fact_extension *extension, struct text repo)
{
	repositories_add(r, repo.str, repo.span);
	texts_add(r, &use_repo_of(r, extension)->repos, repo);
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
	struct fact_use_repo *uses = use_repo_of(r, extension);
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
		if (uses->unpacked == NULL)
			uses->unpacked = value_dict(r->arena, local->span, 1);
		value_add_entry(uses->unpacked, value_string(r->arena, local->span, local->text),
				value_string(r->arena, exported->span, exported->text));
		uses->is_long.is_on = uses->unpacked->count > 1;
		return;
	}
	rename = fact_new(r, &fact_rename_type, local->span);
	rename->local = (struct text){local->text, local->span};
	rename->exported = (struct text){exported->text, exported->span};
	list_add(r, &uses->renamed, rename);
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

/* What a label leads into may be there for development only. */
static struct flag
dev_of_label(struct resolver *r, struct str label, struct flag given)
{
	const struct module_use *module = NULL;
	struct label parts;
	const char *why;

	if (!given.is_on && label_parse(label, &parts, &why) && parts.has_repo)
		module = map_get(&r->dev_repositories, parts.repo);
	return module == NULL ? given : module->dev;
}

/* Names that mean something in MODULE.bazel. Source: ModuleFileGlobals.java of Bazel 8.0. */
static bool
is_directive(struct str name)
{
	static const char *const directives[] = {
		"archive_override",
		"bazel_dep",
		"git_override",
		"include",
		"inject_repo",
		"local_path_override",
		"module",
		"multiple_version_override",
		"override_repo",
		"print",
		"register_execution_platforms",
		"register_toolchains",
		"single_version_override",
		"use_extension",
		"use_repo",
		"use_repo_rule",
	};

	for (size_t i = 0; i < sizeof(directives) / sizeof(directives[0]); i++) {
		if (str_is(name, directives[i]))
			return true;
	}
	return false;
}

static bool
proxy_is_free(struct resolver *r, const struct spec_extension *spec)
{
	struct text proxy = spec->record.key;
	const struct span *other = map_get(&r->variables, proxy.str);
	struct diag *diag;

	if (other == NULL && !is_directive(proxy.str))
		return true;
	diag = diag_add(r->diags, DIAG_DUPLICATE_NAME, proxy.span, "the proxy name '%.*s' is taken",
			STR_ARG(proxy.str));
	if (other != NULL)
		diag_note(r->diags, diag, *other, "by what follows from this");
	else
		diag_note(r->diags, diag, (struct span){0}, "it is a directive of MODULE.bazel");
	diag_help(r->diags, diag, "choose another key and give the extension's own as 'name'");
	return false;
}

static bool
is_empty_list(const struct node *node)
{
	return node == NULL || (node->kind == NODE_SEQUENCE && node->count == 0);
}

/* buildifier warns of a proxy that nothing uses. */
static void
check_use(struct resolver *r, const struct spec_extension *spec)
{
	struct diag *diag;

	if (spec->record.is_broken || !is_empty_list(spec->tags) || !is_empty_list(spec->use_repo))
		return;
	diag = diag_add(r->diags, DIAG_MISSING_KEY, spec->record.key.span,
			"extension '%.*s' has neither 'tags' nor 'use_repo'",
			STR_ARG(spec->record.key.str));
	diag_help(r->diags, diag, "without either it does nothing");
}

static void
resolve_extension(struct resolver *r, const struct spec_extension *spec)
{
	struct fact_extension *extension;
	struct text name = text_is_given(spec->name) ? spec->name : spec->record.key;
	struct flag dev = spec->dev_dependency;

	if (!proxy_is_free(r, spec)) {
		r->gaps.repositories = true;
		return;
	}
	check_use(r, spec);
	if (text_is_given(spec->file)) {
		label_check(r, spec->file);
		dev = dev_of_label(r, spec->file.str, dev);
	}
	extension = extension_new(r, arena_str(r->arena, spec->record.key.str).at,
				  arena_str(r->arena, spec->file.str).at,
				  arena_str(r->arena, name.str).at, dev, spec->record.key.span);
	extension->file.span = spec->file.span;
	extension->name.span = name.span;
	if (spec->tags != NULL)
		add_tags(r, extension, spec->tags);
	if (spec->use_repo != NULL) {
		add_uses(r, extension, spec->use_repo);
		if (extension->use_repo != NULL)
			extension->use_repo->fact.origin = spec->use_repo->span;
	}
}

/* ---- repositories ---- */

/* A variable for a rule: its name in small letters, as buildifier wants it, and a number where that
 * is taken. */
static struct str
free_variable(struct resolver *r, struct str rule)
{
	struct str variable;
	struct buf name;
	size_t *tried;

	buf_init(&name, r->arena);
	for (size_t i = 0; i < rule.len; i++) {
		bool is_capital = rule.at[i] >= 'A' && rule.at[i] <= 'Z';

		buf_char(&name, (char)(rule.at[i] + (is_capital ? 'a' - 'A' : 0)));
	}
	variable = buf_str(&name);
	tried = map_get(&r->namesakes, variable);
	if (tried == NULL)
		tried = map_add(&r->namesakes, variable, ARENA_NEW(r->arena, size_t));
	while (map_get(&r->variables, variable) != NULL || is_directive(variable))
		variable =
			arena_printf(r->arena, "%.*s_%zu", STR_ARG(buf_str(&name)), ++*tried + 1);
	return variable;
}

static struct fact_repository_rule *
repository_rule(struct resolver *r, const struct spec_repository *spec)
{
	size_t at = str_find_last(spec->rule.str, '%');
	struct fact_repository_rule *rule = map_get(&r->repository_rules, spec->rule.str);
	struct span span = spec->rule.span;

	if (rule != NULL)
		return rule;
	rule = fact_new(r, &fact_repository_rule_type, span);
	rule->file = (struct text){str_slice(spec->rule.str, 0, at), span};
	rule->rule = (struct text){str_after(spec->rule.str, at + 1), span};
	rule->variable = (struct text){free_variable(r, rule->rule.str), span};
	map_add(&r->variables, rule->variable.str, &rule->variable.span);
	map_add(&r->repository_rules, spec->rule.str, rule);
	label_check(r, rule->file);
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
	struct flag dev = spec->dev_dependency;

	repositories_add(r, spec->record.key.str, spec->record.key.span);
	if (!text_is_given(spec->rule))
		return;
	rule = repository_rule(r, spec);
	arguments_init(r, &arguments, spec->record.key.span);
	arguments_text(r, &arguments, "name", spec->record.key);
	dev = dev_of_label(r, rule->file.str, dev);
	if (dev.is_on)
		arguments_add(r, &arguments, "dev_dependency",
			      value_bool(r->arena, dev.span, true));
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

static int
compare_repos(const void *a, const void *b)
{
	return starlark_compare_strings(((const struct text *)a)->str,
					((const struct text *)b)->str);
}

static int
compare_renames(const void *a, const void *b)
{
	const struct fact_rename *const *left = a;
	const struct fact_rename *const *right = b;

	return str_cmp((*left)->local.str, (*right)->local.str);
}

void
extensions_finish(struct resolver *r)
{
	for (size_t i = 0; i < r->facts->extensions.count; i++) {
		struct fact_extension *extension = r->facts->extensions.items[i];
		struct fact_use_repo *uses = extension->use_repo;

		if (uses != NULL && uses->repos.count > 1)
			qsort(uses->repos.items, uses->repos.count, sizeof(struct text),
			      compare_repos);
		if (uses != NULL && uses->renamed.count > 1)
			qsort(uses->renamed.items, uses->renamed.count, sizeof(void *),
			      compare_renames);
	}
}

/* ---- registrations ---- */

static struct flag
dev_of_call(const struct fact_call *call)
{
	const struct value_item *last = &call->arguments->items[call->arguments->count - 1];
	struct flag dev = {.is_on = str_is(last->name, "dev_dependency")};

	if (dev.is_on)
		dev.span = last->value->origin;
	return dev;
}

void
registration_add(struct resolver *r, struct list *calls, const char *function, struct text label,
		 struct flag dev, struct span origin)
{
	struct fact_call *call = calls->count == 0 ? NULL : calls->items[calls->count - 1];
	struct value_item item = {.value = value_string(r->arena, label.span, label.str)};
	struct value *arguments;

	/* one call takes all neighbours of a kind, so that their order stays as it is */
	if (call != NULL && dev_of_call(call).is_on == dev.is_on) {
		arguments = (struct value *)call->arguments; /* made below */
		value_append(arguments, item);
		if (dev.is_on) {
			arguments->items[arguments->count - 1] =
				arguments->items[arguments->count - 2];
			arguments->items[arguments->count - 2] = item;
		}
		return;
	}
	arguments = value_call(r->arena, origin, STR(""), 2);
	value_append(arguments, item);
	if (dev.is_on)
		value_add_argument(arguments, STR("dev_dependency"),
				   value_bool(r->arena, dev.span, true));
	call = fact_new(r, &fact_call_type, origin);
	call->function = (struct text){str_from(function), origin};
	call->arguments = arguments;
	list_add(r, calls, call);
}

static void
register_all(struct resolver *r, const struct list *spec, struct list *calls, const char *function)
{
	for (size_t i = 0; i < spec->count; i++) {
		const struct spec_registration *registration = spec->items[i];
		struct flag dev = registration->dev_dependency;

		if (!text_is_given(registration->label))
			continue;
		if (!str_has_suffix(registration->label.str, STR("...")))
			label_check(r, registration->label);
		dev = dev_of_label(r, registration->label.str, dev);
		registration_add(r, calls, function, registration->label, dev, spec->span);
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
		struct flag dev = dev_of_call(call);

		for (size_t j = 0; j < call->arguments->count; j++) {
			const struct value_item *item = &call->arguments->items[j];

			if (item->name.len == 0)
				registration_add(
					r, &r->facts->toolchains, "register_toolchains",
					(struct text){item->value->text, item->value->origin}, dev,
					call->fact.origin);
		}
	}
}

/* One target: its attributes against the rule's table, and what follows from its other keys. */
#include "facts/resolver.h"

struct target_site {
	struct resolver *r;
	struct package_index *package;
	const struct spec_target *target;
	struct attribute_site attributes; /* rule NULL: not a known rule */
	struct arguments arguments;
	bool is_complete; /* all attributes were understood */
};

static bool
has_attribute(const struct target_site *t, const char *name)
{
	const struct rule *rule = t->attributes.rule;

	return rule == NULL ||
	       rule_attribute(rule, str_from(name),
			      t->attributes.module == NULL ? STR("")
							   : t->attributes.module->version) != NULL;
}

/* Puts a list or call behind what the attribute holds already. */
static void
append_value(struct target_site *t, const char *name, const struct value *more, struct span span)
{
	struct arena *arena = t->r->arena;
	const struct value *have = arguments_get(&t->arguments, name);
	struct value *joined;

	if (more == NULL)
		return;
	if (t->attributes.rule != NULL &&
	    site_attribute(t->r, &t->attributes, (struct text){str_from(name), span}) == NULL)
		return;
	if (have == NULL) {
		arguments_add(t->r, &t->arguments, name, more);
		return;
	}
	if (have->kind == VALUE_LIST && more->kind == VALUE_LIST) {
		joined = value_list(arena, have->origin, have->count + more->count);
		for (size_t i = 0; i < have->count; i++)
			value_append(joined, have->items[i]);
		for (size_t i = 0; i < more->count; i++)
			value_append(joined, more->items[i]);
	} else {
		joined = value_sum(arena, have->origin,
				   1 + (have->kind == VALUE_SUM ? have->count : 1));
		for (size_t i = 0; have->kind == VALUE_SUM && i < have->count; i++)
			value_append(joined, have->items[i]);
		if (have->kind != VALUE_SUM)
			value_append(joined, (struct value_item){.value = have});
		value_append(joined, (struct value_item){.value = more});
	}
	arguments_set(&t->arguments, name, joined);
}

/* ---- keys of every target ---- */

static void
add_crates(struct target_site *t)
{
	struct resolver *r = t->r;
	const struct node *crates = t->target->crates;
	const struct rule *rule = t->attributes.rule;
	struct crate_uses uses = {0};
	struct diag *diag;

	if (crates == NULL)
		return;
	if (rule != NULL && !has_attribute(t, "deps")) {
		diag = diag_add(r->diags, DIAG_UNKNOWN_KEY, crates->span, "%s takes no 'crates'",
				rule->name);
		diag_help(r->diags, diag, "only rules with 'deps' do");
		return;
	}
	crates_of_target(r, crates, rule == NULL ? 0 : rule->flags, &uses);
	append_value(t, "deps", uses.deps, crates->span);
	append_value(t, "proc_macro_deps", uses.proc_macro_deps, crates->span);
	if (uses.aliases != NULL && arguments_get(&t->arguments, "aliases") == NULL) {
		append_value(t, "aliases", uses.aliases, crates->span);
		package_load(r, t->package, str_from(uses.defs), STR("aliases"), crates->span);
	}
	if (uses.defs != NULL && (uses.deps != NULL || uses.proc_macro_deps != NULL))
		package_load(r, t->package, str_from(uses.defs), STR("all_crate_deps"),
			     crates->span);
}

static void
add_profile(struct target_site *t)
{
	const struct flag *profile = &t->target->profile;
	const struct rule *rule = t->attributes.rule;
	bool applies = rule != NULL && (rule->flags & RULE_BINARY) != 0;

	if (profile->is_given)
		applies = profile->is_on;
	if (profile->is_given && !has_attribute(t, "rustc_flags")) {
		diag_add(t->r->diags, DIAG_UNKNOWN_KEY, profile->span,
			 "%.*s takes no 'profile', since it has no rustc_flags",
			 STR_ARG(t->attributes.what));
		return;
	}
	if (applies && t->r->profile_flags != NULL)
		append_value(t, "rustc_flags", t->r->profile_flags,
			     profile->is_given ? profile->span : t->target->record.key.span);
}

static void
add_unchecked(struct target_site *t)
{
	struct resolver *r = t->r;
	const struct node *attrs = t->target->attrs;
	struct decoder decoder = {r->arena, r->diags};
	/* the keys of one mapping differ from each other already */
	struct value others = *t->arguments.call;
	struct arguments before = {.call = &others};

	if (attrs == NULL)
		return;
	if (attrs->kind != NODE_MAPPING) {
		diag_add(r->diags, DIAG_WRONG_KIND, attrs->span, "'attrs' takes a mapping, not %s",
			 node_is_null(attrs) ? "nothing" : node_kind_name(attrs));
		return;
	}
	for (size_t i = 0; i < attrs->count; i += 2) {
		const struct node *key = &attrs->children[i];
		const char *name = arena_str(r->arena, key->text).at;
		const struct value *have = arguments_get(&before, name);
		struct diag *diag;

		if (!starlark_is_identifier(key->text)) {
			diag_add(r->diags, DIAG_BAD_VALUE, key->span,
				 "'%.*s' is not the name of an attribute", STR_ARG(key->text));
		} else if (have != NULL) {
			diag = diag_add(r->diags, DIAG_DUPLICATE_NAME, key->span,
					"'%s' is set twice", name);
			diag_note(r->diags, diag, have->origin, "it is set here already");
		} else {
			arguments_add(
				r, &t->arguments, name,
				value_decode(&decoder, &attrs->children[i + 1], VALUE_USE_TARGET));
		}
	}
}

/* What would end a comment cannot stand in a line, and no line ends with a blank. */
static struct str
comment_line(struct arena *arena, struct str line)
{
	struct buf clean;

	buf_init(&clean, arena);
	buf_char(&clean, ' ');
	for (size_t i = 0; i < line.len; i++) {
		if ((unsigned char)line.at[i] >= ' ' || line.at[i] == '\t')
			buf_char(&clean, line.at[i]);
	}
	while (clean.len > 0 && (clean.at[clean.len - 1] == ' ' || clean.at[clean.len - 1] == '\t'))
		clean.len--;
	return buf_str(&clean);
}

static void
add_comment(struct target_site *t, struct fact_call *call)
{
	struct arena *arena = t->r->arena;
	struct str rest = str_trim(t->target->comment.str);
	size_t lines = 1;

	if (rest.len == 0)
		return;
	for (size_t i = 0; i < rest.len; i++)
		lines += rest.at[i] == '\n';
	call->comment.items = ARENA_ARRAY(arena, lines, struct text);
	while (rest.len > 0)
		call->comment.items[call->comment.count++] = (struct text){
			comment_line(arena, str_cut(&rest, '\n')), t->target->comment.span};
}

/* ---- the target ---- */

static void
check_labels(struct target_site *t)
{
	const struct value *call = t->arguments.call;
	static const struct attribute visibility = {.name = "visibility",
						    .type = ATTRIBUTE_LABEL_LIST};

	for (size_t i = 0; i < call->count; i++) {
		const struct attribute *row;

		if (t->attributes.rule == NULL)
			continue;
		row = rule_attribute(t->attributes.rule, call->items[i].name,
				     t->attributes.module == NULL ? STR("")
								  : t->attributes.module->version);
		if (row == NULL && str_is(call->items[i].name, "visibility"))
			row = &visibility;
		if (row != NULL)
			labels_check(t->r, t->package, row, call->items[i].value);
	}
}

static void
finish(struct target_site *t, struct str function)
{
	struct fact_call *call;

	if (t->target->visibility != NULL)
		arguments_add(t->r, &t->arguments, "visibility",
			      visibility_value(t->r, "visibility", t->target->visibility));
	add_crates(t);
	add_profile(t);
	add_unchecked(t);
	if (t->is_complete)
		crate_check(t->r, &t->attributes, t->target, &t->arguments);
	if (t->is_complete && t->attributes.rule != NULL && t->attributes.module == NULL)
		native_check(t->r, t->attributes.rule, t->target, &t->arguments);
	check_labels(t);
	if (t->attributes.rule != NULL && t->is_complete)
		site_require(t->r, &t->attributes, &t->arguments, t->target->record.key.span);
	call = arguments_finish(t->r, &t->arguments, function, STARLARK_BUILD);
	add_comment(t, call);
	list_add(t->r, &t->package->fact->targets, call);
}

static void
resolve_known(struct target_site *t, const struct rule *rule)
{
	struct resolver *r = t->r;
	struct span span = t->target->record.key.span;
	const char *site;

	t->attributes.what = str_from(rule->name);
	t->attributes.rule = rule;
	if (rule->module != NULL) {
		t->attributes.module = module_need(r, rule->module, rule->name, span);
		if (t->attributes.module == NULL || !site_is_available(r, &t->attributes, span))
			return;
		site = load_site_at(rule->loads, t->attributes.module->version);
		package_load(r, t->package, str_from(site), str_from(rule->name), span);
	}
	if (text_is_given(t->target->load)) {
		diag_help(r->diags,
			  diag_add(r->diags, DIAG_UNKNOWN_KEY, t->target->load.span,
				   "'load' goes with 'rule' only"),
			  "%s is loaded by itself", rule->name);
	}
	t->is_complete = site_add(r, &t->attributes, t->target->record.rest,
				  t->target->record.rest_count, &t->arguments);
	finish(t, str_from(rule->name));
}

/* `rule: NAME` with any attributes. */
static void
resolve_foreign(struct target_site *t)
{
	struct resolver *r = t->r;
	struct str name = t->target->value->text;
	const struct given *rest = t->target->record.rest;

	t->attributes.what = name;
	if (!starlark_is_identifier(name)) {
		diag_add(r->diags, DIAG_BAD_VALUE, t->target->value->span,
			 "'%.*s' is not the name of a rule", STR_ARG(name));
		return;
	}
	if (text_is_given(t->target->load)) {
		static const struct attribute file = {.name = "load", .type = ATTRIBUTE_LABEL};

		labels_check(r, t->package, &file,
			     value_string(r->arena, t->target->load.span, t->target->load.str));
		package_load(r, t->package, t->target->load.str, name, t->target->value->span);
	}
	for (size_t i = 0; i < t->target->record.rest_count; i++) {
		struct diag *diag = diag_add(r->diags, DIAG_UNKNOWN_KEY, rest[i].key.span,
					     "unknown key '%.*s' in a target of 'rule'",
					     STR_ARG(rest[i].key.str));

		diag_help(r->diags, diag, "its attributes stand under 'attrs'");
	}
	finish(t, name);
}

static void
resolve_exports(struct target_site *t)
{
	struct resolver *r = t->r;
	struct decoder decoder = {r->arena, r->diags};
	static const struct attribute files = {.name = "exports_files",
					       .type = ATTRIBUTE_LABEL_LIST};
	const struct value *list =
		attribute_decode(&decoder, &files, t->target->value, VALUE_USE_TAG);
	const struct value *visibility = NULL;
	struct fact_call *call;
	struct value *arguments;

	for (size_t i = 0; i < t->target->record.rest_count; i++) {
		diag_help(r->diags,
			  diag_add(r->diags, DIAG_UNKNOWN_KEY, t->target->record.rest[i].key.span,
				   "exports_files has no attribute '%.*s'",
				   STR_ARG(t->target->record.rest[i].key.str)),
			  "it takes 'visibility' only");
	}
	if (list == NULL)
		return;
	labels_check(r, t->package, &files, list);
	arguments = value_call(r->arena, t->target->value->span, STR(""), 2);
	value_append(arguments, (struct value_item){.value = list});
	if (t->target->visibility != NULL)
		visibility = visibility_value(r, "visibility", t->target->visibility);
	if (visibility != NULL)
		value_append(arguments,
			     (struct value_item){.name = STR("visibility"), .value = visibility});
	call = fact_new(r, &fact_call_type, t->target->record.key.span);
	call->function = (struct text){STR("exports_files"), t->target->record.key.span};
	call->arguments =
		starlark_canonical_call(r->arena, call->function.str, arguments, STARLARK_BUILD);
	add_comment(t, call);
	list_add(r, &t->package->fact->targets, call);
}

static const struct text *
rule_standing_later(const struct spec_target *target)
{
	for (size_t i = 0; i < target->record.rest_count; i++) {
		const struct text *key = &target->record.rest[i].key;

		if (catalogue_rule(key->str) != NULL || str_is(key->str, "rule") ||
		    str_is(key->str, "exports_files"))
			return key;
	}
	return NULL;
}

static void
unknown_rule(struct target_site *t)
{
	struct text rule = t->target->record.key;
	const struct text *later = rule_standing_later(t->target);
	struct nearest nearest;
	struct diag *diag = diag_add(t->r->diags, DIAG_UNKNOWN_RULE, rule.span,
				     "unknown rule '%.*s'", STR_ARG(rule.str));

	if (later != NULL) {
		diag_note(t->r->diags, diag, later->span,
			  "the rule, which has to be the first key");
		return;
	}
	nearest_init(&nearest, rule.str);
	nearest_offer(&nearest, STR("exports_files"));
	catalogue_offer_rules(&nearest);
	diag_suggest(t->r->diags, diag, nearest.best);
	if (nearest.best.len == 0)
		diag_help(t->r->diags, diag,
			  "any other rule is written - rule: %.*s, with name, load and attrs",
			  STR_ARG(rule.str));
}

void
target_resolve(struct resolver *r, struct package_index *package, const struct spec_target *target)
{
	struct target_site t = {.r = r, .package = package, .target = target};
	const struct rule *rule = catalogue_rule(target->record.key.str);

	t.attributes.use = VALUE_USE_TARGET;
	arguments_init(r, &t.arguments, target->record.key.span);
	if (text_is_given(target->name))
		arguments_text(r, &t.arguments, "name", target->name);
	if (rule != NULL)
		resolve_known(&t, rule);
	else if (str_is(target->record.key.str, "rule"))
		resolve_foreign(&t);
	else if (str_is(target->record.key.str, "exports_files"))
		resolve_exports(&t);
	else
		unknown_rule(&t);
}

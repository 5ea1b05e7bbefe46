/* `crates:` of a target: labels into hubs, or the macros of a Cargo hub. */
#include "facts/resolver.h"

/* How a hub's label for a crate is written. Source: crate_universe/src/rendering.rs at 0.70.0 and
 * 0.71.0; the later form stays valid when root aliases are switched off. */
static const struct {
	const char *since;
	const char *between; /* repository and target */
} hub_labels[] = {
	{NULL, "//:"},
	{"0.71.0", "//"},
};

static struct str
crate_label(struct resolver *r, const struct hub *hub, struct str crate)
{
	const struct module_use *rules_rust = module_find(r, STR("rules_rust"));
	const char *between = hub_labels[0].between;

	for (size_t i = 1; i < sizeof(hub_labels) / sizeof(hub_labels[0]); i++) {
		if (version_in_range(rules_rust->version, hub_labels[i].since, NULL))
			between = hub_labels[i].between;
	}
	return arena_printf(r->arena, "@%.*s%s%.*s", STR_ARG(hub->name), between, STR_ARG(crate));
}

bool
hub_label_fits(struct resolver *r, const struct label *label, struct span span)
{
	const struct module_use *rules_rust = module_find(r, STR("rules_rust"));
	const char *since = hub_labels[1].since;
	struct diag *diag;

	if (label->package.len == 0 || rules_rust->is_guess || rules_rust->version.len == 0 ||
	    version_in_range(rules_rust->version, since, NULL))
		return true;
	diag = diag_add(r->diags, DIAG_WRONG_VERSION, span,
			"rules_rust %.*s makes no packages for crates",
			STR_ARG(rules_rust->version));
	diag_suggest(r->diags, diag,
		     arena_printf(r->arena, "@%.*s//:%.*s", STR_ARG(label->repo),
				  STR_ARG(label->package)));
	module_note_version(r, diag, rules_rust);
	return false;
}

/* What a label into a hub may name besides crates: NAME-VERSION, NAME__BINARY, defs.bzl. */
static bool
is_derived_name(const struct hub *hub, struct str target)
{
	struct str crate = str_slice(target, 0, str_find_str(target, STR("__")));

	if (str_is(target, "defs.bzl") || str_is(target, "crates.bzl"))
		return true;
	for (size_t at = 0; at < target.len; at++) {
		bool is_version = target.at[at] == '-' && at + 1 < target.len &&
				  target.at[at + 1] >= '0' && target.at[at + 1] <= '9';

		if (is_version && map_get(&hub->crates, str_slice(target, 0, at)) != NULL)
			return true;
	}
	return crate.len < target.len &&
	       (map_get(&hub->crates, crate) != NULL || hub->spec->annotations.count > 0);
}

static bool
has_extra_aliases(const struct hub *hub)
{
	for (size_t i = 0; i < hub->spec->annotations.count; i++) {
		const struct spec_annotation *annotation = hub->spec->annotations.items[i];

		for (size_t j = 0; j < annotation->record.rest_count; j++) {
			if (str_is(annotation->record.rest[j].key.str, "extra_aliased_targets"))
				return true;
		}
	}
	return false;
}

bool
hub_check(struct resolver *r, const struct hub *hub, struct str target, struct str written,
	  struct span span)
{
	struct nearest nearest;
	struct diag *diag;

	if (hub->is_external || hub->has_cargo || map_get(&hub->crates, target) != NULL ||
	    is_derived_name(hub, target) || has_extra_aliases(hub) || r->gaps.crates)
		return true;
	diag = diag_add(r->diags, DIAG_UNKNOWN_CRATE, span, "hub '%.*s' has no crate '%.*s'",
			STR_ARG(hub->name), STR_ARG(target));
	nearest_init(&nearest, target);
	for (size_t i = 0; i < hub->spec->specs.count; i++) {
		const struct spec_crate *crate = hub->spec->specs.items[i];

		/* the crate's own name, where the hub has it under an alias */
		if (str_eq(crate->record.key.str, target)) {
			diag_help(r->diags, diag, "it is called '%.*s' there",
				  STR_ARG(crate->package_alias.str));
			diag_note(r->diags, diag, crate->package_alias.span,
				  "the alias is given here");
			return false;
		}
		nearest_offer(&nearest, text_is_given(crate->package_alias)
						? crate->package_alias.str
						: crate->record.key.str);
	}
	if (nearest.best.len == 0)
		diag_help(r->diags, diag, "add it under 'specs'");
	else if (str_has_suffix(written, target))
		diag_suggest(r->diags, diag,
			     arena_printf(r->arena, "%.*s%.*s", (int)(written.len - target.len),
					  written.at, STR_ARG(nearest.best)));
	else
		diag_help(r->diags, diag, "did you mean '%.*s'?", STR_ARG(nearest.best));
	return false;
}

bool
hub_has_proc_macro(const struct hub *hub, struct str name)
{
	const struct spec_crate *crate = map_get(&hub->crates, name);

	if (crate == NULL)
		return crate_is_proc_macro(name);
	if (crate->proc_macro.is_given)
		return crate->proc_macro.is_on;
	return crate_is_proc_macro(crate->record.key.str);
}

/* ---- lists of names ---- */

struct collected {
	struct value *deps;
	struct value *proc_macro_deps;
};

static void
add_crates(struct resolver *r, const struct hub *hub, const struct node *names,
	   struct collected *collected)
{
	for (size_t i = 0; i < names->count; i++) {
		const struct node *name = &names->children[i];
		struct value *list;

		if (name->kind != NODE_SCALAR || name->text.len == 0) {
			diag_add(r->diags, DIAG_WRONG_KIND, name->span,
				 "'crates' lists names of crates, not %s", node_kind_name(name));
			continue;
		}
		if (!hub_check(r, hub, name->text, name->text, name->span))
			continue;
		list = hub_has_proc_macro(hub, name->text) ? collected->proc_macro_deps
							   : collected->deps;
		value_append(list, (struct value_item){
					   .value = value_string(r->arena, name->span,
								 crate_label(r, hub, name->text))});
	}
}

static const struct hub *
default_hub(struct resolver *r, const struct node *node)
{
	struct diag *diag;

	if (r->hubs.count > 0)
		return r->hubs.items[0];
	if (!r->gaps.crates) {
		diag = diag_add(r->diags, DIAG_UNKNOWN_CRATE, node->span,
				"the spec has no hub of crates");
		diag_help(r->diags, diag, "say under 'crates' where crates come from");
	}
	return NULL;
}

/* ---- macros ---- */

/* Which flags of all_crate_deps go into deps, and which into proc_macro_deps. */
struct crate_kind {
	const char *name;
	unsigned rules; /* rule flags that have it by default */
	bool by_default; /* so has every rule that is no build script */
	bool is_proc_macro;
};

static const struct crate_kind crate_kinds[] = {
	{"normal", 0, true, false},
	{"normal_dev", RULE_TEST, false, false},
	{"proc_macro", 0, true, true},
	{"proc_macro_dev", RULE_TEST, false, true},
	{"build", RULE_BUILD_SCRIPT, false, false},
	{"build_proc_macro", RULE_BUILD_SCRIPT, false, true},
};
enum { CRATE_KINDS = sizeof(crate_kinds) / sizeof(crate_kinds[0]) };

static const struct value *
macro_call(struct resolver *r, const char *macro, struct span span,
	   const struct flag chosen[CRATE_KINDS], int proc_macro)
{
	struct value *call = value_call(r->arena, span, str_from(macro), CRATE_KINDS);

	for (size_t i = 0; i < CRATE_KINDS; i++) {
		if (!chosen[i].is_on ||
		    (proc_macro >= 0 && crate_kinds[i].is_proc_macro != proc_macro))
			continue;
		value_append(call, (struct value_item){
					   .name = str_from(crate_kinds[i].name),
					   .value = value_bool(r->arena, chosen[i].span, true)});
	}
	/* aliases() alone stands for the normal kinds */
	return call->count > 0 || proc_macro < 0 ? call : NULL;
}

static void
use_macros(struct resolver *r, const struct hub *hub, struct span span,
	   const struct flag chosen[CRATE_KINDS], bool with_aliases, struct crate_uses *uses)
{
	struct diag *diag;

	if (!hub->has_cargo && !hub->is_external) {
		diag = diag_add(r->diags, DIAG_BAD_VALUE, span,
				"'all' asks for what a Cargo.toml says, but hub '%.*s' has none",
				STR_ARG(hub->name));
		diag_help(r->diags, diag, "name the crates one by one");
		return;
	}
	uses->deps = macro_call(r, "all_crate_deps", span, chosen, 0);
	uses->proc_macro_deps = macro_call(r, "all_crate_deps", span, chosen, 1);
	if (with_aliases)
		uses->aliases = macro_call(r, "aliases", span, chosen, -1);
	uses->defs = arena_printf(r->arena, "@%.*s//:defs.bzl", STR_ARG(hub->name)).at;
}

static void
default_kinds(unsigned rule_flags, struct span span, struct flag chosen[CRATE_KINDS])
{
	for (size_t i = 0; i < CRATE_KINDS; i++) {
		bool is_on = (rule_flags & RULE_BUILD_SCRIPT) != 0
				     ? (crate_kinds[i].rules & RULE_BUILD_SCRIPT) != 0
				     : crate_kinds[i].by_default ||
					       (crate_kinds[i].rules & rule_flags) != 0;

		chosen[i] = (struct flag){.is_on = is_on, .span = span};
	}
}

static bool
read_kinds(struct resolver *r, const struct node *node, struct flag chosen[CRATE_KINDS])
{
	bool good = node->kind == NODE_SEQUENCE;

	if (!good)
		diag_add(r->diags, DIAG_WRONG_KIND, node->span,
			 "'all' takes a list of kinds, such as [normal, proc_macro]");
	for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++) {
		struct nearest nearest;
		struct diag *diag;
		size_t kind = 0;

		nearest_init(&nearest, node->children[i].text);
		while (kind < CRATE_KINDS &&
		       !str_is(node->children[i].text, crate_kinds[kind].name))
			nearest_offer(&nearest, str_from(crate_kinds[kind++].name));
		if (kind < CRATE_KINDS) {
			chosen[kind] = (struct flag){.is_on = true, .span = node->children[i].span};
			continue;
		}
		diag = diag_add(r->diags, DIAG_BAD_VALUE, node->children[i].span,
				"'%.*s' is no kind of dependency", STR_ARG(node->children[i].text));
		diag_suggest(r->diags, diag, nearest.best);
		if (nearest.best.len == 0)
			diag_help(r->diags, diag,
				  "kinds are normal, normal_dev, proc_macro, "
				  "proc_macro_dev, build and build_proc_macro");
		good = false;
	}
	return good;
}

/* {all: [kinds], aliases: false} */
static void
read_all(struct resolver *r, const struct node *node, unsigned rule_flags, struct crate_uses *uses)
{
	struct decoder decoder = {r->arena, r->diags};
	static const struct attribute aliases_row = {.name = "aliases", .type = ATTRIBUTE_BOOL};
	struct flag chosen[CRATE_KINDS];
	bool with_aliases = true;
	const struct hub *hub = default_hub(r, node);

	default_kinds(rule_flags, node->span, chosen);
	for (size_t i = 0; i < node->count; i += 2) {
		const struct node *key = &node->children[i];
		const struct value *aliases;

		if (str_is(key->text, "all")) {
			struct flag named[CRATE_KINDS] = {{.is_on = false}};

			if (!read_kinds(r, &node->children[i + 1], named))
				return;
			for (size_t kind = 0; kind < CRATE_KINDS; kind++)
				chosen[kind] = named[kind];
		} else if (str_is(key->text, "aliases")) {
			aliases = attribute_decode(&decoder, &aliases_row, &node->children[i + 1],
						   VALUE_USE_TAG);
			if (aliases == NULL)
				return;
			with_aliases = aliases->boolean;
		} else {
			diag_help(r->diags,
				  diag_add(r->diags, DIAG_UNKNOWN_KEY, key->span,
					   "unknown key '%.*s' beside 'all'", STR_ARG(key->text)),
				  "'aliases' is the only one");
			return;
		}
	}
	if (hub != NULL)
		use_macros(r, hub, node->span, chosen, with_aliases, uses);
}

static void
read_hubs(struct resolver *r, const struct node *node, struct collected *collected)
{
	for (size_t i = 0; i < node->count; i += 2) {
		const struct node *key = &node->children[i];
		const struct node *names = &node->children[i + 1];
		const struct hub *hub = hub_find(r, key->text);
		struct nearest nearest;
		struct diag *diag;

		if (hub == NULL) {
			if (r->gaps.crates)
				continue;
			diag = diag_add(r->diags, DIAG_UNKNOWN_CRATE, key->span,
					"there is no hub '%.*s'", STR_ARG(key->text));
			nearest_init(&nearest, key->text);
			for (size_t j = 0; j < r->hubs.count; j++)
				nearest_offer(&nearest, ((struct hub *)r->hubs.items[j])->name);
			diag_suggest(r->diags, diag, nearest.best);
			continue;
		}
		if (names->kind == NODE_SEQUENCE)
			add_crates(r, hub, names, collected);
		else
			diag_add(r->diags, DIAG_WRONG_KIND, names->span,
				 "a hub takes a list of crates, not %s", node_kind_name(names));
	}
}

static size_t
count_names(const struct node *node)
{
	size_t count = node->kind == NODE_SEQUENCE ? node->count : 0;

	for (size_t i = 1; node->kind == NODE_MAPPING && i < node->count; i += 2)
		count += node->children[i].count;
	return count;
}

void
crates_of_target(struct resolver *r, const struct node *node, unsigned rule_flags,
		 struct crate_uses *uses)
{
	struct collected collected;
	const struct hub *hub;

	if (node->kind == NODE_MAPPING && node_get(node, STR("all")) != NULL) {
		read_all(r, node, rule_flags, uses);
		return;
	}
	if (node->kind == NODE_SCALAR && str_is(node->text, "all")) {
		struct flag chosen[CRATE_KINDS];

		default_kinds(rule_flags, node->span, chosen);
		hub = default_hub(r, node);
		if (hub != NULL)
			use_macros(r, hub, node->span, chosen, true, uses);
		return;
	}
	if (node->kind == NODE_SCALAR) {
		diag_help(r->diags,
			  diag_add(r->diags, DIAG_WRONG_KIND, node->span,
				   "'crates' takes a list of names, {HUB: [names]} or 'all'"),
			  "write [%.*s]", node_is_null(node) ? 0 : (int)node->text.len,
			  node->text.at);
		return;
	}
	collected.deps = value_list(r->arena, node->span, count_names(node));
	collected.proc_macro_deps = value_list(r->arena, node->span, count_names(node));
	if (node->kind == NODE_MAPPING) {
		read_hubs(r, node, &collected);
	} else {
		hub = node->count == 0 ? NULL : default_hub(r, node);
		if (hub != NULL)
			add_crates(r, hub, node, &collected);
	}
	uses->deps = collected.deps->count > 0 ? collected.deps : NULL;
	uses->proc_macro_deps =
		collected.proc_macro_deps->count > 0 ? collected.proc_macro_deps : NULL;
}

#include "spec/spec.h"

#include "catalogue/catalogue.h"
#include "spec/checks.h"

/* `exports_files: [a, b]` has no name; everything else has. */
static bool
decode_name(const struct decoder *d, struct spec_target *target)
{
	const struct node *value = target->value;
	bool is_rule = str_is(target->record.key.str, "rule");
	struct diag *diag;

	if (str_is(target->record.key.str, "exports_files"))
		return true;
	/* facts/ says what is wrong with an unknown rule, whatever stands behind it */
	if (!is_rule && catalogue_rule(target->record.key.str) == NULL &&
	    (value->kind != NODE_SCALAR || node_is_null(value)))
		return true;
	if (value->kind != NODE_SCALAR || node_is_null(value)) {
		diag = diag_add(d->diags, DIAG_WRONG_KIND, value->span, "'%.*s' takes %s, not %s",
				STR_ARG(target->record.key.str),
				is_rule ? "the name of a rule" : "the name of the target",
				node_is_null(value) ? "nothing" : node_kind_name(value));
		diag_help(d->diags, diag, "write - %.*s: NAME, and the attributes below it",
			  STR_ARG(target->record.key.str));
		return false;
	}
	if (is_rule) {
		if (text_is_given(target->name))
			return true;
		diag_add(d->diags, DIAG_MISSING_KEY, target->record.key.span,
			 "'name' is missing in a target of rule '%.*s'", STR_ARG(value->text));
		return false;
	}
	if (text_is_given(target->name)) {
		diag = diag_add(d->diags, DIAG_EXCLUSIVE_KEYS, target->name.span,
				"the target has two names");
		diag_note(d->diags, diag, value->span, "its name stands behind the rule");
		return false;
	}
	target->name = (struct text){value->text, value->span};
	return true;
}

/* False: a mistake is recorded. *is_usable: the rule and the name are known all the same. */
static bool
decode_target(const struct decoder *d, const struct node *node, struct spec_target *target,
	      bool *is_usable)
{
	struct node rest = *node;
	struct text rule;
	struct diag *diag;
	bool good;

	*is_usable = false;
	if (node->kind != NODE_MAPPING || node->count == 0) {
		diag = diag_add(d->diags, DIAG_WRONG_KIND, node->span,
				"a target is a mapping, not %s",
				node->kind == NODE_MAPPING ? "an empty one" : node_kind_name(node));
		diag_help(d->diags, diag, "write - RULE: NAME, and the attributes below it");
		return false;
	}
	rule = (struct text){node->children[0].text, node->children[0].span};
	rest.children += 2;
	rest.count -= 2;
	good = record_decode(d, &spec_target_type, &rest, rule, target);
	target->record.span = node->children[0].span;
	target->value = &node->children[1];
	*is_usable = decode_name(d, target);
	return *is_usable && good;
}

static bool
decode_targets(const struct decoder *d, struct spec_package *package)
{
	const struct node *node = package->targets;
	bool good = true;

	if (node == NULL)
		return true;
	if (node->kind != NODE_SEQUENCE) {
		struct diag *diag = diag_add(d->diags, DIAG_WRONG_KIND, node->span,
					     "a package is a list of targets, not %s",
					     node_is_null(node) ? "nothing" : node_kind_name(node));

		if (node_is_null(node))
			diag_help(d->diags, diag, "write [] for a package without targets");
		package->has_gaps = true;
		return false;
	}
	package->decoded.items = ARENA_ARRAY(d->arena, node->count, void *);
	for (size_t i = 0; i < node->count; i++) {
		struct spec_target *target = ARENA_NEW(d->arena, struct spec_target);

		bool is_usable;

		good &= decode_target(d, &node->children[i], target, &is_usable);
		if (is_usable)
			package->decoded.items[package->decoded.count++] = target;
		else
			package->has_gaps = true;
	}
	return good;
}

bool
spec_read(struct arena *arena, struct diags *diags, const struct node *root,
	  const struct spec **out)
{
	struct decoder d = {arena, diags};
	struct spec *spec = ARENA_NEW(arena, struct spec);
	bool good;

	*out = NULL;
	good = record_decode(&d, &spec_type, root, (struct text){0}, spec);
	if (root->kind != NODE_MAPPING)
		return false;
	for (size_t i = 0; i < spec->packages.count; i++)
		good &= decode_targets(&d, spec->packages.items[i]);
	good &= spec_check(&d, spec);
	*out = spec;
	return good;
}

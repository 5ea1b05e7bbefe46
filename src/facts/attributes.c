/* Attributes of rules, tags and directives against the tables, at the pinned version. */
#include "facts/resolver.h"

struct attribute_site
site_of_tag(struct resolver *r, const char *extension, const char *tag)
{
	const struct extension *row = catalogue_extension(extension);
	struct attribute_site site = {.use = VALUE_USE_TAG};

	site.what = arena_printf(r->arena, "%s.%s", extension, tag);
	site.module = module_find(r, str_from(row->module));
	site.tag = extension_tag(row, tag);
	return site;
}

static struct str
site_version(const struct attribute_site *site)
{
	return site->module == NULL ? STR("") : site->module->version;
}

static const struct attribute *
find_row(const struct attribute_site *site, struct str name)
{
	if (site->rule != NULL)
		return rule_attribute(site->rule, name, site_version(site));
	if (site->tag != NULL)
		return tag_attribute(site->tag, name, site_version(site));
	for (const struct attribute *row = site->rows; row->name != NULL; row++) {
		if (str_is(name, row->name))
			return row;
	}
	return NULL;
}

void
module_note_version(struct resolver *r, struct diag *diag, const struct module_use *module)
{
	if (module->version_at.source != NULL)
		diag_note(r->diags, diag, module->version_at, "version %.*s is asked for here",
			  STR_ARG(module->version));
	else
		diag_note(
			r->diags, diag, (struct span){0},
			"%.*s %.*s is the pin of catalogue set '%s'; 'bazel_deps' can override it",
			STR_ARG(module->name), STR_ARG(module->version), r->set->name);
}

static void
unknown_attribute(struct resolver *r, const struct attribute_site *site, struct text name)
{
	struct diag *diag =
		diag_add(r->diags, DIAG_UNKNOWN_ATTRIBUTE, name.span,
			 "%.*s has no attribute '%.*s'", STR_ARG(site->what), STR_ARG(name.str));
	struct nearest nearest;

	nearest_init(&nearest, name.str);
	if (site->rule != NULL) {
		rule_offer_attributes(site->rule, site_version(site), &nearest);
		for (const struct field *field = spec_target_type.fields; field->name != NULL;
		     field++)
			nearest_offer(&nearest, str_from(field->name));
	} else if (site->tag != NULL) {
		tag_offer_attributes(site->tag, site_version(site), &nearest);
	} else {
		for (const struct attribute *row = site->rows; row->name != NULL; row++)
			nearest_offer(&nearest, str_from(row->name));
	}
	diag_suggest(r->diags, diag, nearest.best);
	if (nearest.best.len == 0 && site->rule != NULL)
		diag_help(r->diags, diag, "'attrs' passes anything on unchecked");
}

const struct attribute *
site_attribute(struct resolver *r, const struct attribute_site *site, struct text name)
{
	const struct attribute *row = find_row(site, name.str);
	struct diag *diag;

	if (row == NULL) {
		unknown_attribute(r, site, name);
		return NULL;
	}
	if (site->module == NULL || site->module->is_guess ||
	    version_in_range(site_version(site), row->since, row->last))
		return row;
	diag = diag_add(r->diags, DIAG_WRONG_VERSION, name.span,
			"%.*s has no attribute '%.*s' in %.*s %.*s", STR_ARG(site->what),
			STR_ARG(name.str), STR_ARG(site->module->name),
			STR_ARG(site->module->version));
	diag_help(r->diags, diag, "%.*s has it %.*s", STR_ARG(site->module->name),
		  STR_ARG(version_range_text(r->arena, row->since, row->last)));
	module_note_version(r, diag, site->module);
	return NULL;
}

bool
site_is_available(struct resolver *r, const struct attribute_site *site, struct span span)
{
	const char *since = site->tag != NULL ? site->tag->since : site->rule->since;
	const char *last = site->tag != NULL ? site->tag->last : site->rule->last;
	struct diag *diag;

	if (site->module == NULL || site->module->is_guess ||
	    version_in_range(site->module->version, since, last))
		return true;
	diag = diag_add(r->diags, DIAG_WRONG_VERSION, span, "%.*s %.*s has no '%.*s'",
			STR_ARG(site->module->name), STR_ARG(site->module->version),
			STR_ARG(site->what));
	diag_help(r->diags, diag, "%.*s has it %.*s", STR_ARG(site->module->name),
		  STR_ARG(version_range_text(r->arena, since, last)));
	module_note_version(r, diag, site->module);
	return false;
}

/* Labels in tags are checked once all repositories are known. A name without '//' is a path for
 * some attributes, and else leads to the root package, which may come to be. */
static void
keep_labels(struct resolver *r, const struct attribute *row, const struct value *value)
{
	struct text *label;

	if (row->type != ATTRIBUTE_LABEL && row->type != ATTRIBUTE_LABEL_LIST)
		return;
	for (size_t i = 0; value->kind == VALUE_LIST && i < value->count; i++)
		keep_labels(r, row, value->items[i].value);
	if (value->kind != VALUE_STRING ||
	    (!str_has_prefix(value->text, STR("//")) && !str_has_prefix(value->text, STR("@"))))
		return;
	label = ARENA_NEW(r->arena, struct text);
	*label = (struct text){value->text, value->origin};
	list_add(r, &r->tag_labels, label);
}

bool
site_add(struct resolver *r, const struct attribute_site *site, const struct given *given,
	 size_t count, struct arguments *arguments)
{
	struct decoder decoder = {r->arena, r->diags};
	bool is_complete = true;

	for (size_t i = 0; i < count; i++) {
		const struct attribute *row = site_attribute(r, site, given[i].key);
		const struct value *already;
		const struct value *value;

		if (row == NULL) {
			is_complete = false;
			continue;
		}
		value = attribute_decode(&decoder, row, given[i].value, site->use);
		if (value == NULL) /* it is not missing, though */
			value = value_none(r->arena, given[i].value->span);
		else if (site->use == VALUE_USE_TAG)
			keep_labels(r, row, value);
		already = arguments_get(arguments, row->name);
		if (already != NULL) {
			struct diag *diag =
				diag_add(r->diags, DIAG_DUPLICATE_NAME, given[i].key.span,
					 "'%s' is set twice", row->name);

			diag_note(r->diags, diag, already->origin, "it is set here already");
			continue;
		}
		arguments_add(r, arguments, row->name, value);
	}
	return is_complete;
}

static void
require_rows(struct resolver *r, const struct attribute_site *site, const struct attribute *rows,
	     const struct arguments *arguments, struct span span)
{
	for (const struct attribute *row = rows; row->name != NULL; row++) {
		if ((row->flags & ATTRIBUTE_REQUIRED) == 0 ||
		    arguments_get(arguments, row->name) != NULL)
			continue;
		if (site->module != NULL &&
		    !version_in_range(site_version(site), row->since, row->last))
			continue;
		diag_add(r->diags, DIAG_MISSING_KEY, span, "'%s' is missing in %.*s", row->name,
			 STR_ARG(site->what));
	}
}

void
site_require(struct resolver *r, const struct attribute_site *site,
	     const struct arguments *arguments, struct span span)
{
	if (site->rule != NULL) {
		for (size_t i = 0; site->rule->attributes[i] != NULL; i++)
			require_rows(r, site, site->rule->attributes[i], arguments, span);
	} else {
		require_rows(r, site, site->tag != NULL ? site->tag->attributes : site->rows,
			     arguments, span);
	}
}

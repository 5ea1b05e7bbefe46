/*
 * What Bazel refuses in its own rules once it analyses them. Source: GenRuleBase.java,
 * ConfigSetting.java and Platform.java of Bazel 7.
 */
#include "facts/resolver.h"

struct native_site {
	struct resolver *r;
	const struct spec_target *target;
	const struct arguments *arguments;
};

/* Given and, as far as that can be seen, not empty. */
static bool
has(const struct native_site *site, const char *name)
{
	const struct value *value = arguments_get(site->arguments, name);

	if (value == NULL)
		return false;
	return (value->kind != VALUE_LIST && value->kind != VALUE_DICT) || value->count > 0;
}

static struct diag *
missing(const struct native_site *site, const char *what)
{
	return diag_add(site->r->diags, DIAG_MISSING_KEY, site->target->name.span,
			"'%.*s' has no %s", STR_ARG(site->target->name.str), what);
}

static void
check_genrule(const struct native_site *site)
{
	if (arguments_get(site->arguments, "outs") != NULL && !has(site, "outs"))
		diag_help(site->r->diags, missing(site, "outputs"), "name them under 'outs'");
	if (!has(site, "cmd") && !has(site, "cmd_bash") && !has(site, "cmd_bat") &&
	    !has(site, "cmd_ps"))
		diag_help(site->r->diags, missing(site, "command"), "give it as 'cmd'");
}

static void
check_config_setting(const struct native_site *site)
{
	if (!has(site, "values") && !has(site, "define_values") && !has(site, "flag_values") &&
	    !has(site, "constraint_values"))
		diag_help(site->r->diags, missing(site, "condition"),
			  "give one under values, define_values, flag_values or "
			  "constraint_values");
}

static void
check_platform(const struct native_site *site)
{
	const struct value *parents = arguments_get(site->arguments, "parents");

	if (parents != NULL && parents->kind == VALUE_LIST && parents->count > 1)
		diag_add(site->r->diags, DIAG_BAD_VALUE, parents->items[1].value->origin,
			 "a platform has one parent at most");
}

void
native_check(struct resolver *r, const struct rule *rule, const struct spec_target *target,
	     const struct arguments *arguments)
{
	static const struct {
		const char *rule;
		void (*check)(const struct native_site *site);
	} checks[] = {
		{"config_setting", check_config_setting},
		{"genrule", check_genrule},
		{"platform", check_platform},
	};
	struct native_site site = {r, target, arguments};

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		if (str_is(str_from(rule->name), checks[i].rule))
			checks[i].check(&site);
	}
}

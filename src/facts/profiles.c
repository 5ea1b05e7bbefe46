/* Profiles: rustc flags by compilation mode, and what rules_rust must be told for them to hold. */
#include "facts/resolver.h"

#include "facts/profiles.h"

struct flag_list {
	struct resolver *r;
	struct value *list;
};

static void
add_flag(struct flag_list *flags, struct span span, struct str text)
{
	value_append(flags->list,
		     (struct value_item){.value = value_string(flags->r->arena, span, text)});
}

/* "-Cname=word" of a choice, if it is given. */
static void
add_choice(struct flag_list *flags, const char *name, const char *values, struct choice choice)
{
	if (choice.is_given)
		add_flag(flags, choice.span,
			 arena_printf(flags->r->arena, "-C%s=%.*s", name,
				      STR_ARG(choice_word(values, choice.index))));
}

/* The words of a choice stand in the table of the spec alone. */
static const char *
values_of(const struct spec_profile *profile, const void *member)
{
	const struct record_type *profiles = record_field(&spec_type, STR("profiles"))->of;
	const struct field *field = record_field(profiles, STR("release"))->of->fields;
	size_t offset = (size_t)((const char *)member - (const char *)profile);

	while (field->offset != offset)
		field++;
	return field->values;
}

static struct value *
flags_of(struct resolver *r, const struct spec_profile *profile)
{
	struct flag_list flags = {r, NULL};

	if (profile == NULL)
		return value_list(r->arena, (struct span){0}, 0);
	flags.list = value_list(r->arena, profile->record.key.span, 8 + profile->rustc_flags.count);
	if (profile->codegen_units.is_given)
		add_flag(&flags, profile->codegen_units.span,
			 arena_printf(r->arena, "-Ccodegen-units=%lld",
				      profile->codegen_units.value));
	add_choice(&flags, "debuginfo", values_of(profile, &profile->debug), profile->debug);
	add_choice(&flags, "lto", values_of(profile, &profile->lto), profile->lto);
	add_choice(&flags, "opt-level", values_of(profile, &profile->opt_level),
		   profile->opt_level);
	if (profile->overflow_checks.is_given)
		add_flag(&flags, profile->overflow_checks.span,
			 profile->overflow_checks.is_on ? STR("-Coverflow-checks=on")
							: STR("-Coverflow-checks=off"));
	add_choice(&flags, "panic", values_of(profile, &profile->panic), profile->panic);
	add_choice(&flags, "strip", values_of(profile, &profile->strip), profile->strip);
	for (size_t i = 0; i < profile->rustc_flags.count; i++)
		add_flag(&flags, profile->rustc_flags.items[i].span,
			 profile->rustc_flags.items[i].str);
	return flags.list;
}

/*
 * How -Clto in rustc_flags gets along with rules_rust. Source: rust/private/lto.bzl: from 0.56.0 it
 * adds -Cembed-bitcode=no, which rustc refuses beside -Clto, unless the setting `lto` is "manual",
 * which 0.57.0 introduced.
 */
struct lto_dialect {
	const char *since;
	bool is_possible;
	const char *setting; /* NULL: needs none */
};

static const struct lto_dialect lto_dialects[] = {
	{NULL, true, NULL},
	{"0.56.0", false, NULL},
	{"0.57.0", true, "manual"},
};

/* rustc takes -Clto=off beside -Cembed-bitcode=no. */
static bool
has_lto(const struct spec_profile *profile)
{
	return profile != NULL && profile->lto.is_given &&
	       !str_is(choice_word(values_of(profile, &profile->lto), profile->lto.index), "off");
}

static void
allow_lto(struct resolver *r, struct choice lto)
{
	const struct module_use *rules_rust = module_find(r, STR("rules_rust"));
	const struct lto_dialect *dialect = &lto_dialects[0];
	struct diag *diag;

	if (rules_rust == NULL || rules_rust->is_guess)
		return;
	for (size_t i = 1; i < sizeof(lto_dialects) / sizeof(lto_dialects[0]); i++) {
		if (version_in_range(rules_rust->version, lto_dialects[i].since, NULL))
			dialect = &lto_dialects[i];
	}
	if (!dialect->is_possible) {
		diag = diag_add(r->diags, DIAG_WRONG_VERSION, lto.span,
				"'lto' of a profile cannot work with rules_rust %.*s",
				STR_ARG(rules_rust->version));
		diag_help(r->diags, diag,
			  "rules_rust adds -Cembed-bitcode=no, which rustc refuses beside -Clto; "
			  "the setting that turns this off came with 0.57.0");
		module_note_version(r, diag, rules_rust);
		return;
	}
	if (dialect->setting != NULL)
		bazelrc_add(r,
			    arena_printf(r->arena, "build --%.*s=%s",
					 STR_ARG(module_label(r, "@rules_rust//rust/settings:lto")),
					 dialect->setting),
			    "The profiles set -Clto themselves.", lto.span);
}

void
profiles_resolve(struct resolver *r)
{
	const struct spec_profiles *profiles = r->spec->profiles;
	const struct value *release;
	const struct value *dev;
	struct span span;
	struct value *dict;
	struct value *call;

	if (profiles == NULL)
		return;
	span = profiles->record.key.span;
	release = flags_of(r, profiles->release);
	dev = flags_of(r, profiles->dev);
	if (release->count == 0 && dev->count == 0)
		return;
	dict = value_dict(r->arena, span, 2);
	value_append(dict, (struct value_item){
				   .key = value_string(r->arena, span, STR("//:" RELEASE_SETTING)),
				   .value = release});
	value_append(dict, (struct value_item){
				   .key = value_string(r->arena, span, STR("//conditions:default")),
				   .value = dev});
	call = value_call(r->arena, span, STR("select"), 1);
	value_append(call, (struct value_item){.value = dict});
	r->profile_flags = call;
	if (has_lto(profiles->release))
		allow_lto(r, profiles->release->lto);
	else if (has_lto(profiles->dev))
		allow_lto(r, profiles->dev->lto);
}

struct fact_call *
profiles_setting(struct resolver *r)
{
	struct span span = r->spec->profiles->record.key.span;
	struct arguments arguments;
	struct value *values = value_dict(r->arena, span, 1);

	value_append(values, (struct value_item){
				     .key = value_string(r->arena, span, STR("compilation_mode")),
				     .value = value_string(r->arena, span, STR("opt"))});
	arguments_init(r, &arguments, span);
	arguments_add(r, &arguments, "name", value_string(r->arena, span, STR(RELEASE_SETTING)));
	arguments_add(r, &arguments, "values", values);
	return arguments_finish(r, &arguments, STR("config_setting"), STARLARK_BUILD);
}

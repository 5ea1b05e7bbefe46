/* What rules_rust refuses in a target that compiles Rust, only said earlier and with its place. */
#include "facts/resolver.h"

struct crate_site {
	struct resolver *r;
	const struct rule *rule;
	const struct spec_target *target;
	const struct arguments *arguments;
	const struct value *crate; /* of a test: what it tests; NULL: sources of its own */
};

/* Names of source files as text; false where the list is more than that. */
static bool
plain_sources(const struct value *srcs)
{
	if (srcs->kind != VALUE_LIST)
		return false;
	for (size_t i = 0; i < srcs->count; i++) {
		struct str src = srcs->items[i].value->text;

		if (!str_has_suffix(src, STR(".rs")) || src.at[0] == ':' || src.at[0] == '/' ||
		    src.at[0] == '@')
			return false;
	}
	return true;
}

static bool
is_root_of(const struct crate_site *site, struct str path)
{
	const struct value *crate_name = arguments_get(site->arguments, "crate_name");
	bool is_binary = (site->rule->flags & (RULE_BINARY | RULE_TEST | RULE_BUILD_SCRIPT)) != 0;
	size_t slash = str_find_last(path, '/');
	struct str name = slash == path.len ? path : str_after(path, slash + 1);
	struct str stem = str_slice(name, 0, name.len - 3);

	return str_is(name, is_binary ? "main.rs" : "lib.rs") ||
	       str_eq(stem, site->target->name.str) ||
	       (crate_name != NULL && str_eq(stem, crate_name->text));
}

/* Source: crate_root_src in rust/private/utils.bzl of rules_rust 0.73.0. */
static void
check_root(const struct crate_site *site)
{
	const struct value *srcs = arguments_get(site->arguments, "srcs");
	struct diags *diags = site->r->diags;
	struct diag *diag;

	if (arguments_get(site->arguments, "crate_root") != NULL || site->crate != NULL)
		return;
	if (srcs == NULL || (srcs->kind == VALUE_LIST && srcs->count == 0)) {
		diag = diag_add(diags, DIAG_NO_CRATE_ROOT, site->target->name.span,
				"%s '%.*s' has no sources", site->rule->name,
				STR_ARG(site->target->name.str));
		diag_help(diags, diag,
			  "list them under 'srcs', or name the root file as 'crate_root'");
		return;
	}
	if (!plain_sources(srcs) || srcs->count == 1)
		return;
	for (size_t i = 0; i < srcs->count; i++) {
		if (is_root_of(site, srcs->items[i].value->text))
			return;
	}
	diag = diag_add(diags, DIAG_NO_CRATE_ROOT, srcs->origin,
			"none of the sources of '%.*s' can be its crate root",
			STR_ARG(site->target->name.str));
	diag_help(diags, diag, "name the root file as 'crate_root'");
}

static bool
is_crate_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* Source: compute_crate_name in the same file; '-' and '/' of a target's name become '_'. */
static void
check_name(const struct crate_site *site)
{
	const struct value *given = arguments_get(site->arguments, "crate_name");
	struct text name = site->target->name;
	struct diag *diag;

	if (site->crate != NULL || (given != NULL && given->kind != VALUE_STRING))
		return;
	if (given != NULL)
		name = (struct text){given->text, given->origin};
	for (size_t i = 0; i < name.str.len; i++) {
		char c = name.str.at[i];

		if (is_crate_character(c) || (given == NULL && (c == '-' || c == '/')))
			continue;
		diag = diag_add(site->r->diags, DIAG_BAD_VALUE, name.span,
				"'%.*s' cannot be the name of a crate", STR_ARG(name.str));
		diag_help(site->r->diags, diag,
			  given != NULL ? "take letters, digits and '_'"
					: "give one of letters, digits and '_' as 'crate_name'");
		return;
	}
}

/* Source: _rust_test_impl in rust/private/rust.bzl. */
static void
check_tested(const struct crate_site *site)
{
	static const char *const others[] = {"srcs", "crate_root"};

	for (size_t i = 0; site->crate != NULL && i < 2; i++) {
		const struct value *other = arguments_get(site->arguments, others[i]);
		struct diag *diag;

		if (other == NULL || (other->kind == VALUE_LIST && other->count == 0))
			continue;
		diag = diag_add(site->r->diags, DIAG_EXCLUSIVE_KEYS, other->origin,
				"a test has '%s' or 'crate', not both", others[i]);
		diag_note(site->r->diags, diag, site->crate->origin, "'crate' is given here");
		diag_help(site->r->diags, diag,
			  "a test of a crate takes that crate's sources; test others in another "
			  "rust_test");
	}
}

/* Source: get_edition in rust/private/utils.bzl. Toolchains of the user's own may have one. */
static void
check_edition(const struct crate_site *site)
{
	const struct spec_rust *rust = site->r->spec->rust;
	struct diag *diag;

	if (arguments_get(site->arguments, "edition") != NULL || site->crate != NULL ||
	    rust == NULL || rust->record.is_broken || site->r->spec->toolchains.count > 0 ||
	    !rust_makes_toolchain(rust) || text_is_given(rust->edition))
		return;
	for (size_t i = 0; rust->toolchain != NULL && i < rust->toolchain->rest_count; i++) {
		if (str_is(rust->toolchain->rest[i].key.str, "edition"))
			return;
	}
	diag = diag_add(site->r->diags, DIAG_MISSING_KEY, site->target->name.span,
			"%s '%.*s' has no edition", site->rule->name,
			STR_ARG(site->target->name.str));
	diag_note(site->r->diags, diag, rust->record.key.span, "nor has the toolchain one for all");
	diag_help(site->r->diags, diag, "add 'edition: \"2021\"' to 'rust', or to the target");
}

void
crate_check(struct resolver *r, const struct attribute_site *attributes,
	    const struct spec_target *target, const struct arguments *arguments)
{
	struct crate_site site = {r, attributes->rule, target, arguments, NULL};

	/* a suite sets these for each of its tests */
	if (site.rule == NULL || (site.rule->flags & RULE_RUST) == 0 ||
	    rule_attribute(site.rule, STR("crate_root"), STR("")) == NULL ||
	    str_is(str_from(site.rule->name), "rust_test_suite"))
		return;
	if ((site.rule->flags & RULE_TEST) != 0)
		site.crate = arguments_get(arguments, "crate");
	check_root(&site);
	check_name(&site);
	check_tested(&site);
	check_edition(&site);
}

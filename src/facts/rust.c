/* The Rust SDK: rust.toolchain, its channel, and the cargo that crate_universe runs. */
#include "facts/resolver.h"

static const char *const channel_names[] = {"stable", "beta", "nightly"};

static struct text
version_of_channel(const struct spec_rust *rust, enum rust_channel channel)
{
	const struct spec_rust_versions *versions = rust->versions;

	if (channel == RUST_STABLE && text_is_given(rust->version))
		return rust->version;
	if (versions == NULL)
		return (struct text){0};
	if (channel == RUST_STABLE)
		return versions->stable;
	return channel == RUST_BETA ? versions->beta : versions->nightly;
}

/* ["1.85.0", "nightly/2025-02-20"]; NULL where none is given. */
static const struct value *
versions_value(struct resolver *r, const struct spec_rust *rust)
{
	struct span span =
		rust->versions != NULL ? rust->versions->record.key.span : rust->version.span;
	struct value *list = value_list(r->arena, span, 3);

	for (int channel = RUST_STABLE; channel <= RUST_NIGHTLY; channel++) {
		struct text version = version_of_channel(rust, channel);

		if (!text_is_given(version))
			continue;
		if (channel != RUST_STABLE)
			version.str = arena_printf(r->arena, "%s/%.*s", channel_names[channel],
						   STR_ARG(version.str));
		value_append(list, (struct value_item){.value = value_string(r->arena, version.span,
									     version.str)});
	}
	return list->count == 0 ? NULL : list;
}

/* The channel in force: as given, else the first that has a release. */
static enum rust_channel
channel_of(const struct spec_rust *rust)
{
	if (rust->channel.is_given)
		return (enum rust_channel)rust->channel.index;
	for (int channel = RUST_STABLE; channel <= RUST_NIGHTLY; channel++) {
		if (text_is_given(version_of_channel(rust, channel)))
			return channel;
	}
	return RUST_STABLE;
}

static bool
triple_is_known(struct resolver *r, const struct module_use *rules_rust, struct text triple)
{
	struct triple_constraints constraints = {0};
	struct nearest nearest;
	struct diag *diag;

	if (triple_map(triple.str, rules_rust->version, &constraints) || rules_rust->is_guess)
		return true;
	diag = diag_add(r->diags, DIAG_UNKNOWN_TRIPLE, triple.span,
			"rules_rust %.*s cannot map triple '%.*s'", STR_ARG(rules_rust->version),
			STR_ARG(triple.str));
	nearest_init(&nearest, triple.str);
	triple_offer(rules_rust->version, &nearest);
	diag_suggest(r->diags, diag, nearest.best);
	if (nearest.best.len == 0)
		diag_help(r->diags, diag, "it knows no constraint for the %s",
			  constraints.cpu == NULL ? "CPU" : "system");
	return false;
}

/* rules_rust fails on the second set of toolchains of a name. */
static void
check_unique(struct resolver *r, const struct texts *triples)
{
	struct map seen;

	map_init(&seen, r->arena);
	for (size_t i = 0; i < triples->count; i++) {
		const struct text *triple = &triples->items[i];
		const struct text *first = map_add(&seen, triple->str, (void *)triple);
		struct diag *diag;

		if (first == triple)
			continue;
		diag = diag_add(r->diags, DIAG_DUPLICATE_NAME, triple->span,
				"triple '%.*s' stands here twice", STR_ARG(triple->str));
		diag_note(r->diags, diag, first->span, "first here");
	}
}

static const struct value *
triples_value(struct resolver *r, const struct module_use *rules_rust, const struct texts *triples)
{
	struct value *list = value_list(r->arena, triples->span, triples->count);

	check_unique(r, triples);
	for (size_t i = 0; i < triples->count; i++) {
		const struct text *triple = &triples->items[i];

		triple_is_known(r, rules_rust, *triple);
		value_append(list, (struct value_item){.value = value_string(r->arena, triple->span,
									     triple->str)});
	}
	return list;
}

static bool
exec_set_is_default(const struct module_use *rules_rust, struct str triple)
{
	for (const struct rust_exec_set *set = rust_exec_sets(); set->triple != NULL; set++) {
		if (str_is(triple, set->triple) &&
		    version_in_range(rules_rust->version, set->since, set->last))
			return true;
	}
	return false;
}

static void
add_constraint(struct resolver *r, struct value *labels, const char *label, struct span span)
{
	value_append(labels, (struct value_item){.value = value_string(r->arena, span,
								       module_label(r, label))});
}

/* rust.repository_set for a machine that rules_rust does not set up by itself. */
static void
add_exec_set(struct resolver *r, struct fact_extension *extension,
	     const struct module_use *rules_rust, struct text triple)
{
	struct attribute_site site = site_of_tag(r, "rust", "repository_set");
	const struct spec_rust *rust = r->spec->rust;
	struct triple_constraints constraints;
	struct arguments arguments;
	struct value *labels;
	struct str os;

	if (!triple_is_known(r, rules_rust, triple) || !site_is_available(r, &site, triple.span) ||
	    !triple_map(triple.str, rules_rust->version, &constraints))
		return;
	os = str_from(constraints.os);
	arguments_init(r, &arguments, triple.span);
	/* named as rules_rust names its own: rust_linux_x86_64 */
	arguments_add(r, &arguments, "name",
		      value_string(r->arena, triple.span,
				   arena_printf(r->arena, "rust_%.*s_%.*s",
						STR_ARG(str_after(os, str_find(os, ':') + 1)),
						STR_ARG(str_slice(triple.str, 0,
								  str_find(triple.str, '-'))))));
	arguments_text(r, &arguments, "edition", rust->edition);
	arguments_text(r, &arguments, "exec_triple", triple);
	arguments_text(r, &arguments, "target_triple", triple);
	module_need(r, "platforms", "constraints of toolchains", triple.span);
	labels = value_list(r->arena, triple.span, 2);
	add_constraint(r, labels, constraints.cpu, triple.span);
	add_constraint(r, labels, constraints.os, triple.span);
	arguments_add(r, &arguments, "target_compatible_with", labels);
	arguments_add(r, &arguments, "versions", versions_value(r, rust));
	list_add(r, &extension->tags,
		 arguments_finish(r, &arguments, STR("rust.repository_set"), STARLARK_MODULE));
}

static void
add_toolchain(struct resolver *r, const struct module_use *rules_rust)
{
	const struct spec_rust *rust = r->spec->rust;
	const struct extension *known = catalogue_extension("rust");
	struct attribute_site site = site_of_tag(r, "rust", "toolchain");
	struct span span = rust->record.key.span;
	struct fact_extension *extension =
		extension_new(r, "rust", load_site_at(known->files, rules_rust->version),
			      known->symbol, rules_rust->dev, span);
	struct arguments arguments;

	arguments_init(r, &arguments, span);
	arguments_text(r, &arguments, "edition", rust->edition);
	arguments_add(r, &arguments, "versions", versions_value(r, rust));
	if (rust->extra_target_triples.is_given)
		arguments_add(r, &arguments, "extra_target_triples",
			      triples_value(r, rules_rust, &rust->extra_target_triples));
	if (rust->toolchain != NULL)
		site_add(r, &site, rust->toolchain->rest, rust->toolchain->rest_count, &arguments);
	list_add(r, &extension->tags,
		 arguments_finish(r, &arguments, STR("rust.toolchain"), STARLARK_MODULE));
	check_unique(r, &rust->exec_triples);
	for (size_t i = 0; i < rust->exec_triples.count; i++) {
		if (!exec_set_is_default(rules_rust, rust->exec_triples.items[i].str))
			add_exec_set(r, extension, rules_rust, rust->exec_triples.items[i]);
	}
	extension_use(r, extension, (struct text){STR("rust_toolchains"), span});
	registration_add(r, &r->facts->toolchains, "register_toolchains",
			 (struct text){STR("@rust_toolchains//:all"), span}, rules_rust->dev, span);
}

static void
add_host_tools(struct resolver *r, const struct module_use *rules_rust)
{
	const struct record *host_tools = r->spec->rust->host_tools;
	const struct extension *known = catalogue_extension("rust_host_tools");
	struct attribute_site site = site_of_tag(r, "rust_host_tools", "host_tools");
	struct fact_extension *extension =
		extension_new(r, "rust_host_tools", load_site_at(known->files, rules_rust->version),
			      known->symbol, rules_rust->dev, host_tools->key.span);
	struct arguments arguments;
	const struct value *name;

	arguments_init(r, &arguments, host_tools->key.span);
	site_add(r, &site, host_tools->rest, host_tools->rest_count, &arguments);
	list_add(r, &extension->tags,
		 arguments_finish(r, &arguments, STR("rust_host_tools.host_tools"),
				  STARLARK_MODULE));
	name = arguments_get(&arguments, "name");
	if (name != NULL)
		extension_use(r, extension, (struct text){name->text, name->origin});
}

bool
rust_makes_toolchain(const struct spec_rust *rust)
{
	return text_is_given(rust->edition) || text_is_given(rust->version) ||
	       rust->versions != NULL || rust->extra_target_triples.is_given ||
	       rust->exec_triples.is_given || rust->toolchain != NULL;
}

void
rust_resolve(struct resolver *r)
{
	const struct spec_rust *rust = r->spec->rust;
	const struct module_use *rules_rust;
	enum rust_channel channel;

	if (rust == NULL)
		return;
	rules_rust = module_need(r, "rules_rust", "rust", rust->record.key.span);
	if (rules_rust == NULL)
		return;
	if (rust_makes_toolchain(rust))
		add_toolchain(r, rules_rust);
	if (rust->host_tools != NULL)
		add_host_tools(r, rules_rust);
	channel = channel_of(rust);
	if (channel != RUST_STABLE)
		bazelrc_add(r,
			    arena_printf(
				    r->arena, "build --%.*s=%s",
				    STR_ARG(module_label(r, "@rules_rust//rust/toolchain/channel")),
				    channel_names[channel]),
			    "The channel of the Rust toolchain.",
			    rust->channel.is_given ? rust->channel.span
						   : version_of_channel(rust, channel).span);
}

/* Labels in the attributes of targets: do they lead anywhere? */
#include "facts/resolver.h"

struct label_site {
	struct resolver *r;
	const struct package_index *package;
	const struct attribute *row;
	struct str written; /* the label at hand */
};

static struct str
join(struct arena *arena, struct str package, struct str name)
{
	if (package.len == 0)
		return name;
	return arena_printf(arena, "%.*s/%.*s", STR_ARG(package), STR_ARG(name));
}

static enum fs_kind
kind_of(struct resolver *r, struct str path)
{
	int error;

	return r->fs->kind(r->fs->self, path, &error);
}

/* A BUILD file on disk, whoever wrote it. Labels of sources ask of the same folders again. */
static bool
is_package_on_disk(struct resolver *r, struct str path)
{
	bool *is_package = map_get(&r->folders, path);

	if (is_package != NULL)
		return *is_package;
	is_package = ARENA_NEW(r->arena, bool);
	*is_package = kind_of(r, join(r->arena, path, STR("BUILD.bazel"))) == FS_FILE ||
		      kind_of(r, join(r->arena, path, STR("BUILD"))) == FS_FILE;
	map_add(&r->folders, path, is_package);
	return *is_package;
}

static bool
is_package(struct resolver *r, struct str path)
{
	return map_get(&r->packages, path) != NULL || is_package_on_disk(r, path);
}

struct str
path_label(struct resolver *r, struct str path, struct span span)
{
	size_t end = str_find_last(path, '/');
	struct str package = end == path.len ? STR("") : str_slice(path, 0, end);

	while (package.len > 0 && map_get(&r->packages, package) == NULL &&
	       !is_package_on_disk(r, package)) {
		end = str_find_last(package, '/');
		package = end == package.len ? STR("") : str_slice(package, 0, end);
	}
	if (package.len == 0)
		package_need(r, STR(""), span);
	return arena_printf(r->arena, "//%.*s:%.*s", STR_ARG(package),
			    STR_ARG(str_after(path, package.len == 0 ? 0 : package.len + 1)));
}

struct str
label_with_target(struct arena *arena, struct str label, struct str target, struct str other)
{
	if (str_find(label, ':') == label.len && !str_eq(label, target))
		return arena_printf(arena, "%.*s:%.*s", STR_ARG(label), STR_ARG(other));
	return arena_printf(arena, "%.*s%.*s", (int)(label.len - target.len), label.at,
			    STR_ARG(other));
}

/* ---- targets of a package in the spec ---- */

/* A target of a macro or of a rule that is not known may make others that start with its name. */
static bool
is_made_by_another(const struct package_index *package, struct str target)
{
	size_t dot = str_find(target, '.');

	for (size_t len = 1; package->open.count > 0 && len <= target.len; len++) {
		if (map_get(&package->open, str_slice(target, 0, len)) != NULL)
			return true;
	}
	/* NAME.tar, NAME.digest: an output of rule NAME */
	return dot < target.len && map_get(&package->targets, str_slice(target, 0, dot)) != NULL;
}

/* The nearest package above a file that is not `package` itself: Bazel lets no label cross it. */
static struct str
crossed_package(struct resolver *r, struct str package, struct str target)
{
	for (size_t at = 0; at < target.len; at++) {
		struct str inner;

		if (target.at[at] != '/')
			continue;
		inner = join(r->arena, package, str_slice(target, 0, at));
		if (is_package(r, inner))
			return inner;
	}
	return STR("");
}

static void
unknown_target(const struct label_site *site, const struct package_index *package,
	       struct str target, struct span span)
{
	struct resolver *r = site->r;
	struct str path = package->fact->path.str;
	struct nearest nearest;
	struct diag *diag = diag_add(r->diags, DIAG_UNKNOWN_TARGET, span,
				     "package '//%.*s' has no target or file '%.*s'", STR_ARG(path),
				     STR_ARG(target));

	nearest_init(&nearest, target);
	for (size_t i = 0; package->spec != NULL && i < package->spec->decoded.count; i++)
		nearest_offer(&nearest,
			      ((struct spec_target *)package->spec->decoded.items[i])->name.str);
	if (nearest.best.len > 0)
		diag_suggest(r->diags, diag,
			     label_with_target(r->arena, site->written, target, nearest.best));
	else
		diag_help(r->diags, diag, "add the target to the spec, or the file '%.*s'",
			  STR_ARG(join(r->arena, path, target)));
}

/* For registrations. */
static bool
is_pattern(struct str target)
{
	return str_is(target, "all") || str_is(target, "all-targets") || str_is(target, "*");
}

static void
check_target(const struct label_site *site, const struct package_index *package, struct str target,
	     struct span span)
{
	struct resolver *r = site->r;
	struct str path = package->fact->path.str;
	struct str crossed;
	enum fs_kind kind;

	if (map_get(&package->targets, target) != NULL || is_made_by_another(package, target) ||
	    str_has_prefix(target, STR("__")) || is_pattern(target))
		return;
	crossed = crossed_package(r, path, target);
	if (crossed.len > 0) {
		struct diag *diag =
			diag_add(r->diags, DIAG_CROSSES_PACKAGE, span,
				 "the label crosses into package '//%.*s'", STR_ARG(crossed));

		diag_help(r->diags, diag, "write '//%.*s:%.*s'", STR_ARG(crossed),
			  STR_ARG(str_after(join(r->arena, path, target), crossed.len + 1)));
		return;
	}
	path = join(r->arena, path, target);
	kind = kind_of(r, path);
	if (map_get(&r->packages, path) != NULL ||
	    (kind == FS_DIRECTORY && is_package_on_disk(r, path))) {
		struct diag *diag = diag_add(r->diags, DIAG_CROSSES_PACKAGE, span,
					     "'%.*s' is a package, not a target", STR_ARG(target));

		diag_help(r->diags, diag, "name a target in it: '//%.*s:...'", STR_ARG(path));
		return;
	}
	if (kind == FS_FILE || kind == FS_DIRECTORY || kind == FS_SYMLINK ||
	    str_find_str(package->raw, arena_printf(r->arena, "\"%.*s\"", STR_ARG(target))) <
		    package->raw.len)
		return;
	if (!r->gaps.packages && (package->spec == NULL || !package->spec->has_gaps))
		unknown_target(site, package, target, span);
}

/* A proc macro is compiled for the machine that compiles; rules_rust fails on it in `deps`. */
static void
check_proc_macro(const struct label_site *site, const struct package_index *package,
		 struct str target, struct span span)
{
	const struct target_entry *entry = map_get(&package->targets, target);
	bool is_proc_macro =
		entry != NULL && entry->rule != NULL && (entry->rule->flags & RULE_PROC_MACRO) != 0;
	struct diag *diag;

	if (entry == NULL || entry->rule == NULL)
		return;
	if (str_is(str_from(site->row->name), "deps") && is_proc_macro) {
		diag = diag_add(site->r->diags, DIAG_PROC_MACRO_DEP, span, "'%.*s' is a proc macro",
				STR_ARG(target));
		diag_help(site->r->diags, diag, "list it under 'proc_macro_deps'");
	} else if (str_is(str_from(site->row->name), "proc_macro_deps") && !is_proc_macro &&
		   (entry->rule->flags & RULE_RUST) != 0) {
		diag = diag_add(site->r->diags, DIAG_PROC_MACRO_DEP, span,
				"'%.*s' is not a proc macro", STR_ARG(target));
		diag_help(site->r->diags, diag, "list it under 'deps'");
	}
}

/* ---- other packages and repositories ---- */

/* Packages that Bazel itself has in every repository. */
static bool
is_reserved(struct resolver *r, const struct label *label, struct span span)
{
	static const char *const reserved[][3] = {
		{"conditions", "default", "default"},
		{"visibility", "public", "private"},
	};

	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++) {
		const char *const *row = reserved[i];
		struct diag *diag;

		if (!str_is(label->package, row[0]))
			continue;
		if (str_is(label->target, row[1]) || str_is(label->target, row[2]))
			return true;
		diag = diag_add(r->diags, DIAG_UNKNOWN_TARGET, span,
				"there is no label '//%s:%.*s'", row[0], STR_ARG(label->target));
		if (row[1] == row[2])
			diag_help(r->diags, diag, "did you mean '//%s:%s'?", row[0], row[1]);
		else
			diag_help(r->diags, diag, "there are '//%s:%s' and '//%s:%s'", row[0],
				  row[1], row[0], row[2]);
		return true;
	}
	return str_is(label->package, "external");
}

static void
check_main(const struct label_site *site, const struct label *label, struct span span)
{
	struct resolver *r = site->r;
	const struct package_index *package = site->package;
	struct nearest nearest;
	struct diag *diag;

	if (label->has_package || label->has_repo) {
		if (is_reserved(r, label, span))
			return;
		package = map_get(&r->packages, label->package);
	}
	if (package != NULL && package->spec != NULL) {
		check_target(site, package, label->target, span);
		check_proc_macro(site, package, label->target, span);
		return;
	}
	if (package != NULL || is_package_on_disk(r, label->package) || r->gaps.packages ||
	    str_has_prefix(label->target, STR("__")))
		return;
	diag = diag_add(r->diags, DIAG_UNKNOWN_PACKAGE, span, "there is no package '//%.*s'",
			STR_ARG(label->package));
	nearest_init(&nearest, label->package);
	for (size_t i = 0; i < r->spec->packages.count; i++)
		nearest_offer(&nearest,
			      ((struct spec_package *)r->spec->packages.items[i])->record.key.str);
	if (nearest.best.len > 0)
		diag_suggest(r->diags, diag,
			     arena_printf(r->arena, "//%.*s%.*s", STR_ARG(nearest.best),
					  STR_ARG(str_after(site->written,
							    str_find(site->written, ':')))));
	else
		diag_help(r->diags, diag, "add it under 'packages', or write a BUILD file there");
}

static void
check_crate(const struct label_site *site, const struct hub *hub, struct str crate,
	    struct span span)
{
	const struct spec_crate *spec = map_get(&hub->crates, crate);
	struct diags *diags = site->r->diags;
	struct diag *diag;

	if (!hub_check(site->r, hub, crate, site->written, span))
		return;
	if (str_is(str_from(site->row->name), "deps") && hub_has_proc_macro(hub, crate)) {
		diag = diag_add(diags, DIAG_PROC_MACRO_DEP, span, "crate '%.*s' is a proc macro",
				STR_ARG(crate));
		diag_help(diags, diag, "list it under 'crates', or under 'proc_macro_deps'");
	} else if (str_is(str_from(site->row->name), "proc_macro_deps") && spec != NULL &&
		   spec->proc_macro.is_given && !spec->proc_macro.is_on) {
		diag = diag_add(diags, DIAG_PROC_MACRO_DEP, span,
				"crate '%.*s' is not a proc macro", STR_ARG(crate));
		diag_note(diags, diag, spec->proc_macro.span, "the spec says so here");
	}
}

static bool
is_own_repository(struct resolver *r, struct str repo)
{
	const struct spec_module *module = r->spec->module;

	if (repo.len == 0)
		return true;
	if (module == NULL)
		return false;
	if (text_is_given(module->repo_name))
		return str_eq(repo, module->repo_name.str);
	return text_is_given(module->name) && str_eq(repo, module->name.str);
}

/* A module is visible under its repo_name alone. */
static bool
is_renamed(struct resolver *r, struct str repo, struct span span)
{
	const struct module_use *module = map_get(&r->modules, repo);
	struct diag *diag;

	if (module == NULL || module->declared == NULL || str_eq(module->repo, repo))
		return false;
	diag = diag_add(r->diags, DIAG_UNKNOWN_REPOSITORY, span, "there is no repository '@%.*s'",
			STR_ARG(repo));
	if (module->repo.len > 0)
		diag_help(r->diags, diag, "the module is visible as '@%.*s'",
			  STR_ARG(module->repo));
	diag_note(r->diags, diag, module->declared->repo_name.span, "its 'repo_name' says so");
	return true;
}

static void
check_repository_name(struct resolver *r, struct str repo, struct span span)
{
	struct nearest nearest;
	struct diag *diag;

	if (map_get(&r->repositories, repo) != NULL || is_own_repository(r, repo) ||
	    str_is(repo, "bazel_tools") || is_renamed(r, repo, span))
		return;
	if (catalogue_pin(r->set, repo) != NULL) {
		module_need(r, arena_str(r->arena, repo).at, "labels into it", span);
		return;
	}
	if (r->gaps.repositories)
		return;
	diag = diag_add(r->diags, DIAG_UNKNOWN_REPOSITORY, span, "there is no repository '@%.*s'",
			STR_ARG(repo));
	nearest_init(&nearest, repo);
	for (size_t i = 0; i < r->repository_names.count; i++)
		nearest_offer(&nearest, *(struct str *)r->repository_names.items[i]);
	if (nearest.best.len > 0)
		diag_help(r->diags, diag, "did you mean '@%.*s'?", STR_ARG(nearest.best));
	else
		diag_help(r->diags, diag, "declare its module under 'bazel_deps'");
}

static void
check_repository(const struct label_site *site, const struct label *label, struct span span)
{
	struct resolver *r = site->r;
	const struct hub *hub = hub_find(r, label->repo);

	if (hub != NULL) {
		if (!hub_label_fits(r, label, span))
			return;
		check_crate(site, hub, label->package.len > 0 ? label->package : label->target,
			    span);
		return;
	}
	check_repository_name(r, label->repo, span);
}

static void
check_label(const struct label_site *context, const struct value *value)
{
	struct label_site at_label = *context;
	const struct label_site *site = &at_label;
	struct label label;
	const char *why;

	at_label.written = value->text;
	if (value->kind != VALUE_STRING || !label_parse(value->text, &label, &why) ||
	    label.is_canonical)
		return;
	if (label.has_repo && !is_own_repository(site->r, label.repo))
		check_repository(site, &label, value->origin);
	else
		check_main(site, &label, value->origin);
}

/* ---- values ---- */

static void check_value(const struct label_site *site, const struct value *value, bool is_label);

static void
check_select(const struct label_site *site, const struct value *call, bool is_label)
{
	const struct value *dict = call->items[0].value;

	for (size_t i = 0; i < dict->count; i++) {
		check_label(site, dict->items[i].key);
		check_value(site, dict->items[i].value, is_label);
	}
}

static void
check_dict(const struct label_site *site, const struct value *dict)
{
	for (size_t i = 0; i < dict->count; i++) {
		if (site->row->type == ATTRIBUTE_LABEL_STRING_DICT)
			check_label(site, dict->items[i].key);
		if (site->row->type == ATTRIBUTE_STRING_LABEL_DICT)
			check_label(site, dict->items[i].value);
	}
}

static void
check_value(const struct label_site *site, const struct value *value, bool is_label)
{
	switch (value->kind) {
	case VALUE_STRING:
		if (is_label)
			check_label(site, value);
		break;
	case VALUE_LIST:
	case VALUE_SUM:
		for (size_t i = 0; i < value->count; i++)
			check_value(site, value->items[i].value, is_label);
		break;
	case VALUE_DICT:
		check_dict(site, value);
		break;
	case VALUE_CALL:
		if (str_is(value->text, "select"))
			check_select(site, value, is_label);
		break;
	case VALUE_NONE:
	case VALUE_BOOL:
	case VALUE_INT:
	case VALUE_NAME:
		break;
	}
}

/* Labels that may not leave the package; none of these attributes takes a select(). */
static void
check_package(const struct label_site *site, const struct value *value)
{
	struct str path = site->package->fact->path.str;
	struct label label;
	const char *why;
	struct diag *diag;

	if (value->kind != VALUE_STRING) {
		for (size_t i = 0; i < value->count; i++)
			check_package(site, value->items[i].value);
		return;
	}
	if (!label_parse(value->text, &label, &why) ||
	    (!label.has_repo && (!label.has_package || str_eq(label.package, path))))
		return;
	diag = diag_add(site->r->diags, DIAG_BAD_LABEL, value->origin,
			"'%.*s' leads out of the package, where '%s' has to stay",
			STR_ARG(value->text), site->row->name);
	diag_help(site->r->diags, diag, "name it without a package, such as ':%.*s'",
		  STR_ARG(label.target));
}

void
label_check(struct resolver *r, struct text label)
{
	static const struct attribute row = {.name = "", .type = ATTRIBUTE_LABEL};

	labels_check(r, NULL, &row, value_string(r->arena, label.span, label.str));
}

void
labels_check(struct resolver *r, const struct package_index *package, const struct attribute *row,
	     const struct value *value)
{
	struct label_site site = {.r = r, .package = package, .row = row};
	bool is_label = row->type == ATTRIBUTE_LABEL || row->type == ATTRIBUTE_LABEL_LIST;

	if ((row->flags & ATTRIBUTE_IN_PACKAGE) != 0)
		check_package(&site, value);
	/* an attribute of outputs names files that come to be */
	if ((row->flags & ATTRIBUTE_OUTPUT) == 0)
		check_value(&site, value, is_label);
}

void
labels_check_tags(struct resolver *r)
{
	for (size_t i = 0; i < r->tag_labels.count; i++)
		label_check(r, *(const struct text *)r->tag_labels.items[i]);
}

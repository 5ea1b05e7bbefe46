#include "output/output.h"

#include <string.h>

#include "base/map.h"
#include "output/templates.h"
#include "output/view.h"
#include "starlark/starlark.h"

/* Compiled templates of one run, by name. */
struct library {
	struct arena *arena;
	struct diags *diags;
	const struct fs *overlay;
	struct map compiled; /* name -> struct entry */
	bool is_broken; /* a template could not be read */
	bool provenance; /* is to be recorded */
};

struct entry {
	const struct template *template; /* NULL: it could not be compiled */
};

static bool
read_overlay(struct library *library, struct str name, struct source *source)
{
	const struct fs *overlay = library->overlay;
	struct str path = arena_printf(library->arena, "%.*s.mustache", STR_ARG(name));
	int error = 0;

	if (overlay == NULL || overlay->kind(overlay->self, path, &error) != FS_FILE)
		return false;
	error = overlay->read(overlay->self, library->arena, path, &source->text);
	source->name = path;
	if (error == 0)
		return true;
	diag_add(library->diags, DIAG_TEMPLATE_UNREADABLE, (struct span){0},
		 "cannot read template '%.*s': %s", STR_ARG(path), strerror(error));
	/* no text: the shipped template is not what was asked for */
	source->text = (struct str){NULL, 0};
	library->is_broken = true;
	return true;
}

static bool
find_source(struct library *library, struct str name, struct source *source)
{
	if (read_overlay(library, name, source))
		return true;
	for (const struct embedded_template *embedded = embedded_templates; embedded->name != NULL;
	     embedded++) {
		if (!str_is(name, embedded->name))
			continue;
		source->name =
			arena_printf(library->arena, "templates/%s.mustache", embedded->name);
		source->text = (struct str){embedded->text, embedded->length};
		return true;
	}
	return false;
}

static const struct template *
find_template(void *self, struct str name)
{
	struct library *library = self;
	struct entry *entry = map_get(&library->compiled, name);
	struct source *source;

	if (entry != NULL)
		return entry->template;
	source = ARENA_NEW(library->arena, struct source);
	if (!find_source(library, name, source))
		return NULL;
	entry = ARENA_NEW(library->arena, struct entry);
	map_add(&library->compiled, name, entry);
	if (!template_compile(library->arena, library->diags, source, &entry->template))
		entry->template = NULL;
	return entry->template;
}

static void
offer_templates(void *self, struct nearest *nearest)
{
	(void)self;
	for (const struct embedded_template *embedded = embedded_templates; embedded->name != NULL;
	     embedded++)
		nearest_offer(nearest, str_from(embedded->name));
}

/* ---- what a template sees: the output's model, the output itself, then all facts ---- */

struct document {
	const struct facts *facts;
	const struct fact_output *output;
};

static bool
document_find(const void *data, struct str name, struct view *member)
{
	const struct document *document = data;
	const struct fact *layers[] = {document->output->model, &document->output->fact,
				       &document->facts->fact};

	for (size_t i = 0; i < sizeof(layers) / sizeof(layers[0]); i++) {
		struct view view = facts_view(layers[i]);

		if (layers[i] != NULL && view.class->find(view.data, name, member))
			return true;
	}
	return false;
}

static struct span
document_origin(const void *data)
{
	return ((const struct document *)data)->output->fact.origin;
}

static const struct view_class document_class = {
	.find = document_find,
	.origin = document_origin,
};

static void
offer_names(struct view view, struct nearest *nearest)
{
	const struct document *document = view.data;

	if (view.class != &document_class) {
		facts_offer_names(view, nearest);
		return;
	}
	if (document->output->model != NULL)
		facts_offer_names(facts_view(document->output->model), nearest);
	facts_offer_names(facts_view(&document->output->fact), nearest);
	facts_offer_names(facts_view(&document->facts->fact), nearest);
}

/* ---- one output ---- */

static bool
is_starlark(struct str path)
{
	return str_has_suffix(path, STR(".bazel")) || str_has_suffix(path, STR(".bzl")) ||
	       str_has_suffix(path, STR("/BUILD")) || str_is(path, "BUILD");
}

/* A raw block or a template of the user's own can break a file; Bazel's message would come late.
 * Nothing else can, so that nothing else is worth the time. */
static bool
check_syntax(struct library *library, const struct fact_output *output, struct str content)
{
	struct starlark_fault fault;
	struct span span = output->fact.origin;
	struct diag *diag;

	if (!text_is_given(output->raw) && library->overlay == NULL)
		return true;
	if (!is_starlark(output->path.str) || starlark_scan(content, &fault))
		return true;
	if (text_is_given(output->raw))
		span = output->raw.span;
	diag = diag_add(library->diags, DIAG_BROKEN_OUTPUT, span,
			"'%.*s' would not parse: %s in its line %u", STR_ARG(output->path.str),
			fault.what, (unsigned)fault.line);
	diag_help(library->diags, diag, "look at the 'raw' text and at templates of your own");
	return false;
}

/* Renders; with a recorder, keeps what it was told. */
static bool
render_document(struct library *library, const struct template *template, struct document *document,
		struct provenance_recorder *recorder, struct buf *out)
{
	struct template_set set = {library, find_template, offer_templates};
	const struct trace trace = {recorder, provenance_mark};
	struct template_options options = {
		.strict = true,
		.offer_names = offer_names,
		.trace = recorder == NULL ? NULL : &trace,
	};
	struct view root = {&document_class, document};

	return template_render(library->arena, library->diags, template, &set, root, &options, out);
}

static const struct provenance *
finish_recording(const struct provenance_recorder *recorder, const struct facts *facts)
{
	struct provenance *provenance = ARENA_NEW(recorder->arena, struct provenance);

	*provenance = (struct provenance){recorder->source, facts->tree, recorder->marks,
					  recorder->count};
	return provenance;
}

static bool
render_one(struct library *library, const struct facts *facts, const struct fact_output *output,
	   struct rendered *rendered)
{
	struct document document = {facts, output};
	const struct template *template = find_template(library, output->template.str);
	struct provenance_recorder recorder = {.arena = library->arena,
					       .source = facts->tree->span.source};
	struct buf buf;

	*rendered = (struct rendered){.path = output->path.str,
				      .origin = output->fact.origin,
				      .included_by = output->included_by.str,
				      .is_optional = output->is_optional.is_on};
	if (template == NULL)
		return false;
	buf_init(&buf, library->arena);
	if (!render_document(library, template, &document, library->provenance ? &recorder : NULL,
			     &buf))
		return false;
	rendered->content = buf_str(&buf);
	if (library->provenance)
		rendered->provenance = finish_recording(&recorder, facts);
	return check_syntax(library, output, rendered->content);
}

bool
output_render(struct arena *arena, struct diags *diags, const struct facts *facts,
	      const struct output_options *options, struct rendered **items)
{
	struct library library = {.arena = arena,
				  .diags = diags,
				  .overlay = options->overlay,
				  .provenance = options->provenance};
	bool good = true;

	map_init(&library.compiled, arena);
	*items = ARENA_ARRAY(arena, facts->outputs.count, struct rendered);
	for (size_t i = 0; i < facts->outputs.count; i++)
		good &= render_one(&library, facts, facts->outputs.items[i], &(*items)[i]);
	return good && !library.is_broken;
}

#include "template/template.h"

#include "template/ops.h"

enum {
	REPORTS_MAX = 32, /* different mistakes that one rendering reports; more help nobody */
};

struct run {
	struct arena *arena;
	struct diags *diags;
	const struct template_set *partials;
	const struct template_options *options;
	struct buf *out;
	struct view views[TEMPLATE_DEPTH_MAX + 1]; /* innermost last */
	size_t view_count;
	size_t depth; /* of sections, inverted ones included */
	const struct op *includes[TEMPLATE_DEPTH_MAX]; /* innermost last */
	size_t include_count;
	struct str indent; /* of the lines of the partial */
	size_t steps;
	size_t steps_max;
	/* The output line that was looked at last, and how much of the output was looked at. */
	size_t line_start;
	size_t line_blanks;
	size_t scanned;
	const struct op *reported[REPORTS_MAX];
	size_t reported_count;
	bool failed;
};

static bool render_range(struct run *run, const struct template *template, size_t from, size_t to);

/* ---- mistakes ---- */

/*
 * Counts a mistake of this op. True: it is to be reported, too. Under a section over a long list,
 * the search for the nearest name would otherwise be made for each item.
 */
static bool
is_news(struct run *run, const struct op *op)
{
	run->failed = true;
	for (size_t i = 0; i < run->reported_count; i++) {
		if (run->reported[i] == op)
			return false;
	}
	if (run->reported_count == REPORTS_MAX)
		return false;
	run->reported[run->reported_count++] = op;
	return true;
}

static void
note_include(struct run *run, struct diag *diag)
{
	if (run->include_count > 0)
		diag_note(run->diags, diag, run->includes[run->include_count - 1]->span,
			  "the partial is included here");
}

/* The place of one part of a dotted name. */
static struct span
part_span(const struct op *op, struct str part)
{
	struct span span = op->span;

	span.column += template_width(str_slice(op->text, 0, (size_t)(part.at - op->text.at)));
	span.width = template_width(part);
	return span;
}

static void
offer_view(const struct run *run, struct view view, struct nearest *nearest)
{
	if (run->options->offer_names != NULL)
		run->options->offer_names(view, nearest);
}

static void
unknown_name(struct run *run, const struct op *op, struct str part)
{
	struct nearest nearest;
	struct diag *diag;

	if (!run->options->strict || !is_news(run, op))
		return;
	diag = diag_add(run->diags, DIAG_TEMPLATE_UNKNOWN_NAME, part_span(op, part),
			"unknown name '%.*s'", STR_ARG(part));
	nearest_init(&nearest, part);
	for (size_t i = run->view_count; i > 0; i--)
		offer_view(run, run->views[i - 1], &nearest);
	diag_suggest(run->diags, diag, nearest.best);
	note_include(run, diag);
}

static void
unknown_member(struct run *run, const struct op *op, struct view parent, struct str part)
{
	size_t before = (size_t)(part.at - op->text.at) - 1;
	struct nearest nearest;
	struct diag *diag;

	if (!run->options->strict || !is_news(run, op))
		return;
	diag = diag_add(run->diags, DIAG_TEMPLATE_UNKNOWN_NAME, part_span(op, part),
			"unknown name '%.*s' in '%.*s'", STR_ARG(part),
			STR_ARG(str_slice(op->text, 0, before)));
	nearest_init(&nearest, part);
	offer_view(run, parent, &nearest);
	diag_suggest(run->diags, diag, nearest.best);
	note_include(run, diag);
}

static void
unknown_partial(struct run *run, const struct op *op)
{
	const struct template_set *set = run->partials;
	struct nearest nearest;
	struct diag *diag;

	if (!run->options->strict || !is_news(run, op))
		return;
	diag = diag_add(run->diags, DIAG_TEMPLATE_UNKNOWN_PARTIAL, op->span,
			"no partial is named '%.*s'", STR_ARG(op->text));
	nearest_init(&nearest, op->text);
	if (set != NULL && set->offer_names != NULL)
		set->offer_names(set->self, &nearest);
	diag_suggest(run->diags, diag, nearest.best);
	note_include(run, diag);
}

static void
no_text(struct run *run, const struct op *op)
{
	struct diag *diag;

	if (!run->options->strict || !is_news(run, op))
		return;
	diag = diag_add(run->diags, DIAG_TEMPLATE_NO_TEXT, op->span, "'%.*s' has no %s",
			STR_ARG(op->text), op->kind == OP_RAW ? "bare text" : "literal");
	note_include(run, diag);
}

/* The next two end the rendering. */
static bool
too_deep(struct run *run, const struct op *op)
{
	const char *kind = op->kind == OP_PARTIAL ? "partial" : "section";
	struct diag *diag;

	run->failed = true;
	diag = diag_add(run->diags, DIAG_TEMPLATE_TOO_DEEP, op->span,
			"%s '%.*s' nests deeper than %d levels", kind, STR_ARG(op->text),
			TEMPLATE_DEPTH_MAX);
	note_include(run, diag);
	return false;
}

static bool
too_long(struct run *run, const struct op *op)
{
	struct diag *diag;

	run->failed = true;
	diag = diag_add(run->diags, DIAG_TEMPLATE_TOO_LONG, op->span,
			"rendering takes more than %zu steps", run->steps_max);
	note_include(run, diag);
	return false;
}

/* ---- views ---- */

static bool
is_list(struct view view)
{
	return view.class->is_list != NULL && view.class->is_list(view.data);
}

static size_t
count_items(struct view view)
{
	return view.class->count == NULL ? 0 : view.class->count(view.data);
}

static bool
is_true(struct view view)
{
	if (is_list(view))
		return count_items(view) > 0;
	return view.class->is_true == NULL || view.class->is_true(view.data);
}

static bool
find_member(struct view view, struct str name, struct view *member)
{
	return view.class->find != NULL && view.class->find(view.data, name, member);
}

static bool
find_on_stack(const struct run *run, struct str name, struct view *view)
{
	for (size_t i = run->view_count; i > 0; i--) {
		if (find_member(run->views[i - 1], name, view))
			return true;
	}
	return false;
}

/* What the op's name means. False: nothing, which strict mode has recorded where it is wrong. */
static bool
resolve(struct run *run, const struct op *op, struct view *view)
{
	struct str rest = op->text;
	struct str part;

	if (rest.len == 1 && rest.at[0] == '.') {
		*view = run->views[run->view_count - 1];
		return true;
	}
	part = str_cut(&rest, '.');
	if (!find_on_stack(run, part, view)) {
		unknown_name(run, op, part);
		return false;
	}
	while (rest.len > 0) {
		struct view parent = *view;

		part = str_cut(&rest, '.');
		if (find_member(parent, part, view))
			continue;
		if (is_true(parent))
			unknown_member(run, op, parent, part);
		return false;
	}
	return true;
}

/* ---- output ---- */

static void
trace(const struct run *run, size_t from, struct view view)
{
	const struct trace *listener = run->options->trace;
	struct span origin;

	if (listener == NULL || view.class->origin == NULL || run->out->len == from)
		return;
	origin = view.class->origin(view.data);
	if (origin.source != NULL)
		listener->mark(listener->self, from, run->out->len, origin);
}

/* The blanks that the last line of the output begins with. Looks at each byte once. */
static unsigned
current_indent(struct run *run)
{
	const struct buf *out = run->out;

	for (size_t i = out->len; i > run->scanned; i--) {
		if (out->at[i - 1] == '\n') {
			run->line_start = i;
			run->line_blanks = 0;
			break;
		}
	}
	run->scanned = out->len;
	while (run->line_start + run->line_blanks < out->len &&
	       out->at[run->line_start + run->line_blanks] == ' ')
		run->line_blanks++;
	return (unsigned)run->line_blanks;
}

static bool
is_empty_line(struct str line)
{
	return str_is(line, "\n") || str_is(line, "\r\n");
}

/* Each line that begins in this text gets the partial's indentation. */
static void
render_text(struct run *run, const struct op *op)
{
	struct str rest = op->text;
	bool starts_line = op->starts_line;

	if (run->indent.len == 0) {
		buf_add(run->out, op->text);
		return;
	}
	if (rest.len == 0)
		buf_add(run->out, run->indent);
	while (rest.len > 0) {
		struct str line = str_slice(rest, 0, str_find(rest, '\n') + 1);

		/* an empty line stays empty, so that no blanks trail */
		if (starts_line && !is_empty_line(line))
			buf_add(run->out, run->indent);
		buf_add(run->out, line);
		rest = str_after(rest, line.len);
		starts_line = true;
	}
}

static void
render_value(struct run *run, const struct op *op)
{
	size_t from = run->out->len;
	struct view view;

	if (!resolve(run, op, &view))
		return;
	if (op->kind == OP_LITERAL && view.class->print != NULL)
		view.class->print(view.data, run->out, current_indent(run), run->options->trace);
	else if (op->kind == OP_RAW && view.class->print_raw != NULL)
		view.class->print_raw(view.data, run->out);
	else if (is_true(view))
		no_text(run, op);
	trace(run, from, view);
}

/* ---- sections and partials ---- */

/* What is inside of the section at `at`, over one more view unless that is NULL. */
static bool
render_body(struct run *run, const struct template *template, size_t at, const struct view *view)
{
	const struct op *op = &template->ops[at];
	size_t from = run->out->len;
	size_t view_count = run->view_count;
	bool is_done;

	if (run->depth == TEMPLATE_DEPTH_MAX)
		return too_deep(run, op);
	/* looked at here and for partials only, since nothing else repeats */
	if (++run->steps > run->steps_max)
		return too_long(run, op);
	if (view != NULL)
		run->views[run->view_count++] = *view;
	run->depth++;
	is_done = render_range(run, template, at + 1, op->end);
	run->depth--;
	run->view_count = view_count;
	if (view != NULL)
		trace(run, from, *view);
	return is_done;
}

static bool
render_section(struct run *run, const struct template *template, size_t at)
{
	size_t from = run->out->len;
	struct view view;
	size_t count;

	if (!resolve(run, &template->ops[at], &view) || !is_true(view))
		return true;
	if (!is_list(view))
		return render_body(run, template, at, &view);
	count = count_items(view);
	for (size_t i = 0; i < count; i++) {
		struct view item = view.class->item(view.data, i);

		if (!render_body(run, template, at, &item))
			return false;
	}
	trace(run, from, view);
	return true;
}

static bool
render_inverted(struct run *run, const struct template *template, size_t at)
{
	size_t from = run->out->len;
	struct view view;

	if (!resolve(run, &template->ops[at], &view))
		return render_body(run, template, at, NULL);
	if (is_true(view))
		return true;
	if (!render_body(run, template, at, NULL))
		return false;
	trace(run, from, view);
	return true;
}

static struct str
join(struct arena *arena, struct str a, struct str b)
{
	if (a.len == 0 || b.len == 0)
		return a.len == 0 ? b : a;
	return arena_printf(arena, "%.*s%.*s", STR_ARG(a), STR_ARG(b));
}

static bool
render_partial(struct run *run, const struct op *op)
{
	const struct template_set *set = run->partials;
	const struct template *partial = set == NULL ? NULL : set->find(set->self, op->text);
	struct str indent = run->indent;
	bool is_done;

	if (partial == NULL) {
		unknown_partial(run, op);
		return true;
	}
	if (run->include_count == TEMPLATE_DEPTH_MAX)
		return too_deep(run, op);
	if (run->steps > run->steps_max)
		return too_long(run, op);
	run->includes[run->include_count++] = op;
	/* what is included within a line is not indented, not even by the partials around it */
	run->indent = op->is_standalone ? join(run->arena, indent, op->indent) : STR("");
	is_done = render_range(run, partial, 0, partial->count);
	run->indent = indent;
	run->include_count--;
	return is_done;
}

/* Recursion is bounded by the depth of sections plus that of partials. */
static bool
render_range(struct run *run, const struct template *template, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct op *op = &template->ops[i];
		bool is_done = true;

		run->steps++;
		switch (op->kind) {
		case OP_TEXT:
			render_text(run, op);
			break;
		case OP_LITERAL:
		case OP_RAW:
			render_value(run, op);
			break;
		case OP_SECTION:
			is_done = render_section(run, template, i);
			i = op->end - 1;
			break;
		case OP_INVERTED:
			is_done = render_inverted(run, template, i);
			i = op->end - 1;
			break;
		case OP_PARTIAL:
			is_done = render_partial(run, op);
			break;
		}
		if (!is_done)
			return false;
	}
	return true;
}

bool
template_render(struct arena *arena, struct diags *diags, const struct template *template,
		const struct template_set *partials, struct view root,
		const struct template_options *options, struct buf *out)
{
	struct run run = {
		.arena = arena,
		.diags = diags,
		.partials = partials,
		.options = options,
		.out = out,
		.views = {root},
		.view_count = 1,
		.steps_max = options->steps_max > 0 ? options->steps_max : TEMPLATE_STEPS_MAX,
	};

	return render_range(&run, template, 0, template->count) && !run.failed;
}

/*
 * What libyaml found wrong, in words that say what to do. libyaml names a problem, where it gave
 * up, and often a context with the place where the unfinished thing began. The well-known ones
 * have a row here; any other comes through as libyaml says it.
 */
#include "diag/utf8.h"
#include "yaml/loader.h"

struct trouble {
	struct loader *loader;
	struct span problem;
	struct span context;
	struct str line; /* on which the problem stands, up to it */
	struct str rest; /* from the problem on, the rest of its line */
	bool at_end; /* the text ended */
};

enum place {
	AT_PROBLEM,
	AT_CONTEXT,
};

enum kind {
	SYNTAX,
	TAG,
	DIRECTIVE,
};

struct advice {
	const char *context; /* as libyaml says it; NULL: any */
	const char *problem; /* NULL: any */
	void (*explain)(const struct trouble *trouble); /* does all, if not NULL */
	enum kind kind;
	enum place place;
	unsigned cited; /* how many characters at the place follow the text in quotes */
	const char *text;
	const char *help; /* or NULL */
	const char *note; /* on the other place, or NULL */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The text at a span up to the end of its line. */
static struct str
line_from(const struct trouble *trouble, struct span span)
{
	struct cursor *cursor = &trouble->loader->cursor;

	if (!cursor_seek(cursor, span.line, span.column))
		return (struct str){NULL, 0};
	return cursor_line_rest(cursor);
}

/* Whether the mark, as in `key:value`, is not followed by the blank that would make it one. */
static bool
has_glued(struct str line, char mark)
{
	for (size_t i = 0; i + 1 < line.len; i++) {
		if (line.at[i] == mark && !is_blank(line.at[i + 1]))
			return true;
	}
	return false;
}

static void
help_with_blank(const struct trouble *trouble, struct diag *diag, struct str line)
{
	if (line.len > 1 && line.at[0] == '-' && !is_blank(line.at[1]))
		diag_help(trouble->loader->diags, diag, "write a blank after '-'");
	else if (has_glued(line, ':'))
		diag_help(trouble->loader->diags, diag, "write a blank after ':'");
}

static struct diag *
report(const struct trouble *trouble, struct span span, const char *text)
{
	return diag_add(trouble->loader->diags, DIAG_YAML_SYNTAX, span, "%s", text);
}

static void
explain_key(const struct trouble *trouble)
{
	struct str line = line_from(trouble, trouble->context);
	struct span span = trouble->context;

	for (struct str rest = line; rest.len > 0; rest = str_after(rest, utf8_step(rest)))
		span.width++;
	span.width--;
	help_with_blank(trouble, report(trouble, span, "no ':' after this key"), line);
}

/* The line above that is neither empty nor a comment, without its indentation; line 0: none. */
static struct span
line_above(const struct trouble *trouble, struct str *text)
{
	struct str before = input_text(trouble->loader->source);
	struct span span = {trouble->problem.source, trouble->problem.line, 1, 1};

	before.len = (size_t)(trouble->line.at - before.at);
	while (--span.line > 0) {
		size_t start;

		before.len--;
		start = str_find_last(before, '\n');
		start = start == before.len ? 0 : start + 1;
		*text = str_after(before, start);
		before.len = start;
		if (str_trim(*text).len > 0 && str_trim(*text).at[0] != '#')
			break;
	}
	while (text->len > 0 && is_blank(text->at[0])) {
		*text = str_after(*text, 1);
		span.column++;
	}
	return span;
}

static size_t
indentation(struct str line)
{
	size_t count = 0;

	while (count < line.len && line.at[count] == ' ')
		count++;
	return count;
}

static void
explain_colon(const struct trouble *trouble)
{
	struct diags *diags = trouble->loader->diags;
	struct diag *diag = report(trouble, trouble->problem, "unexpected ':'");
	struct str above = {NULL, 0};
	struct span span;

	if (str_find_str(trouble->line, STR(": ")) < trouble->line.len) {
		diag_help(diags, diag, "put a value that holds ': ' in quotes");
		return;
	}
	span = line_above(trouble, &above);
	if (span.line == 0)
		return;
	if (span.column == indentation(trouble->line) + 1) {
		diag_note(diags, diag, span, "this line is not 'key: value'");
		help_with_blank(trouble, diag, above);
	} else {
		diag_help(diags, diag,
			  "check the indentation: this line continues the value above");
		diag_note(diags, diag, span, "the value above");
	}
}

static void
explain_mapping(const struct trouble *trouble)
{
	struct diags *diags = trouble->loader->diags;
	struct diag *diag;

	if (str_trim(trouble->line).len > 0) {
		diag = report(trouble, trouble->problem, "unexpected text after a value");
		diag_help(diags, diag, "put the whole value in quotes");
		return;
	}
	if (str_has_prefix(trouble->rest, STR(":"))) {
		report(trouble, trouble->problem, "a key is missing before ':'");
		return;
	}
	if (str_has_prefix(trouble->rest, STR("- "))) {
		diag = report(trouble, trouble->problem, "a list entry is not allowed here");
	} else {
		diag = report(trouble, trouble->problem, "expected a key of the mapping");
		diag_help(diags, diag, "check the indentation: keys of one mapping are aligned");
	}
	diag_note(diags, diag, trouble->context, "the mapping begins here");
}

static void
explain_list(const struct trouble *trouble)
{
	struct diags *diags = trouble->loader->diags;
	struct diag *diag = report(trouble, trouble->problem, "expected '-' of the list");

	if (str_has_prefix(trouble->rest, STR("-")))
		help_with_blank(trouble, diag, trouble->rest);
	else
		diag_help(diags, diag, "check the indentation: entries of one list are aligned");
	diag_note(diags, diag, trouble->context, "the list begins here");
}

static void
explain_flow(const struct trouble *trouble)
{
	struct diags *diags = trouble->loader->diags;
	bool is_list = str_has_prefix(line_from(trouble, trouble->context), STR("["));
	const char *open = is_list ? "[" : "{";
	const char *close = is_list ? "]" : "}";
	struct diag *diag;

	if (trouble->at_end) {
		diag = diag_add(diags, DIAG_YAML_SYNTAX, trouble->context, "'%s' is never closed",
				open);
		diag_help(diags, diag, "add '%s'", close);
		return;
	}
	diag = diag_add(diags, DIAG_YAML_SYNTAX, trouble->problem, "expected ',' or '%s'", close);
	diag_note(diags, diag, trouble->context, "'%s' was opened here", open);
}

static void
explain_start(const struct trouble *trouble)
{
	struct diags *diags = trouble->loader->diags;
	struct diag *diag;

	/* the rest has no trailing blanks, so a tab alone on its line leaves it empty */
	if (trouble->rest.len == 0 || trouble->rest.at[0] == '\t') {
		diag = report(trouble, trouble->problem, "a tab in the indentation");
		diag_help(diags, diag, "indent with blanks");
		return;
	}
	diag = diag_add(diags, DIAG_YAML_SYNTAX, trouble->problem, "text cannot begin with '%.*s'",
			STR_ARG(str_slice(trouble->rest, 0, 1)));
	diag_help(diags, diag, "put it in quotes");
}

static const struct advice advices[] = {
	{.problem = "could not find expected ':'", .explain = explain_key},
	{.problem = "mapping values are not allowed in this context", .explain = explain_colon},
	{.context = "while parsing a block mapping",
	 .problem = "did not find expected key",
	 .explain = explain_mapping},
	{.problem = "did not find expected '-' indicator", .explain = explain_list},
	{.problem = "did not find expected ',' or ']'", .explain = explain_flow},
	{.problem = "did not find expected ',' or '}'", .explain = explain_flow},
	{.problem = "found character that cannot start any token", .explain = explain_start},
	{.problem = "found a tab character that violates indentation", .explain = explain_start},
	{.problem = "found a tab character where an indentation space is expected",
	 .explain = explain_start},
	{.context = "while scanning a quoted scalar",
	 .problem = "found unexpected end of stream",
	 .place = AT_CONTEXT,
	 .text = "this quote is never closed"},
	{.context = "while scanning a quoted scalar",
	 .problem = "found unexpected document indicator",
	 .place = AT_CONTEXT,
	 .text = "this quote is not closed before the document ends",
	 .note = "the document ends here"},
	{.problem = "found unknown escape character",
	 .cited = 2,
	 .text = "unknown escape",
	 .help = "write '\\\\' for a backslash, or use single quotes"},
	{.problem = "did not find expected hexdecimal number",
	 .text = "an escape with too few hexadecimal digits",
	 .help = "'\\x' takes two, '\\u' four, '\\U' eight digits"},
	{.problem = "found invalid Unicode character escape code",
	 .text = "an escape that is no Unicode character"},
	{.problem = "block sequence entries are not allowed in this context",
	 .text = "a list cannot begin here",
	 .help = "begin it on a line of its own, or write '[...]'"},
	{.problem = "mapping keys are not allowed in this context",
	 .cited = 1,
	 .text = "unexpected",
	 .help = "put text that begins with '? ' in quotes"},
	{.context = "while scanning an alias",
	 .place = AT_CONTEXT,
	 .text = "'*' begins an alias, but no name follows",
	 .help = "put text that begins with '*' in quotes"},
	{.context = "while scanning an anchor",
	 .place = AT_CONTEXT,
	 .text = "'&' begins an anchor, but no name follows",
	 .help = "put text that begins with '&' in quotes"},
	{.context = "while scanning a block scalar",
	 .problem = "did not find expected comment or line break",
	 .place = AT_CONTEXT,
	 .cited = 1,
	 .text = "unexpected text behind",
	 .help = "put text that begins with '>' or '|' in quotes"},
	{.context = "while scanning a block scalar",
	 .problem = "found an indentation indicator equal to 0",
	 .text = "an indentation of 0",
	 .help = "1 to 9 may follow '|' or '>'"},
	{.problem = "did not find expected node content", .cited = 1, .text = "unexpected"},
	{.problem = "did not find expected <document start>",
	 .text = "expected '---' after the directives"},
	{.problem = "found undefined tag handle",
	 .kind = TAG,
	 .place = AT_CONTEXT,
	 .text = "tags are not supported",
	 .help = "remove it, or put the text in quotes"},
	{.context = "while scanning a tag",
	 .kind = TAG,
	 .place = AT_CONTEXT,
	 .text = "tags are not supported",
	 .help = "put text that begins with '!' in quotes"},
	{.context = "while parsing a tag",
	 .kind = TAG,
	 .place = AT_CONTEXT,
	 .text = "tags are not supported",
	 .help = "put text that begins with '!' in quotes"},
	{.context = "while scanning a directive",
	 .kind = DIRECTIVE,
	 .place = AT_CONTEXT,
	 .text = "a directive cannot stand here",
	 .help = "put text that begins with '%' in quotes"},
};

static enum diag_code
code_of(const struct advice *advice)
{
	switch (advice->kind) {
	case SYNTAX:
		break;
	case TAG:
		return DIAG_YAML_TAG;
	case DIRECTIVE:
		return DIAG_YAML_DIRECTIVE;
	}
	return DIAG_YAML_SYNTAX;
}

static bool
matches(const char *wanted, const char *found)
{
	return wanted == NULL || (found != NULL && strcmp(wanted, found) == 0);
}

static void
advise(const struct trouble *trouble, const struct advice *advice)
{
	struct diags *diags = trouble->loader->diags;
	bool at_context = advice->place == AT_CONTEXT;
	struct span span = at_context ? trouble->context : trouble->problem;
	struct str rest = line_from(trouble, span);
	size_t cited = 0;
	struct diag *diag;

	for (unsigned i = 0; i < advice->cited && cited < rest.len; i++)
		cited += utf8_step(str_after(rest, cited));
	if (cited > 0)
		diag = diag_add(diags, code_of(advice), span, "%s '%.*s'", advice->text,
				STR_ARG(str_slice(rest, 0, cited)));
	else
		diag = diag_add(diags, code_of(advice), span, "%s%s", advice->text,
				advice->cited > 0 ? " end of the line" : "");
	if (advice->help != NULL)
		diag_help(diags, diag, "%s", advice->help);
	if (advice->note != NULL)
		diag_note(diags, diag, at_context ? trouble->problem : trouble->context, "%s",
			  advice->note);
}

void
syntax_report(struct loader *loader)
{
	const yaml_parser_t *parser = &loader->reader->parser;
	struct cursor *cursor = &loader->cursor;
	struct trouble trouble = {
		.loader = loader,
		.problem = span_at(loader, parser->problem_mark, 1),
		.context = span_at(loader, parser->context_mark, 1),
	};
	const char *problem = parser->problem == NULL ? "unreadable" : parser->problem;

	trouble.at_end = true;
	if (cursor_seek(cursor, trouble.problem.line, trouble.problem.column)) {
		trouble.at_end = str_trim(cursor_rest(cursor)).len == 0;
		trouble.rest = cursor_line_rest(cursor);
		trouble.line = str_slice(str_after(cursor->text, cursor->line_start), 0,
					 cursor->at - cursor->line_start);
	}
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++) {
		const struct advice *advice = &advices[i];

		if (!matches(advice->context, parser->context) ||
		    !matches(advice->problem, problem))
			continue;
		if (advice->explain != NULL)
			advice->explain(&trouble);
		else
			advise(&trouble, advice);
		return;
	}
	if (parser->context != NULL)
		diag_add(loader->diags, DIAG_YAML_SYNTAX, trouble.problem, "%s, %s", problem,
			 parser->context);
	else
		diag_add(loader->diags, DIAG_YAML_SYNTAX, trouble.problem, "%s", problem);
}

/*
 * What libyaml would let through, report without a position, or take quadratic time for: bytes,
 * directives, and what follows the document.
 */
#include "diag/utf8.h"
#include "yaml/loader.h"

/* Of bad bytes, so that a file in another encoding gives a few lines and not hundreds. */
enum { PLACES_SHOWN = 5 };

struct str
input_text(const struct source *source)
{
	return str_after(source->text, str_has_prefix(source->text, STR("\xef\xbb\xbf")) ? 3 : 0);
}

static struct span
span_here(const struct loader *loader, uint32_t width)
{
	return (struct span){loader->source, loader->cursor.line, loader->cursor.column, width};
}

static bool
check_encoding(struct loader *loader)
{
	static const struct {
		struct str bytes;
		const char *name;
	} marks[] = {
		/* the longer ones first, since one begins like the other */
		{{"\xff\xfe\0\0", 4}, "UTF-32"},
		{{"\0\0\xfe\xff", 4}, "UTF-32"},
		{{"\xff\xfe", 2}, "UTF-16"},
		{{"\xfe\xff", 2}, "UTF-16"},
	};
	struct str text = loader->source->text;
	const char *found = NULL;
	struct diag *diag;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]) && found == NULL; i++) {
		if (str_has_prefix(text, marks[i].bytes))
			found = marks[i].name;
	}
	/* no BOM, but an ASCII character in two bytes */
	if (found == NULL && text.len >= 2 && (text.at[0] == '\0') != (text.at[1] == '\0'))
		found = "UTF-16";
	if (found == NULL)
		return true;
	diag = diag_add(loader->diags, DIAG_YAML_ENCODING, (struct span){loader->source, 1, 1, 1},
			"the file is in %s", found);
	diag_help(loader->diags, diag, "save it as UTF-8");
	return false;
}

/* What is wrong with the code point that `rest` begins with; NULL: nothing. */
static const char *
character_problem(struct str rest, uint32_t code)
{
	if (code == '\n' || code == '\t' || (code >= 0x20 && code < 0x7f))
		return NULL;
	if (code == '\r')
		return str_has_prefix(rest, STR("\r\n")) ? NULL : "carriage return alone";
	if (code == 0x85 || code == 0x2028 || code == 0x2029)
		return "line separator";
	if (code == 0xfeff)
		return "byte order mark inside the text";
	if (code == 0xfffe || code == 0xffff)
		return "noncharacter";
	return code >= 0xa0 ? NULL : "control character";
}

/* Reports what the cursor stands on. */
static struct diag *
report_bytes(struct loader *loader, uint32_t code, size_t len)
{
	const char *problem = character_problem(cursor_rest(&loader->cursor), code);
	struct diag *diag;

	if (len == 0) {
		diag = diag_add(loader->diags, DIAG_YAML_ENCODING, span_here(loader, 1),
				"byte 0x%02x is not UTF-8", code);
		diag_help(loader->diags, diag, "save the file as UTF-8");
		return diag;
	}
	diag = diag_add(loader->diags, DIAG_YAML_CHARACTER, span_here(loader, 1),
			"%s U+%04X is not allowed", problem == NULL ? "character" : problem, code);
	if (code == '\r')
		diag_help(loader->diags, diag, "end lines with LF or CRLF");
	else
		diag_help(loader->diags, diag,
			  "remove it, or write it as \"\\u%04x\" in double quotes", code);
	return diag;
}

/* How many bytes from here on are printable ASCII, in steps of eight. */
static size_t
plain_run(struct str text, size_t at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	size_t from = at;

	for (; text.len - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
		uint64_t bytes;

		memcpy(&bytes, text.at + at, sizeof(bytes));
		/* a top bit is set where a byte is below 0x20, is 0x7f, or is not ASCII; carries
		 * can only add false alarms */
		if (((bytes - ones * 0x20) | (bytes + ones) | bytes) & tops)
			break;
	}
	return at - from;
}

static bool
check_bytes(struct loader *loader)
{
	struct str text = loader->source->text;
	size_t at = text.len - input_text(loader->source).len;
	size_t found = 0;
	struct diag *last = NULL;

	while (at < text.len) {
		unsigned char c = (unsigned char)text.at[at];
		struct str rest;
		uint32_t code;
		size_t len;

		if ((c >= 0x20 && c < 0x7f) || c == '\n') {
			at += 1 + plain_run(text, at + 1);
			continue;
		}
		rest = str_after(text, at);
		len = utf8_decode(rest, &code);
		at += len == 0 ? 1 : len;
		if (len > 0 && character_problem(rest, code) == NULL)
			continue;
		if (found++ >= PLACES_SHOWN)
			continue;
		while (loader->cursor.at < text.len - rest.len)
			cursor_step(&loader->cursor);
		last = report_bytes(loader, code, len);
	}
	if (found > PLACES_SHOWN)
		diag_note(loader->diags, last, (struct span){0},
			  "there are %zu more such bytes or characters", found - PLACES_SHOWN);
	return found == 0;
}

static bool
is_accepted_version(struct str line)
{
	struct str rest = line;

	if (!str_eq(str_cut(&rest, ' '), STR("%YAML")))
		return false;
	rest = str_slice(rest, 0, str_find(rest, '#'));
	rest = str_trim(rest);
	return str_is(rest, "1.1") || str_is(rest, "1.2");
}

/*
 * Directives stand before everything else. libyaml compares each %TAG with all before it, and does
 * so before anybody can stop it.
 */
static bool
check_directives(struct loader *loader)
{
	bool is_good = true, has_version = false;
	struct cursor *cursor = &loader->cursor;

	cursor_init(cursor, loader->source->text);
	while (cursor->at < cursor->text.len) {
		struct str line = cursor_line_rest(cursor);
		struct str content = str_trim(line);

		if (str_has_prefix(line, STR("%"))) {
			struct str name = line;

			name.len = str_find(str_slice(line, 0, str_find(line, '\t')), ' ');
			if (is_accepted_version(line) && !has_version) {
				has_version = true;
			} else {
				diag_add(loader->diags, DIAG_YAML_DIRECTIVE,
					 span_here(loader, (uint32_t)name.len),
					 has_version && str_is(name, "%YAML")
						 ? "a second directive '%.*s'"
						 : "directive '%.*s' is not supported",
					 STR_ARG(name));
				is_good = false;
			}
		} else if (content.len > 0 && content.at[0] != '#') {
			break;
		}
		if (!cursor_seek(cursor, cursor->line + 1, 1))
			break;
	}
	return is_good;
}

bool
input_check(struct loader *loader)
{
	struct str text = loader->source->text;

	if (text.len > loader->limits->bytes) {
		diag_add(loader->diags, DIAG_YAML_LIMIT, (struct span){loader->source, 1, 1, 0},
			 "the file has more than %zu bytes", loader->limits->bytes);
		return false;
	}
	return check_encoding(loader) && check_bytes(loader) && check_directives(loader);
}

void
input_check_end(struct loader *loader, yaml_mark_t mark)
{
	struct cursor *cursor = &loader->cursor;
	struct str line;

	if (!cursor_seek(cursor, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1))
		return;
	for (;;) {
		while (cursor->at < cursor->text.len &&
		       str_trim(str_slice(cursor_rest(cursor), 0, 1)).len == 0)
			cursor_step(cursor);
		line = cursor_line_rest(cursor);
		if (cursor->at >= cursor->text.len)
			return;
		if (line.at[0] != '#' && !(cursor->column == 1 && str_is(line, "...")))
			break;
		if (!cursor_seek(cursor, cursor->line + 1, 1))
			return;
	}
	if (cursor->column == 1 && str_has_prefix(line, STR("---"))) {
		diag_add(loader->diags, DIAG_YAML_DOCUMENTS, span_here(loader, 3),
			 "a second document begins here");
		return;
	}
	diag_add(loader->diags, DIAG_YAML_SYNTAX, span_here(loader, 1),
		 "unexpected text after the end of the document");
}

/*
 * The report as workflow commands of GitHub Actions. What follows "::" up to the end of the line is
 * read as a command, so that every text is escaped the way that the runner undoes.
 */
#include "driver/findings.h"

enum {
	/* The runner shows ten annotations of a step and drops the others; the last one sums up. */
	SHOWN_MAX = 9,
	NOTES_MAX = 5,
};

/* ---- escapes ---- */

/* What ends a line, and the escape itself. */
static void
put_data(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		switch (text.at[i]) {
		case '%':
			buf_text(out, "%25");
			break;
		case '\r':
			buf_text(out, "%0D");
			break;
		case '\n':
			buf_text(out, "%0A");
			break;
		default:
			buf_char(out, text.at[i]);
		}
	}
}

/* The same, and what ends a property. */
static void
put_property(struct buf *out, struct str text)
{
	while (text.len > 0) {
		size_t plain = 0;

		while (plain < text.len && text.at[plain] != ':' && text.at[plain] != ',')
			plain++;
		put_data(out, str_slice(text, 0, plain));
		if (plain < text.len)
			buf_text(out, text.at[plain] == ':' ? "%3A" : "%2C");
		text = str_after(text, plain + 1);
	}
}

/* ---- a finding ---- */

static void
put_file(struct arena *arena, struct buf *out, struct str file)
{
	struct buf safe;

	buf_init(&safe, arena);
	diag_escape(&safe, file);
	put_property(out, buf_str(&safe));
}

/* Columns are only taken together with a region of one line. */
static void
put_place(struct arena *arena, struct buf *out, const struct place *place)
{
	if (place->file.len == 0)
		return;
	buf_text(out, "file=");
	put_file(arena, out, place->file);
	buf_char(out, ',');
	if (place->line > 0)
		buf_printf(out, "line=%u,", place->line);
	if (place->end_line > 0)
		buf_printf(out, "endLine=%u,", place->end_line);
	if (place->column > 0)
		buf_printf(out, "col=%u,", place->column);
	if (place->column > 0 && place->end_column > 0)
		buf_printf(out, "endColumn=%u,", place->end_column);
}

static void
put_notes(struct arena *arena, struct buf *out, const struct finding *finding)
{
	for (size_t i = 0; i < finding->note_count && i < NOTES_MAX; i++) {
		const struct finding_note *note = &finding->notes[i];
		struct buf place;

		buf_text(out, "%0Anote: ");
		put_data(out, note->text);
		if (note->place.file.len == 0)
			continue;
		buf_init(&place, arena);
		diag_escape(&place, note->place.file);
		if (note->place.line > 0)
			buf_printf(&place, ":%u:%u", note->place.line, note->place.column);
		buf_text(out, " (");
		put_data(out, buf_str(&place));
		buf_char(out, ')');
	}
	if (finding->note_count > NOTES_MAX)
		buf_printf(out, "%%0Aand %zu more", finding->note_count - NOTES_MAX);
}

static const char *
command_of(enum diag_code code)
{
	return diag_info(code)->severity == SEVERITY_ERROR ? "::error " : "::warning ";
}

static void
put_finding(struct arena *arena, struct buf *out, const struct finding *finding)
{
	const struct diag_info *info = diag_info(finding->code);

	buf_text(out, command_of(finding->code));
	put_place(arena, out, &finding->place);
	buf_printf(out, "title=%s ", info->code);
	put_property(out, str_from(info->title));
	buf_text(out, "::");
	put_data(out, finding->text);
	if (finding->help.len > 0) {
		buf_text(out, "%0Ahelp: ");
		put_data(out, finding->help);
	}
	put_notes(arena, out, finding);
	buf_char(out, '\n');
}

/* ---- the whole ---- */

static void
add_part(struct buf *text, struct str part)
{
	if (text->len > 0 && part.len > 0)
		buf_text(text, ", ");
	buf_add(text, part);
}

static void
put_summary(struct arena *arena, struct buf *out, const struct report *report, size_t shown,
	    size_t total)
{
	bool has_drift = report->subject == REPORT_OF_DRIFT && report->drift != NULL &&
			 report->drift->count > 0;
	struct buf text;

	buf_init(&text, arena);
	if (has_drift)
		buf_printf(&text, "%zu of %zu file%s out of date", report->drift->count,
			   report->plan->count, report->plan->count == 1 ? "" : "s");
	add_part(&text, diags_summary(report->diags, arena));
	if (shown < total)
		buf_printf(&text, "; %zu of %zu findings are shown", shown, total);
	buf_text(out, has_drift || report->diags->errors > 0 ? "::error " : "::warning ");
	buf_text(out, "title=bzlmodgen ");
	put_property(out, report->command);
	buf_text(out, "::");
	put_data(out, buf_str(&text));
	buf_char(out, '\n');
}

enum rank {
	RANK_LEADING,
	RANK_FOLLOWING,
};

/* The findings of one rank, as far as there is room. Returns how many. */
static size_t
put_rank(struct arena *arena, struct buf *out, const struct findings *findings, enum rank rank,
	 size_t room)
{
	size_t shown = 0;

	for (size_t i = 0; i < findings->count && shown < room; i++) {
		if (findings->items[i].leads != (rank == RANK_LEADING))
			continue;
		put_finding(arena, out, &findings->items[i]);
		shown++;
	}
	return shown;
}

void
bzlmodgen_report_github(struct arena *arena, const struct report *report, struct buf *out)
{
	struct findings findings;
	size_t shown, total;

	findings_make(arena, report, &findings);
	total = findings.count + report->diags->dropped;
	if (total == 0)
		return;
	/* so that one file with many hunks does not hide the others */
	shown = put_rank(arena, out, &findings, RANK_LEADING, SHOWN_MAX);
	shown += put_rank(arena, out, &findings, RANK_FOLLOWING, SHOWN_MAX - shown);
	put_summary(arena, out, report, shown, total);
}

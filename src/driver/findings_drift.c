/* Differences between the tree and the spec as findings: one for each hunk. */
#include "diag/utf8.h"
#include "driver/findings.h"

/* So many keys are named in a text; all of them are notes. */
enum { KEYS_SHOWN = 3 };

static const char *
way_out(const struct change *change)
{
	return change->refusal == REFUSAL_EDITED
		       ? "name it after 'bzlmodgen generate --force', or change the spec"
		       : "run 'bzlmodgen generate', or change the spec";
}

/* A file whose hunks are being added. */
struct drifted {
	struct findings *findings;
	const struct drift_file *file;
	struct str name;
	bool has_edits;
	struct cursor disk;
	struct cursor ours;
};

/* ---- texts ---- */

static bool
is_repeated(const struct drift_hunk *hunk, size_t i)
{
	return i > 0 && str_eq(hunk->causes[i].key, hunk->causes[i - 1].key);
}

static void
add_quoted(struct buf *text, const char *before, struct str value)
{
	buf_text(text, before);
	buf_char(text, '\'');
	diag_escape(text, value);
	buf_char(text, '\'');
}

/* A value may follow from a key without being the key's. One that has no counterpart on the other
 * side was added or removed by hand. */
static void
add_cause(struct buf *text, const struct drift_cause *cause)
{
	diag_escape(text, cause->key);
	if (cause->ours.at != NULL)
		add_quoted(text, " gives ", cause->ours);
	if (cause->disk.at != NULL)
		add_quoted(text, cause->ours.at != NULL ? ", not " : " gives no ", cause->disk);
}

static struct str
hunk_text(struct arena *arena, const struct drift_hunk *hunk)
{
	size_t named = 0, left = 0;
	struct buf text;

	buf_init(&text, arena);
	buf_text(&text, "not what the spec asks for");
	for (size_t i = 0; i < hunk->cause_count; i++) {
		if (is_repeated(hunk, i))
			continue;
		if (named == KEYS_SHOWN) {
			left++;
			continue;
		}
		buf_text(&text, named++ == 0 ? ": " : ", ");
		add_cause(&text, &hunk->causes[i]);
	}
	if (left > 0)
		buf_printf(&text, ", and %zu more", left);
	return buf_str(&text);
}

/* What stays the same while lines move and values change. */
static struct str
hunk_identity(struct arena *arena, const struct drift_hunk *hunk)
{
	struct buf identity;

	buf_init(&identity, arena);
	for (size_t i = 0; i < hunk->cause_count; i++) {
		buf_add(&identity, hunk->causes[i].key);
		buf_char(&identity, '\n');
	}
	return buf_str(&identity);
}

static void
add_notes(struct arena *arena, const struct drift_hunk *hunk, struct finding *finding)
{
	finding->notes = ARENA_ARRAY(arena, hunk->cause_count, struct finding_note);
	for (size_t i = 0; i < hunk->cause_count; i++) {
		struct finding_note *note = &finding->notes[finding->note_count];
		struct buf text;

		if (is_repeated(hunk, i) || hunk->causes[i].span.source == NULL)
			continue;
		buf_init(&text, arena);
		diag_escape(&text, hunk->causes[i].key);
		note->place = place_of_span(arena, hunk->causes[i].span);
		note->text = buf_str(&text);
		finding->note_count++;
	}
}

/* ---- places ---- */

/* What an editor marks: whole lines, or the one that is followed by what is missing. */
static struct place
hunk_place(struct str file, const struct drift_hunk *hunk)
{
	struct place place = {.file = file, .line = hunk->disk_line};

	if (place.line == 0)
		place.line = 1;
	if (hunk->disk_count > 1)
		place.end_line = place.line + hunk->disk_count - 1;
	return place;
}

static struct finding_edit *
hunk_edit(struct drifted *drifted, const struct drift_hunk *hunk)
{
	struct finding_edit *edit = ARENA_NEW(drifted->findings->arena, struct finding_edit);
	struct cursor *ours = &drifted->ours;
	size_t start;

	edit->place = place_of_lines(&drifted->disk, hunk->disk_line, hunk->disk_count);
	edit->place.file = drifted->name;
	edit->about = STR("write what the spec asks for");
	if (hunk->our_count == 0)
		return edit;
	cursor_seek(ours, hunk->our_line, 1);
	start = ours->at;
	if (!cursor_seek(ours, hunk->our_line + hunk->our_count, 1))
		ours->at = ours->text.len;
	edit->text = str_slice(ours->text, start, ours->at - start);
	return edit;
}

/* An edit is told in lines, columns and UTF-8: it can neither name nor make other bytes, and a byte
 * order mark has no column. What is not ours is not for tools to overwrite. */
static bool
has_edits(const struct change *change)
{
	return change->kind == CHANGE_UPDATE && change->existed && utf8_is_valid(change->before) &&
	       utf8_is_valid(change->after) && !str_has_prefix(change->before, STR("\xef\xbb\xbf"));
}

/* ---- files ---- */

static void
add_hunk(struct drifted *drifted, const struct drift_hunk *hunk)
{
	struct arena *arena = drifted->findings->arena;
	struct finding *finding = findings_add(drifted->findings, DIAG_DRIFT_CHANGED);

	finding->place = hunk_place(drifted->name, hunk);
	finding->text = hunk_text(arena, hunk);
	finding->help = str_from(way_out(drifted->file->change));
	finding->identity = hunk_identity(arena, hunk);
	finding->leads = hunk == drifted->file->hunks;
	add_notes(arena, hunk, finding);
	if (drifted->has_edits)
		finding->edit = hunk_edit(drifted, hunk);
}

/* A finding about the file as a whole. */
static struct finding *
add_whole(struct drifted *drifted, enum diag_code code, struct str text, const char *help)
{
	const struct drift_file *file = drifted->file;
	struct finding *finding = findings_add(drifted->findings, code);

	finding->place.file = drifted->name;
	if (file->hunk_count > 0)
		finding->place = hunk_place(drifted->name, &file->hunks[0]);
	finding->text = text;
	finding->help = str_from(help);
	finding->leads = true;
	return finding;
}

/* A file that is not there cannot be shown: the key that asks for it can. */
static void
add_missing(struct drifted *drifted)
{
	struct arena *arena = drifted->findings->arena;
	const struct change *change = drifted->file->change;
	struct span origin = change->output == NULL ? (struct span){0} : change->output->origin;
	struct finding *finding;
	struct buf text;

	buf_init(&text, arena);
	buf_char(&text, '\'');
	diag_escape(&text, drifted->name);
	buf_text(&text, "' is missing");
	finding = add_whole(drifted, DIAG_DRIFT_MISSING, buf_str(&text), way_out(change));
	finding->identity = drifted->name;
	finding->place = (struct place){.file = drifted->name};
	if (origin.source != NULL)
		finding->place = place_of_span(arena, origin);
}

static void
add_update(struct drifted *drifted)
{
	const struct drift_file *file = drifted->file;
	const struct change *change = file->change;

	if (change->line_ends || file->hunk_count == 0) {
		(void)add_whole(drifted, DIAG_DRIFT_CHANGED,
				change->line_ends ? STR("line ends are CR LF, not LF")
						  : STR("not what the spec asks for"),
				way_out(change));
		return;
	}
	drifted->has_edits = has_edits(change);
	cursor_init(&drifted->disk, change->before);
	cursor_init(&drifted->ours, change->after);
	for (size_t i = 0; i < file->hunk_count; i++)
		add_hunk(drifted, &file->hunks[i]);
}

static void
add_stale(struct drifted *drifted)
{
	(void)add_whole(drifted, DIAG_DRIFT_STALE, STR("the spec no longer asks for this file"),
			drifted->file->change->kind == CHANGE_REFUSE
				? "delete it, or name it after 'bzlmodgen generate --force'"
				: "run 'bzlmodgen generate', which deletes it");
}

/* Each of these is what generate refuses to bring in line. */
static void
add_refused(struct drifted *drifted)
{
	const struct change *change = drifted->file->change;

	if (change->refusal == REFUSAL_UNOWNED)
		(void)add_whole(drifted, DIAG_DRIFT_UNOWNED,
				STR("not ours, and not what the spec asks for"),
				"move it away, or name it after 'bzlmodgen generate --force'");
	else if (!change->remains)
		add_stale(drifted);
	else if (!change->existed)
		add_missing(drifted);
	else if (!str_eq(change->before, change->after))
		add_update(drifted);
}

void
findings_add_drift(struct findings *findings, const struct report *report)
{
	for (size_t i = 0; i < report->drift->count; i++) {
		const struct change *change = report->drift->files[i].change;
		struct drifted drifted = {
			.findings = findings,
			.file = &report->drift->files[i],
			.name = place_output(findings->arena, report, change->path),
		};

		switch (change->kind) {
		case CHANGE_KEEP:
		case CHANGE_LEAVE: /* a warning says so */
		case CHANGE_KINDS:
			break;
		case CHANGE_CREATE:
			add_missing(&drifted);
			break;
		case CHANGE_UPDATE:
			add_update(&drifted);
			break;
		case CHANGE_DELETE:
			add_stale(&drifted);
			break;
		case CHANGE_REFUSE:
			/* a run that ends as refused has said so already */
			if (report->result != REPORT_REFUSED)
				add_refused(&drifted);
			break;
		}
	}
}

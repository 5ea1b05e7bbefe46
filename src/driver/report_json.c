/* The report in a format of our own; docs/report.schema.json describes it. */
#include "bzlmodgen/version.h"
#include "driver/findings.h"
#include "driver/report_writer.h"
#include "plan/diff.h"

/* Grows when a member is removed or changes its meaning, not when one is added. */
enum { REPORT_VERSION = 1 };

static struct str
result_word(enum report_result result)
{
	switch (result) {
	case REPORT_DONE:
		return STR("done");
	case REPORT_DRIFT:
		return STR("drift");
	case REPORT_USAGE:
		return STR("usage");
	case REPORT_INVALID:
		return STR("invalid");
	case REPORT_REFUSED:
		return STR("refused");
	case REPORT_FAILED:
		return STR("failed");
	}
	return STR("");
}

static struct str
change_word(enum change_kind kind)
{
	switch (kind) {
	case CHANGE_KEEP:
		return STR("keep");
	case CHANGE_CREATE:
		return STR("create");
	case CHANGE_UPDATE:
		return STR("update");
	case CHANGE_DELETE:
		return STR("delete");
	case CHANGE_LEAVE:
		return STR("leave");
	case CHANGE_REFUSE:
		return STR("refuse");
	case CHANGE_KINDS:
		break;
	}
	return STR("");
}

/* Empty where nothing needs to be said. */
static struct str
refusal_word(enum refusal refusal)
{
	switch (refusal) {
	case REFUSAL_NONE:
		return STR("");
	case REFUSAL_UNOWNED:
		return STR("not_ours");
	case REFUSAL_EDITED:
		return STR("edited");
	case REFUSAL_NOT_INCLUDED:
		return STR("not_included");
	case REFUSAL_MARKERS:
		return STR("markers");
	case REFUSAL_MANIFEST:
		return STR("manifest");
	case REFUSAL_FILE_TYPE:
		return STR("file_type");
	case REFUSAL_SYMLINK:
		return STR("symlink");
	case REFUSAL_ESCAPE:
		return STR("path");
	case REFUSAL_TWICE:
		return STR("twice");
	case REFUSAL_CASE:
		return STR("case");
	case REFUSAL_PARENT:
		return STR("parent");
	case REFUSAL_UNREADABLE:
		return STR("unreadable");
	case REFUSAL_NO_HEADER:
		return STR("no_header");
	case REFUSAL_NO_MARKERS:
		return STR("no_markers");
	case REFUSAL_HANDED_OVER:
		return STR("handed_over");
	}
	return STR("");
}

static struct str
reason_word(const struct change *change)
{
	if (change->taken_over)
		return STR("taken_over");
	if (change->kind == CHANGE_UPDATE && change->line_ends)
		return STR("line_ends");
	return refusal_word(change->refusal);
}

/* ---- places ---- */

static void
write_place(struct json_writer *w, cJSON *parent, const char *key, const struct place *place)
{
	cJSON *at;

	if (place->file.len == 0) {
		report_null(w, parent, key);
		return;
	}
	at = json_object(w, parent, key);
	report_text(w, at, "file", place->file);
	if (place->line == 0) {
		report_null(w, at, "line");
		report_null(w, at, "column");
		return;
	}
	report_number(w, at, "line", place->line);
	report_number(w, at, "column", place->column);
}

static void
write_end(struct json_writer *w, cJSON *parent, const struct place *place)
{
	cJSON *end;

	if (place->end_line == 0) {
		report_null(w, parent, "end");
		return;
	}
	end = json_object(w, parent, "end");
	report_number(w, end, "line", place->end_line);
	report_number(w, end, "column", place->end_column);
}

/* ---- files ---- */

static void
write_range(struct json_writer *w, cJSON *hunk, const char *key, uint32_t line, uint32_t count)
{
	cJSON *range = json_array(w, hunk, key);

	report_number(w, range, NULL, line);
	report_number(w, range, NULL, count);
}

static void
write_cause(struct json_writer *w, cJSON *causes, const struct drift_cause *cause)
{
	struct place place = place_of_span(w->arena, cause->span);
	cJSON *object = json_object(w, causes, NULL);

	report_text(w, object, "key", cause->key);
	write_place(w, object, "at", &place);
	report_value_or_null(w, object, "disk", cause->disk);
	report_value_or_null(w, object, "ours", cause->ours);
}

static void
write_hunk(struct json_writer *w, cJSON *hunks, const struct drift_hunk *hunk)
{
	cJSON *object = json_object(w, hunks, NULL);
	cJSON *causes;

	write_range(w, object, "disk", hunk->disk_line, hunk->disk_count);
	write_range(w, object, "ours", hunk->our_line, hunk->our_count);
	causes = json_array(w, object, "causes");
	for (size_t i = 0; i < hunk->cause_count; i++)
		write_cause(w, causes, &hunk->causes[i]);
}

static void
write_diff(struct json_writer *w, cJSON *file, const struct change *change)
{
	struct diff_side before = {change->before, change->existed};
	struct diff_side after = {change->after, change->remains};
	struct buf diff;

	buf_init(&diff, w->arena);
	if (change->kind != CHANGE_LEAVE && refusal_is_comparable(change->refusal))
		diff_unified(w->arena, &diff, change->path, before, after);
	report_text_or_null(w, file, "diff", buf_str(&diff));
}

static void
write_files(struct json_writer *w, cJSON *root, const struct report *report)
{
	cJSON *files = json_array(w, root, "files");
	size_t count = report->drift == NULL ? 0 : report->drift->count;

	for (size_t i = 0; i < count; i++) {
		const struct drift_file *file = &report->drift->files[i];
		const struct change *change = file->change;
		cJSON *object = json_object(w, files, NULL);
		cJSON *hunks;

		report_text(w, object, "path", place_output(w->arena, report, change->path));
		report_text(w, object, "change", change_word(change->kind));
		report_text_or_null(w, object, "reason", reason_word(change));
		hunks = json_array(w, object, "hunks");
		for (size_t j = 0; j < file->hunk_count; j++)
			write_hunk(w, hunks, &file->hunks[j]);
		write_diff(w, object, change);
	}
}

/* ---- diagnostics ---- */

static void
write_notes(struct json_writer *w, cJSON *object, const struct diag *diag)
{
	cJSON *notes = json_array(w, object, "notes");

	for (const struct diag_note *note = diag->notes; note != NULL; note = note->next) {
		struct place place = place_of_span(w->arena, note->span);
		cJSON *item = json_object(w, notes, NULL);

		report_text(w, item, "message", note->text);
		write_place(w, item, "at", &place);
		write_end(w, item, &place);
	}
}

static void
write_diagnostics(struct json_writer *w, cJSON *root, const struct diags *diags)
{
	cJSON *diagnostics = json_array(w, root, "diagnostics");

	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = diags->items[i];
		const struct diag_info *info = diag_info(diag->code);
		struct place place = place_of_span(w->arena, diag->span);
		cJSON *object = json_object(w, diagnostics, NULL);

		report_text(w, object, "code", str_from(info->code));
		report_text(w, object, "severity",
			    info->severity == SEVERITY_ERROR ? STR("error") : STR("warning"));
		report_text(w, object, "title", str_from(info->title));
		report_text(w, object, "message", diag->text);
		report_text_or_null(w, object, "help", diag->help);
		write_place(w, object, "at", &place);
		write_end(w, object, &place);
		write_notes(w, object, diag);
		report_text_or_null(w, object, "replacement", diag->replacement);
	}
}

/* ---- the whole ---- */

static void
write_summary(struct json_writer *w, cJSON *root, const struct report *report)
{
	static const struct plan no_plan;
	const struct plan *plan = report->plan == NULL ? &no_plan : report->plan;
	cJSON *summary = json_object(w, root, "summary");

	report_number(w, summary, "files", plan->count);
	for (int kind = CHANGE_KEEP; kind <= CHANGE_REFUSE; kind++)
		report_number(w, summary, change_word((enum change_kind)kind).at,
			      plan->by_kind[kind]);
	report_number(w, summary, "errors", report->diags->errors);
	report_number(w, summary, "warnings", report->diags->warnings);
	report_number(w, summary, "dropped", report->diags->dropped);
}

void
bzlmodgen_report_json(struct arena *arena, const struct report *report, struct buf *out)
{
	struct json_writer w = {.arena = arena};
	cJSON *root = report_root(&w);
	cJSON *tool;

	report_number(&w, root, "version", REPORT_VERSION);
	tool = json_object(&w, root, "tool");
	report_text(&w, tool, "name", STR("bzlmodgen"));
	report_text(&w, tool, "version", str_from(bzlmodgen_version));
	report_text(&w, root, "command", report->command);
	report_text(&w, root, "result", result_word(report->result));
	report_bool(&w, root, "written",
		    report->subject == REPORT_OF_WRITING && report->result == REPORT_DONE);
	write_summary(&w, root, report);
	write_files(&w, root, report);
	write_diagnostics(&w, root, report->diags);
	report_print(&w, root, out);
}

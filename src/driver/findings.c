#include "driver/findings.h"

static struct str
shown(struct arena *arena, struct str text)
{
	struct buf safe;

	buf_init(&safe, arena);
	diag_escape(&safe, text);
	return buf_str(&safe);
}

static void
add_notes(struct arena *arena, const struct diag *diag, struct finding *finding)
{
	size_t count = 0;

	for (const struct diag_note *note = diag->notes; note != NULL; note = note->next)
		count++;
	finding->notes = ARENA_ARRAY(arena, count, struct finding_note);
	for (const struct diag_note *note = diag->notes; note != NULL; note = note->next) {
		finding->notes[finding->note_count++] = (struct finding_note){
			.place = place_of_span(arena, note->span),
			.text = shown(arena, note->text),
		};
	}
}

static void
add_diag(struct findings *findings, const struct diag *diag)
{
	struct arena *arena = findings->arena;
	struct finding *finding = findings_add(findings, diag->code);

	finding->place = place_of_span(arena, diag->span);
	finding->text = shown(arena, diag->text);
	finding->help = shown(arena, diag->help);
	finding->identity = diag->text;
	finding->leads = diag_info(diag->code)->severity == SEVERITY_ERROR;
	add_notes(arena, diag, finding);
	if (diag->replacement.len > 0 && finding->place.end_column > 0) {
		finding->edit = ARENA_NEW(arena, struct finding_edit);
		*finding->edit = (struct finding_edit){
			.place = finding->place,
			.text = diag->replacement,
			.about = finding->help,
		};
	}
}

struct finding *
findings_add(struct findings *findings, enum diag_code code)
{
	struct finding *finding;

	findings->items = arena_grow(findings->arena, findings->items, findings->count,
				     &findings->capacity, sizeof(struct finding));
	finding = &findings->items[findings->count++];
	*finding = (struct finding){.code = code};
	return finding;
}

void
findings_make(struct arena *arena, const struct report *report, struct findings *findings)
{
	*findings = (struct findings){.arena = arena};
	for (size_t i = 0; i < report->diags->count; i++)
		add_diag(findings, report->diags->items[i]);
	if (report->subject == REPORT_OF_DRIFT && report->drift != NULL)
		findings_add_drift(findings, report);
}

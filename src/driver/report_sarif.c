/*
 * The report as SARIF 2.1.0. What has a place is a result; what has none (no spec found, say) is a
 * notification about the run, as viewers can show no result without a file.
 */
#include "bzlmodgen/version.h"
#include "driver/findings.h"
#include "driver/report_writer.h"
#include "driver/sarif.h"

static const char schema_uri[] =
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
	"sarif-schema-2.1.0.json";

/* The codes of the findings of one kind, and where each stands in the list of them. */
struct rules {
	bool is_used[DIAG_COUNT];
	size_t index[DIAG_COUNT];
};

static bool
is_result(const struct finding *finding)
{
	return finding->place.file.len > 0;
}

static const char *
level_of(enum diag_code code)
{
	return diag_info(code)->severity == SEVERITY_ERROR ? "error" : "warning";
}

/* ---- rules ---- */

static void
write_rule(struct json_writer *w, cJSON *rules, enum diag_code code)
{
	const struct diag_info *info = diag_info(code);
	cJSON *rule = json_object(w, rules, NULL);

	report_text(w, rule, "id", str_from(info->code));
	sarif_description(w, rule, "shortDescription", info->title);
	sarif_description(w, rule, "fullDescription", info->text);
	sarif_description(w, rule, "help", info->text);
	report_text(w, json_object(w, rule, "defaultConfiguration"), "level",
		    str_from(level_of(code)));
}

/* In the order of the codes, whatever order the findings have. */
static void
write_rules(struct json_writer *w, cJSON *driver, const char *key, struct rules *rules)
{
	cJSON *array = json_array(w, driver, key);
	size_t count = 0;

	for (int code = 0; code < DIAG_COUNT; code++) {
		if (!rules->is_used[code])
			continue;
		rules->index[code] = count++;
		write_rule(w, array, (enum diag_code)code);
	}
}

/* ---- results ---- */

static void
write_note(struct json_writer *w, cJSON *related, const struct finding_note *note, size_t id)
{
	cJSON *location = json_object(w, related, NULL);

	/* the number also keeps equal notes apart, as the format asks for */
	report_number(w, location, "id", id);
	sarif_physical_location(w, location, &note->place);
	sarif_message(w, location, "message", note->text);
}

static void
write_notes(struct json_writer *w, cJSON *result, const struct finding *finding)
{
	cJSON *related = NULL;
	size_t id = 0;

	for (size_t i = 0; i < finding->note_count; i++) {
		if (finding->notes[i].place.file.len == 0)
			continue;
		if (related == NULL)
			related = json_array(w, result, "relatedLocations");
		write_note(w, related, &finding->notes[i], ++id);
	}
}

/* Help, and notes that have no place to stand at, belong to the message. */
static struct str
message_of(struct arena *arena, const struct finding *finding)
{
	struct buf text;

	buf_init(&text, arena);
	buf_add(&text, finding->text);
	if (finding->help.len > 0)
		buf_printf(&text, "\nhelp: %.*s", STR_ARG(finding->help));
	for (size_t i = 0; i < finding->note_count; i++) {
		if (finding->notes[i].place.file.len == 0)
			buf_printf(&text, "\nnote: %.*s", STR_ARG(finding->notes[i].text));
	}
	return buf_str(&text);
}

static void
write_edit(struct json_writer *w, cJSON *result, const struct finding *finding)
{
	const struct finding_edit *edit = finding->edit;
	cJSON *fix, *change, *replacement;

	if (edit == NULL)
		return;
	fix = json_object(w, json_array(w, result, "fixes"), NULL);
	if (edit->about.len > 0)
		sarif_message(w, fix, "description", edit->about);
	change = json_object(w, json_array(w, fix, "artifactChanges"), NULL);
	sarif_artifact(w, change, edit->place.file);
	replacement = json_object(w, json_array(w, change, "replacements"), NULL);
	sarif_region(w, replacement, "deletedRegion", &edit->place);
	if (edit->text.len > 0)
		report_text(w, json_object(w, replacement, "insertedContent"), "text", edit->text);
}

static void
write_result(struct json_writer *w, cJSON *results, const struct finding *finding,
	     const struct rules *rules, struct map *seen)
{
	const struct diag_info *info = diag_info(finding->code);
	cJSON *result = json_object(w, results, NULL);
	cJSON *location;

	report_text(w, result, "ruleId", str_from(info->code));
	report_number(w, result, "ruleIndex", rules->index[finding->code]);
	report_text(w, result, "level", str_from(level_of(finding->code)));
	sarif_message(w, result, "message", message_of(w->arena, finding));
	location = json_object(w, json_array(w, result, "locations"), NULL);
	sarif_physical_location(w, location, &finding->place);
	write_notes(w, result, finding);
	report_text(w, json_object(w, result, "partialFingerprints"), "bzlmodgen/v1",
		    sarif_fingerprint(w->arena, finding, seen));
	write_edit(w, result, finding);
}

static void
write_results(struct json_writer *w, cJSON *run, const struct findings *findings,
	      const struct rules *rules)
{
	cJSON *results = json_array(w, run, "results");
	struct map seen;

	map_init(&seen, w->arena);
	for (size_t i = 0; i < findings->count; i++) {
		if (is_result(&findings->items[i]))
			write_result(w, results, &findings->items[i], rules, &seen);
	}
}

/* ---- the run ---- */

static void
write_notification(struct json_writer *w, cJSON *notifications, const struct finding *finding,
		   const struct rules *rules)
{
	cJSON *notification = json_object(w, notifications, NULL);
	cJSON *descriptor = json_object(w, notification, "descriptor");

	report_text(w, descriptor, "id", str_from(diag_info(finding->code)->code));
	report_number(w, descriptor, "index", rules->index[finding->code]);
	report_text(w, notification, "level", str_from(level_of(finding->code)));
	sarif_message(w, notification, "message", message_of(w->arena, finding));
}

/* Of the findings that were dropped, only their number is known. */
static void
write_dropped(struct json_writer *w, cJSON *notifications, size_t dropped)
{
	cJSON *notification;

	if (dropped == 0)
		return;
	notification = json_object(w, notifications, NULL);
	report_text(w, notification, "level", STR("warning"));
	sarif_message(w, notification, "message",
		      arena_printf(w->arena, "%zu more %s not reported", dropped,
				   dropped == 1 ? "message is" : "messages are"));
}

static void
write_invocation(struct json_writer *w, cJSON *run, const struct report *report,
		 const struct findings *findings, const struct rules *rules)
{
	cJSON *invocation = json_object(w, json_array(w, run, "invocations"), NULL);
	bool failed = report->result == REPORT_USAGE || report->result == REPORT_FAILED;
	cJSON *notifications = json_array(w, invocation, "toolExecutionNotifications");

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];

		if (is_result(finding))
			continue;
		write_notification(w, notifications, finding, rules);
		/* so says the format */
		failed = failed || diag_info(finding->code)->severity == SEVERITY_ERROR;
	}
	write_dropped(w, notifications, report->diags->dropped);
	report_number(w, invocation, "exitCode", (size_t)report->result);
	report_bool(w, invocation, "executionSuccessful", !failed);
}

static void
write_driver(struct json_writer *w, cJSON *run, struct rules *results, struct rules *others)
{
	cJSON *driver = json_object(w, json_object(w, run, "tool"), "driver");

	report_text(w, driver, "name", STR("bzlmodgen"));
	report_text(w, driver, "version", str_from(bzlmodgen_version));
	report_text(w, driver, "semanticVersion", str_from(bzlmodgen_version));
	write_rules(w, driver, "rules", results);
	write_rules(w, driver, "notifications", others);
}

/* Where the tree lies on this machine is nobody's business. */
static void
write_base(struct json_writer *w, cJSON *run)
{
	cJSON *base = json_object(w, json_object(w, run, "originalUriBaseIds"), SARIF_BASE);

	sarif_message(w, base, "description", STR("the directory that bzlmodgen worked in"));
}

void
bzlmodgen_report_sarif(struct arena *arena, const struct report *report, struct buf *out)
{
	struct json_writer w = {.arena = arena};
	struct rules *results = ARENA_NEW(arena, struct rules);
	struct rules *others = ARENA_NEW(arena, struct rules);
	cJSON *root = report_root(&w);
	struct findings findings;
	cJSON *run;

	findings_make(arena, report, &findings);
	for (size_t i = 0; i < findings.count; i++) {
		const struct finding *finding = &findings.items[i];

		(is_result(finding) ? results : others)->is_used[finding->code] = true;
	}
	report_text(&w, root, "$schema", str_from(schema_uri));
	report_text(&w, root, "version", STR("2.1.0"));
	run = json_object(&w, json_array(&w, root, "runs"), NULL);
	write_driver(&w, run, results, others);
	write_invocation(&w, run, report, &findings, others);
	write_base(&w, run);
	report_text(&w, run, "columnKind", STR("unicodeCodePoints"));
	write_results(&w, run, &findings, results);
	report_print(&w, root, out);
}

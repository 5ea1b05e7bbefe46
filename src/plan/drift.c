#include "plan/drift.h"

#include "base/map.h"
#include "output/provenance.h"
#include "plan/diff.h"
#include "plan/pairing.h"
#include "plan/region.h"
#include "schema/keys.h"
#include "spec/spec.h"

/* A run of lines is moved no further, so that time stays linear in the lines. */
enum { LINES_MOVED = 64 };

struct finder {
	struct arena *arena;
	struct keys keys; /* of `root`; made when the first key is asked for */
	const struct node *root;
};

/* One file that differs. */
struct file {
	struct finder *finder;
	const struct output *output; /* with what shall stand there as its content */
	bool has_header; /* of the output itself: between markers there is none */
	struct provenance_index index;
	struct line_range disk;
	struct line_range ours;
	/* Of the hunk at hand. */
	struct drift_hunk *hunk;
	size_t capacity;
	struct map seen; /* causes that are there already */
};

/* ---- keys ---- */

/* NULL: nowhere in the spec. */
static struct key *
find_key(const struct file *file, struct span span)
{
	struct finder *finder = file->finder;
	const struct node *root = file->output->provenance->root;

	if (span.source == NULL)
		return NULL;
	if (finder->root != root) {
		keys_init(&finder->keys, finder->arena, root, &spec_type);
		finder->root = root;
	}
	return keys_find(&finder->keys, span);
}

static struct key *
key_of_mark(const struct file *file, const struct provenance_mark *mark)
{
	if (mark == NULL)
		return NULL;
	return find_key(file, provenance_span(file->output->provenance, mark));
}

/* The spec as a whole is no key. */
static bool
is_known(const struct key *key)
{
	return key != NULL && key->parent != NULL;
}

static void
add_cause(struct file *file, struct key *key, struct str disk, struct str ours)
{
	struct finder *finder = file->finder;
	struct drift_hunk *hunk = file->hunk;
	struct str identity;

	if (!is_known(key))
		return;
	identity = arena_printf(finder->arena, "%p%d%d%zu %.*s%.*s", (const void *)key,
				disk.at != NULL, ours.at != NULL, disk.len, STR_ARG(disk),
				STR_ARG(ours));
	if (map_get(&file->seen, identity) != NULL)
		return;
	map_add(&file->seen, identity, key);
	hunk->causes = arena_grow(finder->arena, hunk->causes, hunk->cause_count, &file->capacity,
				  sizeof(*hunk->causes));
	hunk->causes[hunk->cause_count++] =
		(struct drift_cause){keys_span(key), keys_name(&finder->keys, key), disk, ours};
}

/* ---- lines ---- */

static struct str
without_line_end(struct str line)
{
	while (line.len > 0 && (line.at[line.len - 1] == '\n' || line.at[line.len - 1] == '\r'))
		line.len--;
	return line;
}

static struct line_range
split_lines(struct arena *arena, struct str text)
{
	size_t capacity = 64;
	struct str *lines = ARENA_ARRAY(arena, capacity, struct str);
	size_t count = 0;

	while (text.len > 0) {
		struct str line = str_slice(text, 0, str_find(text, '\n') + 1);

		lines = arena_grow(arena, lines, count, &capacity, sizeof(*lines));
		lines[count++] = without_line_end(line);
		text = str_after(text, line.len);
	}
	return (struct line_range){lines, count};
}

static struct line_range
lines_from(struct line_range lines, size_t from, size_t count)
{
	return (struct line_range){lines.lines + from, count};
}

/* The bytes of one of our lines, from the first that is no blank on; of an empty line, its end. */
static struct part
line_bytes(const struct file *file, size_t line)
{
	struct str text = file->ours.lines[line];
	size_t start = (size_t)(text.at - file->output->content.at);
	size_t indent = pairing_indent(text);

	if (indent == text.len)
		return (struct part){start, start + text.len + 1};
	return (struct part){start + indent, start + text.len};
}

static size_t
line_end(const struct file *file, size_t line)
{
	struct str text = file->ours.lines[line];

	return (size_t)(text.at - file->output->content.at) + text.len + 1;
}

/* The smallest mark around the line, else the first one in it. */
static const struct provenance_mark *
line_mark(const struct file *file, size_t line)
{
	struct part bytes = line_bytes(file, line);
	const struct provenance_mark *mark = provenance_find(&file->index, bytes.from, bytes.to);

	return mark != NULL ? mark : provenance_within(&file->index, bytes.from, bytes.to);
}

/* ---- a line that was changed by hand ---- */

/* Whether a mark in our line holds a scalar of the spec as it is, such as a version in a file of
 * nothing else. */
static bool
is_verbatim(const struct file *file, const struct provenance_mark *mark, const struct key *key)
{
	struct str text = str_slice(file->output->content, mark->from, mark->to - mark->from);

	return key != NULL && key->value->kind == NODE_SCALAR && str_eq(key->value->text, text);
}

static void
add_changed(struct file *file, size_t line, struct str disk)
{
	struct arena *arena = file->finder->arena;
	struct str ours = file->ours.lines[line];
	size_t start = (size_t)(ours.at - file->output->content.at);
	struct part part = pairing_changed(ours, disk);
	const struct provenance_mark *mark =
		provenance_find(&file->index, start + part.from, start + part.to);
	struct str values[2] = {{0}, {0}};
	struct str old;
	struct key *key;

	if (mark == NULL)
		mark = line_mark(file, line);
	key = key_of_mark(file, mark);
	if (key == NULL)
		return;
	if (pairing_replacement(ours, disk, part, &old) && literal_value(arena, old, &values[0]) &&
	    literal_value(arena, str_slice(ours, part.from, part.to - part.from), &values[1])) {
		add_cause(file, key, values[0], values[1]);
		return;
	}
	values[0] = values[1] = (struct str){NULL, 0};
	part = (struct part){mark->from - start, mark->to - start};
	if (mark->from >= start && pairing_replacement(ours, disk, part, &old) &&
	    is_verbatim(file, mark, key)) {
		values[0] = old.len == 0 ? STR("") : old;
		values[1] = str_slice(ours, part.from, part.to - part.from);
	}
	add_cause(file, key, values[0], values[1]);
}

/* ---- lines that were removed by hand ---- */

/* The one literal of a line, alone or as an argument: "a",  or  name = "a", */
static bool
only_literal(struct arena *arena, struct str line, bool may_have_name, struct str *value)
{
	struct str text = str_trim(line);
	size_t equals = str_find(text, '=');

	if (text.len > 0 && text.at[text.len - 1] == ',')
		text.len--;
	if (literal_value(arena, text, value))
		return true;
	return may_have_name && equals < text.len && str_find(text, '(') > equals &&
	       literal_value(arena, str_trim(str_after(text, equals + 1)), value);
}

/* The outermost mark around the line that ends before `end`, and begins no earlier than the line:
 * where all of a target is gone, it is the target that is missing, and not each of its arguments.
 */
static const struct provenance_mark *
widest_mark(const struct file *file, size_t line, size_t end)
{
	const struct provenance_mark *mark = line_mark(file, line);
	const struct provenance_mark *around;
	struct part bytes = line_bytes(file, line);

	while (mark != NULL) {
		around = provenance_parent(&file->index, mark);
		if (around == NULL || around->from < bytes.from || around->to > end)
			break;
		mark = around;
	}
	return mark;
}

/* Whether these lines are all of one mark. */
static bool
is_whole(const struct file *file, size_t from, size_t count)
{
	size_t end = line_end(file, from + count - 1);
	const struct provenance_mark *mark = widest_mark(file, from, end);

	return mark != NULL && mark->from <= line_bytes(file, from).from && mark->to <= end &&
	       mark->to >= line_bytes(file, from + count - 1).to;
}

static void
add_removed(struct file *file, size_t from, size_t count)
{
	size_t end = line_end(file, from + count - 1);
	size_t done = 0;

	for (size_t line = from; line < from + count; line++) {
		struct str value = {NULL, 0};
		const struct provenance_mark *mark;
		struct part bytes = line_bytes(file, line);

		if (bytes.from < done)
			continue;
		mark = widest_mark(file, line, end);
		if (mark == NULL)
			continue;
		/* what is gone as a whole goes without further words */
		if (mark->from >= bytes.from && mark->to <= end)
			done = mark->to;
		if (count > 1 ||
		    !only_literal(file->finder->arena, file->ours.lines[line], true, &value))
			value = (struct str){NULL, 0};
		add_cause(file, key_of_mark(file, mark), (struct str){NULL, 0}, value);
	}
}

/* ---- lines that were added by hand ---- */

/* Behind the last line: a text of several lines goes on, all else belongs to the whole file. */
static struct key *
key_at_end(const struct file *file)
{
	const struct provenance *provenance = file->output->provenance;
	const struct provenance_mark *mark =
		provenance->count == 0 ? NULL : &provenance->marks[provenance->count - 1];
	struct key *key;

	if (mark == NULL || mark->to != file->output->content.len)
		return NULL;
	key = key_of_mark(file, mark);
	return key != NULL && key->value->style == NODE_LITERAL ? key : NULL;
}

/* The key around the gap in front of one of our lines. */
static struct key *
key_between(const struct file *file, size_t line)
{
	size_t gap = line_end(file, line - 1);
	struct key *around = key_of_mark(file, provenance_find(&file->index, gap - 1, gap + 1));
	struct key *above = key_of_mark(file, line_mark(file, line - 1));
	struct key *below = key_of_mark(file, line_mark(file, line));
	struct key *common;

	if (above == NULL || below == NULL)
		return around;
	/* between two crates stands no crate, but what holds them */
	common = keys_common(above, below);
	return around == NULL || keys_is_within(common, around) ? common : around;
}

/* The file as a whole, unless the key that asks for it makes no more than one thing in it, such as
 * a flag in the bazelrc. */
static struct key *
key_of_file(const struct file *file, size_t line)
{
	struct key *key = find_key(file, file->output->origin);
	const struct key *neighbours[2] = {NULL, NULL};
	bool is_within = false;

	if (key == NULL || !file->has_header)
		return key;
	if (line > 0)
		neighbours[0] = key_of_mark(file, line_mark(file, line - 1));
	if (line < file->ours.count)
		neighbours[1] = key_of_mark(file, line_mark(file, line));
	for (size_t i = 0; i < 2; i++)
		is_within |= neighbours[i] != key && keys_is_within(neighbours[i], key);
	if (key->value->kind == NODE_SCALAR ||
	    ((neighbours[0] != NULL || neighbours[1] != NULL) && !is_within))
		return NULL;
	return key;
}

/* What stands in front of one of our lines, and is not ours, belongs to this key. */
static struct key *
key_of_gap(const struct file *file, size_t line)
{
	struct key *key = NULL;

	if (line == file->ours.count)
		key = key_at_end(file);
	else if (line > 0)
		key = key_between(file, line);
	return is_known(key) ? key : key_of_file(file, line);
}

/* These lines of the disk stand in front of one of ours. */
static void
add_added(struct file *file, struct line_range added, size_t line)
{
	struct arena *arena = file->finder->arena;
	struct key *key = key_of_gap(file, line);
	struct str value;
	size_t entries = 0;

	while (entries < added.count &&
	       only_literal(arena, added.lines[entries], added.count == 1, &value))
		entries++;
	if (entries < added.count)
		add_cause(file, key, (struct str){NULL, 0}, (struct str){NULL, 0});
	for (size_t i = 0; entries == added.count && i < added.count; i++) {
		only_literal(arena, added.lines[i], true, &value);
		add_cause(file, key, value, (struct str){NULL, 0});
	}
}

/* ---- where a run of lines begins ---- */

/*
 * Where the lines around a run are like those in it, the same change can be told in several ways:
 * of two targets with a blank line before each, the one with the blank line behind it may be said
 * to be gone. The diff takes any of them. For the cause it is that which fits the spec: what is
 * gone is one thing, and what came stands in as little as possible.
 */
static bool
fits_better(const struct file *file, const struct diff_edit *edit, const struct diff_edit *best)
{
	const struct key *key;
	const struct key *other;

	if (edit->come > 0)
		return !is_whole(file, best->after, best->come) &&
		       is_whole(file, edit->after, edit->come);
	key = key_of_gap(file, edit->after);
	other = key_of_gap(file, best->after);
	return other != NULL && (key == NULL || keys_depth(key) < keys_depth(other));
}

/* How many lines the run can be moved up, at most `limit`. */
static size_t
room_above(struct line_range lines, size_t from, size_t count, size_t limit)
{
	size_t room = 0;

	while (room < limit && room < LINES_MOVED &&
	       str_eq(lines.lines[from - room - 1], lines.lines[from - room - 1 + count]))
		room++;
	return room;
}

static size_t
room_below(struct line_range lines, size_t from, size_t count, size_t limit)
{
	size_t room = 0;

	while (room < limit && room < LINES_MOVED &&
	       str_eq(lines.lines[from + room], lines.lines[from + room + count]))
		room++;
	return room;
}

/* The edit, moved to where it fits best; but not into others. */
static struct diff_edit
settled(const struct file *file, const struct diff_edit *edits, size_t at, size_t count)
{
	struct diff_edit edit = edits[at];
	struct diff_edit best = edit;
	bool is_removal = edit.gone == 0;
	struct line_range lines = is_removal ? file->ours : file->disk;
	size_t from = is_removal ? edit.after : edit.before;
	size_t size = edit.gone + edit.come;
	size_t above = at == 0 ? edit.after : edit.after - edits[at - 1].after - edits[at - 1].come;
	size_t below =
		(at + 1 == count ? file->ours.count : edits[at + 1].after) - edit.after - edit.come;

	if (edit.gone > 0 && edit.come > 0)
		return edit;
	above = room_above(lines, from, size, above);
	below = room_below(lines, from, size, below);
	edit.before -= above;
	edit.after -= above;
	for (size_t i = 0; i <= above + below; i++, edit.before++, edit.after++) {
		if (fits_better(file, &edit, &best))
			best = edit;
	}
	return best;
}

/* ---- hunks ---- */

static size_t
unpaired_run(const int *partners, size_t from, size_t count)
{
	size_t end = from;

	while (end < count && partners[end] == PAIRING_NONE)
		end++;
	return end - from;
}

static void
add_causes(struct file *file, const struct diff_edit *edit)
{
	struct line_range disk = lines_from(file->disk, edit->before, edit->gone);
	struct line_range ours = lines_from(file->ours, edit->after, edit->come);
	const int *partners = pairing_find(file->finder->arena, disk, ours);
	size_t next = 0; /* line of the disk */

	for (size_t i = 0; i <= ours.count; i++) {
		size_t removed = unpaired_run(partners, i, ours.count);
		size_t partner;

		if (removed > 0)
			add_removed(file, edit->after + i, removed);
		i += removed;
		partner = i < ours.count ? (size_t)partners[i] : disk.count;
		/* what was put in the place of removed lines is no addition of its own */
		if (removed == 0 && next < partner)
			add_added(file, lines_from(disk, next, partner - next), edit->after + i);
		next = partner + 1;
		if (i < ours.count && !str_eq(ours.lines[i], disk.lines[partner]))
			add_changed(file, edit->after + i, disk.lines[partner]);
	}
}

static void
start_hunk(struct file *file, struct drift_hunk *hunk, const struct diff_edit *edit)
{
	*hunk = (struct drift_hunk){
		.disk_line = (uint32_t)(edit->gone > 0 ? edit->before + 1 : edit->before),
		.disk_count = (uint32_t)edit->gone,
		.our_line = (uint32_t)(edit->come > 0 ? edit->after + 1 : edit->after),
		.our_count = (uint32_t)edit->come,
	};
	file->hunk = hunk;
	file->capacity = 0;
	map_init(&file->seen, file->finder->arena);
}

/*
 * The provenance of a file of which the output is but a part: region_text leaves out the comment
 * at its start, and the rest is the same bytes, further down or up. NULL: they are not found.
 */
static const struct provenance *
moved(struct arena *arena, const struct output *output, struct str file)
{
	struct provenance *provenance = ARENA_NEW(arena, struct provenance);
	struct provenance_mark *marks;
	struct region_fault fault;
	struct region region;
	struct str body;
	size_t from, to;

	if (region_find(file, &region, &fault) != REGION_FOUND || region.text.len < 2)
		return NULL;
	body = str_slice(region.text, 1, region.text.len - 2);
	if (!str_has_suffix(output->content, body))
		return NULL;
	from = output->content.len - body.len;
	to = region.head.len + 1;
	marks = ARENA_ARRAY(arena, output->provenance->count, struct provenance_mark);
	*provenance = *output->provenance;
	provenance->marks = marks;
	provenance->count = 0;
	for (size_t i = 0; i < output->provenance->count; i++) {
		struct provenance_mark mark = output->provenance->marks[i];

		if (mark.from < from)
			continue;
		mark.from = (uint32_t)(mark.from - from + to);
		mark.to = (uint32_t)(mark.to - from + to);
		marks[provenance->count++] = mark;
	}
	return provenance;
}

/* What shall stand there, as an output of its own. The manifest, and what is no longer asked for,
 * come from no place in the spec. */
static struct output
whole_of(struct arena *arena, const struct change *change)
{
	struct output whole = {0};

	if (change->output != NULL)
		whole = *change->output;
	if (change->is_region && whole.provenance != NULL)
		whole.provenance = moved(arena, &whole, change->after);
	whole.path = change->path;
	whole.content = change->after;
	return whole;
}

static void
find_hunks(struct finder *finder, const struct change *change, struct drift_file *drift)
{
	struct arena *arena = finder->arena;
	const struct output whole = whole_of(arena, change);
	const struct output *output = &whole;
	struct file file = {.finder = finder, .output = output};
	struct str none = {NULL, 0};
	const struct diff_edit *edits =
		diff_edits(arena, change->before, output->content, &drift->hunk_count);

	drift->hunks = ARENA_ARRAY(arena, drift->hunk_count, struct drift_hunk);
	file.has_header =
		change->output != NULL && str_has_prefix(change->output->content, STR(PLAN_HEADER));
	if (output->provenance != NULL)
		provenance_index_init(&file.index, arena, output->provenance);
	file.disk = split_lines(arena, change->before);
	file.ours = split_lines(arena, output->content);
	for (size_t i = 0; i < drift->hunk_count; i++) {
		start_hunk(&file, &drift->hunks[i], &edits[i]);
		if (output->provenance == NULL)
			continue;
		if (change->existed) {
			struct diff_edit edit = settled(&file, edits, i, drift->hunk_count);

			add_causes(&file, &edit);
		} else {
			add_cause(&file, find_key(&file, output->origin), none, none);
		}
	}
}

void
drift_find(struct arena *arena, const struct plan *plan, struct drift *drift)
{
	struct finder finder = {.arena = arena};

	*drift = (struct drift){ARENA_ARRAY(arena, plan->count, struct drift_file), 0};
	for (size_t i = 0; i < plan->count; i++) {
		const struct change *change = &plan->changes[i];

		if (change->kind == CHANGE_KEEP)
			continue;
		drift->files[drift->count] = (struct drift_file){.change = change};
		if (change->kind != CHANGE_LEAVE && refusal_is_comparable(change->refusal))
			find_hunks(&finder, change, &drift->files[drift->count]);
		drift->count++;
	}
}

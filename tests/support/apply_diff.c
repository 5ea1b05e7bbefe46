#include "apply_diff.h"

struct hunk {
	size_t old_start, old_count;
	size_t new_start, new_count;
};

static struct str
take_line(struct str *rest)
{
	struct str line = str_slice(*rest, 0, str_find(*rest, '\n') + 1);

	*rest = str_after(*rest, line.len);
	return line;
}

static bool
take_text(struct str *rest, const char *text)
{
	if (!str_has_prefix(*rest, str_from(text)))
		return false;
	*rest = str_after(*rest, str_from(text).len);
	return true;
}

static bool
take_number(struct str *rest, size_t *number)
{
	size_t len = 0;

	*number = 0;
	while (len < rest->len && len < 12 && rest->at[len] >= '0' && rest->at[len] <= '9')
		*number = *number * 10 + (size_t)(rest->at[len++] - '0');
	*rest = str_after(*rest, len);
	return len > 0;
}

static bool
take_range(struct str *rest, size_t *start, size_t *count)
{
	*count = 1;
	return take_number(rest, start) && (!take_text(rest, ",") || take_number(rest, count));
}

static bool
take_hunk_head(struct str *rest, struct hunk *hunk, bool reverse)
{
	struct hunk read;

	if (!take_text(rest, "@@ -") || !take_range(rest, &read.old_start, &read.old_count) ||
	    !take_text(rest, " +") || !take_range(rest, &read.new_start, &read.new_count) ||
	    !take_text(rest, " @@\n"))
		return false;
	*hunk = read;
	if (reverse)
		*hunk = (struct hunk){read.new_start, read.new_count, read.old_start,
				      read.old_count};
	return true;
}

/* Copies what stands before the hunk. */
static bool
reach(const struct hunk *hunk, struct str *before, size_t *old_line, struct buf *after,
      size_t *new_line)
{
	size_t start = hunk->old_count == 0 ? hunk->old_start + 1 : hunk->old_start;
	size_t new_start = hunk->new_count == 0 ? hunk->new_start + 1 : hunk->new_start;

	for (; *old_line < start; (*old_line)++, (*new_line)++) {
		if (before->len == 0)
			return false;
		buf_add(after, take_line(before));
	}
	return *old_line == start && *new_line == new_start;
}

static const char *
apply_line(struct str *diff, struct hunk *hunk, bool reverse, struct str *before, struct buf *after)
{
	struct str line = take_line(diff);
	char sign = '\0';

	if (line.len > 0)
		sign = line.at[0];
	if (reverse && sign == '-')
		sign = '+';
	else if (reverse && sign == '+')
		sign = '-';
	if (!str_has_suffix(line, STR("\n")))
		return "cut off";
	line = str_after(line, 1);
	if (take_text(diff, "\\ No newline at end of file\n"))
		line.len--;
	if (sign != ' ' && sign != '-' && sign != '+')
		return "unknown line";
	if (sign != '+') {
		if (hunk->old_count-- == 0 || !str_eq(take_line(before), line))
			return "context does not fit";
	}
	if (sign != '-') {
		if (hunk->new_count-- == 0)
			return "too many lines";
		buf_add(after, line);
	}
	return NULL;
}

const char *
apply_diff(struct str diff, struct str before, bool reverse, struct buf *after)
{
	size_t old_line = 1;
	size_t new_line = 1;

	while (diff.len > 0 && !str_has_prefix(diff, STR("@@ ")))
		take_line(&diff);
	while (diff.len > 0) {
		struct hunk hunk;

		if (!take_hunk_head(&diff, &hunk, reverse))
			return "malformed hunk";
		if (!reach(&hunk, &before, &old_line, after, &new_line))
			return "wrong position";
		old_line += hunk.old_count;
		new_line += hunk.new_count;
		while (hunk.old_count > 0 || hunk.new_count > 0) {
			const char *wrong = apply_line(&diff, &hunk, reverse, &before, after);

			if (wrong != NULL)
				return wrong;
		}
	}
	buf_add(after, before);
	return NULL;
}

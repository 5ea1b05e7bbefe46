#include "cli/report.h"

#include <errno.h>
#include <unistd.h>

#include "cli/report_format.h"

static int
write_all(int descriptor, struct str text)
{
	ssize_t written;

	while (text.len > 0) {
		written = write(descriptor, text.at, text.len);
		if (written < 0 && errno != EINTR)
			return errno;
		if (written > 0)
			text = str_after(text, (size_t)written);
	}
	return 0;
}

bool
report_colour(const struct invocation *invocation, int descriptor)
{
	const char *no_color;
	const char *terminal;

	if (invocation->common.color != COLOR_AUTO)
		return invocation->common.color == COLOR_ALWAYS;
	no_color = getenv("NO_COLOR");
	if (no_color != NULL && no_color[0] != '\0')
		return false;
	terminal = getenv("TERM");
	if (terminal == NULL || str_is(str_from(terminal), "dumb"))
		return false;
	return isatty(descriptor) == 1;
}

enum exit_code
report(struct invocation *invocation, enum exit_code code)
{
	struct diags *diags = invocation->run.diags;
	struct span nowhere = {0};
	struct str summary;
	struct buf text;
	int error;

	if (invocation->common.format != FORMAT_TEXT)
		report_format(invocation, code);
	error = write_all(STDOUT_FILENO, buf_str(&invocation->out));
	if (error != 0)
		code = EXIT_ENVIRONMENT;
	/* A reader that has seen enough needs no message. */
	if (error != 0 && error != EPIPE)
		diag_add(diags, DIAG_STDOUT_FAILED, nowhere, "cannot write to standard output: %s",
			 strerror(error));
	buf_init(&text, invocation->run.arena);
	if (diags->count > 0) {
		diags_sort(diags);
		diags_print_text(diags, &text, report_colour(invocation, STDERR_FILENO));
		summary = diags_summary(diags, invocation->run.arena);
		buf_printf(&text, "found %.*s\n", STR_ARG(summary));
	}
	buf_add(&text, buf_str(&invocation->err));
	/* Where even that fails, the exit code is all that can be said. */
	(void)write_all(STDERR_FILENO, buf_str(&text));
	return code;
}

enum exit_code
report_no_memory(void)
{
	(void)write_all(STDERR_FILENO, STR("error: out of memory\n"));
	return EXIT_ENVIRONMENT;
}

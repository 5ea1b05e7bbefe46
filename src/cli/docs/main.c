/* bzlmodgen-docs DIR: writes the reference pages that are made from tables into DIR. A tool of the
 * build, see scripts/docs; not installed. */
#include "cli/docs/pages.h"

static const size_t memory_limit = (size_t)256 << 20;

static const struct page {
	const char *name;
	void (*make)(struct arena *arena, struct buf *out);
} pages[] = {
	{"cli.md", page_markdown},
	{"bzlmodgen.1", page_manual},
	{"spec.md", bzlmodgen_spec_markdown},
	{"diagnostics.md", bzlmodgen_diagnostics_markdown},
	{"facts.md", bzlmodgen_facts_markdown},
};

static bool
write_page(struct arena *arena, const char *directory, const struct page *page)
{
	struct str path = arena_printf(arena, "%s/%s", directory, page->name);
	struct buf text;
	FILE *file;
	bool written;

	buf_init(&text, arena);
	page->make(arena, &text);
	file = fopen(path.at, "w");
	if (file == NULL) {
		perror(path.at);
		return false;
	}
	written = fwrite(text.at, 1, text.len, file) == text.len;
	written = fclose(file) == 0 && written;
	if (!written)
		perror(path.at);
	return written;
}

static int
write_pages(struct arena *arena, const char *directory)
{
	struct buf faults;
	jmp_buf escape;
	size_t i;

	if (setjmp(escape) != 0) {
		(void)fputs("out of memory\n", stderr);
		return EXIT_FAILURE;
	}
	arena_init(arena, memory_limit, &escape);
	buf_init(&faults, arena);
	if (!rows_check(&faults)) {
		(void)fprintf(stderr, "%.*s", STR_ARG(buf_str(&faults)));
		return EXIT_FAILURE;
	}
	for (i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		if (!write_page(arena, directory, &pages[i]))
			return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	struct arena arena;
	int code;

	if (argc != 2) {
		(void)fputs("usage: bzlmodgen-docs DIR\n", stderr);
		return EXIT_FAILURE;
	}
	code = write_pages(&arena, argv[1]);
	arena_free(&arena);
	return code;
}

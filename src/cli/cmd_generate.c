#include "cli/changes.h"
#include "cli/drift.h"
#include "cli/spec_file.h"

struct generate_options {
	bool dry_run;
	bool check;
	struct words force;
	struct words region;
};

static const struct option_row rows[] = {
	{"dry-run", 'n', OPTION_FLAG, NULL, "print what would be done; exit 1 if anything would",
	 offsetof(struct generate_options, dry_run)},
	{"check", 0, OPTION_FLAG, NULL, "the same as 'bzlmodgen check'",
	 offsetof(struct generate_options, check)},
	{"force", 0, OPTION_LIST, "PATH...", "take over these files, whatever they hold",
	 offsetof(struct generate_options, force)},
	{"region", 0, OPTION_LIST, "PATH...", "share these files: add markers, own what is between",
	 offsetof(struct generate_options, region)},
	{0},
};

/* "./BUILD.bazel" is how shells and people spell a path at times; the plan does not. */
static void
strip_dots(const struct words *paths)
{
	for (size_t i = 0; i < paths->count; i++) {
		while (str_has_prefix(paths->at[i], STR("./")))
			paths->at[i] = str_after(paths->at[i], 2);
	}
}

/* NULL: the options can be used together. */
static const char *
contradiction(const struct generate_options *options)
{
	const struct words *force = &options->force;
	const struct words *region = &options->region;

	if (options->check && (options->dry_run || force->count > 0 || region->count > 0))
		return "'--check' goes with no other option";
	for (size_t i = 0; i < force->count * region->count; i++) {
		if (str_eq(force->at[i % force->count], region->at[i / force->count]))
			return "'--force' and '--region' name the same file";
	}
	return NULL;
}

static enum exit_code
run(struct invocation *invocation)
{
	const struct generate_options *options = invocation->options;
	struct plan_wishes wishes = {options->force.at, options->force.count, options->region.at,
				     options->region.count};
	const char *problem;
	struct outputs outputs;
	struct plan plan;
	enum exit_code code;

	strip_dots(&options->force);
	strip_dots(&options->region);
	problem = contradiction(options);
	if (problem != NULL)
		return usage_error(invocation, str_from(problem), STR(""));
	if (options->check)
		return drift_show(invocation, DRIFT_REPORT);
	code = spec_file_outputs(invocation, &outputs);
	if (code != EXIT_DONE)
		return code;
	if (!bzlmodgen_plan(&invocation->run, &outputs, &wishes, &plan))
		return changes_blame(invocation->run.diags);
	return options->dry_run ? changes_preview(invocation, &plan)
				: changes_apply(invocation, &plan);
}

const struct command cmd_generate = {
	.name = "generate",
	.summary = "write the files that the spec asks for",
	.text = "Compares the spec's outputs with the files on disk, then creates and updates\n"
		"what differs, and deletes what the spec no longer asks for; a file that is\n"
		"right already is not touched. 'bzlmodgen.lock.json' lists what bzlmodgen wrote;\n"
		"it belongs into version control. A file that bzlmodgen did not write, or that\n"
		"was changed since, is never overwritten: nothing at all is written then, and\n"
		"the exit code is 4. --force takes over the files it names, by their paths as\n"
		"--dry-run shows them, and no other. --region appends the lines\n"
		"'# bzlmodgen:begin' and '# bzlmodgen:end' to a file of your own; what stands\n"
		"between them is bzlmodgen's, and the rest stays yours. All files are staged\n"
		"before the first one is replaced, so that a failure on the way leaves the tree\n"
		"as it was; after a kill, run it again.",
	.example = "bzlmodgen generate\n"
		   "bzlmodgen generate --dry-run\n"
		   "bzlmodgen generate --force BUILD.bazel build/BUILD.bazel\n"
		   "bzlmodgen generate --region BUILD.bazel\n",
	.options = rows,
	.options_size = sizeof(struct generate_options),
	.run = run,
};

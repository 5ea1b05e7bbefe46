#include "cli/spec_file.h"

struct facts_options {
	const char *only;
};

static const struct option_row rows[] = {
	{"only", 0, OPTION_TEXT, "KEY", "print this top-level member alone",
	 offsetof(struct facts_options, only)},
	{0},
};

static enum exit_code
run(struct invocation *invocation)
{
	const struct facts_options *options = invocation->options;
	const struct facts *facts;
	const struct spec *spec;
	struct str only = {0};
	struct str name;
	struct str text;
	enum exit_code code;

	if (options->only != NULL)
		only = str_from(options->only);
	if (options->only != NULL && only.len == 0)
		return usage_error(invocation, STR("'--only' needs a key"), only);
	code = spec_file_open(invocation, &name, &text);
	if (code != EXIT_DONE)
		return code;
	if (!bzlmodgen_load(&invocation->run, name, text, &spec) ||
	    !bzlmodgen_resolve(&invocation->run, spec, &facts))
		return EXIT_SPEC;
	if (!bzlmodgen_facts_json(&invocation->run, facts, only, &invocation->out))
		return EXIT_USAGE;
	return EXIT_DONE;
}

const struct command cmd_facts = {
	.name = "facts",
	.summary = "print what the spec means, as JSON",
	.text = "Prints the model that templates see: the spec with every default, label,\n"
		"triple and version filled in. Writes nothing.",
	.example = "bzlmodgen facts --only platforms\n",
	.options = rows,
	.options_size = sizeof(struct facts_options),
	.run = run,
};

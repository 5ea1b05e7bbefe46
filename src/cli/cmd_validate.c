#include "cli/report_format.h"
#include "cli/spec_file.h"

static enum exit_code
run(struct invocation *invocation)
{
	struct outputs outputs;
	struct str name;
	struct str text;
	enum exit_code code = spec_file_open(invocation, &name, &text);

	if (code != EXIT_DONE)
		return code;
	if (!bzlmodgen_outputs(&invocation->run, name, text, &outputs))
		return EXIT_SPEC;
	report_of_spec(invocation);
	buf_printf(&invocation->out, "%.*s is valid\n", STR_ARG(name));
	return EXIT_DONE;
}

const struct command cmd_validate = {
	.name = "validate",
	.summary = "check the spec alone",
	.text = "Reads the spec and reports every mistake in it, each with its place, a code\n"
		"that 'bzlmodgen explain' knows, and a suggestion where there is one. Looks at\n"
		"no output and writes nothing. Exits 3 if the spec has errors; warnings alone\n"
		"are no failure.",
	.example = "bzlmodgen validate\n"
		   "bzlmodgen -f - validate < draft.yaml\n",
	.run = run,
};

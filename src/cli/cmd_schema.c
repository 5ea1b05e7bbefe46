#include "cli/command.h"

static enum exit_code
run(struct invocation *invocation)
{
	bzlmodgen_schema_json(invocation->run.arena, &invocation->out);
	return EXIT_DONE;
}

const struct command cmd_schema = {
	.name = "schema",
	.summary = "print the JSON Schema of the spec, for editors",
	.text = "Prints a JSON Schema (draft-07) of bzlmodgen.yaml with descriptions and\n"
		"defaults. Editors that speak to a YAML language server complete and check the\n"
		"spec with it, if the spec's first line is\n"
		"'# yaml-language-server: $schema=bzlmodgen.schema.json'.",
	.example = "bzlmodgen schema > bzlmodgen.schema.json\n",
	.run = run,
};

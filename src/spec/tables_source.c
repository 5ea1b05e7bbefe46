#include "spec/tables_source.h"

#include "catalogue/catalogue.h"
#include "spec/spec.h"

static const struct attribute *const no_attributes[] = {NULL};

/* What may be the first key of a target besides the rules of the catalogue. */
static const struct schema_rule other_rules[] = {
	{.name = "rule",
	 .doc = "Any other rule, called with what `attrs` says.",
	 .attributes = no_attributes,
	 .value = ATTRIBUTE_STRING,
	 .value_doc = "Name of the rule.",
	 .keys = FIELD_OF_FOREIGN,
	 .required = "name"},
	{.name = "exports_files",
	 .doc = "Lets other packages name files of this one.",
	 .attributes = no_attributes,
	 .value = ATTRIBUTE_LABEL_LIST,
	 .value_doc = "The files.",
	 .keys = FIELD_OF_EXPORTS},
};
enum { OTHER_RULES = sizeof(other_rules) / sizeof(other_rules[0]) };

struct schema_source
spec_tables_source(struct arena *arena)
{
	const struct rule *rules = catalogue_rules();
	struct schema_rule *copies;
	size_t count = 0;

	while (rules[count].name != NULL)
		count++;
	copies = ARENA_ARRAY(arena, count + OTHER_RULES + 1, struct schema_rule);
	for (size_t i = 0; i < count; i++) {
		copies[i] = (struct schema_rule){
			.name = rules[i].name,
			.doc = rules[i].doc,
			.attributes = rules[i].attributes,
			.module = rules[i].module,
			.since = rules[i].since,
			.last = rules[i].last,
			.value = ATTRIBUTE_STRING,
			.value_doc = "Name of the target.",
			.keys = FIELD_OF_RULE,
		};
	}
	for (size_t i = 0; i < OTHER_RULES; i++)
		copies[count + i] = other_rules[i];
	return (struct schema_source){
		.root = &spec_type,
		.rules = copies,
		.target = &spec_target_type,
		.id = "bzlmodgen.schema.json",
	};
}

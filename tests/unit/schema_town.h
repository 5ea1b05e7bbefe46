/* A small schema with a record, a map of targets, and rules that share attributes. */
#ifndef UNIT_SCHEMA_TOWN_H
#define UNIT_SCHEMA_TOWN_H

#include "schema_run.h"

static const struct shape shape_garden_targets = {
	"a list of targets",
	"{\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/target\"}}",
	true,
};

struct yard {
	struct record record;
	const struct node *targets;
};

static const struct field yard_fields[] = {
	{MEMBER(yard, targets), .kind = FIELD_NODE, .shape = &shape_garden_targets,
	 .doc = "What is built."},
	LAST,
};
static const struct record_type yard_type = {
	.name = "a yard",
	.size = sizeof(struct yard),
	.fields = yard_fields,
	.shorthand = "targets",
	.doc = "Where it is built.",
};

struct town {
	struct record record;
	struct list houses;
	struct list yards;
	struct list names;
};

static const struct field town_fields[] = {
	{MEMBER(town, houses), .kind = FIELD_LIST, .of = &house_type, .flags = FIELD_REQUIRED,
	 .doc = "All houses."},
	{MEMBER(town, yards), .kind = FIELD_MAP, .of = &yard_type, .doc = "All yards."},
	{MEMBER(town, names), .kind = FIELD_MAP, .of = &pet_type, .doc = "Paths, perhaps."},
	LAST,
};
static const struct record_type town_type = {
	.name = "the town",
	.size = sizeof(struct town),
	.fields = town_fields,
	.doc = "All there is.",
};

static const struct field every_target[] = {
	{.name = "name", .kind = FIELD_TEXT, .flags = FIELD_OF_FOREIGN, .doc = "The name."},
	{.name = "comment",
	 .kind = FIELD_TEXT,
	 .flags = FIELD_OF_RULE | FIELD_OF_FOREIGN,
	 .doc = "A comment."},
	LAST,
};
static const struct record_type target_type = {
	.name = "a target",
	.size = sizeof(struct record),
	.fields = every_target,
	.doc = "A target.",
};

static const struct attribute shared[] = {
	{"name", ATTRIBUTE_STRING, ATTRIBUTE_FIXED, .doc = "Hidden by the key."},
	{"tags", ATTRIBUTE_STRING_LIST, ATTRIBUTE_FIXED, .doc = "Words."},
	{0},
};
static const struct attribute of_shed[] = {
	{"size", ATTRIBUTE_INT, .values = "1|2", .doc = "How big."},
	{"walls", ATTRIBUTE_LABEL_LIST, ATTRIBUTE_REQUIRED, .doc = "Its walls."},
	{0},
};
static const struct attribute of_tree[] = {
	{"owner", ATTRIBUTE_LABEL_LIST, ATTRIBUTE_VISIBILITY, .doc = "Whose it is."},
	{0},
};
static const struct attribute *const shed_groups[] = {of_shed, shared, NULL};
static const struct attribute *const tree_groups[] = {shared, of_tree, NULL};
static const struct attribute *const no_groups[] = {NULL};

static const struct schema_rule rules[] = {
	{.name = "shed",
	 .doc = "A shed.",
	 .attributes = shed_groups,
	 .module = "rules_shed",
	 .since = "1.2.0",
	 .value = ATTRIBUTE_STRING,
	 .value_doc = "Name of the target.",
	 .keys = FIELD_OF_RULE},
	{.name = "tree",
	 .doc = "A tree.",
	 .attributes = tree_groups,
	 .value = ATTRIBUTE_STRING,
	 .value_doc = "Name of the target.",
	 .keys = FIELD_OF_RULE},
	{.name = "rule",
	 .doc = "Any rule.",
	 .attributes = no_groups,
	 .value = ATTRIBUTE_STRING,
	 .value_doc = "Name of the rule.",
	 .keys = FIELD_OF_FOREIGN,
	 .required = "name"},
	{.name = NULL},
};

static const struct schema_source town = {&town_type, rules, &target_type, "town.json"};

#endif

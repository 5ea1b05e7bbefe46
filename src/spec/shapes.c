#include "spec/shapes.h"

#define TEXT "{\"type\": \"string\", \"minLength\": 1}"
#define TEXTS "{\"type\": \"array\", \"items\": " TEXT "}"

const struct shape shape_attributes = {
	"a mapping from attributes to values",
	"{\"type\": \"object\", \"propertyNames\": {\"pattern\": \"^[A-Za-z_][A-Za-z0-9_]*$\"}}",
	false,
};

const struct shape shape_crates = {
	"a list of crates, a mapping from hubs to such lists, `all`, or a mapping with the key "
	"`all`",
	"{\"anyOf\": [" TEXTS ", {\"const\": \"all\"},"
	" {\"type\": \"object\", \"required\": [\"all\"], \"additionalProperties\": false,"
	" \"properties\": {\"all\": {\"type\": \"array\", \"items\": {\"enum\": [\"normal\","
	" \"normal_dev\", \"proc_macro\", \"proc_macro_dev\", \"build\", \"build_proc_macro\"]}},"
	" \"aliases\": {\"type\": \"boolean\"}}},"
	" {\"type\": \"object\", \"not\": {\"required\": [\"all\"]},"
	" \"additionalProperties\": " TEXTS "}]}",
	false,
};

const struct shape shape_repositories = {
	"a list of repository names, or of mappings from one's own name to the extension's",
	"{\"type\": \"array\", \"items\": {\"anyOf\": [" TEXT
	", {\"type\": \"object\", \"minProperties\": 1, \"additionalProperties\": " TEXT "}]}}",
	false,
};

const struct shape shape_tags = {
	"a list of mappings, each from a tag to its attributes",
	"{\"type\": \"array\", \"items\": {\"type\": \"object\", \"minProperties\": 1,"
	" \"maxProperties\": 1, \"additionalProperties\": {\"type\": \"object\"}}}",
	false,
};

const struct shape shape_targets = {
	"a list of targets",
	"{\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/target\"}}",
	true,
};

const struct shape shape_visibility = {
	"`public`, `private`, or a list of labels",
	"{\"anyOf\": [{\"enum\": [\"public\", \"private\"]}, " TEXTS "]}",
	false,
};

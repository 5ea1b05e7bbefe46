#include "yaml/yaml.h"

const struct yaml_limits yaml_default_limits = {
	.bytes = (size_t)64 * 1024 * 1024,
	.depth = 64,
	.nodes = (size_t)8 * 1000 * 1000,
	.scalar = (size_t)1024 * 1024,
};

const struct node *
node_get(const struct node *mapping, struct str key)
{
	for (size_t i = 0; i < mapping->count; i += 2) {
		if (str_eq(mapping->children[i].text, key))
			return &mapping->children[i + 1];
	}
	return NULL;
}

bool
node_is_null(const struct node *node)
{
	if (node->kind != NODE_SCALAR || node->style != NODE_PLAIN)
		return false;
	return node->text.len == 0 || str_is(node->text, "~") || str_is(node->text, "null");
}

const char *
node_kind_name(const struct node *node)
{
	switch (node->kind) {
	case NODE_SCALAR:
		return "text";
	case NODE_SEQUENCE:
		return "a list";
	case NODE_MAPPING:
		return "a mapping";
	}
	return "nothing";
}

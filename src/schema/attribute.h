/*
 * Attributes of rules, tags and directives: the rows that the catalogue is made of. They stand in
 * this stage and not in the catalogue, since decoding, JSON Schema, `explain` and the
 * documentation all read them.
 */
#ifndef SCHEMA_ATTRIBUTE_H
#define SCHEMA_ATTRIBUTE_H

enum attribute_type {
	ATTRIBUTE_ANY, /* unchecked */
	ATTRIBUTE_STRING,
	ATTRIBUTE_BOOL,
	ATTRIBUTE_INT,
	ATTRIBUTE_LABEL,
	ATTRIBUTE_STRING_LIST,
	ATTRIBUTE_LABEL_LIST,
	ATTRIBUTE_STRING_DICT, /* text to text */
	ATTRIBUTE_STRING_LIST_DICT, /* text to list of text */
	ATTRIBUTE_LABEL_STRING_DICT, /* label to text */
	ATTRIBUTE_STRING_LABEL_DICT, /* text to label */
	ATTRIBUTE_INT_LIST,
};

enum attribute_flags {
	ATTRIBUTE_REQUIRED = 1 << 0,
	ATTRIBUTE_FIXED = 1 << 1, /* takes no select() */
	ATTRIBUTE_OUTPUT = 1 << 2, /* names files that the rule makes (genrule's outs) */
	ATTRIBUTE_IN_PACKAGE = 1 << 3, /* labels must be of the same package */
	ATTRIBUTE_VISIBILITY = 1 << 4, /* takes `public` and `private` as well */
};

struct attribute {
	const char *name;
	enum attribute_type type;
	unsigned flags;
	const char *since; /* first version of the module that has it; NULL: all we know */
	const char *last; /* last version that has it; NULL: still there */
	const char *values; /* "a|b|c": nothing else is accepted; NULL: anything */
	const char *doc; /* one sentence, own words, never NULL */
};

/* "a list of labels": for messages and documentation. */
const char *attribute_type_name(enum attribute_type type);

#endif

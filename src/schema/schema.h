/*
 * Field tables: one row for every key of the spec. A row gives decoding, checks, JSON Schema,
 * `explain`, the documentation and, for facts, the name that templates use. Nothing else in the
 * program lists key names.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "schema/attribute.h"
#include "yaml/yaml.h"

/* ---- what decoding fills in ---- */

/* A scalar as written. Not given: an empty string, or the row's default, without a source. */
struct text {
	struct str str;
	struct span span;
};

struct flag {
	bool is_on;
	bool is_given;
	struct span span;
};

struct number {
	long long value;
	bool is_given;
	struct span span;
};

/* The index of the word in the row's `values`. */
struct choice {
	int index;
	bool is_given;
	struct span span;
};

struct texts {
	struct text *items;
	size_t count;
	bool is_given;
	struct span span;
};

/* Records, in the order of the spec. */
struct list {
	void **items;
	size_t count;
	bool is_given;
	bool is_broken; /* a mistake was recorded in it */
	bool has_lost; /* not all that was written is in it, nor may any of it be */
	struct span span;
};

/* A key that the record's table does not name, for an open record. */
struct given {
	struct text key;
	const struct node *value;
};

/* Stands first in every struct that a record_type describes. */
struct record {
	struct span span; /* of the value */
	struct text key; /* of an entry of a map: its key; else the key that holds the record */
	const struct node *node;
	struct given *rest; /* see record_type.rest */
	size_t rest_count;
	/* For stages that want to know whether what is missing may be due to a mistake. */
	const struct record_type *type;
	bool is_broken; /* a mistake was recorded in it or below it */
	bool has_unknown; /* among them a key that is like no other */
	uint64_t meant; /* rows that other unknown keys are like */
};

static inline bool
text_is_given(struct text text)
{
	return text.span.source != NULL;
}

/* ---- tables ---- */

enum field_kind {
	FIELD_TEXT, /* struct text */
	FIELD_BOOL, /* struct flag */
	FIELD_INT, /* struct number */
	FIELD_CHOICE, /* struct choice */
	FIELD_TEXTS, /* struct texts: a list of scalars */
	FIELD_RECORD, /* pointer to a struct of type `of`; NULL where not given */
	FIELD_LIST, /* struct list of records of type `of` */
	FIELD_MAP, /* struct list of records of type `of`, their key filled in */
	FIELD_NODE, /* const struct node *: read by a later stage */
	FIELD_VALUE, /* facts only: const struct value * */
};

enum field_flags {
	FIELD_REQUIRED = 1 << 0,
	FIELD_MANY = 1 << 1, /* FIELD_MAP: an entry may be a list of records, too */
	/* Of the keys of targets: what they go with. */
	FIELD_OF_RULE = 1 << 2, /* a rule of the catalogue */
	FIELD_OF_FOREIGN = 1 << 3, /* `rule: NAME` */
	FIELD_OF_EXPORTS = 1 << 4, /* `exports_files` */
};

/* What a text has to look like. */
struct form {
	const char *what; /* "a module version, such as 1.2.3" */
	bool (*fits)(struct str text);
	const char *pattern; /* regular expression for editors; NULL where there is no simple one */
};

/* What a node that a later stage reads has to look like; for editors and documentation alone. */
struct shape {
	const char *what; /* "a list of targets" */
	const char *json; /* its JSON Schema; may refer to #/definitions/target */
	bool has_targets; /* each item of the list is a target */
};

struct record_type;

struct field {
	const char *name;
	enum field_kind kind;
	size_t offset; /* of the member in the record's struct */
	unsigned flags;
	const struct record_type *of;
	const char *values; /* FIELD_CHOICE: "file|segment" */
	const struct form *form; /* of a text, of each item of texts, of each key of a map */
	const struct shape *shape; /* FIELD_NODE; NULL: anything */
	const char *fallback; /* the default as YAML text; NULL: none */
	const char *doc; /* what it means; never NULL in the spec's tables */
	const char *example; /* YAML */
};

struct record_type {
	const char *name; /* "module": for messages and as the name of its definition */
	size_t size;
	const struct field *fields; /* ended by a NULL name */
	/* The field that anything but a mapping stands for: `serde: "1.0"`. NULL: none. */
	const char *shorthand;
	/* Further keys are allowed and kept in record.rest; these are their rows (ended by a NULL
	 * name), for checks by the stage that knows the version. NULL: no further keys. */
	const struct attribute *(*rest)(void);
	/* "package|name": rows of `rest` that are filled in and cannot be written; NULL: none. */
	const char *filled;
	const char *hint; /* help where the value has the wrong shape; NULL: none */
	const char *doc;
};

/* ---- decoding ---- */

struct decoder {
	struct arena *arena;
	struct diags *diags;
};

/*
 * Fills `record` (type->size zeroed bytes that start with a struct record) from a node. Every
 * mistake is recorded: unknown and missing keys, wrong kinds, values that do not fit. False: at
 * least one was. Members whose key was wrong keep their default.
 */
bool record_decode(const struct decoder *decoder, const struct record_type *type,
		   const struct node *node, struct text key, void *record);
/* Whether a key that the record does not have may be written there, only wrongly. */
bool record_may_mean(const struct record *record, const char *name);
/* The row of that name, or NULL. */
const struct field *record_field(const struct record_type *type, struct str name);
/* The index of the word in "a|b|c", or -1; and back (an empty string beyond the end). */
int choice_index(const char *values, struct str word);
struct str choice_word(const char *values, int index);
/* "text", "true or false", "a list of text": what the row accepts, for messages and docs. */
struct str field_kind_text(struct arena *arena, const struct field *field);

/* ---- values of attributes ---- */

/* How far a value may use Starlark's means. */
enum value_use {
	VALUE_USE_TAG, /* MODULE.bazel: literals only */
	VALUE_USE_TARGET, /* BUILD files: {glob}, {select}, {concat} as well */
};

/*
 * Reads a node as the value of an attribute: type, allowed words, label grammar, and that
 * select() is not used where the row forbids it. NULL: an error is recorded.
 */
const struct value *attribute_decode(const struct decoder *decoder, const struct attribute *row,
				     const struct node *node, enum value_use use);
/* Without a row: plain true/false are booleans, plain decimal numbers integers, all other scalars
 * text; lists and mappings accordingly. */
const struct value *value_decode(const struct decoder *decoder, const struct node *node,
				 enum value_use use);

/* ---- what else the tables give ---- */

/* What may stand as the first key of a target; most are rules. The catalogue provides them. */
struct schema_rule {
	const char *name;
	const char *doc;
	const struct attribute *const *attributes; /* groups, ended by NULL */
	const char *module; /* its ruleset; NULL: Bazel itself */
	const char *since, *last; /* versions of the ruleset that have it; NULL: all */
	enum attribute_type value; /* what stands behind the name ... */
	const char *value_doc; /* ... and what it means */
	unsigned keys; /* FIELD_OF_...: the keys of targets that go with it */
	const char *required; /* one of them that must be given; NULL: none */
};

struct schema_source {
	const struct record_type *root;
	const struct schema_rule *rules; /* ended by a NULL name */
	const struct record_type *target; /* keys that targets may have besides attributes */
	const char *id; /* of the JSON Schema */
};

/* JSON Schema (draft-07). Uses arena_defer. */
void schema_write_json(struct arena *arena, const struct schema_source *schema, struct buf *out);
/* The reference of all keys, rules and attributes. */
void schema_write_markdown(struct arena *arena, const struct schema_source *schema,
			   struct buf *out);
/*
 * Explains a key ("rust.versions", "rust_binary.srcs", "packages.rust_binary"). In a path through a
 * map the user's own name may stand or not: "crates.specs.version", "crates.specs.serde.version";
 * names as schema/keys.h gives them to places of a spec are understood as well.
 * False where there is no such key; *nearest is then one that may be meant, or empty.
 */
bool schema_explain(struct arena *arena, const struct schema_source *schema, struct str key,
		    struct buf *out, struct str *nearest);

#endif

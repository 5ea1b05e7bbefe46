/* What the texts of a spec have to look like; named in the field tables. */
#ifndef SPEC_FORMS_H
#define SPEC_FORMS_H

#include "schema/schema.h"

extern const struct form form_module_name;
extern const struct form form_version;
extern const struct form form_version_or_user;
extern const struct form form_repo_name;
extern const struct form form_repo_name_or_none;
extern const struct form form_compatibility;
extern const struct form form_label;
extern const struct form form_absolute_label;
extern const struct form form_pattern;
extern const struct form form_rust_version;
extern const struct form form_bazel_version;
extern const struct form form_date;
extern const struct form form_edition;
extern const struct form form_triple;
extern const struct form form_crate;
extern const struct form form_identifier;
extern const struct form form_proxy;
extern const struct form form_package;
extern const struct form form_rule_reference;
extern const struct form form_path;
extern const struct form form_requirement;
extern const struct form form_cargo_requirement;
extern const struct form form_not_empty;

#endif

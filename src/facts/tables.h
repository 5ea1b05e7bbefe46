/* The tables of the single facts. */
#ifndef FACTS_TABLES_H
#define FACTS_TABLES_H

#include "facts/facts.h"

extern const struct record_type fact_call_type;
extern const struct record_type fact_dep_type;
extern const struct record_type fact_rename_type;
extern const struct record_type fact_use_repo_type;
extern const struct record_type fact_extension_type;
extern const struct record_type fact_repository_rule_type;
extern const struct record_type fact_load_type;
extern const struct record_type fact_package_type;
extern const struct record_type fact_flag_type;
extern const struct record_type fact_layout_type;
extern const struct record_type fact_output_type;

#endif

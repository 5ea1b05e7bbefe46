/*
 * What the data files of this folder offer to each other. A rule is put together from groups of
 * attributes; the groups stand where their source is.
 */
#ifndef CATALOGUE_TABLES_H
#define CATALOGUE_TABLES_H

#include "catalogue/catalogue.h"

/*
 * native.c: attributes that Bazel itself gives to rules. Not every rule has every group:
 *                   all  metadata  compatible  exec  legacy
 * alias             x    x         x
 * config_setting    x    x                           x
 * constraint_*      x                                x
 * filegroup         x    x         x                 x
 * genrule           x    x         x           x     x
 * platform          x                                x
 * test_suite        x    x         x                 x
 * written in .bzl   x    x         x           x
 */
extern const struct attribute native_all[];
extern const struct attribute native_metadata[];
extern const struct attribute native_compatible[];
extern const struct attribute native_exec[];
extern const struct attribute native_legacy[];
extern const struct attribute native_executable[]; /* with a rule of `executable = True` */
extern const struct attribute native_test[]; /* with a rule of `test = True` */

#define NATIVE_STARLARK native_all, native_metadata, native_compatible, native_exec

/* Groups of one rule, ended by NULL. */
extern const struct attribute *const alias_attributes[];
extern const struct attribute *const config_setting_attributes[];
extern const struct attribute *const constraint_setting_attributes[];
extern const struct attribute *const constraint_value_attributes[];
extern const struct attribute *const filegroup_attributes[];
extern const struct attribute *const genrule_attributes[];
extern const struct attribute *const platform_attributes[];
extern const struct attribute *const test_suite_attributes[];

/* rules_rust.c */
extern const struct attribute *const cargo_build_script_attributes[];
extern const struct attribute *const extract_cargo_lints_attributes[];
extern const struct attribute *const rust_binary_attributes[];
extern const struct attribute *const rust_clippy_attributes[];
extern const struct attribute *const rust_clippy_test_attributes[];
extern const struct attribute *const rust_doc_attributes[];
extern const struct attribute *const rust_doc_test_attributes[];
extern const struct attribute *const rust_library_attributes[];
extern const struct attribute *const rust_library_group_attributes[];
extern const struct attribute *const rust_lint_config_attributes[];
extern const struct attribute *const rust_proc_macro_attributes[];
extern const struct attribute *const rust_shared_library_attributes[];
extern const struct attribute *const rust_static_library_attributes[];
extern const struct attribute *const rust_test_attributes[];
extern const struct attribute *const rust_test_suite_attributes[];
extern const struct attribute *const rustfmt_test_attributes[];

/* rules_pkg.c */
extern const struct attribute *const pkg_tar_attributes[];

/* rust_extensions.c, crate_universe.c: the tags of an extension, ended by a NULL name. */
extern const struct tag_class rust_tags[];
extern const struct tag_class rust_host_tools_tags[];
extern const struct tag_class crate_tags[];

#endif

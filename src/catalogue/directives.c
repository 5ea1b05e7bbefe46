/*
 * Source: ModuleFileGlobals.java of Bazel 8.0 (commit 05f1826d) and a run of Bazel 7.7.1, which
 * takes fewer parameters: no branch or tag in git_override, no sha256 in archive_override. The
 * arguments of package(): PackageArgs of Bazel 7.
 */
#include "catalogue/directives.h"

#include <stddef.h>
#include <string.h>

#define PATCHES                                                                    \
	{"patches",                                                                \
	 ATTRIBUTE_LABEL_LIST,                                                     \
	 0,                                                                        \
	 NULL,                                                                     \
	 NULL,                                                                     \
	 NULL,                                                                     \
	 "Patches of the root module, applied in their order."},                   \
		{"patch_cmds",                                                     \
		 ATTRIBUTE_STRING_LIST,                                            \
		 0,                                                                \
		 NULL,                                                             \
		 NULL,                                                             \
		 NULL,                                                             \
		 "Shell commands that run after the patches."},                    \
	{                                                                          \
		"patch_strip", ATTRIBUTE_INT, 0, NULL, NULL, NULL,                 \
			"Leading path components that are cut off in the patches." \
	}

static const struct attribute git_override[] = {
	{"remote", ATTRIBUTE_STRING, ATTRIBUTE_REQUIRED, NULL, NULL, NULL,
	 "URL of the git repository."},
	{"commit", ATTRIBUTE_STRING, 0, NULL, NULL, NULL, "Hash of the commit."},
	{"init_submodules", ATTRIBUTE_BOOL, 0, NULL, NULL, NULL,
	 "Whether submodules are fetched, too."},
	{"strip_prefix", ATTRIBUTE_STRING, 0, NULL, NULL, NULL,
	 "Folder of the repository that holds the module."},
	PATCHES,
	{0},
};

static const struct attribute archive_override[] = {
	{"urls", ATTRIBUTE_STRING_LIST, ATTRIBUTE_REQUIRED, NULL, NULL, NULL,
	 "URLs of the archive, tried in their order."},
	{"integrity", ATTRIBUTE_STRING, 0, NULL, NULL, NULL,
	 "Checksum of the archive as in Subresource Integrity."},
	{"strip_prefix", ATTRIBUTE_STRING, 0, NULL, NULL, NULL,
	 "Folder of the archive that holds the module."},
	PATCHES,
	{0},
};

static const struct attribute single_version_override[] = {
	{"version", ATTRIBUTE_STRING, 0, NULL, NULL, NULL,
	 "The version that the whole graph uses."},
	{"registry", ATTRIBUTE_STRING, 0, NULL, NULL, NULL,
	 "URL of the registry that has the module."},
	PATCHES,
	{0},
};

static const struct attribute multiple_version_override[] = {
	{"versions", ATTRIBUTE_STRING_LIST, ATTRIBUTE_REQUIRED, NULL, NULL, NULL,
	 "The versions that may stand side by side; at least two."},
	{"registry", ATTRIBUTE_STRING, 0, NULL, NULL, NULL,
	 "URL of the registry that has the module."},
	{0},
};

static const struct attribute package[] = {
	{"default_visibility", ATTRIBUTE_LABEL_LIST, ATTRIBUTE_FIXED | ATTRIBUTE_VISIBILITY, NULL,
	 NULL, NULL, "Visibility of targets that name none."},
	{"default_testonly", ATTRIBUTE_BOOL, ATTRIBUTE_FIXED, NULL, NULL, NULL,
	 "Whether targets are for tests only where they do not say."},
	{"default_deprecation", ATTRIBUTE_STRING, ATTRIBUTE_FIXED, NULL, NULL, NULL,
	 "Deprecation message of targets that have none."},
	{"default_package_metadata", ATTRIBUTE_LABEL_LIST, ATTRIBUTE_FIXED, NULL, NULL, NULL,
	 "Metadata, such as licences, that apply to all targets."},
	{"default_applicable_licenses", ATTRIBUTE_LABEL_LIST, ATTRIBUTE_FIXED, NULL, NULL, NULL,
	 "Older name of default_package_metadata."},
	{"features", ATTRIBUTE_STRING_LIST, ATTRIBUTE_FIXED, NULL, NULL, NULL,
	 "Toolchain features that all targets turn on or, with a leading '-', off."},
	{0},
};

const struct attribute *
directive_attributes(const char *directive)
{
	static const struct {
		const char *name;
		const struct attribute *rows;
	} directives[] = {
		{"archive_override", archive_override},
		{"git_override", git_override},
		{"multiple_version_override", multiple_version_override},
		{"package", package},
		{"single_version_override", single_version_override},
	};

	for (size_t i = 0; i < sizeof(directives) / sizeof(directives[0]); i++) {
		if (strcmp(directives[i].name, directive) == 0)
			return directives[i].rows;
	}
	return NULL;
}

/*
 * Sets of versions known to work together: each resolves without a warning about a pin that
 * another module lifts, and names nothing yanked (Bazel 7.7.1, registry snapshot of 2026-08-22).
 */
#include "catalogue/catalogue.h"

/*
 * protobuf stays below 35, which asks for Bazel 8. apple_support and toolchains_protoc: by a
 * computation over the registry, without a run of Bazel.
 */
static const struct pin pins_2026_08[] = {
	{"apple_support", "2.8.1"},
	{"aspect_bazel_lib", "2.22.5"},
	{"bazel_lib", "3.7.1"},
	{"bazel_skylib", "1.9.2"},
	{"hermetic_cc_toolchain", "4.3.0"},
	{"platforms", "1.1.0"},
	{"protobuf", "33.6"},
	{"rules_cc", "0.2.22"},
	{"rules_oci", "2.3.0"},
	{"rules_pkg", "1.3.0"},
	{"rules_proto", "7.1.0"},
	{"rules_rust", "0.73.0"},
	{"rules_rust_prost", "0.73.0"},
	{"rules_shell", "0.8.0"},
	{"tar.bzl", "0.10.8"},
	{"toolchains_llvm", "1.8.0"},
	{"toolchains_musl", "0.1.27.bcr.1"},
	{"toolchains_protoc", "0.6.1"},
	{0},
};

static const struct pin pins_2024_07[] = {
	{"apple_support", "1.15.1"},
	{"aspect_bazel_lib", "2.7.7"},
	{"bazel_skylib", "1.7.1"},
	{"platforms", "0.0.10"},
	{"protobuf", "27.1"},
	{"rules_oci", "1.7.6"},
	{"rules_pkg", "0.10.1"},
	{"rules_proto", "6.0.2"},
	{"rules_rust", "0.46.0"},
	{"toolchains_llvm", "1.0.0"},
	{"toolchains_musl", "0.1.16"},
	{"toolchains_protoc", "0.3.1"},
	{0},
};

static const struct catalogue_set sets[] = {
	{"2026-08", pins_2026_08, ">=7.7.1", "The newest versions that Bazel 7.7 takes."},
	{"2024-07", pins_2024_07, ">=7.0.0 <8.0.0",
	 "Versions of mid-2024, for projects that stay with Bazel 7 and rules_rust 0.46."},
	{0},
};

const struct catalogue_set *
catalogue_sets(void)
{
	return sets;
}

const struct catalogue_set *
catalogue_set(struct str name)
{
	if (name.len == 0)
		return &sets[0];
	for (const struct catalogue_set *set = sets; set->name != NULL; set++) {
		if (str_is(name, set->name))
			return set;
	}
	return NULL;
}

const char *
catalogue_pin(const struct catalogue_set *set, struct str module)
{
	for (const struct pin *pin = set->pins; pin->module != NULL; pin++) {
		if (str_is(module, pin->module))
			return pin->version;
	}
	return NULL;
}

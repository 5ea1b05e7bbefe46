/*
 * From a triple to constraints, as rust/platform/triple.bzl and triple_mappings.bzl of rules_rust
 * 0.46.0 to 0.73.0 do it. Where those name the constraint `None`, which no platform has, there is
 * no row here. The repository of the Apple constraints is called apple_support here, whatever
 * name rules_rust gives it (build_bazel_apple_support before 0.71.0).
 */
#include "catalogue/catalogue.h"

#define CPU(name) "@platforms//cpu:" name
#define OS(name) "@platforms//os:" name
#define WASI(preview) "@rules_rust//rust/platform:wasi_preview_" preview
#define APPLE(kind) "@apple_support//constraints:" kind

/* ---- whole triples with an answer of their own ---- */

struct special {
	const char *triple;
	struct triple_constraints constraints;
	const char *since, *last;
};

/* Short forms that do not split into three parts stand here, too. */
static const struct special specials[] = {
	{"aarch64-apple-ios-macabi",
	 {CPU("aarch64"), OS("osx"), APPLE("catalyst")},
	 "0.70.0",
	 NULL},
	{"aarch64-fuchsia", {CPU("aarch64"), OS("fuchsia"), NULL}, NULL, NULL},
	{"avr-none", {CPU("avr"), OS("none"), NULL}, "0.71.0", NULL},
	{"wasm32-unknown-unknown", {CPU("wasm32"), OS("none"), NULL}, NULL, NULL},
	{"wasm32-wasi", {CPU("wasm32"), OS("wasi"), NULL}, NULL, "0.63.0"},
	{"wasm32-wasi", {CPU("wasm32"), OS("wasi"), WASI("1")}, "0.64.0", NULL},
	{"wasm32-wasip1", {CPU("wasm32"), OS("wasi"), NULL}, "0.54.0", "0.63.0"},
	{"wasm32-wasip1", {CPU("wasm32"), OS("wasi"), WASI("1")}, "0.64.0", NULL},
	{"wasm32-wasip1-threads", {CPU("wasm32"), OS("wasi"), WASI("1")}, "0.64.0", NULL},
	{"wasm32-wasip2", {CPU("wasm32"), OS("wasi"), WASI("2")}, "0.64.0", NULL},
	{"wasm32v1-none", {CPU("wasm32"), OS("none"), NULL}, "0.64.0", NULL},
	{"wasm64-unknown-unknown", {CPU("wasm64"), OS("none"), NULL}, "0.51.0", NULL},
	{"x86_64-apple-ios-macabi", {CPU("x86_64"), OS("osx"), APPLE("catalyst")}, "0.70.0", NULL},
	{"x86_64-fuchsia", {CPU("x86_64"), OS("fuchsia"), NULL}, NULL, NULL},
	{0},
};

/* ---- parts ---- */

struct part {
	const char *name;
	const char *label;
	const char *since, *last;
};

static const struct part cpus[] = {
	{"aarch64", CPU("aarch64"), NULL, NULL},
	{"arm", CPU("arm"), NULL, NULL},
	{"arm64e", CPU("arm64e"), "0.52.0", NULL},
	{"armv7", CPU("armv7"), NULL, NULL},
	{"avr", CPU("avr"), "0.71.0", NULL},
	{"bpfeb", CPU("bpfeb"), "0.71.0", NULL},
	{"bpfel", CPU("bpfel"), "0.71.0", NULL},
	{"hexagon", CPU("hexagon"), "0.71.0", NULL},
	{"i386", CPU("i386"), NULL, NULL},
	{"i686", CPU("x86_32"), NULL, NULL},
	{"loongarch64", CPU("loongarch64"), "0.71.0", NULL},
	{"mips", CPU("mips32"), "0.71.0", NULL},
	{"powerpc", CPU("ppc"), NULL, "0.69.0"},
	{"powerpc", CPU("ppc32"), "0.70.0", NULL},
	{"powerpc64", CPU("ppc"), "0.70.0", NULL},
	{"powerpc64le", CPU("ppc64le"), "0.59.1", NULL},
	{"riscv32", CPU("riscv32"), NULL, NULL},
	{"riscv32imac", CPU("riscv32"), "0.71.0", NULL},
	{"riscv32imc", CPU("riscv32"), NULL, NULL},
	{"riscv64", CPU("riscv64"), NULL, NULL},
	{"riscv64gc", CPU("riscv64"), NULL, NULL},
	{"s390x", CPU("s390x"), NULL, NULL},
	{"sparc64", CPU("sparc64"), "0.71.0", NULL},
	{"thumbv6", CPU("armv6"), "0.71.0", NULL},
	{"thumbv6m", CPU("armv6-m"), NULL, NULL},
	{"thumbv7em", CPU("armv7e-m"), NULL, NULL},
	{"thumbv7m", CPU("armv7-m"), NULL, NULL},
	{"thumbv8m.main", CPU("armv8-m"), NULL, NULL},
	{"wasm32", CPU("wasm32"), "0.52.0", NULL},
	{"wasm64", CPU("wasm64"), "0.52.0", NULL},
	{"x86_64", CPU("x86_64"), NULL, NULL},
	{0},
};

static const struct part systems[] = {
	{"android", OS("android"), NULL, NULL}, {"androideabi", OS("android"), NULL, NULL},
	{"darwin", OS("osx"), NULL, NULL},      {"eabi", OS("none"), NULL, NULL},
	{"eabihf", OS("none"), NULL, NULL},     {"emscripten", OS("emscripten"), "0.64.0", NULL},
	{"freebsd", OS("freebsd"), NULL, NULL}, {"fuchsia", OS("fuchsia"), NULL, NULL},
	{"ios", OS("ios"), NULL, NULL},         {"linux", OS("linux"), NULL, NULL},
	{"macos", OS("osx"), "0.58.0", NULL},   {"netbsd", OS("netbsd"), "0.70.0", NULL},
	{"nixos", OS("nixos"), NULL, NULL},     {"none", OS("none"), NULL, NULL},
	{"nto", OS("qnx"), NULL, NULL},         {"openbsd", OS("openbsd"), NULL, NULL},
	{"uefi", OS("uefi"), "0.57.0", NULL},   {"wasi", OS("wasi"), "0.70.0", NULL},
	{"wasip1", OS("wasi"), "0.70.0", NULL}, {"wasip2", OS("wasi"), "0.70.0", NULL},
	{"windows", OS("windows"), NULL, NULL}, {0},
};

/* The label in force, or NULL. */
static const char *
find_part(const struct part *parts, struct str name, struct str rules_rust)
{
	for (const struct part *part = parts; part->name != NULL; part++) {
		if (str_is(name, part->name) &&
		    version_in_range(rules_rust, part->since, part->last))
			return part->label;
	}
	return NULL;
}

struct split_triple {
	struct str arch, system, abi; /* abi may be empty; the vendor never matters */
};

/* The architectures whose triples have no vendor: thumbv7em-none-eabi. */
static bool
is_without_vendor(struct str arch)
{
	return str_has_prefix(arch, STR("thumbv8m")) || str_has_prefix(arch, STR("thumbv7m")) ||
	       str_has_prefix(arch, STR("thumbv7e")) || str_has_prefix(arch, STR("thumbv6m"));
}

static bool
split_triple(struct str triple, struct split_triple *split)
{
	struct str parts[4];
	size_t count = 0;

	for (size_t from = 0; from <= triple.len; count++) {
		struct str rest = str_after(triple, from);
		size_t len = str_find(rest, '-');

		if (count < 4)
			parts[count] = str_slice(rest, 0, len);
		from += len + 1;
	}
	if (count < 3)
		return false;
	split->arch = parts[0];
	split->system = parts[2];
	split->abi = STR("");
	if (is_without_vendor(parts[0])) {
		split->system = parts[1];
		split->abi = parts[2];
	}
	if (count == 4)
		split->abi = parts[3];
	return true;
}

/* Hard floats are a CPU of their own; before 0.70.0 a look at the wrong part missed them. */
static const char *
cpu_label(const struct split_triple *split, struct str rules_rust)
{
	bool is_hard =
		str_is(split->system, "eabihf") ||
		(str_is(split->abi, "eabihf") && version_in_range(rules_rust, "0.70.0", NULL));

	if (str_is(split->arch, "thumbv7em") && is_hard)
		return CPU("armv7e-mf");
	return find_part(cpus, split->arch, rules_rust);
}

bool
triple_map(struct str triple, struct str rules_rust, struct triple_constraints *constraints)
{
	struct split_triple split;

	for (const struct special *special = specials; special->triple != NULL; special++) {
		if (str_is(triple, special->triple) &&
		    version_in_range(rules_rust, special->since, special->last)) {
			*constraints = special->constraints;
			return true;
		}
	}
	*constraints = (struct triple_constraints){0};
	if (!split_triple(triple, &split))
		return false;
	constraints->cpu = cpu_label(&split, rules_rust);
	constraints->os = find_part(systems, split.system, rules_rust);
	if (str_is(split.system, "ios")) {
		bool is_simulated = str_is(split.arch, "x86_64") || str_is(split.abi, "sim");

		constraints->extra = is_simulated ? APPLE("simulator") : APPLE("device");
	}
	return constraints->cpu != NULL && constraints->os != NULL;
}

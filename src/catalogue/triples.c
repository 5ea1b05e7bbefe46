/*
 * Triples and what rules_rust makes of them. Source: rust/platform/triple.bzl,
 * rust/platform/triple_mappings.bzl, rust/private/{common,repositories,repository_utils}.bzl and
 * crate_universe/extensions.bzl of every tag from 0.46.0 to 0.73.0.
 */
#include "catalogue/catalogue.h"

/* ---- default releases ---- */

/* Newest first. */
static const struct rust_release releases[] = {
	{"0.72.0", "1.97.1", "2026-07-16"}, {"0.71.3", "1.96.1", "2026-06-30"},
	{"0.71.0", "1.96.0", "2026-05-28"}, {"0.70.0", "1.95.0", "2026-04-16"},
	{"0.69.0", "1.93.1", "2026-02-12"}, {"0.60.0", "1.86.0", "2025-04-03"},
	{"0.59.2", "1.85.1", "2025-03-18"}, {"0.58.0", "1.85.0", "2025-02-20"},
	{"0.57.0", "1.84.0", "2024-11-28"}, {"0.55.0", "1.83.0", "2024-11-28"},
	{"0.54.0", "1.82.0", "2024-10-17"}, {"0.50.0", "1.81.0", "2024-09-05"},
	{"0.49.0", "1.80.0", "2024-07-25"}, {"0.47.1", "1.79.0", "2024-06-13"},
	{"0.46.0", "1.78.0", "2024-05-02"},
};

const struct rust_release *
rust_default_release(struct str rules_rust)
{
	for (size_t i = 0; i < sizeof(releases) / sizeof(releases[0]); i++) {
		if (version_in_range(rules_rust, releases[i].since, NULL))
			return &releases[i];
	}
	return NULL;
}

/* ---- default toolchain sets ---- */

static const struct rust_exec_set exec_sets[] = {
	{"aarch64-apple-darwin", "rust_darwin_aarch64", NULL, "0.57.1"},
	{"aarch64-apple-darwin", "rust_macos_aarch64", "0.58.0", NULL},
	{"aarch64-pc-windows-msvc", "rust_windows_aarch64", NULL, NULL},
	{"aarch64-unknown-linux-gnu", "rust_linux_aarch64", NULL, NULL},
	{"powerpc64le-unknown-linux-gnu", "rust_linux_powerpc64le", "0.59.1", NULL},
	{"s390x-unknown-linux-gnu", "rust_linux_s390x", "0.50.0", NULL},
	{"x86_64-apple-darwin", "rust_darwin_x86_64", NULL, "0.57.1"},
	{"x86_64-apple-darwin", "rust_macos_x86_64", "0.58.0", NULL},
	{"x86_64-pc-windows-msvc", "rust_windows_x86_64", NULL, NULL},
	{"x86_64-unknown-freebsd", "rust_freebsd_x86_64", NULL, NULL},
	{"x86_64-unknown-linux-gnu", "rust_linux_x86_64", NULL, NULL},
	{0},
};

const struct rust_exec_set *
rust_exec_sets(void)
{
	return exec_sets;
}

/* ---- default lists of triples ---- */

static const char *const extra_0_46[] = {"wasm32-unknown-unknown", "wasm32-wasi", NULL};
static const char *const extra_0_54[] = {"wasm32-unknown-unknown", "wasm32-wasip1", NULL};
static const char *const extra_0_64[] = {
	"wasm32-unknown-unknown",
	"wasm32-wasip1",
	"wasm32-wasip2",
	NULL,
};
static const char *const extra_0_68[] = {
	"aarch64-apple-darwin",   "aarch64-unknown-linux-gnu",
	"x86_64-apple-darwin",    "x86_64-unknown-linux-gnu",
	"wasm32-unknown-unknown", "wasm32-wasip1",
	"wasm32-wasip2",          NULL,
};

const char *const *
rust_default_target_triples(struct str rules_rust)
{
	if (version_in_range(rules_rust, "0.68.0", NULL))
		return extra_0_68;
	if (version_in_range(rules_rust, "0.64.0", NULL))
		return extra_0_64;
	return version_in_range(rules_rust, "0.54.0", NULL) ? extra_0_54 : extra_0_46;
}

static const char *const crates_0_58[] = {
	"aarch64-apple-darwin",     "aarch64-unknown-linux-gnu",
	"wasm32-unknown-unknown",   "wasm32-wasip1",
	"x86_64-pc-windows-msvc",   "x86_64-unknown-linux-gnu",
	"x86_64-unknown-nixos-gnu", NULL,
};

const char *const *
crate_default_triples(struct arena *arena, struct str rules_rust)
{
	if (version_in_range(rules_rust, "0.58.0", NULL))
		return crates_0_58;
	return triple_supported(arena, rules_rust);
}

/* ---- supported triples ---- */

struct supported {
	const char *triple;
	const char *since, *last;
};

/* Sorted by triple, bytewise. */
static const struct supported supported[] = {
	{"aarch64-apple-darwin", NULL, NULL},
	{"aarch64-apple-ios", NULL, NULL},
	{"aarch64-apple-ios-macabi", "0.70.0", NULL},
	{"aarch64-apple-ios-sim", NULL, NULL},
	{"aarch64-fuchsia", NULL, "0.53.0"},
	{"aarch64-linux-android", NULL, NULL},
	{"aarch64-pc-windows-msvc", NULL, NULL},
	{"aarch64-unknown-fuchsia", "0.54.0", NULL},
	{"aarch64-unknown-linux-gnu", NULL, NULL},
	{"aarch64-unknown-nixos-gnu", NULL, NULL},
	{"aarch64-unknown-none", "0.71.0", NULL},
	{"aarch64-unknown-nto-qnx710", NULL, NULL},
	{"aarch64-unknown-uefi", "0.57.0", NULL},
	{"arm-unknown-linux-gnueabi", NULL, NULL},
	{"arm-unknown-linux-musleabi", "0.69.0", NULL},
	{"armv7-linux-androideabi", NULL, NULL},
	{"armv7-unknown-linux-gnueabi", NULL, NULL},
	{"i686-apple-darwin", NULL, NULL},
	{"i686-linux-android", NULL, NULL},
	{"i686-pc-windows-msvc", NULL, NULL},
	{"i686-unknown-freebsd", NULL, NULL},
	{"i686-unknown-linux-gnu", NULL, NULL},
	{"loongarch64-unknown-linux-gnu", "0.71.0", NULL},
	{"mips-unknown-linux-gnu", "0.71.0", NULL},
	{"powerpc-unknown-linux-gnu", NULL, NULL},
	{"riscv32imac-unknown-none-elf", "0.71.0", NULL},
	{"riscv32imc-unknown-none-elf", NULL, NULL},
	{"riscv64gc-unknown-linux-gnu", "0.64.0", NULL},
	{"riscv64gc-unknown-none-elf", NULL, NULL},
	{"s390x-unknown-linux-gnu", NULL, NULL},
	{"sparc64-unknown-linux-gnu", "0.71.0", NULL},
	{"sparc64-unknown-netbsd", "0.71.0", NULL},
	{"sparc64-unknown-openbsd", "0.71.0", NULL},
	{"thumbv6m-none-eabi", "0.70.0", NULL},
	{"thumbv7em-none-eabi", NULL, NULL},
	{"thumbv7em-none-eabihf", "0.70.0", NULL},
	{"thumbv7m-none-eabi", "0.71.0", NULL},
	{"thumbv8m.main-none-eabi", NULL, NULL},
	{"thumbv8m.main-none-eabihf", "0.71.0", NULL},
	{"wasm32-unknown-emscripten", "0.64.0", NULL},
	{"wasm32-unknown-unknown", NULL, NULL},
	{"wasm32-wasi", NULL, "0.54.1"},
	{"wasm32-wasip1", "0.54.0", NULL},
	{"wasm32-wasip1-threads", "0.64.0", NULL},
	{"wasm32-wasip2", "0.64.0", NULL},
	{"x86_64-apple-darwin", NULL, NULL},
	{"x86_64-apple-ios", NULL, NULL},
	{"x86_64-apple-ios-macabi", "0.70.0", NULL},
	{"x86_64-fuchsia", NULL, "0.53.0"},
	{"x86_64-linux-android", NULL, NULL},
	{"x86_64-pc-windows-msvc", NULL, NULL},
	{"x86_64-unknown-freebsd", NULL, NULL},
	{"x86_64-unknown-fuchsia", "0.54.0", NULL},
	{"x86_64-unknown-linux-gnu", NULL, NULL},
	{"x86_64-unknown-nixos-gnu", NULL, NULL},
	{"x86_64-unknown-none", NULL, NULL},
	{"x86_64-unknown-uefi", "0.57.0", NULL},
};

/* In no list, but mapped: what people ask for all the same. */
static const char *const unlisted[] = {
	"aarch64-unknown-linux-musl",    "arm-unknown-linux-gnueabihf",
	"arm-unknown-linux-musleabihf",  "armv7-unknown-linux-gnueabihf",
	"armv7-unknown-linux-musleabi",  "armv7-unknown-linux-musleabihf",
	"i686-unknown-linux-musl",       "powerpc64-unknown-linux-gnu",
	"powerpc64le-unknown-linux-gnu", "powerpc64le-unknown-linux-musl",
	"riscv64gc-unknown-linux-musl",  "x86_64-unknown-linux-musl",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char **
triple_supported(struct arena *arena, struct str rules_rust)
{
	const char **triples = ARENA_ARRAY(arena, COUNT(supported) + 1, const char *);
	size_t count = 0;

	for (size_t i = 0; i < COUNT(supported); i++) {
		if (version_in_range(rules_rust, supported[i].since, supported[i].last))
			triples[count++] = supported[i].triple;
	}
	return triples;
}

void
triple_offer(struct str rules_rust, struct nearest *nearest)
{
	struct triple_constraints constraints;

	for (size_t i = 0; i < COUNT(supported); i++) {
		if (version_in_range(rules_rust, supported[i].since, supported[i].last))
			nearest_offer(nearest, str_from(supported[i].triple));
	}
	for (size_t i = 0; i < COUNT(unlisted); i++) {
		if (triple_map(str_from(unlisted[i]), rules_rust, &constraints))
			nearest_offer(nearest, str_from(unlisted[i]));
	}
}

/* Triples: their constraints at the oldest and the newest rules_rust, and the default lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalogue/catalogue.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int
make_arena(void **state)
{
	static jmp_buf escape; /* never used: the limit is far above what a test takes */
	static struct arena arena;

	arena_init(&arena, (size_t)1 << 20, &escape);
	*state = &arena;
	return 0;
}

static int
free_arena(void **state)
{
	arena_free(*state);
	return 0;
}

/* "cpu os" or "cpu os extra", all without what they have in common; "-" where it must fail. */
static void
assert_mapped(const char *triple, const char *version, const char *expected)
{
	struct triple_constraints got;
	char text[256];

	if (!triple_map(str_from(triple), str_from(version), &got)) {
		if (strcmp(expected, "-") != 0)
			fail_msg("%s at %s: cannot be mapped, not %s", triple, version, expected);
		return;
	}
	assert_non_null(got.cpu);
	assert_non_null(got.os);
	snprintf(text, sizeof(text), "%s %s%s%s", got.cpu + strlen("@platforms//cpu:"),
		 got.os + strlen("@platforms//os:"), got.extra != NULL ? " " : "",
		 got.extra != NULL ? got.extra : "");
	if (strncmp(got.cpu, "@platforms//cpu:", 16) != 0 ||
	    strncmp(got.os, "@platforms//os:", 15) != 0 || strcmp(text, expected) != 0)
		fail_msg("%s at %s: %s, not %s", triple, version, text, expected);
}

struct mapping {
	const char *triple;
	const char *oldest; /* at 0.46.0 */
	const char *newest; /* at 0.73.0; NULL: the same */
};

static void
assert_mappings(const struct mapping *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *newest = rows[i].newest != NULL ? rows[i].newest : rows[i].oldest;

		assert_mapped(rows[i].triple, "0.46.0", rows[i].oldest);
		assert_mapped(rows[i].triple, "0.73.0", newest);
		assert_mapped(rows[i].triple, "", newest);
	}
}

static const struct mapping architecture_rows[] = {
	{"aarch64-unknown-linux-gnu", "aarch64 linux", NULL},
	{"arm-unknown-linux-gnueabi", "arm linux", NULL},
	{"arm64e-apple-darwin", "-", "arm64e osx"},
	{"armv7-unknown-linux-gnueabi", "armv7 linux", NULL},
	{"armv7s-apple-ios", "-", NULL},
	{"asmjs-unknown-emscripten", "-", NULL},
	{"le32-unknown-linux-gnu", "-", NULL},
	{"i586-unknown-linux-gnu", "-", NULL},
	{"s390-unknown-linux-gnu", "-", NULL},
	{"i386-apple-ios", "i386 ios @apple_support//constraints:device", NULL},
	{"i686-unknown-linux-gnu", "x86_32 linux", NULL},
	{"powerpc-unknown-linux-gnu", "ppc linux", "ppc32 linux"},
	{"powerpc64-unknown-linux-gnu", "-", "ppc linux"},
	{"powerpc64le-unknown-linux-gnu", "-", "ppc64le linux"},
	{"mips-unknown-linux-gnu", "-", "mips32 linux"},
	{"loongarch64-unknown-linux-gnu", "-", "loongarch64 linux"},
	{"avr-none", "-", "avr none"},
	{"hexagon-unknown-linux-musl", "-", "hexagon linux"},
	{"bpfeb-unknown-none", "-", "bpfeb none"},
	{"bpfel-unknown-none", "-", "bpfel none"},
	{"thumbv6-none-eabi", "-", "armv6 none"},
	{"riscv32-unknown-linux-gnu", "riscv32 linux", NULL},
	{"riscv32imc-unknown-none-elf", "riscv32 none", NULL},
	{"riscv32imac-unknown-none-elf", "-", "riscv32 none"},
	{"riscv64-linux-android", "riscv64 android", NULL},
	{"riscv64gc-unknown-linux-gnu", "riscv64 linux", NULL},
	{"s390x-unknown-linux-gnu", "s390x linux", NULL},
	{"sparc64-unknown-linux-gnu", "-", "sparc64 linux"},
	{"thumbv6m-none-eabi", "armv6-m none", NULL},
	{"thumbv7m-none-eabi", "armv7-m none", NULL},
	{"thumbv7em-none-eabi", "armv7e-m none", NULL},
	{"thumbv7em-none-eabihf", "armv7e-m none", "armv7e-mf none"},
	{"thumbv8m.main-none-eabi", "armv8-m none", NULL},
	{"wasm32-unknown-unknown", "wasm32 none", NULL},
	{"wasm64-unknown-unknown", "-", "wasm64 none"},
	{"x86_64-unknown-linux-gnu", "x86_64 linux", NULL},
	{"mips64-unknown-linux-gnu", "-", NULL},
	{"riscv32i-unknown-none-elf", "-", NULL},
};

static void
architectures(void **state)
{
	(void)state;
	assert_mappings(architecture_rows, COUNT(architecture_rows));
}

static void
systems(void **state)
{
	static const struct mapping rows[] = {
		{"aarch64-linux-android", "aarch64 android", NULL},
		{"armv7-linux-androideabi", "armv7 android", NULL},
		{"x86_64-apple-darwin", "x86_64 osx", NULL},
		{"x86_64-apple-macos", "-", "x86_64 osx"},
		{"aarch64-unknown-none", "aarch64 none", NULL},
		{"arm-none-eabi", "arm none", NULL},
		{"arm-none-eabihf", "arm none", NULL},
		{"x86_64-unknown-freebsd", "x86_64 freebsd", NULL},
		{"x86_64-unknown-fuchsia", "x86_64 fuchsia", NULL},
		{"aarch64-fuchsia", "aarch64 fuchsia", NULL},
		{"x86_64-unknown-nixos-gnu", "x86_64 nixos", NULL},
		{"x86_64-unknown-openbsd", "x86_64 openbsd", NULL},
		{"aarch64-unknown-nto-qnx710", "aarch64 qnx", NULL},
		{"x86_64-pc-windows-msvc", "x86_64 windows", NULL},
		{"x86_64-pc-windows-gnu", "x86_64 windows", NULL},
		{"wasm32-unknown-emscripten", "-", "wasm32 emscripten"},
		{"x86_64-unknown-netbsd", "-", "x86_64 netbsd"},
		{"x86_64-unknown-uefi", "-", "x86_64 uefi"},
		{"x86_64-unknown-bitrig", "-", NULL},
		{"x86_64-unknown-dragonfly", "-", NULL},
		{"x86_64-unknown-nacl", "-", NULL},
		{"x86_64-sun-solaris", "-", NULL},
		{"x86_64-unknown-unknown", "-", NULL},
		{"x86_64-unknown-illumos", "-", NULL},
		{"x86_64-unknown-redox", "-", NULL},
		{"x86_64-apple-tvos", "-", NULL},
		{"x86_64-apple-watchos", "-", NULL},
		{"x86_64-unknown-haiku", "-", NULL},
	};

	(void)state;
	assert_mappings(rows, COUNT(rows));
}

static void
special_triples(void **state)
{
	static const struct mapping rows[] = {
		{"wasm32-wasi", "wasm32 wasi",
		 "wasm32 wasi @rules_rust//rust/platform:wasi_preview_1"},
		{"wasm32-wasip1", "-", "wasm32 wasi @rules_rust//rust/platform:wasi_preview_1"},
		{"wasm32-wasip1-threads", "-",
		 "wasm32 wasi @rules_rust//rust/platform:wasi_preview_1"},
		{"wasm32-wasip2", "-", "wasm32 wasi @rules_rust//rust/platform:wasi_preview_2"},
		{"wasm32v1-none", "-", "wasm32 none"},
		{"aarch64-apple-ios", "aarch64 ios @apple_support//constraints:device", NULL},
		{"aarch64-apple-ios-sim", "aarch64 ios @apple_support//constraints:simulator",
		 NULL},
		{"x86_64-apple-ios", "x86_64 ios @apple_support//constraints:simulator", NULL},
		{"aarch64-apple-ios-macabi", "aarch64 ios @apple_support//constraints:device",
		 "aarch64 osx @apple_support//constraints:catalyst"},
		{"x86_64-apple-ios-macabi", "x86_64 ios @apple_support//constraints:simulator",
		 "x86_64 osx @apple_support//constraints:catalyst"},
	};

	(void)state;
	assert_mappings(rows, COUNT(rows));
}

/* That is why a musl platform needs a constraint of its own. */
static void
vendor_and_abi_do_not_count(void **state)
{
	static const struct mapping rows[] = {
		{"x86_64-unknown-linux-musl", "x86_64 linux", NULL},
		{"aarch64-unknown-linux-musl", "aarch64 linux", NULL},
		{"armv7-unknown-linux-musleabihf", "armv7 linux", NULL},
		{"aarch64-unknown-linux-ohos", "aarch64 linux", NULL},
		{"x86_64-anything-linux-gnux32", "x86_64 linux", NULL},
	};

	(void)state;
	assert_mappings(rows, COUNT(rows));
}

static void
what_is_no_triple(void **state)
{
	static const char *const texts[] = {
		"",
		"-",
		"--",
		"---",
		"x86_64",
		"x86_64-linux",
		"linux-x86_64",
		"avr-nine",
		"x86_64-unknown",
		"X86_64-unknown-linux-gnu",
		" x86_64-unknown-linux-gnu",
		"x86_64-unknown-linux_gnu",
		"aarch64-unknown-linu",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_mapped(texts[i], "0.46.0", "-");
		assert_mapped(texts[i], "0.73.0", "-");
	}
}

static void
parts_say_what_is_unknown(void **state)
{
	struct triple_constraints got;

	(void)state;
	assert_false(triple_map(STR("x86_64-unknown-plan9"), STR("0.73.0"), &got));
	assert_string_equal(got.cpu, "@platforms//cpu:x86_64");
	assert_null(got.os);
	assert_false(triple_map(STR("vax-unknown-linux-gnu"), STR("0.73.0"), &got));
	assert_null(got.cpu);
	assert_string_equal(got.os, "@platforms//os:linux");
}

struct change {
	const char *triple, *version, *expected;
};

static void
changes_between_versions(void **state)
{
	static const struct change rows[] = {
		{"arm64e-apple-darwin", "0.51.0", "-"},
		{"arm64e-apple-darwin", "0.52.0", "arm64e osx"},
		{"wasm64-unknown-unknown", "0.50.1", "-"},
		{"wasm64-unknown-unknown", "0.51.0", "wasm64 none"},
		{"wasm32-wasip1", "0.53.0", "-"},
		{"wasm32-wasip1", "0.54.1", "wasm32 wasi"},
		{"wasm32-wasip1", "0.63.0", "wasm32 wasi"},
		{"wasm32-wasi", "0.63.0", "wasm32 wasi"},
		{"wasm32-wasip2", "0.63.0", "-"},
		{"wasm32-wasip2", "0.64.0",
		 "wasm32 wasi @rules_rust//rust/platform:wasi_preview_2"},
		{"x86_64-unknown-uefi", "0.56.0", "-"},
		{"x86_64-unknown-uefi", "0.57.0", "x86_64 uefi"},
		{"x86_64-apple-macos", "0.57.1", "-"},
		{"x86_64-apple-macos", "0.58.0", "x86_64 osx"},
		{"powerpc64le-unknown-linux-gnu", "0.58.0", "-"},
		{"powerpc64le-unknown-linux-gnu", "0.59.1", "ppc64le linux"},
		{"powerpc-unknown-linux-gnu", "0.69.0", "ppc linux"},
		{"powerpc-unknown-linux-gnu", "0.70.0", "ppc32 linux"},
		{"thumbv7em-none-eabihf", "0.69.0", "armv7e-m none"},
		{"thumbv7em-none-eabihf", "0.70.0", "armv7e-mf none"},
		{"avr-none", "0.70.0", "-"},
		{"avr-none", "0.71.0", "avr none"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_mapped(rows[i].triple, rows[i].version, rows[i].expected);
}

/* ---- lists ---- */

static size_t
count_triples(const char *const *triples)
{
	size_t count = 0;

	while (triples[count] != NULL)
		count++;
	return count;
}

static bool
has_triple(const char *const *triples, const char *triple)
{
	while (*triples != NULL && strcmp(*triples, triple) != 0)
		triples++;
	return *triples != NULL;
}

static void
supported_lists(void **state)
{
	const char *const *versions = catalogue_module(STR("rules_rust"))->versions;
	const char **old = triple_supported(*state, STR("0.46.0"));
	const char **new = triple_supported(*state, STR("0.73.0"));

	assert_int_equal(count_triples(old), 34);
	assert_int_equal(count_triples(new), 54);
	assert_true(has_triple(old, "aarch64-fuchsia"));
	assert_false(has_triple(new, "aarch64-fuchsia"));
	assert_true(has_triple(old, "wasm32-wasi"));
	assert_false(has_triple(new, "wasm32-wasi"));
	assert_true(has_triple(new, "sparc64-unknown-netbsd"));
	assert_false(has_triple(new, "x86_64-unknown-linux-musl"));
	assert_false(has_triple(new, "x86_64-pc-windows-gnu"));
	for (; *versions != NULL; versions++) {
		struct triple_constraints got;
		struct str version = str_from(*versions);

		if (!version_in_range(version, "0.46.0", NULL))
			continue;
		old = triple_supported(*state, version);
		for (size_t i = 0; old[i] != NULL; i++) {
			if (i > 0)
				assert_true(strcmp(old[i - 1], old[i]) < 0);
			if (!triple_map(str_from(old[i]), version, &got))
				fail_msg("%s is supported at %s", old[i], *versions);
		}
	}
}

static void
default_target_triples(void **state)
{
	const char *const *triples = rust_default_target_triples(STR("0.46.0"));

	(void)state;
	assert_int_equal(count_triples(triples), 2);
	assert_string_equal(triples[1], "wasm32-wasi");
	assert_string_equal(rust_default_target_triples(STR("0.53.0"))[1], "wasm32-wasi");
	assert_string_equal(rust_default_target_triples(STR("0.54.1"))[1], "wasm32-wasip1");
	assert_int_equal(count_triples(rust_default_target_triples(STR("0.63.0"))), 2);
	assert_int_equal(count_triples(rust_default_target_triples(STR("0.64.0"))), 3);
	assert_int_equal(count_triples(rust_default_target_triples(STR("0.67.0"))), 3);
	triples = rust_default_target_triples(STR("0.68.0"));
	assert_int_equal(count_triples(triples), 7);
	assert_string_equal(triples[0], "aarch64-apple-darwin");
}

static void
default_crate_triples(void **state)
{
	const char *const *triples = crate_default_triples(*state, STR("0.73.0"));

	assert_int_equal(count_triples(triples), 7);
	assert_true(has_triple(triples, "wasm32-wasip1"));
	assert_int_equal(count_triples(crate_default_triples(*state, STR("0.46.0"))), 34);
	assert_int_equal(count_triples(crate_default_triples(*state, STR("0.57.1"))), 36);
	assert_int_equal(count_triples(crate_default_triples(*state, STR("0.58.0"))), 7);
	assert_false(has_triple(triples, "x86_64-unknown-linux-musl"));
}

static const char *
exec_set_name(const char *triple, const char *version)
{
	const char *name = NULL;

	for (const struct rust_exec_set *set = rust_exec_sets(); set->triple != NULL; set++) {
		if (strcmp(set->triple, triple) != 0 ||
		    !version_in_range(str_from(version), set->since, set->last))
			continue;
		assert_null(name); /* one at most */
		name = set->name;
	}
	return name;
}

static void
exec_sets_follow_the_version(void **state)
{
	(void)state;
	assert_string_equal(exec_set_name("aarch64-apple-darwin", "0.57.1"), "rust_darwin_aarch64");
	assert_string_equal(exec_set_name("aarch64-apple-darwin", "0.58.0"), "rust_macos_aarch64");
	assert_string_equal(exec_set_name("x86_64-apple-darwin", "0.46.0"), "rust_darwin_x86_64");
	assert_string_equal(exec_set_name("x86_64-apple-darwin", "0.73.0"), "rust_macos_x86_64");
	assert_string_equal(exec_set_name("x86_64-unknown-linux-gnu", "0.46.0"),
			    "rust_linux_x86_64");
	assert_string_equal(exec_set_name("aarch64-unknown-linux-gnu", "0.73.0"),
			    "rust_linux_aarch64");
	assert_string_equal(exec_set_name("x86_64-pc-windows-msvc", "0.73.0"),
			    "rust_windows_x86_64");
	assert_string_equal(exec_set_name("x86_64-unknown-freebsd", "0.73.0"),
			    "rust_freebsd_x86_64");
	assert_null(exec_set_name("s390x-unknown-linux-gnu", "0.49.3"));
	assert_string_equal(exec_set_name("s390x-unknown-linux-gnu", "0.50.0"), "rust_linux_s390x");
	assert_null(exec_set_name("powerpc64le-unknown-linux-gnu", "0.58.0"));
	assert_string_equal(exec_set_name("powerpc64le-unknown-linux-gnu", "0.59.1"),
			    "rust_linux_powerpc64le");
	assert_null(exec_set_name("x86_64-unknown-linux-musl", "0.73.0"));
}

struct release {
	const char *version, *stable, *nightly;
};

static void
default_releases(void **state)
{
	static const struct release rows[] = {
		{"0.46.0", "1.78.0", "2024-05-02"}, {"0.47.1", "1.79.0", "2024-06-13"},
		{"0.48.0", "1.79.0", "2024-06-13"}, {"0.49.3", "1.80.0", "2024-07-25"},
		{"0.50.0", "1.81.0", "2024-09-05"}, {"0.53.0", "1.81.0", "2024-09-05"},
		{"0.54.1", "1.82.0", "2024-10-17"}, {"0.55.6", "1.83.0", "2024-11-28"},
		{"0.56.0", "1.83.0", "2024-11-28"}, {"0.57.1", "1.84.0", "2024-11-28"},
		{"0.58.0", "1.85.0", "2025-02-20"}, {"0.59.1", "1.85.0", "2025-02-20"},
		{"0.59.2", "1.85.1", "2025-03-18"}, {"0.60.0", "1.86.0", "2025-04-03"},
		{"0.68.1", "1.86.0", "2025-04-03"}, {"0.69.0", "1.93.1", "2026-02-12"},
		{"0.70.0", "1.95.0", "2026-04-16"}, {"0.71.2", "1.96.0", "2026-05-28"},
		{"0.71.3", "1.96.1", "2026-06-30"}, {"0.72.0", "1.97.1", "2026-07-16"},
		{"0.73.0", "1.97.1", "2026-07-16"}, {"", "1.97.1", "2026-07-16"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct rust_release *release =
			rust_default_release(str_from(rows[i].version));

		assert_non_null(release);
		assert_string_equal(release->stable, rows[i].stable);
		assert_string_equal(release->nightly, rows[i].nightly);
	}
	assert_null(rust_default_release(STR("0.45.1")));
}

static struct str
suggested(const char *given, const char *version)
{
	struct nearest nearest;

	nearest_init(&nearest, str_from(given));
	triple_offer(str_from(version), &nearest);
	return nearest.best;
}

static void
suggestions(void **state)
{
	(void)state;
	assert_true(
		str_is(suggested("x86_64-unknown-linux-gn", "0.73.0"), "x86_64-unknown-linux-gnu"));
	assert_true(str_is(suggested("x86_64-unknown-linux-mulsl", "0.73.0"),
			   "x86_64-unknown-linux-musl"));
	assert_true(str_is(suggested("arch64-unknown-linux-musl", "0.46.0"),
			   "aarch64-unknown-linux-musl"));
	/* not what the version cannot map */
	assert_false(str_is(suggested("powerpc64le-unknown-linux-gn", "0.46.0"),
			    "powerpc64le-unknown-linux-gnu"));
	assert_true(str_is(suggested("powerpc64le-unknown-linux-gn", "0.73.0"),
			   "powerpc64le-unknown-linux-gnu"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(architectures),
		cmocka_unit_test(systems),
		cmocka_unit_test(special_triples),
		cmocka_unit_test(vendor_and_abi_do_not_count),
		cmocka_unit_test(what_is_no_triple),
		cmocka_unit_test(parts_say_what_is_unknown),
		cmocka_unit_test(changes_between_versions),
		cmocka_unit_test(supported_lists),
		cmocka_unit_test(default_target_triples),
		cmocka_unit_test(default_crate_triples),
		cmocka_unit_test(exec_sets_follow_the_version),
		cmocka_unit_test(default_releases),
		cmocka_unit_test(suggestions),
	};

	return cmocka_run_group_tests(tests, make_arena, free_arena);
}

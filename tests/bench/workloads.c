#include "bench/workloads.h"

static void
write_crates(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\nrust: {edition: \"2021\"}\ncrates:\n  specs:\n");
	for (size_t i = 0; i < count; i += 2) {
		buf_printf(out, "    crate-%zu: \"1.%zu\"\n", i, i % 100);
		buf_printf(out,
			   "    crate-%zu: {version: \"0.%zu\", default_features: false, "
			   "features: [std, derive]}\n",
			   i + 1, i % 100);
	}
}

struct str
workload_crates(struct arena *arena, size_t count)
{
	struct buf out;

	buf_init(&out, arena);
	write_crates(&out, count);
	return buf_str(&out);
}

/* ---- shapes ---- */

static void
write_annotations(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\ncrates:\n  specs: {a: \"1\"}\n  annotations:\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "    crate-%zu: {gen_build_script: \"off\", deps: [\"//:x\"]}\n",
			   i);
}

static void
write_hubs(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\ncrates:\n  hubs:\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "    hub_%zu: {specs: {serde: \"1.0\", rand: \"0.8\"}}\n", i);
	buf_text(out, "packages:\n  \"\":\n  - rust_library: a\n    srcs: [a.rs]\n    crates:\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "      hub_%zu: [serde, rand]\n", i);
}

static void
write_bazel_deps(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\nbazel_deps:\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "  module_%zu: {version: 1.0.%zu, dev_dependency: true}\n", i, i);
	buf_text(out, "toolchains:\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "- \"@module_%zu//:all\"\n", i);
}

static void
write_extensions(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\nextensions:\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out,
			   "  ext_%zu: {file: \"@bazel_tools//:x.bzl\", tags: [{install: {a: b}}], "
			   "use_repo: [repo_%zu, {r_%zu: other}]}\n",
			   i, i, i);
}

static void
write_use_repo(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\nextensions:\n  ext:\n    file: \"@bazel_tools//:x.bzl\"\n"
		      "    use_repo:\n");
	for (size_t i = count; i > 0; i--)
		buf_printf(out, "    - repo_%zu\n    - {r_%zu: other}\n    - {r-%zu: other}\n", i,
			   i, i);
}

static void
write_repositories(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\nrepositories:\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(
			out,
			"  repo_%zu: {rule: \"@bazel_tools//:x%zu.bzl%%fetch\", attrs: {a: b}}\n",
			i, i / 2);
}

static void
write_packages(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\npackages:\n");
	for (size_t i = 0; i < count; i++) {
		buf_printf(out, "  lib/p%zu:\n  - rust_library: lib\n", i);
		buf_text(out, "    srcs: {glob: [\"src/**/*.rs\"]}\n");
		if (i > 0)
			buf_printf(out, "    deps: [\"//lib/p%zu:lib\"]\n", i - 1);
	}
	buf_text(out, "raw:\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "  lib/p%zu/BUILD.bazel: \"# %zu\"\n", i, i);
}

static void
write_targets(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\npackages:\n  \"\":\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "  - rust_library: lib_%zu\n    srcs: [src/lib_%zu.rs]\n", i, i);
}

static void
write_macros(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\npackages:\n  \"\":\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "  - cargo_build_script: script_%zu\n    srcs: [build_%zu.rs]\n", i,
			   i);
}

static void
write_rules(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\npackages:\n  \"\":\n");
	for (size_t i = 0; i < count; i++)
		buf_printf(out,
			   "  - rule: rule_%zu\n    name: t%zu\n"
			   "    load: \"@bazel_tools//:r%zu.bzl\"\n",
			   i, i, i / 2);
}

static void
write_deps(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\npackages:\n  \"\":\n  - rust_library: all\n    srcs: [all.rs]\n"
		      "    deps:\n");
	for (size_t i = count; i > 0; i--)
		buf_printf(out, "    - //lib:t%zu\n", i);
	buf_text(out, "  lib:\n");
	for (size_t i = count; i > 0; i--)
		buf_printf(out, "  - filegroup: t%zu\n", i);
}

static void
write_sources(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\npackages:\n  \"\":\n  - rust_library: all\n"
		      "    crate_root: src/lib.rs\n    srcs:\n");
	for (size_t i = count; i > 0; i--)
		buf_printf(out, "    - src/m%zu/mod_%zu.rs\n", i / 20, i);
}

static void
write_crates_of_target(struct buf *out, size_t count)
{
	write_crates(out, count);
	buf_text(out, "packages:\n  \"\":\n  - rust_library: all\n    srcs: [all.rs]\n"
		      "    crates:\n");
	for (size_t i = count; i > 0; i--)
		buf_printf(out, "    - crate-%zu\n", i - 1);
}

static void
write_features(struct buf *out, size_t count)
{
	buf_text(out,
		 "spec: 1\ncrates:\n  specs:\n    a:\n      version: \"1\"\n      features:\n");
	for (size_t i = count; i > 0; i--)
		buf_printf(out, "      - feature-%zu\n", i);
}

static void
write_attributes(struct buf *out, size_t count)
{
	buf_text(out, "spec: 1\npackages:\n  \"\":\n  - rule: some_rule\n    name: a\n"
		      "    load: \"@bazel_tools//:r.bzl\"\n    attrs:\n");
	for (size_t i = count; i > 0; i--)
		buf_printf(out, "      attribute_%zu: %zu\n", i, i);
}

const struct shape workload_shapes[] = {
	{"crates", write_crates, 5000},
	{"annotations", write_annotations, 5000},
	{"hubs", write_hubs, 2500},
	{"bazel_deps and toolchains", write_bazel_deps, 5000},
	{"extensions", write_extensions, 5000},
	{"repositories in use_repo", write_use_repo, 5000},
	{"repository rules", write_repositories, 5000},
	{"packages, each with raw", write_packages, 1250},
	{"targets in a package", write_targets, 5000},
	{"macros in a package", write_macros, 5000},
	{"rules with a load in a package", write_rules, 5000},
	{"deps of a target", write_deps, 5000},
	{"sources of a target", write_sources, 5000},
	{"crates of a target", write_crates_of_target, 5000},
	{"features of a crate", write_features, 5000},
	{"attributes of a target", write_attributes, 5000},
	{0},
};

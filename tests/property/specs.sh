#!/bin/sh
# specs.sh EMIT_SPECS BZLMODGEN BUILDIFIER [N [FIRST]]: N random valid specs (see emit_specs.c). Each
# must be taken, generate must bring the tree in sync and then have nothing to do, facts must be
# JSON, and buildifier must find nothing to change or to warn of in what was written.
# Needs buildifier 8.2.1.
set -u

if [ $# -lt 3 ] || [ $# -gt 5 ]; then
	echo "usage: specs.sh EMIT_SPECS BZLMODGEN BUILDIFIER [N [FIRST]]" >&2
	exit 2
fi
emit=$(realpath "$1") || exit 2
bzlmodgen=$(realpath "$2") || exit 2
buildifier=$(realpath "$3") || exit 2
count=${4:-300}
first=${5:-1}
last=$((first + count - 1))

fail() {
	echo "specs.sh: $*" >&2
	exit 1
}

case $("$buildifier" --version) in
"buildifier version: 8.2.1"*) ;;
*) fail "'$buildifier' is not buildifier 8.2.1" ;;
esac

# every run flushes its disk, which takes longer than all the rest where there are others on it
if [ -z "${TMPDIR-}" ] && [ -d /dev/shm ] && [ -w /dev/shm ]; then
	export TMPDIR=/dev/shm
fi
work=$(mktemp -d) || exit 1
if [ -n "${KEEP-}" ]; then
	echo "specs.sh: trees are kept in $work"
else
	trap 'rm -rf "$work"' EXIT
fi
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1
: >facts

# run EXPECTED COMMAND...: its output goes to `out`
run() {
	expected=$1
	shift
	"$bzlmodgen" -C "$seed" --color never "$@" >out 2>err
	code=$?
	[ $code -eq "$expected" ] && return
	cat out err >&2
	fail "seed $seed: bzlmodgen $* ends with $code, not $expected"
}

seed=$first
while [ "$seed" -le "$last" ]; do
	mkdir "$seed"
	"$emit" "$seed" "$seed" || fail "seed $seed: no spec"
	run 0 validate
	run 0 generate
	sed -n "s,^create  ,$seed/,p" out >>created
	run 0 generate
	grep -q '^wrote 0 files' out || fail "seed $seed: the second generate writes: $(cat out)"
	run 0 check
	run 0 facts
	cat out >>facts
	seed=$((seed + 1))
done
"$emit" --json facts "$count" || fail "facts are not JSON, seeds $first to $last"

# `xargs` calls buildifier a few times only; any of them failing counts
grep -e '\.bazel$' -e '/BUILD$' created >starlark
if ! xargs "$buildifier" -mode=check -lint=warn <starlark >report 2>&1 || [ -s report ]; then
	head -n 40 report >&2
	file=$(sed -n 's/ # reformat.*//p' report | head -n 1)
	if [ -f "$file" ]; then
		"$buildifier" -mode=diff -diff_command="diff -u" "$file" >&2
	fi
	fail "buildifier would change or warns, seed $(sed -n 's,/.*,,p' report | head -n 1)"
fi
echo "checked $count specs, $(wc -l <created | tr -d ' ') files"

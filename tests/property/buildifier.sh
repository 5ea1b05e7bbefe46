#!/bin/sh
# buildifier.sh EMIT_RANDOM BUILDIFIER [SEEDS [FIRST]]: random canonical calls must be fixed points of
# buildifier, and what buildifier makes of the same calls as made up must equal them.
# Needs buildifier 8.2.1.
set -eu

if [ $# -lt 2 ] || [ $# -gt 4 ]; then
	echo "usage: buildifier.sh EMIT_RANDOM BUILDIFIER [SEEDS [FIRST]]" >&2
	exit 2
fi
emit=$1
buildifier=$2
seeds=${3:-100}
first=${4:-1}
last=$((first + seeds - 1))

fail() {
	echo "buildifier.sh: $*" >&2
	exit 1
}

case $("$buildifier" --version) in
"buildifier version: 8.2.1"*) ;;
*) fail "'$buildifier' is not buildifier 8.2.1" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

seed=$first
while [ "$seed" -le "$last" ]; do
	mkdir -p "$work/$seed/raw" "$work/$seed/out"
	"$emit" "$seed" "$work/$seed" || fail "emit_random fails with seed $seed"
	# the layout has to be stable in .bzl files, too
	cp "$work/$seed/out/BUILD.bazel" "$work/$seed/layout.bzl"
	seed=$((seed + 1))
done

list() {
	find "$work" -path "*/$1/*" -type f | sort
}

# `xargs` calls buildifier a few times only; any of them failing counts
if ! list out | xargs "$buildifier" -mode=check -lint=warn >"$work/report" 2>&1 ||
	[ -s "$work/report" ]; then
	head -n 40 "$work/report" >&2
	file=$(sed -n 's/ # reformat.*//p' "$work/report" | head -n 1)
	if [ -f "$file" ]; then
		"$buildifier" -mode=diff -diff_command="diff -u" "$file" >&2 || true
	fi
	fail "our text is not a fixed point, seeds $first to $last"
fi

if ! find "$work" -name layout.bzl | sort | xargs "$buildifier" -mode=check >&2; then
	fail "our text is not a fixed point in .bzl files, seeds $first to $last"
fi

# buildifier itself needs up to a few runs until it changes nothing
run=0
until list raw | xargs "$buildifier" -mode=check >/dev/null 2>&1; do
	[ $run -lt 12 ] || fail "buildifier does not come to rest, seeds $first to $last"
	list raw | xargs "$buildifier" -mode=fix || fail "buildifier fails"
	run=$((run + 1))
done
seed=$first
while [ "$seed" -le "$last" ]; do
	diff -ru "$work/$seed/raw" "$work/$seed/out" ||
		fail "buildifier makes something else of seed $seed (-) than we do (+)"
	seed=$((seed + 1))
done
echo "buildifier.sh: $seeds seeds, from $first: each file is a fixed point of buildifier"

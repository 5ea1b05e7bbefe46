# What the runners of tests/cli and tests/errors share: a case is run in a box of its own, and what
# came out is compared with the files of the case. Sourced by bash, with `set -u`.
#
# shellcheck shell=bash

umask 022

# Names the program, and makes the directory that boxes are made in.
case_open() {
	bzlmodgen=$(realpath "$1")
	boxes=$(mktemp -d "${TMPDIR:-/tmp}/bzlmodgen-case.XXXXXX")
	trap 'chmod -R u+rwX "$boxes"; rm -rf "$boxes"' EXIT
}

# case_each FUNCTION NAME...: calls the function with each name, several at a time; it works in
# box=$boxes/NAME. What it prints is what is wrong. Sets failed, the number of names with faults.
case_each() {
	local run=$1 name running=0 slots

	shift
	slots=$(nproc)
	for name in "$@"; do
		if [ "$running" -ge "$slots" ]; then
			wait -n || true
			running=$((running - 1))
		fi
		{ "$run" "$name" || echo 'the runner failed'; } >"$boxes/$name.wrong" 2>&1 &
		running=$((running + 1))
	done
	wait
	failed=0
	for name in "$@"; do
		[ -s "$boxes/$name.wrong" ] || continue
		echo "FAILED $name"
		cat "$boxes/$name.wrong"
		echo
		failed=$((failed + 1))
	done
}

# Makes $box/work from a case's tree. A .git above it ends the search for a spec there.
case_box() {
	mkdir "$box" "$box/.git" "$box/bin" "$box/work"
	ln -s "$bzlmodgen" "$box/bin/bzlmodgen"
	if [ -d "$1/tree" ]; then
		cp -R "$1/tree/." "$box/work/"
	fi
}

# Runs a shell text in the box with nothing of the caller's environment.
case_shell() {
	(
		cd "$box/work" &&
			env -i PATH="$box/bin:$PATH" HOME="$box" TMPDIR="$box" LC_ALL=C TERM=dumb \
				ASAN_OPTIONS="${ASAN_OPTIONS-}" UBSAN_OPTIONS="${UBSAN_OPTIONS-}" \
				/bin/sh -c "$1" </dev/null
	)
}

# One line for everything in a directory: kind, time of the last change, name, target of a link.
case_list() {
	(cd "$1" && find . ! -name . -printf '%y %T@ %p %l\n' | LC_ALL=C sort -k3)
}

# Says what differs, as a diff, from a file of the case (absent: empty) to what was found.
case_compare() {
	local expected=$1 found=$2 name=$3

	[ -e "$expected" ] || expected=/dev/null
	cmp -s "$expected" "$found" ||
		diff -u --label "expected $name" "$expected" --label "found $name" "$found"
}

# Puts the file found in the place of the case's; an empty one is the same as none.
case_bless() {
	if [ -s "$2" ]; then
		cp "$2" "$1"
	else
		rm -f "$1"
	fi
}

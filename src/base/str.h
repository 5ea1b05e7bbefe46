/* Counted, immutable strings: a slice of bytes that somebody else owns. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char *at; /* not terminated by NUL; NULL only when len is 0 */
	size_t len; /* in bytes */
};

/* A slice of a string literal. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

/* The two arguments that printf's "%.*s" takes. */
#define STR_ARG(s) (int)(s).len, (s).at

struct str str_from(const char *text);
bool str_eq(struct str a, struct str b);
/* Bytewise order, a shorter prefix first: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
bool str_is(struct str a, const char *text);
bool str_has_prefix(struct str s, struct str prefix);
bool str_has_suffix(struct str s, struct str suffix);
/* The part of s from byte `from` on, at most `len` bytes; clamped to s. */
struct str str_slice(struct str s, size_t from, size_t len);
struct str str_after(struct str s, size_t from);
/* Byte offset of the first / last `c`, or s.len where there is none. */
size_t str_find(struct str s, char c);
size_t str_find_last(struct str s, char c);
/* Byte offset of the first `needle`, or s.len where there is none. */
size_t str_find_str(struct str s, struct str needle);
/* Cuts off what stands before the first `c` (or all), and moves *rest behind it. */
struct str str_cut(struct str *rest, char c);
/* Without blanks, tabs and line ends on either side. */
struct str str_trim(struct str s);
/* For hash tables in memory only, never for anything that is written. A table takes the place from
 * the low half and the step to the next from the high half. */
uint64_t str_hash(struct str s);

#endif

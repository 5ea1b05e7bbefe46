/* UTF-8, as far as positions, excerpts and the check of an input need it. */
#ifndef DIAG_UTF8_H
#define DIAG_UTF8_H

#include <stdint.h>

#include "base/buf.h"

/*
 * The first code point of `s` (not empty) and its length in bytes. Length 0: these bytes are not
 * UTF-8 (overlong forms, surrogates and everything above U+10FFFF included), *code is the first
 * byte, and who goes on goes on one byte later.
 */
size_t utf8_decode(struct str s, uint32_t *code);

/* The length of what counts as one column: a code point, or a byte that is not UTF-8. */
size_t utf8_step(struct str s);

/* Whether all of it is UTF-8, by the measure of utf8_decode. */
bool utf8_is_valid(struct str s);

/* Appends the text with U+FFFD for every byte that is not UTF-8, and for NUL: for formats that can
 * express neither. */
void utf8_mend(struct buf *out, struct str s);

/* Columns on a terminal: 0 for combining marks, 2 for East Asian wide characters, else 1. This
 * does not ask the locale, as wcwidth would. */
unsigned utf8_columns(uint32_t code);

/* Must not reach a terminal as it is: control characters, and format characters that are not seen
 * or that change the order in which text is shown. */
bool utf8_is_hidden(uint32_t code);

#endif

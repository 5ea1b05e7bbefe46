#include "plan/digest.h"

#include <stdint.h>

#include <sha2.h>

struct str
digest_of(struct arena *arena, struct str text)
{
	char *hex = arena_alloc(arena, SHA256_DIGEST_STRING_LENGTH);
	SHA2_CTX state;

	SHA256Init(&state);
	/* an empty text may come without an address */
	if (text.len > 0)
		SHA256Update(&state, (const uint8_t *)text.at, text.len);
	SHA256End(&state, hex);
	return (struct str){hex, DIGEST_LENGTH};
}

bool
digest_is_sound(struct str digest)
{
	for (size_t i = 0; i < digest.len; i++) {
		char c = digest.at[i];

		if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
			return false;
	}
	return digest.len == DIGEST_LENGTH;
}

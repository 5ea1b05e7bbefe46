#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

enum {
	FIRST_BLOCK = 64 * 1024,
	LARGEST_BLOCK = 16 * 1024 * 1024,
	HUGE_PAGE = 2 * 1024 * 1024,
/* Under ASan a gap behind each allocation catches overruns by a few bytes. */
#ifdef ARENA_POISONS
	GAP = 16,
#else
	GAP = 0,
#endif
};

struct arena_block {
	struct arena_block *older;
	size_t size; /* of data */
	size_t fill;
	size_t mapped; /* bytes that mmap gave, block included; 0: calloc did */
	_Alignas(max_align_t) unsigned char data[];
};

struct arena_cleanup {
	struct arena_cleanup *older;
	void (*release)(void *);
	void *object;
};

void
arena_init(struct arena *arena, size_t limit, jmp_buf *escape)
{
	*arena = (struct arena){.limit = limit, .escape = escape};
}

static void
block_release(struct arena *arena, struct arena_block *block)
{
	ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
	arena->used -= sizeof(*block) + block->size;
	if (block->mapped > 0)
		munmap(block, block->mapped);
	else
		free(block);
}

void
arena_free(struct arena *arena)
{
	while (arena->cleanups != NULL) {
		struct arena_cleanup *cleanup = arena->cleanups;

		arena->cleanups = cleanup->older;
		cleanup->release(cleanup->object);
	}
	while (arena->block != NULL) {
		struct arena_block *block = arena->block;

		arena->block = block->older;
		block_release(arena, block);
	}
}

_Noreturn static void
exhausted(struct arena *arena)
{
	longjmp(*arena->escape, 1);
}

/*
 * Zeroed memory for a block, or NULL. A large one asks for huge pages: touching memory for the
 * first time costs more than filling it, and does so once for each page. ASan wants to see calloc.
 */
static struct arena_block *
block_new(size_t size)
{
#if defined(MADV_HUGEPAGE) && !defined(ARENA_POISONS)
	if (size >= HUGE_PAGE) {
		struct arena_block *block = mmap(NULL, size, PROT_READ | PROT_WRITE,
						 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (block == MAP_FAILED)
			return NULL;
		/* advice: nothing is lost where it is not taken */
		(void)madvise(block, size, MADV_HUGEPAGE);
		block->mapped = size;
		return block;
	}
#endif
	return calloc(1, size);
}

static void
add_block(struct arena *arena, size_t size)
{
	size_t usual = arena->block == NULL ? FIRST_BLOCK : arena->block->size * 2;
	struct arena_block *block;

	if (usual > LARGEST_BLOCK)
		usual = LARGEST_BLOCK;
	if (size < usual)
		size = usual;
	if (size > arena->limit || arena->used > arena->limit - size)
		exhausted(arena);
	block = block_new(sizeof(*block) + size);
	if (block == NULL)
		exhausted(arena);
	block->older = arena->block;
	block->size = size;
	ASAN_POISON_MEMORY_REGION(block->data, size);
	arena->used += sizeof(*block) + size;
	arena->block = block;
}

/* With the gap, and so that what follows is aligned. */
static size_t
size_in_block(size_t size)
{
	size_t align = _Alignof(max_align_t);

	return (size + GAP + align - 1) / align * align;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	size_t need;
	void *at;

	if (size > SIZE_MAX / 2)
		exhausted(arena);
	need = size_in_block(size);
	if (arena->block == NULL || arena->block->size - arena->block->fill < need)
		add_block(arena, need);
	at = arena->block->data + arena->block->fill;
	arena->block->fill += need;
	ASAN_UNPOISON_MEMORY_REGION(at, size);
	return at;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		exhausted(arena);
	return arena_alloc(arena, count * size);
}

bool
arena_extend(struct arena *arena, void *at, size_t size, size_t larger)
{
	struct arena_block *block = arena->block;
	size_t start;

	if (block == NULL || size == 0 || larger > SIZE_MAX / 2)
		return false;
	if ((unsigned char *)at < block->data || (unsigned char *)at >= block->data + block->size)
		return false;
	start = (size_t)((unsigned char *)at - block->data);
	if (start + size_in_block(size) != block->fill ||
	    block->size - start < size_in_block(larger))
		return false;
	block->fill = start + size_in_block(larger);
	ASAN_UNPOISON_MEMORY_REGION(at, larger);
	return true;
}

void *
arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
	void *larger;

	if (count < *capacity)
		return items;
	*capacity = *capacity == 0 ? 8 : *capacity * 2;
	larger = arena_array(arena, *capacity, size);
	if (count > 0)
		memcpy(larger, items, count * size);
	return larger;
}

struct str
arena_str(struct arena *arena, struct str s)
{
	char *copy = arena_alloc(arena, s.len + 1);

	if (s.len > 0)
		memcpy(copy, s.at, s.len);
	return (struct str){copy, s.len};
}

struct str
arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		exhausted(arena);
	text = arena_alloc(arena, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	return (struct str){text, (size_t)len};
}

struct str
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	struct str text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

struct arena_mark
arena_mark(const struct arena *arena)
{
	return (struct arena_mark){arena->block, arena->block == NULL ? 0 : arena->block->fill};
}

void
arena_reset(struct arena *arena, struct arena_mark mark)
{
	struct arena_block *block;

	while (arena->block != mark.block) {
		block = arena->block;
		arena->block = block->older;
		block_release(arena, block);
	}
	block = arena->block;
	if (block == NULL || block->fill == mark.fill)
		return;
	/* arena_alloc promises zeroed memory */
	ASAN_UNPOISON_MEMORY_REGION(block->data + mark.fill, block->fill - mark.fill);
	memset(block->data + mark.fill, 0, block->fill - mark.fill);
	ASAN_POISON_MEMORY_REGION(block->data + mark.fill, block->fill - mark.fill);
	block->fill = mark.fill;
}

void
arena_defer(struct arena *arena, void (*release)(void *), void *object)
{
	struct arena_cleanup *cleanup = ARENA_NEW(arena, struct arena_cleanup);

	cleanup->release = release;
	cleanup->object = object;
	cleanup->older = arena->cleanups;
	arena->cleanups = cleanup;
}

/* Runs a fuzz target over files, and over the files of directories, without libFuzzer. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
fail(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	return 1;
}

static int
replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data = NULL;
	size_t size = 0, got = 1;

	if (file == NULL)
		return fail(path);
	while (got > 0) {
		uint8_t *larger = realloc(data, size + 4096);

		if (larger == NULL)
			break;
		data = larger;
		got = fread(data + size, 1, 4096, file);
		size += got;
	}
	if (got > 0 || ferror(file) != 0) {
		fclose(file);
		free(data);
		return fail(path);
	}
	fclose(file);
	/* exactly as large as the input, so that the sanitizers see a byte too far */
	if (size > 0) {
		uint8_t *exact = realloc(data, size);

		data = exact == NULL ? data : exact;
	}
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	return 0;
}

static int
replay(const char *path)
{
	DIR *directory = opendir(path);
	int failures = 0;
	char name[4096];

	if (directory == NULL)
		return replay_file(path);
	for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
		struct stat status;

		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		if (stat(name, &status) == 0 && S_ISREG(status.st_mode))
			failures += replay_file(name);
	}
	closedir(directory);
	return failures;
}

int
main(int argc, char **argv)
{
	int failures = 0;

	if (argc < 2) {
		fprintf(stderr, "usage: %s FILE|DIRECTORY...\n", argv[0]);
		return 2;
	}
	for (int i = 1; i < argc; i++)
		failures += replay(argv[i]);
	return failures == 0 ? 0 : 1;
}

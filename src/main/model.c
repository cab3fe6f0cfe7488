/* Finding and mapping the model image: $KHABAR_MODEL, beside the program, the data folder. */
#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "main.h"
#include "overlay.h"

/* `folder`, when not NULL, is laid over the image; with `examples` those of its rules must hold. */
static khabar_model *open_at(const char *path, const char *folder, bool examples)
{
	struct stat st, own;
	khabar_error err;
	khabar_model *m = NULL;
	bool laid = folder && folder[0];
	errno = 0;
	if (laid && (stat(folder, &own) != 0 || !S_ISDIR(own.st_mode))) {
		fprintf(stderr, "khabar: %s: %s\n", folder, errno ? strerror(errno) : "not a folder");
		return NULL;
	}
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		fprintf(stderr, "khabar: %s: %s\n", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	void *image = st.st_size > 0 ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0)
				     : MAP_FAILED;
	close(fd);
	size_t size = image == MAP_FAILED ? 0 : (size_t)st.st_size;
	if (size && laid) {
		unsigned errors;
		image = overlay_image(image, size, folder, examples, &size, &errors);
		if (!image) {
			fprintf(stderr, "khabar: %s: %u mistake%s\n", folder, errors, errors == 1 ? "" : "s");
			return NULL;
		}
	}
	if (image == MAP_FAILED)
		fprintf(stderr, "khabar: %s: not a model image\n", path);
	else if (khabar_model_open(&m, image, size, &err) != 0)
		fprintf(stderr, "khabar: %s: byte %llu: %s\n", path, (unsigned long long)err.at,
			err.what);
	return m;
}

khabar_model *main_model_open(void)
{
	return main_model_with(getenv("KHABAR_DATA"), false);
}

khabar_model *main_model_with(const char *folder, bool examples)
{
	char self[4096], path[4200];
	const char *told = getenv("KHABAR_MODEL");
	if (told && told[0])
		return open_at(told, folder, examples);
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	if (n > 0) {
		self[n] = 0;
		char *slash = strrchr(self, '/');
		*slash = 0;
		static const char *const beside[] = {"", "/../share/khabar", "/../../data"};
		for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
			snprintf(path, sizeof path, "%s%s/khabar-en.model", self, beside[i]);
			if (access(path, R_OK) == 0)
				return open_at(path, folder, examples);
		}
	}
	return open_at(KHABAR_DATADIR "/khabar-en.model", folder, examples);
}

int main_model(struct settings *s)
{
	(void)s;
	khabar_model *m = main_model_open();
	if (!m)
		return EXIT_NONE;
	khabar_model_info i = khabar_model_about(m);
	printf("name %.*s\ndigest %.*s\nformat %u\nbehaviour %u\n%.*s", (int)i.name.n, i.name.p,
	       (int)i.digest.n, i.digest.p, i.format, i.behaviour, (int)i.manifest.n, i.manifest.p);
	khabar_model_close(m);
	return EXIT_ALL;
}

int main_version(struct settings *s)
{
	khabar_model *m = main_model_open();
	khabar_model_info i = {0};
	if (m)
		i = khabar_model_about(m);
	if (s->json)
		printf("{\"program\":\"%s\",\"model\":\"%.*s\",\"digest\":\"%.*s\",\"behaviour\":%"
		       "u,\"sqlite\":\"%s\","
		       "\"json-c\":\"%s\",\"zlib\":\"%s\",\"zstd\":\"%s\"}\n",
		       khabar_version(), (int)i.name.n, i.name.p, (int)i.digest.n, i.digest.p,
		       i.behaviour, sqlite3_libversion(), json_c_version(), zlibVersion(),
		       ZSTD_versionString());
	else
		printf("khabar %s, model %.*s (%.*s), behaviour %u\nsqlite %s, json-c %s, zlib %s, "
		       "zstd %s\n",
		       khabar_version(), (int)i.name.n, i.name.p, (int)i.digest.n, i.digest.p,
		       i.behaviour, sqlite3_libversion(), json_c_version(), zlibVersion(),
		       ZSTD_versionString());
	khabar_model_close(m);
	return m ? EXIT_ALL : EXIT_NONE;
}

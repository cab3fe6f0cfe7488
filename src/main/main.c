/* khabar COMMAND …: finds the sub-command and runs it. */
#include <string.h>

#include "main.h"

static const struct command commands[] = {
	{ "code", "code [--stories] FILE…|-", "code news into reports, JSON Lines", main_code },
	{ "show", "show --stage LAYER FILE…|-", "print one layer of the stories", main_show },
	{ "group", "group FILE…|-", "which stories tell of the same event", main_group },
	{ "model", "model", "what the model was built from", main_model },
};

static int usage(FILE *to)
{
	fprintf(to, "usage:\n");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		fprintf(to, "  khabar %-28s %s\n", commands[i].usage, commands[i].what);
	return to == stdout ? EXIT_ALL : EXIT_USAGE;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return usage(stderr);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		return usage(stdout);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "khabar: no command \"%s\"\n", argv[1]);
	return usage(stderr);
}

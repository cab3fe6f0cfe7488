/* khabar COMMAND …: the table of sub-commands, help, completion. */
#include <stdlib.h>
#include <string.h>

#include "main.h"

#define READS "data pages gold-tokens kind shard"
#define RUNS READS " jobs summary progress"

#ifndef KH_BUS
int main_worker(struct settings *s)
{
	fprintf(stderr, "khabar %s: this khabar was built without libpq\n", s->command);
	return EXIT_USAGE;
}

int main_queue(struct settings *s)
{
	return main_worker(s);
}
#endif

const struct command main_commands[] = {
	{"code", "code [OPTION…] [FILE…|-]",
	 "code news into reports: who says that who did what to whom",
	 "stories json table filter " RUNS,
	 "echo 'Police in Lagos arrested 12 protesters on Monday.' | khabar code\n"
	 "khabar code --stories -j 2 crawl.jsonl.gz > stories.jsonl\n"
	 "khabar code --table examples/four-stories.txt",
	 main_code, NULL},
	{"show", "show DB ID | show --stage LAYER [FILE…|-]",
	 "show a stored story with its words marked, or one layer of a text",
	 "db json color stage " RUNS,
	 "khabar show news.db 3f2a9c01d4e5b677\n"
	 "echo 'Rebels freed 20 captives.' | khabar show --stage tree\n"
	 "khabar show --stage place examples/live.txt",
	 main_show, NULL},
	{"explain", "explain [--db DB] ID | explain [--why-not] [FILE…|-]",
	 "why a report says what it says: sentence, tree, rule, steps", "db why-not " READS,
	 "khabar explain --db news.db 3f2a9c01d4e5b677/4.0\n"
	 "echo 'Police arrested two men in Oslo.' | khabar explain -\n"
	 "khabar explain --why-not examples/claims.txt",
	 main_explain, NULL},
	{"source", "source --db DB ID [FILE] | source --span B:E FILE",
	 "the bytes of the input that a story, a report or a span of the text came from",
	 "db span pages kind",
	 "khabar source --db news.db 3f2a9c01d4e5b677/4.0\n"
	 "khabar source --db news.db --span 120:133 3f2a9c01d4e5b677 page.html.gz\n"
	 "khabar source --span 0:56 examples/page.html",
	 main_source, NULL},
	{"parse", "parse [--conllu] [FILE…|-]", "sentences, tokens and trees only", "conllu " RUNS,
	 "khabar parse --conllu examples/live.txt\n"
	 "khabar parse --conllu --gold-tokens gold.conllu\n"
	 "echo 'The army withdrew.' | khabar parse",
	 main_parse, NULL},
	{"add", "add [OPTION…] DB FILE…|-", "code and store; the same story again changes nothing",
	 "db coded replace batch " RUNS,
	 "khabar add news.db examples/*\n"
	 "khabar add -j 2 news.db crawl/*.jsonl.zst\n"
	 "khabar code --stories page.html | khabar add --coded news.db -",
	 main_add, NULL},
	{"watch", "watch [OPTION…] DB FEEDS", "polls feeds politely and adds what is new",
	 "once every pause summary",
	 "khabar watch news.db feeds.txt\n"
	 "khabar watch --once --summary news.db feeds.txt\n"
	 "khabar watch --every 3600 --pause 10 news.db feeds.txt",
	 main_watch, NULL},
	{"find", "find [OPTION…] DB QUERY…", "reports that a query asks for",
	 "db json csv table stories count limit sql explain-query",
	 "khabar find news.db 'event:ASSAULT actor:ISR since:2025-11 said_by:hamas \"air "
	 "strikes\"'\n"
	 "khabar find news.db --count 'certainty:denied killed:>10'\n"
	 "khabar find news.db --sql 'select event, count(*) from report group by 1'",
	 main_find, NULL},
	{"incidents", "incidents [OPTION…] DB [QUERY…]",
	 "events with all their reports; contested figures side by side", "db json csv table limit",
	 "khabar incidents news.db\n"
	 "khabar incidents --json news.db 'event:ASSAULT place:Mopti'\n"
	 "khabar incidents --table news.db since:2026-03",
	 main_incidents, NULL},
	{"table", "table [OPTION…] DB [QUERY…]",
	 "counts of reports with stories and sources as denominators",
	 "db by csv json table all",
	 "khabar table news.db --by month,country\n"
	 "khabar table news.db --by day,event 'country:MLI since:2026'\n"
	 "khabar table news.db --by certainty --all",
	 main_table, NULL},
	{"export", "export --format FORMAT [OPTION…] DB [QUERY…]",
	 "the store in a format that others read", "db format scale all out",
	 "khabar export --format csv --out data/reports.csv news.db\n"
	 "khabar export --format gdelt news.db since:2026 > 2026.export.CSV\n"
	 "khabar export --format jsonl --all news.db",
	 main_export, NULL},
	{"saved", "saved [--drop] DB [NAME [QUERY…]]",
	 "questions that you keep, and what is new since you looked last", "db json table coder drop",
	 "khabar saved news.db mali 'country:MLI event:ASSAULT'\nkhabar saved news.db\n"
	 "khabar saved news.db mali",
	 main_saved, NULL},
	{"serve", "serve [--port N] DB",
	 "a page to read the store: timeline, list, matrix, map, incidents, stories", "db port",
	 "khabar serve news.db\nkhabar serve --port 8080 news.db\n"
	 "ssh -L 8080:127.0.0.1:8080 desk khabar serve --port 8080 news.db",
	 main_serve, NULL},
	{"review", "review [--coder NAME] [--agreement|--examples] DB",
	 "the page, to accept, reject and correct reports as well", "db port coder agreement examples json",
	 "khabar review --coder ana news.db\nkhabar review --agreement news.db\n"
	 "khabar review --examples news.db > corrected.txt",
	 main_review, NULL},
	{"verify", "verify DB", "check every span, code every story again and compare",
	 "db json progress",
	 "khabar verify news.db\nkhabar verify --json news.db\nkhabar verify copy.db && echo sound",
	 main_verify, NULL},
	{"diff", "diff A B", "what the one store codes otherwise than the other", "json limit",
	 "khabar diff old.db new.db\nkhabar diff --json old.db new.db\nkhabar diff --limit 20 "
	 "old.db new.db",
	 main_diff, NULL},
	{"group", "group [--floor N] [--copies] [FILE…|-]", "which stories tell of the same event",
	 "floor copies " READS,
	 "khabar group stories.jsonl\nkhabar group --floor 300 stories.jsonl\nkhabar group - < "
	 "stories.jsonl",
	 main_group, NULL},
	{"worker", "worker --queue URL [OPTION…]", "codes batches from a queue, beside others",
	 "queue ledger once listen lease tries patience insecure processes summary",
	 "khabar worker --queue pg:service=news -j 8\n"
	 "khabar worker --queue nats://127.0.0.1/NEWS --store pg:service=news --listen 9180\n"
	 "khabar worker --queue pg:dbname=news --once",
	 main_worker, NULL},
	{"queue", "queue put FILE… | status | reconcile | failed | results",
	 "puts stories into a queue and looks after it",
	 "queue ledger batch event country since until reference replicas insecure patience "
	 "retry json summary progress " READS,
	 "khabar queue put --queue pg:dbname=news crawl/*.jsonl.gz\n"
	 "khabar queue status --queue pg:dbname=news\n"
	 "khabar queue failed --retry --queue nats://127.0.0.1/NEWS --store pg:dbname=news",
	 main_queue, NULL},
	{"bench", "bench [--adding] FILE…", "speed by station on one core, and peak memory",
	 "json adding coded stop-after " READS,
	 "khabar bench examples/*\nkhabar bench --json --stop-after tree crawl.jsonl\n"
	 "khabar bench --adding --coded stories.jsonl",
	 main_bench, NULL},
	{"dict", "dict import FILE… | check DIR | test DIR FILE… | diff DIR FILE…",
	 "brings in and tries one's own or foreign dictionaries", "data dict-kind codes lenient",
	 "khabar dict import Phoenix.Countries.actors.txt Phoenix.agents.txt --data mine\n"
	 "khabar dict check mine && khabar code --data mine news.jsonl\n"
	 "khabar dict diff mine examples/*",
	 main_dict, NULL},
	{"model", "model", "what the model was built from", "",
	 "khabar model\nkhabar model | head -4\n"
	 "KHABAR_MODEL=my.model khabar model",
	 main_model, NULL},
	{"version", "version [--json]", "versions of the program, its libraries and its model",
	 "json", "khabar version\nkhabar version --json\nkhabar --version", main_version, NULL},
	{"help", "help [COMMAND]", "what a command does, three examples first", "",
	 "khabar help\nkhabar help code\nkhabar find --help", main_help, NULL},
};
const unsigned main_n_commands = sizeof main_commands / sizeof *main_commands;

const struct command *main_command(const char *name)
{
	for (unsigned i = 0; i < main_n_commands; i++)
		if (strcmp(name, main_commands[i].name) == 0)
			return &main_commands[i];
	return NULL;
}

static int usage(FILE *to)
{
	fprintf(to, "khabar reads the news and writes down who says that who did what to whom.\n\n"
		    "  echo 'Police in Lagos arrested 12 protesters on Monday.' | khabar code\n"
		    "  khabar add news.db examples/*\n"
		    "  khabar find news.db 'event:ASSAULT since:2026-03 \"air strike\"'\n\n");
	for (unsigned i = 0; i < main_n_commands; i++)
		fprintf(to, "  %-10s %s\n", main_commands[i].name, main_commands[i].what);
	fprintf(to, "\nkhabar help COMMAND tells more.\n");
	return to == stdout ? EXIT_ALL : EXIT_USAGE;
}

/* For completion scripts: commands, or the options of one command, a line each. */
static void word(void *ctx, const char *name, const char *what)
{
	(void)what;
	fprintf(ctx, "%.*s\n", (int)strcspn(name, " "), name);
}

static int words(const char *of)
{
	const struct command *c = of ? main_command(of) : NULL;
	if (c)
		args_each(c, word, stdout);
	for (unsigned i = 0; !of && i < main_n_commands; i++)
		puts(main_commands[i].name);
	return EXIT_ALL;
}

int main_help(struct settings *s)
{
	const struct command *c = s->files ? main_command(s->file[0]) : NULL;
	if (s->files && strcmp(s->file[0], "words") == 0)
		return words(s->files > 1 ? s->file[1] : NULL);
	if (s->files && !c) {
		fprintf(stderr, "khabar help: no command \"%s\"\n", s->file[0]);
		return EXIT_USAGE;
	}
	if (!c)
		return usage(stdout);
	args_help(c, stdout);
	return EXIT_ALL;
}

int main(int argc, char **argv)
{
	struct settings s;
	if (argc < 2)
		return usage(stderr);
	const char *name = argv[1];
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	else if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
		name = "version";
	const struct command *c = main_command(name);
	if (!c) {
		fprintf(stderr, "khabar: no command \"%s\" (khabar help)\n", name);
		return EXIT_USAGE;
	}
	if (c->raw)
		return c->raw(argc - 1, argv + 1);
	if (!args_parse(c, argc - 1, argv + 1, &s))
		return EXIT_USAGE;
	if (s.help) {
		args_help(c, stdout);
		return EXIT_ALL;
	}
	if (s.data && strcmp(name, "dict") != 0)
		setenv("KHABAR_DATA", s.data, 1); /* what main_model_open reads */
	int status = main_flush(c->run(&s));
	free(s.address);
	return status;
}

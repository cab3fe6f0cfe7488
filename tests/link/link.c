/* Links a store in one of three ways, for tests/link/run. In: "plain" (each report against each
 * open incident), "whole" (by the index) or "more" (what is new alone), and a store. Out: the pairs
 * that were compared. */
#include <stdio.h>
#include <string.h>

#include "store/fit.h"

int main(int argc, char **argv)
{
	struct kh_store *s = NULL;
	unsigned long compared = 0;
	if (argc != 3 || kh_store_open(&s, argv[2], KH_STORE_WRITE) != 0 ||
	    kh_fit_link(s, strcmp(argv[1], "more") != 0, strcmp(argv[1], "plain") == 0,
			&compared) != 0) {
		fprintf(stderr, "link: %s\n", kh_store_why(s));
		kh_store_close(s);
		return 1;
	}
	printf("%lu\n", compared);
	kh_store_close(s);
	return 0;
}

#!/bin/sh
# A file of text becomes an array of C ending in 0; comments of SQL (--) and lines of '# ' are left out.
# In: the name of the array, a path. Out: C on standard output.
echo "/* Made from a file beside this one: see meson.build. */"
echo "extern const char $1[];"
echo "const char $1[] = {"
sed -e '/^# /d' -e 's/--.*$//' "$2" | od -An -v -tx1 | sed 's/ \(..\)/(char)0x\1,/g'
echo '0 };'

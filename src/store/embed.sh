#!/bin/sh
# schema.sql becomes an array of C, its comments left out. In: its path. Out: C on standard output.
echo '/* Made from schema.sql. */'
echo 'extern const char kh_store_schema[];'
echo 'const char kh_store_schema[] = {'
sed -e 's/--.*$//' "$1" | od -An -v -tx1 | sed 's/ \(..\)/0x\1,/g'
echo '0 };'

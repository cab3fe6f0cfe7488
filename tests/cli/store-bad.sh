# a database that is none, newer, empty, cut, a folder, missing
$K add --coded n.db "$HERE/coded.jsonl"
try() { $K find "$1" event:AID; echo "status $?"; $K add --coded "$1" "$HERE/coded.jsonl"; echo "status $?"; }
sqlite3 other.db 'create table mine(x)'; try other.db
echo "just text, no database, long enough to be taken for one if one does not look at the head of it ......" > text.db; try text.db
sqlite3 n.db .dump >/dev/null; cp n.db newer.db; sqlite3 newer.db 'pragma user_version = 99'; try newer.db
mkdir dir.db; try dir.db
$K watch --once n.db dir.db; echo "status $?"
$K find nosuch.db event:AID; echo "status $?"
: > empty.db; $K find empty.db event:AID; echo "status $?"; $K add --coded empty.db "$HERE/coded.jsonl"; echo "status $?"
$K add --coded nosuch/x.db "$HERE/coded.jsonl"; echo "status $?"
$K diff n.db nosuch.db; echo "status $?"
for i in $(seq 40); do sed "s/\"a1/\"a$i/g; s/\"b2/\"b$i/g; s/\"c3/\"c$i/g; s/\"d4/\"d$i/g" "$HERE/coded.jsonl"; done | $K add --coded big.db - 2>/dev/null
sqlite3 big.db 'pragma wal_checkpoint(truncate)' >/dev/null
head -c $(($(stat -c %s big.db) / 2)) big.db > cut.db; $K verify cut.db > v 2>&1; s=$?; [ $s -ge 3 ] && [ -s v ] && echo "cut in half: found"

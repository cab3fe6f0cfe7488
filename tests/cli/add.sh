# adding again changes nothing; another text under the same id is refused unless --replace
sum() { sqlite3 n.db .dump | cksum; }
$K add --coded n.db "$HERE/coded.jsonl"; echo "status $?"; a=$(sum)
$K add --coded n.db "$HERE/coded.jsonl"; echo "status $?"; [ "$a" = "$(sum)" ] && echo "nothing changed"
sed 's/Tuesday/Tuesday morning/' "$HERE/coded.jsonl" | $K add --coded n.db -; echo "status $?"
[ "$a" = "$(sum)" ] && echo "nothing changed"
$K add --coded --replace n.db "$HERE/coded.jsonl"; echo "status $?"
$K find --sql 'select count(*) as stories, (select count(*) from report) as reports, (select count(*) from kh_actor) as actors from story' n.db
printf '{"story":"bad","text":"x","reports":[{"id":"bad/0.0"}]}\n{"text":"no id"}\n{"story":"good","text":"fine"}\n' | $K add --coded n.db -; echo "status $?"
$K find --sql "select story from story where story in ('bad', 'good')" n.db
echo 'plain text' | $K add --coded n.db -; echo "status $?"
$K verify n.db; echo "status $?"

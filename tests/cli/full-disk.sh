# a full disk is one line and status 4; what was stored before stays
$K code --stories "$EX/stories.jsonl" > /dev/full; echo "status $?"
$K add --coded n.db "$HERE/coded.jsonl"
for i in $(seq 3000); do printf '{"story":"s%d","text":"Some words of story number %d, again and again, again and again, again and again."}\n' $i $i; done > many.jsonl
(trap '' XFSZ; ulimit -f 300; $K add --coded --batch 100 n.db many.jsonl) 2>err; echo "status $?"
wc -l < err; grep -c 'khabar: n.db: ' err
$K verify n.db | tail -2 | sed 's/^[0-9]* stories/N stories/; s/^[0-9]* /N /'
timeout 60 $K serve n.db > /dev/full 2> err; echo "status $?"; wc -l < err
$K add --coded n.db many.jsonl; echo "status $?"; $K find --sql 'select count(*) as n from story' n.db

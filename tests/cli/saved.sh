# questions that somebody keeps, and what is new since they looked
export USER=ana
$K add --coded n.db "$HERE/coded.jsonl"
clock() { sed 's/since 2[0-9T:Z-]*/since THEN/; s/"looked":"[^"]*"/"looked":"THEN"/'; }
$K saved n.db; echo "status $?"
$K saved n.db mali country:MLI event:ASSAULT; echo "status $?"
$K saved n.db held event:COERCE
$K saved n.db | clock
sed 's/"a1/"n1/g' "$HERE/coded.jsonl" | head -1 | $K add --coded n.db -
$K saved n.db | clock
$K saved --json n.db | clock
USER=ben $K saved n.db; echo "status of another: $?"
$K saved --json n.db mali | cut -c1-40; $K saved n.db | clock
$K saved n.db mali; echo "status $?"
$K saved n.db bad evnt:x; echo "status $?"
$K saved n.db nosuch; echo "status $?"
$K saved --drop n.db held; $K saved --drop n.db held; echo "status $?"
$K saved n.db | clock
sqlite3 n.db 'select who, name, query from saved'

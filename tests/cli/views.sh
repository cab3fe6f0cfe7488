# show, incidents, table, explain of incidents, the named views and their columns
$K add --coded n.db "$HERE/coded.jsonl"
$K show n.db a1; $K show --color=always n.db c3; $K show --json n.db c3; $K show n.db nosuch; echo "status $?"
$K incidents n.db; $K incidents --csv n.db event:ASSAULT
$K explain --db n.db i/a1/0.0; $K explain --db n.db i/none; echo "status $?"
$K explain --db n.db nosuch/1.0; echo "status $?"
$K table --by day,country,event n.db; $K table --by month,certainty --all n.db; $K table --by source --json n.db
$K table --by weekday n.db; echo "status $?"
for v in story report incident claim actor_day dyad_month; do sqlite3 n.db "select '$v: ' || group_concat(name, ' ') from pragma_table_info('$v')"; done
sqlite3 -header n.db 'select * from dyad_month; select * from claim where kind = "killed"'
cp n.db m.db; $K diff n.db m.db; echo "status $?"
sed 's/"certainty":"denied"/"certainty":"happened"/' "$HERE/coded.jsonl" | head -4 | tail -2 > two.jsonl; $K add --coded o.db two.jsonl; $K diff n.db o.db; echo "status $?"

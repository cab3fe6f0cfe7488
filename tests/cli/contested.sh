# from raw stories to one incident with both figures side by side, and another place kept apart
$K add n.db "$HERE/contested.jsonl"
$K incidents n.db > out; grep -c '2 reports in 2 stories  contested: killed 21 / 25' out
grep -c '^2026-03-10  ASSAULT  Gao .* 1 report in 1 story' out
grep -oE 'says (the army|a doctor)' out
$K verify n.db > v; echo "status $?"
$K explain --db n.db "$($K find --sql "select incident from incident where contested is not null" n.db | tail -1)" | grep -c 'place 3'

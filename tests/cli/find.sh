# query words
$K add --coded n.db "$HERE/coded.jsonl"
while read -r q; do echo "$($K find --count n.db "$q" 2>&1 | tr '\n' '|') <- $q"; done <<'Q'
event:ASSAULT
event:assault,coerce
-event:ASSAULT
actor:MLI
actor:REB
actor:rebels
actor:reb
recipient:CVL
who:NOR
said_by:army
said_by:MIL
said_by:hospital
since:2026-03-11
until:2026-03-10
day:2026
day:2026-03
day:2026-03-10
since:2026-04
certainty:denied
-certainty:denied,planned
killed:>20
killed:>=25
killed:21
killed:<22
detained:12
place:Mopti
place:MLI
country:NOR
near:14.5,-4.2,50
near:59.9,10.7,20
near:0,0,100
source:"Daily A"
cameo:17
rule:assault
mode:firearms
quad:4
sure:>=800
goldstein:<0
story:c3
report:a1/0.0
stance:says
killed
"air strikes"
"killed 21"
hospital killed
-hospital event:ASSAULT
event:ASSAULT place:Mopti -said_by:MIL killed:>20

Q
echo "--- mistakes"
for q in 'evnt:ASSAULT' 'event:' 'since:yesterday' 'since:2026-13' 'killed:many' '"open' 'near:1,2' 'event:ASSAULT ??' 'actor:' '-' 'é evnt:x' 'event:ASSULT' 'event:aid,AIDE' '-certainty:never' 'event:ASSAULT OR event:AID' '(event:AID)'; do $K find n.db "$q" 2>&1; echo "status $?"; done
echo "--- every category and certainty that a record can have is one that can be asked for"
for list in plover:event certainty:certainty stance:stance; do
	for v in $(sed -n "/const ${list%:*}\[\]/,/};/p" "$KHABAR_ROOT/src/doc/codes.c" | grep -o '"[A-Za-z]*"' | tr -d '"'); do
		$K find --count n.db "${list#*:}:$v" >/dev/null 2>&1; [ $? -lt 2 ] && known=$((known + 1)) || echo "not $v"
	done
done
echo "$known of them"
echo "--- forms"
$K find --csv n.db event:COERCE
$K find --limit 1 n.db event:ASSAULT
python3 -c 'import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    o = json.loads(line)
    o["reports"] += [dict(r, id=r["id"][:-1] + "1") for r in o["reports"]]
    print(json.dumps(o))' "$HERE/coded.jsonl" | $K add --coded two.db -
for q in '' event:ASSAULT event:COERCE event:AID; do echo "$($K find --count two.db $q) reports in $($K find --count --stories two.db $q) stories <- $q"; done
$K table --by '' n.db | head -1
$K find --table n.db event:ASSAULT
$K find --explain-query n.db 'event:ASSAULT actor:MLI "air strikes"'
$K find --sql 'select event, count(*) as n from report group by 1 order by 1' n.db
$K find --json --sql 'select * from incident order by incident' n.db
$K find --sql 'delete from kh_story' n.db; echo "status $?"
$K find --sql 'select 1; select 2' n.db; echo "status $?"
$K find --sql 'selec 1' n.db; echo "status $?"
$K find n.db event:AID; echo "status $?"

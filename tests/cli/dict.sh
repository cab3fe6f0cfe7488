# One's own and foreign dictionaries: what comes in, what is refused, what it changes
printf '# a comment\nMORDOR [MOR]\n+BARAD_DUR\nGOLLUM\n+SMEAGOL\n\t[HOB <950601]\n\t[HOBGOV 950601-990815]\n\t[HOBREB >990816]\nORC_ARMY [MORMIL]\n' > t.actors.txt
printf '!PERSON! = MAN, MEN\nORC {ORCS} [~MIL]\nENVOY!PERSON! [~GOV] # no such word\n' > t.agents.txt
printf '&TIES\n+MILITARY\n+ECONOMIC\n\n--- RESTORE [064] ---\nRESTORE {RESTORED}\n- * &TIES TIES [0211]\n- NOT * TIES [120]\n- + * ARMS FROM $ [072]\n' > t.verbs.txt
printf 'FOOTBALL\n+WORLD CUP\n' > t.discards.txt
$K dict import t.*.txt --data mine; echo "status $?"
cat mine/actors/t.actors.txt mine/actors/t.agents.txt mine/events/t.verbs.patterns mine/actors/t.discards.txt
$K dict check mine; echo "status $?"
echo '{"id":"1","published":"1996-01-02","text":"Mordor restored economic ties with Smeagol."}' | $K code --data mine | grep -oE '"(event|cameo|id|country|rule)":"[^"]*"'
echo 'Chad restored arms from Mordor.' | $K code --data mine | grep -oE '"(event|rule|actors|recipients)":("[^"]*"|\[\{[^}]*)' # + before, $ behind: turned round
echo 'The orc army of Mordor attacked a football team in Chad.' | $K code --data mine; echo "status $?"
printf '+ Mordor restored military ties with Chad.\n021 MOR TCD\n+ Mordor restored ties with Chad.\nCOOPERATE MOR TCD\n- Chad is big.\n+ Chad is big.\nASSAULT\n' > tests
$K dict test mine tests; echo "status $?"
echo 'Mordor restored economic ties with Chad.' > text; $K dict diff mine text | grep '+ '
echo "--- mistakes: file, line, column, what was expected; nothing is written"
try() { $K dict import "$1" --data "no-$1" 2>&1; echo "status $?"; ls "no-$1" 2>/dev/null; }
printf '&A\n+&B\n\n&B\n+X\n+&A\n\nGO [010]\n- * &A [010]\n' > cycle.verbs; try cycle.verbs
printf 'CHAD [TCD\nMALI [MLI]\n' > bracket.actors; try bracket.actors
printf 'CHAD [TCD 99]\n' > days.actors; try days.actors
printf 'CH\xff\xfeAD [TCD]\n' > bytes.actors; try bytes.actors
printf 'GO {GOES [010]\n- * AWAY\n- * &NONE [010]\n' > verbs.verbs; try verbs.verbs
printf 'OFFICER [~COP\n!X!MAN [~GOV]\n' > agents.agents; try agents.agents
printf 'CHAD [TCD]\r\nMALI [MLI]\r\nCHAD [FRA]\r\n' > crlf.actors; try crlf.actors; cat no-crlf.actors/actors/*
printf 'CHAD [TCD\nMALI [MLI]\n' > some.actors; $K dict import some.actors --lenient --data some 2>&1; cat some/actors/*
mkdir -p items/actors; printf '#! khabar-actors 1 groups\nshire\tNZL GOV\t..\tShire\n' > items/actors/a.txt
printf '#! khabar-actors 1 wikidata\nshire\tQ1\tShire\nshire\tQ2\tBree\nrohan\tQ3\tRohan\nshire\t4\tShire\n' > items/actors/w.txt
$K dict check items 2>&1; echo "status $?"
mkdir -p own/actors own/events
printf '#! khabar-actors 1 groups\na\tCHD REB\t1990..x\tFoo\nb\tCH\t..\tBar|\nc\tCHD\t..\tFoo2\nd\tFRA\t..\tFoo2\n\xff\n' > own/actors/g.txt
printf '#! khabar-patterns 1\n010\tNOTHING\tgo\t\t\n010\tASSAULT\tgo\t&x\t\n' > own/events/p.patterns
$K dict check own 2>&1; echo "status $?"
$K code --data own text > /dev/null 2>&1; echo "status $?"
awk 'BEGIN { for (i = 0; i < 400000; i++) printf "NAME_%d_OF_MANY [TCDREB]\n", i }' > many.actors; $K dict import many.actors --data many && $K dict check many
$K dict import t.actors.txt; echo "status $?"; $K dict; echo "status $?"

# from a text to a stored, found, explained report
echo 'Police in Lagos arrested 12 protesters on Monday.' > t.txt
$K code t.txt > r; echo "status $?"; grep -c '"event":"COERCE"' r
$K code --table t.txt | awk 'NR == 2 { print $1, $2, $3 }' | tr -s ' '
$K code --summary t.txt 2>&1 >/dev/null | grep -c '"reports":'
$K explain t.txt | grep -E '^(trigger|event):'
echo 'The court jailed two journalists in Russia on Monday. The United Nations condemned it.' | $K explain - | grep '^actor:'
echo 'The weather was fine and the hills were green.' | $K explain --why-not - | head -2 | sed 's/^[0-9a-f]*/ID/'
$K parse --conllu t.txt | grep -c 'arrested'
$K source --span 0:6 t.txt; $K source --span 0:600 t.txt; echo "status $?"
$K add n.db t.txt; id=$($K find --sql 'select report from report' n.db | tail -1)
$K explain --db n.db "$id" | grep -E '^event:'; $K show n.db "${id%%/*}" | grep -c 'COERCE arrested'
$K verify n.db | sed 's/[0-9][0-9]* spans/N spans/'
$K bench --json t.txt | grep -c '"stations":'
$K show --stage sent t.txt | sed 's/"story":"[0-9a-f]*"/"story":"ID"/'
echo '' | $K code; echo "status $?"
printf ' \n\n' | $K code; echo "status $?"

# One's own rules of events: laid over the shipped ones, their examples run, mistakes told with file, line, column
mkdir -p mine/events
printf '# our own\nlist boats skiff dhow @weapon\nrule own.beach\n  verb beach strand\n  object @boats\n  code COERCE seize\n  cameo 171\n  flags actor\n  + {The navy}actor [beached] a dhow.\n  - The whale beached itself.\nrule assault.invade\n  verb invade\n  code COERCE\n  cameo 192\n  flags actor\n  + {Iraq}actor [invaded] {Kuwait}recipient.\n' > mine/events/own.rules
$K dict check mine; echo "status $?"
echo 'The navy beached a dhow. Iraq invaded Kuwait. Police arrested two men.' > text
echo "--- without, with"; $K code text | grep -oE '"rule":"[^"]*"'; $K code --data mine text | grep -oE '"(event|cameo|rule)":"[^"]*"'
$K dict diff mine text | grep '+ '
echo "--- an example that does not hold: dict check tells it, code does not run it"
mkdir -p fails/events; printf 'rule r.walk\n  verb walk\n  code ASSAULT\n  cameo 190\n  + {Chad}actor [walked] home.\n  - Chad walked to Mali.\n' > fails/events/f.rules
$K dict check fails; echo "status $?"; $K code --data fails text | grep -c rule
echo "--- every mistake; nothing is packed"
mkdir -p bad/events
printf 'list a x @b\nlist b y @a\nlist a z\nlist self x @self\nverb go\nrule r.one\n  verb go\xff\n  code ATTACK\n  code ASSAULT loud\n  cameo 19x\n  flags often\n  object @none\n  + {Chad}actor [attacked Mali.\n  + {Chad}agent [attacked] Mali.\n  + {Chad [attacked] Mali.\n  colour red\nrule r.two\nrule\nrule r.one\n  verb go\n' > bad/events/bad.rules
$K dict check bad; echo "status $?"; $K code --data bad text; echo "status $?"
echo "--- lines that end in CR LF, a byte order mark"
mkdir -p crlf/events; printf '\xef\xbb\xbfrule r.walk\r\n  verb walk\r\n  code ASSAULT\r\n  cameo 190\r\n  + {Chad}actor [walked] home.\r\n' > crlf/events/f.rules
$K dict check crlf; echo "status $?"
echo "--- ten megabytes of rules, and more rules than there may be"
mkdir -p many/events
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "rule many.r%d\n  verb frob%d twiddle%d\n  object thing%d gadget%d doohickey%d widget%d gizmo%d whatsit%d\n  code ASSAULT\n  cameo 190\n  flags actor\n", i, i, i, i, i, i, i, i, i }' > many/events/m.rules
[ "$(stat -c %s many/events/m.rules)" -gt 10000000 ] && $K dict check many
awk 'BEGIN { for (i = 0; i < 65540; i++) printf "rule r.r%d\n verb v%d\n flags not\n", i, i }' > many/events/m.rules
$K dict check many 2>&1 | head -2
printf 'list l %s\n' "$(yes word | head -300000 | paste -sd' ')" > many/events/m.rules
$K dict check many

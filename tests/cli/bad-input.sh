# each bad input is one line with file and byte; what is good before and after is kept
G='{"id":"g1","text":"Police in Oslo arrested two men on Monday."}'
H='{"id":"h2","text":"The army killed three rebels near Mopti."}'
say() { echo "--- $1"; shift; "$@" 2>&1 | sed 's/"by":{[^}]*},//; s/,"text":.*/}/'; echo "status ${PIPESTATUS[0]}"; }
touch empty; say "empty file" $K code --stories empty
mkdir folder; say "folder without files" $K code folder
say "no such file" $K code nosuch.txt
printf '\x7fELF\2\1\1\0\0\0' > prog; say "a program" $K code prog
head -c 3000 /dev/zero > zeros; say "zeros" $K code zeros
printf '%s\n{"id":"x","text":"cut of' "$G" > cut.jsonl; say "cut off" $K code --stories cut.jsonl
printf '%s\n{"id":"x","title":"no text"}\n%s\n' "$G" "$H" > notext.jsonl; say "no text" $K code --stories notext.jsonl
printf '%s\nnot json\n{"id":1}{"id":2}\n[1]\n%s\n' "$G" "$H" > mixed.jsonl; say "mixed" $K code --stories mixed.jsonl
printf '%s\r\n\r\n\n%s' "$G" "$H" > crlf.jsonl; say "CRLF, blank lines, no last line break" $K code --stories crlf.jsonl
echo "{\"text\":5}" > five.jsonl; say "text is a number" $K code five.jsonl
printf '%s\n' "$G" > ok.jsonl; say "one missing of two" $K code --stories ok.jsonl nosuch.txt
printf 'Police in Oslo arrested two men.\xff\xfe The end.\n' > latin; say "not UTF-8" $K code --stories --kind story latin
# what was odd about a page: its notes, and that the report is there all the same
notes() { echo "--- $1"; shift; "$@" 2>&1 | grep -o '"notes":\[[^]]*\]\|"event":"[A-Z]*"'; }
T='Police in Málaga arrested two men. “No comment,” the mayor of the café owners’ town said.'
printf '%s\n' "$T" | iconv -f UTF-8 -t UTF-16 > wide; notes "UTF-16 with a mark" $K code --stories wide
printf '%s\n' "$T" | iconv -f UTF-8 -t UTF-16BE > wide; notes "UTF-16 without one" $K code --stories wide
printf 'Police in M\xe1laga arrested two men.\n' > latin; notes "Latin-1, not said" $K code --stories latin
printf 'Police\0\0 in Oslo arrested two men.\n' > nul; notes "NUL bytes" $K code --stories nul
printf '\xef\xbb\xbfPolice in Oslo arrested \xff\xfe two men.\n' > mixed; notes "a mark, then bytes that are no UTF-8" $K code --stories mixed

# a model image that is damaged, cut, foreign or missing
M=$KHABAR_MODEL
try() { KHABAR_MODEL=$1 $K code "$EX/live.txt" 2>&1 | head -c 300 | sed "s|$PWD/||; s/byte [0-9]*/byte N/"; KHABAR_MODEL=$1 $K code "$EX/live.txt" >/dev/null 2>&1; echo "status $?"; }
try nosuch.model
: > empty.model; try empty.model
echo "this is no model at all" > foreign.model; try foreign.model
head -c 100000 "$M" > cut.model; try cut.model
cp "$M" bad.model; chmod u+w bad.model; printf '\377\377\377\377' | dd of=bad.model bs=1 seek=5000 conv=notrunc 2>/dev/null
try bad.model | tail -1

# what is wrong with a command line is one line, and status 2
for args in "" "nosuch" "code --nosuch" "code --kind poem" "code --shard 0/4" "code --shard 5/4" "code -j x" "code --kind" \
	"show --stage nosuch" "show" "find" "find --limit -1 x" "add" "export x.db" "export --format nosuch x.db" "diff x.db" \
	"source x" "source --span 1 x" "source --span 5:0 x" "show --color purple x.db y" "code --progress often" "export --format icews --scale x x.db" \
	"group --floor 1001" "table --incidents x.db" "code --data nosuch" "explain --db x.db" "help nosuch" "code --json=1" "verify"; do
	$K $args >/dev/null 2>err
	echo "status $? for: khabar $args"
	[ "$args" = "" ] || sed 's/^/    /' err
done

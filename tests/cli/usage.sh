# what is wrong with a command line is one line, and status 2
for args in "" "nosuch" "code --nosuch" "code --kind poem" "code --shard 0/4" "code --shard 5/4" "code -j x" "code --kind" \
	"show --stage nosuch" "show" "find" "find --limit -1 x" "add" "export x.db" "export --format nosuch x.db" "diff x.db" \
	"source x" "source --span 1 x" "explain --db x.db" "help nosuch" "code --json=1" "verify"; do
	$K $args >/dev/null 2>err
	echo "status $? for: khabar $args"
	[ "$args" = "" ] || sed 's/^/    /' err
done

# every command has a help of 40 lines at most that opens with three examples; status is 0
$K help words | while read -r c; do
	$K help "$c" > h || echo "help $c: status $?"
	[ "$(wc -l < h)" -le 40 ] || echo "$c: $(wc -l < h) lines"
	[ "$(sed -n '/^examples:/,/^$/p' h | grep -c '^  ')" = 3 ] || echo "$c: not three examples"
	$K "$c" --help | cmp -s - h || echo "$c --help says otherwise"
	$K help words "$c" | grep -q '^--help$' || echo "$c: no words for completion"
done
$K --help | head -3
$K --version | sed 's/([0-9a-f]*)/(N)/; s/[0-9][0-9.]*/N/g' | head -1

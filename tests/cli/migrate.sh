# a store of version 1 (src/store/schema.sql is that version for ever, with four of views.sql) is brought up to date with every row it has
sqlite3 old.db ".read $KHABAR_ROOT/src/store/schema.sql" "$(sed '/^--/d; /^drop view if exists review/,$d' "$KHABAR_ROOT/src/store/views.sql")" "pragma application_id = $((0x6b686272)); pragma user_version = 1" \
	"insert into kh_story(story, text, record) values ('s1', 'Some words.', '{\"story\":\"s1\",\"text\":\"\"}')"
$K find --sql 'select story, text from story' old.db; echo "status $?"
sqlite3 old.db 'pragma user_version; select count(*) from review'
$K add --coded old.db "$HERE/coded.jsonl"; $K find --sql 'select count(*) as stories from story' old.db
$K bench --adding --coded "$HERE/coded.jsonl" | sed 's/[0-9.]* s of/N s of/; s/[0-9][0-9]* stories\/s/N stories\/s/g'

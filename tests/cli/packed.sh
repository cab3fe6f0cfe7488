# gzip, zstd, folders and standard input give what the plain file gives; so do threads, and shards together
cp "$EX/stories.jsonl" a.jsonl
$K code --stories --json a.jsonl | sed 's/"file":"[^"]*",//' > plain; wc -l < plain
gzip -k a.jsonl; head -c 200 a.jsonl | gzip > half.gz; tail -c +201 a.jsonl | gzip >> half.gz; zstd -q a.jsonl
for f in a.jsonl.gz half.gz a.jsonl.zst; do $K code --stories "$f" | sed 's/"file":"[^"]*",//' | cmp - plain; done
$K code --stories < a.jsonl | sed 's/"file":"[^"]*",//' | cmp - plain
mkdir -p d/e; mv a.jsonl d/e/; $K code --stories d | sed 's/"file":"[^"]*",//' | cmp - plain
for i in $(seq 40); do cat d/e/a.jsonl; done > many.jsonl
$K code many.jsonl > one; for j in 2 3 8; do $K code -j $j many.jsonl | cmp - one; done
for i in 1 2 3; do $K code --shard $i/3 many.jsonl; done | sort > s; sort one | cmp - s
head -c 150 a.jsonl.gz > cut.gz; $K code cut.gz > /dev/null; echo "status $?"
head -c 100 a.jsonl.zst > cut.zst; $K code cut.zst > /dev/null; echo "status $?"
(cat a.jsonl.gz | head -c 60; head -c 100 /dev/zero) > bad.gz; $K code bad.gz > /dev/null; echo "status $?"

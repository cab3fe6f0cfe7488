"""neardup: which texts are copies of one another, by `khabar group --copies`."""
import json

import common

SCORER = "score_clusters.py"
FILES = ["neardup/docs.jsonl"]
KEYS = ["bcubed_f1", "pair_f1", "exact"]


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    lines = "".join(json.dumps({"id": r["id"], "title": r["title"], "text": r["text"]}) + "\n" for r in rows)
    common.write(out, [json.loads(o) for o in khabar(["group", "--copies", "-"], lines.encode()).splitlines()])

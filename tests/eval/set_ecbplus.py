"""ecbplus: which texts tell of the same event, by `khabar group`."""
import json

import common

SCORER = "score_clusters.py"
FILES = ["ecbplus/docs.jsonl"]
KEYS = ["bcubed_f1", "pair_f1", "exact"]


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    lines = "".join(json.dumps({"id": r["id"], "text": r["text"]}) + "\n" for r in rows)
    with open(out, "wb") as f:
        f.write(khabar(["group", "-"] + list(args), lines.encode()))

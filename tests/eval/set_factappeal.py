"""factappeal: attributed factual claims and their sources; thoughts and wishes are no factual claims there."""
import common
from set_polnear import item, voices

SCORER = "score_attribution.py"
FILES = ["factappeal/train.jsonl", "factappeal/dev.jsonl"]
KEYS = ["pair half.2", "who"]


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    found = voices(rows, khabar)
    common.write(out, [{"docid": r["docid"], "attributions": [item(v) for v in found.get(str(i), []) if "outer" not in v and "stand" not in v and "phrase" not in v]} for i, r in enumerate(rows)])

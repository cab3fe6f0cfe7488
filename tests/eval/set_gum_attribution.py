"""gum_attribution: attributions with nested ones."""
import common
from set_polnear import item, voices

SCORER = "score_attribution.py"
FILES = ["gum_attribution/dev.jsonl"]
KEYS = ["triple half.2", "who"]


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    found = voices(rows, khabar)
    common.write(out, [{"docid": r["docid"], "attributions": [item(v) for v in found.get(str(i), [])]} for i, r in enumerate(rows)])

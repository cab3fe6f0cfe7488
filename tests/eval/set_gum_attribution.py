"""gum_attribution: attributions with nested ones; clauses only, as its annotators were told (no stands, no noun phrases, no colons)."""
import common
from set_polnear import item, voices

SCORER = "score_attribution.py"
FILES = ["gum_attribution/dev.jsonl"]
KEYS = ["triple half.2", "who"]


def text(r, v):
    return r["text"].encode()[v["cue"][0][0]:v["cue"][-1][1]].decode("utf-8", "replace")


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    found = voices(rows, khabar)
    common.write(out, [{"docid": r["docid"], "attributions": [item(v) for v in found.get(str(i), []) if "stand" not in v and "phrase" not in v and text(r, v) != ":"]} for i, r in enumerate(rows)])

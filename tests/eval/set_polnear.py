"""polnear: who says so (source, cue, content), outermost attributions only, as its annotators were told."""
import common

SCORER = "score_attribution.py"
FILES = ["polnear/dev.jsonl"]
KEYS = ["triple half.2", "triple half.0", "who"]


def voices(rows, khabar):
    return common.stage("voice", [(str(i), r["text"], {"published": r.get("date") or r.get("dct") or ""}) for i, r in enumerate(rows)], khabar)


def item(v):
    return {"source": v["source"], "cue": v["cue"], "content": v["content"]}


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    found = voices(rows, khabar)
    common.write(out, [{"docid": r["docid"], "attributions": [item(v) for v in found.get(str(i), []) if "outer" not in v]} for i, r in enumerate(rows)])

"""factuality: how sure the text is that each marked event happened (places given, values khabar's)."""
import common

SCORER = "score_factuality.py"
FILES = ["factuality/uw_dev.jsonl", "factuality/uds_dev.jsonl"]
KEYS = ["mae", "macro F1", "r"]


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    facts = common.stage("fact", [(str(i), r["text"], {"published": r.get("dct") or ""}) for i, r in enumerate(rows)], khabar)
    lines = []
    for i, r in enumerate(rows):
        wanted = [(e["start"], e["end"]) for e in r["events"]]
        near = [f for f in facts.get(str(i), []) if any(f["span"][0] < e and s < f["span"][1] for s, e in wanted)]
        lines.append({"docid": r["docid"], "events": [{"start": f["span"][0], "end": f["span"][1], "value": f["value"]} for f in near]})
    common.write(out, lines)

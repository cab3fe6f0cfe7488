"""cameo_spans: the quad class of a sentence's surest event; ST where nothing is an event. The set's ST are CAMEO 01 and 02,
so appeals (REQUEST with a code of 02) and claims of responsibility (015) and denials (016) are written ST here; it counts yielding (08) as material
cooperation and reduced relations (16) as verbal conflict, by CAMEO root."""
import json, subprocess, sys

import common

SCORER = "score_labels.py"
FILES = ["cameo_spans/dev.jsonl"]
KEYS = ["exact", "statements_as_events", "statements", "coverage"]
QUAD = ["", "VC", "MC", "VF", "MF"]
ROOT = {"08": "MC", "16": "VF"}


def label(reports):
    top = max(reports, key=lambda r: r.get("sure", 0)) if reports else None
    statement = top is None or top.get("cameo", "").startswith("02") or top.get("rule", "").startswith(("assault.claim", "deny."))
    return "ST" if statement else ROOT.get(top.get("cameo", "")[:2], QUAD[top["quad"]])


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    reports = common.code([(r["id"], r["text"], {"published": "2010-06-15"}) for r in rows], khabar)
    common.write(out, [{"id": r["id"], "labels": [label(reports.get(r["id"]))]} for r in rows])


def score(gold, out, scorer, args):
    done = subprocess.run([sys.executable, str(scorer / SCORER), gold, out, "--field", "penta"], stdout=subprocess.PIPE, text=True, check=True)
    result = json.loads(done.stdout.strip().splitlines()[-1])
    print(done.stdout.rsplit("\n", 2)[0])
    have = {o["id"]: o["labels"][0] for o in common.read(out)}
    rows = common.read(gold)
    result["statements"] = sum(r["penta"] == ["ST"] for r in rows)
    result["statements_as_events"] = sum(r["penta"] == ["ST"] and have[r["id"]] != "ST" for r in rows)
    events = [r for r in rows if "ST" not in r["penta"]]
    result["coverage"] = round(sum(have[r["id"]] != "ST" for r in events) / max(1, len(events)), 4)
    return result

"""ngec_actors: who is this? The phrase is coded as a sentence of its own; the mention that holds its last named or
generic head answers. Scored on country and on sector, both printed, and merged into one object."""
import json, subprocess, sys

import common

FILES = ["ngec_actors/dev.jsonl"]
KEYS = ["country_exact", "sector_exact"]
SCORER = "score_labels.py"


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    found = common.stage("actor", [(r["id"], r["phrase"] + ".", {"published": r["date"] or "2022-06-15"}) for r in rows], khabar)
    lines = []
    for r in rows:
        mentions = found.get(r["id"], [])
        coded = [m for m in mentions if m.get("country") or m.get("sectors")] or mentions
        best = min(coded, key=lambda m: (m["span"][0], -m["span"][1])) if coded else {}
        country = best.get("country", "")
        lines.append({"id": r["id"], "country": [country] if country else [], "sector": best.get("sectors", [])[:1]})
    common.write(out, lines)


def score(gold, out, scorer, args):
    merged = {}
    for field in ("country", "sector"):
        done = subprocess.run([sys.executable, str(scorer / SCORER), gold, out, "--field", field], stdout=subprocess.PIPE, text=True, check=True)
        result = json.loads(done.stdout.strip().splitlines()[-1])
        print(done.stdout.strip().splitlines()[-2])
        merged.update({field + "_" + k: v for k, v in result.items() if k != "labels"})
    return merged

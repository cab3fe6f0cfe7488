"""segments: pages that run several stories together. Each page is one record, cut by `khabar show --pages`."""
import json

import common, pages

SCORER = "score_segments.py"
FILES = ["segments/pages.jsonl"]
KEYS = ["boundary_f1", "pk", "exact_f1", "shingle_f1", "titles", "dups_left"]


def predict(gold, out, khabar, args):
    rows = []
    for row in common.read(gold):
        line = json.dumps({"id": row["id"], "text": row["text"]}) + "\n"
        stories = [s for o in khabar(["show", "--pages", "--stage", "story", "-"], line.encode()).splitlines()
                   for s in pages.loads(o)["story"]]
        rows.append({"id": row["id"], "stories": [
            {"title": s.get("title") or "", "start": s["origin"][0], "end": s["origin"][1],
             "body": s["paragraphs"], "dup_of": s.get("repeats")} for s in stories]})
    common.write(out, rows)

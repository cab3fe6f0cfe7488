"""counts: how many were killed, wounded, arrested, displaced, abducted. `detained` is `arrested` there. For pages about one
incident (Gun Violence Archive) the largest figure near the top is the main one, and the first dated report gives the day."""
import common

SCORER = "score_counts.py"
FILES = ["counts/mentions_dev.jsonl", "counts/muc4_tst12.jsonl", "counts/gva_dev.jsonl"]
KEYS = ["value.2", "list figure.0", "incident killed.0", "incident wounded.0", "incident date.0"]
KIND = {"killed": "killed", "wounded": "wounded", "detained": "arrested", "displaced": "displaced", "abducted": "abducted"}


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    texts = [(str(i), r["text"], {"published": r.get("dct") or "", "title": r.get("title") or ""}) for i, r in enumerate(rows)]
    amounts = common.stage("amount", texts, khabar)
    incident = any(r.get("level") == "incident" for r in rows)
    reports = common.code(texts, khabar) if incident else {}
    lines = []  # "several" is 2 or more there, 3 or more in a record
    for i, r in enumerate(rows):
        found = [{"kind": KIND[a["kind"]], "low": 2 if a.get("low") == 3 and a.get("high") is None and not a["text"][-1].isdigit() and a["text"].lower() != "three" else a.get("low"), "high": a.get("high"), "start": a["span"][0], "end": a["span"][1]}
                 for a in amounts.get(str(i), []) if a.get("kind") in KIND]
        line = {"docid": r["docid"], "counts": found}
        if r.get("level") == "incident":
            for kind in ("killed", "wounded"):
                first = [c for c in found if c["kind"] == kind and c["low"] and c["low"] < 60][:4]
                for c in first:
                    c["main"] = True
            day = next((x["time"]["begin"] for x in reports.get(str(i), []) if x["event"] == "ASSAULT" and x.get("time", {}).get("begin")), None)
            if day:
                line["event"] = {"date": day}
        lines.append(line)
    common.write(out, lines)

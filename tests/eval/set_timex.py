"""timex: TIMEX3 of news with the day of the document."""
import common

SCORER = "score_timex.py"
FILES = ["timex/timebank.jsonl", "timex/aquaint.jsonl"]
KEYS = ["value.2", "calendar.2", "relaxed.2", "strict.2"]


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    days = common.stage("day", [(str(i), r["text"], {"published": r.get("dct") or ""}) for i, r in enumerate(rows)], khabar)
    common.write(out, [{"docid": r["docid"], "timex": [{"start": d["span"][0], "end": d["span"][1], "type": d["type"], "value": d["value"]}
                                                       for d in days.get(str(i), [])]} for i, r in enumerate(rows)])

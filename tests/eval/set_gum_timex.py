"""gum_timex: dates and times of day of GUM documents. Where the days of an expression are not those of its value
("late September", "5-6 September 2019"), they go as from/to, which GUM gives as well."""
import sys, pathlib
import common
sys.path.insert(0, str((common.shared() or pathlib.Path(".")) / "score"))
try:
    from score_timex import interval
except ImportError:
    interval = None
SCORER = "score_timex.py"
ARGS = ["--types", "DATE,TIME"]
FILES = ["gum_timex/dev.jsonl"]
KEYS = ["calendar.1", "calendar.2", "value.2"]


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    days = common.stage("day", [(str(i), r["text"], {"published": r.get("dct") or ""}) for i, r in enumerate(rows)], khabar)
    lines = []
    for i, r in enumerate(rows):
        found = []
        for d in days.get(str(i), []):
            x = {"start": d["span"][0], "end": d["span"][1], "type": d["type"], "value": d["value"]}
            told = interval(d["value"]) if interval else None
            ours = (d.get("begin"), d.get("end"))
            if all(ours) and d["type"] == "DURATION":
                x["type"] = "DATE"  # "the past three years" is an interval of dates there
            if all(ours) and (not told or tuple(map(str, told)) != ours):
                x["from"], x["to"] = ours
            found.append(x)
        lines.append({"docid": r["docid"], "timex": found})
    common.write(out, lines)

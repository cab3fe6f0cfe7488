"""newsmeta: title, authors and instant of publication, and what the text must and must not hold, from mark-up."""
import common, pages

SCORER = "score_metadata.py"
FILES = ["newsmeta/truth.jsonl"]
KEYS = ["date.accuracy", "instant.accuracy", "title.accuracy", "authors.f"]


def predict(gold, out, khabar, args):
    rows = []
    for i, (s,) in pages.read(gold, khabar):
        byline = s.get("byline") or ""
        rows.append({"id": i, "title": s.get("title") or None, "authors": byline.split(", ") if byline else [],
                     "date": pages.day(s), "body": pages.body(s)})
    common.write(out, rows)

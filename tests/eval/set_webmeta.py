"""webmeta: title, authors and instant of publication, and what the text must and must not hold, from mark-up."""
import common, pages

SCORER = "score_metadata.py"
FILES = ["webmeta/truth.jsonl"]
KEYS = ["date.accuracy", "title.accuracy", "authors.f", "segments.f"]


def predict(gold, out, khabar, args):
    rows = []
    for i, (s,) in pages.read(gold, khabar):
        byline = s.get("byline") or ""
        rows.append({"id": i, "title": s.get("title") or None, "authors": byline.split(", ") if byline else [],
                     "date": pages.day(s), "body": pages.body(s, decks=True)})
    common.write(out, rows)

"""places: place names and where they are. Peoples and adjectives count as places where the file has them (LGL)."""
import common

SCORER = "score_places.py"
FILES = ["places/lgl.jsonl", "places/geovirus.jsonl"]
KEYS = ["found+acc@161", "country", "overlap.2"]


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    places = common.stage("place", [(str(i), r["text"], {"published": r.get("dct") or "", "title": r.get("title") or ""}) for i, r in enumerate(rows)], khabar)
    lines = []
    for i, r in enumerate(rows):
        found = [{"start": p["span"][0], "end": p["span"][1], **{k: p[k] for k in ("lat", "lon", "geonameid", "cc") if k in p}}
                 for p in places.get(str(i), [])]
        lines.append({"docid": r["docid"], "places": found})
    common.write(out, lines)

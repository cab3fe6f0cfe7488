"""plover_gsr: events of single sentences, top-level ones (an attack told inside an accusation is `within` it and is not the
sentence's event). The set marks one event a sentence, so the surest report of each is handed in; plv is offered all of them.
The set codes the UN, the EU and their bodies as plain IGO, so UNO and EUR are written IGO here."""
import common

SCORER = "score_events.py"
FILES = ["plover_gsr/dev.jsonl"]
KEYS = ["event.f1", "event_macro_f1", "quad.f1", "first", "actor.f1", "sector.f1", "triple.f1"]
PLAIN = {"UNO": "IGO", "EUR": "IGO"}


def actors(found):
    return [{"text": a["text"], "span": a["span"], "code": PLAIN.get(a.get("country", ""), a.get("country", "")) or "---",
             "sectors": a.get("sectors", [])[:2]} for a in found if a.get("country") or a.get("sectors") or a.get("text")]


def lines(rows, khabar):
    reports = common.code([(r["id"], r["text"], {"published": r.get("date") or "2010-06-15"}) for r in rows], khabar)
    for row in rows:
        for r in reports.get(row["id"], []):
            if r.get("within"):
                continue
            yield {"story": row["id"], "event": r["event"], "cameo": r.get("cameo", ""), "sure": r.get("sure", 0), "source": actors(r.get("actors", [])),
                   "target": actors(r.get("recipients", [])), "reciprocal": len(r.get("actors", [])) > 1 and not r.get("recipients")}


def coded(actors_):
    return [a for a in actors_ if a["code"] != "---"]


def predict(gold, out, khabar, args):
    found = []
    best = {}
    for line in lines(common.read(gold), khabar):
        if line["story"] not in best or line["sure"] > best[line["story"]]["sure"]:
            best[line["story"]] = line
    for line in best.values():
        line["source"], line["target"] = coded(line["source"]), coded(line["target"])
        found.append(line)
    common.write(out, found)

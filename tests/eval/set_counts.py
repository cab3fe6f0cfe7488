"""counts: how many were killed, wounded, arrested, displaced, abducted. `detained` is `arrested` there; "several" is 2 or
more there, 3 or more in a record. For pages about one incident (Gun Violence Archive) the title and the lead tell the
main incident's figures; where no figure is told, the named victims are counted; the reports tell day and city."""
import re
from datetime import date
import common

SCORER = "score_counts.py"
FILES = ["counts/mentions_dev.jsonl", "counts/muc4_tst12.jsonl", "counts/gva_dev.jsonl"]
KEYS = ["value.2", "list figure.0", "incident killed.0", "incident wounded.0", "incident date.0", "incident city"]
KIND = {"killed": "killed", "wounded": "wounded", "detained": "arrested", "displaced": "displaced", "abducted": "abducted"}
LEAD = 900  # bytes of a page that tell the news
MOST = 60  # an incident; more is a tally of a year or a city


def bounds(a):
    vague = a.get("low") == 3 and a.get("high") is None and not re.search(r"\d|three", a["text"], re.I)
    return (2 if vague else a.get("low")), a.get("high")


def counted(a):
    low, high = bounds(a)
    return {"kind": KIND[a["kind"]], "low": low, "high": high, "start": a["span"][0], "end": a["span"][1]}


def figure(a):
    return a.get("low") if a.get("low") is not None else a.get("high")


def vague(a):
    return bool(re.fullmatch(r"several|numerous|many|multiple|dozens|a few|a number|a handful", a["text"], re.I))


def firm(amounts):
    """Told figures where there are any: "several" gives way to "four"."""
    return [a for a in amounts if a.get("low") == a.get("high")] or [a for a in amounts if not vague(a)] or amounts


def joined(amounts, text):
    """Members of one list are one figure: "three men and a woman were wounded" are four."""
    text, out = text.encode(), []
    for a in amounts:
        between = text[out[-1]["end"]:a["span"][0]] if out else b""
        alike = out and all(a.get(k) == out[-1].get(k) for k in ("kind", "trigger", "negated"))
        plain = alike and not (a.get("part") or a.get("named") or out[-1].get("part") or out[-1].get("named") or vague(a) or vague(out[-1]))
        if plain and a.get("low") and out[-1].get("low") and re.fullmatch(rb"[\w\s'-]{0,50} and (at least |another )?", between):
            out[-1].update(low=out[-1]["low"] + a["low"], high=out[-1]["low"] + a["low"], end=a["span"][1])
        else:
            out.append(dict(a, end=a["span"][1]))
    return out


def names(kind, amounts):
    """Last words of the names of those whom it befell."""
    return {a["text"].split()[-1].lower() for a in amounts if a["kind"] == kind and a.get("named") and a["text"][:1].isupper()
            and a["text"].split()[0].lower() not in ("the", "he", "she", "his", "her", "this", "their")}


def tally(kind, title, body):
    """The figure of the main incident: the title's, else the lead's greatest, else how many are named."""
    def told(amounts):
        return [figure(a) for a in firm([a for a in amounts if a["kind"] == kind and not a.get("named") and not a.get("negated")])
                if figure(a) < MOST]
    lead = [a for a in body if a["span"][0] < LEAD]
    named = names(kind, lead)
    known = any(a["kind"] == kind and a.get("named") for a in body)
    for figures in (told(title), told(lead), told(body)):
        if figures:
            return max(max(figures), len(named) if figures is not None and max(figures) == 1 else 0)
    return len(named) or int(known)


SHOT = {"shot", "shooting", "shoot", "stabbed", "stabbing"}


def wounded(title, body, dead):
    """Those told as wounded; where only the number of those shot is told, less the dead among them."""
    shot = lambda a: a.get("trigger", "").lower() in SHOT
    hurt = lambda part: [a for a in part if a["kind"] == "wounded" and not a.get("named") and not a.get("negated") and figure(a) < MOST]
    lead = [a for a in body if a["span"][0] < LEAD]
    exact = lambda part: any(not vague(a) for a in hurt(part))
    for part in (title if exact(title) else [], lead if exact(lead) else [], title, lead, body):
        plain = hurt(part)
        told = [figure(a) for a in firm([a for a in plain if not shot(a)])]
        if told:
            hit = [figure(a) for a in firm([a for a in plain if shot(a)])]
            return max(max(told), max(hit) - dead if hit and max(told) == 1 else 0)
        if plain:
            n = max(map(figure, plain))
            return n - dead if n >= dead else n
    hit = names("wounded", lead)
    if hit:
        return max(0, len(hit) - dead)
    return int(not dead and any(a["kind"] == "wounded" and a.get("named") for a in body))


def city(places, reports, title, text):
    """City of the incident that a page is about: of the towns named, the one told most, in title, dateline or lead before
    the rest, or as the place of a report; a quarter of a town stands for the town that the page names as well."""
    weight = {}
    for p in places:
        if p.get("adjective") or not p.get("fcode", "").startswith("PPL") or p.get("fcode") == "PPLX" or not p.get("geonameid"):
            continue
        begin, end = p["span"]
        line = text[end:end + 40]
        w = 1 + 3 * (begin < title) + (title <= begin < title + 300) + 3 * bool(re.match(rb"\W{0,3}([A-Z][\w.]+,? ?){0,2}(\([A-Z/ -]+\) ?)?(--|\xe2\x80\x94|\xe2\x80\x93|-) ", line) and begin < title + 200)
        w += 2 * bool(re.match(rb"(?i) (police|fire department|mayor|officials|authorities)", line))
        weight[p["name"]] = weight.get(p["name"], 0) + w
    for r in reports:
        name = r.get("place", {}).get("name")
        if r["event"] == "ASSAULT" and name in weight:
            weight[name] += 1
    return max(weight, key=weight.get) if weight else None


def day_and_place(reports, days, dct, town):
    """Day of the first dated report of an assault; else the first single day told, not after publication; else that."""
    event = {}
    dated = [r["time"] for r in reports if r["event"] == "ASSAULT" and r.get("time", {}).get("how") in ("stated", "resolved", "inherited")]
    told = [t["begin"] for t in dated if t.get("begin") and t.get("begin") == t.get("end")]
    near = [d["begin"] for d in days if d["type"] in ("DATE", "TIME") and d.get("begin") and d.get("begin") == d.get("end")]
    age = lambda d: (date.fromisoformat(dct[:10]) - date.fromisoformat(d)).days if dct else 0
    for day in told + near:
        if 0 <= age(day) <= 31:
            event["date"] = day
            break
    else:
        event["date"] = dct[:10]
    placed = [r["place"]["name"] for r in reports if r.get("place", {}).get("name")]
    if town or placed:
        event["city"] = town or placed[0]
    return event


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    texts = [(str(i), r["text"], {"published": r.get("dct") or "", "title": r.get("title") or ""}) for i, r in enumerate(rows)]
    amounts = common.stage("amount", texts, khabar)
    incident = any(r.get("level") == "incident" for r in rows)
    titles = common.stage("amount", [(str(i), r.get("title") or "-", {}) for i, r in enumerate(rows)], khabar) if incident else {}
    reports = common.code(texts, khabar) if incident else {}
    days = common.stage("day", texts, khabar) if incident else {}
    whole = [(r.get("title") or "-") + "\n\n" + r["text"] for r in rows]
    places = common.stage("place", [(str(i), t, {}) for i, t in enumerate(whole)], khabar) if incident else {}
    lines = []
    for i, r in enumerate(rows):
        body = [a for a in amounts.get(str(i), []) if a.get("kind") in KIND]
        line = {"docid": r["docid"], "counts": [counted(a) for a in body if not a.get("named") and not a.get("negated")]}
        if r.get("level") == "incident":
            body = joined(body, r["text"])
            title = [a for a in titles.get(str(i), []) if a.get("kind") in KIND]
            dead = tally("killed", title, body)
            for kind, n in (("killed", dead), ("wounded", wounded(title, body, dead))):
                line["counts"].append({"kind": kind, "low": n, "high": n, "main": True})
            told, n = reports.get(str(i), []), len((r.get("title") or "-").encode())
            line["event"] = day_and_place(told, days.get(str(i), []), r.get("dct") or "", city(places.get(str(i), []), told, n, whole[i].encode()))
        lines.append(line)
    common.write(out, lines)

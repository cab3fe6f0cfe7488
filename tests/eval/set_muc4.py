"""muc4: incident templates from the ASSAULT reports of `khabar code`. Reports of one story that could be the same
incident (same type, no different day, no different place) are one template; the slots are filled from their fields."""
import re

import common

SCORER = "score_muc.py"
FILES = ["muc4/tst12.jsonl", "muc4/dev.jsonl"]
KEYS = ["all fills.f1", "template.f1"]

BOMB = {"explosives", "suicide-attack"}
STATE = {"MIL", "COP", "GOV", "SPY", "PRM"}
MONTH = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
COUNTRY = {"SLV": "EL SALVADOR", "COL": "COLOMBIA", "GTM": "GUATEMALA", "PER": "PERU", "CHL": "CHILE", "HND": "HONDURAS",
           "NIC": "NICARAGUA", "PAN": "PANAMA", "BOL": "BOLIVIA", "ECU": "ECUADOR", "ARG": "ARGENTINA", "USA": "UNITED STATES",
           "CRI": "COSTA RICA", "MEX": "MEXICO", "VEN": "VENEZUELA", "BRA": "BRAZIL", "CUB": "CUBA", "DOM": "DOMINICAN REPUBLIC",
           "PRY": "PARAGUAY", "URY": "URUGUAY", "ESP": "SPAIN", "HTI": "HAITI"}
WEAPON = re.compile(r"\b(CAR BOMBS?|DYNAMITE|BOMBS?|EXPLOSIVES?|GRENADES?|MINES?|RIFLES?|MACHINE ?GUNS?|ROCKETS?|MISSILES?|MORTARS?|"
                    r"GUNS?|PISTOLS?|AK-47S?|M-16S?|DYNAMITE CHARGES?)\b")


def kind(r):
    modes = set(r.get("modes", []))
    word = r["trigger"]["text"].upper()
    if re.search(r"BURN|FIRE TO|ARSON|TORCH", word) or "FIRE" == word:
        return "ARSON"
    if re.search(r"\bROB|STEAL|STOLE|LOOT", word):
        return "ROBBERY"
    if "abduct" in modes:
        return "KIDNAPPING"
    return "BOMBING" if modes & BOMB or re.search(r"BOMB|EXPLO|DYNAMIT|BLAST", word) else "ATTACK"


def wanted(r):
    threat = r["event"] == "THREATEN" and "violence" in r.get("modes", [])
    return threat or r["event"] == "ASSAULT" and r.get("certainty") in ("happened", "ongoing", "past", "denied", None)


def day(iso):
    return "%d %s %s" % (int(iso[8:10]), MONTH[int(iso[5:7]) - 1], iso[2:4])


def same(t, r):
    time, place = r.get("time", {}), r.get("place", {}).get("name")
    return (t["type"] == kind(r) and not (t["_place"] and place and t["_place"] != place)
            and not (t["_day"] and time.get("how") in ("stated", "resolved") and time.get("begin") and t["_day"] != time["begin"]))


def fresh(r, row):
    stage = "THREATENED" if r["event"] == "THREATEN" else "ATTEMPTED" if r.get("certainty") == "denied" else "ACCOMPLISHED"
    return {"story": row["id"], "type": kind(r), "stage": stage, "_place": None, "_day": None, "_country": "", "instrument": [],
            "perp_individual": [], "perp_org": [], "phys_target": [], "hum_target": [], "hum_effect": [], "_state": False, "_perp": False}


def put(values, value):
    if value not in values:
        values.append(value)


def add(t, r, text):
    place, time = r.get("place", {}), r.get("time", {})
    t["_place"] = t["_place"] or place.get("name")
    t["_country"] = t["_country"] or place.get("country", "")
    if time.get("how") in ("stated", "resolved"):
        t["_day"] = t["_day"] or time.get("begin")
    for a in r.get("actors", []):
        sectors = set(a.get("sectors", []))
        t["_perp"] = True
        t["_state"] |= bool(sectors & STATE)
        organised = a.get("id") and a.get("kind") == "group" or sectors & {"GOV"}
        put(t["perp_org" if organised else "perp_individual"], a["text"].upper())
    killed = any(c["kind"] == "killed" for c in r.get("counts", [])) or re.match(r"(?i)kill|murder|assassin|slay|slain|execut|massacr", r["trigger"]["text"])
    for a in r.get("recipients", []):
        human = a.get("kind") in ("person", "role") or a.get("sectors")
        put(t["hum_target" if human else "phys_target"], a["text"].upper())
        if human and killed:
            put(t["hum_effect"], ["DEATH", a["text"].upper()])
        elif human and any(c["kind"] == "wounded" for c in r.get("counts", [])):
            put(t["hum_effect"], ["INJURY", a["text"].upper()])
    begin, end = r["span"]
    if t["type"] in ("BOMBING", "ATTACK"):
        for m in WEAPON.finditer(text[begin:end].decode("utf-8", "replace").upper()):
            put(t["instrument"], m[1])


def finish(t, row):
    country = COUNTRY.get(t["_country"] or row["_country"])
    if country:
        t["location"] = country + (": " + t["_place"].upper() if t["_place"] and t["_place"].upper() != country else "")
    if t["_day"]:
        t["date"] = day(t["_day"])
    elif row["_published"]:
        t["date"] = "- " + day(row["_published"])
    if t["_perp"] or t["type"] != "ATTACK":
        t["perp_category"] = "STATE-SPONSORED VIOLENCE" if t["_state"] else "TERRORIST ACT"
    return {k: v for k, v in t.items() if not k.startswith("_") and v}


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    reports = common.code([(r["id"], r["text"], {}) for r in rows], khabar)
    lines = []
    for row in rows:
        text = row["text"].encode()
        found = reports.get(row["id"], [])
        countries = [r["place"]["country"] for r in found if r.get("place", {}).get("country")]
        row["_country"] = max(set(countries), key=countries.count) if countries else ""
        row["_published"] = next((r["time"]["begin"] for r in found if r.get("time", {}).get("how") == "header" and r["time"].get("begin")), None)
        templates = []
        for r in filter(wanted, found):
            t = next((t for t in templates if same(t, r)), None)
            if t is None:
                t = fresh(r, row)
                templates.append(t)
            add(t, r, text)
        lines += [finish(t, row) for t in templates]
    common.write(out, lines)

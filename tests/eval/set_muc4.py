"""muc4: incident templates from the ASSAULT reports of `khabar code`. Reports of one story that could be the same incident (same
type, no different day, no different place) are one template, kept when what it shows speaks for a new incident; the slots are
filled from their fields, the country and the place from the place layer, the armed organisation behind "the guerrillas" from
the actors of the story. Fights between armed sides are no incidents for MUC."""
import datetime
import re

import common

SCORER = "score_muc.py"
FILES = ["muc4/tst12.jsonl", "muc4/dev.jsonl"]
KEYS = ["all fills.f1", "template.f1"]

BOMB = {"explosives", "suicide-attack"}
STATE = {"MIL", "COP", "GOV", "SPY", "PRM"}
MONTH = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
# the nine countries whose incidents MUC asks for
COUNTRY = {"ARG": "ARGENTINA", "BOL": "BOLIVIA", "CHL": "CHILE", "COL": "COLOMBIA", "ECU": "ECUADOR", "SLV": "EL SALVADOR",
           "GTM": "GUATEMALA", "HND": "HONDURAS", "PER": "PERU"}
WEAPON = re.compile(r"\b((?:CAR|TRUCK|TIME|GASOLINE|FIRE|INCENDIARY|PIPE) ?-?BOMBS?|DYNAMITE (?:STICKS?|CHARGES?)|DYNAMITE|BOMBS?|EXPLOSIVE (?:DEVICES?|CHARGES?)|"
                    r"EXPLOSIVES?|(?:HAND ?)?GRENADES?(?: LAUNCHERS?)?|MINES?|BOOBY ?TRAPS?|(?:ASSAULT )?RIFLES?|(?:SUB)?-?MACHINE ?-?GUNS?|ROCKETS?|"
                    r"MISSILES?|MORTARS?|GUNS?|PISTOLS?|REVOLVERS?|SHOTGUNS?|BULLETS?|FIREARMS|(?:ASSAULT|AUTOMATIC) WEAPONS?|AK-47S?|M-16S?|RPGS?|"
                    r"MACHETES?|KNIVES|KNIFE|MOLOTOV COCKTAILS?|INCENDIARY DEVICES?|TNT)\b")
DIVISION = re.compile(r"(?i)\s+(department|province|region|district|municipality|city)$")


LEAST = -75
# hundredths of a logit for what a template shows, fitted on dev.jsonl (tests/eval/fit.py)
BIAS = -162
WEIGHT = {"armed": 63, "bombing": 19, "civil": 37, "clandestine": -42, "crowd": -32, "day": 51, "doer": -34,
          "fight": -21, "hit": 51, "hurt": 56, "kidnapping": 44, "later": -34, "many": 27, "not done": -13,
          "noun": 20, "officials": 81, "old day": -80, "only rebels": -46, "other": 107, "past": 12, "person": 46,
          "place": 17, "police": -6, "possible": -54, "rebels": -33, "soldiers": -62, "state": -7, "sure": 45,
          "talk": -55, "told twice": 18, "weapon": 54, "within": 22}
ARMED = {"REB", "UAF", "CRM"}
THING = re.compile(r"(?i)\b(building|house|home|office|bank|branch|embassy|consulate|station|substation|school|church|bridge|bus|buses|car|cars|vehicle|vehicles|truck|"
                   r"trucks|train|plane|helicopter|pipeline|pole|poles|pylon|pylons|tower|towers|plant|facility|facilities|residence|headquarters|farm|store|hotel|"
                   r"restaurant|center|university|newspaper|power|lines?|network|transportation|railroad|property|installations?|town|village|city|airport|port|"
                   r"market|theater|factory|warehouse|barracks|post|garrison|ship|boat|mine|tank|road|highway|company|shop|hospital|clinic|complex|oleoduct|"
                   r"machinery|equipment|crops?|hacienda|ranch|monument|statue|block|area|neighborhood|sector)s?\W*$")
ORGANISED = re.compile(r"(?i)\b(army|forces|force|government|police|navy|guard|cartel|front|movement|party|group|squad|battalion|brigade|mafia|mafias|path)\W*$")
NUMBER = {w: str(i) for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split())}
NOBODY = re.compile(r"(?i)\b(bod(y|ies)|corpses?|total|numbers?|attacks?|bombs?|mines?|massacre|assassinations?|murders?|explosions?|charges?|reports?|"
                    r"deaths?|violence|war|territory|dawn|fire|damages?|excerpts?|meters?|km|minutes|hours|truce)\W*$")
VAGUE = re.compile(r"(?i)^(it|they|them|he|him|she|her|we|us|our|their|his|its|that|this|those|these|others?|who|which|i|me|you)$")


def kind(r):
    modes, word = set(r.get("modes", [])), r["trigger"]["text"].upper()
    if re.search(r"BURN|FIRE TO|ARSON|TORCH|ABLAZE|SET", word) and "explosives" not in modes:
        return "ARSON"
    if re.search(r"\bROB|STEAL|STOLE|LOOT", word):
        return "ROBBERY"
    if "abduct" in modes:
        return "KIDNAPPING"
    return "BOMBING" if modes & BOMB or re.search(r"BOMB|EXPLO|DYNAMIT|BLAST", word) else "ATTACK"


def sectors(actors):
    return {s for a in actors for s in a.get("sectors", [])}


def is_thing(a):
    return a.get("kind") != "person" and (bool(THING.search(a["text"])) or not a.get("sectors") and not a.get("kind"))


def wanted(r):
    if r["event"] == "THREATEN":
        return "violence" in r.get("modes", []) and bool(r.get("recipients")) and r.get("actors")
    return r["event"] == "ASSAULT" and r.get("certainty") in ("happened", "ongoing", "denied", "possible", "past")


def is_fight(r):
    """Armed sides against each other."""
    hit = r.get("recipients", [])
    victims = sectors(a for a in hit if not is_thing(a))
    fighters = bool(victims) and victims <= {"MIL"} | ARMED and not any(map(is_thing, hit))
    both = len(r.get("actors", [])) > 1 and not hit and sectors(r["actors"]) <= {"MIL"} | ARMED | {"GOV", "COP"}
    return fighters and bool(sectors(r.get("actors", [])) & ({"MIL"} | ARMED)) or both


def day(iso):
    return "%d %s %s" % (int(iso[8:10]), MONTH[int(iso[5:7]) - 1], iso[2:4])


def told_day(r):
    time = r.get("time", {})
    return time.get("begin") if time.get("how") in ("stated", "resolved") else None


def same(t, r, place):
    return (t["type"] == kind(r) and t["_fight"] == is_fight(r) and t["_past"] == (r.get("certainty") == "past") and not (t["_place"] and place and t["_place"] != place)
            and not (t["_day"] and told_day(r) and t["_day"] != told_day(r)))


def fresh(r, row):
    stage = "THREATENED" if r["event"] == "THREATEN" else "ATTEMPTED" if r.get("certainty") == "denied" else "ACCOMPLISHED"
    return {"story": row["id"], "type": kind(r), "stage": stage, "_place": None, "_day": None, "_country": "", "instrument": [],
            "perp_individual": [], "perp_org": [], "phys_target": [], "hum_target": [], "hum_effect": [], "hum_number": [], "phys_effect": [],
            "_state": False, "_verb": False, "_armed": False, "_perp": False, "_first": r["sentence"], "_told": 0, "_noun": True,
            "_person": False, "_crowd": False, "_unsure": True, "_soldiers": False, "_fight": is_fight(r), "_past": r.get("certainty") == "past", "_within": True, "_rebels": False, "_sectors": set(), "_nothit": True}


def put(values, value):
    if value not in values:
        values.append(value)


def how_many(text):
    for w in re.findall(r"[a-z0-9]+", text.lower()):
        if w.isdigit():
            return w
        if w in NUMBER:
            return NUMBER[w]
    return "PLURAL" if re.search(r"(?i)(s|people|men|women|children|police)\W*$", text) else "1"


def called(a):
    """What an actor is called: the name that a pronoun or a description stands for, else its words."""
    name = a.get("name") if a.get("how") in ("pronoun", "coreference") and a.get("kind") == "person" else None
    return re.sub(r"\s+", " ", name or a["text"]).upper()


def words(text):
    return [w for w in re.findall(r"[A-Z0-9']+", text) if w not in ("THE", "A", "AN", "HIS", "THEIR", "ITS")]


def put_person(values, text):
    """Two ways to call one are one: "DR OQUELI" after "HECTOR OQUELI COLINDRES"; returns what stands."""
    mine = words(text)
    for i, old in enumerate(values):
        theirs = words(old)
        if set(mine) <= set(theirs):
            return old
        if set(theirs) <= set(mine):
            values[i] = text
            return text
    values.append(text)
    return text


def add_perpetrators(t, r):
    for a in r.get("actors", []):
        if (VAGUE.match(a["text"]) and a.get("kind") != "person" or NOBODY.search(a["text"]) or a.get("kind") == "place"
                or is_thing(a) and not a.get("id")):
            continue
        t["_perp"] = True
        t["_state"] |= bool(set(a.get("sectors", [])) & STATE)
        t["_armed"] |= bool(set(a.get("sectors", [])) & ARMED)
        organised = a.get("id") and a.get("kind") == "group" or ORGANISED.search(a["text"])
        put_person(t["perp_org" if organised else "perp_individual"], called(a))


def add_victims(t, r):
    word = r["trigger"]["text"].lower()
    counted = {c["kind"] for c in r.get("counts", [])}
    killed = re.match(r"kill|murder|assassin|slay|slain|execut|massacr|die|dead|death|gunned|lynch|shot", word) or counted == {"killed"}
    hurt = re.match(r"wound|injur|hurt|maim|beat|tortur", word) or counted == {"wounded"}
    broken = "DESTROYED" if re.match(r"destroy|burn|blow|blew|raze|torch|demolish", word) else "SOME DAMAGE"
    for a in r.get("recipients", []):
        text = called(a)
        soldiers = bool(set(a.get("sectors", [])) & (ARMED | {"MIL"})) and a.get("kind") != "person"
        if VAGUE.match(text) or NOBODY.search(text) or a.get("kind") == "place" or soldiers:
            continue
        if is_thing(a):
            put(t["phys_target"], text)
            if t["stage"] == "ACCOMPLISHED" and (t["type"] in ("BOMBING", "ARSON") or broken == "DESTROYED"):
                put(t["phys_effect"], [broken, text])
            continue
        text = put_person(t["hum_target"], text)
        number = "1" if a.get("kind") == "person" else how_many(a["text"])
        if not any(text == who for _, who in t["hum_number"]):
            t["hum_number"].append([number, text])
        if killed or hurt:
            put(t["hum_effect"], ["DEATH" if killed else "INJURY", text])


def add(t, r, text, place):
    t["_place"] = t["_place"] or place
    hit = [a for a in r.get("recipients", []) if not is_thing(a)]
    t["_verb"] |= r["sure"] >= 740
    t["_told"] += 1
    t["_noun"] &= not re.search(r"(ED|EN|ING|UP|DOWN|OFF|SHOT|HIT|BLEW|SET|THREW)$", r["trigger"]["text"].upper())
    t["_unsure"] &= r.get("certainty") not in ("happened", "ongoing")
    t["_person"] |= any(a.get("kind") == "person" for a in hit)
    t["_crowd"] |= any(int(how_many(a["text"])) > 40 for a in hit if how_many(a["text"]).isdigit())
    t["_within"] &= bool(r.get("within"))
    t["_sectors"] |= sectors(hit)
    t["_rebels"] |= bool(sectors(hit) & ARMED)
    t["_soldiers"] |= "MIL" in sectors(hit)
    t["_country"] = t["_country"] or r.get("place", {}).get("country", "")
    t["_day"] = t["_day"] or told_day(r)
    add_perpetrators(t, r)
    add_victims(t, r)
    begin, end = r["span"]
    if t["type"] in ("BOMBING", "ATTACK"):
        for m in WEAPON.finditer(text[begin:end].decode("utf-8", "replace").upper()):
            put(t["instrument"], m[1])


def finish(t, row):
    country = COUNTRY.get(t["_country"] or row["_country"]) or COUNTRY.get(row["_country"])
    if country:
        t["location"] = country + (": " + t["_place"].upper() + " (CITY)" if t["_place"] and t["_place"].upper() != country else "")
    if t["_day"] or row["_published"]:
        t["date"] = day(t["_day"]) if t["_day"] else "- " + day(row["_published"])
    if (t["_armed"] or not t["_perp"]) and not t["perp_org"] and row["_org"]:
        t["perp_org"].append(row["_org"])
    if t["type"] != "ROBBERY":
        t["perp_category"] = "STATE-SPONSORED VIOLENCE" if t["_state"] and not t["_armed"] else "TERRORIST ACT"
    return {k: v for k, v in t.items() if not k.startswith("_") and v}


def signs(t, row, rank):
    """What a template shows that speaks for or against a particular new incident (and against talk of violence in general)."""
    days = days_since(row["_published"], t["_day"])
    return {
        "day": bool(t["_day"]) and days is not None and days <= 62, "old day": days is not None and days > 62,
        "place": bool(t["_place"]), "hit": bool(t["hum_target"] or t["phys_target"]), "hurt": bool(t["hum_effect"]),
        "person": t["_person"], "crowd": t["_crowd"], "weapon": bool(t["instrument"]), "sure": t["_verb"], "state": t["_state"] and not t["_armed"],
        "armed": t["_armed"], "doer": t["_perp"], "talk": row["_talk"], "lead": t["_first"] <= 2, "late": t["_first"] > 12,
        "told twice": t["_told"] > 1, "told often": t["_told"] > 3, "later": rank > 0, "much later": rank > 2, "noun": t["_noun"], "possible": t["_unsure"],
        "not done": t["stage"] != "ACCOMPLISHED", "clandestine": row["_clandestine"], "soldiers": t["_soldiers"], "fight": t["_fight"], "past": t["_past"], "within": t["_within"],
        "rebels": t["_rebels"], "only rebels": t["_sectors"] and t["_sectors"] <= ARMED, "officials": bool(t["_sectors"] & {"GOV", "PTY", "JUD", "LEG", "REL"}),
        "civil": bool(t["_sectors"] & {"CVL", "AGR", "LAB", "JRN", "BUS", "EDU"}), "police": "COP" in t["_sectors"], "many": row["_many"], "few": row["_few"],
        "bombing": t["type"] == "BOMBING", "kidnapping": t["type"] == "KIDNAPPING", "other": t["type"] in ("ARSON", "ROBBERY")}


def days_since(published, told):
    """Days from the told day to that of publication; None: unknown."""
    if not published or not told:
        return None
    try:
        return (datetime.date.fromisoformat(published[:10]) - datetime.date.fromisoformat(told[:10])).days
    except ValueError:
        return None


def evidence(t, row, rank):
    return BIAS + sum(WEIGHT.get(k, 0) for k, v in signs(t, row, rank).items() if v)


def about(row, found, places, actors):
    """Country, day of publication and armed organisation of a story."""
    countries = [p["country"] for p in places if p.get("country") in COUNTRY]
    row["_country"] = max(set(countries), key=countries.count) if countries else ""
    row["_published"] = next((r["time"]["end"] for r in found if r.get("time", {}).get("how") == "header" and r["time"].get("end")), None)
    orgs = [a["text"].upper() for a in actors if a.get("id") and a.get("kind") == "group" and set(a.get("sectors", [])) & ARMED]
    row["_talk"] = bool(re.search(r"\[(SPEECH|COMMENTARY|STATEMENT|ARTICLE|EDITORIAL|INTERVIEW|COMMUNIQUE)", row["text"][:400]))
    share = sum(r["event"] == "ASSAULT" for r in found) / max(1, len(found))
    row["_many"], row["_few"] = share > .5, share < .15
    row["_clandestine"] = "CLANDESTINE" in row["text"][:60]
    row["_org"] = max(set(orgs), key=orgs.count) if orgs else None


def as_written(place):
    """The place as the story writes it ("ACHI", not "Achí"), without the kind of division."""
    return DIVISION.sub("", re.sub(r"\s+", " ", place.get("text") or place["name"]).upper())


def place_of(r, places):
    """The report's place, else the first town or region in its sentence."""
    if r.get("place", {}).get("name"):
        return as_written(r["place"])
    begin, end = r["span"]
    towns = [p for p in places if begin <= p["span"][0] < end and not p.get("adjective") and not p.get("fcode", "").startswith("PCL")]
    return as_written(towns[0]) if towns else None


def kept(t, row, rank):
    return evidence(t, row, rank) >= LEAST


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    texts = [(r["id"], r["text"], {}) for r in rows]
    reports, places, actors = common.code(texts, khabar), common.stage("place", texts, khabar), common.stage("actor", texts, khabar)
    lines = []
    for row in rows:
        text, found, here = row["text"].encode(), reports.get(row["id"], []), places.get(row["id"], [])
        about(row, found, here, actors.get(row["id"], []))
        templates = []
        for r in filter(wanted, found):
            place = place_of(r, here)
            t = next((t for t in templates if same(t, r, place)), None)
            if t is None:
                t = fresh(r, row)
                templates.append(t)
            add(t, r, text, place)
        if not row["_country"]:
            continue
        lines += [finish(t, row) for i, t in enumerate(templates) if kept(t, row, i)]
    common.write(out, lines)

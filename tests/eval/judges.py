"""Which reports of a gold set are right. Every judge gives (report, right) for the reports that its gold can tell of, and leaves the
others out: a set of arrests says nothing of a visit. Sets without events (ngec_actors, polnear, counts, ecbplus, timex, places …) judge none.

plover_gsr, plv   the report's category is one of its sentence's
cameo_spans       its quad class is its sentence's (statements have none)
petrarch_unit     its category is that of a CAMEO root that its sentence is coded with (PETRARCH2's corrected answers)
aw_wiki           a report at a marked trigger is conflict where the pair is
glocon_sample     protests that are said to happen, in sentences marked as telling a protest or not
india_police      what police are said to have done: arrests, killings, other force, anything
satp              attacks in the lead, not by the state, in items marked with types of attack or not; abductions, bombs by their type
muc4              attacks told as happened, in stories with incidents or without; abductions and bombings by their type"""
import common

CATEGORY = ("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
            "ASSAULT").split()
QUAD = dict(zip(CATEGORY, "VC VC VC VC MC MC MC VF VF VF VF MF MF MF MF MF".split()))
ROOT = dict(zip(["%02d" % k for k in range(2, 21)], "REQUEST AGREE CONSULT SUPPORT COOPERATE AID CONCEDE|RETREAT ACCUSE REQUEST ACCUSE "
                "REJECT THREATEN PROTEST MOBILIZE SANCTION COERCE ASSAULT ASSAULT ASSAULT".split()))
DONE = {"happened", "ongoing"}
DAY = "2010-06-15"


def rows_of(name):
    return [r for r in common.read(common.shared() / "data" / name) if r.get("clean", True)]


def coded(rows):
    reports = common.code([(r["id"], r["text"], {"published": r.get("date") or DAY}) for r in rows])
    return [(row, r) for row in rows for r in reports.get(row["id"], [])]


def by_category(name):
    return [(r, r["event"] in {e["event"] for e in row["events"]}) for row, r in coded(rows_of(name))]


def plover_gsr():
    return by_category("plover_gsr/dev.jsonl")


def plv():
    return by_category("plv/train.jsonl")


def cameo_spans():
    return [(r, QUAD[r["event"]] in row["penta"]) for row, r in coded(rows_of("cameo_spans/dev.jsonl"))]


def petrarch_unit():
    rows = [dict(r, date="") for r in rows_of("petrarch_unit/petrarch2.jsonl")]
    gold = {r["id"]: {c for e in r["events"] for c in ROOT.get(e["cameo"][:2], "").split("|")} for r in rows}
    return [(r, r["event"] in gold[row["id"]]) for row, r in coded(rows)]


def aw_wiki():
    def at(row, r):
        begin, end = r["trigger"]["span"]
        text = row["text"].encode()[begin:end].decode()
        return [e["conflict"] for e in row["events"] if e["trigger"] in text or text in e["trigger"]]
    found = [(r, at(row, r)) for row, r in coded(rows_of("aw_wiki/train.jsonl"))]
    return [(r, any(c == (QUAD[r["event"]][1] == "F") for c in told)) for r, told in found if told]


def glocon_sample():
    rows = [r for r in rows_of("glocon_sample/dev.jsonl") if r["kind"] == "sentence" and r["label"] in (0, 1)]
    return [(r, row["label"] == 1) for row, r in coded(rows) if r["event"] == "PROTEST" and r["certainty"] in DONE]


def india_police():
    police, out = {"COP", "PRM"}, []
    for row, r in coded(rows_of("india_police/dev.jsonl")):
        doers = {s for a in r.get("actors", []) for s in a.get("sectors", [])}
        if not doers & police or r["certainty"] not in DONE:
            continue
        begin, end = r["trigger"]["span"]
        labels = {x for s in row["sents"] if s["span"][0] < end and begin < s["span"][1] for x in s["labels"]}
        modes = set(r.get("modes", []))
        wanted = {"ARREST"} if "arrest" in modes else {"KILL", "FORCE"} if r["event"] == "ASSAULT" else {"ANY_ACTION"}
        out.append((r, bool(labels & wanted)))
    return out


def satp():
    state, armed = {"MIL", "COP", "SPY", "JUD", "GOV"}, {"REB", "UAF", "CRM"}
    sectors = lambda side: {s for a in side for s in a.get("sectors", [])}
    wanted = {"abduct": "Kidnapping", "explosives": "Bombing/Explosion", "suicide-attack": "Bombing/Explosion"}
    out = []
    for row, r in coded(rows_of("satp/dev.jsonl")):
        doers, victims = sectors(r.get("actors", [])), sectors(r.get("recipients", []))
        if r["event"] != "ASSAULT" or r["certainty"] not in DONE or r["sentence"] > 1 or doers & state or victims & armed:
            continue
        types = {wanted[m] for m in r.get("modes", []) if m in wanted}
        out.append((r, bool(types & set(row["types"]) if types else row["types"])))
    return out


def muc4():
    wanted = {"abduct": ["KIDNAPPING"], "explosives": ["BOMBING", "ATTACK", "ARSON"]}
    out = []
    for row, r in coded([dict(x, date="1989-06-15") for x in rows_of("muc4/dev.jsonl")]):
        if r["event"] == "ASSAULT" and r["certainty"] in DONE:
            types = [w for m in r.get("modes", []) for w in wanted.get(m, ())]
            found = str([t["type"] for t in row["templates"]])  # alternatives stand in lists of lists
            out.append((r, any(t in found for t in types) if types else bool(row["templates"])))
    return out


SETS = [plover_gsr, plv, cameo_spans, petrarch_unit, aw_wiki, glocon_sample, india_police, satp, muc4]

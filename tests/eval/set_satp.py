"""satp: attack types of short news items, from the ASSAULT reports that `khabar code` finds in them. The set's types are those of
concrete new attacks by others than the state: an item has one when its first two sentences tell an assault as the news (not
in passing, not below another act such as an arrest), whose doers are not police, army or courts and whose victims are not the
armed group alone. The weapon may be told further down."""
import common

SCORER = "score_labels.py"
ARGS = ["--field", "types"]
FILES = ["satp/dev.jsonl"]
KEYS = ["micro_f1", "macro_f1", "exact"]

# PLOVER modes to the Global Terrorism Database's attack types; unlisted ones are Armed Assault
TYPE = {"explosives": "Bombing/Explosion", "suicide-attack": "Bombing/Explosion", "heavy-weapons": "Bombing/Explosion",
        "abduct": "Kidnapping", "destroy": "Facility/Infrastructure Attack", "beat": "Unarmed Assault", "sexual": "Unarmed Assault",
        "torture": "Unarmed Assault"}
OF_STATES = {"drone", "aerial", "crowd-control"}
STATE, ARMED, VICTIM = {"MIL", "COP", "SPY", "JUD"}, {"REB", "UAF", "CRM"}, {"MIL", "COP", "SPY", "JUD", "CVL"}
BESIDE = {"ASSAULT", "PROTEST", "MOBILIZE", "RETREAT"}
LEAD = 1  # sentences 0 and 1
NEWS = 640  # told in passing below


def sectors(actors):
    return {s for a in actors for s in a.get("sectors", [])}


def counts(r):
    doers, victims = sectors(r.get("actors", [])), sectors(r.get("recipients", []))
    return (r["certainty"] in ("happened", "ongoing", "possible") and not r.get("within") and not OF_STATES & set(r.get("modes", []))
            and not (doers & STATE and not doers & ARMED) and not (victims & ARMED and not victims & VICTIM))


def types(reports):
    lead = [r for r in reports if r["sentence"] <= LEAD]
    attacks = [r for r in lead if r["event"] == "ASSAULT"]
    news = max((r["sure"] for r in attacks if not r.get("within")), default=0)
    other = max((r["sure"] for r in lead if r["event"] not in BESIDE), default=0)
    if news < NEWS or other >= news or not any(map(counts, attacks)):
        return []
    found = {TYPE.get(m, "Armed Assault") for r in attacks if counts(r) for m in r.get("modes", [])}
    below = [r for r in reports if r["event"] == "ASSAULT" and r["sentence"] > LEAD and r["certainty"] == "happened" and r.get("modes")]
    if not found and below:
        found = {TYPE.get(m, "Armed Assault") for m in below[0]["modes"]}
    return sorted(found or {"Armed Assault"})


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    reports = common.code([(r["id"], r["text"], {}) for r in rows], khabar)
    common.write(out, [{"id": r["id"], "labels": types(reports.get(r["id"], []))} for r in rows])

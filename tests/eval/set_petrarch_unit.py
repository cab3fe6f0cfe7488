"""petrarch_unit: the validation records of the PETRARCH and TABARI coders, with their own dictionaries imported by `khabar dict
import`. A record counts as right when the events that its patterns give are exactly those expected: source, target and code. Codes
of actors are compared by their parts of three letters, as the import maps them (MED is JRN, INS is REB); only events that a pattern
of the imported dictionary gave are looked at. Printed beside it: F1 of the codes alone and of the triples."""
import json, pathlib, subprocess, tempfile

import common

FILES = ["petrarch_unit/unit.jsonl", "petrarch_unit/petrarch2.jsonl"]
KEYS = ["right", "code_f1", "triple_f1"]
SAME = {"INS": "REB", "SEP": "REB", "RAD": "REB", "MED": "JRN", "HLH": "MED", "CIV": "CVL", "MOP": "OPP", "MBR": "UNK"}
# codes that the suite invents to tell its patterns apart; which category they are given does not count
INVENTED = "345 SANCTION\n3 COERCE\n80 COERCE\n9 COOPERATE\n00 AGREE\n02 ACCUSE\n"
DICTIONARIES = {
    "petrarch2": ("petrarch2", ["Phoenix.Countries.actors.txt", "Phoenix.International.actors.txt", "Phoenix.MilNonState.actors.txt",
                                "Phoenix.agents.txt", "Phoenix.discards.txt", "CAMEO.2.0.txt"], "cameo"),
    "unit": ("petrarch_validate", ["PETR.Validate.actors.txt", "PETR.Validate.agents.txt", "PETR.Validate.discards.txt",
                                   "PETR.Validate.verbs.txt"], "weis"),
}


def parts(code):
    """Country first, then the roles, whatever their order."""
    code = code.upper()
    chunks = [SAME.get(code[i:i + 3], code[i:i + 3]) for i in range(0, len(code), 3)]
    return (chunks[0], tuple(sorted(c for c in chunks[1:]))) if code and code != "---" else ("---", ())


def ours(actor):
    """The foreign code that the import kept as the id, with what the words beside the name add to it."""
    foreign = actor.get("id", "")
    if len(foreign) % 3 or not foreign.isupper():
        foreign = ""
    country, roles = parts(foreign or actor.get("country", "---"))
    return country, tuple(sorted(set(roles) | {SAME.get(s, s) for s in actor.get("sectors", [])}))


def events(reports):
    for r in reports:
        if ":" not in r.get("rule", ""):
            continue
        code = r["rule"].split(":")[1]
        for a in [ours(x) for x in r.get("actors", [])] or [("---", ())]:
            for b in [ours(x) for x in r.get("recipients", [])] or [("---", ())]:
                yield a, b, code


def f1(hit, mine, gold):
    return round(2 * hit / (mine + gold), 4) if mine + gold else 0.0


def predict(gold, out, khabar, args):
    folder, names, scheme = DICTIONARIES.get(pathlib.Path(gold).stem, DICTIONARIES["unit"])
    root = common.shared() / "data" / "tabari_dictionaries" / folder
    rows = common.read(gold)
    with tempfile.TemporaryDirectory() as mine:
        own = pathlib.Path(mine, "codes")
        own.write_text(INVENTED if folder == "petrarch_validate" else "")
        told = khabar(["dict", "import", "--lenient", "--data", mine, "--codes", scheme + "," + str(own)] + [str(root / n) for n in names])
        print(told.decode().strip())
        texts = [(r["id"], r["text"], {"published": "%s-%s-%s" % (r["date"][:4], r["date"][4:6], r["date"][6:8])}) for r in rows]
        found = common.code(texts, khabar, ["--data", mine])
    common.write(out, [{"id": r["id"], "events": sorted(set(events(found.get(r["id"], []))))} for r in rows])


def score(gold, out, scorer, args):
    right = hit = code_hit = mine = wanted = code_mine = code_wanted = 0
    predicted = {r["id"]: {(tuple(map(tuple_of, e[:2])), e[2]) for e in r["events"]} for r in common.read(out)}
    rows = common.read(gold)
    for row in rows:
        want = {((parts(e["source"]), parts(e["target"])), e["cameo"]) for e in row["events"]}
        have = predicted[row["id"]]
        if row.get("require_dyad", True):
            have = {e for e in have if all(side[0] != "---" for side in e[0])}
        right += want == have
        hit, mine, wanted = hit + len(want & have), mine + len(have), wanted + len(want)
        codes, had = {e[1] for e in want}, {e[1] for e in have}
        code_hit, code_mine, code_wanted = code_hit + len(codes & had), code_mine + len(had), code_wanted + len(codes)
    return {"records": len(rows), "right": round(right / len(rows), 4), "code_f1": f1(code_hit, code_mine, code_wanted), "triple_f1": f1(hit, mine, wanted)}


def tuple_of(side):
    return (side[0], tuple(side[1]))

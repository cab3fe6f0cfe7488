"""satp: attack types of short news items, from the ASSAULT reports that `khabar code` finds in them."""
import common

SCORER = "score_labels.py"
ARGS = ["--field", "types"]
FILES = ["satp/dev.jsonl"]
KEYS = ["micro_f1", "macro_f1", "exact"]

# PLOVER modes to the Global Terrorism Database's attack types
TYPE = {"explosives": "Bombing/Explosion", "suicide-attack": "Bombing/Explosion", "heavy-weapons": "Bombing/Explosion",
        "aerial": "Bombing/Explosion", "drone": "Bombing/Explosion", "abduct": "Kidnapping", "targeted": "Assassination",
        "destroy": "Facility/Infrastructure Attack", "beat": "Unarmed Assault", "sexual": "Unarmed Assault",
        "torture": "Unarmed Assault"}


def types(reports):
    found = set()
    for r in reports:
        if r["event"] != "ASSAULT" or r.get("certainty") not in ("happened", "ongoing", "past"):
            continue
        found.update(TYPE.get(m, "Armed Assault") for m in r.get("modes") or ["firearms"])
    return sorted(found)


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    reports = common.code([(r["id"], r["text"], {}) for r in rows], khabar)
    common.write(out, [{"id": r["id"], "labels": types(reports.get(r["id"], []))} for r in rows])

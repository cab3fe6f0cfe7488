"""india_police: what police did, by sentence, from the reports of `khabar code` over the whole story. Gold sentences are
the publisher's; a report belongs to the gold sentence that holds its trigger."""
import common

SCORER = "score_sentences.py"
FILES = ["india_police/dev.jsonl"]
KEYS = ["sent_macro_f1", "doc_macro_f1"]
POLICE = {"COP", "MIL", "PRM"}


def is_police(report):
    return any(POLICE & set(a.get("sectors", [])) for a in report.get("actors", []))


def labels(report):
    """Labels of one report; police must be the actor, but an arrest without an agent is the police's."""
    event, modes = report["event"], report.get("modes", [])
    if report.get("certainty") == "denied":
        return {"FAIL"} if is_police(report) and event in ("ASSAULT", "COERCE") else set()
    if event == "COERCE" and "arrest" in modes and (is_police(report) or not report.get("actors")):
        return {"ARREST", "ANY_ACTION"}
    if not is_police(report):
        return set()
    if event == "ASSAULT":
        killed = any(c["kind"] == "killed" for c in report.get("counts", []))
        return {"FORCE", "ANY_ACTION"} | ({"KILL"} if killed else set())
    return {"ANY_ACTION"}


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    reports = common.code([(r["id"], r["text"], {"published": r["date"]}) for r in rows], khabar)
    lines = []
    for row in rows:
        found = {}
        for r in reports.get(row["id"], []):
            at = r["trigger"]["span"][0]
            home = next((s["n"] for s in row["sents"] if s["span"][0] <= at < s["span"][1]), None)
            if home is not None:
                found.setdefault(home, set()).update(labels(r))
        lines += [{"id": row["id"], "sent": n, "labels": sorted(found[n])} for n in sorted(found) if found[n]]
    common.write(out, lines)

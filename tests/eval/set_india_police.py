"""india_police: what police did, by sentence. KILL, ARREST and FORCE come from the reports of `khabar code`; what police did
beside (ANY_ACTION) and what they left undone (FAIL) from the clauses that have police as doer: the tree with the mentions that
khabar gave a sector of police or army. Gold sentences are the publisher's; a word belongs to the one that holds it."""
import re

import common

SCORER = "score_sentences.py"
FILES = ["india_police/dev.jsonl"]
KEYS = ["sent_macro_f1", "doc_macro_f1"]
POLICE = {"COP", "MIL", "PRM"}
OPEN = {"possible", "planned", "conditional", "denied"}
SPEECH = set("say add tell state claim believe think feel hope want expect have be seem appear know remain become maintain admit".split())
OMIT = set("fail refuse watch neglect ignore hesitate decline avoid abet connive stand look delay".split())
OMITTED = set("inaction failure apathy negligence inefficiency connivance complicity lapse laxity delay inability absence indifference "
              "collusion inactivity lethargy reluctance".split())
DEEDS = set("action firing protection custody escort security watch patrol patrolling picket deployment control inquiry investigation case raid "
            "permission presence remand cover force bandobust vigil probe operation search arrangement team party guard cordon check "
            "record complaint report station barricade notice order round lathicharge interrogation reinforcement".split())
MOVED = set("deploy call post station send rush summon bring requisition press direct ask order instruct inform alert".split())


def is_police(sectors):
    return bool(POLICE & set(sectors or ()))


class Layers:
    """The layers of one story: tokens with heads as indexes over the story, mentions by head token."""

    def __init__(self, tree, sentences, actors, fact):
        self.token, self.police, at = tree, set(), 0
        self.child = {}
        starts = [s["span"][0] for s in sentences] + [1 << 60]
        first = 0
        for i, t in enumerate(tree):
            while t["span"][0] >= starts[at + 1]:
                at, first = at + 1, i
            t["up"] = first + t["head"] - 1 if t["head"] else None
        for i, t in enumerate(tree):
            if t["up"] is not None:
                self.child.setdefault(t["up"], []).append(i)
        by_end = {t["span"][1]: i for i, t in enumerate(tree)}
        for a in actors:
            if is_police(a.get("sectors")):
                i = next((by_end[e] for e in range(a["span"][1], a["span"][0], -1) if e in by_end), None)
                inside = [k for k in range(max(0, (i or 0) - 30), (i or -1) + 1) if tree[k]["span"][0] >= a["span"][0]]
                head = [k for k in inside if tree[k]["form"] == a["head"]]
                self.police.update(head[-1:])
        self.certain = {f["span"][0]: f["certainty"] for f in fact}

    def open(self, i):
        return self.certain.get(self.token[i]["span"][0]) in OPEN

    def negated(self, i):
        return any(self.token[c]["lemma"] in ("not", "n't", "never", "no", "hardly") for c in self.child.get(i, ()))

    def clause(self, i, verb):
        """Labels of police token i as the doer of a verb."""
        lemma = self.token[verb]["lemma"]
        if lemma in OMIT or self.negated(verb) and self.token[verb]["upos"] == "VERB" and lemma not in SPEECH:
            return {"FAIL"}
        if lemma in SPEECH and self.token[verb]["rel"] != "xcomp":
            return {"SPOKE"}
        return {"SPOKE"} if self.open(verb) else {"ANY_ACTION"}

    def labels(self, i):
        t = self.token[i]
        up, rel = t["up"], t["rel"]
        if t["lemma"] in DEEDS and t["lemma"] not in ("force",) or t["lemma"] in OMITTED:
            return {"FAIL"} if t["lemma"] in OMITTED else {"ANY_ACTION"}
        if up is None:
            return set()
        head = self.token[up]
        case = {self.token[c]["lemma"] for c in self.child.get(i, ()) if self.token[c]["rel"] == "case"}
        if rel == "conj" and up in self.police:
            return self.labels(up)
        if head["upos"] in ("VERB", "ADJ") and (rel in ("nsubj", "obl:agent") or rel == "obl" and "by" in case):
            return self.clause(i, up)
        if head["upos"] == "VERB" and rel in ("nsubj:pass", "obj") and head["lemma"] in MOVED and not self.open(up):
            return {"ANY_ACTION"}
        if rel in ("compound", "nmod", "nmod:poss", "amod") and head["lemma"] in OMITTED:
            return {"FAIL"}
        return {"SPOKE"}


# SPOKE: police stand in the clause, as speaker or otherwise: weaker than a deed, so a story needs three of them
ALWAYS = re.compile(r"\b(curfew|prohibitory orders|section 144|security (was|were|is|has been|have been|arrangements?|measures|cover|forces)|patrol|"
                    r"flag march|columns|combing|bandobust|shoot.at.sight|fir\b|firs\b|picket|high alert|red alert|custody|interrogat|deployed)")

# what police are said to have left undone, beside the grammar of "police failed to"
LEFT = re.compile(r"\b(inaction|(mute|silent|passive|helpless) spectators?|(passive|partisan) role|look(ed|ing)? the other way|turn(ed|ing)? a blind eye|stood by|"
                  r"standing by|(did|do|does|had|have|has) (not|n't|nothing|little|precious little) (\w+ ){0,2}(act|respond|react|intervene|help|stop|prevent|do enough|take|turn up|reach|"
                  r"come|register|arrest)|did nothing|nowhere (in sight|to be seen)|no(t)? (a single )?(policem[ae]n|police|action (was|has been|had been) taken)|not taking|"
                  r"fail(ed|ing|ure|s)? (\w+ ){0,3}(to (act|check|control|contain|prevent|stop|protect|take|maintain|move|provide|curb|quell|respond|reach|save|secure)|of the "
                  r"(state|police|law|administration|government|intelligence))|police failure|"
                  r"(breakdown|collapse|failure) of (the )?(law|intelligence|administration|state|constitutional|police)|"
                  r"negligence|apathy|laxity|lax\b|connivance|complicity|abett?ed|hand in glove|(un)?willing to act|refused to (register|take|act|help|intervene|lodge)|"
                  r"delay(ed)? in (deploy|call|mov|act|send)\w*|unable to (control|check|contain|prevent|stop|protect)|could not (control|check|contain|prevent|stop|protect)|"
                  r"instead of (helping|protecting|acting|stopping))")
FORCES = re.compile(r"\b(polic\w+|army|cops?|security|law and order|administration|government|officers?|jawans|authorities|commissioner|sp|dgp|troops)\b")


def of_report(r, text):
    """Labels of one report: police must be the doer, but arrests, rounds and gas without a doer are theirs."""
    modes, actors = set(r.get("modes", [])), r.get("actors", [])
    ours = any(is_police(a.get("sectors")) for a in actors)
    unsure = r["certainty"] in OPEN
    if r["event"] == "COERCE" and "arrest" in modes and (ours or not actors) and not unsure and r.get("recipients"):
        return {"ARREST", "ANY_ACTION"}
    if r["event"] == "ASSAULT" and not unsure:
        fired = not actors and ("crowd-control" in modes or re.search(r"police firing|polic\w+ (opened )?fire|in the firing|rounds", text))
        if ours or fired:
            killed = any(c["kind"] == "killed" for c in r.get("counts", [])) or re.match(r"kill|gun|die|slain|shot dead", r["trigger"]["text"].lower())
            return {"FORCE", "ANY_ACTION"} | ({"KILL"} if killed else set())
    if r["event"] in ("MOBILIZE", "COERCE") and not unsure and (ours or not actors):
        return {"ANY_ACTION"}
    return {"ANY_ACTION"} if ours and not unsure and r["event"] != "ACCUSE" else set()


def story(row, layers, reports):
    text, found = row["text"].encode(), {}
    home = [(s["span"], s["n"]) for s in row["sents"]]

    def put(at, labels):
        n = next((n for (b, e), n in home if b <= at < e), None)
        if n is not None and labels:
            found.setdefault(n, set()).update(labels)
    for i in layers.police:
        put(layers.token[i]["span"][0], layers.labels(i))
    for r in reports:
        begin, end = r["span"]
        put(r["trigger"]["span"][0], of_report(r, text[begin:end].decode("utf-8", "replace").lower()))
    for (b, e), n in home:
        told = text[b:e].decode("utf-8", "replace").lower()
        if ALWAYS.search(told):
            found.setdefault(n, set()).add("ANY_ACTION")
        if LEFT.search(told) and FORCES.search(told):
            found.setdefault(n, set()).add("FAIL")
    lines = []
    for n in sorted(found):
        labels = found[n] - {"SPOKE"} | ({"ANY_ACTION"} if "SPOKE" in found[n] else set())
        lines.append({"id": row["id"], "sent": n, "labels": sorted(labels)})
    every = [label for labels in found.values() for label in labels]
    whole = set(every) - {"SPOKE"} | ({"ANY_ACTION"} if every.count("SPOKE") >= 3 else set())
    return lines + [{"id": row["id"], "labels": sorted(whole)}]


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    texts = [(r["id"], r["text"], {"published": r["date"]}) for r in rows]
    layer = {s: common.stage(s, texts, khabar) for s in ("sent", "tree", "actor", "fact")}
    reports = common.code(texts, khabar)
    lines = []
    for row in rows:
        i = row["id"]
        if i in layer["tree"]:
            lines += story(row, Layers(layer["tree"][i], layer["sent"][i], layer["actor"].get(i, []), layer["fact"].get(i, [])), reports.get(i, []))
    common.write(out, lines)

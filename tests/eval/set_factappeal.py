"""factappeal: attributed factual claims and their sources. As its annotators were told: thoughts, wishes, questions, orders and
what "I", "we" and "you" say or think are no appeals to a source, a colon behind a name (a transcript, a ticker) is none either, a participle ("…, adding that") goes on with the claim before it; a
source named with its role is the name alone (the role is an attribute)."""
import re

import common
from set_polnear import item, voices

SCORER = "score_attribution.py"
FILES = ["factappeal/train.jsonl", "factappeal/dev.jsonl"]
KEYS = ["pair half.2", "who"]


def claim(v, text):
    words = [text[s:e].decode("utf-8", "replace") for s, e in v["content"]]
    cue = text[v["cue"][0][0]:v["cue"][-1][1]].lower()
    if not v["source"] or cue == b":" or cue.endswith(b"ing") or cue in (b"asked", b"asks", b"ask") or re.search(r"\bI\b", " ".join(words)):
        return False
    source = b" ".join(text[s:e] for s, e in v["source"]).lower()
    if any(k in v for k in ("outer", "stand", "phrase", "negated")) or v["stance"] in ("believes", "doubts"):
        return False
    return len(" ".join(words).split()) > 3 and not words[0].startswith("to ") and "?" not in words[-1][-3:] \
        and source not in (b"i", b"we", b"you")


def person(v, names):
    """The name of a person within the words of the source."""
    out = item(v)
    for s, e in out["source"]:
        held = [n["span"] for n in names if n["type"] == "person" and s <= n["span"][0] and n["span"][1] <= e]
        if held:
            out["source"] = held[:1]
    return out


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    found = voices(rows, khabar)
    names = common.stage("name", [(str(i), r["text"], {}) for i, r in enumerate(rows)], khabar)
    lines = []
    for i, r in enumerate(rows):
        text = r["text"].encode()
        held = [v for v in found.get(str(i), []) if claim(v, text)]
        lines.append({"docid": r["docid"], "attributions": [person(v, names.get(str(i), [])) for v in held]})
    common.write(out, lines)

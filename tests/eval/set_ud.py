"""ud: sentences, words, tags and trees. `ud FILE` parses the raw text, `ud FILE --gold-tokens` the gold tokens: then core_f1 is F1 of
core relations in news and interviews (GUM has these genres; see relations.py)."""
import gzip
import json
import subprocess
import sys

import common
import relations

SCORER = "score_ud.py"
FILES = [f + g for f in ("ud/en_ewt-ud-dev.conllu.gz", "ud/en_gum-ud-dev.conllu.gz") for g in ("", " --gold-tokens")]
KEYS = ["sentences", "tokens", "upos", "lemma", "uas", "las", "core_f1"]


def raw_text(lines):
    """The text as its source had it: sentences by # text, a blank line before each paragraph and document."""
    text, space = "", ""
    for line in lines:
        if line.startswith(("# newpar", "# newdoc")):
            space = "\n\n"
        elif line.startswith("# text = "):
            text += (space if text else "") + line[9:].rstrip("\n")
            space = " "
    return text


def predict(gold, out, khabar, args):
    opener = gzip.open if gold.endswith(".gz") else open
    with opener(gold, "rt", encoding="utf-8") as f:
        lines = f.readlines()
    if "--gold-tokens" in args:
        given = khabar(["show", "--stage", "conllu", "--gold-tokens", "-"], "".join(lines).encode())
    else:
        import json
        given = khabar(["show", "--stage", "conllu", "-"], (json.dumps({"id": "ud", "text": raw_text(lines)}) + "\n").encode())
    with open(out, "wb") as f:
        f.write(given)


def score(gold, out, scorer, args):
    done = subprocess.run([sys.executable, str(scorer / SCORER), gold, out], stdout=subprocess.PIPE, text=True)
    print("\n".join(done.stdout.splitlines()[:-1]))
    result = json.loads(done.stdout.splitlines()[-1])
    pairs = relations.compare(gold, out, ["_news_", "_interview_"]) if "--gold-tokens" in args else []
    return dict(result, core_f1=relations.core_f1(pairs)) if pairs else result

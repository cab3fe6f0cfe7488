"""ud: sentences, words, tags and trees. `ud FILE` parses the raw text, `ud FILE --gold-tokens` the gold tokens."""
import gzip

import common

SCORER = "score_ud.py"
FILES = [f + g for f in ("ud/en_ewt-ud-dev.conllu.gz", "ud/en_gum-ud-dev.conllu.gz") for g in ("", " --gold-tokens")]
KEYS = ["sentences", "tokens", "upos", "lemma", "uas", "las"]


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

"""Universal Dependencies: raw text (default) or, with --gold-tokens, the file's own sentences and words."""
import gzip
import json

SCORER = "score_ud.py"
FILES = ["ud/en_ewt-ud-dev.conllu.gz", "ud/en_ewt-ud-dev.conllu.gz --gold-tokens",
         "ud/en_gum-ud-dev.conllu.gz", "ud/en_gum-ud-dev.conllu.gz --gold-tokens"]
KEYS = ["sentences", "tokens", "upos", "lemma", "uas", "las"]


def conllu(path):
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as f:
        return f.read()


def raw(text):
    """The running text: sentences with a space between, paragraphs with a blank line."""
    out, fresh = [], True
    for line in text.splitlines():
        if line.startswith(("# newdoc", "# newpar")):
            fresh = True
        elif line.startswith("# text = "):
            out.append(("\n\n" if fresh else " ") + line[9:].strip())
            fresh = False
    return "".join(out).strip() + "\n"


def predict(gold, out, khabar, args):
    text = conllu(gold)
    if "--gold-tokens" in args:
        shown = khabar(["show", "--stage", "conllu", "--gold-tokens", "-"], text.encode())
    else:
        story = json.dumps({"id": "ud", "text": raw(text)}) + "\n"
        shown = khabar(["show", "--stage", "conllu", "-"], story.encode())
    with open(out, "wb") as f:
        f.write(shown)

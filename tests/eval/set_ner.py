"""ner: names with type, PER ORG LOC after the coarse map of the set's README."""
import subprocess, sys, json

import common

MAP = ("person=PER,organization=ORG,place=LOC,Person=PER,Organisation=ORG,Location=LOC,politician=PER,organisation=ORG,"
       "politicalparty=ORG,country=LOC,location=LOC,FAC=LOC")
FILES = ["ner/uner_ewt.dev.jsonl.gz", "ner/worldwide.train.jsonl.gz", "ner/crossner_politics.dev.jsonl.gz"]
KEYS = ["f1", "overlap.f1"]
SCORER = "score_ner.py"
OURS = {"person": "PER", "organisation": "ORG", "place": "LOC"}


def predict(gold, out, khabar, args):
    rows = common.read(gold)
    names = common.stage("name", [(str(i), r["text"], {}) for i, r in enumerate(rows)], khabar)
    common.write(out, [{"id": r["id"], "entities": [n["span"] + [OURS[n["type"]]] for n in names.get(str(i), []) if n["type"] in OURS]}
                       for i, r in enumerate(rows)])


def score(gold, out, scorer, args):
    done = subprocess.run([sys.executable, str(scorer / SCORER), "--bytes", "--types", "PER,ORG,LOC", "--map", MAP, gold, out],
                          stdout=subprocess.PIPE, text=True, check=True)
    print(done.stdout.rsplit("\n", 2)[0])
    return json.loads(done.stdout.strip().splitlines()[-1])

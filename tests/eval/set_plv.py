"""plv: the relation of a marked pair, actors not given: all reports of the sentence are offered."""
import common
import set_plover_gsr

SCORER = "score_pairs.py"
ARGS = ["--only", "clean"]
FILES = ["plv/train.jsonl"]
KEYS = ["accuracy", "macro_f1", "quad_accuracy", "coverage", "linked"]


def predict(gold, out, khabar, args):
    common.write(out, set_plover_gsr.lines(common.read(gold), khabar))

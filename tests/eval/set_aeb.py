"""aeb: the body of articles, from the page's mark-up."""
import common, pages

SCORER = "score_articles.py"
FILES = ["aeb/truth.jsonl"]
KEYS = ["f1", "precision", "recall", "accuracy"]


def predict(gold, out, khabar, args):
    common.write(out, [{"id": i, "body": pages.body(s[0])} for i, s in pages.read(gold, khabar)])

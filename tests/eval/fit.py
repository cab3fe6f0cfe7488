#!/usr/bin/env python3
"""tests/eval/fit.py muc4|satp FILE    the weights of an adaptor's signs, by logistic regression on a development file

Prints them as the adaptor holds them (hundredths of a logit). What is fitted: of muc4, whether a template that the reports give pairs
with one of gold; of satp, whether an item has types. Copy them in by hand, after a look at what they say."""
import collections, importlib, json, math, pathlib, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import common  # noqa: E402


def regress(rows, labels, l2=2.0, steps=400, rate=1.0):
    weight, bias = collections.defaultdict(float), 0.0
    for _ in range(steps):
        slope, lift = collections.defaultdict(float), 0.0
        for row, label in zip(rows, labels):
            error = 1 / (1 + math.exp(-bias - sum(weight[k] for k in row))) - label
            lift += error
            for k in row:
                slope[k] += error
        bias -= rate * lift / len(rows)
        for k in slope:
            weight[k] -= rate * (slope[k] + l2 * weight[k]) / len(rows)
    return weight, bias


def satp(adaptor, path):
    rows = common.read(path)
    reports = common.code([(r["id"], r["text"], {}) for r in rows])
    shown = [[k for k, v in adaptor.signs(reports.get(r["id"], [])).items() if v] for r in rows]
    return zip(*[(s, float(bool(r["types"]))) for s, r in zip(shown, rows) if s])


def muc4(adaptor, path):
    sys.path.insert(0, str(common.shared() / "score"))
    score = importlib.import_module("score_muc")
    shown = []
    adaptor.kept = lambda t, row, rank: shown.append([k for k, v in adaptor.signs(t, row, rank).items() if v]) is None
    with tempfile.NamedTemporaryFile() as out:
        adaptor.predict(path, out.name, common.khabar, [])
        given = [(json.loads(line)["story"], score.gold_form(json.loads(line))) for line in open(out.name, encoding="utf-8")]
    gold = {d["id"]: [score.gold_form(t) for t in d["templates"]] for d in common.read(path)}
    paired = [False] * len(given)
    for story, forms in gold.items():
        mine, pairs = [i for i, g in enumerate(given) if g[0] == story], []
        for n, form in enumerate(forms):
            for i in mine:
                hits = {k: v[0] for k, v in score.compare(form, given[i][1]).items()}
                if hits["type"] or sum(v for k, v in hits.items() if k not in ("type", "stage", "perp_category")) >= 2:
                    pairs.append((-sum(hits.values()), n, i))
        taken = set()
        for _, n, i in sorted(pairs):
            if n not in taken and not paired[i]:
                taken.add(n)
                paired[i] = True
    return shown, [float(p) for p in paired]


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("muc4", "satp"):
        sys.exit(__doc__)
    rows, labels = globals()[sys.argv[1]](importlib.import_module("set_" + sys.argv[1]), sys.argv[2])
    weight, bias = regress(list(rows), list(labels))
    print("BIAS = %d" % round(bias * 100))
    print("WEIGHT = {%s}" % ", ".join('"%s": %d' % (k, round(v * 100)) for k, v in sorted(weight.items()) if abs(v) >= .05))


main()

#!/usr/bin/env python3
"""relations.py GOLD PREDICTED [PART…]    relations of two CoNLL-U files of the same words, in documents in whose id a PART stands
The table of doc/quality/tree.md, then one line of JSON: F1 of the core relations (head and relation up to the colon, as in LAS)
over the documents, and how many words they have."""
import collections, gzip, json, sys

CORE = ("nsubj", "obj", "iobj", "csubj", "ccomp", "xcomp", "obl")
WITH_SUBTYPES = {"nsubj:pass", "csubj:pass", "obl:agent", "acl:relcl", "nmod:poss", "aux:pass"}  # the table's; others are cut


def words(path, parts):
    taken, out = not parts, []
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as f:
        for line in f:
            if line.startswith("# newdoc id"):
                taken = not parts or any(p in line for p in parts)
            col = line.rstrip("\n").split("\t")
            if col[0].isdigit():
                out.append((taken, col[6], col[7] if col[7] in WITH_SUBTYPES else col[7].split(":")[0]))
    return out


def ratio(a, b):
    return a / b if b else 0.0


def f1(right, gold, given):
    return ratio(2 * right, gold + given)


def compare(gold, predicted, parts):
    """Pairs of (head, relation), gold and predicted, of the words that count."""
    return [(g[1:], p[1:]) for g, p in zip(words(gold, parts), words(predicted, [])) if g[0]]


def core_f1(pairs):
    base = [[(head, rel.split(":")[0]) for head, rel in pair] for pair in pairs]
    right = sum(g == p and g[1] in CORE for g, p in base)
    return round(f1(right, sum(g[1] in CORE for g, _ in base), sum(p[1] in CORE for _, p in base)), 5)


def table(pairs):
    n_gold, n_given = (collections.Counter(pair[i][1] for pair in pairs) for i in (0, 1))
    right = collections.Counter(g[1] for g, p in pairs if g == p)
    yield "| relation | gold | precision | recall | F1 | missed as |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for rel, n in n_gold.most_common():
        missed = collections.Counter(rel + " elsewhere" if p[1] == rel else p[1] for g, p in pairs if g[1] == rel and g != p)
        yield "| %s | %d | %.3f | %.3f | %.3f | %s |" % (
            rel, n, ratio(right[rel], n_given[rel]), ratio(right[rel], n), f1(right[rel], n, n_given[rel]),
            ", ".join("%s %d" % x for x in missed.most_common(4)))


if __name__ == "__main__":
    compared = compare(sys.argv[1], sys.argv[2], sys.argv[3:])
    print("\n".join(table(compared)))
    print(json.dumps({"core_f1": core_f1(compared), "words": len(compared)}))

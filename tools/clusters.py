#!/usr/bin/env python3
"""clusters.py glove-clusters-1024.tsv.gz OUT: words to clusters as pairs of u32 {hash of the word, cluster from 1}, hashes
ascending; the hash is kh_str_hash (FNV-1a). The clusters come from GloVe 6B vectors (Public Domain Dedication)."""
import gzip, struct, sys

rows = {}
for line in gzip.open(sys.argv[1], "rt", encoding="utf-8"):
    bits, word = line.rstrip("\n").split("\t")[:2]
    h = 2166136261
    for b in word.encode():
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    rows.setdefault(h, int(bits, 2) + 1)
with open(sys.argv[2], "wb") as f:
    for h in sorted(rows):
        f.write(struct.pack("<II", h, rows[h]))

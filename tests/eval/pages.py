"""What the sets of web pages share: pages from their archive into files, files into stories."""
import gzip, json, os, pathlib, tarfile, tempfile

import common


def unpack(gold, rows, to):
    """Writes every page of the set to a file of its own, raw bytes; {path: id}."""
    base, files = pathlib.Path(gold).resolve().parent, {}
    archive = {}
    if (base / "pages.tar.xz").exists():
        with tarfile.open(base / "pages.tar.xz") as tar:
            for member in tar:
                if member.isfile():
                    archive[member.name] = tar.extractfile(member).read()
    for n, row in enumerate(rows):
        name = row["html"]
        data = archive.get(name)
        if data is None:
            data = (base / name).read_bytes()
            data = gzip.decompress(data) if name.endswith(".gz") else data
        path = os.path.join(to, "%05d.html" % n)
        pathlib.Path(path).write_bytes(data)
        files[path] = row["id"]
    return files


def body(story, headings=True, decks=False):
    """Paragraphs and headings in the order of the page; a deck is a heading above the first paragraph."""
    texts = story["body"].split("\n\n")
    parts = [(span[0], text) for span, text in zip(story["paragraphs"], texts)]
    if headings:
        first = min((p[0] for p in parts), default=0)
        parts += [(h["source"][0], h["text"]) for h in story.get("headings", []) if decks or h["source"][0] > first]
    return "\n".join(text for _, text in sorted(parts, key=lambda p: p[0]))


def day(story):
    """The day of publication; one that is only a bound ("not before") is none."""
    return (story.get("published") if story.get("published_how") != "bound" else None) or None


def read(gold, khabar):
    """[(id, story layer)] of all pages of a set; of a page that goes on with other stories the first."""
    rows = common.read(gold)
    with tempfile.TemporaryDirectory() as tmp:
        files = unpack(gold, rows, tmp)
        out = khabar(["show", "--stage", "story"] + sorted(files))
        found = {}
        for o in map(loads, out.splitlines()):
            found.setdefault(files[o["file"]], o["story"] if isinstance(o["story"], list) else o)
        return list(found.items())


def loads(line):
    """The layer's line names the story's id and the layer by the same key: both are kept."""
    def pairs(items):
        found = {}
        for key, value in items:
            if key not in found or isinstance(value, list):
                found[key] = value
        return found
    return json.loads(line, object_pairs_hook=pairs)

"""What the sets share: the optimised build (made if missing), running khabar, reading gold files."""
import gzip, json, os, pathlib, subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("KHABAR_EVAL_BUILD", ROOT / "build"))


def shared():
    """The folder that holds data/ and score/, or None."""
    for p in (os.environ.get("KHABAR_SHARED"), ROOT.parent / "shared"):
        if p and pathlib.Path(p).is_dir():
            return pathlib.Path(p)
    return None


def program():
    if not (BUILD / "build.ninja").exists():
        subprocess.run(["meson", "setup", str(BUILD), str(ROOT), "--buildtype=release"], check=True, stdout=subprocess.DEVNULL)
    if not os.environ.get("KHABAR_EVAL_NOBUILD"):
        subprocess.run(["ninja", "-C", str(BUILD), "src/main/khabar", "data/khabar-en.model"], check=True, stdout=subprocess.DEVNULL)
    return str(BUILD / "src" / "main" / "khabar")


_program = None


def khabar(args, data=b""):
    """Runs khabar with bytes on stdin; returns the bytes of stdout."""
    global _program
    _program = _program or program()
    env = dict(os.environ, KHABAR_MODEL=str(BUILD / "data" / "khabar-en.model"))
    done = subprocess.run([_program] + list(args), input=data, stdout=subprocess.PIPE, env=env)
    if done.returncode not in (0, 1):
        raise SystemExit("khabar %s: exit status %d" % (" ".join(args), done.returncode))
    return done.stdout


def read(path):
    """Objects of a JSON Lines file, gzip or not."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def write(path, rows):
    with open(path, "w", encoding="utf-8") as f:
        for row in rows:
            f.write(json.dumps(row, ensure_ascii=False) + "\n")


def stage(layer, texts, khabar=khabar, more=()):
    """One layer of many stories. texts: [(id, text, fields)]; returns {id: list of the layer's objects}.
    Stories are taken verbatim; spans are bytes of the story's text, which are bytes of the given text."""
    lines = "".join(json.dumps(dict(fields or {}, id=i, text=t)) + "\n" for i, t, fields in texts)
    out = khabar(["show", "--stage", layer] + list(more) + ["-"], lines.encode())
    return {o["story"]: o[layer] for o in map(json.loads, out.splitlines())}


def code(texts, khabar=khabar, more=()):
    """Reports of many stories: {id: [report, ...]}."""
    lines = "".join(json.dumps(dict(fields or {}, id=i, text=t)) + "\n" for i, t, fields in texts)
    out = khabar(["code"] + list(more) + ["-"], lines.encode())
    reports = {}
    for o in map(json.loads, out.splitlines()):
        reports.setdefault(o["story"], []).append(o)
    return reports

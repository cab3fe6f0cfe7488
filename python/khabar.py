"""khabar from Python: one file over the C library, by ctypes; no compiler needed.

    import khabar
    k = khabar.Khabar()                               # finds libkhabar.so and the model; or Khabar(library=…, model=…)
    for report in k.code("Police in Lagos arrested 12 protesters on Sunday.", published="2026-03-15"):
        print(report["event"], report["trigger"]["text"])
    khabar.code("Police in Lagos arrested 12 protesters on Sunday.")      # the same as a data frame, a row a report
    khabar.read("news.db", "dyad_month")              # a view of a store made by `khabar add`, as a data frame

A Khabar belongs to one thread at a time. Offsets in reports are bytes of the story's text in UTF-8."""
import ctypes, json, mmap, os, pathlib, sqlite3

VIEWS = ("story", "report", "incident", "claim", "actor_day", "dyad_month", "review")


class Str(ctypes.Structure):
    _fields_ = [("p", ctypes.c_void_p), ("n", ctypes.c_size_t)]


class Error(ctypes.Structure):
    _fields_ = [("code", ctypes.c_int), ("at", ctypes.c_uint64), ("what", ctypes.c_char * 128)]


class Input(ctypes.Structure):
    _fields_ = [("bytes", Str), ("kind", ctypes.c_uint32), ("reserved", ctypes.c_uint32)] + [
        (name, Str) for name in ("id", "title", "url", "source", "charset", "file", "published")]


class Doc(ctypes.Structure):
    _fields_ = [("text", Str), ("n_stories", ctypes.c_uint32), ("n_reports", ctypes.c_uint32), ("n_notes", ctypes.c_uint32)]


class KhabarError(Exception):
    """code (a KHABAR_E_ code), at (byte offset) and the message of the library."""

    def __init__(self, error):
        super().__init__("%s (byte %d)" % (error.what.decode("utf-8", "replace"), error.at))
        self.code, self.at = error.code, error.at


KINDS = {"sniff": 0, "story": 1, "page": 2, "html": 3, "feed": 4, "conllu": 5}


def _find(names, folders):
    for folder in folders:
        for name in names:
            path = pathlib.Path(folder) / name
            if path.exists():
                return str(path)
    raise FileNotFoundError("none of %s in %s" % (", ".join(names), ", ".join(map(str, folders))))


class Khabar:
    def __init__(self, library=None, model=None):
        here = pathlib.Path(__file__).resolve().parent
        build = here.parent / "build"
        library = library or os.environ.get("KHABAR_LIBRARY") or _find(
            ["libkhabar.so", "libkhabar.so.0", "libkhabar.so.0.1.0"], [build / "src", "/usr/local/lib", "/usr/local/lib/x86_64-linux-gnu", "/usr/lib"])
        model = model or os.environ.get("KHABAR_MODEL") or _find(["khabar-en.model"], [build / "data", "/usr/local/share/khabar", "/usr/share/khabar"])
        self._c = ctypes.CDLL(library)
        self._c.khabar_version.restype = ctypes.c_char_p
        self._c.khabar_write_report.restype = self._c.khabar_write_story.restype = ctypes.c_size_t
        for f in (self._c.khabar_write_report, self._c.khabar_write_story):
            f.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_size_t]
        self._c.khabar_model_close.argtypes = self._c.khabar_worker_free.argtypes = [ctypes.c_void_p]
        with open(model, "rb") as f:  # a private map, because ctypes wants writable memory for an address
            self._map = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_COPY)
        self._image = (ctypes.c_char * len(self._map)).from_buffer(self._map)
        self._model, self._worker = ctypes.c_void_p(), ctypes.c_void_p()
        error = Error()
        if self._c.khabar_model_open(ctypes.byref(self._model), self._image, ctypes.c_size_t(len(self._map)), ctypes.byref(error)):
            raise KhabarError(error)
        if self._c.khabar_worker_new(ctypes.byref(self._worker), self._model, None):
            raise MemoryError("khabar_worker_new")

    def version(self):
        return self._c.khabar_version().decode()

    def close(self):
        if getattr(self, "_worker", None):
            self._c.khabar_worker_free(self._worker)
            self._c.khabar_model_close(self._model)
            self._worker = self._model = None

    __del__ = close

    def _read(self, text, kind, fields, write, count):
        data = text.encode() if isinstance(text, str) else bytes(text)
        keep = [ctypes.create_string_buffer(data, len(data) + 1)]
        given = Input(kind=KINDS[kind])
        given.bytes = Str(ctypes.cast(keep[0], ctypes.c_void_p), len(data))
        for name, value in fields.items():
            if value:
                raw = value.encode()
                keep.append(ctypes.create_string_buffer(raw, len(raw) + 1))
                setattr(given, name, Str(ctypes.cast(keep[-1], ctypes.c_void_p), len(raw)))
        doc, error = ctypes.POINTER(Doc)(), Error()
        if self._c.khabar_read(self._worker, ctypes.byref(given), ctypes.byref(doc), ctypes.byref(error)):
            raise KhabarError(error)
        found = []
        for i in range(getattr(doc.contents, count)):
            need = write(doc, i, None, 0)
            room = ctypes.create_string_buffer(need)
            write(doc, i, room, need)
            found.append(json.loads(room.raw[:need].decode()))
        return found

    def code(self, text, kind="story", id="", title="", url="", source="", published=""):
        """The reports of a text: a list of dicts as khabar-record(5) says."""
        return self._read(text, kind, dict(id=id, title=title, url=url, source=source, published=published), self._c.khabar_write_report, "n_reports")

    def stories(self, text, kind="page", id="", title="", url="", source="", published=""):
        """The stories of a page, reports inside."""
        return self._read(text, kind, dict(id=id, title=title, url=url, source=source, published=published), self._c.khabar_write_story, "n_stories")

    def table(self, text, **given):
        """Flat rows, lists joined by "; ": ready for csv.DictWriter or a data frame."""
        return [flat(r) for r in self.code(text, **given)]


def flat(r):
    def join(actors, key):
        return "; ".join(" ".join(a.get(key, [])) if key == "sectors" else a.get(key, "") for a in r.get(actors, []))

    chain = r.get("said_by", [])
    return {"id": r["id"], "story": r["story"], "event": r["event"], "modes": "; ".join(r.get("modes", [])), "cameo": r.get("cameo", ""),
            "actors": join("actors", "text"), "actor_countries": join("actors", "country"), "actor_sectors": join("actors", "sectors"),
            "recipients": join("recipients", "text"), "recipient_countries": join("recipients", "country"),
            "recipient_sectors": join("recipients", "sectors"), "place": r.get("place", {}).get("name", ""),
            "country": r.get("place", {}).get("country", ""), "begin": r.get("time", {}).get("begin", ""), "end": r.get("time", {}).get("end", ""),
            "certainty": r.get("certainty", ""), "said_by": "; ".join(v.get("speaker", {}).get("text", "") for v in chain),
            "counts": "; ".join("%s %s..%s" % (c["kind"], c.get("low", ""), c.get("high", "")) for c in r.get("counts", [])),
            "trigger": r["trigger"]["text"], "rule": r.get("rule", ""), "sure": r.get("sure", 0)}


def frame(rows):
    """Rows as a pandas data frame; without pandas as a dict of columns, which every data frame library takes."""
    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}
    try:
        import pandas
    except ImportError:
        return columns
    return pandas.DataFrame(columns)


_kept = None


def code(text, **given):
    """The reports of a text as a data frame, one row each; see Khabar.code for what may be given."""
    global _kept
    _kept = _kept or Khabar()
    return frame(_kept.table(text, **given))


def read(db, view="report"):
    """A view of a store as a data frame."""
    return frame(rows(db, view))


def rows(db, view="report"):
    """Rows (dicts) of a view of a store."""
    if view not in VIEWS:
        raise ValueError("no view %r; there are %s" % (view, ", ".join(VIEWS)))
    with sqlite3.connect("file:%s?mode=ro" % db, uri=True) as c:
        c.row_factory = sqlite3.Row
        return [dict(row) for row in c.execute('select * from "%s"' % view)]

"""PostgreSQL and NATS of a test's own, on loopback and in a temporary folder; they end with the test, however it ends."""
import atexit
import contextlib
import ctypes
import glob
import json
import os
import pwd
import shutil
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time

K, ROOT = os.environ["KHABAR"], os.environ["KHABAR_ROOT"]
STORIES = os.path.join(ROOT, "examples/stories.jsonl")
PG_BIN = (sorted(glob.glob("/usr/lib/postgresql/*/bin")) or [""])[-1]
SKIP = 77
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # a test that takes too long cleans up too
for name in [x for x in os.environ if x.lower().endswith("_proxy") or x.startswith(("PG", "NATS_", "KHABAR_QUEUE", "KHABAR_STORE"))]:
    del os.environ[name]  # what the user's shell says of other servers is not for these


def skip(why):
    print("skipped:", why)
    sys.exit(SKIP)


def need(*programs):
    """Ends the test as skipped when a program is not here; PostgreSQL's lie off the path."""
    for p in programs:
        if not shutil.which(p) and not os.path.exists(os.path.join(PG_BIN, p)):
            skip(f"{p} is not here")
    if "postgres" in programs and b"without libpq" in subprocess.run([K, "worker"], capture_output=True).stderr:
        skip("this khabar was built without libpq")


def with_parent(sig):
    """For preexec_fn: the process gets `sig` when this one dies, by whatever cause."""
    def set_it():
        ctypes.CDLL(None).prctl(1, sig)
    return set_it


def until(true, seconds=60):
    """Asks again and again; what was answered at last. A machine that is slow makes it longer, not wrong."""
    end = time.monotonic() + seconds
    while True:
        answer = true()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.02)


def free_port():
    """Below those that the system gives to whoever connects, so that it is still free when a server comes back to it."""
    low = int(open("/proc/sys/net/ipv4/ip_local_port_range").read().split()[0])
    while True:
        port = random.SystemRandom().randrange(10000, low) if low > 12000 else 0
        with socket.socket() as s, contextlib.suppress(OSError):
            s.bind(("127.0.0.1", port))
            return s.getsockname()[1]


def closed_port(kept=[]):
    """Nobody listens there, and nobody else can begin to."""
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    kept.append(s)
    return s.getsockname()[1]


def folder():
    path = tempfile.mkdtemp(prefix="khabar-scale-")
    os.chmod(path, 0o755)
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


class Server:
    def end(self, sig=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(sig)
            self.process.wait(60)


class Postgres(Server):
    """A cluster with a database `news`; local connections are trusted, those over TCP need a password."""
    def __init__(self, settings=""):
        self.process, self.dir, self.port = None, folder(), free_port()
        self.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        self.as_user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        self.data = os.path.join(self.dir, "data")
        os.mkdir(self.data, 0o700)
        if self.as_user:
            entry = pwd.getpwnam("postgres")
            for path in (self.data, self.dir):
                os.chown(path, entry.pw_uid, entry.pw_gid)
        subprocess.run([os.path.join(PG_BIN, "initdb"), "-N", "-D", self.data, "-U", self.user, "-E", "UTF8", "--locale=C.UTF-8",
                        "--auth-local=trust", "--auth-host=scram-sha-256"], check=True, capture_output=True, cwd="/", **self.as_user)
        with open(os.path.join(self.data, "postgresql.conf"), "a") as f:
            f.write(f"port = {self.port}\nunix_socket_directories = '{self.dir}'\nlisten_addresses = '127.0.0.1'\n"
                    f"shared_buffers = 64MB\nlogging_collector = off\nmax_connections = 60\n{settings}\n")
        atexit.register(self.end, signal.SIGQUIT)
        self.start()
        self.dsn = f"pg:host={self.dir} port={self.port} user={self.user} dbname=news"
        self.psql = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.dir, "-p", str(self.port), "-U", self.user]
        self.sql("create database news", db="postgres")

    def start(self):
        log = open(os.path.join(self.dir, "log"), "ab")
        self.process = subprocess.Popen([os.path.join(PG_BIN, "postgres"), "-D", self.data], stdout=log, stderr=log, cwd="/",
                                        preexec_fn=with_parent(signal.SIGQUIT), **self.as_user)
        ready = [os.path.join(PG_BIN, "pg_isready"), "-q", "-h", self.dir, "-p", str(self.port)]
        until(lambda: subprocess.run(ready).returncode == 0 or self.process.poll() is not None)
        if self.process.poll() is not None or subprocess.run(ready).returncode:
            skip("PostgreSQL does not start: " + open(os.path.join(self.dir, "log")).read()[-500:])

    def sql(self, query, db="news"):
        r = subprocess.run([*self.psql, "-d", db, "-c", query], capture_output=True, text=True)
        if r.returncode:
            raise RuntimeError(r.stderr)
        return r.stdout.strip()

    @contextlib.contextmanager
    def session(self, command, db="news"):
        """What `command` does holds until this ends."""
        p = subprocess.Popen([*self.psql, "-d", db], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        p.stdin.write(command + ";\n\\echo held\n")
        p.stdin.flush()
        if not any(line == "held\n" for line in p.stdout):
            raise RuntimeError(f"{command}: it is not held")
        try:
            yield
        finally:
            with contextlib.suppress(BrokenPipeError):
                p.stdin.close()
            p.wait(60)

    def gate(self, after=0):
        """While this is held, the ledger takes no result but those of the first `after` stories: workers that come so far stand
        still with a batch in hand, however fast or slow they are."""
        self.sql("create or replace function khabar.gate() returns trigger language plpgsql as $$ begin"
                 f" if (select story from khabar.story where key = new.key) > {after} then perform pg_advisory_xact_lock_shared(4711);"
                 " end if; return new; end $$;"
                 "create or replace trigger gate before insert on khabar.result for each row execute function khabar.gate()")
        return self.session("begin; select pg_advisory_xact_lock(4711)")

    def stands(self):
        """Does a worker stand at the gate?"""
        return self.sql("select count(*) from pg_stat_activity where application_name = 'khabar' and wait_event = 'advisory'") != "0"

    def hang_up(self):
        """Ends the connections of workers that were killed, as the system would when it notices."""
        self.sql("select pg_terminate_backend(pid, 60000) from pg_stat_activity where application_name = 'khabar'")


class Nats(Server):
    def __init__(self, settings="", host="127.0.0.1", port=0, inside=()):
        """`inside`: a command in front, as "ip netns exec NAME"."""
        self.process, self.dir, self.settings, self.host, self.inside = None, folder(), settings, host, inside
        self.port = port or free_port()
        atexit.register(self.end, signal.SIGKILL)
        self.start()

    def start(self):
        config = os.path.join(self.dir, "nats.conf")
        with open(config, "w") as f:
            f.write(f'listen: "{self.host}:{self.port}"\njetstream {{ store_dir: "{self.dir}/store" }}\n{self.settings}\n')
        log = open(os.path.join(self.dir, "log"), "ab")
        self.process = subprocess.Popen([*self.inside, "nats-server", "-c", config], stdout=log, stderr=log,
                                        preexec_fn=with_parent(signal.SIGKILL))
        if not until(lambda: self.answers() or self.process.poll() is not None) or self.process.poll() is not None:
            skip("nats-server does not start: " + open(os.path.join(self.dir, "log")).read()[-500:])

    def answers(self):
        with contextlib.suppress(OSError):
            socket.create_connection((self.host, self.port), 1).close()
            return True

    def request(self, subject, data=b""):
        """Asks JetStream something; as much of the protocol as that needs."""
        with socket.create_connection((self.host, self.port), 5) as s:
            f = s.makefile("rb")
            f.readline()
            s.sendall(b'CONNECT {"verbose":false}\r\nSUB in.box 1\r\n' + f"PUB {subject} in.box {len(data)}\r\n".encode() + data
                      + b"\r\n")
            while True:
                line = f.readline().split()
                if line[:1] == [b"MSG"]:
                    return json.loads(f.read(int(line[-1]) + 2))

    def wipe(self):
        shutil.rmtree(os.path.join(self.dir, "store"), ignore_errors=True)

    def url(self, stream="NEWS"):
        return f"nats://{self.host}:{self.port}/{stream}"


class Checks:
    def __init__(self, name):
        self.name, self.bad = name, 0

    def __call__(self, ok, what):
        if not ok:
            self.bad += 1
            print("not so:", what, flush=True)
        return ok

    def end(self):
        print(f"{self.name}:", "all so" if not self.bad else f"{self.bad} not so")
        sys.exit(self.bad != 0)


@contextlib.contextmanager
def small_disk(path, size="1m"):
    """A file system of that size at `path`; yields what fills it and what makes room, or None where none can be mounted."""
    os.makedirs(path, exist_ok=True)
    if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "khabar-test", path],
                                          capture_output=True).returncode:
        print("no file system can be mounted here: the full disk is not tried")
        yield None
        return
    filler = os.path.join(path, "filler")

    def fill():
        with open(filler, "wb", buffering=0) as f, contextlib.suppress(OSError):
            while True:
                f.write(b"x" * 4096)

    def make_room():
        os.remove(filler)
        subprocess.run(["mount", "-o", "remount,size=64m", path], check=True)
    try:
        yield fill, make_room
    finally:
        for _ in range(20):
            if subprocess.run(["umount", path], capture_output=True).returncode == 0:
                break
            time.sleep(0.1)


def many(n):
    """n stories made from the examples, each with an id and a number of its own."""
    base = [json.loads(line) for line in open(STORIES, encoding="utf-8")]
    out = []
    for i in range(n):
        o = dict(base[i % len(base)])
        o["id"] = f"{o['id']}-{i}"
        out.append(json.dumps(o, ensure_ascii=False) + "\n")
    return "".join(out).encode()


def khabar(*args, ok=(0,), env=None, input=b"", timeout=120):
    r = subprocess.run([K, *args], capture_output=True, input=input, env=dict(os.environ, **(env or {})), timeout=timeout)
    if ok is not None and r.returncode not in ok:
        raise RuntimeError(f"khabar {' '.join(args)}: status {r.returncode}: {r.stderr.decode()[:600]}")
    return r


def start_worker(*args, env=None, stderr=None):
    return subprocess.Popen([K, "worker", *args], stdin=subprocess.DEVNULL, stderr=stderr,
                            env=dict(os.environ, **(env or {})), preexec_fn=with_parent(signal.SIGKILL))


def stop(worker):
    """Asks it to end, once it listens: before that the signal would kill it."""
    def listens():
        with contextlib.suppress(OSError):
            caught = next(line for line in open(f"/proc/{worker.pid}/status") if line.startswith("SigCgt"))
            return int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1
        return True
    until(lambda: worker.poll() is not None or listens())
    worker.send_signal(signal.SIGTERM)

"""What the benches share: the optimised khabar, pages and texts of ../shared, peers compiled in, the machine in words."""
import gzip, json, os, pathlib, resource, shutil, subprocess, sys, tarfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "eval"))
import common as evaluation  # noqa: E402

BUILD = evaluation.BUILD
CACHE = BUILD / "bench"


def machine():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            name = line.split(":", 1)[1].strip()
            break
    else:
        name = os.uname().machine
    flags = open("/proc/cpuinfo").read()
    wide = [w for w in ("avx512_vnni", "avx512bw", "avx2") if w in flags]
    return name + (", " + wide[0] if wide else "")


def finish(what, figures):
    """The last line: what a person can paste."""
    print(json.dumps(dict(bench=what, date=time.strftime("%Y-%m-%d"), machine=machine(), **figures)))


def khabar():
    """The program, built, with its model in the environment."""
    program = evaluation.program()
    os.environ["KHABAR_MODEL"] = str(BUILD / "data" / "khabar-en.model")
    return program


def measured(args):
    """`khabar bench --json` of something."""
    done = subprocess.run([khabar(), "bench", "--json"] + args, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.decode().strip().splitlines()[-1])


def shared():
    where = evaluation.shared()
    if not where:
        print("no gold data here (../shared): name files instead")
        sys.exit(77)
    return where / "data"


def pages(given, work):
    """Paths of HTML pages: those given, else the shared pages, unpacked below `work`."""
    if given:
        return given
    out, data = [], shared()
    for name in ("aeb", "newsbody", "newsmeta"):
        for p in sorted((data / name / "html").glob("*.gz")):
            to = pathlib.Path(work) / (name + "-" + p.name[:-3])
            to.write_bytes(gzip.decompress(p.read_bytes()))
            out.append(str(to))
    return out


def cpu_of_children():
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def timed(args, **more):
    """Seconds of CPU of a command, and what it printed."""
    before = cpu_of_children()
    done = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, **more)
    return cpu_of_children() - before, done.stdout


def has(package):
    return shutil.which("pkg-config") and subprocess.run(["pkg-config", "--exists", package]).returncode == 0


def flags_of(package):
    return subprocess.run(["pkg-config", "--cflags", "--libs", package], stdout=subprocess.PIPE, text=True).stdout.split()


def peer_program():
    """bench/peer.c with the tokenizers that are here; says which are not."""
    khabar()
    CACHE.mkdir(parents=True, exist_ok=True)
    define, more = [], []
    lexbor = os.environ.get("LEXBOR")  # a folder that holds lexbor/ (headers) and liblexbor.a, or its prefix
    if lexbor:
        define += ["-DHAVE_LEXBOR", "-I" + lexbor, "-I" + lexbor + "/include", "-I" + lexbor + "/source"]
        more += ["-L" + lexbor, "-L" + lexbor + "/lib", "-llexbor", "-lm"]
    elif has("lexbor"):
        define, more = define + ["-DHAVE_LEXBOR"], more + flags_of("lexbor")
    else:
        print("lexbor is not here: not compared (its package, or LEXBOR=the folder where it was built)")
    for package, name, deb in (("libxml-2.0", "LIBXML2", "libxml2-dev"), ("gumbo", "GUMBO", "libgumbo-dev")):
        if has(package):
            define, more = define + ["-DHAVE_" + name], more + flags_of(package)
        else:
            print("%s is not here: not compared (%s)" % (package, deb))
    out = CACHE / "peer"
    core = BUILD / "src" / "libkhabar-core.a"
    subprocess.run(["ninja", "-C", str(BUILD), "src/libkhabar-core.a"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cc", "-std=c17", "-D_GNU_SOURCE", "-O3", "-I" + str(ROOT / "src"), "-I" + str(ROOT / "include"), "-I" + str(BUILD / "src")] + define +
                   [str(ROOT / "bench" / "peer.c"), "-o", str(out), str(core)] + more + ["-lz"], check=True)
    return str(out)

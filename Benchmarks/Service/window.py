"""Reading the newest 24 h window with 20 features and 86,400 rows, beside SciPy on the raw rows."""
import array, os, random, subprocess, sys
import rows
from figures import median, say, skip, spread

FEATURES, ROWS = 20, 86_400


def run(service, options, load):
    chance = random.Random(4)
    names = [f"n{i}" for i in range(FEATURES)]
    reference = [[round(chance.gauss(0, 1), 6) for _ in names] for _ in range(10_000)]
    table = [[round(chance.gauss(0.1, 1), 6) for _ in names] for _ in range(ROWS)]
    definition = {"task": "none", "windows": [{"length": "24h", "step": "1h"}], "features": {n: {"type": "numeric"} for n in names}}
    service.create("window", definition, text(names, reference), "text/csv")
    bodies = []
    for start in range(0, ROWS, 5000):
        part = [[f"w{start + n}", rows.moment(rows.START + start + n), *row] for n, row in enumerate(table[start:start + 5000])]
        bodies.append(text(["prediction_id", "timestamp", *names], part))
    service.send_all("/v1/models/window/predictions", bodies, options.connections, ROWS, "text/csv")
    service.call("POST", "/v1/models/window/watermark", f'{{"to": "{rows.moment(rows.START + ROWS)}"}}')
    path = "/v1/models/window/windows?length=24h"
    answer = service.call("GET", path, None)
    if answer["predictions"] != ROWS or len(answer["features"]) != FEATURES or not answer["window"]["complete"]:
        raise SystemExit("bench: the newest window is not the one that was sent")
    times = [load.measure(path, 1) for _ in range(options.repeats)]
    middle = [time[1] for time in times]
    say("window", f"ms of GET, all measures, {FEATURES} features, {ROWS:,} rows", f"{median(middle):.2f}",
        f"from {spread(middle, '{:.2f}')}; 99th percentile {median([time[2] for time in times]):.2f}; {load.tool}")
    beside_scipy(options, reference, table, median(middle))


def text(names, table):
    return "\n".join([",".join(names)] + [",".join(map(str, row)) for row in table]).encode()


def beside_scipy(options, reference, table, own):
    python = os.environ.get("SCIPY_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import scipy"], stderr=subprocess.DEVNULL).returncode != 0:
        return skip("window, SciPy", f"{python} cannot import scipy; set SCIPY_PYTHON to one that can")
    files = []
    for name, side in (("reference", reference), ("window", table)):
        files.append(os.path.join(options.folder, name + ".doubles"))
        with open(files[-1], "wb") as out:
            for column in zip(*side):
                array.array("d", column).tofile(out)
    script = os.path.join(os.path.dirname(__file__), "scipy_window.py")
    done = subprocess.run([python, script, str(FEATURES), *files], check=True, text=True, stdout=subprocess.PIPE)
    version, peer = done.stdout.split()
    say("window", f"ms of SciPy {version}, KS and PSI only", f"{float(peer):.0f}", f"ratio {own / float(peer):.4f}")

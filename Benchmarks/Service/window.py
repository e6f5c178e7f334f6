"""Reading windows with 20 features: the newest of 24 h with 86,400 rows beside SciPy on the raw rows, and how the cost grows."""
import array, http.client, os, random, subprocess, sys, time
import rows
from database import Database
from figures import median, say, skip, spread

FEATURES, ROWS = 20, 86_400
NAMES = [f"n{i}" for i in range(FEATURES)]
# Reads after new rows, of each figure.
READS = 60
# Days of a model whose old windows are read, and rows of each day.
DAYS, DAILY = 40, 4320


def run(service, options, load):
    chance = random.Random(4)
    reference = [[round(chance.gauss(0, 1), 6) for _ in NAMES] for _ in range(10_000)]
    table = [[round(chance.gauss(0.1, 1), 6) for _ in NAMES] for _ in range(ROWS)]
    fill(service, options, "window", reference, table, ROWS, "24h")
    path = "/v1/models/window/windows?length=24h"
    answer = service.call("GET", path, None)
    if answer["predictions"] != ROWS or len(answer["features"]) != FEATURES or not answer["window"]["complete"]:
        raise SystemExit("bench: the newest window is not the one that was sent")
    [first] = first_reads(service, [("window", path, rows.START + ROWS // 2)], table[0])
    say("window", f"ms of the first GET after a new row, {FEATURES} features, {ROWS:,} rows", f"{median(first):.2f}", tell(first))
    times = [load.measure(path, 1) for _ in range(options.repeats)]
    middle = [time[1] for time in times]
    say("window", "ms of GET again", f"{median(middle):.2f}",
        f"from {spread(middle, '{:.2f}')}; 99th percentile {median([time[2] for time in times]):.2f}; {load.tool}")
    beside_scipy(options, reference, table, median(first))
    growth(service, options, load, reference, table)
    history(service, options, reference, table)


def growth(service, options, load, reference, table):
    """The first read after a new row with 1/100 of the rows, and in a window of 100 times the length; by turns, because the machine
    is not as fast at all times."""
    fill(service, options, "few", reference, table[:ROWS // 100], ROWS, "24h")
    models = [(name, f"/v1/models/{name}/windows?length=24h", rows.START + ROWS // 2) for name in ("few", "window")]
    few, many = first_reads(service, models, table[0])
    say("window", f"ms of the first GET after a new row, {ROWS // 100:,} rows", f"{median(few):.2f}", tell(few))
    say("window", f"the same by turns, {ROWS:,} rows", f"{median(many):.2f}", tell(many))
    say("window", "cost as rows grow 100 times", f"{median(many) / median(few):.2f}", "goal 1.2")
    span = 800 * 3600
    fill(service, options, "long", reference, table, span, "8h")
    windows = [("long", f"/v1/models/long/windows?length={length}", rows.START + span - 7200) for length in ("8h", "720h", "800h")]
    for model, path, _ in windows: service.call("GET", path, None)
    times = first_reads(service, windows, table[0])
    for (_, path, _), first in zip(windows, times):
        say("window", f"ms of the first GET after a new row, {path.split('=')[1]} by 1 h", f"{median(first):.2f}",
            f"{tell(first)}; again {load.measure(path, 1)[1]:.2f}")
    say("window", "cost as length grows 100 times", f"{median(times[-1]) / median(times[0]):.2f}", "goal 1.2")


def history(service, options, reference, table):
    """Windows of the past after a start, first made of all their panes and then of day panes."""
    fill(service, options, "month", reference, (table * 3)[:DAYS * DAILY], DAYS * 86_400, "24h")
    database = Database(service.socket)
    database.run("DELETE FROM day_pane")
    before = [old_reads(service, days) for days in (1, 30)]
    # Other models may have windows of fewer days.
    made = "SELECT count(DISTINCT start) FROM day_pane d JOIN model m ON m.id = d.model WHERE m.name = 'month'"
    service.until(lambda: int(database.run(made)) >= DAYS - 1, limit=300, pause=1)
    for days, panes in zip((1, 30), before):
        rolled = old_reads(service, days)
        each = 1000 * median(rolled) / (days * 24 * FEATURES)
        say("window", f"ms of an old window of {days} days, {DAILY:,} rows a day, after a start", f"{median(rolled):.1f}",
            f"{tell(rolled)}; {each:.2f} us for each hour and feature; of all its panes {median(panes):.1f}")


def old_reads(service, days):
    """Milliseconds of the first reads of windows that end on several days, each after a start of the service."""
    times = []
    for end in range(DAYS - 6, DAYS - 1):
        service.stop()
        service.start()
        service.wait()
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        # Laws of the reference are worked out once, for whatever window.
        service.call("GET", "/v1/models/month/windows?length=1h&end=" + rows.moment(rows.START + 3600), None, connection=connection)
        path = f"/v1/models/month/windows?length={days}d&end={rows.moment(rows.START + end * 86_400)}"
        begin = time.perf_counter()
        answer = service.call("GET", path, None, connection=connection)
        times.append((time.perf_counter() - begin) * 1000)
        if answer["predictions"] != days * DAILY:
            raise SystemExit("bench: an old window has other rows than were sent")
    return times


def fill(service, options, model, reference, table, span, length):
    definition = {"task": "none", "windows": [{"length": length, "step": "1h"}], "features": {n: {"type": "numeric"} for n in NAMES}}
    service.create(model, definition, text(NAMES, reference), "text/csv")
    bodies = []
    for start in range(0, len(table), 5000):
        part = [[f"w{start + n}", rows.moment(rows.START + (start + n) * span // len(table)), *row]
                for n, row in enumerate(table[start:start + 5000])]
        bodies.append(text(["prediction_id", "timestamp", *NAMES], part))
    service.send_all(f"/v1/models/{model}/predictions", bodies, options.connections, len(table), "text/csv")
    service.call("POST", f"/v1/models/{model}/watermark", f'{{"to": "{rows.moment(rows.START + span)}"}}')


def first_reads(service, windows, row):
    """Milliseconds of reads of windows by turns, each of which comes after a new row in the window; a list for each of them."""
    times, connection = [[] for _ in windows], http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    for number in range(READS):
        for (model, path, moment), reads in zip(windows, times):
            body = text(["prediction_id", "timestamp", *NAMES], [[f"late{path}{len(windows)}.{number}", rows.moment(moment), *row]])
            service.call("POST", f"/v1/models/{model}/predictions", body, "text/csv", connection)
            begin = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            reads.append((time.perf_counter() - begin) * 1000)
            if answer.status != 200:
                raise SystemExit(f"bench: GET {path}: {answer.status}")
    return times


def tell(times):
    return f"from {spread(times, '{:.2f}')}; one Python connection"


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

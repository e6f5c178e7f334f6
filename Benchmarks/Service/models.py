"""Many models in one process: 20 features each, windows of 24 h and 7 d by 1 h. What they take, and what reading all of them costs."""
import random, time, urllib.parse
import rows
from figures import say

FEATURES, REFERENCE, HOURS, PER_HOUR = 20, 1000, 168, 4
NAMES = [f"n{i}" for i in range(FEATURES)]
DEFINITION = {"task": "none", "windows": [{"length": "24h", "step": "1h"}, {"length": "7d", "step": "1h"}],
              "features": {n: {"type": "numeric"} for n in NAMES}}


def run(service, options):
    chance = random.Random(9)
    reference = csv(NAMES, [[f"{chance.gauss(0, 1):.5f}" for _ in NAMES] for _ in range(REFERENCE)])
    lines = [",".join([f"p{n}", rows.moment(rows.START + n * 3600 // PER_HOUR)] + [f"{chance.gauss(0.1, 1):.5f}" for _ in NAMES])
             for n in range(HOURS * PER_HOUR)]
    body = "\n".join([",".join(["prediction_id", "timestamp", *NAMES])] + lines).encode()
    end = rows.moment(rows.START + HOURS * 3600)
    before = resident(service)
    begin = time.perf_counter()
    for number in range(options.models):
        service.create(f"many{number}", DEFINITION, reference, "text/csv")
    made = time.perf_counter() - begin
    for number in range(options.models):
        service.send_all(f"/v1/models/many{number}/predictions", [body], 1, len(lines), "text/csv")
        service.call("POST", f"/v1/models/many{number}/watermark", f'{{"to": "{end}"}}')
    say("models", f"{options.models} models made and {len(lines)} rows each sent, seconds", f"{time.perf_counter() - begin:.0f}",
        f"{made:.0f} of them for models and references")
    say("models", "MiB resident", f"{resident(service):.0f}", f"{before:.0f} before the first model; goal 2,048")
    for query in ("count(driftline_psi)", "count(driftline_psi > driftline_psi_threshold)"):
        path = "/api/v1/query?" + urllib.parse.urlencode({"query": query, "time": end})
        for turn in ("first", "again"):
            begin = time.perf_counter()
            answer = service.call("GET", path, None)
            seconds = time.perf_counter() - begin
            found = answer["data"]["result"][0]["value"][1] if answer["data"]["result"] else "0"
            say("models", f"seconds of {query}, {turn}", f"{seconds:.2f}", f"{found} series; goal 2")
    say("models", "MiB resident after reading all", f"{resident(service):.0f}", "goal 2,048")


def csv(names, table):
    return "\n".join([",".join(names)] + [",".join(row) for row in table]).encode()


def resident(service):
    """What the service alone holds in memory, in MiB."""
    with open(f"/proc/{service.process.pid}/status", encoding="utf-8") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024

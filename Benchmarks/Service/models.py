"""Many models in one process: 20 features each, windows of 24 h and 7 d by 1 h. What they take, and what judging all of them costs.

Every model has a reference of its own. The rows are few and made of the same lines, so that making them takes less time than taking them in.
"""
import http.client, json, os, random, threading, time, urllib.parse
import rows
from figures import say

FEATURES, REFERENCE, HOURS, PER_HOUR, CONNECTIONS = 20, 1000, 168, 4, 4
NAMES = [f"n{i}" for i in range(FEATURES)]
DEFINITION = json.dumps({"task": "none", "windows": [{"length": "24h", "step": "1h"}, {"length": "7d", "step": "1h"}],
                         "features": {n: {"type": "numeric"} for n in NAMES}})
RULES = """groups:
- name: drift
  rules:
  - alert: Drift
    expr: driftline_psi{segment="",version=""} > 0.5
"""
QUERIES = ["count(driftline_psi)", "count(driftline_psi > driftline_psi_threshold)"]


def run(service, options, database):
    chance = random.Random(9)
    pool = [",".join(f"{chance.gauss(0, 1):.5f}" for _ in NAMES) for _ in range(20 * REFERENCE)]
    shifted = [",".join(f"{chance.gauss(0.1, 1):.5f}" for _ in NAMES) for _ in range(HOURS * PER_HOUR)]
    week = body(shifted, 0)
    before, begin = memory(service), time.perf_counter()
    numbers = range(options.models)

    def make(number, connection):
        path = f"/v1/models/many{number}"
        service.call("PUT", path, DEFINITION, connection=connection)
        reference = "\n".join([",".join(NAMES)] + random.Random(number).sample(pool, REFERENCE))
        service.call("PUT", path + "/references/training", reference.encode(), "text/csv", connection)

    each(service, numbers, make)
    made = time.perf_counter() - begin
    each(service, numbers, lambda number, connection: send(service, number, week, HOURS, connection))
    say("models", f"{options.models} models made and {len(shifted)} rows each sent, seconds", f"{time.perf_counter() - begin:.0f}",
        f"{made:.0f} of them for models and references")
    tell(service, database, "loaded", before)
    begin = time.perf_counter()
    settle(service)
    say("models", "seconds until all of it is saved", f"{time.perf_counter() - begin:.0f}")
    tell(service, database, "saved", before)
    at = rows.moment(rows.START + HOURS * 3600)
    for query in QUERIES:
        ask(service, query, at, "the first time")
        ask(service, query, at, "again, nothing changed")
    tell(service, database, "after reading all", before)

    settle(service)
    used, begin = service.processor_seconds()[0], time.perf_counter()
    time.sleep(5)
    say("models", "processor seconds a second while nothing comes",
        f"{(service.processor_seconds()[0] - used) / (time.perf_counter() - begin):.3f}")
    round_of(service, numbers, HOURS, "an hour of all models without rules")
    for query in QUERIES:
        ask(service, query, rows.moment(rows.START + (HOURS + 1) * 3600), "after one hour more of each model")
    service.call("PUT", "/v1/rules/api/many.yaml/drift", RULES, "application/yaml")
    round_of(service, numbers, HOURS + 1, "an hour of all models with a rule, the first time")
    round_of(service, numbers, HOURS + 2, "an hour of all models with a rule, the next time")
    tell(service, database, "at the end", before)


def body(lines, first):
    """Rows as CSV, so many an hour, from an hour on."""
    table = [f"p{first}-{n},{rows.moment(rows.START + first * 3600 + n * 3600 // PER_HOUR)},{line}" for n, line in enumerate(lines)]
    return "\n".join([",".join(["prediction_id", "timestamp", *NAMES]), *table]).encode()


def send(service, number, content, end, connection):
    """Sends rows to a model and states that they were all until an hour."""
    path = f"/v1/models/many{number}"
    service.call("POST", path + "/predictions", content, "text/csv", connection)
    service.call("POST", path + "/watermark", json.dumps({"to": rows.moment(rows.START + end * 3600)}), connection=connection)


def round_of(service, numbers, hour, name):
    """Sends the next hour of all models, and waits until all are judged up to its end."""
    content = body([",".join(f"{random.Random(n).gauss(0.3, 1):.5f}" for _ in NAMES) for n in range(PER_HOUR)], hour)
    end = rows.moment(rows.START + (hour + 1) * 3600)
    used, begin = service.processor_seconds()[0], time.perf_counter()
    each(service, numbers, lambda number, connection: send(service, number, content, hour + 1, connection))
    sent = time.perf_counter()
    # Models of other parts get no more rows.
    while any(m.get("evaluated_to", "") < end for m in service.call("GET", "/v1/models", None)["models"] if m["name"].startswith("many")):
        time.sleep(0.05)
    done = time.perf_counter()
    say("models", name + ", seconds until all are judged", f"{done - begin:.2f}",
        f"{done - sent:.2f} of them after the last row; the service used {service.processor_seconds()[0] - used:.2f} s of the cores")


def ask(service, query, at, turn):
    path = "/api/v1/query?" + urllib.parse.urlencode({"query": query, "time": at})
    used, begin = service.processor_seconds()[0], time.perf_counter()
    answer = service.call("GET", path, None)
    seconds = time.perf_counter() - begin
    found = answer["data"]["result"][0]["value"][1] if answer["data"]["result"] else "0"
    say("models", f"seconds of {query}, {turn}", f"{seconds:.2f}",
        f"{found} series, {service.processor_seconds()[0] - used:.2f} s of the cores; goal 2")


def each(service, numbers, body):
    """Does something for every model over a few connections."""
    queue, failures, lock = list(reversed(numbers)), [], threading.Lock()

    def work():
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=600)
        try:
            while True:
                with lock:
                    if not queue: return
                    number = queue.pop()
                body(number, connection)
        except BaseException as failure:
            with lock:
                failures.append(failure)
                queue.clear()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    if failures: raise failures[0]


def settle(service):
    """Waits until the service has saved what it folded: it uses next to nothing for a second."""
    for _ in range(60):
        used = service.processor_seconds()[0]
        time.sleep(1)
        if service.processor_seconds()[0] - used < 0.15: return


def tell(service, database, when, before):
    now = memory(service)
    say("models", f"MiB resident, {when}", f"{now['VmRSS']:.0f}",
        f"{now['VmHWM']:.0f} at most; {before['VmRSS']:.0f} before the first model; goal 2,048")
    folder = f"/proc/{service.process.pid}/fd"
    kinds = []
    for name in os.listdir(folder):
        try: kinds.append(os.readlink(os.path.join(folder, name)))
        except OSError: pass
    say("models", f"open files, {when}", str(len(kinds)), f"{sum(k.startswith('socket:') for k in kinds)} of them sockets; "
        + database.run("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
        + " connections to the database")


def memory(service):
    """What the service alone holds in memory, and what it held at most, in MiB."""
    with open(f"/proc/{service.process.pid}/status", encoding="utf-8") as file:
        lines = dict(line.split(":", 1) for line in file)
    return {name: int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")}

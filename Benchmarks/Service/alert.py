"""From the POST of the row that completes a window until the webhook of its alert arrives, group_wait 0s."""
import http.client, http.server, json, os, threading, time
import rows
from figures import median, say, spread

MODELS = 100
RULE = """groups:
  - name: bench
    rules:
      - alert: AgeIsMissing
        expr: driftline_missing_ratio{model=~"alert.*", feature="age", window="1h", segment="", version=""} > 0.5
"""
DEFINITION = {"task": "none", "windows": [{"length": "1h", "step": "1h"}], "features": {"age": {"type": "numeric"}}}


class Receiver:
    """Takes webhooks, and keeps when the first one about a model came."""

    def __init__(self):
        self.arrivals, self.arrived = {}, threading.Condition()
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                moment = time.perf_counter()
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()
                with owner.arrived:
                    owner.arrivals.setdefault(body["groupLabels"]["model"], moment)
                    owner.arrived.notify_all()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self, model, limit=30):
        with self.arrived:
            if not self.arrived.wait_for(lambda: model in self.arrivals, limit):
                raise SystemExit(f"bench: no webhook about {model} came within {limit} s")
            return self.arrivals[model]


def watch(service, receiver):
    """The rule and the receiver are in force when this returns; the returned path is the rule's."""
    rule = os.path.join(service.folder, "rules", "bench.yaml")
    with open(rule, "w", encoding="utf-8") as file:
        file.write(RULE)
    with open(os.path.join(service.folder, "notifications.yaml"), "w", encoding="utf-8") as file:
        json.dump({"route": {"receiver": "bench", "group_by": ["model", "alertname"], "group_wait": "0s"},
                   "receivers": [{"name": "bench", "webhook_configs": [
                       {"url": f"http://127.0.0.1:{receiver.server.server_port}/"}]}],
                   "outgoing": {"allow_addresses": ["127.0.0.0/8"]}}, file)
    service.reload(lambda: "AgeIsMissing" in str(service.call("GET", "/v1/rules", None))
                   and "bench" in str(service.call("GET", "/v1/receivers", None)))
    return rule


def run(service):
    """One model after the other: its first window is completed by the first row of the hour after it."""
    receiver = Receiver()
    rule = watch(service, receiver)
    for number in range(MODELS):
        service.call("PUT", f"/v1/models/alert{number}", json.dumps(DEFINITION))
        sent = [{"prediction_id": str(n), "timestamp": rows.moment(rows.START + n), "features": {"age": None}} for n in range(100)]
        service.send_all(f"/v1/models/alert{number}/predictions", [rows.lines(sent)], 1, len(sent))
    last = rows.lines([{"prediction_id": "last", "timestamp": rows.moment(rows.START + 3600), "features": {"age": 1}}])
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    times = []
    for number in range(MODELS):
        begin = time.perf_counter()
        service.call("POST", f"/v1/models/alert{number}/predictions", last, "application/x-ndjson", connection)
        times.append((receiver.wait(f"alert{number}") - begin) * 1000)
    times.sort()
    say("alert", f"ms from row to webhook, 99th percentile of {MODELS}", f"{times[MODELS * 99 // 100 - 1]:.0f}",
        f"median {median(times):.0f}, from {spread(times)}; goal 1,000")
    # The other parts are measured without rules.
    os.unlink(rule)
    service.reload(lambda: "AgeIsMissing" not in str(service.call("GET", "/v1/rules", None)))
    receiver.server.shutdown()

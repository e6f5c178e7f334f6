"""The service under measurement: its process, and requests to it."""
import http.client, json, os, signal, socket, subprocess, threading, time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    def __init__(self, binary, folder, port, database=None):
        """Without a database of others it starts its own."""
        self.binary, self.folder, self.port, self.database, self.process = binary, folder, port, database, None
        self.socket = os.path.join(folder, "data", "socket")

    def start(self):
        os.makedirs(os.path.join(self.folder, "rules"), exist_ok=True)
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "serve", "--listen", f"127.0.0.1:{self.port}", "--data", os.path.join(self.folder, "data"),
                 "--rules", os.path.join(self.folder, "rules"), *(["--database-url", self.database] if self.database else [])],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder)

    def wait(self, limit=60):
        self.until(lambda: self.status("GET", "/readyz") == 200, limit)

    def until(self, is_done, limit=60, pause=0.1):
        """Asks again and again, and returns the seconds it took."""
        begin = time.perf_counter()
        while not is_done():
            if self.process.poll() is not None or time.perf_counter() - begin > limit:
                with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as log:
                    raise SystemExit("bench: the service does not answer:\n" + log.read()[-3000:])
            time.sleep(pause)
        return time.perf_counter() - begin

    def reload(self, is_done):
        """Has it read its files of settings again."""
        self.process.send_signal(signal.SIGHUP)
        self.until(is_done)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=60)

    def processor_seconds(self):
        """What the service has used of the cores until now, and what its own PostgreSQL has, in seconds."""
        postmaster = ""
        if not self.database:
            with open(os.path.join(self.folder, "data", "postgres", "postmaster.pid"), encoding="utf-8") as file:
                postmaster = file.readline().strip()
        used = {str(self.process.pid): 0.0, postmaster: 0.0}
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
                    # After the name in parentheses: state, parent, and from the 12th on the times.
                    parts = file.read().rpartition(")")[2].split()
            except OSError:
                continue
            owner = process if process in used else parts[1]
            if owner in used:
                times = parts[11:15] if owner == process else parts[11:13]
                used[owner] += sum(map(int, times)) / os.sysconf("SC_CLK_TCK")
        return used[str(self.process.pid)], used[postmaster]

    def status(self, method, path, body=None, kind="application/json"):
        """The status of one request on a connection of its own, None where nobody listens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {"content-type": kind})
            return connection.getresponse().status
        except OSError:
            return None
        except http.client.HTTPException:
            return None
        finally:
            connection.close()

    def call(self, method, path, body, kind="application/json", connection=None):
        connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        connection.request(method, path, body, {"content-type": kind})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 201):
            raise SystemExit(f"bench: {method} {path}: {answer.status} {text[:300]!r}")
        return json.loads(text)

    def create(self, model, definition, reference, kind="application/x-ndjson"):
        self.call("PUT", f"/v1/models/{model}", json.dumps(definition))
        self.call("PUT", f"/v1/models/{model}/references/training", reference, kind)

    def send(self, path, bodies, connections, kind="application/x-ndjson"):
        """Sends bodies over several connections; the seconds until the last was acknowledged, and the rows accepted."""
        queue, accepted, failures, lock = list(reversed(bodies)), [], [], threading.Lock()

        def work():
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
            try:
                while True:
                    with lock:
                        if not queue:
                            return
                        body = queue.pop()
                    receipt = self.call("POST", path, body, kind, connection)
                    with lock:
                        accepted.append(receipt["accepted"])
            except BaseException as failure:
                with lock:
                    failures.append(failure)
                    queue.clear()

        threads = [threading.Thread(target=work) for _ in range(connections)]
        begin = time.perf_counter()
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        seconds = time.perf_counter() - begin
        if failures:
            raise failures[0]
        return seconds, sum(accepted)

    def send_all(self, path, bodies, connections, rows, kind="application/x-ndjson"):
        """The seconds for rows that must all be accepted."""
        seconds, accepted = self.send(path, bodies, connections, kind)
        if accepted != rows:
            raise SystemExit(f"bench: {accepted} of {rows} rows were accepted at {path}")
        return seconds

"""Many small requests: with wrk where it is installed, else with threads, which can send far fewer."""
import http.client, os, re, shutil, subprocess, threading, time
from figures import median

UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


class Load:
    def __init__(self, port, seconds):
        self.port, self.seconds, self.wrk, self.runs = port, seconds, shutil.which("wrk"), 0
        self.tool = "wrk, 1 thread" if self.wrk else "Python threads: wrk is not installed"

    def measure(self, path, connections, body=None, kind="application/json"):
        """Requests a second, and the median and 99th percentile of the milliseconds. `@ID@` in a body becomes an id."""
        self.runs += 1
        return (self.with_wrk if self.wrk else self.with_threads)(path, connections, body, kind)

    def with_wrk(self, path, connections, body, kind):
        command = [self.wrk, "-t1", f"-c{connections}", f"-d{self.seconds}s", "--latency"]
        url = f"http://127.0.0.1:{self.port}{path}"
        if body is None:
            command += [url]
        else:
            command += ["-s", os.path.join(os.path.dirname(__file__), "single.lua"), url, "--", kind, str(self.runs), body]
        text = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout
        if "Non-2xx" in text or "Socket errors" in text:
            raise SystemExit(f"bench: some requests to {path} failed:\n{text}")
        share = lambda percent: (lambda m: float(m[1]) * UNITS[m[2]])(re.search(rf"{percent}%\s+([\d.]+)(us|ms|s|m)", text))
        return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), share(50), share(99)

    def with_threads(self, path, connections, body, kind):
        end, times = time.perf_counter() + self.seconds, []

        def work(number):
            connection, count = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60), 0
            while time.perf_counter() < end:
                count += 1
                begin = time.perf_counter()
                text = body and body.replace("@ID@", f"{self.runs}-{number}-{count}")
                connection.request("POST" if body else "GET", path, text, {"content-type": kind})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise SystemExit(f"bench: {path}: {answer.status}")
                times.append((time.perf_counter() - begin) * 1000)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(connections)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        return len(times) / self.seconds, median(times), sorted(times)[len(times) * 99 // 100]

"""Single-row requests at 64 connections, beside a route without work and single-row commits of PostgreSQL."""
import os, random, re, shutil, subprocess, time
import rows
from figures import median, say, skip, spread

CONNECTIONS = 64


def run(service, database, options, load):
    service.create("single", rows.MODEL, rows.reference())
    row = rows.row(random.Random(3), "@ID@", 0)
    del row["timestamp"]
    body = rows.lines([row]).decode()
    idle, posts, p99, ratios, commits, above, cores = [], [], [], [], [], [], ([], [])
    for _ in range(options.repeats):
        idle.append(load.measure("/healthz", CONNECTIONS)[0])
        database.run("CHECKPOINT")
        used = service.processor_seconds()
        rate, _, late = load.measure("/v1/models/single/predictions", CONNECTIONS, body)
        for place, seconds in enumerate(service.processor_seconds()):
            cores[place].append((seconds - used[place]) / rate / options.seconds * 1e6)
        posts.append(rate)
        p99.append(late)
        ratios.append(rate / idle[-1])
        committed = pgbench(database, options)
        if committed:
            commits.append(committed)
            above.append(rate / committed)
    say("single", f"rows/s, one a request, {CONNECTIONS} connections", f"{median(posts):,.0f}", f"from {spread(posts)}; {load.tool}")
    say("single", "99th percentile, ms", f"{median(p99):.1f}", f"from {spread(p99, '{:.1f}')}")
    say("single", "us of a core for a row, service", f"{median(cores[0]):.0f}", f"from {spread(cores[0], '{:.0f}')}")
    say("single", "us of a core for a row, PostgreSQL", f"{median(cores[1]):.0f}", f"from {spread(cores[1], '{:.0f}')}")
    say("single", "requests/s of GET /healthz", f"{median(idle):,.0f}", f"from {spread(idle)}")
    say("single", "ratio to GET /healthz", f"{median(ratios):.2f}", f"from {spread(ratios, '{:.2f}')}")
    if commits:
        say("single", f"commits/s of pgbench, one row each, {CONNECTIONS} clients", f"{median(commits):,.0f}", f"from {spread(commits)}")
        say("single", "ratio to pgbench", f"{median(above):.2f}", f"from {spread(above, '{:.2f}')}")
    else:
        skip("single, pgbench", "pgbench is not installed")


def pgbench(database, options):
    """Commits a second of one such row each into a table like `prediction`; None without pgbench."""
    program = shutil.which("pgbench")
    if not program:
        return None
    numbers = ",".join(f"0.12345{n}" for n in range(rows.NUMERIC))
    script = os.path.join(options.folder, "single.sql")
    with open(script, "w", encoding="utf-8") as out:
        out.write("INSERT INTO bench_single VALUES (1, 1, now(), 1, 1, now(), gen_random_uuid()::text, '1', 0.5, NULL, '1', "
                  f"'{{{numbers}}}', '{{v1,v2,v3,v4}}');\n")
    database.run("DROP TABLE IF EXISTS bench_single", "CREATE TABLE bench_single (LIKE prediction INCLUDING ALL)", "CHECKPOINT")
    done = subprocess.run(
        [program, "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1", "-T", str(options.seconds), "-h", database.socket,
         "-U", "driftline", "-f", script, "driftline"], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    database.run("DROP TABLE bench_single")
    if done.returncode != 0:
        raise SystemExit("bench: pgbench failed: " + done.stderr)
    return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])

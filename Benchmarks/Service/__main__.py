"""Measures the service against its peers on this machine, in one run. Started by scripts/bench, which has the options' text."""
import argparse, os, shutil, signal, sys, tempfile
import alert, ingestion, models, processes, replay, restart, rows, single, window
from database import Database
from figures import SKIPPED, say
from load import Load
from service import Service, free_port

PARTS = ["ingestion", "storage", "labels", "live", "single", "window", "alert", "replay", "processes", "models", "restart"]


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--binary", required=True)
    parser.add_argument("--rows", type=int, default=200_000, help="rows of a repeat of ingestion and of labels")
    parser.add_argument("--connections", type=int, default=8, help="connections that send batches")
    parser.add_argument("--repeats", type=int, default=3, help="how often each part is measured")
    parser.add_argument("--seconds", type=int, default=6, help="how long single requests are sent")
    parser.add_argument("--restarts", type=int, default=5, help="how often the service is killed")
    parser.add_argument("--stored", type=int, default=0, help="how many rows are stored at least before it is killed")
    parser.add_argument("--models", type=int, default=1000, help="how many models there are")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between; storage and labels need ingestion")
    options = parser.parse_args()
    parts = set(options.only.split(","))
    if unknown := parts - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if parts & {"storage", "labels"}:
        parts.add("ingestion")

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # The embedded PostgreSQL of root runs as another user, who must be able to pass through.
    options.folder = tempfile.mkdtemp(prefix="driftline-bench.", dir="/tmp")
    os.chmod(options.folder, 0o755)
    service = Service(os.path.abspath(options.binary), options.folder, free_port())
    try:
        service.start()
        service.wait()
        measure(parts, service, Database(service.socket), options)
    finally:
        service.stop()
        shutil.rmtree(options.folder, ignore_errors=True)
    if SKIPPED:
        print("bench: not measured: " + "; ".join(SKIPPED), file=sys.stderr)


def measure(parts, service, database, options):
    load = Load(service.port, options.seconds)
    say("machine", "PostgreSQL", database.version())
    say("machine", "cores", str(os.cpu_count()), "load average at the beginning: " + "{:.1f}".format(os.getloadavg()[0]))
    database.warm()
    table = rows.predictions(options.rows) if parts - {"live", "models", "single", "window", "alert"} else []
    if "ingestion" in parts: ingestion.predictions(service, database, options, table)
    if "storage" in parts: ingestion.storage(database, options, table)
    if "labels" in parts: ingestion.labels(service, database, options, table)
    if "live" in parts: ingestion.live(service, database, options)
    if "single" in parts: single.run(service, database, options, load)
    if "window" in parts: window.run(service, options, load)
    if "alert" in parts: alert.run(service)
    if "replay" in parts: replay.run(service, options, table)
    if "processes" in parts: processes.run(service, database, options, table)
    if "models" in parts: models.run(service, options, database)
    if "restart" in parts: restart.run(service, database, options, table)


main()

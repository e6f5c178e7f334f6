"""Seconds from starting the service again after kill -9, in the middle of ingestion, until a row is committed again."""
import threading
import rows
from figures import median, say, spread


def run(service, database, options, table):
    """Its PostgreSQL stays alive, as it does when the service alone is killed."""
    bodies = rows.bodies(table)
    service.create("restart", rows.MODEL, rows.reference())
    more = 0
    while count(database) < options.stored:
        service.create(f"more-{more}", rows.MODEL, rows.reference())
        service.send_all(f"/v1/models/more-{more}/predictions", bodies, options.connections, options.rows)
        more += 1
    ready, committed = [], []
    for attempt in range(options.restarts):
        killed_under_load(service, bodies[attempt * len(bodies) // options.restarts:], options)
        service.start()
        body = rows.lines([{**table[-1], "prediction_id": f"restart-{attempt}"}])
        read = service.until(lambda: service.status("GET", "/readyz") == 200, pause=0.005)
        written = service.until(
            lambda: service.status("POST", "/v1/models/restart/predictions", body, "application/x-ndjson") == 200, pause=0.005)
        ready.append(read)
        committed.append(read + written)
    say("restart", f"seconds until ready, {count(database):,} rows stored", f"{median(ready):.2f}", f"from {spread(ready, '{:.2f}')}")
    say("restart", "seconds until a row is committed", f"{median(committed):.2f}", f"from {spread(committed, '{:.2f}')}")


def count(database):
    return int(database.run("SELECT count(*) FROM prediction"))


def killed_under_load(service, bodies, options):
    """Kills while requests are under way; those that are lost may be sent again, which is not the matter here."""
    timer = threading.Timer(0.5, service.kill)
    timer.start()
    try:
        service.send("/v1/models/restart/predictions", bodies, options.connections)
    except (Exception, SystemExit):
        pass
    timer.join()

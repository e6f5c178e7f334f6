"""Further processes on the database of the first: rows a second, and who uses the cores."""
import os, threading, time
import rows
from figures import median, say, spread
from service import Service, free_port

MOST = 3


def run(first, database, options, table):
    bodies, services, alone = rows.bodies(table), [first], None
    for count in range(1, MOST + 1):
        while len(services) < count:
            services.append(another(first, database, options, len(services)))
        rates, used = [], []
        for repeat in range(options.repeats):
            model = f"processes{count}-{repeat}"
            first.create(model, rows.MODEL, rows.reference())
            before = spent(services)
            seconds = send(services, model, bodies, options)
            used.append([(b - a) / len(table) * 1e6 for a, b in zip(before, spent(services))])
            rates.append(len(table) / seconds)
            counted(services, model, len(table))
        alone = alone or median(rates)
        own, postgres = (median(column) for column in zip(*used))
        say("processes", f"rows/s with {count}", f"{median(rates):,.0f}",
            f"{median(rates) / alone:.2f} of one; from {spread(rates)}; us of a core a row: "
            f"{own:.1f} of Driftline, {postgres:.1f} of PostgreSQL")
    for service in services[1:]:
        service.stop()


def another(first, database, options, number):
    folder = os.path.join(options.folder, f"process{number}")
    os.makedirs(folder)
    service = Service(first.binary, folder, free_port(), database.text)
    service.start()
    service.wait()
    return service


def send(services, model, bodies, options):
    """The same rows over as many connections as ever, shared out among the processes."""
    shares = [bodies[n::len(services)] for n in range(len(services))]
    connections = max(1, options.connections // len(services))
    failures = []

    def work(service, share):
        try:
            service.send_all(f"/v1/models/{model}/predictions", share, connections, sum(b.count(b"\n") + 1 for b in share))
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(services, shares)]
    begin = time.perf_counter()
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    if failures:
        raise failures[0]
    return time.perf_counter() - begin


def counted(services, model, count):
    """Every process counts every row once, as soon as it has heard of the others'."""
    last = rows.moment(rows.START + (rows.DAYS + 1) * rows.DAY)
    services[0].call("POST", f"/v1/models/{model}/watermark", f'{{"to": "{last}"}}')
    path = f"/v1/models/{model}/series?measure=predictions&length=1h"
    for service in services:
        service.until(lambda: sum(service.call("GET", path, None)["value"]) == count, limit=30)


def spent(services):
    own = sum(service.processor_seconds()[0] for service in services)
    return own, services[0].processor_seconds()[1]

"""Batches of predictions, their labels, and what they take on disk, beside PostgreSQL alone."""
import os
import rows
from figures import median, say, spread


def models(options, part):
    return [f"{part}-{n}" for n in range(options.repeats)]


def live(service, database, options):
    """Rows as they come: of one hour."""
    send("live", "rows/s of one hour, 1,000 a request", rows.predictions(options.rows, 3600), service, database, options)


def predictions(service, database, options, table):
    send("ingestion", "rows/s over 30 days, 1,000 a request", table, service, database, options)


def send(part, name, table, service, database, options):
    reference = rows.reference()
    for model in models(options, part):
        service.create(model, rows.MODEL, reference)
    compare(part, name, "predictions", models(options, part), ["prediction", "identity"], table, service, database, options)


def labels(service, database, options, table):
    name, labelled = "rows/s, random order over 30 days", rows.labels(table)
    compare("labels", name, "labels", models(options, "ingestion"), ["outcome", "identity"], labelled, service, database, options)


def compare(part, name, path, models, tables, table, service, database, options):
    """The service, then `\\copy` of what it stored into its log's table, and into that and the table of identities."""
    bodies, rates, copied, log_ratios, all_ratios, own, postgres = rows.bodies(table), [], [], [], [], [], []
    for model in models:
        database.run("CHECKPOINT")
        before = service.processor_seconds()
        seconds = service.send_all(f"/v1/models/{model}/{path}", bodies, options.connections, options.rows)
        used = service.processor_seconds()
        own.append((used[0] - before[0]) * 1e6 / options.rows)
        postgres.append((used[1] - before[1]) * 1e6 / options.rows)
        log, identity = [database.copy_seconds(options.folder, name, model) for name in tables]
        rates.append(options.rows / seconds)
        copied.append(options.rows / log)
        log_ratios.append(log / seconds)
        all_ratios.append((log + identity) / seconds)
    say(part, name, f"{median(rates):,.0f}", f"from {spread(rates)}")
    say(part, "us of a core for a row, service", f"{median(own):.1f}", f"from {spread(own, '{:.1f}')}")
    say(part, "us of a core for a row, PostgreSQL", f"{median(postgres):.1f}", f"from {spread(postgres, '{:.1f}')}")
    say(part, f"rows/s of \\copy into a table like {tables[0]}", f"{median(copied):,.0f}", f"from {spread(copied)}")
    say(part, f"ratio to \\copy into {tables[0]}", f"{median(log_ratios):.2f}", f"from {spread(log_ratios, '{:.2f}')}")
    say(part, f"ratio to \\copy into {tables[0]} and {tables[1]}", f"{median(all_ratios):.2f}", f"from {spread(all_ratios, '{:.2f}')}")


def storage(database, options, table):
    """Before labels: all tables and indexes by rows, beside the same rows as jsonb with their id as the key."""
    stored = options.rows * options.repeats
    sizes = {name: size / stored for name, size in database.sizes().items()}
    file = os.path.join(options.folder, "rows.csv")
    with open(file, "w", encoding="utf-8") as out:
        for row in table:
            body = rows.lines([{key: value for key, value in row.items() if key != "prediction_id"}]).decode()
            out.write(row["prediction_id"] + ',"' + body.replace('"', '""') + '"\n')
    database.run("CREATE TABLE bench_json (id text PRIMARY KEY, body jsonb)", f"\\copy bench_json FROM '{file}' (FORMAT csv)")
    plain = int(database.run("SELECT pg_total_relation_size('bench_json')")) / options.rows
    database.run("DROP TABLE bench_json")
    os.unlink(file)
    parts = ", ".join(f"{name} {size:.0f}" for name, size in sorted(sizes.items(), key=lambda e: -e[1]) if size >= 5)
    say("storage", "bytes a row, all tables and indexes", f"{sum(sizes.values()):.0f}", parts)
    say("storage", "bytes a row of a jsonb table with a primary key", f"{plain:.0f}")
    say("storage", "ratio", f"{sum(sizes.values()) / plain:.2f}")

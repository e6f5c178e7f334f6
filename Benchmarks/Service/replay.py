"""`driftline replay` of a CSV log, beside the same rows without it; and how it goes on after a kill."""
import csv, os, signal, subprocess, time
import rows
from figures import median, say, spread

COLUMNS = list(rows.FEATURES)


def run(service, options, table):
    files = write(options.folder, table)
    rates, ratios = [], []
    for repeat in range(options.repeats):
        model = f"plain{repeat}"
        service.create(model, rows.MODEL, rows.reference())
        plain = service.send_all(f"/v1/models/{model}/predictions", rows.bodies(table), options.connections, len(table))
        seconds = replayed(service, f"replay{repeat}", files)
        counted(service, f"replay{repeat}", len(table))
        rates.append(len(table) / seconds)
        ratios.append(plain / seconds)
    say("replay", "rows/s", f"{median(rates):,.0f}", f"from {spread(rates)}")
    say("replay", "ratio to NDJSON over the same service", f"{median(ratios):.2f}", f"from {spread(ratios, '{:.2f}')}; goal 1")
    interrupted(service, files, len(table))


def interrupted(service, files, count):
    """Killed half-way, then told to resume: what is sent again is little, and nothing counts twice."""
    whole = replayed(service, "whole", files)
    process = start(service, "resumed", files)
    time.sleep(whole / 2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    rest = replayed(service, "resumed", files, "--resume")
    counted(service, "resumed", count)
    say("replay", "seconds to resume after a kill half-way", f"{rest:.1f}", f"the whole took {whole:.1f}; every row counted once")


def counted(service, model, count):
    values = service.call("GET", f"/v1/models/{model}/series?measure=predictions&length=1h", None)["value"]
    if sum(values) != count:
        raise SystemExit(f"bench: {model} counts {sum(values)} of {count} rows")


def replayed(service, model, files, *more):
    begin = time.perf_counter()
    if start(service, model, files, *more).wait() != 0:
        raise SystemExit("bench: driftline replay failed")
    return time.perf_counter() - begin


def start(service, model, files, *more):
    return subprocess.Popen([service.binary, "replay", "--model", model, "--quiet", "--url", f"http://127.0.0.1:{service.port}",
                             *files, *more], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def write(folder, table):
    """The log as CSV, and the model as JSON."""
    names = {kind: os.path.join(folder, kind) for kind in ("schema.json", "predictions.csv")}
    with open(names["schema.json"], "w", encoding="utf-8") as file:
        file.write(rows.lines([rows.MODEL]).decode())
    with open(names["predictions.csv"], "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["prediction_id", "timestamp", "model_version", *COLUMNS, "score", "prediction"])
        for row in table:
            out.writerow([row["prediction_id"], row["timestamp"], row["model_version"],
                          *(row["features"][name] for name in COLUMNS), row["score"], row["prediction"]])
    return ["--schema", names["schema.json"], "--predictions", names["predictions.csv"]]

#!/usr/bin/env python3
"""Turns a Parquet log into the CSV that `driftline replay` sends, in constant memory.

    pip install pyarrow
    python3 driftline_parquet.py log.parquet --id request_id --time logged_at > predictions.csv
    python3 driftline_parquet.py truth.parquet --id request_id --time known_at --labels outcome > labels.csv
    driftline replay --model churn --schema model.json --predictions predictions.csv --labels labels.csv --resume

Further columns become features under their own names; --rename old=new changes a name (to prediction, score or
model_version, say), --drop leaves a column out. Times without a zone are UTC. Null becomes an empty field.
A list of numbers becomes the JSON text of an embedding.
"""
import argparse, csv, datetime, decimal, json, math, sys

import pyarrow.parquet

BATCH_ROWS = 10_000

def field(value):
    """One value as CSV text; empty for null."""
    if value is None or isinstance(value, float) and math.isnan(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, datetime.datetime):
        return time(value)
    if isinstance(value, (datetime.date, datetime.time, decimal.Decimal)):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (list, dict)):
        return json.dumps(value, separators=(",", ":"))
    return str(value)

def time(value):
    """RFC 3339 in UTC of a time, or of text that already is one."""
    if isinstance(value, datetime.datetime):
        zoned = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
        return zoned.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return field(value)

def plan(names, options):
    """The columns to write: (name in the file, name in the CSV), the id and the time first."""
    renamed = dict(pair.split("=", 1) for pair in options.rename)
    missing = [name for name in [options.id, options.time, options.labels, *renamed, *options.drop]
               if name is not None and name not in names]
    if missing:
        sys.exit(f"the file has no column {', '.join(missing)}; it has {', '.join(names)}")
    first = [(options.id, "prediction_id"), (options.time, "timestamp")]
    if options.labels:
        return first + [(options.labels, "actual")]
    taken = {options.id, options.time, *options.drop}
    rest = [(name, renamed.get(name, name)) for name in names if name not in taken]
    clash = [new for old, new in rest if new in ("prediction_id", "timestamp")]
    if clash:
        sys.exit(f"a column is called {clash[0]}, which means something: --rename it or --drop it")
    return first + rest

def convert(path, options, out):
    """Writes the CSV of a file, batch by batch."""
    source = pyarrow.parquet.ParquetFile(path)
    columns = plan(source.schema_arrow.names, options)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(new for _, new in columns)
    for batch in source.iter_batches(BATCH_ROWS, columns=[old for old, _ in columns]):
        values = batch.to_pydict()
        rows = zip(*(values[old] for old, _ in columns))
        writer.writerows([field(row[0]), time(row[1]), *map(field, row[2:])] for row in rows)

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--id", default="prediction_id", help="the column of the ids")
    parser.add_argument("--time", default="timestamp", help="the column of the times; sort the file by it")
    parser.add_argument("--labels", help="the column of the truth: write labels instead of predictions")
    parser.add_argument("--rename", action="append", default=[], metavar="OLD=NEW")
    parser.add_argument("--drop", action="append", default=[], metavar="COLUMN")
    options = parser.parse_args()
    convert(options.file, options, sys.stdout)

if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Makes a Driftline profile from training data: cut points and counts, no rows.

    python3 driftline_profile.py --task binary train.csv > training.profile.json
    curl -X PUT -H 'Content-Type: application/vnd.driftline.profile+json' \\
        --data-binary @training.profile.json http://127.0.0.1:8080/v1/models/churn/references/training

The CSV has a header. Columns named prediction, score and actual are what they say; prediction_id, timestamp and
model_version are passed over; all others are features, numeric where every value that is not empty is a number.
With --weight COLUMN that column says how much a row counts. From a data frame: profile(df.to_dict("list"), task,
weight="w"). Nothing but Python's standard library is needed.
"""
import argparse, collections, csv, hashlib, json, math, struct, sys

RESERVED = {"prediction_id", "timestamp", "model_version", "actual"}

def number(text):
    """The number of a field, None for an empty one; ValueError where it is text."""
    if text is None or text == "" or isinstance(text, float) and math.isnan(text):
        return None
    value = float(text)
    if not math.isfinite(value) or isinstance(text, str) and not (set(text) <= set("0123456789+-.eE")):
        raise ValueError(text)
    return value + 0.0

def deciles(values):
    """numpy.quantile(values, i / 10) of sorted values, duplicates removed."""
    edges = []
    for tenth in range(1, 10):
        virtual = (len(values) - 1) * (tenth / 10)
        rank = int(virtual)
        low, high, g = values[rank], values[min(rank + 1, len(values) - 1)], virtual - rank
        edge = high - (high - low) * (1 - g) if g >= 0.5 else low + (high - low) * g
        if not edges or edges[-1] != edge:
            edges.append(edge + 0.0)
    return edges

def cover(runs, capacity, fixed):
    """The fewest cut points besides the fixed ones with at most `capacity` values in any interval between them."""
    cuts, held, position = [], 0, 0
    for value, count in runs:
        while position < len(fixed) and fixed[position] <= value:
            if not cuts or cuts[-1] != fixed[position]:
                cuts.append(fixed[position])
            held, position = 0, position + 1
        if cuts and cuts[-1] == value:
            continue
        held += count
        if held > capacity:
            cuts.append(value)
            held = 0
    return cuts

def freeze(values, limit):
    """Cut points and decile edges of sorted values."""
    edges = deciles(values)
    runs = sorted(collections.Counter(values).items())
    fixed = sorted(set(edges) | {values[0], values[-1]})
    if len(runs) <= limit:
        return sorted(set(fixed) | {value for value, _ in runs}), edges
    low, high = 1, len(values)
    while low < high:
        middle = (low + high) // 2
        if len(cover(runs, middle, fixed)) <= limit:
            high = middle
        else:
            low = middle + 1
    return cover(runs, low, fixed), edges

def quantised(value, scale):
    """The value in units of 2^(scale - 76), rounded half to even."""
    top, bottom = value.as_integer_ratio()
    shift = 76 - scale
    top, bottom = (top << shift, bottom) if shift >= 0 else (top, bottom << -shift)
    whole, rest = divmod(top, bottom)
    return whole + (1 if 2 * rest > bottom or 2 * rest == bottom and whole & 1 else 0)

def tally(rows, cuts, scale):
    """Counts and sums of values that count so often, as (value, times) in ascending order."""
    opened, at, sums, squares, cut = [0] * (len(cuts) + 1), [0] * len(cuts), [0] * (len(cuts) + 1), [0, 0, 0], 0
    for value, times in rows:
        units = quantised(value, scale)
        upper, lower = abs(units) >> 64, abs(units) & (1 << 64) - 1
        squares[0] += (lower * lower & (1 << 64) - 1) * times
        squares[1] += ((lower * lower >> 64) + 2 * upper * lower) * times
        squares[2] += upper * upper * times
        while cut < len(cuts) and cuts[cut] < value:
            cut += 1
        if cut < len(cuts) and cuts[cut] == value:
            at[cut] += times
        else:
            opened[cut] += times
            sums[cut] += units * times
    return {"open": opened, "at": at, "sums": [str(part) for part in sums], "squares": [str(part) for part in squares]}

def numeric(name, column, limit, times):
    """A column of numbers: its rows, and for each list of times the rows counted as often as it says."""
    rows = sorted((value, place) for place, value in enumerate(column) if value is not None)
    values = [value for value, _ in rows]
    cuts, edges = freeze(values, limit) if values else ([], [])
    greatest = max(abs(values[0]), abs(values[-1])) if values else 0.0
    usual = max(map(abs, edges), default=0.0)
    scale = math.frexp(greatest)[1] - 1 if greatest else 20
    if usual:
        scale = max(scale, math.frexp(usual)[1] + 23)
    scale = min(max(scale, -1074), 1023)
    whole = {"column": name, "kind": "numeric", "scale": scale, "cut_points": cuts, "deciles": edges,
             "missing": len(column) - len(values), "minimum": values[0] if values else None,
             "maximum": values[-1] if values else None, **tally([(value, 1) for value in values], cuts, scale)}
    parts = [{"column": name, "kind": "numeric", "missing": sum(t for t, value in zip(part, column) if value is None),
              **tally([(value, part[place]) for value, place in rows if part[place]], cuts, scale)} for part in times]
    return [whole] + parts

def categorical(name, column, times):
    """A column of texts, as numeric does it."""
    texts = [None if value is None or value == "" else str(value) for value in column]
    done = []
    for part in [[1] * len(column)] + times:
        counts = collections.Counter()
        for text, often in zip(texts, part):
            counts[text] += often
        done.append({"column": name, "kind": "categorical", "missing": counts.pop(None, 0),
                     "categories": [[value, counts[value]] for value in sorted(counts) if counts[value]]})
    return done

UNIT = 1024

def units(value):
    """A weight in 1/1024, half to even; 1024 where there is none."""
    weight = number(value)
    if weight is None:
        return UNIT
    if not 0 < weight <= 1e6 or round(weight * UNIT) < 1:
        raise SystemExit(f"a weight is above 0 and at most 1000000, not {value}")
    return round(weight * UNIT)

def weighed(parts, times, heavy, table):
    """The member weights: what heavier rows count beyond a row, and what lighter ones lack of it."""
    def part(index):
        rows = sum(times[index])
        return {"rows": rows, "columns": [column[1 + index] for column in parts] if rows else []}
    excess = [weight * weight - UNIT * UNIT for weight in heavy]
    missing = [(column[0]["column"], sum(e for e, value in zip(excess, values) if value is None or value == ""))
               for column, values in zip(parts, table)]
    return {"more": part(0), "less": part(1), "squares": str(sum(excess)),
            "missing_squares": [[name, str(squares)] for name, squares in missing if squares]}

def canonical(node):
    """The form that is hashed: sorted members, no space, numbers by the bits of a double."""
    if isinstance(node, dict):
        return "{" + ",".join(canonical(key) + ":" + canonical(node[key]) for key in sorted(node)) + "}"
    if isinstance(node, list):
        return "[" + ",".join(map(canonical, node)) + "]"
    if isinstance(node, (int, float)) and not isinstance(node, bool):
        return "#" + struct.pack(">d", float(node) + 0.0).hex()
    return json.dumps(node, ensure_ascii=False)

def profile(columns, task="none", grid_points=1024, weight=None):
    """The profile of columns by name, lists of equal length."""
    rows, done, table = len(next(iter(columns.values()))), [], []
    heavy = [units(value) for value in columns[weight]] if weight else [UNIT] * rows
    is_weighed = any(value != UNIT for value in heavy)
    times = [[max(value - UNIT, 0) for value in heavy], [max(UNIT - value, 0) for value in heavy]] if is_weighed else []
    for name, column in columns.items():
        if name in RESERVED or name == weight or name == "prediction" and task == "none":
            continue
        address = "features." + name if name.startswith("features.") else name
        try:
            if name == "prediction" and task != "regression":
                raise ValueError("classes are text")
            done.append(numeric(address, [number(value) for value in column], grid_points, times))
        except ValueError:
            done.append(categorical(address, column, times))
        table.append(column)
    document = {"format": "driftline.profile", "format_version": 1, "task": task, "rows": rows,
                "columns": [column[0] for column in done]}
    if is_weighed:
        document["weights"] = weighed(done, times, heavy, table)
    if "actual" in columns and task != "none":
        convert = number if task == "regression" else (lambda value: None if value in (None, "") else str(value))
        absent = [None] * rows
        labelled = zip(map(convert, columns.get("prediction", absent)), map(number, columns.get("score", absent)),
                      map(convert, columns["actual"]), heavy)
        counted = collections.Counter(row for row in labelled if row[2] is not None)
        document["labelled"] = [{"predicted": p, "score": s, "actual": a, "count": n,
                                 **({} if w == UNIT else {"weight": w / UNIT})} for (p, s, a, w), n in counted.items()]
        if task == "regression":
            sides = [abs(v) for name in ("prediction", "actual") for v in map(number, columns.get(name, [])) if v is not None]
            document["residual_scale"] = max(math.frexp(max(sides))[1] - 1, -1074) if sides and max(sides) else 20
    document["content_hash"] = "sha256:" + hashlib.sha256(canonical(document).encode()).hexdigest()
    return document

if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Makes a Driftline profile from a CSV.")
    options.add_argument("--task", default="none", choices=["binary", "multiclass", "regression", "none"])
    options.add_argument("--grid-points", type=int, default=1024, help="as in the model's settings")
    options.add_argument("--weight", help="the column that says how much a row counts")
    options.add_argument("csv")
    arguments = options.parse_args()
    with open(arguments.csv, newline="", encoding="utf-8") as file:
        header, *records = list(csv.reader(file))
    table = {name: [record[i] for record in records] for i, name in enumerate(header)}
    json.dump(profile(table, arguments.task, arguments.grid_points, arguments.weight), sys.stdout, ensure_ascii=False)

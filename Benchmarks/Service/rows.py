"""Made-up rows: 16 numeric and 4 categorical features, in the order of event time. The same in every run."""
import json, random, time

NUMERIC, CATEGORICAL, REQUEST, DAYS, DAY = 16, 4, 1000, 30, 86_400
START = int(time.time()) // DAY * DAY - 40 * DAY
FEATURES = {f"n{i}": {"type": "numeric"} for i in range(NUMERIC)} | {f"c{i}": {"type": "categorical"} for i in range(CATEGORICAL)}
MODEL = {"task": "binary", "classes": ["0", "1"], "windows": [{"length": "1h", "step": "1h"}], "features": FEATURES}


def moment(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def row(chance, identity, seconds):
    features = {f"n{i}": round(chance.gauss(0, 1), 6) for i in range(NUMERIC)}
    features |= {f"c{i}": f"v{int(chance.expovariate(0.4))}" for i in range(CATEGORICAL)}
    score = round(chance.random(), 6)
    return {"prediction_id": identity, "timestamp": moment(seconds), "model_version": "1", "features": features,
            "score": score, "prediction": "1" if score >= 0.5 else "0"}


def predictions(count, span=DAYS * DAY):
    """Rows over so many seconds, with ids without order, as UUIDs are."""
    chance = random.Random(7)
    return [row(chance, f"{chance.getrandbits(128):032x}", START + span * n // count) for n in range(count)]


def reference(count=10_000):
    chance = random.Random(8)
    rows = [row(chance, "", START) for _ in range(count)]
    return lines({"features": r["features"], "score": r["score"], "prediction": r["prediction"], "actual": r["prediction"]} for r in rows)


def labels(rows):
    """A label for each row, in random order."""
    known = moment(START + (DAYS + 1) * DAY)
    found = [{"prediction_id": r["prediction_id"], "actual": r["prediction"], "timestamp": known} for r in rows]
    random.Random(9).shuffle(found)
    return found


def lines(objects):
    return "\n".join(json.dumps(o, separators=(",", ":")) for o in objects).encode()


def bodies(objects, size=REQUEST):
    return [lines(objects[n:n + size]) for n in range(0, len(objects), size)]

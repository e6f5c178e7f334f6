"""Writes volumes.json: how many rows the same hours of earlier weeks let expect, computed with NumPy and SciPy.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1
    venv/bin/python make_volumes.py

Twelve weeks of hourly counts with a rhythm of day and week. Of a window [end - length, end) the table of weeks x hours says what the
same stretch had in up to eight weeks before; the expected number is their median. The p-value is the greater one of Student's t with
the spread of these weeks and of the normal law of counts that differ by chance alone, on Anscombe's scale 2 sqrt(x + 3/8).
"""
import json
import math
import pathlib

import numpy as np
import scipy
from scipy import stats

VERSIONS = {"numpy": "2.4.6", "scipy": "1.17.1"}
assert {"numpy": np.__version__, "scipy": scipy.__version__} == VERSIONS
WEEK, WEEKS = 168, 12
# By how much a spread without the farthest of so many weeks is widened.
TRIMMED = {5: 1.46, 6: 1.36, 7: 1.29, 8: 1.26}


def p_value(weeks, count):
    scaled = 2 * np.sqrt(np.array(weeks) + 0.375)
    centre, size = np.median(scaled), len(weeks)
    z = (2 * math.sqrt(count + 0.375) - centre) / math.sqrt(1 + math.pi / 2 / size)
    chance = 2 * stats.norm.sf(abs(z))
    squares = np.sort((scaled - centre) ** 2)
    factor = TRIMMED.get(size, 1)
    if size in TRIMMED:
        squares = squares[:-1]
    degrees = len(squares) - 1
    spread = math.sqrt(squares.sum() / degrees) * factor
    return chance if spread == 0 else max(chance, 2 * stats.t.sf(abs(z) / spread, degrees))


rng = np.random.default_rng(21)
hour = np.arange(WEEK * WEEKS)
mean = 200 * (1 + 0.7 * np.sin(2 * np.pi * hour / 24)) * np.where(hour % WEEK < 120, 1, 0.4)
counts = rng.poisson(mean * np.exp(rng.normal(0, 0.05, len(hour))))
# A night without rows, every week; an outage; a campaign.
counts[hour % 24 == 3] = 0
counts[WEEK * 7 + 40:WEEK * 7 + 52] = 0
counts[WEEK * 9 + 10:WEEK * 9 + 34] *= 4
cumulative = np.concatenate([[0], np.cumsum(counts)])
windows = []
for length in (1, 6, 24, 168):
    for end in [WEEK * 2 + 12, WEEK * 3 + 30, WEEK * 5 + 28, WEEK * 7 + 50, WEEK * 8 + 52, WEEK * 9 + 34, WEEK * 12 - 20, WEEK * 12]:
        weeks = []
        for back in range(1, 9):
            start, stop = end - length - back * WEEK, end - back * WEEK
            if start < 0:
                break
            weeks.append(int(cumulative[stop] - cumulative[start]))
        count = int(cumulative[end] - cumulative[end - length])
        enough = len(weeks) >= 2
        expected = float(np.median(weeks)) if enough else None
        windows.append({"end": end, "length": length, "count": count, "expected": expected,
                        "ratio": count / expected if expected else None,
                        "p_value": float(p_value(weeks, count)) if enough else None})
content = {"versions": VERSIONS, "counts": counts.tolist(), "windows": windows}
path = pathlib.Path(__file__).parent / "volumes.json"
path.write_text(json.dumps(content, separators=(",", ":"), allow_nan=False) + "\n")

"""Writes quality.json, the golden values of tests of shares and of Student's t, with pinned versions of SciPy and NumPy.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1
    venv/bin/python make_quality.py
"""
import json
import math
import pathlib

import numpy as np
import scipy
from scipy import stats

VERSIONS = {"numpy": "2.4.6", "scipy": "1.17.1"}
assert {"numpy": np.__version__, "scipy": scipy.__version__} == VERSIONS
EXACT_VARIANCE = 1000


def share(a, n, b, m):
    """[part, whole] of reference and window, the two-sided mid-p value (tables less likely, and half of those as likely), and the p-value of the score test."""
    law = stats.hypergeom(n + m, a + b, m)
    if law.var() <= EXACT_VARIANCE:
        own = law.pmf(b)
        if law.var() == 0:
            return [a, n, b, m, 1.0, 0.5]
        hits = np.arange(max(0, a + b - n), min(a + b, m) + 1)
        density = law.pmf(hits)
        equal = np.abs(density / own - 1) <= 1e-7
        two = math.fsum(density[(density < own) & ~equal]) + 0.5 * math.fsum(density[equal])
        return [a, n, b, m, min(1.0, two), float(law.sf(b) + 0.5 * own)]
    table = [[a, n - a], [b, m - b]]
    two = stats.chi2_contingency(table, correction=False).pvalue
    return [a, n, b, m, float(two), float(two / 2 if b / m > a / n else 1 - two / 2)]


def shares():
    rows = []
    rng = np.random.default_rng(18)
    for n in [1, 5, 40, 1000, 12960, 100000]:
        for m in [1, 3, 50, 336, 5000, 100000]:
            for p in [0, 0.001, 0.02, 0.5, 0.97, 1]:
                a = int(round(n * p))
                for shift in [0, 1, 2, 4.5, -2]:
                    spread = math.sqrt(max(p * (1 - p), 1 / n) * (1 / n + 1 / m))
                    b = int(round(m * min(max(p + shift * spread, 0), 1)))
                    rows.append(share(a, n, b, m))
    for _ in range(200):
        n, m = (int(10 ** rng.uniform(0, 4)) for _ in range(2))
        rows.append(share(int(rng.integers(0, n + 1)), n, int(rng.integers(0, m + 1)), m))
    return [row for row in rows if row[4] >= 1e-200 and row[5] >= 1e-200]


def student():
    rows = []
    for df in [1, 2, 3, 4, 5.5, 7, 30, 1000, 1e6]:
        for t in [0.001, 0.1, 0.7, 1, 1.5, 2.2, 4, 9, 40, -2.5]:
            rows.append([df, t, float(2 * stats.t.sf(abs(t), df))])
    return [row for row in rows if row[2] >= 1e-200]


folder = pathlib.Path(__file__).parent
document = {
    "versions": VERSIONS,
    "about": {
        "shares": "hypergeom two-sided mid-p or chi2_contingency(correction=False): reference, of, window, of, two-sided p, greater p",
        "student": "2 * t.sf(|t|, df) as [df, t, p]",
    },
    "shares": shares(),
    "student": student(),
}
(folder / "quality.json").write_text(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n")

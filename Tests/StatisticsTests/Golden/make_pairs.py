"""Writes pairs.json: tests of pairs, groups and families of tests, with pinned SciPy and statsmodels.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1 statsmodels==0.15.0
    venv/bin/python make_pairs.py
"""
import json
import pathlib

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats import contingency_tables, proportion

VERSIONS = {"numpy": "2.4.6", "scipy": "1.17.1", "statsmodels": "0.15.0"}
assert {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__} == VERSIONS
RANDOM = np.random.default_rng(20260101)


def mcnemar(first, second):
    """The p-value by each method; mid-p as Fagerland, Lydersen and Laake (2013) write it."""
    total, fewer = first + second, min(first, second)
    exact = float(stats.binomtest(fewer, total, 0.5).pvalue) if total else 1.0
    table = [[10, first], [second, 10]]
    assert total == 0 or abs(exact - contingency_tables.mcnemar(table, exact=True).pvalue) < 1e-9
    law = stats.binom(total, 0.5)
    mid = min(2 * float(law.cdf(fewer)) - float(law.pmf(fewer)), 1.0)
    plain = float(contingency_tables.mcnemar(table, exact=False, correction=False).pvalue) if total else 1.0
    return {"first": first, "second": second, "exact": exact, "mid-p": mid, "chi2": plain}


def delong(first, second, label):
    """Areas, variance of their difference and p-value straight from the definition, O(positives x negatives)."""
    placements = []
    for score in (first, second):
        up, down = score[label == 1], score[label == 0]
        wins = (up[:, None] > down[None, :]) + 0.5 * (up[:, None] == down[None, :])
        placements.append((wins.mean(), wins.mean(axis=1), wins.mean(axis=0)))
    (a, va, wa), (b, vb, wb) = placements
    variance = np.var(vb - va, ddof=1) / len(va) + np.var(wb - wa, ddof=1) / len(wa)
    p = 2 * stats.norm.sf(abs(b - a) / np.sqrt(variance)) if variance > 0 else None
    return {"a": float(a), "b": float(b), "variance": float(variance), "p": None if p is None else float(p)}


def areas():
    for count, digits in [(8, 6), (40, 1), (40, 6), (300, 2), (1500, 3)]:
        label = (RANDOM.random(count) < 0.4).astype(int)
        label[:4] = [0, 1, 0, 1]
        first = np.round(RANDOM.normal(label * 0.8, 1), digits)
        second = np.round(0.6 * first + RANDOM.normal(label * 0.5, 1), digits)
        yield {"first": first.tolist(), "second": second.tolist(), "label": label.tolist(),
               **delong(first, second, label)}


def difference(x, n, y, m):
    low, high = proportion.confint_proportions_2indep(x, n, y, m, method="newcomb", compare="diff", alpha=0.05)
    return {"x": x, "n": n, "y": y, "m": m, "low": float(low), "high": float(high)}


def score_test(x, n, y, m):
    """The pooled score test, one-sided: is the first share lower?"""
    pooled = (x + y) / (n + m)
    z = (x / n - y / m) / np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return {"x": x, "n": n, "y": y, "m": m, "p": float(stats.norm.cdf(z))}


def paired_mean(count):
    first, second = RANDOM.normal(1, 1, count), RANDOM.normal(1.1, 1, count)
    gap = second - first
    error = gap.std(ddof=1) / np.sqrt(count)
    z = stats.norm.ppf(0.975)
    return {"first": first.tolist(), "second": second.tolist(), "difference": float(gap.mean()),
            "low": float(gap.mean() - z * error), "high": float(gap.mean() + z * error),
            "p": float(2 * stats.norm.sf(abs(gap.mean() / error)))}


families = [RANDOM.random(k).tolist() for k in (1, 2, 17)] + [[0.01, 0.01, 0.04, 1.0, 0.03], (RANDOM.random(40) ** 4).tolist()]
content = {
    "versions": VERSIONS,
    "mcnemar": [mcnemar(*pair) for pair in [
        (0, 0), (1, 0), (0, 5), (5, 1), (3, 3), (12, 12), (7, 17), (20, 5), (10, 40), (333, 300), (900, 1100),
        (4999, 5001), (5100, 4800), (5100, 4901), (60000, 59000)]],
    "delong": list(areas()),
    "newcombe": [difference(*four) for four in [
        (56, 70, 48, 80), (9, 10, 3, 10), (0, 20, 0, 10), (10, 10, 0, 20), (500, 1000, 480, 1010), (1, 1, 0, 1)]],
    "score_test": [score_test(*four) for four in [(40, 100, 300, 500), (3, 30, 100, 1000), (90, 100, 70, 100)]],
    "paired_means": [paired_mean(count) for count in (2, 30, 400)],
    "false_discovery": [
        {"p": family, "adjusted": stats.false_discovery_control(family, method="bh").tolist()} for family in families],
}
text = json.dumps(content, separators=(",", ":"), allow_nan=False)
(pathlib.Path(__file__).parent / "pairs.json").write_text(text + "\n")

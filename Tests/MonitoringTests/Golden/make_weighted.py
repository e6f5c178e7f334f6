"""Writes weighted.json: statistics of rows with weights, from their written-out definitions.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1
    venv/bin/python make_weighted.py

Shares go by weight. Sizes of tests are the least of Kish's, sum(w)^2 / sum(w^2), and of those that contrasts of the column's bins or
categories have where heavy rows gather in some of them (see `design`), a row of the window worth no more than one of the
reference, over the rows in which the column is not null. SciPy takes the
weights where it can (Wasserstein, energy), and tables of effective rows where it cannot (chi-squared, G). Quantiles are NumPy's of
every row repeated by its weight in 1/1024.
"""
import json
import math
import pathlib

import numpy as np
import scipy
from scipy import stats
from scipy.spatial.distance import jensenshannon

VERSIONS = {"numpy": "2.4.6", "scipy": "1.17.1"}
assert {"numpy": np.__version__, "scipy": scipy.__version__} == VERSIONS
UNIT = 1024


def design(cells, weights, ordered):
    """The number of rows that a test over cells goes by, from the covariance matrix of their shares."""
    names = np.unique(cells)
    rows = np.array([(cells == name).sum() for name in names], dtype=float)
    sums = np.array([weights[cells == name].sum() for name in names])
    (n, total, squares), k = (rows.sum(), weights.sum(), (weights ** 2).sum()), len(names)
    kish_size = total ** 2 / squares
    if k < 2:
        return kish_size
    mean = total / n
    between = (rows * (sums / rows - mean) ** 2).sum()
    within = max(squares - n * mean ** 2 - between, 0)
    kept = max(1 - (k - 1) * within / (n - k) / between, 0) if n > k and between > 1e-12 * squares else 0
    means = mean + kept * (sums / rows - mean)
    # Squared weights by cell, all of them what they are.
    parts = rows * means ** 2
    parts *= squares / parts.sum()
    p = rows * means / total
    covariance = (np.diag(parts) - np.outer(parts, p) - np.outer(p, parts) + squares * np.outer(p, p)) / total ** 2
    roots = np.sqrt(p)
    effects = np.linalg.eigvalsh(covariance / np.outer(roots, roots))
    worst = [1 / kish_size, math.sqrt((effects ** 2).sum() / (k - 1))]
    for cut in range(1, k) if ordered else ():
        low = np.arange(k) < cut
        worst.append(covariance[np.ix_(low, low)].sum() / (p[low].sum() * p[~low].sum()))
    return 1 / max(worst)


def sizes(sides, ordered):
    n, m = (design(cells, weights, ordered) for cells, weights in sides)
    return n, min(m, n / len(sides[0][1]) * len(sides[1][1]))


def moments(values, weights):
    mean = np.average(values, weights=weights)
    return mean, math.sqrt(np.average((values - mean) ** 2, weights=weights))


def distribution(values, weights, at):
    order = np.argsort(values, kind="stable")
    sums = np.concatenate([[0], np.cumsum(weights[order])])
    return sums[np.searchsorted(values[order], at, side="right")] / weights.sum()


def divergences(p, q):
    """PSI and both divergences with half a row of weight 1 more in every bin; the rest of the shares as they are."""
    half = [(counts + 0.5) / (counts + 0.5).sum() for counts in (p, q)]
    a, b = p / p.sum(), q / q.sum()
    return {"psi": float(((half[0] - half[1]) * np.log(half[0] / half[1])).sum()),
            "kl": float(stats.entropy(*half)), "kl_reverse": float(stats.entropy(*half[::-1])),
            "js_distance": float(jensenshannon(a, b, base=2)),
            "hellinger": float(np.linalg.norm(np.sqrt(a) - np.sqrt(b)) / math.sqrt(2)),
            "total_variation": float(np.abs(a - b).sum() / 2)}


def numeric(reference, first, window, second):
    left, right = ~np.isnan(reference), ~np.isnan(window)
    missing = second[~right].sum() / second.sum()
    edges = np.quantile(reference[left], np.arange(1, 10) / 10)
    x, v, y, w = reference[left], first[left], window[right], second[right]
    cuts = np.unique(edges)
    n, m = sizes([(np.searchsorted(cuts, values, side="left"), weights) for values, weights in ((x, v), (y, w))], True)
    pooled = np.unique(np.concatenate([x, y]))
    gap = np.abs(distribution(x, v, pooled) - distribution(y, w, pooled)).max()
    (mean, std), (new, spread) = moments(x, v), moments(y, w)
    a, b = std ** 2 / (n - 1), spread ** 2 / (m - 1)
    degrees = (a + b) ** 2 / (a ** 2 / (n - 1) + b ** 2 / (m - 1))
    bins = [np.bincount(np.searchsorted(cuts, values, side="left"), weights, len(cuts) + 1)
            for values, weights in ((x, v), (y, w))]
    repeated = np.repeat(y, np.round(w * UNIT).astype(int))
    return {
        "mean": float(new), "std": spread, "missing_ratio": float(missing), "effective": [float(n), float(m)],
        "ks": float(gap), "ks_p_value": float(stats.kstwo.sf(gap, round(n * m / (n + m)))),
        "wasserstein": float(stats.wasserstein_distance(x, y, v, w)), "energy": float(stats.energy_distance(x, y, v, w)),
        "mean_shift": float((new - mean) / std),
        "mean_shift_p_value": float(2 * stats.t.sf(abs(new - mean) / math.sqrt(a + b), degrees)),
        "spread_shift": math.log(spread / std), **divergences(*bins),
        "quantiles": [float(q) for q in np.quantile(repeated, [0.25, 0.5, 0.9])],
    }


def bergsma(table):
    total, k = table.sum(), table.shape[1]
    phi = max(0, stats.chi2_contingency(table, correction=False).statistic / total - (k - 1) / (total - 1))
    smaller = min(k - (k - 1) ** 2 / (total - 1), 2 - 1 / (total - 1)) - 1
    return math.sqrt(phi / smaller) if smaller > 0 else None


def categorical(reference, first, window, second):
    counts = [np.array([weights[codes == code].sum() for code in range(4)])
              for codes, weights in ((reference, first), (window, second))]
    n, m = sizes([(reference, first), (window, second)], False)
    p, q = (side / side.sum() for side in counts)
    table = np.array([n * p, m * q])
    chi2 = stats.chi2_contingency(table, correction=False)
    g = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
    return {"chi2": float(chi2.statistic), "chi2_p_value": float(chi2.pvalue), "g": float(g.statistic),
            "g_p_value": float(g.pvalue), "cramers_v": bergsma(table), "l_infinity": float(np.abs(p - q).max()),
            **divergences(*counts)}


def case(name, rng, weigh, shift, digits):
    rows, size = 180, 140
    columns = {}
    for side, (count, mean) in {"reference": (rows, 0), "window": (size, shift)}.items():
        x = np.round(rng.normal(mean, 1 + shift / 3, count), digits)
        x[rng.random(count) < 0.06] = np.nan
        weights = np.maximum(np.round(weigh(side, x, rng) * UNIT), 1) / UNIT
        codes = rng.choice(4, count, p=[0.5, 0.3, 0.15, 0.05] if side == "reference" else [0.4, 0.3, 0.2, 0.1])
        columns[side] = {"x": [None if math.isnan(value) else value for value in x.tolist()], "c": codes.tolist(),
                         "weight": weights.tolist()}
    reference, window = ([np.array(columns[side][key], dtype=float) for key in ("x", "c", "weight")]
                         for side in ("reference", "window"))
    return {"name": name, **columns, "numeric": numeric(reference[0], reference[2], window[0], window[2]),
            "categorical": categorical(reference[1], reference[2], window[1], window[2])}


def sampled(side, x, rng):
    """Rows above the mean are all there, of the others one in five."""
    return np.where(np.nan_to_num(x) > 0, 1.0, 5.0)


cases = [
    case("one in five, by chance", np.random.default_rng(1), lambda side, x, rng: rng.choice([1.0, 5.0], len(x)), 0.3, 9),
    case("one in five, by value", np.random.default_rng(2), sampled, 0.2, 9),
    case("only the window is weighted", np.random.default_rng(3),
         lambda side, x, rng: np.ones(len(x)) if side == "reference" else np.exp(rng.normal(0, 1, len(x))), 0.4, 9),
    case("light weights and ties", np.random.default_rng(4), lambda side, x, rng: rng.uniform(0.01, 0.9, len(x)), 0.1, 1),
    case("one heavy row", np.random.default_rng(5),
         lambda side, x, rng: np.where(np.arange(len(x)) == 3, 400.0, 1.0), 0.0, 9),
]
path = pathlib.Path(__file__).parent / "weighted.json"
path.write_text(json.dumps({"versions": VERSIONS, "cases": cases}, separators=(",", ":"), allow_nan=False) + "\n")

"""Writes drift.json: further measures of drift, computed with pinned versions of NumPy and SciPy.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1
    venv/bin/python make_drift.py

Peers' definitions are written out here (NannyML 0.13 `drift/univariate/methods.py`, Evidently 0.7
`calculations/stattests/utils.py`), so that neither package is needed.
"""
import json
import math
import pathlib
import warnings

import numpy as np
import scipy
from scipy import stats
from scipy.spatial.distance import jensenshannon

VERSIONS = {"numpy": "2.4.6", "scipy": "1.17.1"}
assert {"numpy": np.__version__, "scipy": scipy.__version__} == VERSIONS
FOLDER = pathlib.Path(__file__).parent
warnings.simplefilter("ignore")


def plain(value):
    if value is None:
        return None
    value = float(value)
    return value if math.isfinite(value) else None


def nannyml(reference, window):
    """Doane's bins of the reference; what lies outside is one more bin without reference."""
    counts, edges = np.histogram(reference, bins="doane")
    found, _ = np.histogram(window, bins=edges)
    p, q = counts / len(reference), found / len(window)
    p, q = np.append(p, 0), np.append(q, max(len(window) - found.sum(), 0) / len(window))
    return {"bins": len(counts), "js": plain(jensenshannon(p, q, base=2)),
            "hellinger": plain(np.linalg.norm(np.sqrt(p) - np.sqrt(q)) / np.sqrt(2))}


def filled(shares):
    least = shares[shares > 0].min()
    return np.where(shares == 0, 1e-4 if least > 1e-4 else least / 1e6, shares)


def evidently(p, q):
    """Zero filling on each side by itself; divergences over renormalised shares."""
    a, b = filled(p), filled(q)
    return {"psi": plain(((a - b) * np.log(a / b)).sum()), "kl": plain(stats.entropy(a, b)),
            "js": plain(jensenshannon(p, q)), "hellinger": plain(math.sqrt(max(1 - np.sqrt(p * q).sum(), 0)))}


def evidently_numeric(reference, window):
    """Sturges' bins over the reference alone, the outer ones open; a bin for each value where there are at most twenty."""
    values = np.unique(reference)
    if len(values) > 20:
        edges = np.histogram_bin_edges(reference, bins="sturges")
        inner = edges[1:-1]
        p = np.bincount(np.searchsorted(inner, reference, side="right"), minlength=len(inner) + 1)
        q = np.bincount(np.searchsorted(inner, window, side="right"), minlength=len(inner) + 1)
        p, q = p[p + q > 0], q[p + q > 0]
    else:
        # What lies between two values is one bin, because cells do not tell how many values are in it.
        def cells(x):
            return np.searchsorted(values, x, side="left") + np.searchsorted(values, x, side="right")
        p, q = (np.bincount(cells(x), minlength=2 * len(values) + 1) for x in (reference, window))
        p, q = p[p + q > 0], q[p + q > 0]
    return evidently(p / len(reference), q / len(window))


def pairs():
    rng = np.random.default_rng(11)
    half = np.round(rng.normal(size=200) * 4) / 4
    return {
        "normal": (rng.normal(size=300), rng.normal(0.3, 1.2, size=200)),
        "no drift": (rng.normal(size=250), rng.normal(size=90)),
        "far apart": (rng.normal(size=90), rng.normal(8, 1, size=60)),
        "integers": (rng.integers(0, 12, 400).astype(float), rng.integers(3, 20, 150).astype(float)),
        "two values": (rng.integers(0, 2, 300).astype(float), rng.integers(0, 2, 120).astype(float)),
        "heavy tails": (rng.standard_cauchy(250), rng.standard_cauchy(150) * 1.5),
        "lognormal": (rng.lognormal(0, 2, 250), rng.lognormal(0.5, 1.5, 260)),
        "ties": (half, np.round(rng.normal(0.2, 1, size=180) * 4) / 4),
        "equal sizes": (rng.normal(size=60), rng.normal(0.5, 1, size=60)),
        "three rows": (rng.normal(size=3), rng.normal(size=4)),
        "one row": (rng.normal(size=50), rng.normal(size=1)),
        "far from zero": (rng.normal(1e9, 1, 120), rng.normal(1e9 + 0.4, 1.2, 120)),
        "small numbers": (rng.normal(size=80) * 1e-200, rng.normal(size=80) * 1.5e-200),
    }


def numeric(name, reference, window):
    n, m = len(reference), len(window)
    pooled = np.unique(np.concatenate([reference, window]))
    cvm = stats.cramervonmises_2samp(reference, window, method="asymptotic") if n > 1 and m > 1 else None
    ad = stats.anderson_ksamp([reference, window], variant="midrank") if n + m > 3 and len(pooled) > 1 else None
    # Tiny numbers are scaled and far ones shifted, exactly, so that SciPy's own rounding stays small.
    large = 2.0 ** -660 if np.abs(pooled).max() < 1e-100 else 1.0
    full = reference, window
    base = 1e9 if np.abs(pooled).min() > 1e8 else 0.0
    pooled, reference, window = pooled - base, reference - base, window - base
    t = stats.ttest_ind(window / large, reference / large, equal_var=False) if n > 1 and m > 1 else None
    # The energy distance over gaps, because SciPy's own sum is the same but for its limits.
    gaps = np.searchsorted(np.sort(reference), pooled[:-1], side="right") / n
    gaps = gaps - np.searchsorted(np.sort(window), pooled[:-1], side="right") / m
    energy = math.sqrt(2 * (gaps ** 2 * np.diff(pooled / large)).sum()) * math.sqrt(large)
    if large == 1:
        assert math.isclose(energy, stats.energy_distance(reference, window), rel_tol=1e-9)
    return {
        "name": name, "reference": full[0].tolist(), "window": full[1].tolist(),
        "ks": plain(stats.ks_2samp(reference, window).statistic),
        "ks_exact": plain(stats.ks_2samp(reference, window, method="exact").pvalue),
        "cvm": cvm and plain(cvm.statistic), "cvm_p": cvm and plain(cvm.pvalue),
        "ad": ad and plain(ad.statistic), "ad_p": ad and plain(ad.pvalue), "energy": plain(energy),
        "mean_shift": plain((window.mean() - reference.mean()) / large / (reference / large).std()),
        "welch": t and plain(t.pvalue),
        "spread_shift": plain(math.log((window / large).std() / (reference / large).std())) if m > 1 else None,
        "levene": plain(stats.levene(window / large, reference / large, center="median").pvalue) if m > 1 else None,
        "nannyml": nannyml(reference / large, window / large), "evidently": evidently_numeric(reference, window),
    }


def bergsma(table):
    chi2 = stats.chi2_contingency(table, correction=False).statistic
    total, k = table.sum(), table.shape[1]
    phi = max(0, chi2 / total - (k - 1) / (total - 1))
    smaller = min(k - (k - 1) ** 2 / (total - 1), 2 - 1 / (total - 1)) - 1
    return math.sqrt(phi / smaller)


def categorical():
    rng = np.random.default_rng(5)
    tables = [([500, 300, 200], [450, 300, 250]), ([600, 400, 0], [600, 399, 1]), ([600, 400, 0], [540, 360, 100]),
              ([3, 0, 9], [0, 1, 2]), ([5, 7], [700, 900]), ([1000000, 999999], [1000000, 1000000])]
    tables += [(rng.multinomial(size, np.full(k, 1 / k)).tolist(), rng.multinomial(other, rng.dirichlet(np.full(k, 5.0))).tolist())
               for size, other, k in [(1000, 300, 5), (50, 40, 8), (100000, 20000, 30), (30, 5000, 3)]]
    rows = []
    for reference, window in tables:
        table = np.array([reference, window])
        table = table[:, table.sum(axis=0) > 0]
        g = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
        p, q = table[0] / table[0].sum(), table[1] / table[1].sum()
        known, unseen = table[:, table[0] > 0], table[1][table[0] == 0].sum()
        a, b = np.append(known[0], 0) / table[0].sum(), np.append(known[1], unseen) / table[1].sum()
        half = (table + 0.5) / (table + 0.5).sum(axis=1, keepdims=True)
        rows.append({
            "reference": reference, "window": window, "g": plain(g.statistic), "p": plain(g.pvalue), "df": g.dof,
            "cramers_v": bergsma(table), "kl": plain(stats.entropy(*half)), "kl_reverse": plain(stats.entropy(*half[::-1])),
            "evidently": evidently(p, q),
            "nannyml": {"js": plain(jensenshannon(a, b, base=2)),
                        "hellinger": plain(np.linalg.norm(np.sqrt(a) - np.sqrt(b)) / np.sqrt(2))}})
    return rows


def laws():
    t = [[x, df, plain(2 * stats.t.sf(x, df))] for df in [0.5, 1, 1.7, 2, 5, 30, 333.3, 1e4, 1e6, 1e9]
         for x in [1e-9, 0.01, 0.5, 1, 1.96, 3, 7, 15, 30]]
    cvm = [[x, plain(1 - scipy.stats._hypotests._cdf_cvm_inf(float(x)))] for x in [0.004, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 1.4]]
    ks = []
    for n, m in [(1, 1), (1, 9), (4, 4), (5, 7), (20, 20), (20, 30), (50, 77), (100, 100), (3, 1000), (200, 240)]:
        for d in [0.05, 0.1, 0.2, 0.33, 0.5, 0.75, 1]:
            lcm = n * m // math.gcd(n, m)
            k = max(round(d * lcm), 1)
            # The exact law counts lattice paths with whole numbers, so that nothing is rounded.
            ks.append([n, m, k / lcm, paths_outside(n, m, k)])
    return {"t": [row for row in t if row[2] > 1e-290], "cvm": cvm, "ks": ks}


def paths_outside(n, m, k):
    """The share of lattice paths on which |x/n - y/m| reaches k / lcm."""
    step_x, step_y = m // math.gcd(n, m), n // math.gcd(n, m)
    inside = [0] * (m + 1)
    for x in range(n + 1):
        for y in range(m + 1):
            if abs(x * step_x - y * step_y) >= k:
                inside[y] = 0
            elif x == y == 0:
                inside[y] = 1
            else:
                inside[y] = (inside[y] if x else 0) + (inside[y - 1] if y else 0)
    total = math.comb(n + m, n)
    return (total - inside[m]) / total


content = {"versions": VERSIONS, "numeric": [numeric(name, *pair) for name, pair in pairs().items()],
           "categorical": categorical(), **laws()}
(FOLDER / "drift.json").write_text(json.dumps(content, separators=(",", ":"), allow_nan=False) + "\n")

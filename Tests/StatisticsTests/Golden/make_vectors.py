"""Writes vectors.json: Evidently's distances of columns made of normal quantiles, over its own edges and over ours.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1
    venv/bin/python make_vectors.py

Evidently 0.7 (`calculations/stattests/utils.py`) takes Sturges' edges of reference and window together, so that they move with
every window. Panes are counted over edges that the reference froze. Counts and values over both are written here; those over its
own edges are held against what the package itself printed, so that nothing but the edges differs.
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

# What evidently 0.7.23 printed: psi, jensenshannon, kl_div, hellinger, wasserstein, t_test.
PRINTED = {
    "A": (0.0101814, 0.0356444, 0.00509071, 0.0356595, 0.100065, 0.0254353),
    "B": (0.970230, 0.329495, 0.485067, 0.339387, 1.00065, 4.72e-99),
    "C": (0.0106939, 0.0388378, 0.00542217, 0.0403972, 0.100453, 0.0291137),
    "D": (7.85343, 0.717462, 3.92554, 0.812509, 3.00195, 0),
}
SIZES = {"A": (1000, 1000, 0.1), "B": (1000, 1000, 1.0), "C": (10000, 500, 0.1), "D": (1000, 1000, 3.0)}


def quantiles(count, mean):
    return mean + stats.norm.ppf((np.arange(1, count + 1) - 0.5) / count)


def filled(shares):
    least = shares[shares > 0].min()
    return np.where(shares == 0, 1e-4 if least > 1e-4 else least / 1e6, shares)


def distances(counts, others):
    """Of bins that hold anything; each side's empty ones are filled by themselves, for the divergences alone."""
    used = counts + others > 0
    p, q = counts[used] / counts.sum(), others[used] / others.sum()
    a, b = filled(p), filled(q)
    return {"reference": counts.tolist(), "window": others.tolist(), "psi": float(((a - b) * np.log(a / b)).sum()),
            "kl": float(stats.entropy(a, b)), "js": float(jensenshannon(p, q)),
            "hellinger": math.sqrt(1 - np.sqrt(p * q).sum())}


def vector(name):
    size, other, shift = SIZES[name]
    reference, window = quantiles(size, 0), quantiles(other, shift)
    pooled = np.concatenate([reference, window])
    edges = np.histogram_bin_edges(pooled, bins="sturges")
    theirs = distances(*(np.histogram(x, edges)[0] for x in (reference, window)))
    # Its Hellinger distance has edges over the distinct values, here the same.
    assert len(np.unique(pooled)) == len(pooled) or name == "C"
    inner = np.histogram_bin_edges(reference, bins="sturges")[1:-1]
    ours = distances(*(np.bincount(np.searchsorted(inner, x, side="right"), minlength=len(inner) + 1)
                       for x in (reference, window)))
    wasserstein = stats.wasserstein_distance(reference, window) / reference.std()
    student = stats.ttest_ind(reference, window).pvalue
    values = [theirs["psi"], theirs["js"], theirs["kl"], theirs["hellinger"], wasserstein, student]
    assert all(math.isclose(value, printed, rel_tol=1e-3 if printed < 1e-9 else 2e-5)
               for value, printed in zip(values, PRINTED[name])), (name, values)
    welch = stats.ttest_ind(window, reference, equal_var=False).pvalue
    return {"name": name, "evidently": theirs, "fixed_edges": ours, "wasserstein_by_std": float(wasserstein),
            "welch": float(welch)}


content = {"versions": VERSIONS, "vectors": [vector(name) for name in SIZES]}
path = pathlib.Path(__file__).parent / "vectors.json"
path.write_text(json.dumps(content, separators=(",", ":"), allow_nan=False) + "\n")

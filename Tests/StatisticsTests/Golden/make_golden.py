"""Writes the golden values of this folder with pinned versions of SciPy, NumPy and scikit-learn.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
    venv/bin/python make_golden.py
"""
import fractions
import json
import math
import pathlib
import statistics

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics

VERSIONS = {"numpy": "2.4.6", "scipy": "1.17.1", "scikit-learn": "1.9.1"}
assert {"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__} == VERSIONS
FOLDER = pathlib.Path(__file__).parent


def plain(value):
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value


def write(name, content):
    text = json.dumps({"versions": VERSIONS, **content}, separators=(",", ":"), allow_nan=False)
    (FOLDER / name).write_text(text + "\n")


def kolmogorov():
    rows = []
    spreads = [0.05, 0.15, 0.3, 0.5, 0.75, 0.76, 1, 1.5, 2, 2.19, 2.21, 2.9, 3.1, 4.5, 10, 30, 100, 200]
    for n in [1, 2, 3, 5, 8, 20, 77, 139, 140, 141, 200, 327, 500, 999, 1001, 2000, 5000, 20000, 100000, 1000000]:
        distances = [math.sqrt(spread / n) for spread in spreads]
        distances += [0.4 / n, 0.6 / n, 0.95 / n, 1 / n, 1.3 / n, 2 / n, 3 / n, (n - 0.5) / n]
        for d in distances:
            if 0 < d < 1:
                rows.append([n, d, float(stats.kstwo.sf(d, n))])
    return {"about": "scipy.stats.kstwo.sf(d, n) as [n, d, p]", "rows": [row for row in rows if row[2] >= 1e-200]}


def chi_squared():
    rows = []
    for df in [1, 2, 3, 5, 6, 11, 50, 101, 1000, 11000]:
        values = [df * ratio for ratio in [0.001, 0.1, 0.5, 0.9, 0.999, 1, 1.02, 1.1, 1.5, 2, 5, 20]]
        values += [float(stats.chi2.isf(p, df)) for p in [1e-6, 1e-20, 1e-100, 1e-199]]
        rows += [[df, x, float(stats.chi2.sf(x, df))] for x in values]
    return {"about": "scipy.stats.chi2.sf(x, df) as [df, x, p]", "rows": [row for row in rows if row[2] >= 1e-200]}


def columns():
    rng = np.random.default_rng(7)
    pairs = {
        "normal": (rng.normal(size=300), rng.normal(0.3, 1.2, size=200)),
        "integers": (rng.integers(0, 12, 400).astype(float), rng.integers(3, 20, 150).astype(float)),
        "lognormal": (rng.lognormal(0, 2, 250), rng.lognormal(0.5, 1.5, 260)),
        "few ties": (np.round(rng.normal(size=200), 1), np.round(rng.normal(size=180), 1)),
        "one row": (rng.normal(size=50), rng.normal(size=1)),
        "huge": (rng.normal(size=60) * 1e300, rng.normal(size=60) * 1e300),
        "subnormal": (rng.integers(1, 60, 80) * 5e-324, rng.integers(1, 90, 80) * 5e-324),
        "far from zero": (rng.normal(1000, 10, 120), rng.normal(1003, 12, 120)),
    }
    cases = []
    for name, (reference, window) in pairs.items():
        ks = stats.ks_2samp(reference, window, method="asymp")
        large = max(np.abs(reference).max(), np.abs(window).max())
        # Mean and deviation from exact fractions: squares of huge values overflow in NumPy.
        exact = [fractions.Fraction(x) for x in window.tolist()]
        cases.append({
            "name": name, "reference": reference.tolist(), "window": window.tolist(),
            "ks": plain(ks.statistic), "p": plain(ks.pvalue),
            "wasserstein": float(stats.wasserstein_distance(reference / large, window / large) * large),
            "mean": float(sum(exact) / len(exact)), "std": statistics.pstdev(window.tolist()),
            "quantiles": {str(q): plain(np.quantile(window, q)) for q in [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]},
            "deciles": np.unique(np.quantile(reference, np.arange(1, 10) / 10)).tolist(),
        })
    return {"about": "ks_2samp(asymp), wasserstein_distance, mean, std, quantile", "cases": cases}


def quality(truth, guess, average, **more):
    rest = {"average": average, "zero_division": np.nan, **more}
    return [plain(f(truth, guess, **rest)) for f in (metrics.precision_score, metrics.recall_score, metrics.f1_score)]


def performance():
    rng = np.random.default_rng(11)
    classes = []
    for size, names, spread in [(60, "abcd", 0.4), (9, "abc", 0.9), (30, "xyz", 0.0), (5, "ab", 1.0), (12, "abcdef", 1.0)]:
        truth = rng.choice(list(names), size)
        guess = np.where(rng.random(size) < spread, rng.choice(list(names[:-1]), size), truth)
        classes.append({
            "actual": truth.tolist(), "prediction": guess.tolist(),
            "accuracy": plain(metrics.accuracy_score(truth, guess)),
            "first": [names[0], quality(truth, guess, None, labels=[names[0]])],
            "macro": quality(truth, guess, "macro"), "micro": quality(truth, guess, "micro"),
            "weighted": quality(truth, guess, "weighted"),
        })
        classes[-1]["first"][1] = [plain(np.asarray(f(truth, guess, average=None, labels=[names[0]], zero_division=np.nan))[0])
                                   for f in (metrics.precision_score, metrics.recall_score, metrics.f1_score)]
    scores = []
    for size, digits, share in [(200, 6, 0.4), (150, 1, 0.5), (40, 2, 0.1), (20, 3, 1.0), (30, 0, 0.5)]:
        truth = (rng.random(size) < share).astype(int)
        score = np.round(np.clip(rng.beta(2, 2, size) + 0.2 * (truth - 0.5), 0, 1), digits)
        scores.append({
            "actual": truth.tolist(), "score": score.tolist(),
            "roc_auc": plain(metrics.roc_auc_score(truth, score)) if len(set(truth)) == 2 else None,
            "log_loss": plain(metrics.log_loss(truth, score, labels=[0, 1])),
            "brier": plain(metrics.brier_score_loss(truth, score)) if len(set(truth)) == 2 else float(np.mean((truth - score) ** 2)),
        })
    numbers = []
    for actual, guess in [
        (rng.normal(50, 9, 70), rng.normal(50, 9, 70)), (np.full(8, 3.5), rng.normal(3.5, 1, 8)),
        (np.array([1.0]), np.array([2.5])), (rng.normal(size=40) * 1e-150, rng.normal(size=40) * 1e-150),
    ]:
        varied = len(actual) > 1 and np.ptp(actual) > 0
        large = np.abs(actual).max()
        numbers.append({
            "actual": actual.tolist(), "prediction": guess.tolist(),
            "mae": plain(metrics.mean_absolute_error(actual, guess)),
            "rmse": plain(metrics.root_mean_squared_error(actual / large, guess / large) * large),
            "bias": float(np.mean(guess - actual)),
            "r2": plain(metrics.r2_score(actual / large, guess / large)) if varied else None,
        })
    return {"about": "sklearn.metrics, zero_division=nan", "classes": classes, "scores": scores, "numbers": numbers}


if __name__ == "__main__":
    write("kolmogorov.json", kolmogorov())
    write("chi_squared.json", chi_squared())
    write("columns.json", columns())
    write("performance.json", performance())

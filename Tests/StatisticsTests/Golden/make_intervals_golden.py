"""Writes performance_intervals.json: measures of performance and the variances behind their intervals, with pinned versions.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
    venv/bin/python make_intervals_golden.py

Variances are those of the infinitesimal jackknife: the sum of the squared derivatives of a measure by the weight of each row,
taken numerically with scikit-learn's own sample_weight. DeLong's variance comes from the placements, pair by pair.
"""
import json
import math
import pathlib

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import isotonic, metrics

VERSIONS = {"numpy": "2.4.6", "scipy": "1.17.1", "scikit-learn": "1.9.1"}
assert {"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__} == VERSIONS
FOLDER = pathlib.Path(__file__).parent


def plain(value):
    return None if value is None or math.isnan(value) else float(value)


def jackknife(measure, *columns):
    weights = np.ones(len(columns[0]))
    total = 0.0
    for row in range(len(weights)):
        step = 1e-4
        up, down = weights.copy(), weights.copy()
        up[row] += step
        down[row] -= step
        slope = (measure(*columns, sample_weight=up) - measure(*columns, sample_weight=down)) / (2 * step)
        total += slope * slope
    return float(total)


def averaged(function, average):
    return lambda truth, guess, sample_weight=None: function(
        truth, guess, average=average, zero_division=np.nan, sample_weight=sample_weight)


def classes(rng):
    cases = []
    for size, names, spread in [(80, "ab", 0.5), (120, "abcd", 0.4), (60, "xyz", 0.8), (40, "ab", 0.0)]:
        truth = rng.choice(list(names), size, p=np.linspace(1, 2, len(names)) / np.linspace(1, 2, len(names)).sum())
        guess = np.where(rng.random(size) < spread, rng.choice(list(names), size), truth)
        case = {"actual": truth.tolist(), "prediction": guess.tolist()}
        case["balanced_accuracy"] = plain(metrics.balanced_accuracy_score(truth, guess))
        for key, function in [("mcc", metrics.matthews_corrcoef), ("kappa", metrics.cohen_kappa_score)]:
            case[key] = [plain(function(truth, guess)), jackknife(function, truth, guess)]
        for average in ["macro", "weighted"]:
            for key, function in [
                ("precision", metrics.precision_score), ("recall", metrics.recall_score), ("f1", metrics.f1_score)
            ]:
                measure = averaged(function, average)
                case[f"{key}_{average}"] = [plain(measure(truth, guess)), jackknife(measure, truth, guess)]
        positive = names[0]
        real, told = truth == positive, guess == positive
        case["positive"] = positive
        case["specificity"] = plain((~real & ~told).sum() / (~real).sum())
        case["fpr"] = plain((~real & told).sum() / (~real).sum())
        case["fnr"] = plain((real & ~told).sum() / real.sum())
        case["positive_rate"] = plain(told.mean())
        case["prevalence"] = plain(real.mean())
        cases.append(case)
    return cases


def delong(truth, score):
    above, below = score[truth == 1], score[truth == 0]
    wins = (above[:, None] > below[None, :]) + 0.5 * (above[:, None] == below[None, :])
    return float(wins.mean(1).var(ddof=1) / len(above) + wins.mean(0).var(ddof=1) / len(below))


def scores(rng):
    cases = []
    for size, digits, share in [(150, 6, 0.4), (120, 1, 0.5), (200, 2, 0.15), (60, 3, 0.7)]:
        truth = (rng.random(size) < share).astype(int)
        score = np.round(np.clip(rng.beta(2, 2, size) + 0.3 * (truth - 0.5), 0, 1), digits)
        losses = -np.log(np.clip(np.where(truth == 1, score, 1 - score), 2**-52, 1 - 2**-52))
        fit = isotonic.IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(score, truth)
        points = np.linspace(-0.1, 1.1, 61)
        cases.append({
            "actual": truth.tolist(), "score": score.tolist(),
            "roc_auc": [plain(metrics.roc_auc_score(truth, score)), delong(truth, score)],
            "pr_auc": [plain(metrics.average_precision_score(truth, score)),
                       jackknife(metrics.average_precision_score, truth, score)],
            "log_loss": [plain(metrics.log_loss(truth, score)), float(losses.var() / (size - 1))],
            "brier": [plain(metrics.brier_score_loss(truth, score)), float(((truth - score) ** 2).var() / (size - 1))],
            "isotonic": {"at": points.tolist(), "is": fit.predict(points).tolist()},
        })
    return cases


def ranks(rng):
    size, names = 90, list("abcdefgh")
    scores = rng.dirichlet(np.full(len(names), 0.7), size)
    truth = rng.choice(names, size)
    own = scores[np.arange(size), [names.index(t) for t in truth]]
    return {
        "rank": (1 + (scores > own[:, None]).sum(1)).tolist(), "probability": own.tolist(),
        "accuracy_at_3": plain(metrics.top_k_accuracy_score(truth, scores, k=3, labels=names)),
        "accuracy_at_5": plain(metrics.top_k_accuracy_score(truth, scores, k=5, labels=names)),
        "log_loss": plain(metrics.log_loss(truth, scores, labels=names)),
    }


def numbers(rng):
    cases = []
    for actual, guess in [
        (rng.gamma(3, 20, 80), rng.gamma(3, 20, 80)), (np.exp(rng.normal(2, 1, 60)), np.exp(rng.normal(2, 1, 60))),
        (rng.normal(5, 3, 70), rng.normal(5, 3, 70)),
    ]:
        square = lambda a, b, sample_weight: metrics.mean_squared_error(a, b, sample_weight=sample_weight)
        case = {
            "actual": actual.tolist(), "prediction": guess.tolist(),
            "mape": plain(metrics.mean_absolute_percentage_error(actual, guess)),
            "rmsle": plain(metrics.root_mean_squared_log_error(actual, guess)) if actual.min() >= 0 and guess.min() >= 0 else None,
            "pinball": [[q, plain(metrics.mean_pinball_loss(actual, guess, alpha=q))] for q in [0.1, 0.5, 0.9]],
            "r2": [plain(metrics.r2_score(actual, guess)), jackknife(metrics.r2_score, actual, guess)],
            "mse": [plain(metrics.mean_squared_error(actual, guess)), jackknife(square, actual, guess)],
        }
        cases.append(case)
    return cases


def wilson():
    rows = []
    for hits, count in [(0, 1), (1, 1), (3, 10), (50, 100), (0, 25), (999, 1000)]:
        interval = stats.binomtest(hits, count).proportion_ci(method="wilson")
        rows.append([hits, count, float(interval.low), float(interval.high)])
    return rows


if __name__ == "__main__":
    rng = np.random.default_rng(23)
    content = {"classes": classes(rng), "scores": scores(rng), "ranks": ranks(rng), "numbers": numbers(rng), "wilson": wilson()}
    text = json.dumps({"versions": VERSIONS, **content}, separators=(",", ":"), allow_nan=False)
    (FOLDER / "performance_intervals.json").write_text(text + "\n")

"""Writes weighted_pairs.json: paired tests of rows with weights, with pinned versions.

    python -m venv venv && venv/bin/pip install numpy scipy scikit-learn==1.8.0
    venv/bin/python make_weighted_pairs.py

Areas are scikit-learn's with sample_weight; variances are written out pair by pair, with Kish's effective number of rows.
"""
import json
import pathlib

import numpy as np
import sklearn
from scipy import stats
from sklearn import metrics

assert sklearn.__version__ == "1.8.0"


def kish(weights):
    return weights.sum() ** 2 / (weights ** 2).sum()


def variance_of_mean(values, weights):
    mean = np.average(values, weights=weights)
    return np.average((values - mean) ** 2, weights=weights) / (kish(weights) - 1)


def delong(truth, first, second, weights):
    above, below = truth == 1, truth == 0
    sides = []
    for score in (first, second):
        wins = (score[above][:, None] > score[below][None, :]) + 0.5 * (score[above][:, None] == score[below][None, :])
        sides.append((wins @ weights[below] / weights[below].sum(), weights[above] @ wins / weights[above].sum()))
    return (variance_of_mean(sides[1][0] - sides[0][0], weights[above])
            + variance_of_mean(sides[1][1] - sides[0][1], weights[below]))


rng = np.random.default_rng(31)
cases = []
for rows, digits, spread in [(80, 6, 1.0), (150, 1, 2.0), (200, 2, 0.3)]:
    truth = (rng.random(rows) < 0.4).astype(int)
    first = np.round(np.clip(rng.beta(2, 2, rows) + 0.2 * (truth - 0.5), 0, 1), digits)
    second = np.round(np.clip(first + rng.normal(0, 0.2, rows) + 0.1 * (truth - 0.5), 0, 1), digits)
    # Whole parts of 1/1024, as weights are counted.
    weights = np.maximum(np.round(np.exp(rng.normal(0, spread, rows)) * 1024), 1) / 1024
    right = [(score >= 0.5).astype(int) == truth for score in (first, second)]
    sign = right[1].astype(int) - right[0].astype(int)
    z = (weights * sign).sum() / np.sqrt((weights ** 2 * sign ** 2).sum())
    losses = [(score - truth) ** 2 for score in (first, second)]
    difference = losses[1] - losses[0]
    cases.append({
        "label": truth.tolist(), "first": first.tolist(), "second": second.tolist(), "weight": weights.tolist(),
        "a": metrics.roc_auc_score(truth, first, sample_weight=weights),
        "b": metrics.roc_auc_score(truth, second, sample_weight=weights),
        "variance": delong(truth, first, second, weights),
        "mcnemar": 2 * stats.norm.sf(abs(z)), "telling": kish(weights[sign != 0]),
        "accuracy": float(np.average(sign, weights=weights)),
        "mean": float(np.average(difference, weights=weights)),
        "mean_variance": variance_of_mean(difference, weights),
    })
path = pathlib.Path(__file__).parent / "weighted_pairs.json"
path.write_text(json.dumps({"cases": cases}) + "\n")

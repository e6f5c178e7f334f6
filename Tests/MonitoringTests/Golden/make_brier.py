"""Writes brier.json: Brier scores of models with many classes by scikit-learn, pinned.

    python -m venv venv && venv/bin/pip install numpy scikit-learn==1.8.0
    venv/bin/python make_brier.py

With three classes or more scikit-learn adds up the squared distances of all classes (scale_by_half="auto"): 0 to 2. The variance
is that of the mean of the rows' squared distances.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn import metrics

assert sklearn.__version__ == "1.8.0"
rng = np.random.default_rng(15)
cases = []
for classes, rows, digits in [(3, 60, 4), (9, 40, 17), (10, 40, 17), (14, 50, 17), (3, 5, 0)]:
    names = [f"c{place:02}" for place in range(classes)]
    scores = rng.dirichlet(np.full(classes, 0.6), rows)
    if digits == 0:
        scores = np.eye(classes)[rng.integers(classes, size=rows)]
    elif digits < 17:
        # Rounded, and the last class takes what is left, as models report them.
        scores = np.round(scores, digits)
        scores[:, -1] = np.clip(1 - scores[:, :-1].sum(1), 0, 1)
    # The true class is one of the ten most probable: of others no probability is kept.
    order = np.argsort(-scores, axis=1, kind="stable")
    truth = order[np.arange(rows), rng.integers(min(classes, 10), size=rows)]
    losses = ((scores - np.eye(classes)[truth]) ** 2).sum(1)
    cases.append({
        "classes": names, "scores": scores.tolist(), "actual": [names[place] for place in truth],
        "brier": float(metrics.brier_score_loss([names[place] for place in truth], scores, labels=names)),
        "variance": float(losses.var() / (rows - 1)),
    })
    assert abs(cases[-1]["brier"] - losses.mean()) < 1e-12
path = pathlib.Path(__file__).parent / "brier.json"
path.write_text(json.dumps({"cases": cases}) + "\n")

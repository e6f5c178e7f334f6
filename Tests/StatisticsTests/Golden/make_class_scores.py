"""Writes class_scores.json: measures of models with many classes, calibration errors, expected measures and fairness gaps.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 fairlearn==0.15.0
    venv/bin/python make_class_scores.py

Areas and accuracy at k are scikit-learn's, gaps fairlearn's. The expected calibration error is the formula of Naeini, Cooper and
Hauskrecht (2015) over ten bins of equal width, [i/10, (i+1)/10) and the last one closed. Expected measures follow NannyML's CBPE of
each class against the rest from given probabilities, which are not divided by their sum over the classes.
"""
import json
import pathlib

import fairlearn
import numpy as np
import scipy
import sklearn
from fairlearn import metrics as fairness
from sklearn import metrics
from sklearn.preprocessing import label_binarize

VERSIONS = {"numpy": "2.4.6", "scipy": "1.17.1", "scikit-learn": "1.9.1", "fairlearn": "0.15.0"}
assert VERSIONS == {
    "numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__,
    "fairlearn": fairlearn.__version__,
}
FOLDER = pathlib.Path(__file__).parent


def drawn(rng, size, names, step):
    """Rows whose scores of all classes add up to 1; multiples of 1/step, or any where step is None."""
    scores = rng.dirichlet(np.linspace(0.4, 1.2, len(names)), size)
    if step:
        scores = np.array([rng.multinomial(step, row) for row in scores]) / step
    chance = 0.8 * scores + 0.2 / len(names)
    chance /= chance.sum(axis=1, keepdims=True)
    truth = np.array([rng.choice(len(names), p=row) for row in chance])
    return scores, truth


def areas(rng):
    cases = []
    for size, names, step in [(150, "abc", 64), (240, "abcde", 64), (90, "xy", 64), (400, "abcdefghij", 64), (300, "abcd", None)]:
        scores, truth = drawn(rng, size, names, step)
        hot = label_binarize(truth, classes=range(len(names)))
        if len(names) == 2:
            hot = np.hstack([1 - hot, hot])
        case = {"classes": list(names), "scores": scores.tolist(), "actual": [names[i] for i in truth], "exact": step is not None}
        case["roc_auc"] = [float(metrics.roc_auc_score(hot[:, i], scores[:, i])) for i in range(len(names))]
        case["pr_auc"] = [float(metrics.average_precision_score(hot[:, i], scores[:, i])) for i in range(len(names))]
        for average in ["macro", "weighted"]:
            if len(names) > 2:
                case[f"roc_auc_{average}"] = float(
                    metrics.roc_auc_score(truth, scores, multi_class="ovr", average=average))
            else:
                case[f"roc_auc_{average}"] = float(metrics.roc_auc_score(hot, scores, average=average))
            case[f"pr_auc_{average}"] = float(metrics.average_precision_score(hot, scores, average=average))
        if step is None:
            case["accuracy_at"] = [
                float(metrics.top_k_accuracy_score(truth, scores, k=k, labels=range(len(names))))
                for k in range(1, len(names))]
        cases.append(case)
    return cases


def places(rng):
    """Ranks without ties of twelve classes."""
    scores = np.array([rng.permutation(12) for _ in range(200)]).astype(float)
    truth = rng.integers(0, 12, 200)
    rank = [int((row > row[i]).sum()) + 1 for row, i in zip(scores, truth)]
    return {
        "rank": rank,
        "accuracy_at": [
            float(metrics.top_k_accuracy_score(truth, scores, k=k, labels=range(12))) for k in range(1, 11)],
    }


def calibration(rng):
    cases = []
    for size, power in [(50, 1), (500, 2), (7, 0.5)]:
        score = np.round(rng.random(size), 3)
        score[:2] = [0, 1]
        actual = (rng.random(size) < score**power).astype(int)
        bins = np.minimum(np.floor(score * 10), 9)
        error = sum(
            (bins == i).sum() / size * abs(actual[bins == i].mean() - score[bins == i].mean())
            for i in range(10) if (bins == i).any())
        cases.append({"score": score.tolist(), "actual": actual.tolist(), "error": float(error)})
    return cases


def expected(rng):
    """Expected measures where every score is the probability that its class is true."""
    scores, _ = drawn(rng, 300, "abcd", 64)
    guess = scores.argmax(axis=1)
    parts = {key: [] for key in ["precision", "recall", "f1", "roc_auc", "pr_auc"]}
    for i in range(4):
        c, own = scores[:, i], guess == i
        tp, fp, fn = c[own].sum(), (1 - c[own]).sum(), c[~own].sum()
        parts["precision"].append(tp / (tp + fp))
        parts["recall"].append(tp / (tp + fn))
        parts["f1"].append(2 * tp / (2 * tp + fp + fn))
        # Every row is both positive and negative, by its probability.
        truth = np.repeat([1, 0], len(c))
        both, weight = np.tile(c, 2), np.concatenate([c, 1 - c])
        parts["roc_auc"].append(metrics.roc_auc_score(truth, both, sample_weight=weight))
        parts["pr_auc"].append(metrics.average_precision_score(truth, both, sample_weight=weight))
    return {
        "classes": list("abcd"), "scores": scores.tolist(), "prediction": ["abcd"[i] for i in guess],
        **{key: float(np.mean(values)) for key, values in parts.items()},
    }


def gaps(rng):
    cases = []
    for size, names in [(300, "ab"), (600, "abcd")]:
        group = rng.choice(list(names), size)
        shift = np.array([names.index(g) for g in group]) * 0.1
        truth = (rng.random(size) < 0.4 + shift / 2).astype(int)
        guess = (rng.random(size) < 0.2 + 0.4 * truth + shift).astype(int)
        case = {"group": group.tolist(), "actual": truth.tolist(), "prediction": guess.tolist()}
        for key, function in [
            ("demographic_parity_difference", fairness.demographic_parity_difference),
            ("demographic_parity_ratio", fairness.demographic_parity_ratio),
            ("equalized_odds_difference", fairness.equalized_odds_difference),
            ("equal_opportunity_difference", fairness.equal_opportunity_difference),
        ]:
            case[key] = float(function(truth, guess, sensitive_features=group))
        cases.append(case)
    return cases


rng = np.random.default_rng(20261123)
content = {
    "versions": VERSIONS, "areas": areas(rng), "places": places(rng), "calibration": calibration(rng),
    "expected": expected(rng), "gaps": gaps(rng),
}
(FOLDER / "class_scores.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")

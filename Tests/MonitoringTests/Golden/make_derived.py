"""Writes the golden values of derived columns with pinned versions of NumPy and scikit-learn.

    python -m venv venv && venv/bin/pip install numpy==2.4.6 scikit-learn==1.9.1
    venv/bin/python make_derived.py
"""
import json
import math
import pathlib

import numpy as np
import sklearn
from sklearn.covariance import LedoitWolf
from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import StandardScaler

VERSIONS = {"numpy": "2.4.6", "scikit-learn": "1.9.1"}
assert {"numpy": np.__version__, "scikit-learn": sklearn.__version__} == VERSIONS


def plain(rows):
    return [[None if math.isnan(value) else float(value) for value in row] for row in rows]


def together(name, reference, window):
    """What NannyML does with numeric columns: impute, standardise, keep 65 % of the variance, residual length."""
    imputer, scaler = SimpleImputer(), StandardScaler()
    fitted = scaler.fit_transform(imputer.fit_transform(reference))
    standardised = scaler.transform(imputer.transform(window))
    pca = PCA(n_components=0.65).fit(fitted)
    back = pca.inverse_transform(pca.transform(standardised))
    covariance = LedoitWolf(assume_centered=True).fit(fitted)
    return {
        "name": name, "reference": plain(reference), "window": plain(window), "kept": int(pca.n_components_),
        "shrinkage": float(covariance.shrinkage_),
        "reconstruction_error": np.linalg.norm(standardised - back, axis=1).tolist(),
        "mahalanobis": np.sqrt(covariance.mahalanobis(standardised)).tolist(),
    }


def out_of_range(rng):
    """A value beyond the declared range counts as a null does: the mean stands for it, on both sides."""
    low, high = -6.0, 6.0
    reference = rng.normal(size=(150, 5)) @ rng.normal(size=(5, 5))
    window = rng.normal(size=(30, 5)) @ rng.normal(size=(5, 5))
    for rows in (reference, window):
        rows[:] = np.clip(rows, low, high)
        rows[rng.random(rows.shape) < 0.05] = np.nan
    stray_reference, stray_window = reference.copy(), window.copy()
    for rows, strays in ((reference, stray_reference), (window, stray_window)):
        places = rng.random(rows.shape) < 0.08
        strays[places] = rng.choice([1e300, -1e300, 6.5, -999.0], places.sum())
        rows[places] = np.nan
    known = ~np.isnan(window).all(axis=1)
    case = together("out of range", reference, window[known])
    return {**case, "reference": plain(stray_reference), "window": plain(stray_window[known]), "range": [low, high]}


def embedding(rng):
    reference, window = rng.normal(0.5, 1.3, (60, 11)).astype(np.float32), rng.normal(0, 2, (9, 11)).astype(np.float32)
    window[3] = 0
    center = reference.astype(float).mean(axis=0)
    rows = window.astype(float)
    norms = np.linalg.norm(rows, axis=1)
    with np.errstate(invalid="ignore"):
        cosine = 1 - rows @ center / (norms * np.linalg.norm(center))
    return {
        "reference": plain(reference), "window": plain(window),
        "centroid_distance": np.linalg.norm(rows - center, axis=1).tolist(), "norm": norms.tolist(),
        "cosine_distance": [None if math.isnan(value) else float(value) for value in cosine],
    }


def main():
    rng = np.random.default_rng(11)
    mixing = rng.normal(size=(6, 6))
    linked = rng.normal(size=(240, 6)) @ mixing + rng.normal(size=6) * 100
    other = rng.normal(size=(40, 6)) @ rng.normal(size=(6, 6)) + linked.mean(axis=0)
    gaps, holes = linked.copy(), other.copy()
    gaps[rng.random(gaps.shape) < 0.1] = np.nan
    holes[rng.random(holes.shape) < 0.1] = np.nan
    few = rng.normal(size=(12, 9)) @ rng.normal(size=(9, 9))
    wide = rng.normal(size=(10, 9))
    cases = [together("linked", linked, other), together("gaps", gaps, holes), together("fewer rows", few, wide)]
    content = {"versions": VERSIONS, "together": cases, "embedding": embedding(rng)}
    cases.append(out_of_range(np.random.default_rng(12)))
    path = pathlib.Path(__file__).parent / "derived.json"
    path.write_text(json.dumps(content, separators=(",", ":"), allow_nan=False) + "\n")


main()

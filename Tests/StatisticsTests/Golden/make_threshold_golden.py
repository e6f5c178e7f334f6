"""Quantiles for ThresholdTests, made with SciPy 1.17; run from this folder: python3 make_threshold_golden.py"""

import json

from scipy import stats

LEVELS = [0.2, 0.05, 0.01, 1e-3, 1e-5]


def rows(law, sizes):
    return [[size, level, float(law(level, size))] for size in sizes for level in LEVELS]


with open("threshold.json", "w", encoding="utf-8") as file:
    json.dump(
        {
            "chi_squared": rows(stats.chi2.isf, [1, 2, 9, 49, 999, 20000]),
            "normal": rows(lambda level, _: stats.norm.isf(level), [1]),
            "kolmogorov": rows(stats.kstwo.isf, [20, 50, 100, 1000, 100000]),
        },
        file,
    )

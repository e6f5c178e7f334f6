"""The median milliseconds that NumPy and SciPy need for KS and PSI of every feature. Started by window.py."""
import sys, time
import numpy, scipy
from scipy import stats


def psi(reference, window):
    edges = numpy.unique(numpy.quantile(reference, numpy.arange(1, 10) / 10))
    shares = [(numpy.bincount(numpy.searchsorted(edges, side), minlength=len(edges) + 1) + 0.5) for side in (reference, window)]
    p, q = [counts / counts.sum() for counts in shares]
    return float(((q - p) * numpy.log(q / p)).sum())


features = int(sys.argv[1])
reference, window = [numpy.fromfile(path).reshape(features, -1) for path in sys.argv[2:4]]
times = []
for _ in range(7):
    begin = time.perf_counter()
    for left, right in zip(reference, window):
        stats.ks_2samp(left, right, method="asymp")
        psi(left, right)
    times.append((time.perf_counter() - begin) * 1000)
print(scipy.__version__, sorted(times)[len(times) // 2])

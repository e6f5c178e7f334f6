#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The hypergeometric distribution: how many of `marked` among `all` rows are among `drawn` of them.
///
/// The law of a 2 x 2 table whose margins are given (Fisher 1935).
struct HypergeometricTail {
    private let all: Double
    private let marked: Double
    private let drawn: Double

    /// A distribution; counts are not negative, and neither `marked` nor `drawn` is above `all`.
    init(all: Int, marked: Int, drawn: Int) {
        self.all = Double(all)
        self.marked = Double(marked)
        self.drawn = Double(drawn)
    }

    /// The mean.
    var mean: Double { drawn * marked / all }

    /// The variance; 0 where nothing varies.
    var variance: Double {
        all > 1 ? mean * (1 - marked / all) * (all - drawn) / (all - 1) : 0
    }

    /// `P(X > hits) + P(X = hits) / 2`, the upper mid-tail; the lower one is what is left to 1.
    ///
    /// Terms follow from each other by a ratio and are summed away from the mean until they no longer matter:
    /// about eight standard deviations of them.
    func upperMid(_ hits: Int) -> Double {
        let hits = Double(hits)
        guard variance > 0 else { return hits < mean ? 1 : hits > mean ? 0 : 0.5 }
        let isAbove = hits >= mean
        let tail = exp(logDensity(hits)) * (0.5 + (isAbove ? above(hits) : below(hits)))
        return min(max(isAbove ? tail : 1 - tail, 0), 1)
    }

    /// The densities below that of `hits`, and half of those that equal it, `hits` included: the two-sided mid-p value.
    ///
    /// What is as rare on the other side is found by halving; densities within a ten-millionth count as equal, as in SciPy.
    func twoSidedMid(_ hits: Int) -> Double {
        let hits = Double(hits)
        guard variance > 0 else { return 1 }
        let mode = ((marked + 1) * (drawn + 1) / (all + 2)).rounded(.down)
        let (first, last) = (max(0, marked + drawn - all), min(marked, drawn))
        let own = logDensity(hits)
        guard own < logDensity(mode) - 1e-7 else {
            let below = mode > first && logDensity(mode - 1) >= own - 1e-7
            return max(0, 1 - exp(own) * (below ? 1 : 0.5))
        }
        let isAbove = hits > mode
        let near = exp(own) * (0.5 + (isAbove ? above(hits) : below(hits)))
        // The number nearest to the mode, on its other side, that is not likelier.
        var (inner, outer) = (mode, isAbove ? first : last)
        guard logDensity(outer) <= own + 1e-7 else { return min(near, 1) }
        while (outer - inner).magnitude > 1 {
            let middle = ((inner + outer) / 2).rounded(.down)
            if logDensity(middle) <= own + 1e-7 { outer = middle } else { inner = middle }
        }
        let density = logDensity(outer)
        let share = density >= own - 1e-7 ? 0.5 : 1
        let far = exp(density) * (share + (isAbove ? below(outer) : above(outer)))
        return min(near + far, 1)
    }

    private func logDensity(_ hits: Double) -> Double {
        let share = drawn / all
        guard share < 1 else { return 0 }
        return BinomialDensity.logarithm(hits, of: marked, share: share)
            + BinomialDensity.logarithm(drawn - hits, of: all - marked, share: share)
            - BinomialDensity.logarithm(drawn, of: all, share: share)
    }

    /// The sum of all densities above one, in units of it.
    private func above(_ hits: Double) -> Double {
        var (term, sum, next) = (1.0, 0.0, hits)
        let last = min(marked, drawn)
        let rest = all - marked - drawn
        while next < last, term > sum * 1e-17 {
            term *= (marked - next) * (drawn - next) / ((next + 1) * (rest + next + 1))
            next += 1
            sum += term
        }
        return sum
    }

    /// The sum of all densities below one, in units of it.
    private func below(_ hits: Double) -> Double {
        var (term, sum, next) = (1.0, 0.0, hits)
        let rest = all - marked - drawn
        let first = max(0, -rest)
        while next > first, term > sum * 1e-17 {
            term *= next * (rest + next) / ((marked - next + 1) * (drawn - next + 1))
            next -= 1
            sum += term
        }
        return sum
    }
}

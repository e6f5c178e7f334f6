#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Evidently's definitions of distances between shares, with its filling of zeros.
///
/// Each side by itself, a share of zero becomes 0.0001, or a millionth of the smallest other share if that is at most
/// 0.0001; nothing is renormalised but by the divergence (Evidently 0.7, `calculations/stattests/utils.py`). Values depend
/// on the filling where a bin is empty. Bins empty on both sides are left out. Smallest sound sample: about five values
/// a bin. O(bins).
package struct EvidentlyShares: Sendable {
    private let reference: [Double]
    private let window: [Double]

    /// Nil if a side is empty.
    package init?(_ counts: PairedCounts) {
        guard !counts.hasEmptySide else { return nil }
        let bins = counts.reference.indices.filter { counts.reference[$0] != 0 || counts.window[$0] != 0 }
        reference = bins.map { Double(counts.reference[$0]) / Double(counts.referenceTotal) }
        window = bins.map { Double(counts.window[$0]) / Double(counts.windowTotal) }
    }

    private static func filled(_ shares: [Double]) -> [Double] {
        let least = shares.filter { $0 > 0 }.min() ?? 0
        let floor = least <= 1e-4 ? least / 1e6 : 1e-4
        return shares.map { $0 == 0 ? floor : $0 }
    }

    /// The population stability index, `sum((p - q) ln(p / q))`.
    package var populationStability: Double {
        let pairs = zip(Self.filled(reference), Self.filled(window))
        return max(pairs.reduce(0) { $0 + ($1.0 - $1.1) * log($1.0 / $1.1) }, 0)
    }

    /// The divergence `sum(p ln(p / q))` over renormalised shares.
    package var kullbackLeibler: Double {
        let (p, q) = (Self.filled(reference), Self.filled(window))
        let (n, m) = (p.reduce(0, +), q.reduce(0, +))
        return max(zip(p, q).reduce(0) { $0 + $1.0 / n * log($1.0 / n / ($1.1 / m)) }, 0)
    }

    /// The Jensen-Shannon distance to base e, without filling; at most the root of ln 2.
    package var jensenShannon: Double {
        let sum = zip(reference, window).reduce(0.0) { sum, pair in
            let middle = (pair.0 + pair.1) / 2
            let first = pair.0 > 0 ? pair.0 * log(pair.0 / middle) : 0
            return sum + first + (pair.1 > 0 ? pair.1 * log(pair.1 / middle) : 0)
        }
        return max(sum / 2, 0).squareRoot()
    }

    /// The Hellinger distance, `sqrt(1 - sum(sqrt(p q)))`, without filling.
    package var hellinger: Double {
        max(1 - zip(reference, window).reduce(0) { $0 + ($1.0 * $1.1).squareRoot() }, 0).squareRoot()
    }
}

/// The two-sample Kolmogorov-Smirnov test, from the cells of a rank grid.
///
/// The statistic is the largest gap between the two distribution functions (Smirnov 1939). Gaps at cell borders are exact
/// integers over `n m`; inside an open cell where both sides have values a larger gap is possible, which `errorBound`
/// covers: 0 while all reference values are cut points, else at most the reference share of the widest open
/// interval. The p-value is `kstwo.sf(D, round(n m / (n + m)))`, rounded half to even, the law of finite n, as
/// `scipy.stats.ks_2samp(method="asymp")`. Smallest sound sample: about eight values a side. O(occupied cells).
package struct KolmogorovSmirnov: Hashable, Sendable {
    /// The largest gap seen, 0 to 1.
    package let statistic: Double
    /// How much larger the true statistic may be; it is never smaller.
    package let errorBound: Double
    /// The probability of a statistic at least as large without drift; nil for samples so small that there is none.
    package let pValue: Double?

    /// Compares counts on one grid; nil if a side is empty. `sizes` are the effective ones of weighted rows.
    package init?(reference: GridCounts, window: GridCounts, sizes: SampleSizes? = nil) {
        guard reference.count > 0, window.count > 0 else { return nil }
        let (n, m) = (reference.count, window.count)
        var gap: Int128 = 0
        var widest: UInt128 = 0
        var possible: Int128 = 0
        PairedCells.visit(reference, window) { _, reference, window in
            if reference.open != 0 || window.open != 0 {
                let (rise, fall) = (PairedCells.product(reference.open, m), PairedCells.product(window.open, n))
                if rise != 0, fall != 0 { possible = max(possible, gap &+ rise, fall &- gap) }
                gap &+= rise &- fall
                widest = max(widest, gap.magnitude)
            }
            if reference.point != 0 || window.point != 0 {
                gap &+= PairedCells.product(reference.point, m) &- PairedCells.product(window.point, n)
                widest = max(widest, gap.magnitude)
            }
        }
        let all = Double(reference.count) * Double(window.count)
        let largest = min(widest.real / all, 1)
        statistic = largest
        errorBound = possible > 0 && possible.magnitude > widest ? (possible.magnitude - widest).real / all : 0
        pValue = KolmogorovSmirnov.pValue(
            largest, sizes ?? SampleSizes(reference: Double(n), window: Double(m)))
    }

    /// The p-value of a statistic of samples of two sizes; nil where `n m / (n + m)` rounds to 0.
    package static func pValue(_ statistic: Double, _ referenceCount: Int, _ windowCount: Int) -> Double? {
        pValue(statistic, SampleSizes(reference: Double(referenceCount), window: Double(windowCount)))
    }

    /// The same for effective sizes of weighted rows.
    package static func pValue(_ statistic: Double, _ sizes: SampleSizes) -> Double? {
        guard sizes.areUsable else { return nil }
        let (n, m) = (sizes.reference, sizes.window)
        guard let count = Int(exactly: (n * m / (n + m)).rounded(.toNearestOrEven)) else { return nil }
        return KolmogorovDistribution.survival(statistic, count: count)
    }
}

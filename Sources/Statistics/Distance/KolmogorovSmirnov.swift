/// The two-sample Kolmogorov-Smirnov test, from the cells of a rank grid.
///
/// The statistic is the largest gap between the two distribution functions (Smirnov 1939). Gaps at cell borders are exact
/// integers over `n m`; inside an open cell where both sides have values a larger gap is possible, which `errorBound`
/// covers: 0 while all reference values are cut points, else at most the reference share of the widest open
/// interval. The p-value is `kstwo.sf(D, round(n m / (n + m)))`, rounded half to even, the law of finite n, as
/// `scipy.stats.ks_2samp(method="asymp")`. Smallest sound sample: about eight values a side. O(K).
package struct KolmogorovSmirnov: Hashable, Sendable {
    /// The largest gap seen, 0 to 1.
    package let statistic: Double
    /// How much larger the true statistic may be; it is never smaller.
    package let errorBound: Double
    /// The probability of a statistic at least as large without drift; nil for samples so small that there is none.
    package let pValue: Double?
    /// The same from the exact law of two samples, see `ExactKolmogorovSmirnov`; nil where it is not cheap.
    package let exactPValue: Double?

    /// Compares counts on one grid; nil if a side is empty. `sizes` are the effective ones of weighted rows.
    package init?(reference: GridCounts, window: GridCounts, sizes: SampleSizes? = nil) {
        guard reference.count > 0, window.count > 0 else { return nil }
        var pass = Accumulator()
        pass.run(reference, window)
        self.init(pass, reference.count, window.count, sizes)
    }

    init(_ pass: Accumulator, _ referenceCount: Int, _ windowCount: Int, _ sizes: SampleSizes?) {
        let all = Double(referenceCount) * Double(windowCount)
        statistic = min(pass.widest / all, 1)
        errorBound = max(pass.possible - pass.widest, 0) / all
        let rows = sizes ?? SampleSizes(reference: Double(referenceCount), window: Double(windowCount))
        pValue = KolmogorovSmirnov.pValue(statistic, rows)
        exactPValue =
            sizes == nil ? ExactKolmogorovSmirnov.pValue(statistic, referenceCount, windowCount) : nil
    }

    /// The largest gap seen, and the largest that is possible.
    struct Accumulator: CellAccumulator {
        private enum Part: Int, CellPart {
            case seen, reached
            static let count = 2
        }

        private var gaps = CellSums<Part>()

        var widest: Double { gaps.greatest(.seen) }
        var possible: Double { gaps.greatest(.reached) }

        mutating func add(_ cells: borrowing CellChunk) {
            let columns = cells.columns
            var gaps = gaps.places
            for place in 0..<CellColumns.places {
                let gap = greater(columns[.between, place].magnitude, columns[.after, place].magnitude)
                gaps[.seen, place] = greater(gaps[.seen, place], gap)
                let inside = greater(columns[.highest, place], -columns[.lowest, place])
                gaps[.reached, place] = greater(gaps[.reached, place], columns.isMixed(place) ? inside : 0)
            }
        }
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

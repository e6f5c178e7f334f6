import Statistics

/// How often SciPy's two-sample Kolmogorov-Smirnov test (`method="asymp"`) on raw rows sees a shift of a normal column.
package struct RawComparison {
    /// The share of trials with a p-value of at most the rate.
    package let share: Double

    /// Draws both sides anew in every trial.
    package init(reference: Int, window: Int, shift: Double, trials: Int, rate: Double, seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        var seen = 0
        for _ in 0..<trials {
            let left = Population.normal(mean: 0).numbers(reference, &random).sorted()
            let right = Population.normal(mean: shift).numbers(window, &random).sorted()
            let gap = Self.gap(left, right)
            if let p = KolmogorovSmirnov.pValue(gap, reference, window), p <= rate { seen += 1 }
        }
        share = Double(seen) / Double(max(trials, 1))
    }

    private static func gap(_ left: [Double], _ right: [Double]) -> Double {
        var (i, j, widest) = (0, 0, 0.0)
        while i < left.count, j < right.count {
            if left[i] <= right[j] { i += 1 } else { j += 1 }
            widest = max(widest, (Double(i) / Double(left.count) - Double(j) / Double(right.count)).magnitude)
        }
        return widest
    }
}

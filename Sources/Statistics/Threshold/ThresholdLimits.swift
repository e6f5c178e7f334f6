/// The sample sizes from which verdicts are given, and to which simulations are rounded.
package enum ThresholdLimits {
    /// The fewest values of a window that a rank measure needs.
    package static let fewestRanked = 20
    /// The fewest values of a window that a measure of bins or categories needs.
    package static let fewestBinned = 30
    /// The fewest values of a reference.
    package static let fewestReference = 50

    /// How many expected rows every one of ten bins needs on both sides for the closed forms to hold to a seventh of their level.
    static let expectedRows = 40.0
    /// How large `n F (1 - F)` must be somewhere on both sides for the normal limit of rank measures.
    static let expectedVariance = 50.0
    /// How large the variance of a variance may be for its logarithm to be normal.
    static let spreadNoise = 0.09
    /// How much of the fourth moment a single value may have for the law of a spread to be known.
    static let greatestFourth = 0.1
    /// How many windows are simulated.
    static let draws = 4000
    /// How many cells are drawn in all windows of a simulation together at most, so that it takes well under a second.
    static let drawnCells = 4_000_000
    /// Beyond so many times the reference the window's own noise no longer shows.
    static let greatestRatio = 100

    /// From more categories than that on laws go by what both sides hold together.
    static let fewCategories = 12
    /// How large the variance of every category's rows must be for the moments of a sum over few of them to tell its law.
    static let exchangedVariance = 3.0

    /// The window sizes that are simulated in place of one: the same up to 200, then the nearest round ones below and above,
    /// at most 5 % away.
    ///
    /// Smaller windows vary more; in larger ones the lack of a rare value says more. Both are heeded.
    package static func simulatedSizes(_ size: Int, reference: Int) -> [Int] {
        let (most, overflow) = reference.multipliedReportingOverflow(by: greatestRatio)
        let size = overflow ? size : min(size, most)
        guard size > 200 else { return [size] }
        var decade = 100
        while decade <= size / 10 { decade *= 10 }
        let step = size < 2 * decade ? decade / 20 : size < 5 * decade ? decade / 10 : decade / 4
        let below = size / step * step
        return below == size ? [size] : [below, below + step]
    }

    /// How many windows of so many cells are simulated.
    static func draws(cells: Int) -> Int {
        min(max(drawnCells / max(cells, 1), 400), draws)
    }
}

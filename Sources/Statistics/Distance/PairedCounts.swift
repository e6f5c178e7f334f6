/// Counts of reference and window over the same bins or categories: what every distance of shares is computed from.
package struct PairedCounts: Hashable, Sendable {
    /// How many reference values each bin holds.
    package let reference: [Int]
    /// How many window values each bin holds.
    package let window: [Int]
    /// How many reference values there are.
    package let referenceTotal: Int
    /// How many window values there are.
    package let windowTotal: Int

    /// How many of what is counted make one row: 1, or more where rows carry weights.
    package let unit: Int

    /// What half a row is.
    let halves: HalfRows

    /// Counts bin by bin; both sides have the same bins. `unit` is how many of what is counted make one row, at least 1, and
    /// `halves` what is added to empty bins where that is not half of it.
    package init(reference: [Int], window: [Int], unit: Int = 1, halves: HalfRows? = nil) {
        precondition(unit > 0, "a row counts as something")
        precondition(reference.count == window.count, "reference and window are counted over the same bins")
        self.reference = reference
        self.window = window
        referenceTotal = reference.reduce(0, &+)
        windowTotal = window.reduce(0, &+)
        self.unit = unit
        self.halves = halves ?? HalfRows(of: Double(unit))
    }

    /// How many rows there are on both sides, where no better sizes are known.
    package var sizes: SampleSizes {
        SampleSizes(
            reference: Double(referenceTotal) / Double(unit), window: Double(windowTotal) / Double(unit))
    }

    /// Whether one side has no values, so that no distance is defined.
    package var hasEmptySide: Bool { referenceTotal <= 0 || windowTotal <= 0 }

    /// The difference of the shares of one bin, reference minus window, as an exact multiple of
    /// `1 / (referenceTotal * windowTotal)`.
    func difference(at bin: Int) -> Int128 {
        Int128(reference[bin]) &* Int128(windowTotal) &- Int128(window[bin]) &* Int128(referenceTotal)
    }

    /// The sum of the shares of one bin, as an exact multiple of `1 / (referenceTotal * windowTotal)`.
    func sum(at bin: Int) -> Int128 {
        Int128(reference[bin]) &* Int128(windowTotal) &+ Int128(window[bin]) &* Int128(referenceTotal)
    }

    /// What the multiples above count.
    var denominator: Double { Double(referenceTotal) * Double(windowTotal) }
}

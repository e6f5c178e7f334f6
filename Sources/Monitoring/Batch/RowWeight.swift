import Statistics

/// How much a row counts: 1 usually, more or less in a sampled log.
///
/// A whole number of 1/1024, so that weighted counts and sums are integers that add up exactly in any order. From 1/1024 to a
/// million.
package struct RowWeight: Hashable, Sendable {
    /// How many units make a row of weight 1.
    package static let unit = WeighedRows.parts

    /// The greatest weight.
    package static let greatest = 1_000_000.0

    /// The weight of a row that states none.
    package static let one = Self(exactly: Int32(clamping: unit))

    /// The weight in 1/1024; 1 to 1,024,000,000.
    package let units: Int32

    private init(exactly units: Int32) {
        self.units = units
    }

    /// The nearest weight, half to even; nil for what is not above 0, no more than a million, and at least half of 1/1024.
    package init?(_ value: Double) {
        guard value > 0, value <= Self.greatest else { return nil }
        // At most 1,024,000,000 after the check above.
        self.init(units: Int32((value * Double(Self.unit)).rounded(.toNearestOrEven)))
    }

    /// A weight of so many 1/1024; nil where there is no such weight.
    package init?(units: some BinaryInteger) {
        guard units > 0, units <= Int32(Self.greatest) * Int32(Self.unit) else { return nil }
        self.units = Int32(units)
    }

    /// The weight as a number, exactly.
    package var value: Double { Double(units) / Double(Self.unit) }

    /// Whether the row counts once.
    package var isOne: Bool { self == .one }
}

extension [RowWeight] {
    /// Adds the weight of the row that has this place; as long as all rows count once the array stays empty.
    ///
    /// - Complexity: O(1) on average.
    package mutating func append(_ weight: RowWeight, ofRow row: Int) {
        guard !isEmpty || !weight.isOne else { return }
        while count < row { append(.one) }
        append(weight)
    }
}

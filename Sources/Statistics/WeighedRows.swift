/// Rows with the sums of their weights and of the squares of these, in whole parts of a row.
///
/// Enough to tell what they weigh and how many independent rows they are worth (Kish 1965), whatever the order.
package struct WeighedRows: Hashable, Sendable {
    /// How many parts make a row of weight 1.
    package static let parts = 1024

    /// How many rows there are.
    package private(set) var count = 0
    private var sum: Int128 = 0
    private var squares: Int128 = 0

    /// No rows.
    package init() {}

    /// Rows that all count once.
    package init(count: Int) {
        self.count = count
        sum = Int128(count) &* Int128(Self.parts)
        squares = sum &* Int128(Self.parts)
    }

    /// Rows whose sums are known: of their parts, and of the squares of these.
    package init(count: Int, sum: Int128, squares: Int128) {
        self.count = count
        self.sum = sum
        self.squares = squares
    }

    /// Takes away rows that were added before.
    package mutating func subtract(_ other: WeighedRows) {
        count &-= other.count
        sum &-= other.sum
        squares &-= other.squares
    }

    /// Adds a row of so many parts, from 1 to 2^30.
    package mutating func add(parts: Int) {
        count &+= 1
        sum &+= Int128(parts)
        squares &+= Int128(parts) &* Int128(parts)
    }

    /// Adds other rows.
    mutating func add(_ other: WeighedRows) {
        count &+= other.count
        sum &+= other.sum
        squares &+= other.squares
    }

    /// What they weigh.
    package var weight: Double { sum.real / Double(Self.parts) }

    /// How many effective rows they are: the number of rows where all weigh the same; 0 without rows.
    package var effective: Double {
        if isEven { return Double(count) }
        guard squares > 0 else { return 0 }
        return sum.real / squares.real * sum.real
    }

    /// The root of the sum of the squared weights.
    var norm: Double { squares.real.squareRoot() / Double(Self.parts) }

    /// Whether all rows weigh the same, so that counting them tells everything.
    package var isEven: Bool {
        let (product, overflow) = squares.multipliedReportingOverflow(by: Int128(count))
        let (square, other) = sum.multipliedReportingOverflow(by: sum)
        return !overflow && !other && product == square
    }
}

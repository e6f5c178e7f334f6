/// The values that a part of an expression can have: from a lowest to a highest, perhaps without bound.
struct ValueRange: Hashable {
    let low: Double
    let high: Double

    static let any = Self(-.infinity, .infinity)

    /// A range; ends that are no numbers are without bound.
    init(_ low: Double, _ high: Double) {
        self.low = low.isNaN ? -.infinity : low
        self.high = high.isNaN ? .infinity : high
    }

    init(_ range: ClosedRange<Double>) {
        self.init(range.lowerBound, range.upperBound)
    }

    /// Whether nothing is known.
    var isAny: Bool { low == -.infinity && high == .infinity }

    var negated: Self { Self(-high, -low) }

    func union(_ other: Self) -> Self { Self(min(low, other.low), max(high, other.high)) }

    static func + (left: Self, right: Self) -> Self { Self(left.low + right.low, left.high + right.high) }

    static func - (left: Self, right: Self) -> Self { left + right.negated }

    /// The range of products; nothing where an infinite end meets a zero.
    static func * (left: Self, right: Self) -> Self {
        let products = [left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high]
        guard products.allSatisfy({ !$0.isNaN }), let low = products.min(), let high = products.max() else {
            // Of two sides without sign the product has none either.
            return left.low >= 0 && right.low >= 0 ? Self(0, .infinity) : .any
        }
        return Self(low, high)
    }

    /// The range of quotients by a side that is positive all over; nothing else is known.
    static func / (left: Self, right: Self) -> Self {
        guard right.low > 0 else { return left.low >= 0 && right.low >= 0 ? Self(0, .infinity) : .any }
        return left * Self(1 / right.high, 1 / right.low)
    }

    /// For people: `between 0 and 1`, `at least 0`, `5`.
    var text: String {
        if low == high { return Self.text(low) }
        if high == .infinity { return "at least \(Self.text(low))" }
        if low == -.infinity { return "at most \(Self.text(high))" }
        return "between \(Self.text(low)) and \(Self.text(high))"
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
    }
}

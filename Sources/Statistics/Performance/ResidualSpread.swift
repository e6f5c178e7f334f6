/// The sums behind the confidence intervals of a regression's measures: higher powers of errors and actual values.
///
/// Kept apart from `Residuals`, because what was known when is not asked for intervals. A row with a power beyond what `Double`
/// holds makes the intervals nil, not the values.
package struct ResidualSpread: MergeableSummary {
    /// How many rows there are.
    private(set) var count = 0
    /// How many of them have a power that is no finite number.
    private(set) var unsummed = 0
    /// The sum of the squares of errors above 0.
    private(set) var overSquares = RealSum()
    /// The sum of the squares of errors below 0.
    private(set) var underSquares = RealSum()
    /// The sum of the fourth powers of errors.
    private(set) var fourths = RealSum()
    /// The sum of the squares of relative errors.
    private(set) var ratioSquares = RealSum()
    /// The sum of the fourth powers of logarithmic errors.
    private(set) var logFourths = RealSum()
    /// The sums of squared errors by the actual value and by its square, and of its third and fourth power.
    private(set) var crossed = RealSum()
    private(set) var crossedSquares = RealSum()
    private(set) var thirds = RealSum()
    private(set) var actualFourths = RealSum()

    /// No rows yet.
    package init() {}

    package var isEmpty: Bool { self == ResidualSpread() }

    /// The sums in the order of their bytes.
    private static var parts: [WritableKeyPath<ResidualSpread, RealSum>] {
        [
            \.overSquares, \.underSquares, \.fourths, \.ratioSquares, \.logFourths, \.crossed, \.crossedSquares,
            \.thirds,
            \.actualFourths,
        ]
    }

    /// Counts a labelled row as often as told, or takes it out with a number below 0; rows without a number are passed over.
    package mutating func fold(prediction: Double, actual: Double, times: Int = 1) {
        guard !prediction.isNaN, !actual.isNaN else { return }
        count &+= times
        let error = prediction - actual
        let (square, actualSquare) = (error * error, actual * actual)
        let ratio = RelativeErrors.ratio(prediction, actual) ?? .infinity
        let powers = [
            square * square, ratio * ratio, square * actual, square * actualSquare, actualSquare * actualSquare,
        ]
        guard powers.allSatisfy(\.isFinite) else {
            unsummed &+= times
            return
        }
        if error > 0 { overSquares.add(square, times: times) } else { underSquares.add(square, times: times) }
        fourths.add(square * square, times: times)
        ratioSquares.add(ratio * ratio, times: times)
        if let logSquare = RelativeErrors.logSquare(prediction, actual) {
            logFourths.add(logSquare * logSquare, times: times)
        }
        crossed.add(square * actual, times: times)
        crossedSquares.add(square * actualSquare, times: times)
        thirds.add(actualSquare * actual, times: times)
        actualFourths.add(actualSquare * actualSquare, times: times)
    }

    package mutating func merge(_ other: ResidualSpread) {
        count &+= other.count
        unsummed &+= other.unsummed
        for part in ResidualSpread.parts { self[keyPath: part].merge(other[keyPath: part]) }
    }

    package mutating func subtract(_ other: ResidualSpread) {
        count &-= other.count
        unsummed &-= other.unsummed
        for part in ResidualSpread.parts { self[keyPath: part].subtract(other[keyPath: part]) }
    }

    /// Whether the sums hold exactly the rows of some residuals.
    func describes(_ residuals: Residuals) -> Bool {
        count == residuals.count && unsummed == 0 && residuals.isSummed
    }
}

extension ResidualSpread: SummaryCoding {
    package static var kind: SummaryKind { .residualSpread }

    package func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: count)
        writer.write(zigzag: unsummed)
        for part in ResidualSpread.parts { self[keyPath: part].write(to: &writer) }
    }

    package init(from reader: inout SummaryReader) throws(CodecError) {
        self.init()
        count = try reader.zigzag()
        unsummed = try reader.zigzag()
        for part in ResidualSpread.parts { self[keyPath: part] = try RealSum(from: &reader) }
    }
}

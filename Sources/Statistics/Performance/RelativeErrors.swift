#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The relative and the logarithmic errors of a regression model, as sums that do not depend on order.
struct RelativeErrors: Hashable, Sendable {
    /// How many rows there are.
    private(set) var count = 0
    /// How many rows have a side below 0, of which there is no logarithmic error.
    private(set) var negative = 0
    /// How many rows have an error too large for a number.
    private(set) var unsummed = 0
    /// The sum of the errors by the actual values, both in magnitude.
    private(set) var ratios = RealSum()
    /// The sum of the squared differences of `log(1 + x)`.
    private(set) var logSquares = RealSum()

    /// The least magnitude that an error is divided by, the spacing of doubles at 1.
    static let leastDivisor = 0x1p-52

    init() {}

    init(count: Int, negative: Int, unsummed: Int, ratios: RealSum, logSquares: RealSum) {
        self.count = count
        self.negative = negative
        self.unsummed = unsummed
        self.ratios = ratios
        self.logSquares = logSquares
    }

    mutating func fold(prediction: Double, actual: Double, times: Int) {
        count &+= times
        guard let ratio = RelativeErrors.ratio(prediction, actual) else {
            unsummed &+= times
            return
        }
        ratios.add(ratio, times: times)
        guard let square = RelativeErrors.logSquare(prediction, actual) else {
            negative &+= times
            return
        }
        logSquares.add(square, times: times)
    }

    mutating func merge(_ other: RelativeErrors) {
        count &+= other.count
        negative &+= other.negative
        unsummed &+= other.unsummed
        ratios.merge(other.ratios)
        logSquares.merge(other.logSquares)
    }

    mutating func subtract(_ other: RelativeErrors) {
        count &-= other.count
        negative &-= other.negative
        unsummed &-= other.unsummed
        ratios.subtract(other.ratios)
        logSquares.subtract(other.logSquares)
    }

    var mape: Double? {
        guard count > 0, unsummed == 0 else { return nil }
        let mean = ratios.real / Double(count)
        return mean.isFinite ? max(mean, 0) : nil
    }

    var rmsle: Double? {
        guard count > 0, unsummed == 0, negative == 0 else { return nil }
        return max(logSquares.real / Double(count), 0).squareRoot()
    }

    /// The error by the actual value; nil if it is no finite number.
    static func ratio(_ prediction: Double, _ actual: Double) -> Double? {
        let ratio = (prediction - actual).magnitude / max(actual.magnitude, leastDivisor)
        return ratio.isFinite ? ratio : nil
    }

    /// The squared difference of logarithms; nil where a side is below 0.
    static func logSquare(_ prediction: Double, _ actual: Double) -> Double? {
        guard prediction >= 0, actual >= 0 else { return nil }
        let difference = log1p(prediction) - log1p(actual)
        return difference * difference
    }
}

extension RelativeErrors {
    func write(to writer: inout SummaryWriter) {
        writer.write(zigzag: count)
        writer.write(zigzag: negative)
        writer.write(zigzag: unsummed)
        ratios.write(to: &writer)
        logSquares.write(to: &writer)
    }

    init(from reader: inout SummaryReader) throws(CodecError) {
        self.init(
            count: try reader.zigzag(), negative: try reader.zigzag(), unsummed: try reader.zigzag(),
            ratios: try RealSum(from: &reader), logSquares: try RealSum(from: &reader))
    }
}

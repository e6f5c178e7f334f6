import Statistics

/// A row as summaries of every kind can be folded from.
struct SampleRow {
    var value: Double
    var other: Double
    var score: Double
    var category: ByteText
    var isPositive: Bool
    var sign: Int

    /// Ordinary, tied, null, huge, tiny and negative zero values in turn.
    static func random(_ count: Int, using generator: inout SeededGenerator) -> [SampleRow] {
        (0..<count).map { _ in
            let values: [Double] = [
                generator.normal(), generator.normal(), Double(Int.random(in: -2...2, using: &generator)), .nan, -0.0,
                generator.normal() * 1e-30, generator.normal() * 1e20, .leastNonzeroMagnitude, 1e300,
            ]
            let rare = Int.random(in: 0..<20, using: &generator) == 0
            let value = values[Int.random(in: 0..<(rare ? values.count : 5), using: &generator)]
            return SampleRow(
                value: value, other: generator.normal(), score: Double(Int.random(in: 0...99, using: &generator)) / 99,
                category: ByteText("c\(Int.random(in: 0..<8, using: &generator))"),
                isPositive: Bool.random(using: &generator),
                sign: Int.random(in: 0..<4, using: &generator) == 0 ? -1 : 1)
        }
    }
}

/// The laws of `MergeableSummary` for one kind of summary, whichever it is.
protocol SummaryCheck: Sendable {
    func isAssociative(_ a: [SampleRow], _ b: [SampleRow], _ c: [SampleRow]) -> Bool
    func isCommutative(_ a: [SampleRow], _ b: [SampleRow]) -> Bool
    func hasNeutral(_ a: [SampleRow]) -> Bool
    func isUndone(_ a: [SampleRow], _ b: [SampleRow]) -> Bool
    func isEmptyAgain(_ a: [SampleRow]) -> Bool
    func isFree(of orders: [[[SampleRow]]]) -> Bool
    func roundTrips(_ a: [SampleRow]) throws -> Bool
    func decodingErrors(of a: [SampleRow], changing change: (inout [UInt8]) -> Void) -> CodecError?
    func isReadOrRefused(_ a: [SampleRow], changing change: (inout [UInt8]) -> Void) -> Bool
}

struct SummaryChecks<Summary: MergeableSummary & SummaryCoding>: SummaryCheck {
    /// Folds rows into a summary of its own.
    let fold: @Sendable ([SampleRow]) -> Summary
    /// Takes away what cannot be subtracted.
    var additive: @Sendable (Summary) -> Summary = { $0 }

    private func sum(_ left: Summary, _ right: Summary) -> Summary {
        var result = left
        result.merge(right)
        return result
    }

    private func difference(_ left: Summary, _ right: Summary) -> Summary {
        var result = left
        result.subtract(right)
        return result
    }

    func isAssociative(_ a: [SampleRow], _ b: [SampleRow], _ c: [SampleRow]) -> Bool {
        sum(sum(fold(a), fold(b)), fold(c)) == sum(fold(a), sum(fold(b), fold(c)))
    }

    func isCommutative(_ a: [SampleRow], _ b: [SampleRow]) -> Bool {
        sum(fold(a), fold(b)) == sum(fold(b), fold(a))
    }

    func hasNeutral(_ a: [SampleRow]) -> Bool {
        let empty = fold([])
        return empty.isEmpty && sum(fold(a), empty) == fold(a) && sum(empty, fold(a)) == fold(a)
            && difference(fold(a), empty) == fold(a)
    }

    func isUndone(_ a: [SampleRow], _ b: [SampleRow]) -> Bool {
        let rest = difference(sum(fold(a), fold(b)), fold(b))
        return additive(rest) == additive(fold(a)) && additive(rest).encoded() == additive(fold(a)).encoded()
    }

    func isEmptyAgain(_ a: [SampleRow]) -> Bool {
        let rest = difference(fold(a), fold(a))
        return rest.isEmpty && rest == fold([]) && rest.encoded() == fold([]).encoded()
    }

    func isFree(of orders: [[[SampleRow]]]) -> Bool {
        let totals = orders.map { parts in parts.map(fold).reduce(fold([]), sum) }
        return totals.allSatisfy { $0 == totals[0] && $0.encoded() == totals[0].encoded() }
    }

    func roundTrips(_ a: [SampleRow]) throws -> Bool {
        try Summary(decoding: fold(a).encoded()) == fold(a)
    }

    func decodingErrors(of a: [SampleRow], changing change: (inout [UInt8]) -> Void) -> CodecError? {
        var bytes = fold(a).encoded()
        change(&bytes)
        do {
            _ = try Summary(decoding: bytes)
            return nil
        } catch {
            return error
        }
    }

    /// Whether changed content behind a right check value is refused, or else read as something that can be written and
    /// read again.
    func isReadOrRefused(_ a: [SampleRow], changing change: (inout [UInt8]) -> Void) -> Bool {
        var plain = SummaryWriter()
        plain.write(fold(a))
        var content = plain.bytes
        change(&content)
        var writer = SummaryWriter()
        for byte in content { writer.write(u8: byte) }
        do {
            let damaged = try Summary(decoding: SummaryCodec.sealed(writer, kind: Summary.kind.rawValue))
            return try Summary(decoding: damaged.encoded()) == damaged
        } catch {
            return true
        }
    }
}

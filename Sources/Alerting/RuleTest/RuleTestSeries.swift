package import Query

/// A series of a rule test with its samples, expanded from promtool's notation.
package struct RuleTestSeries: Sendable {
    /// What happens at one step of the test's interval.
    package enum Step: Sendable {
        /// Nothing is written.
        case missing
        /// The series ends.
        case stale
        /// A sample.
        case value(Double)
    }

    /// How many steps a series may have.
    package static let stepLimit = 1_000_000

    /// The series.
    package let labels: Labels
    /// What happens at 0, one interval, two intervals...
    package let steps: [Step]

    /// Reads a series such as `x{a="b"}` and values such as `1+2x3 _x2 stale 5`.
    ///
    /// `a+bxn` is a, a+b, ... a+n·b, that is n+1 samples; `axn` is n+1 times a; `_xn` is n missing ones. The error's
    /// place is that of the values, unless `isSeries` says that the series itself is wrong.
    init(labels: Labels, values: String) throws(QueryError) {
        self.labels = labels
        var steps: [Step] = []
        var column = 1
        for item in values.split(separator: " ", omittingEmptySubsequences: false) {
            if !item.isEmpty {
                let position = SourcePosition(line: 1, column: column)
                let room = Self.stepLimit - steps.count
                guard let expanded = Self.expand(String(item), limit: room) else {
                    throw QueryError(
                        "\(String(item).quoted) is not a value sequence of at most \(Self.stepLimit) steps; "
                            + "write 1, 1x3, 1+2x3, _, _x3 or stale", at: position)
                }
                steps.append(contentsOf: expanded)
            }
            column += item.unicodeScalars.count + 1
        }
        self.steps = steps
    }

    private static func expand(_ item: String, limit: Int) -> [Step]? {
        if item == "stale" { return limit > 0 ? [.stale] : nil }
        let parts = item.split(separator: "x", maxSplits: 1, omittingEmptySubsequences: false)
        var times: Int?
        if parts.count == 2 {
            guard let count = count(parts[1]) else { return nil }
            times = count
        }
        guard (times ?? 0) < limit else { return nil }
        if parts[0] == "_" { return Array(repeating: .missing, count: times ?? 1) }
        guard let (start, step) = progression(String(parts[0])), step == nil || times != nil else { return nil }
        var value = start
        var steps: [Step] = []
        for _ in 0...(times ?? 0) {
            steps.append(.value(value))
            // Not `+= 0`, which would make 0 of -0.
            if let step { value += step }
        }
        return steps
    }

    private static func count(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// The first value and the step of `a`, `a+b` or `a-b`.
    private static func progression(_ text: String) -> (start: Double, step: Double?)? {
        var previous: UInt8?
        var index = text.utf8.startIndex
        while index < text.utf8.endIndex {
            let byte = text.utf8[index]
            let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            if isSign, let previous, previous != UInt8(ascii: "e"), previous != UInt8(ascii: "E") {
                guard let start = number(String(text[..<index])), let step = number(String(text[index...])) else {
                    return nil
                }
                return (start, step)
            }
            previous = byte
            index = text.utf8.index(after: index)
        }
        return number(text).map { ($0, nil) }
    }

    private static func number(_ text: String) -> Double? {
        let unsigned = text.utf8.first.map { "+-".utf8.contains($0) } == true ? String(text.dropFirst()) : text
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        switch unsigned.lowercased() {
        case "inf": return isNegative ? -.infinity : .infinity
        case "nan": return .nan
        default: break
        }
        let isDecimal = unsigned.utf8.first.map { !"+-".utf8.contains($0) } == true
        guard isDecimal, let number = YAMLNumber.value(of: unsigned) else { return nil }
        return isNegative ? -number : number
    }
}

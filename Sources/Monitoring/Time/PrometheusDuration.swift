/// A length of time in Prometheus's notation, kept as it was written.
///
/// Equality, hashing and order are those of the value: `60m` equals `1h`.
package struct PrometheusDuration: Sendable {
    /// The length in microseconds; negative only as a difference of times.
    package let microseconds: Int64

    private let notation: Notation

    /// How a duration is written; made only when somebody reads it, for times are subtracted at every label.
    private enum Notation {
        case canonical
        case counted(DurationUnit)
        case written(String)
    }

    /// The duration as it was written, or its canonical form where it was computed.
    package var text: String {
        switch notation {
        case .canonical: Self.canonicalText(microseconds)
        case .counted(let unit): "\(microseconds / unit.microseconds)\(unit.rawValue)"
        case .written(let text): text
        }
    }

    /// A computed duration, with its canonical text.
    package init(microseconds: Int64) {
        self.microseconds = microseconds
        notation = .canonical
    }

    /// Reads a Prometheus duration such as `90s`, `1h30m`, `7d`, `0` or `5ms`, or returns nil.
    ///
    /// Units are `y` (365 d), `w`, `d`, `h`, `m`, `s`, `ms`, each at most once and from great to small, as in Prometheus. The
    /// whole must fit in 64 bits of microseconds (about 292,000 years).
    package init?(_ text: String) {
        guard let microseconds = Self.parse(text.utf8) else { return nil }
        self.microseconds = microseconds
        notation = .written(text)
    }

    /// A count of one unit, written so; holds at the ends of the range.
    init(_ count: Int64, _ unit: DurationUnit) {
        microseconds = count.multipliedSaturating(by: unit.microseconds)
        notation = .counted(unit)
    }

    /// No time at all, `0s`.
    package static let zero = Self(microseconds: 0)

    /// The length in seconds, rounded to a double.
    package var seconds: Double { Double(microseconds) / 1_000_000 }

    /// The product with a count; holds at the ends of the range.
    package static func * (duration: Self, count: Int) -> Self {
        Self(microseconds: duration.microseconds.multipliedSaturating(by: Int64(count)))
    }

    /// The sum; holds at the ends of the range.
    package static func + (left: Self, right: Self) -> Self {
        Self(microseconds: left.microseconds.addingSaturating(right.microseconds))
    }

    /// The difference; holds at the ends of the range.
    package static func - (left: Self, right: Self) -> Self {
        Self(microseconds: left.microseconds.subtractingSaturating(right.microseconds))
    }

    private static func parse(_ bytes: String.UTF8View) -> Int64? {
        if bytes.elementsEqual("0".utf8) { return 0 }
        var rest = bytes[...]
        var units = DurationUnit.allCases[...]
        var total: Int64 = 0
        while !rest.isEmpty {
            guard let count = readNumber(&rest), let unit = readUnit(&rest, from: &units) else { return nil }
            let (part, tooLong) = count.multipliedReportingOverflow(by: unit.microseconds)
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !tooLong, !overflow else { return nil }
            total = sum
        }
        return bytes.isEmpty ? nil : total
    }

    private static func readNumber(_ rest: inout Substring.UTF8View) -> Int64? {
        var value: Int64 = 0
        let start = rest.startIndex
        while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            let (shifted, tooLong) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = shifted.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
            guard !tooLong, !overflow else { return nil }
            value = sum
            rest.removeFirst()
        }
        return rest.startIndex == start ? nil : value
    }

    private static func readUnit(
        _ rest: inout Substring.UTF8View, from units: inout ArraySlice<DurationUnit>
    ) -> DurationUnit? {
        let name = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        guard let index = units.firstIndex(where: { $0.rawValue.utf8.elementsEqual(name) }) else { return nil }
        rest = rest[name.endIndex...]
        let unit = units[index]
        units = units[(index + 1)...]
        return unit
    }

    /// The notation of Prometheus: years, weeks and days only where nothing remains below them.
    ///
    /// Below a millisecond Prometheus has no unit; such a rest is cut off from the text, not from the value.
    private static func canonicalText(_ microseconds: Int64) -> String {
        var rest = microseconds.magnitude
        var text = microseconds < 0 ? "-" : ""
        let isShort = rest < UInt64(DurationUnit.milliseconds.microseconds)
        if isShort { return "0s" }
        for unit in DurationUnit.allCases {
            let length = UInt64(unit.microseconds)
            if unit.isExactOnly, rest % length != 0 { continue }
            if rest >= length { text += "\(rest / length)\(unit.rawValue)" }
            rest %= length
        }
        return text
    }
}

extension PrometheusDuration: Hashable, Comparable {
    package static func == (left: Self, right: Self) -> Bool {
        left.microseconds == right.microseconds
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.microseconds < right.microseconds
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(microseconds)
    }
}

extension PrometheusDuration: CustomStringConvertible {
    /// The duration as it was written.
    package var description: String { text }
}

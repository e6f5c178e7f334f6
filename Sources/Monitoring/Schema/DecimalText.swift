/// A decimal number as a text states it, exactly: digits and a power of ten.
///
/// Comparing texts instead of doubles keeps integers beyond 2^53 apart.
struct DecimalText: Hashable {
    private let isNegative: Bool
    private let digits: [UInt8]
    private let exponent: Int

    /// Reads a JSON number (leading zeros and a leading plus are refused), or returns nil.
    init?(_ text: String) {
        var rest = text.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        let whole = Self.readDigits(&rest)
        guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return nil }
        var fraction: [UInt8] = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = Self.readDigits(&rest)
            if fraction.isEmpty { return nil }
        }
        guard let power = Self.readExponent(&rest), rest.isEmpty else { return nil }
        var digits = whole + fraction
        var exponent = power - fraction.count
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        self.digits = Array(digits.drop { $0 == UInt8(ascii: "0") })
        self.exponent = self.digits.isEmpty ? 0 : exponent
        self.isNegative = isNegative && !self.digits.isEmpty
    }

    /// The shortest common notation: plain from 1e-6 up to below 1e21, else with an exponent, as ECMAScript writes numbers.
    var shortest: String {
        if digits.isEmpty { return "0" }
        let sign = isNegative ? "-" : ""
        let point = digits.count + exponent
        let text = String(decoding: digits, as: UTF8.self)
        if exponent >= 0, point <= 21 { return sign + text + String(repeating: "0", count: exponent) }
        if point > 0, point <= 21 { return sign + text.prefix(point) + "." + text.dropFirst(point) }
        if point > -6, point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + text }
        let mantissa = digits.count == 1 ? text : text.prefix(1) + "." + text.dropFirst(1)
        return "\(sign)\(mantissa)e\(point > 0 ? "+" : "-")\((point - 1).magnitude)"
    }

    private static func readDigits(_ rest: inout Substring.UTF8View) -> [UInt8] {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest[digits.endIndex...]
        return Array(digits)
    }

    /// The power of ten, 0 without one, nil for a bad one or one of more than nine digits.
    private static func readExponent(_ rest: inout Substring.UTF8View) -> Int? {
        guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return 0 }
        rest.removeFirst()
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let digits = readDigits(&rest)
        guard (1...9).contains(digits.count) else { return nil }
        let power = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return isNegative ? -power : power
    }
}

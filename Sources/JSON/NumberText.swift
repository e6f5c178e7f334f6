/// The shortest decimal text of a double, as RFC 8785 (and so ECMAScript) writes numbers.
///
/// `1` for 1.0, `0.1`, `1e+21`, `1e-7`, `0` for minus zero. Reading it gives the same double again.
package enum NumberText {
    /// The text of a finite double; `null` for any other, which JSON cannot say.
    package static func shortest(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if let whole = Int64(exactly: value), whole.magnitude <= 1 << 53 { return whole.description }
        let (digits, exponent) = decimal(value.magnitude)
        return (value < 0 ? "-" : "") + layout(digits, exponent: exponent)
    }

    /// Appends the text of a double to a document.
    static func append(_ value: Double, to bytes: inout [UInt8]) {
        // Where Swift and ECMAScript both write a plain decimal it is the same one, but for the end of whole numbers.
        guard value.magnitude >= 1e-4, value.magnitude < 1e15 else {
            return bytes.append(contentsOf: shortest(value).utf8)
        }
        bytes.append(contentsOf: value.description.utf8)
        if bytes.last == UInt8(ascii: "0"), bytes[bytes.count - 2] == UInt8(ascii: ".") { bytes.removeLast(2) }
    }

    /// Shortest digits without zeros at either end, and the power of ten that the point before them stands for.
    private static func decimal(_ value: Double) -> (digits: [UInt8], exponent: Int) {
        var digits: [UInt8] = []
        var exponent = 0
        var fraction = false
        var text = value.description.utf8[...]
        while let byte = text.popFirst() {
            switch byte {
            case UInt8(ascii: "."): fraction = true
            case UInt8(ascii: "e"): exponent += Int(Substring(text)) ?? 0; text = text[text.endIndex...]
            case UInt8(ascii: "0") where digits.isEmpty: exponent -= fraction ? 1 : 0
            default:
                digits.append(byte)
                exponent += fraction ? 0 : 1
            }
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, exponent)
    }

    /// Point or exponent by the thresholds of ECMAScript's `Number::toString`.
    private static func layout(_ digits: [UInt8], exponent: Int) -> String {
        let count = digits.count
        func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }
        if count <= exponent, exponent <= 21 {
            return text(digits) + String(repeating: "0", count: exponent - count)
        }
        if 0 < exponent, exponent <= 21 { return text(digits[..<exponent]) + "." + text(digits[exponent...]) }
        if -6 < exponent, exponent <= 0 { return "0." + String(repeating: "0", count: -exponent) + text(digits) }
        let power = exponent - 1
        let mantissa = count == 1 ? text(digits) : text(digits[..<1]) + "." + text(digits[1...])
        return mantissa + "e" + (power < 0 ? "-" : "+") + String(power.magnitude)
    }
}

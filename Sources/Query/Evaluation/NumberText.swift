/// Numbers as Go prints them, which is how Prometheus's API and templates show values.
package enum NumberText {
    /// Go's `%v` and `%g`: the shortest digits that read back as the same number, with an exponent below 1e-4 and
    /// from a million on.
    package static func general(_ value: Double) -> String {
        if let special = special(value) { return special }
        let (digits, exponent) = digits(of: value.magnitude)
        let isScientific = exponent < -4 || exponent >= 6
        return sign(value) + (isScientific ? scientific(digits, exponent) : positional(digits, exponent))
    }

    /// Go's `%f` with the shortest digits: never an exponent, as in the values of Prometheus's HTTP API.
    package static func positional(_ value: Double) -> String {
        if let special = special(value) { return special }
        let (digits, exponent) = digits(of: value.magnitude)
        return sign(value) + positional(digits, exponent)
    }

    /// Go's `%e` with the shortest digits: always an exponent, as in the alerts of Prometheus's HTTP API.
    package static func scientific(_ value: Double) -> String {
        if value == 0 { return sign(value) + "0e+00" }
        if let special = special(value) { return special }
        let (digits, exponent) = digits(of: value.magnitude)
        return sign(value) + scientific(digits, exponent)
    }

    private static func sign(_ value: Double) -> String {
        value.sign == .minus ? "-" : ""
    }

    /// The text of a value without digits of its own, and of zero.
    private static func special(_ value: Double) -> String? {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == 0 ? sign(value) + "0" : nil
    }

    /// The shortest significant digits and the exponent of the first, from the description, which has both.
    private static func digits(of magnitude: Double) -> (digits: [UInt8], exponent: Int) {
        let parts = magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = Array(mantissa[0].utf8)
        let fraction = mantissa.count > 1 ? Array(mantissa[1].utf8) : []
        var exponent = whole.count - 1 + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        var digits = (whole + fraction)[...]
        while digits.count > 1, digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (Array(digits), exponent)
    }

    private static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
        var bytes = [digits[0]]
        if digits.count > 1 { bytes += [UInt8(ascii: ".")] + digits[1...] }
        let magnitude = exponent.magnitude
        let sign = exponent < 0 ? "-" : "+"
        return String(decoding: bytes, as: UTF8.self) + "e" + sign + (magnitude < 10 ? "0" : "") + "\(magnitude)"
    }

    private static func positional(_ digits: [UInt8], _ exponent: Int) -> String {
        let zero = UInt8(ascii: "0")
        if exponent < 0 {
            let zeros = [UInt8](repeating: zero, count: -exponent - 1)
            return "0." + String(decoding: zeros + digits, as: UTF8.self)
        }
        let missing = [UInt8](repeating: zero, count: max(0, exponent + 1 - digits.count))
        let whole = digits.prefix(exponent + 1) + missing
        let fraction = digits.dropFirst(exponent + 1)
        let text = String(decoding: whole, as: UTF8.self)
        return fraction.isEmpty ? text : text + "." + String(decoding: fraction, as: UTF8.self)
    }
}

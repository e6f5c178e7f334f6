/// What a text says as a decimal number: `12`, `-0.5`, `.5`, `1.`, `+1e-3`; never `nan`, `inf`, hexadecimal or with
/// spaces.
enum DecimalNumber: Equatable {
    /// No decimal number.
    case none

    /// A number outside the range of a double.
    case huge

    /// The nearest double; `isInexactInteger` where the text is an integer that no double is equal to.
    case value(Double, isInexactInteger: Bool)

    /// The finite double, nil for anything else.
    var double: Double? {
        guard case .value(let value, _) = self else { return nil }
        return value
    }

    /// Reads all of the bytes.
    ///
    /// Up to 2^53 times or divided by a power of ten up to 10^22 is exact in one operation (Clinger, 1990); the rest is
    /// left to the standard library.
    static func read(_ bytes: Span<UInt8>) -> DecimalNumber {
        guard let parts = parts(bytes) else { return .none }
        if parts.significantDigits <= 19, parts.mantissa <= 1 << 53, (-22...22).contains(parts.exponent) {
            let mantissa = Double(parts.mantissa)
            let power = powersOfTen[Int(parts.exponent.magnitude)]
            let value = parts.exponent < 0 ? mantissa / power : mantissa * power
            return .value(parts.isNegative ? -value : value, isInexactInteger: false)
        }
        return slow(bytes, isInteger: parts.isInteger)
    }

    private struct Parts {
        var isNegative = false
        var isInteger = true
        var mantissa: UInt64 = 0
        var significantDigits = 0
        var exponent = 0
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]

    private static func parts(_ bytes: Span<UInt8>) -> Parts? {
        var parts = Parts()
        var place = 0
        if place < bytes.count, bytes[place] == 0x2D || bytes[place] == 0x2B {
            parts.isNegative = bytes[place] == 0x2D
            place += 1
        }
        let start = place
        readDigits(bytes, &place, &parts)
        var digits = place - start
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            parts.isInteger = false
            place += 1
            let fraction = place
            readDigits(bytes, &place, &parts)
            digits += place - fraction
            parts.exponent -= place - fraction
        }
        guard digits > 0 else { return nil }
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            parts.isInteger = false
            place += 1
            guard let power = power(bytes, &place) else { return nil }
            parts.exponent += power
        }
        return place == bytes.count ? parts : nil
    }

    private static func readDigits(_ bytes: Span<UInt8>, _ place: inout Int, _ parts: inout Parts) {
        while place < bytes.count {
            let digit = bytes[place] &- 0x30
            if digit > 9 { return }
            // Beyond 19 digits the mantissa is not used.
            parts.mantissa = parts.mantissa &* 10 &+ UInt64(digit)
            if parts.mantissa != 0 { parts.significantDigits += 1 }
            place += 1
        }
    }

    private static func power(_ bytes: Span<UInt8>, _ place: inout Int) -> Int? {
        var isNegative = false
        if place < bytes.count, bytes[place] == 0x2D || bytes[place] == 0x2B {
            isNegative = bytes[place] == 0x2D
            place += 1
        }
        var power = 0
        let start = place
        while place < bytes.count {
            let digit = bytes[place] &- 0x30
            if digit > 9 { break }
            // Far beyond every double, and not to overflow on thousands of digits.
            power = min(power * 10 + Int(digit), 1_000_000)
            place += 1
        }
        return place == start ? nil : isNegative ? -power : power
    }

    private static func slow(_ bytes: Span<UInt8>, isInteger: Bool) -> DecimalNumber {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 1)
        for place in bytes.indices { text.append(bytes[place]) }
        guard let value = Double(String(decoding: text, as: UTF8.self)) else { return .none }
        guard value.isFinite else { return .huge }
        return .value(value, isInexactInteger: isInteger && !isEqual(value, toInteger: text))
    }

    /// Whether a double is the very integer that the digits name; beyond 64 bits it is taken not to be.
    private static func isEqual(_ value: Double, toInteger text: [UInt8]) -> Bool {
        guard let integer = Int64(String(decoding: text, as: UTF8.self)) else { return false }
        return Int64(exactly: value) == integer
    }
}

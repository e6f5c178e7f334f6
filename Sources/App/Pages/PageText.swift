import Monitoring

/// Numbers, times and addresses as pages write them.
enum PageText {
    /// What stands where there is no value.
    static let nothing = "\u{2013}"

    /// A number with four significant digits.
    static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return nothing }
        guard value != 0 else { return "0" }
        var (exponent, mantissa) = (0, value.magnitude)
        while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        guard (-5...8).contains(exponent) else {
            let sign = value < 0 ? "-" : ""
            return "\(sign)\(plain((mantissa * 1000).rounded() / 1000))e\(exponent)"
        }
        let scale = (0..<max(3 - exponent, 0)).reduce(1.0) { scale, _ in scale * 10 }
        return plain((value * scale).rounded() / scale)
    }

    private static func plain(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A share as a percentage.
    static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return nothing }
        let share = Double(part) / Double(whole) * 100
        return plain((share * 10).rounded() / 10) + " %"
    }

    /// A time, which people and programs can read; an en dash for none.
    static func time(_ time: Time?) -> Markup {
        guard let time else { return "–" }
        let text = time.rfc3339
        let shown = String(text.prefix { $0 != "." && $0 != "Z" }).replacing("T", with: " ")
        return "<time datetime=\"\(text)\">\(shown)</time>"
    }

    /// A text as it stands in an address: all but letters, digits and `-_.~` as percent and two digits.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}

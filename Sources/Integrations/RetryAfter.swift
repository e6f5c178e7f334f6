package import Monitoring

/// The `Retry-After` header (RFC 9110, section 10.2.3): seconds, or a date.
package enum RetryAfter {
    /// How long the header asks to wait from `now` on, at least 0; nil where it cannot be read.
    package static func delay(_ header: String, now: Time) -> PrometheusDuration? {
        let text = header.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return PrometheusDuration(microseconds: (Int64(text.prefix(9)) ?? 0) * 1_000_000)
        }
        return date(text).map { max($0 - now, .zero) }
    }

    /// Reads the preferred form of a date, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Time? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[0].hasSuffix(","), words[5] == "GMT",
            let month = months.firstIndex(of: String(words[2]))
        else { return nil }
        let number = month + 1
        let twoDigits = number < 10 ? "0\(number)" : "\(number)"
        return Time(rfc3339: "\(words[3])-\(twoDigits)-\(words[1])T\(words[4])Z")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

internal import Monitoring

/// Dates in e-mails (RFC 5322, section 3.3), such as `Fri, 20 Nov 2026 23:08:59 +0000`.
enum MailDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The text of a time, in whole seconds.
    static func text(of time: Time) -> String {
        let second = PrometheusDuration(microseconds: 1_000_000)
        let whole = time.floor(toMultipleOf: second)
        // `1997-02-08T00:00:00Z`
        let text = Array(whole.rfc3339.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        let daysSince1970 = (whole.microseconds / 86_400_000_000) % 7
        let day = days[Int((daysSince1970 + 7) % 7)]
        let month = months[(Int(part(5..<7)) ?? 1) - 1]
        return "\(day), \(part(8..<10)) \(month) \(part(0..<4)) \(part(11..<19)) +0000"
    }
}

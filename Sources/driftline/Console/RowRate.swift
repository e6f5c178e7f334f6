/// Rows by time, for people: `12,345 rows/s`.
struct RowRate: CustomStringConvertible {
    let description: String

    /// The rate of some rows in some time; rates of less than a thousandth of a second are left out.
    init(rows: Int, elapsed: Duration) {
        let seconds = elapsed.seconds
        let rate = seconds > 0.001 ? (Double(rows) / seconds).rounded() : 0
        description = "\((Int(exactly: min(rate, 1e15)) ?? 0).grouped) rows/s"
    }
}

extension Duration {
    /// The length in seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }

    /// The length for people, such as `0.8 s`, `41 s` or `12 min 5 s`.
    var forPeople: String {
        let tenths = max(0, components.seconds) * 10 + components.attoseconds / 100_000_000_000_000_000
        if tenths < 100 { return "\(tenths / 10).\(tenths % 10) s" }
        let whole = tenths / 10
        if whole < 120 { return "\(whole) s" }
        return "\(whole / 60) min" + (whole % 60 == 0 ? "" : " \(whole % 60) s")
    }
}

extension Int {
    /// The number with a comma between thousands.
    var grouped: String {
        var text = ""
        for (place, digit) in String(magnitude).reversed().enumerated() {
            if place > 0, place % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (self < 0 ? "-" : "") + String(text.reversed())
    }
}

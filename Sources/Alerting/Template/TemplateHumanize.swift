import Monitoring
import Query

/// Prometheus's functions that write numbers for people.
enum TemplateHumanize {
    /// The number as the function writes it; fails for texts that are no numbers and times out of range.
    static func text(_ function: TemplateFunction, _ value: TemplateValue) throws(TemplateFailure) -> String {
        let number = try number(value)
        switch function {
        case .humanizePercentage: return general(number * 100) + "%"
        case .humanize1024: return binary(number)
        case .humanizeDuration: return duration(number)
        case .humanizeTimestamp: return try timestamp(number)
        default: return decimal(number)
        }
    }

    private static func number(_ value: TemplateValue) throws(TemplateFailure) -> Double {
        switch value {
        case .number(let number): return number
        case .integer(let number): return Double(number)
        default:
            guard let number = Double(value.printed) else {
                throw TemplateFailure(message: "\(value.printed.quoted) is not a number")
            }
            return number
        }
    }

    /// Go's `%.4g`.
    private static func general(_ number: Double) -> String {
        if number.isNaN || number.isInfinite { return NumberText.general(number) }
        return TemplateDigits.general(number, precision: 4)
    }

    private static func decimal(_ number: Double) -> String {
        if number == 0 || number.isNaN || number.isInfinite { return general(number) }
        if number.magnitude < 1 { return small(number) }
        return large(number, step: 1000, prefixes: ["k", "M", "G", "T", "P", "E", "Z", "Y"])
    }

    private static func binary(_ number: Double) -> String {
        if number.magnitude <= 1 || number.isNaN || number.isInfinite { return general(number) }
        return large(number, step: 1024, prefixes: ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"])
    }

    private static func large(_ number: Double, step: Double, prefixes: [String]) -> String {
        var rest = number
        var prefix = ""
        for next in prefixes where rest.magnitude >= step {
            prefix = next
            rest /= step
        }
        return general(rest) + prefix
    }

    private static func small(_ number: Double) -> String {
        var rest = number
        var prefix = ""
        for next in ["m", "u", "n", "p", "f", "a", "z", "y"] where rest.magnitude < 1 {
            prefix = next
            rest *= 1000
        }
        return general(rest) + prefix
    }

    private static func duration(_ number: Double) -> String {
        if number.isNaN || number.isInfinite { return general(number) }
        if number == 0 { return general(number) + "s" }
        if number.magnitude < 1 { return small(number) + "s" }
        let sign = number < 0 ? "-" : ""
        // Beyond 64 bits Go's conversion gives the least integer; such a text serves nobody.
        guard number.magnitude < 0x1p63 else { return general(number) + "s" }
        let seconds = Int64(number.magnitude)
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60)
        if days != 0 { return "\(sign)\(days)d \(hours)h \(minutes)m \(seconds % 60)s" }
        if hours != 0 { return "\(sign)\(hours)h \(minutes)m \(seconds % 60)s" }
        if minutes != 0 { return "\(sign)\(minutes)m \(seconds % 60)s" }
        return sign + general(number.magnitude) + "s"
    }

    /// Go's form of a time in UTC, `2015-08-14 22:32:33.17 +0000 UTC`, cut off below milliseconds.
    private static func timestamp(_ number: Double) throws(TemplateFailure) -> String {
        if number.isNaN || number.isInfinite { return general(number) }
        let nanoseconds = number * 1e9
        guard nanoseconds.magnitude < 0x1p63 else {
            throw TemplateFailure(
                message:
                    "\(NumberText.general(number)) cannot be represented as a nanoseconds timestamp"
                    + " since it overflows int64"
            )
        }
        let milliseconds = Int64(nanoseconds) / 1_000_000
        let text = Time(microseconds: milliseconds * 1000).rfc3339
        return text.dropLast().split(separator: "T").joined(separator: " ") + " +0000 UTC"
    }
}

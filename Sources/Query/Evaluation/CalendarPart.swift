import Monitoring

/// Parts of calendar dates in UTC, from seconds since 1970.
enum CalendarPart {
    /// The part that a function of the language names; NaN of a value that is no time within ten thousand years.
    static func value(_ function: QueryFunction, ofSeconds seconds: Double) -> Double {
        guard seconds.magnitude < 3e11 else { return .nan }
        let whole = Int64(seconds.rounded(.towardZero))
        let days = (whole - (whole % 86_400 + 86_400) % 86_400) / 86_400
        let ofDay = whole - days * 86_400
        let date = CivilDate(daysSinceEpoch: days)
        return switch function {
        case .hour: Double(ofDay / 3600)
        case .minute: Double(ofDay % 3600 / 60)
        case .dayOfWeek: Double(date.weekday)
        case .dayOfMonth: Double(date.day)
        case .month: Double(date.month)
        case .year: Double(date.year)
        default: Double(date.daysInMonth)
        }
    }
}

extension Time {
    /// Seconds since 1970.
    var epochSeconds: Double { Double(microseconds) / 1_000_000 }
}

import Monitoring

/// Parts of calendar dates in UTC, from seconds since 1970.
enum CalendarPart {
    /// The part that a function of the language names; NaN of a value that is no time within ten thousand years.
    static func value(_ function: QueryFunction, ofSeconds seconds: Double) -> Double {
        guard seconds.magnitude < 3e11 else { return .nan }
        let whole = Int64(seconds.rounded(.towardZero))
        let days = (whole - (whole % 86_400 + 86_400) % 86_400) / 86_400
        let ofDay = whole - days * 86_400
        let date = date(ofDay: days)
        return switch function {
        case .hour: Double(ofDay / 3600)
        case .minute: Double(ofDay % 3600 / 60)
        case .dayOfWeek: Double(((days + 4) % 7 + 7) % 7)
        case .dayOfMonth: Double(date.day)
        case .month: Double(date.month)
        case .year: Double(date.year)
        default: Double(daysInMonth(date.month, year: date.year))
        }
    }

    /// The Gregorian date of a day counted from 1970-01-01 (Hinnant, chrono-compatible date algorithms).
    private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * ofYear + 2) / 153
        let civil = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civil <= 2 ? 1 : 0), civil, ofYear - (153 * month + 2) / 5 + 1)
    }

    private static func daysInMonth(_ month: Int64, year: Int64) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}

extension Time {
    /// Seconds since 1970.
    var epochSeconds: Double { Double(microseconds) / 1_000_000 }
}

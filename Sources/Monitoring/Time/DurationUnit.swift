/// The units of Prometheus durations, from great to small.
enum DurationUnit: String, CaseIterable {
    case years = "y"
    case weeks = "w"
    case days = "d"
    case hours = "h"
    case minutes = "m"
    case seconds = "s"
    case milliseconds = "ms"

    /// The length of one; a year has 365 days.
    var microseconds: Int64 {
        switch self {
        case .years: 31_536_000_000_000
        case .weeks: 604_800_000_000
        case .days: 86_400_000_000
        case .hours: 3_600_000_000
        case .minutes: 60_000_000
        case .seconds: 1_000_000
        case .milliseconds: 1000
        }
    }

    /// Whether the canonical text names the unit only where nothing remains below it, as Prometheus does.
    var isExactOnly: Bool {
        switch self {
        case .years, .weeks, .days: true
        case .hours, .minutes, .seconds, .milliseconds: false
        }
    }
}

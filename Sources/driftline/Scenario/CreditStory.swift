#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What happens in the demo: when the inputs drift, break and grow, and when the world stops being what the model learned.
struct CreditStory {
    /// From this day on incomes rise.
    static let incomeDrift = 8.0
    /// On this day the upstream bug begins.
    static let outage = 14.0
    /// How long the bug lasts, in days.
    static let outageLength = 0.75
    /// From this day on other people default than before.
    static let conceptDrift = 18.0
    /// On this day a category appears that the reference does not know.
    static let newChannel = 21.0

    /// How much higher incomes are than in the reference: 1.2 % more each day.
    func incomeFactor(on day: Double) -> Double {
        1 + 0.012 * max(0, day - Self.incomeDrift)
    }

    /// Whether the bug upstream sends `utilisation` as null.
    func isUtilisationLost(on day: Double) -> Bool {
        day >= Self.outage && day < Self.outage + Self.outageLength
    }

    /// The ways in which applications come.
    func channels(on day: Double) -> [(text: String, weight: Double)] {
        let known: [(text: String, weight: Double)] = [("web", 42), ("mobile", 31), ("branch", 17), ("broker", 10)]
        return day < Self.newChannel ? known : known + [("partner_api", 14)]
    }

    /// The probability that an applicant does not pay back.
    ///
    /// From `conceptDrift` on, within three days, income and utilisation lose most of their meaning, large loans fail more often and
    /// long employment no longer protects.
    func defaultProbability(of applicant: Applicant, on day: Double) -> Double {
        let usual = Self.usualRisk(applicant, utilisation: applicant.utilisation)
        let changed =
            -0.9 - 0.25 * applicant.relativeIncome + 1.1 * applicant.relativeLoan
            + 0.45 * applicant.relativeEmployment
            + 0.1 * Applicant.relativeUtilisation(applicant.utilisation)
        let share = min(1, max(0, (day - Self.conceptDrift) / 3))
        return Self.logistic((1 - share) * usual + share * changed)
    }

    /// The score that the model gives, rounded to four decimals: right about the world before `conceptDrift`.
    func score(of applicant: Applicant, utilisation: Double?) -> Double {
        (Self.logistic(Self.usualRisk(applicant, utilisation: utilisation)) * 10_000).rounded() / 10_000
    }

    /// How many applications are expected in an hour since the start, against the mean of all hours.
    ///
    /// The start is the first hour of a Thursday.
    func traffic(inHour hour: Int) -> Double {
        let ofDay = 1 + 0.75 * cos(2 * Double.pi * Double(hour % 24 - 14) / 24)
        let week = [1.15, 1.15, 0.75, 0.5, 1.15, 1.15, 1.15]
        return ofDay * week[hour / 24 % 7]
    }

    private static func usualRisk(_ applicant: Applicant, utilisation: Double?) -> Double {
        let purposes = ["small_business": 0.6, "education": 0.1, "home": -0.4]
        let numbers =
            -1.5 - 1.0 * applicant.relativeIncome + 1.2 * Applicant.relativeUtilisation(utilisation)
            + 0.6 * applicant.relativeLoan - 0.5 * applicant.relativeEmployment
            - 0.015 * Double(applicant.age - 42) + 0.08 * Double(applicant.accounts - 4)
        return numbers + (purposes[applicant.purpose] ?? 0) + (applicant.channel == "broker" ? 0.3 : 0)
    }

    private static func logistic(_ value: Double) -> Double {
        1 / (1 + exp(-value))
    }
}

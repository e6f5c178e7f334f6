#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Somebody who asks for a loan: what is true of them, whatever the model gets to see.
struct Applicant {
    /// Years.
    let age: Int
    /// Income of a year.
    let income: Double
    /// Share of the credit lines in use, 0 to 1.
    let utilisation: Double
    /// What they ask for, in steps of 50.
    let loanAmount: Double
    /// Months with the present employer.
    let monthsEmployed: Int
    /// Open accounts.
    let accounts: Int
    let purpose: String
    let region: String
    let channel: String

    /// Draws an applicant of a day; days before 0 belong to the reference.
    init(on day: Double, of story: CreditStory, from random: inout SplitMix64) {
        age = Int(min(88, max(18, (42 + 13 * random.normal()).rounded())))
        let wealth = random.normal()
        income = max(6000, (42_000 * exp(0.45 * wealth) * story.incomeFactor(on: day) / 10).rounded() * 10)
        utilisation = (1000 / (1 + exp(0.35 - 1.1 * random.normal()))).rounded() / 1000
        loanAmount = max(500, (9000 * exp(0.5 * random.normal() + 0.2 * wealth) / 50).rounded() * 50)
        monthsEmployed = min(Int(min(480, random.exponential(mean: 60))), (age - 17) * 12)
        accounts = min(20, random.poisson(mean: 4))
        purpose = random.pick(Self.purposes)
        region = random.pick(Self.regions)
        channel = random.pick(story.channels(on: day))
    }

    private static let purposes: [(text: String, weight: Double)] = [
        ("debt_consolidation", 38), ("car", 24), ("home", 19), ("education", 11), ("small_business", 8),
    ]

    private static let regions: [(text: String, weight: Double)] = [
        ("north", 22), ("south", 27), ("east", 18), ("west", 21), ("centre", 12),
    ]

    /// Income against the usual one, in standard deviations of its logarithm.
    var relativeIncome: Double { log(income / 42_000) / 0.45 }

    /// Loan against the usual one, in standard deviations of its logarithm.
    var relativeLoan: Double { log(loanAmount / 9000) / 0.55 }

    /// Time with the employer on a scale on which 60 months are 0.
    var relativeEmployment: Double { log(Double(monthsEmployed + 6) / 48) }

    /// A utilisation on the scale of its own logistic distribution, 0 for a missing one, as the model fills it in.
    static func relativeUtilisation(_ utilisation: Double?) -> Double {
        guard let utilisation else { return 0 }
        let held = min(0.999, max(0.001, utilisation))
        return (log(held / (1 - held)) + 0.35) / 1.1
    }
}

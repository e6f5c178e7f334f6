/// One application as the model saw it, with its outcome.
struct LoanApplication {
    private let applicant: Applicant
    private let utilisation: Double?
    private let monthsEmployed: Int?
    private let score: Double

    /// Whether the loan was not paid back.
    let isDefault: Bool

    /// Draws an application of a day; days before 0 belong to the reference.
    init(on day: Double, of story: CreditStory, from random: inout SplitMix64) {
        applicant = Applicant(on: day, of: story, from: &random)
        let isUtilisationMissing = random.uniform() < 0.015
        monthsEmployed = random.uniform() < 0.03 ? nil : applicant.monthsEmployed
        utilisation = isUtilisationMissing || story.isUtilisationLost(on: day) ? nil : applicant.utilisation
        score = story.score(of: applicant, utilisation: utilisation)
        isDefault = random.uniform() < story.defaultProbability(of: applicant, on: day)
    }

    /// The features in the order of the CSV files, with their descriptions for the schema.
    static let features: [(name: String, declaration: String)] = [
        ("age", #"{"type": "numeric", "min": 18, "max": 100}"#),
        ("income", #"{"type": "numeric", "min": 0}"#),
        ("utilisation", #"{"type": "numeric", "min": 0, "max": 1}"#),
        ("loan_amount", #"{"type": "numeric", "min": 0}"#),
        ("months_employed", #"{"type": "numeric", "min": 0, "max": 720}"#),
        ("num_accounts", #"{"type": "numeric", "min": 0, "max": 100}"#),
        ("purpose", #"{"type": "categorical"}"#),
        ("region", #"{"type": "categorical"}"#),
        ("channel", #"{"type": "categorical"}"#),
    ]

    /// Features, score and prediction as fields of CSV.
    var fields: String {
        let prediction = score >= 0.5 ? 1 : 0
        let numbers = [
            "\(applicant.age)", DecimalField.text(applicant.income, digits: 0),
            utilisation.map { DecimalField.text($0, digits: 3) } ?? "",
            DecimalField.text(applicant.loanAmount, digits: 0),
            monthsEmployed.map { "\($0)" } ?? "", "\(applicant.accounts)",
        ]
        let outputs = [DecimalField.text(score, digits: 4), "\(prediction)"]
        return (numbers + [applicant.purpose, applicant.region, applicant.channel] + outputs).joined(separator: ",")
    }
}

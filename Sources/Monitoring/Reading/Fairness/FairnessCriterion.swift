import Statistics

/// What groups of rows are compared by, as the interface and series name it.
package enum FairnessCriterion: String, CaseIterable, Sendable {
    /// The share of positive predictions.
    case demographicParity = "demographic_parity"
    /// The true positive rate.
    case equalOpportunity = "equal_opportunity"
    /// The wider of the gaps in true and in false positive rate.
    case equalisedOdds = "equalised_odds"
    /// The precision.
    case predictiveParity = "predictive_parity"
    /// The accuracy.
    case accuracyParity = "accuracy_parity"
    /// The mean of prediction minus actual, of a regression.
    case meanResidualParity = "mean_residual_parity"

    /// The rates that are compared; none for means.
    var rates: [FairnessRate] {
        switch self {
        case .demographicParity: [.selection]
        case .equalOpportunity: [.truePositive]
        case .equalisedOdds: [.truePositive, .falsePositive]
        case .predictiveParity: [.precision]
        case .accuracyParity: [.accuracy]
        case .meanResidualParity: []
        }
    }

    /// Those that a model of a task can be judged by, in the order in which they are told.
    package static func all(of task: ModelSchema.Task) -> [Self] {
        switch task {
        case .binary, .multiclass: allCases.filter { $0 != .meanResidualParity }
        case .regression: [.meanResidualParity]
        case .unlabelled: []
        }
    }
}

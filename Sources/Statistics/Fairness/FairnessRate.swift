/// The shares that fairness compares between groups.
package enum FairnessRate: String, Hashable, CaseIterable, Sendable {
    /// The share of rows for which the positive class is predicted.
    case selection = "selection_rate"
    /// The share of positive rows that are predicted so (recall).
    case truePositive = "true_positive_rate"
    /// The share of negative rows that are predicted positive.
    case falsePositive = "false_positive_rate"
    /// The share of positive rows among those predicted so (predictive value).
    case precision = "precision"
    /// The share of rows whose class was predicted rightly.
    case accuracy = "accuracy"
}

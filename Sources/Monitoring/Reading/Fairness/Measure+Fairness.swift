extension Measure {
    /// What groups are compared by; nil for a measure that compares no groups.
    package var fairness: FairnessCriterion? {
        switch self {
        case .fairnessDemographicParity, .fairnessDemographicParityPValue: .demographicParity
        case .fairnessEqualOpportunity, .fairnessEqualOpportunityPValue: .equalOpportunity
        case .fairnessEqualisedOdds, .fairnessEqualisedOddsPValue: .equalisedOdds
        case .fairnessPredictiveParity, .fairnessPredictiveParityPValue: .predictiveParity
        case .fairnessAccuracyParity, .fairnessAccuracyParityPValue: .accuracyParity
        case .fairnessMeanResidualParity: .meanResidualParity
        default: nil
        }
    }

    /// What a series of the measure tells of groups; nil where it compares none, or they cannot be compared.
    package func value(of reading: FairnessReading) -> Double? {
        guard let gap = fairness.flatMap(reading.gap) else { return nil }
        return unit == .probability ? gap.pValue : gap.difference
    }
}

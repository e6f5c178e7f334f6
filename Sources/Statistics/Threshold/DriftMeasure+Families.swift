extension DriftMeasure {
    /// Whether it compares distribution functions, rather than shares of bins or categories.
    package var isRanked: Bool {
        switch self {
        case .ks, .wasserstein, .energy, .cramerVonMises, .andersonDarling, .meanShift, .spreadShift: true
        default: false
        }
    }

    /// Whether it divides by what both sides hold of a category, so that a share that is taken for far smaller than it is weighs
    /// most.
    package var weighsRareCells: Bool { self == .chi2 || self == .cramersV }

    /// Whether no value can be greater than 1.
    var isAtMostOne: Bool {
        switch self {
        case .ks, .jsDistance, .hellinger, .totalVariation, .lInfinity, .cramersV: true
        default: false
        }
    }
}

extension DriftMeasure {
    /// Whether it compares distribution functions, rather than shares of bins or categories.
    package var isRanked: Bool {
        switch self {
        case .ks, .wasserstein, .energy, .cramerVonMises, .andersonDarling, .meanShift, .spreadShift: true
        default: false
        }
    }
}

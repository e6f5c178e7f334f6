import Statistics

extension CategoricalDrift {
    /// Why a measure has no value, of two sides that have values.
    func gap(_ measure: Measure) -> NullReason {
        switch measure {
        case .psi, .kl, .klReverse: .emptyBin
        default: .insufficient
        }
    }
}

import Statistics

extension NumericDrift {
    /// Why a measure has no value, of two sides that have values.
    func gap(_ measure: Measure, _ method: DriftMethod) -> NullReason {
        if method.peer != nil { return .notKept }
        let (before, after) = (reference.moments.std, window.moments.std)
        switch measure {
        case .wasserstein, .energy: return .tooLarge
        case .meanShift: return after != nil && before == 0 ? .oneValue : .tooLarge
        case .spreadShift: return before == nil || after == nil ? .tooLarge : .oneValue
        case .andersonDarling:
            let both = reference.extremes.merged(with: window.extremes)
            return both.minimum == both.maximum ? .oneValue : .insufficient
        case .psi, .kl, .klReverse: return .emptyBin
        default: return .insufficient
        }
    }
}

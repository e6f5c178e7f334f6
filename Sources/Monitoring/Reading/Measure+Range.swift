extension Measure {
    /// The values that the measure can take; ends that have no bound are infinite.
    package var range: ClosedRange<Double> {
        switch self {
        case .ks, .jsDistance, .hellinger, .totalVariation, .lInfinity, .cramersV, .calibrationError: 0...1
        case .brier: 0...2
        case .mcc, .kappa, .estimateError: -1...1
        case .r2: -.infinity...1
        case .psi, .kl, .klReverse, .energy, .cramerVonMises, .chi2, .g, .logLoss, .rmsle, .mape, .volumeExpected,
            .volumeRatio, .wasserstein, .std, .mae, .rmse, .pinball:
            0 ... .infinity
        default: rangeOfUnit
        }
    }

    private var rangeOfUnit: ClosedRange<Double> {
        switch unit {
        case .probability, .ratio: 0...1
        case .count, .seconds: 0 ... .infinity
        case .statistic, .same: -.infinity ... .infinity
        }
    }
}

/// The laws of all measures of ranks for one reference and one size of window.
///
/// All of them are functions of the gap between two distribution functions, simulated once for all of them: count by count
/// for small windows, else as a Brownian bridge over the reference's groups, whose scale is the root of `1/n + 1/m`.
package enum RankedLaws {
    /// The law without a simulation, where one is known.
    ///
    /// Of Kolmogorov and Smirnov, Cramer and von Mises, Anderson and Darling for columns without heavy ties; of the shift of the
    /// mean the normal one, and of that of the spread the normal one with the reference's kurtosis, where enough rows make it so.
    package static func closedForm(_ measure: DriftMeasure, _ ranks: ReferenceRanks, window size: Int) -> NullLaw? {
        let (n, m) = (Double(ranks.total), Double(size))
        let noise = 1 / n + 1 / m
        switch measure {
        case .ks where !ranks.isTied: return .kolmogorov(count: 1 / noise)
        case .cramerVonMises where !ranks.isTied: return .cramerVonMises(reference: n, window: m)
        case .andersonDarling where !ranks.isTied: return .andersonDarling
        case .meanShift where ranks.isRegular(window: size): return .normal(scale: noise.squareRoot())
        case .spreadShift:
            guard let kurtosis = ranks.kurtosis, kurtosis.value > 1,
                kurtosis.greatest <= ThresholdLimits.greatestFourth,
                (kurtosis.value - 1) <= ThresholdLimits.spreadNoise * min(n, m)
            else { return nil }
            // The logarithm of a variance is a little below that of the true one, and a little wider than its first term.
            let bias = (kurtosis.value + 1) / 4 * (1 / m - 1 / n)
            let variance = (kurtosis.value - 1) / 4 * (1 / max(n - 3, 1) + 1 / max(m - 3, 1))
            return .normal(scale: (variance + bias * bias).squareRoot())
        default: return nil
        }
    }

    /// Whether the measure has a law for windows of such a column only where ``closedForm(_:_:window:)`` knows it.
    package static func isClosedOnly(_ measure: DriftMeasure) -> Bool {
        switch measure {
        case .spreadShift: true
        default: false
        }
    }

    /// What names the simulations that a law comes from.
    package static func keys(_ ranks: ReferenceRanks, window size: Int) -> [NullLawKey] {
        guard !ranks.isRegular(window: size) else { return [NullLawKey(content: .ranks(ranks), window: nil)] }
        return ThresholdLimits.simulatedSizes(size, reference: ranks.total)
            .map { NullLawKey(content: .ranks(ranks), window: $0) }
    }
}

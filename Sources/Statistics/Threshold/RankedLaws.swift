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
        case .meanShift where ranks.counts.count > 1: return .normal(scale: noise.squareRoot())
        case .spreadShift:
            guard let kurtosis = ranks.kurtosis, kurtosis > 1,
                (kurtosis - 1) <= ThresholdLimits.spreadNoise * min(n, m)
            else { return nil }
            return .normal(scale: ((kurtosis - 1) / 4 * noise).squareRoot())
        default: return nil
        }
    }

    /// Whether the measure has a law for windows of such a column only where ``closedForm(_:_:window:)`` knows it.
    package static func isClosedOnly(_ measure: DriftMeasure) -> Bool {
        switch measure {
        case .cramerVonMises, .andersonDarling, .meanShift, .spreadShift: true
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

/// The laws of all measures of ranks for one reference and one size of window.
///
/// All of them are functions of the gap between two distribution functions, simulated once for all of them: count by count
/// for small windows, else as a Brownian bridge over the reference's groups, whose scale is the root of `1/n + 1/m`.
package enum RankedLaws {
    /// The law without a simulation, where one is known: of the Kolmogorov-Smirnov statistic of a column without heavy ties.
    package static func closedForm(_ measure: DriftMeasure, _ ranks: ReferenceRanks, window size: Int) -> NullLaw? {
        guard measure == .ks, !ranks.isTied else { return nil }
        let (n, m) = (Double(ranks.total), Double(size))
        return .kolmogorov(count: n * m / (n + m))
    }

    /// What names the simulations that a law comes from.
    package static func keys(_ ranks: ReferenceRanks, window size: Int) -> [NullLawKey] {
        guard !ranks.isRegular(window: size) else { return [NullLawKey(content: .ranks(ranks), window: nil)] }
        return ThresholdLimits.simulatedSizes(size, reference: ranks.total)
            .map { NullLawKey(content: .ranks(ranks), window: $0) }
    }
}

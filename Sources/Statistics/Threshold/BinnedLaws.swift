/// The laws of all measures of bins or categories for one reference and one size of window.
///
/// With enough expected rows in every bin, `1/n + 1/m` times chi-squared of one less degrees of freedom than bins, for
/// each divergence with its factor (Pardo, Statistical Inference Based on Divergence Measures, 2006, chapter 8), and a
/// simulated normal limit for the measures that are no divergence. Elsewhere windows are simulated count by count.
package enum BinnedLaws {
    /// The law without a simulation, where one is known.
    package static func closedForm(_ measure: DriftMeasure, _ bins: ReferenceBins, window size: Int) -> NullLaw? {
        guard bins.isRegular(window: size) else { return nil }
        let noise = 1 / Double(bins.total) + 1 / Double(size)
        let degrees = bins.occupied - 1
        func law(_ scale: Double, isRoot: Bool = false, offset: Double = 0) -> NullLaw {
            .chiSquared(scale: scale, degreesOfFreedom: degrees, isRoot: isRoot, offset: offset)
        }
        return switch measure {
        case .psi: law(noise, offset: withoutDifference(.psi, bins, window: size))
        case .kl, .klReverse: law(noise / 2, offset: withoutDifference(measure, bins, window: size))
        case .cramersV: .cramersV(law(1), columns: bins.occupied, total: Double(bins.total) + Double(size))
        case .jsDistance: law(noise / (8 * 0.693147180559945309), isRoot: true)
        case .hellinger: law(noise / 8, isRoot: true)
        case .chi2, .g: law(1)
        default: nil
        }
    }

    /// What bins that are empty on both sides add to a divergence: halves are different shares of sides of different sizes.
    private static func withoutDifference(_ measure: DriftMeasure, _ bins: ReferenceBins, window size: Int) -> Double {
        let (all, occupied) = (bins.counts.count, bins.occupied)
        guard bins.zeroPolicy == .half, all > occupied else { return 0 }
        // One bin holds everything and differs by what the halves take from it, which is small beside them.
        let pair = PairedCounts(
            reference: [bins.total] + Array(repeating: 0, count: all - occupied),
            window: [size] + Array(repeating: 0, count: all - occupied), halves: bins.halves)
        return value(measure, pair, .half) ?? 0
    }

    /// What names the simulations that a law comes from; equal keys give equal laws.
    package static func keys(_ bins: ReferenceBins, window size: Int) -> [NullLawKey] {
        guard !bins.isRegular(window: size) else { return [NullLawKey(content: .bins(bins), window: nil)] }
        return ThresholdLimits.simulatedSizes(size, reference: bins.total)
            .map { NullLawKey(content: .bins(bins), window: $0) }
    }

    /// The measures of simulated windows against the reference as it is.
    static func windows(_ bins: ReferenceBins, _ size: Int, _ numbers: SeededNumbers) -> [DriftMeasure: NullSample] {
        var draws = CellDraws(weights: bins.weights, numbers: numbers)
        var window = [Int](repeating: 0, count: draws.cells)
        let reference = bins.counts + Array(repeating: 0, count: draws.cells - bins.counts.count)
        var values: [DriftMeasure: [Double]] = [:]
        for _ in 0..<ThresholdLimits.draws(cells: draws.cells) {
            draws.draw(size, into: &window)
            let pair = pair(reference, window, of: bins)
            for measure in DriftMeasure.allCases {
                guard let value = value(measure, pair, bins.zeroPolicy) else { continue }
                values[measure, default: []].append(value)
            }
        }
        return values.reduce(into: [:]) { $0[$1.key] = NullSample($1.value, power: power($1.key)) }
    }

    /// Categories that neither side has do not exist; empty bins do.
    private static func pair(_ reference: [Int], _ window: [Int], of bins: ReferenceBins) -> PairedCounts {
        guard bins.isOpen else { return PairedCounts(reference: reference, window: window, halves: bins.halves) }
        let used = reference.indices.filter { reference[$0] > 0 || window[$0] > 0 }
        return PairedCounts(
            reference: used.map { reference[$0] }, window: used.map { window[$0] }, halves: bins.halves)
    }

    /// The measure of counts, as windows are answered with it.
    private static func value(_ measure: DriftMeasure, _ pair: PairedCounts, _ policy: ZeroPolicy) -> Double? {
        switch measure {
        case .psi: PopulationStability.value(of: pair, zeroPolicy: policy)
        case .kl: KullbackLeibler.value(of: pair, zeroPolicy: policy)
        case .klReverse: KullbackLeibler.value(of: pair, zeroPolicy: policy, isReversed: true)
        case .jsDistance: JensenShannon.distance(of: pair)
        case .hellinger: Hellinger.distance(of: pair)
        case .totalVariation: TotalVariation.distance(of: pair)
        case .chi2: ChiSquared(pair)?.statistic
        case .g: GTest(pair)?.statistic
        case .cramersV: CramersV.value(of: pair)
        case .lInfinity: LInfinity.distance(of: pair)
        default: nil
        }
    }

    /// The normal limit of the measures without a closed form, for `1/n + 1/m` = 1.
    static func limits(_ bins: ReferenceBins, _ numbers: SeededNumbers) -> [DriftMeasure: NullSample] {
        var numbers = numbers
        let total = Double(bins.total)
        let roots = bins.counts.map { (Double($0) / total).squareRoot() }
        var (sums, peaks): ([Double], [Double]) = ([], [])
        var normals = roots
        for _ in 0..<ThresholdLimits.draws(cells: roots.count) {
            var common = 0.0
            for bin in roots.indices {
                normals[bin] = numbers.normal()
                common += roots[bin] * normals[bin]
            }
            var (sum, peak) = (0.0, 0.0)
            for bin in roots.indices {
                let difference = (roots[bin] * (normals[bin] - roots[bin] * common)).magnitude
                sum += difference
                peak = max(peak, difference)
            }
            sums.append(sum / 2)
            peaks.append(peak)
        }
        return [.totalVariation: NullSample(sums, power: 2), .lInfinity: NullSample(peaks, power: 2)]
    }

    private static func power(_ measure: DriftMeasure) -> Double {
        switch measure {
        case .psi, .kl, .klReverse, .chi2, .g: 1
        default: 2
        }
    }
}

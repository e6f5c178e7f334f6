#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The law of a drift measure while nothing has changed: which value chance exceeds how rarely.
///
/// A value is drift at a level where it is strictly above ``critical(at:)``, which chance exceeds with at most that
/// probability. O(1) to O(log draws): a few microseconds.
package enum NullLaw: Hashable, Sendable {
    /// `scale` times a chi-squared variable above an offset, or the root of that, and the greatest value that the measure can
    /// take.
    case chiSquared(
        scale: Double, degreesOfFreedom: Int, isRoot: Bool, offset: Double = 0, greatest: Double = .infinity)

    /// The bias-corrected Cramer's V of a table of two rows and as many columns, with as many values in all, whose chi-squared
    /// statistic has such a law.
    indirect case cramersV(NullLaw, columns: Int, total: Double)

    /// The greatest difference of a share.
    case greatest(GreatestGap)

    /// The Kolmogorov-Smirnov statistic of so many values, continuous.
    case kolmogorov(count: Double)

    /// The magnitude of a normal variable with such a standard deviation.
    case normal(scale: Double)

    /// The statistic of Cramer and von Mises for samples of two sizes, continuous.
    case cramerVonMises(reference: Double, window: Double)

    /// The standardised statistic of Anderson and Darling, continuous.
    case andersonDarling

    /// Simulated values times a factor, and the greatest value that the measure can take, if there is one; of several
    /// simulations the one that allows chance the most.
    case sampled([NullSample], factor: Double, greatest: Double?)

    /// The least value such that without drift a greater one has at most this probability.
    ///
    /// Nil where no value that the measure can take is that rare: nothing could then be told at that level.
    package func critical(at level: Double) -> Double? {
        var quantiles = LevelQuantiles()
        return critical(at: level, quantiles: &quantiles)
    }

    /// The same with quantiles that other laws share.
    package func critical(at level: Double, quantiles: inout LevelQuantiles) -> Double? {
        guard level > 0, level < 1 else { return nil }
        switch self {
        case .chiSquared(let scale, let degrees, let isRoot, let offset, let greatest):
            guard degrees > 0, let quantile = quantiles.chiSquared(exceededBy: level, degreesOfFreedom: degrees)
            else { return nil }
            let reach = max(offset + scale * quantile, 0)
            let value = isRoot ? reach.squareRoot() : reach
            return value < greatest ? value : nil
        case .cramersV(let statistic, let columns, let total):
            guard columns > 1 else { return nil }
            return statistic.critical(at: level, quantiles: &quantiles)
                .map { Self.cramersV($0, columns: columns, total: total) }
        case .greatest(let gap): return gap.critical(at: level)
        case .kolmogorov(let count):
            let gap = Self.kolmogorov(level, count: count)
            return gap < 1 ? gap : nil
        case .normal(let scale):
            return quantiles.normal(exceededBy: level / 2).map { scale * $0 }
        case .cramerVonMises(let n, let m):
            return quantiles.bridge(exceededBy: level).flatMap { GapLimits.cramerVonMises($0, n, m) }
        case .andersonDarling: return GapLimits.andersonDarling(level)
        case .sampled(let samples, let factor, let greatest):
            var highest = 0.0
            for sample in samples {
                guard let value = sample.critical(at: level) else { return nil }
                highest = max(highest, value * factor)
            }
            return highest < greatest ?? .infinity ? highest : nil
        }
    }

    /// The probability of a value at least as great without drift, to the accuracy of the law.
    package func survival(_ value: Double) -> Double {
        guard value > 0 else { return 1 }
        switch self {
        case .chiSquared(let scale, let degrees, let isRoot, let offset, _):
            let reach = isRoot ? value * value : value
            return ChiSquaredDistribution.survival(max(reach - offset, 0) / scale, degreesOfFreedom: degrees)
        case .cramersV(let statistic, let columns, let total):
            let square = value * value * (1 - 1 / (total - 1)) + Double(columns - 1) / (total - 1)
            return statistic.survival(square * total)
        case .greatest(let gap): return gap.survival(value)
        case .kolmogorov(let count):
            let reach = value + 1 / (6 * count)
            return min(2 * exp(-2 * count * reach * reach), 1)
        case .normal(let scale): return 2 * NormalDistribution.survival(value / scale)
        case .cramerVonMises(let n, let m): return CramerVonMisesDistribution.pValue(value, n, m) ?? 1
        case .andersonDarling: return GapLimits.andersonDarlingSurvival(value)
        case .sampled(let samples, let factor, _):
            return samples.reduce(0) { max($0, $1.survival(value / factor)) }
        }
    }

    /// Twice Smirnov's one-sided tail with its first correction, `2 exp(-2 N (d + 1 / (6 N))^2)`, turned round.
    ///
    /// Against `scipy.stats.kstwo.isf` it is never too small; it is at most 0.5 % too large at 5 % and 4 % at 1e-6 for N = 20,
    /// 0.1 % and 0.7 % for N = 100.
    private static func kolmogorov(_ level: Double, count: Double) -> Double {
        (log(2 / level) / (2 * count)).squareRoot() - 1 / (6 * count)
    }

    private static func cramersV(_ statistic: Double, columns: Int, total: Double) -> Double {
        let excess = max(statistic / total - Double(columns - 1) / (total - 1), 0)
        return min((excess / (1 - 1 / (total - 1))).squareRoot(), 1)
    }
}

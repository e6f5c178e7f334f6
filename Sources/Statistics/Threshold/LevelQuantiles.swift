/// Quantiles that follow from a level alone, worked out once for all the laws of a window that need them.
///
/// Most columns of a window have laws of the same families, which differ by their scale only. O(families) to look one up.
package struct LevelQuantiles: Sendable {
    /// What a quantile is of.
    private enum Family: Hashable {
        case chiSquared(degreesOfFreedom: Int)
        case normal
        case bridge
    }

    private struct Known {
        let family: Family
        let level: Double
        let value: Double?
    }

    private var known: [Known] = []

    /// More are not kept, so that a look-up stays cheap.
    private static let most = 64

    /// Nothing worked out yet.
    package init() {}

    mutating func chiSquared(exceededBy level: Double, degreesOfFreedom: Int) -> Double? {
        value(.chiSquared(degreesOfFreedom: degreesOfFreedom), level) {
            ChiSquaredDistribution.quantile(exceededBy: level, degreesOfFreedom: degreesOfFreedom)
        }
    }

    mutating func normal(exceededBy level: Double) -> Double? {
        value(.normal, level) { NormalDistribution.quantile(exceededBy: level) }
    }

    /// Of the integral of a squared Brownian bridge.
    mutating func bridge(exceededBy level: Double) -> Double? {
        value(.bridge, level) { GapLimits.bridge(level) }
    }

    private mutating func value(_ family: Family, _ level: Double, _ make: () -> Double?) -> Double? {
        if let found = known.first(where: { $0.family == family && $0.level == level }) { return found.value }
        let value = make()
        if known.count < Self.most { known.append(Known(family: family, level: level, value: value)) }
        return value
    }
}

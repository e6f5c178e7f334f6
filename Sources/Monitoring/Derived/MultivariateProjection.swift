package import Statistics

/// What a reference froze of its numeric features together: their correlations, taken apart into components.
///
/// Every feature is standardised by the reference's mean and standard deviation, a null counting as the mean, and so does a
/// value outside of the range that was declared when the reference was frozen: it is counted in its own column, and would
/// otherwise be the whole of both numbers of its row. Categorical features are left out, and so is a numeric one that does not
/// vary in the reference. `reconstruction_error` is the length of
/// what the strongest components leave over, of which so many are kept that they explain more than 65 % of the variance and at
/// least one is not kept (PCA reconstruction as in NannyML). `mahalanobis` is the distance `sqrt(z' S^-1 z)` with
/// `S = (1 - shrinkage) R + shrinkage I` (Ledoit and Wolf, 2004), which exists for any reference.
package struct MultivariateProjection: Hashable, Sendable {
    /// The features, at most `mostFeatures`.
    package let features: [ByteText]

    /// Their means.
    package let means: [Double]

    /// What their distances from the mean are divided by; greater than 0.
    package let scales: [Double]

    /// The ranges that were declared for them; infinite where none was.
    package let ranges: [ClosedRange<Double>]

    /// The variances of the components, in descending order.
    package let variances: [Double]

    /// For every feature its weight in each component: `[feature x components + component]`.
    package let loadings: [Double]

    /// How many components are kept, at least one and not all.
    package let kept: Int

    /// How far correlations are drawn towards none, 0 to 1.
    package let shrinkage: Double

    private let lanes: [SIMD8<Double>]
    private let left: [SIMD8<Double>]
    private let inverse: [SIMD8<Double>]

    /// The most features that are looked at together, in the order of their positions.
    package static let mostFeatures = 256

    /// How many standard deviations a value may lie from the mean; one beyond counts as that.
    package static let mostDeviations = 1e6

    /// The least shrinkage, so that features which determine each other leave the distance finite.
    static let leastShrinkage = 1e-6

    /// From parts; nil if they do not fit together.
    init?(
        features: [ByteText], means: [Double], scales: [Double], ranges: [ClosedRange<Double>], variances: [Double],
        loadings: [Double], kept: Int, shrinkage: Double
    ) {
        let count = features.count
        guard (2...Self.mostFeatures).contains(count), means.count == count, scales.count == count,
            ranges.count == count, variances.count == count, loadings.count == count * count,
            (1..<count).contains(kept),
            (Self.leastShrinkage...1).contains(shrinkage), Set(features).count == count
        else { return nil }
        guard scales.allSatisfy({ $0 > 0 && $0.isFinite }), (means + loadings).allSatisfy(\.isFinite),
            variances.allSatisfy({ $0 >= 0 && $0.isFinite })
        else { return nil }
        self.features = features
        self.means = means
        self.scales = scales
        self.ranges = ranges
        self.variances = variances
        self.loadings = loadings
        self.kept = kept
        self.shrinkage = shrinkage
        lanes = (0..<count).flatMap { Self.lanes(loadings[$0 * count..<($0 + 1) * count]) }
        left = Self.lanes((0..<count).map { $0 < kept ? 0 : 1 }[...])
        inverse = Self.lanes(variances.map { 1 / ((1 - shrinkage) * $0 + shrinkage) }[...])
    }

    private static func lanes(_ values: ArraySlice<Double>) -> [SIMD8<Double>] {
        var lanes = Array(repeating: SIMD8<Double>(), count: (values.count + 7) / 8)
        for (index, value) in values.enumerated() { lanes[index / 8][index & 7] = value }
        return lanes
    }

    /// The columns of `Derivation.ofRow`; NaN for a row that has none of the features within its range.
    ///
    /// - Complexity: O(rows x features^2).
    func columns(of batch: PredictionBatch, _ layout: ColumnLayout) -> [[Double]] {
        var positions: [ColumnName: ColumnLayout.NumericSource] = [:]
        for column in layout.numeric { positions[column.name] = column.source }
        let values = features.map { name in positions[.feature(name)].map(batch.values) ?? [] }
        var (errors, distances) = ([Double](), [Double]())
        errors.reserveCapacity(batch.count)
        distances.reserveCapacity(batch.count)
        var components = [SIMD8<Double>](repeating: SIMD8(), count: left.count)
        for row in 0..<batch.count {
            guard project(values, row, into: &components) else {
                errors.append(.nan)
                distances.append(.nan)
                continue
            }
            var (error, distance) = (SIMD8<Double>(), SIMD8<Double>())
            for index in components.indices {
                let square = components[index] * components[index]
                error += square * left[index]
                distance += square * inverse[index]
            }
            errors.append(error.sum().squareRoot())
            distances.append(distance.sum().squareRoot())
        }
        return [errors, distances]
    }

    /// A value in standard deviations from its mean, within bounds.
    static func standardised(_ value: Double, mean: Double, scale: Double, limit: Double) -> Double {
        min(max((value - mean) / scale, -limit), limit)
    }

    /// The range of a feature for which none was declared.
    static let anywhere = -Double.infinity ... .infinity

    /// The components of a row; false where all its features are null or out of range. Feature after feature: the same bits
    /// everywhere.
    private func project(_ values: [[Double]], _ row: Int, into components: inout [SIMD8<Double>]) -> Bool {
        var isKnown = false
        var target = components.mutableSpan
        for index in target.indices { target[index] = SIMD8() }
        let source = lanes.span
        let width = left.count
        for feature in values.indices where row < values[feature].count {
            let value = values[feature][row]
            // Not for a null either, which is NaN.
            guard ranges[feature].contains(value) else { continue }
            isKnown = true
            let distance = Self.standardised(
                value, mean: means[feature], scale: scales[feature], limit: Self.mostDeviations)
            let start = feature * width
            for index in 0..<width { target[index] += source[start + index] * distance }
        }
        return isKnown
    }
}

import LinearAlgebra
import Statistics

extension MultivariateProjection {
    /// How much of the variance the kept components explain at least, as in NannyML.
    static let explained = 0.65

    /// What the numeric features of a reference's rows decide; nil where fewer than two of them vary.
    ///
    /// - Complexity: O(rows x features^2 + features^3).
    init?(fitting batch: PredictionBatch, features: [Feature]) {
        var columns: [Column] = []
        for feature in features.prefix(Self.mostFeatures) {
            let values: [Double] = batch.values(of: .feature(feature.position))
            if let column = Column(feature.name, values, range: feature.range, rows: batch.count) {
                columns.append(column)
            }
        }
        guard columns.count >= 2 else { return nil }
        var sums = CorrelationSums(count: columns.count)
        var row = [Double](repeating: 0, count: columns.count)
        for index in 0..<batch.count {
            for (place, column) in columns.enumerated() { row[place] = column.standardised(index) }
            sums.add(row)
        }
        let (matrix, fourthPower) = sums.means()
        let eigen: SymmetricEigen
        do {
            eigen = try SymmetricEigen(of: matrix, order: columns.count)
        } catch {
            // Not for a symmetric matrix of finite numbers, in practice; without it there is no such column.
            return nil
        }
        let count = columns.count
        let variances = eigen.values.reversed().map { max($0, 0) }
        // LAPACK gives vectors in ascending order; a component's weights become a column.
        let loadings = (0..<count * count).map { eigen.vectors[(count - 1 - $0 % count) * count + $0 / count] }
        self.init(
            features: columns.map(\.name), means: columns.map(\.mean), scales: columns.map(\.scale),
            ranges: columns.map(\.range), variances: variances, loadings: loadings, kept: Self.kept(of: variances),
            shrinkage: Self.shrinkage(of: matrix, fourthPower: fourthPower, rows: batch.count, count: count))
    }

    /// One feature of the reference.
    private struct Column {
        let name: ByteText
        /// NaN where they are null or out of range.
        let values: [Double]
        let range: ClosedRange<Double>
        let mean: Double
        let scale: Double

        /// Nil where the feature does not vary. The deviation is that of the column with its nulls replaced by the mean.
        init?(_ name: ByteText, _ all: [Double], range: ClosedRange<Double>?, rows: Int) {
            let values = range.map { range in all.map { range.contains($0) ? $0 : .nan } } ?? all
            let greatest = values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
            var moments = Moments(scale: FixedPointScale(largestMagnitude: greatest))
            for value in values where !value.isNaN { moments.fold(value) }
            guard rows > 0, let mean = moments.mean, let std = moments.std, std > 0 else { return nil }
            let scale = std * (Double(moments.count) / Double(rows)).squareRoot()
            guard scale > 0, scale.isFinite else { return nil }
            self.name = name
            self.values = values
            self.range = range ?? MultivariateProjection.anywhere
            self.mean = mean
            self.scale = scale
        }

        func standardised(_ row: Int) -> Double {
            guard row < values.count, !values[row].isNaN else { return 0 }
            return MultivariateProjection.standardised(
                values[row], mean: mean, scale: scale, limit: MultivariateProjection.mostDeviations)
        }
    }

    /// How many components explain more than the share that is asked for, but never all of them.
    private static func kept(of variances: [Double]) -> Int {
        let total = variances.reduce(0, +)
        var sum = 0.0
        for (index, variance) in variances.enumerated() {
            sum += variance
            if sum > explained * total { return min(index + 1, variances.count - 1) }
        }
        return variances.count - 1
    }

    /// The shrinkage of Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices" (2004).
    private static func shrinkage(of matrix: [Double], fourthPower: Double, rows: Int, count: Int) -> Double {
        let (order, size) = (Double(count), Double(rows))
        let squares = matrix.reduce(0) { $0 + $1 * $1 }
        let trace = (0..<count).reduce(0.0) { $0 + matrix[$1 * count + $1] }
        let target = trace / order
        let distance = (squares - 2 * target * trace + order * target * target) / order
        let noise = min((fourthPower - squares) / (order * size), distance)
        guard distance > 0, noise > 0 else { return leastShrinkage }
        return min(max(noise / distance, leastShrinkage), 1)
    }
}

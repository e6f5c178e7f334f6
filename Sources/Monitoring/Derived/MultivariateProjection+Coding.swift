import Statistics

extension MultivariateProjection {
    /// Whether any feature has a declared range, which older bytes do not tell.
    var hasRanges: Bool { ranges.contains { $0 != Self.anywhere } }

    /// Writes everything but the ranges.
    func write(to writer: inout SummaryWriter) {
        writer.write(varint: UInt64(features.count))
        for name in features { writer.write(text: name) }
        for part in [means, scales, variances, loadings] { writer.write(doubles: part) }
        writer.write(varint: UInt64(kept))
        writer.write(double: shrinkage)
    }

    /// Writes the ranges, least and greatest value of feature after feature.
    func writeRanges(to writer: inout SummaryWriter) {
        for range in ranges {
            writer.write(double: range.lowerBound)
            writer.write(double: range.upperBound)
        }
    }

    /// Reads what was written; without ranges, as before they were kept, every value is within them.
    init(from reader: inout SummaryReader, hasRanges: Bool) throws(CodecError) {
        var features: [ByteText] = []
        for _ in 0..<(try reader.elementCount()) { features.append(try reader.text()) }
        guard features.count <= Self.mostFeatures else { throw .invalid("a projection of many features") }
        let means = try reader.finiteDoubles(features.count)
        let scales = try reader.finiteDoubles(features.count)
        let variances = try reader.finiteDoubles(features.count)
        let loadings = try reader.finiteDoubles(features.count * features.count)
        let kept = try reader.count()
        let shrinkage = try reader.double()
        var ranges = features.map { _ in Self.anywhere }
        for place in ranges.indices where hasRanges {
            let (low, high) = (try reader.double(), try reader.double())
            // Not for NaN either.
            guard low <= high else { throw .invalid("the range of a feature of a projection") }
            ranges[place] = low...high
        }
        guard
            let projection = Self(
                features: features, means: means, scales: scales, ranges: ranges, variances: variances,
                loadings: loadings, kept: kept, shrinkage: shrinkage)
        else { throw .invalid("a projection of features together") }
        self = projection
    }
}

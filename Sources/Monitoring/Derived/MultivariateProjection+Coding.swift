import Statistics

extension MultivariateProjection {
    func write(to writer: inout SummaryWriter) {
        writer.write(varint: UInt64(features.count))
        for name in features { writer.write(text: name) }
        for part in [means, scales, variances, loadings] { writer.write(doubles: part) }
        writer.write(varint: UInt64(kept))
        writer.write(double: shrinkage)
    }

    init(from reader: inout SummaryReader) throws(CodecError) {
        var features: [ByteText] = []
        for _ in 0..<(try reader.elementCount()) { features.append(try reader.text()) }
        guard features.count <= Self.mostFeatures else { throw .invalid("a projection of many features") }
        let means = try reader.finiteDoubles(features.count)
        let scales = try reader.finiteDoubles(features.count)
        let variances = try reader.finiteDoubles(features.count)
        let loadings = try reader.finiteDoubles(features.count * features.count)
        let kept = try reader.count()
        guard
            let projection = Self(
                features: features, means: means, scales: scales, variances: variances, loadings: loadings, kept: kept,
                shrinkage: try reader.double())
        else { throw .invalid("a projection of features together") }
        self = projection
    }
}

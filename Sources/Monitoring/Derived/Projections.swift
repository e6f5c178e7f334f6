package import Statistics

/// How derived columns are computed, as far as a reference froze it.
///
/// Stored with the reference, so that rows folded again give the same bits. A derived value depends on its row and on these
/// numbers alone, and is computed in a fixed order without BLAS.
package struct Projections: Hashable, Sendable {
    /// The embeddings, by feature.
    package internal(set) var embeddings: [ByteText: EmbeddingProjection] = [:]

    /// The numeric features together; nil where fewer than two of them vary.
    package internal(set) var multivariate: MultivariateProjection?

    /// Those of a model without a reference.
    package init() {}

    /// What the rows of a reference decide.
    ///
    /// Depends on the set of rows, not on their order.
    /// - Complexity: O(rows x (dimensions + numeric features^2)).
    init(fitting batch: PredictionBatch, schema: ModelSchema) {
        for feature in schema.embeddingFeatures where batch.embeddings.indices.contains(feature.position) {
            embeddings[feature.name] = EmbeddingProjection(
                fitting: batch.embeddings[feature.position], name: feature.name)
        }
        multivariate = MultivariateProjection(fitting: batch, features: schema.numericFeatures)
    }

    /// Writes what a reference keeps.
    package func write(to writer: inout SummaryWriter) {
        writer.write(varint: UInt64(embeddings.count))
        for (name, projection) in embeddings.sorted(by: { $0.key < $1.key }) {
            writer.write(text: name)
            projection.write(to: &writer)
        }
        let hasRanges = multivariate?.hasRanges == true
        writer.write(u8: multivariate == nil ? 0 : hasRanges ? 2 : 1)
        multivariate?.write(to: &writer)
        if hasRanges { multivariate?.writeRanges(to: &writer) }
    }

    /// Reads what ``write(to:)`` wrote.
    ///
    /// - Throws: `CodecError` for numbers that no reference could have frozen.
    package init(from reader: inout SummaryReader) throws(CodecError) {
        for _ in 0..<(try reader.elementCount(bytesEach: 2)) {
            let name = try reader.text()
            embeddings[name] = try EmbeddingProjection(from: &reader, name: name)
        }
        let kind = try reader.u8()
        guard kind <= 2 else { throw .invalid("a projection of an unknown kind") }
        if kind != 0 { multivariate = try MultivariateProjection(from: &reader, hasRanges: kind == 2) }
    }
}

extension SummaryWriter {
    mutating func write(doubles: [Double]) {
        write(varint: UInt64(doubles.count))
        for value in doubles { write(double: value) }
    }
}

extension SummaryReader {
    /// Doubles that must be finite, and of which there must be so many.
    mutating func finiteDoubles(_ count: Int? = nil) throws(CodecError) -> [Double] {
        let found = try elementCount(bytesEach: 8)
        guard found == count ?? found else { throw .invalid("\(found) numbers of a projection") }
        var values: [Double] = []
        values.reserveCapacity(found)
        for _ in 0..<found {
            let value = try double()
            guard value.isFinite else { throw .invalid("a number of a projection that is not finite") }
            values.append(value)
        }
        return values
    }
}

package import Monitoring
package import Statistics

/// Reads the rows of a reference while they come, in chunks of any size.
///
/// Columns are all that is kept. For a model whose features are not fixed they are decided by the first 16 MiB, at most
/// 10,000 rows.
package struct ReferencePayload: ~Copyable {
    private let isCSV: Bool
    private let weightColumn: ByteText?
    private var schema: ModelSchema
    private var columns: PredictionColumns
    private var stream: RowStream
    /// What came before the features were decided; nil afterwards.
    private var head: [UInt8]?

    private static let mostHeadBytes = 16_777_216
    private static let mostRows = 1_000_000_000

    /// A reader for rows of a model.
    ///
    /// - Parameters:
    ///   - encoding: How the body is encoded.
    ///   - schema: The model's settings.
    ///   - weightColumn: The column of a CSV body that holds weights; nil where rows have none.
    /// - Throws: ``WireError/unsupportedMediaType`` for a JSON document, which cannot be read in pieces.
    package init(
        encoding: WireEncoding, schema: ModelSchema, weightColumn: ByteText? = nil
    ) throws(WireError) {
        if encoding == .json { throw .unsupportedMediaType }
        isCSV = encoding == .csv
        self.schema = schema
        self.weightColumn = weightColumn
        columns = Self.columns(schema, weightColumn)
        stream = RowStream(isCSV: isCSV, mostRows: Self.mostRows)
        head = schema.featuresFixed ? nil : []
    }

    /// How many data rows have been read so far.
    package var rowCount: Int { stream.count }

    /// Reads a chunk of the decoded body.
    ///
    /// - Complexity: O(bytes).
    package mutating func append(_ chunk: [UInt8]) throws(WireError) {
        guard var head = head.take() else { return try stream.append(chunk, into: &columns) }
        head += chunk
        if head.count < Self.mostHeadBytes {
            self.head = head
        } else {
            try decideFeatures(head, isWhole: false)
        }
    }

    /// Reads what is left.
    package consuming func finish() throws(WireError) -> ReferenceUpload {
        if let head = head.take() { try decideFeatures(head, isWhole: true) }
        try stream.finish(into: &columns)
        return columns.reference(schema: schema, total: stream.count)
    }

    private mutating func decideFeatures(_ head: [UInt8], isWhole: Bool) throws(WireError) {
        var inference = FeatureInference(isReference: true, weightColumn: weightColumn)
        var start = RowStream(isCSV: isCSV, mostRows: PredictionPayload.mostRows)
        do throws(WireError) {
            try start.append(Array(head.prefix(Self.mostHeadBytes)), into: &inference)
            if isWhole { try start.finish(into: &inference) }
        } catch {
            guard case .tooManyRows = error else { throw error }
        }
        do throws(SchemaRefusal) {
            schema = try schema.fixing(features: inference.declarations)
        } catch { throw .features(error) }
        columns = Self.columns(schema, weightColumn)
        try stream.append(head, into: &columns)
    }

    private static func columns(_ schema: ModelSchema, _ weightColumn: ByteText?) -> PredictionColumns {
        let rules = RowRules(
            schema: schema, isReference: true, now: .latest, futureSkew: .zero, weightColumn: weightColumn)
        return PredictionColumns(rules, rejectionLimit: 100)
    }
}

package import Monitoring
package import Statistics

/// The predictions of one request, read out of its bytes.
package struct PredictionPayload: Sendable {
    /// The rows that can be stored, in the order of the request.
    package let batch: PredictionBatch

    /// For each row of the batch its place among the data rows of the request, from 0.
    package let dataRows: [Int]

    /// Rows of the batch that came without an id: theirs is empty and still to be made.
    package let rowsWithoutID: [Int]

    /// How many data rows the request had.
    package let total: Int

    /// Every row that cannot be stored, in order.
    package let rejections: [RowRejection]

    /// The first hundred things that were noticed about stored rows.
    package let warnings: [RowWarning]

    /// How many things were noticed.
    package let warningCount: Int

    /// The most rows of a request.
    package static let mostRows = 10_000

    /// How far an event time may be ahead of the clock where the settings say nothing.
    package static let futureSkew = PrometheusDuration.minutes(5)

    /// Reads a decoded body.
    ///
    /// - Parameters:
    ///   - bytes: The body.
    ///   - encoding: How it is encoded.
    ///   - schema: The model's settings, its features fixed.
    ///   - features: The schema's features by their names; nil to have that made.
    ///   - now: The time of arrival, which rows without an event time get.
    ///   - futureSkew: How far event times may be ahead of it.
    ///   - weightColumn: The column of a CSV body that holds weights; nil where rows have none.
    /// - Throws: ``WireError`` where the body as a whole is no rows.
    package init(
        _ bytes: [UInt8], encoding: WireEncoding, schema: ModelSchema, features: FeatureIndex? = nil, now: Time,
        futureSkew: PrometheusDuration = Self.futureSkew, weightColumn: ByteText? = nil
    ) throws(WireError) {
        let rules = RowRules(
            schema: schema, features: features, isReference: false, now: now, futureSkew: futureSkew,
            weightColumn: weightColumn)
        var columns = PredictionColumns(rules, rejectionLimit: Self.mostRows)
        let total = try RowDocument.read(
            bytes, encoding: encoding, envelope: "predictions", mostRows: Self.mostRows, into: &columns)
        self = columns.payload(total: total)
    }

    /// The features that the rows of a body have, for a model whose features are not fixed yet.
    ///
    /// A feature is numeric where every value that is not null is a number. Rows that are no rows are passed over.
    package static func inferredFeatures(
        _ bytes: [UInt8], encoding: WireEncoding, weightColumn: ByteText? = nil
    ) throws(WireError) -> [FeatureDeclaration] {
        var inference = FeatureInference(isReference: false, weightColumn: weightColumn)
        _ = try RowDocument.read(
            bytes, encoding: encoding, envelope: "predictions", mostRows: Self.mostRows, into: &inference)
        return inference.declarations
    }

    init(
        batch: PredictionBatch, dataRows: [Int], rowsWithoutID: [Int], total: Int, rejections: [RowRejection],
        warnings: [RowWarning], warningCount: Int
    ) {
        self.batch = batch
        self.dataRows = dataRows
        self.rowsWithoutID = rowsWithoutID
        self.total = total
        self.rejections = rejections
        self.warnings = warnings
        self.warningCount = warningCount
    }
}

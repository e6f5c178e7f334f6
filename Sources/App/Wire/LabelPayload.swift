package import Monitoring

/// The labels of one request, read out of its bytes.
package struct LabelPayload: Sendable {
    /// The labels that can be stored, in the order of the request.
    package let batch: LabelBatch

    /// For each label of the batch its place among the data rows of the request, from 0.
    package let dataRows: [Int]

    /// How many data rows the request had.
    package let total: Int

    /// Every row that cannot be stored, in order.
    package let rejections: [RowRejection]

    /// Reads a decoded body: `prediction_id`, `actual`, and `timestamp` or `label_timestamp`.
    ///
    /// - Parameters:
    ///   - bytes: The body.
    ///   - encoding: How it is encoded.
    ///   - schema: The model's settings.
    ///   - now: The time of arrival.
    ///   - futureSkew: How far label times may be ahead of it.
    /// - Throws: ``WireError`` where the body as a whole is no rows.
    package init(
        _ bytes: [UInt8], encoding: WireEncoding, schema: ModelSchema, now: Time,
        futureSkew: PrometheusDuration = PredictionPayload.futureSkew
    ) throws(WireError) {
        let rules = RowRules(schema: schema, isReference: false, now: now, futureSkew: futureSkew)
        var columns = LabelColumns(rules)
        total = try RowDocument.read(
            bytes, encoding: encoding, envelope: "labels", mostRows: PredictionPayload.mostRows, into: &columns)
        batch = columns.batch
        dataRows = columns.dataRows
        rejections = columns.log.rejections
    }
}

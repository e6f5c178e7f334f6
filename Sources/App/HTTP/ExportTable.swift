import JSON
import Monitoring
import Statistics

/// Logged rows as NDJSON or CSV, in the shape in which predictions are posted, with `actual` where it is known.
struct ExportTable: Sendable {
    let schema: ModelSchema
    let isCSV: Bool
    /// The column of a CSV that the weights go to; nil for none.
    let weightColumn: ByteText?

    /// The header of a CSV.
    var header: [UInt8] {
        let reserved =
            ["prediction_id", "timestamp", "model_version", "prediction", "score", "actual"]
            + (weightColumn.map { [$0.string] } ?? [])
        let features = schema.features.map { feature in
            reserved.contains(feature.name.string) ? "features.\(feature.name.string)" : feature.name.string
        }
        return line(reserved + features)
    }

    /// Appends one row.
    func append(_ batch: PredictionBatch, _ row: Int, label: IdentityRecord.Label?, to bytes: inout [UInt8]) {
        if isCSV { appendCSV(batch, row, label, to: &bytes) } else { appendJSON(batch, row, label, to: &bytes) }
    }

    private func appendJSON(
        _ batch: PredictionBatch, _ row: Int, _ label: IdentityRecord.Label?, to bytes: inout [UInt8]
    ) {
        var writer = JSONWriter()
        writer.object { object in
            object.member("prediction_id", batch.ids[row].string)
            object.member("timestamp", batch.times[row].rfc3339)
            if !batch.versions[row].string.isEmpty { object.member("model_version", batch.versions[row].string) }
            object.object("features") { features in
                for feature in schema.features {
                    switch feature.kind {
                    case .numeric: features.member(feature.name.string, number(batch, feature, row))
                    case .embedding:
                        let vector = batch.embeddings[feature.position][row]
                        features.member(feature.name.string, json: vector.map(Self.text) ?? "null")
                    case .categorical, .text:
                        features.member(feature.name.string, batch.categorical[feature.position][row]?.string)
                    }
                }
            }
            object.member("prediction", batch.predicted(row: row))
            object.member("score", batch.score(row: row))
            if batch.classScores.indices.contains(row), let scores = batch.classScores[row] {
                object.member("scores", json: scores)
            }
            if !batch.weight(row: row).isOne { object.member("weight", batch.weight(row: row).value) }
            object.member("actual", label?.actual ?? .none)
        }
        bytes += writer.bytes
        bytes.append(UInt8(ascii: "\n"))
    }

    private func appendCSV(
        _ batch: PredictionBatch, _ row: Int, _ label: IdentityRecord.Label?, to bytes: inout [UInt8]
    ) {
        let score = batch.score(row: row)
        var fields = [
            batch.ids[row].string, batch.times[row].rfc3339, batch.versions[row].string,
            batch.predicted(row: row).text.string, score.isNaN ? "" : JSON.NumberText.shortest(score),
            label?.actual.text.string ?? "",
        ]
        if weightColumn != nil { fields.append(JSON.NumberText.shortest(batch.weight(row: row).value)) }
        for feature in schema.features {
            switch feature.kind {
            case .numeric: fields.append(number(batch, feature, row).map(JSON.NumberText.shortest) ?? "")
            case .embedding: fields.append(batch.embeddings[feature.position][row].map(Self.text) ?? "")
            case .categorical, .text: fields.append(batch.categorical[feature.position][row]?.string ?? "")
            }
        }
        bytes += line(fields)
    }

    /// A vector as a JSON array of the shortest numbers that read back as the same 32-bit floats.
    private static func text(_ vector: [Float]) -> String {
        "[" + vector.map { "\($0)" }.joined(separator: ",") + "]"
    }

    private func number(_ batch: PredictionBatch, _ feature: Feature, _ row: Int) -> Double? {
        let value = batch.numeric[feature.position][row]
        return value.isNaN ? nil : value
    }

    /// A line of fields; what a spreadsheet would take for a formula or what needs it is quoted.
    private func line(_ fields: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            let isFormula = field.utf8.first.map { "=+-@\t".utf8.contains($0) } ?? false
            let isPlain = !isFormula && field.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 != 0x0A && $0 != 0x0D }
            if isPlain {
                bytes += field.utf8
            } else {
                bytes.append(0x22)
                for byte in field.utf8 {
                    if byte == 0x22 { bytes.append(0x22) }
                    bytes.append(byte)
                }
                bytes.append(0x22)
            }
        }
        bytes.append(0x0A)
        return bytes
    }
}

extension JSONWriter {
    /// Writes a member that is a class, a number or `null`.
    fileprivate mutating func member(_ name: String, _ outcome: Outcome) {
        switch outcome {
        case .none: member(name, JSONNode.null)
        case .category(let text): member(name, text.string)
        case .number(let number): member(name, number)
        }
    }
}

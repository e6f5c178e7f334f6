import JSON
import Monitoring
import Statistics

/// Rows as CSV records; an empty field is null.
extension PredictionColumns {
    mutating func readHeader(_ names: [ByteText]) throws(WireError) {
        roles = []
        if let column = rules.weightColumn, !names.contains(column) {
            throw .notCSV(line: 1, detail: "there is no column of the name that ?weight= says")
        }
        var seen: [CSVRole: Int] = [:]
        for (column, name) in names.enumerated() {
            let role = role(of: name)
            if role != .ignored, let other = seen.updateValue(column, forKey: role) {
                throw .notCSV(line: 1, detail: "columns \(other + 1) and \(column + 1) are the same feature")
            }
            roles.append(role)
        }
    }

    /// Reserved names first; `features.X` is feature X whatever its name.
    private mutating func role(of name: ByteText) -> CSVRole {
        if name == rules.weightColumn { return .weight }
        switch name {
        case "prediction_id": return rules.isReference ? .ignored : .id
        case "timestamp": return rules.isReference ? .ignored : .time
        case "model_version": return rules.isReference ? .ignored : .version
        case "prediction": return .prediction
        case "score": return .score
        case "actual" where rules.isReference: return .actual
        default: break
        }
        let feature = FeatureName.inColumn(name)
        if let slot = features.slot(named: feature.utf8.span, at: .max) { return .feature(slot) }
        return rules.isReference ? .ignored : .extra(feature.string)
    }

    /// Stages a record.
    mutating func stage(_ record: borrowing CSVReader) throws(RowFault) {
        for column in roles.indices {
            let field = record.field(column)
            if field.isEmpty { continue }
            switch roles[column] {
            case .feature(let slot): try stage(field, slot: slot)
            case .score: staged.score = try RowRules.number(field, pointer: "/score")
            case .prediction: try stagePrediction(field)
            case .actual: try stageActual(field)
            case .weight: staged.weight = try RowRules.weight(try RowRules.number(field, pointer: "/weight"))
            case .id: staged.id = try RowRules.id(field, pointer: "/prediction_id")
            case .time: staged.time = try rules.time(field, pointer: "/timestamp", reader: &times)
            case .version: try setVersion(field)
            case .extra(let name): try stageExtra(name, field)
            case .ignored: break
            }
        }
    }

    private mutating func stage(_ field: Span<UInt8>, slot: Int) throws(RowFault) {
        switch features.kind(slot) {
        case .categorical, .text: return try features.set(slot, text: field)
        case .embedding:
            switch VectorText.read(field, dimension: features.dimension(slot)) {
            case .success(let vector): return features.set(slot, vector: vector)
            case .failure(let fault): return features.setTypeError(slot, fault.detail, log: &log)
            }
        case .numeric: break
        }
        switch DecimalNumber.read(field) {
        case .none: features.setTypeError(slot, "not a decimal number", log: &log)
        case .huge: features.setTypeError(slot, "outside the range of a double", log: &log)
        case .value(let number, let isInexactInteger):
            if isInexactInteger {
                log.warn(RowFault(features.pointer(slot), RowRules.inexact + ": rounded to the nearest"))
            }
            features.set(slot, number: number, log: &log)
        }
    }

    private mutating func stagePrediction(_ field: Span<UInt8>) throws(RowFault) {
        switch schema.task {
        case .regression: staged.predictedNumber = try RowRules.number(field, pointer: "/prediction")
        case .binary, .multiclass: staged.predictedClass = try predictions.code(of: field, pointer: "/prediction")
        case .unlabelled:
            if let number = DecimalNumber.read(field).double {
                staged.predictedNumber = number + 0
            } else {
                staged.predictedClass = try predictions.code(of: field, pointer: "/prediction")
            }
        }
    }

    private mutating func stageActual(_ field: Span<UInt8>) throws(RowFault) {
        switch schema.task {
        case .regression: staged.actualNumber = try RowRules.number(field, pointer: "/actual")
        case .binary, .multiclass: staged.actualClass = try actuals.code(of: field, pointer: "/actual")
        case .unlabelled: break
        }
    }

    private mutating func stageExtra(_ name: String, _ field: Span<UInt8>) throws(RowFault) {
        guard let text = ByteText(storing: field) else {
            throw RowFault.unstorable("/features/\(SchemaMistake.token(name))")
        }
        var writer = JSONWriter()
        writer.value(text.string)
        staged.extras.append((name, writer.text))
        log.warn(
            RowFault(
                "/features/\(SchemaMistake.token(name))", "not a declared feature: stored beside the declared ones"))
    }
}

import JSON
import Monitoring
import Statistics

/// Rows as JSON objects.
extension PredictionColumns {
    /// Stages a row.
    mutating func stage(_ row: borrowing JSONValue) throws(RowFault) {
        guard row.kind == .object else { throw RowFault("", "a row must be an object") }
        var members = row.members
        while let member = members.next() {
            if member.value.isNull {
                try checkName(member)
            } else {
                try stage(member)
            }
        }
    }

    private mutating func stage(_ member: borrowing JSONMember) throws(RowFault) {
        let value = member.value
        if member.isNamed("features") {
            try stageFeatures(value)
        } else if member.isNamed("prediction") {
            try stagePrediction(value)
        } else if member.isNamed("score") {
            staged.score = try Self.number(value, pointer: "/score")
        } else if member.isNamed("actual"), rules.isReference {
            try stageActual(value)
        } else if member.isNamed("weight") {
            staged.weight = try RowRules.weight(try Self.number(value, pointer: "/weight"))
        } else if member.isNamed("scores") {
            try stageScores(value)
        } else if rules.isReference {
            try checkName(member)
        } else {
            try stageIdentity(member)
        }
    }

    private mutating func stageIdentity(_ member: borrowing JSONMember) throws(RowFault) {
        let value = member.value
        if member.isNamed("prediction_id") {
            staged.id = try RowRules.id(try Self.text(value, "/prediction_id"), pointer: "/prediction_id")
        } else if member.isNamed("timestamp") {
            staged.time = try rules.time(try Self.text(value, "/timestamp"), pointer: "/timestamp", reader: &times)
        } else if member.isNamed("model_version") {
            try setVersion(try Self.text(value, "/model_version"))
        } else {
            try checkName(member)
        }
    }

    private static let known: [StaticString] = [
        "prediction_id", "timestamp", "model_version", "features", "prediction", "score", "scores", "weight",
    ]

    /// Refuses members that a row does not have, so that a slip of the pen does not go unnoticed.
    private func checkName(_ member: borrowing JSONMember) throws(RowFault) {
        for name in Self.known where member.isNamed(name) { return }
        if rules.isReference, member.isNamed("actual") { return }
        let list = Self.known.map(\.description).joined(separator: ", ") + (rules.isReference ? ", actual" : "")
        throw RowFault(RowFault.pointer("", member.key), "unknown member; a row may have \(list)")
    }

    private mutating func stageFeatures(_ value: borrowing JSONValue) throws(RowFault) {
        guard value.kind == .object else { throw RowFault("/features", "must be an object") }
        var members = value.members
        var place = 0
        while let member = members.next() {
            if let slot = features.slot(named: member.key, at: place) {
                try stage(member.value, slot: slot)
            } else if !rules.isReference {
                try stageExtra(member)
            }
            place += 1
        }
    }

    private mutating func stage(_ value: borrowing JSONValue, slot: Int) throws(RowFault) {
        switch (features.kind(slot), value.kind) {
        case (_, .null): break
        case (.numeric, .number):
            if value.isInexactInteger {
                log.warn(RowFault(features.pointer(slot), RowRules.inexact + ": rounded to the nearest"))
            }
            features.set(slot, number: value.double ?? .nan, log: &log)
        case (_, .hugeNumber): features.setTypeError(slot, "outside the range of a double", log: &log)
        case (.numeric, _): features.setTypeError(slot, "not a number", log: &log)
        case (.embedding, .array): stageVector(value, slot: slot)
        case (.embedding, _): features.setTypeError(slot, "not an array of numbers", log: &log)
        case (.text, .string), (.categorical, .string):
            if let text = value.utf8 { try features.set(slot, text: text) }
        case (.categorical, .number), (.categorical, .bool):
            guard let text = value.text else { break }
            try features.set(slot, text: text.utf8.span)
        case (.categorical, _): features.setTypeError(slot, "not a text, number or boolean", log: &log)
        case (.text, _): features.setTypeError(slot, "not a text", log: &log)
        }
    }

    private mutating func stageVector(_ value: borrowing JSONValue, slot: Int) {
        let dimension = features.dimension(slot)
        var vector: [Float] = []
        vector.reserveCapacity(dimension)
        var elements = value.elements
        while let element = elements.next() {
            guard vector.count < dimension else { return features.setTypeError(slot, .wrongDimension, log: &log) }
            guard element.kind == .number || element.kind == .hugeNumber else {
                return features.setTypeError(slot, .notAVector, log: &log)
            }
            let number = Float(element.double ?? .infinity)
            guard number.isFinite else { return features.setTypeError(slot, .beyondFloat, log: &log) }
            vector.append(number)
        }
        guard vector.count == dimension else { return features.setTypeError(slot, .wrongDimension, log: &log) }
        features.set(slot, vector: vector)
    }

    private mutating func stageExtra(_ member: borrowing JSONMember) throws(RowFault) {
        guard !member.value.isNull else { return }
        let pointer = RowFault.pointer("/features", member.key)
        guard let name = ByteText(storing: member.key), Self.isStorable(member.value) else {
            throw RowFault.unstorable(pointer)
        }
        var writer = JSONWriter()
        writer.value(member.value)
        staged.extras.append((name.string, writer.text))
        log.warn(RowFault(pointer, "not a declared feature: stored beside the declared ones"))
    }

    private mutating func stagePrediction(_ value: borrowing JSONValue) throws(RowFault) {
        let isNumber = schema.task == .regression || schema.task == .unlabelled && value.kind != .string
        if isNumber, value.kind != .bool || schema.task == .regression {
            staged.predictedNumber = try Self.number(value, pointer: "/prediction")
        } else {
            staged.predictedClass = try Self.code(value, in: &predictions, pointer: "/prediction")
        }
    }

    private mutating func stageActual(_ value: borrowing JSONValue) throws(RowFault) {
        switch schema.task {
        case .regression: staged.actualNumber = try Self.number(value, pointer: "/actual")
        case .binary, .multiclass: staged.actualClass = try Self.code(value, in: &actuals, pointer: "/actual")
        case .unlabelled: break
        }
    }

    /// The code of a class that is a text, a number or a boolean.
    static func code(
        _ value: borrowing JSONValue, in column: inout ClassColumn, pointer: String
    ) throws(RowFault) -> Int32 {
        if let text = value.utf8 { return try column.code(of: text, pointer: pointer) }
        guard let text = value.text else {
            throw RowFault(pointer, "must be a class: a text, a number or a boolean")
        }
        return try column.code(of: text.utf8.span, pointer: pointer)
    }

    /// A JSON number that a double holds.
    static func number(_ value: borrowing JSONValue, pointer: String) throws(RowFault) -> Double {
        switch value.kind {
        case .number where value.isInexactInteger: throw RowFault(pointer, RowRules.inexact)
        case .number: return (value.double ?? .nan) + 0
        case .hugeNumber: throw RowFault(pointer, RowRules.outOfRange)
        default: throw RowFault(pointer, "must be a number")
        }
    }

    /// The bytes of a JSON string.
    @_lifetime(copy value)
    static func text(_ value: borrowing JSONValue, _ pointer: String) throws(RowFault) -> Span<UInt8> {
        guard let text = value.utf8 else { throw RowFault(pointer, "must be a string") }
        return text
    }

    /// Whether no string in a value holds U+0000. Recursion is bounded by the depth that the parser lets through.
    private static func isStorable(_ value: borrowing JSONValue) -> Bool {
        if let text = value.utf8 { return isStorable(text) }
        var elements = value.elements
        while let element = elements.next() {
            if !isStorable(element) { return false }
        }
        var members = value.members
        while let member = members.next() {
            if !isStorable(member.key) || !isStorable(member.value) { return false }
        }
        return true
    }

    private static func isStorable(_ text: Span<UInt8>) -> Bool {
        for place in text.indices where text[place] == 0 { return false }
        return true
    }
}

import Monitoring
import Statistics

@testable import App

/// Models and bodies for tests of what comes over the wire.
enum WireSchema {
    static let now = Time(microseconds: 1_767_225_600_000_000)

    static func schema(
        _ task: ModelSchema.Task, classes: [ByteText]? = nil, positiveClass: ByteText? = nil,
        features: [FeatureDeclaration]? = [
            FeatureDeclaration(name: "age", kind: .numeric, min: 0, max: 120),
            FeatureDeclaration(name: "job", kind: .categorical),
            FeatureDeclaration(name: "income", kind: .numeric),
        ]
    ) throws -> ModelSchema {
        var change = ModelSchemaChange()
        change.task = task
        change.classes = classes
        change.positiveClass = positiveClass
        change.features = features
        return try ModelSchema.creating(from: change)
    }

    static func predictions(
        _ body: String, _ encoding: WireEncoding = .json, _ schema: ModelSchema? = nil
    ) throws -> PredictionPayload {
        try PredictionPayload(
            Array(body.utf8), encoding: encoding, schema: schema ?? self.schema(.binary), now: now)
    }

    static func labels(
        _ body: String, _ encoding: WireEncoding = .json, _ schema: ModelSchema? = nil
    ) throws -> LabelPayload {
        try LabelPayload(Array(body.utf8), encoding: encoding, schema: schema ?? self.schema(.binary), now: now)
    }
}

import Gzip
import JSON
import Monitoring
import Statistics

@testable import App

/// Readers of documents: JSON, what is compressed, models, profiles.
enum DocumentTargets {
    /// Never more than the limit comes out, whatever goes in.
    static func gzip(_ bytes: [UInt8]) {
        let limit = 65_536
        let decoded = Result { () throws(GzipError) in try Gzip.decompress(bytes, limit: limit) }
        if case .success(let decoded) = decoded { precondition(decoded.count <= limit, "the limit holds") }
    }

    static func json(_ bytes: [UInt8]) {
        _ = node(bytes)
    }

    /// What a document makes of a model is written as a document that makes the same model.
    static func schema(_ bytes: [UInt8]) {
        guard let node = node(bytes), let schema = schema(node) else { return }
        // A default that is shown counts as declared from then on, so the texts are compared and not the models.
        let shown = document(schema)
        precondition(Self.node(shown).flatMap(Self.schema).map(document) == shown, "what is shown can be sent back")
    }

    static func profile(_ bytes: [UInt8]) {
        let document = Result { () throws(Problem) in try ProfileReader.document(bytes) }
        guard case .success(let document) = document else { return }
        let features = Result { () throws(PartsError) in try ProfileReader.declarations(document) }
        guard case .success(let features) = features else { return }
        var change = ModelSchemaChange()
        change.task = ModelSchema.Task(rawValue: document["task"]?.string ?? "") ?? .binary
        change.features = features
        let schema = Result { () throws(SchemaRefusal) in try ModelSchema.creating(from: change) }
        guard case .success(let schema) = schema else { return }
        let reference = Result { () throws(PartsError) in try ProfileReader(schema: schema).reference(document) }
        if case .success(let reference) = reference {
            precondition(!reference.encoded().isEmpty, "what was taken can be stored")
        }
    }

    private static func document(_ schema: ModelSchema) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { object in schema.write(to: &object) }
        return writer.bytes
    }

    private static func node(_ bytes: [UInt8]) -> JSONNode? {
        let parsed = Result { () throws(JSONError) in try JSONNode(parsing: bytes) }
        guard case .success(let node) = parsed else { return nil }
        return node
    }

    private static func schema(_ node: JSONNode) -> ModelSchema? {
        let schema = Result { () throws(SchemaRefusal) in
            try ModelSchema.creating(from: try ModelDocument.read(node))
        }
        guard case .success(let schema) = schema else { return nil }
        return schema
    }
}

import JSON
import Monitoring
import Statistics

/// The text in which a model's definition lies in the database: its settings, and the positions that its features got.
enum StoredDefinition {
    /// The text of a schema.
    static func text(of schema: ModelSchema) -> String {
        var writer = JSONWriter()
        writer.object { object in
            object.object("settings") { schema.write(to: &$0) }
            if let declared = schema.declaredPositiveClass { object.member("declared_positive_class", declared.string) }
            object.member("numeric_positions", schema.numericPositions)
            object.member("categorical_positions", schema.categoricalPositions)
            object.member("embedding_positions", schema.embeddingPositions)
            object.array("positions") { array in
                for feature in schema.features { array.value(feature.position) }
            }
        }
        return writer.text
    }

    /// The schema of a text, nil where it is none of ours.
    static func schema(of text: String) -> ModelSchema? {
        do {
            let node = try JSONNode(parsing: text)
            guard let settings = node["settings"], let positions = node["positions"]?.elements,
                let numeric = node["numeric_positions"]?.int64, let categorical = node["categorical_positions"]?.int64
            else { return nil }
            var change = try ModelDocument.read(settings)
            change.positiveClass = node["declared_positive_class"]?.string.map { ByteText($0) }
            let schema = try ModelSchema.creating(from: change)
            return schema.restoring(
                positions: positions.compactMap { $0.int64.map(Int.init) }, numericPositions: Int(numeric),
                categoricalPositions: Int(categorical),
                embeddingPositions: Int(node["embedding_positions"]?.int64 ?? 0))
        } catch {
            return nil
        }
    }
}

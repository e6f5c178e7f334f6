package import Monitoring
import Statistics

/// The log of one model as people read it: a view with a column for every feature, under the feature's name.
///
/// PostgreSQL cuts names after 63 bytes, and a feature may have the name of a column that every view has. Such a column is
/// called `features.NAME`, cut where it must be and told apart by a hash.
package struct ModelView: Hashable, Sendable {
    /// What the view is called: `log_` and the model's name.
    package let name: String
    /// The query behind it.
    package let query: String

    private static let mostNameBytes = 63

    /// The view of a model.
    /// - Complexity: O(features).
    package init(model: String, id: Int32, project: Int32, schema: ModelSchema) {
        name = Self.fitting("log_" + model)
        let isNumber = schema.task == .regression
        var columns: [(name: String, value: String)] = [
            ("prediction_id", "prediction_id"), ("timestamp", "event_time"), ("arrived_at", "arrived_at"),
            ("model_version", "model_version"), ("prediction", isNumber ? "predicted_number" : "predicted_class"),
            ("score", "score"), ("weight", "coalesce(weight, 1)"),
        ]
        var taken = Set(columns.map { ByteText($0.name) })
        for feature in schema.features {
            guard let value = Self.value(of: feature) else { continue }
            let plain = feature.name.description
            let free = [plain, "features." + plain].first {
                $0.utf8.count <= Self.mostNameBytes && !taken.contains(ByteText($0))
            }
            let name = free ?? Self.fitting("features." + plain, alwaysHashed: true)
            guard taken.insert(ByteText(name)).inserted else { continue }
            columns.append((name, value))
        }
        let list = columns.map { "\($0.value) AS \(Self.quoted($0.name))" }.joined(separator: ", ")
        query = "SELECT \(list) FROM prediction WHERE project = \(project) AND model = \(id)"
    }

    /// The name as SQL writes it.
    package var quotedName: String { Self.quoted(name) }

    /// Null is NaN where numbers are stored; embeddings are bytes that SQL cannot read and are left out.
    private static func value(of feature: Feature) -> String? {
        switch feature.kind {
        case .numeric: "nullif(numbers[\(feature.position + 1)], 'NaN')"
        case .categorical, .text: "categories[\(feature.position + 1)]"
        case .embedding: nil
        }
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// A name of at most 63 bytes, cut between characters.
    private static func fitting(_ name: String, alwaysHashed: Bool = false) -> String {
        guard alwaysHashed || name.utf8.count > mostNameBytes else { return name }
        let hash = IdentityKey.digest(Array(name.utf8)).high
        let tail = "_" + String(hash & 0xFFFF_FFFF, radix: 16)
        var cut = name.unicodeScalars
        while String(cut).utf8.count > mostNameBytes - tail.utf8.count { cut.removeLast() }
        return String(cut) + tail
    }
}

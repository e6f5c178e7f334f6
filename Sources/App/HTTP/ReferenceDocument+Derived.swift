import JSON
import Monitoring
import Statistics

/// What a reference says of derived columns.
extension ReferenceDocument {
    /// Writes embeddings and texts that have values, each with its derived columns.
    static func writeDerived(of summary: Reference, to features: inout JSONWriter) {
        var names: Set<ByteText> = []
        for case .derived(let name, _) in summary.pane.numeric.keys { names.insert(name) }
        for name in names.sorted() {
            let isEmbedding = summary.pane.numeric[.derived(name, .norm)] != nil
            let carrier = summary.pane.numeric[.derived(name, isEmbedding ? .norm : .length)]
            guard let carrier, carrier.count > 0 else { continue }
            features.object(ColumnName.feature(name).address) { entry in
                entry.member("kind", isEmbedding ? FeatureType.embedding.rawValue : FeatureType.text.rawValue)
                entry.member("count", carrier.count)
                entry.member("missing", carrier.missing)
                entry.member("type_errors", carrier.typeErrors)
                if let projection = summary.grids.projections.embeddings[name] {
                    entry.member("dimension", projection.centroid.count)
                }
                let list = isEmbedding ? Derivation.ofEmbedding : Derivation.ofText
                entry.object("derived") { write(list.map { ColumnName.derived(name, $0) }, of: summary, to: &$0) }
            }
        }
    }

    /// Writes what the numeric features are together, as a member of the document.
    static func writeMultivariate(of summary: Reference, to object: inout JSONWriter) {
        guard let projection = summary.grids.projections.multivariate else { return }
        object.object("multivariate") { part in
            part.member("features", projection.features.map(\.string))
            part.member("components_kept", projection.kept)
            part.member("shrinkage", projection.shrinkage)
            write(Derivation.ofRow.map(ColumnName.multivariate), of: summary, to: &part)
        }
    }

    private static func write(_ columns: [ColumnName], of summary: Reference, to object: inout JSONWriter) {
        for column in columns {
            guard let derivation = column.derivation, let values = summary.pane.numeric[column] else { continue }
            object.object(derivation.rawValue) { write(values, summary.grids.grid(of: column), to: &$0) }
        }
    }
}

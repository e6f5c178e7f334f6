import JSON
import Monitoring
import Statistics

/// What is derived of embeddings, of texts, and of all numeric features together.
extension WindowDocument {
    /// Writes an embedding or a text; `carrier` is the derived column that has a value wherever the feature has one.
    func writeDerived(
        _ feature: Feature, _ derivations: [Derivation], carrier: Derivation, to object: inout JSONWriter
    ) {
        let values = summary.numeric(.derived(feature.name, carrier))
        object.member("kind", feature.kind.rawValue)
        object.member("count", values.count)
        object.member("missing", values.missing)
        object.member("type_errors", values.typeErrors)
        if let dimension = feature.dimension { object.member("dimension", dimension) }
        object.object("derived") { part in
            for derivation in derivations {
                part.object(derivation.rawValue) { write(.derived(feature.name, derivation), to: &$0) }
            }
        }
    }

    /// Writes the numeric features together, where the model has two or more.
    func writeMultivariate(to object: inout JSONWriter) {
        let columns = Derivation.ofRow.map(ColumnName.multivariate).filter { summary.kind(of: $0) != nil }
        guard !columns.isEmpty else { return }
        object.object("multivariate") { part in
            for case .multivariate(let derivation) in columns {
                part.object(derivation.rawValue) { write(.multivariate(derivation), to: &$0) }
            }
        }
    }
}

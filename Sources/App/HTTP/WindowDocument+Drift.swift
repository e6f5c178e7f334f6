import JSON
import Monitoring

/// The drift measures of a column.
extension WindowDocument {
    private static let numericMeasures: [Measure] = [.ks, .psi, .jsDistance, .hellinger, .totalVariation, .wasserstein]
    private static let categoricalMeasures: [Measure] = [
        .chi2, .psi, .jsDistance, .hellinger, .lInfinity, .totalVariation,
    ]

    /// Measures whose definition is told, because tools differ in it.
    private static let defined: Set<Measure> = [.psi, .jsDistance]

    func writeDrift(_ column: ColumnName, _ kind: FeatureKind, to object: inout JSONWriter) {
        for measure in kind == .numeric ? Self.numericMeasures : Self.categoricalMeasures {
            object.object(measure.rawValue) { part in
                Self.write(
                    summary.drift(measure, column: column), measure, namesMethod: Self.defined.contains(measure),
                    to: &part)
                writeVerdict(measure, column, to: &part)
            }
        }
        for method in methods {
            guard
                let definition = DriftMethod(
                    method.text, measure: method.measure, kind: kind, standard: summary.schema.driftMethod)
            else { continue }
            object.object(method.key) { part in
                let value = summary.drift(method.measure, column: column, method: definition)
                Self.write(value, method.measure, namesMethod: true, to: &part)
                writeVerdict(method.measure, column, method: definition, to: &part)
            }
        }
    }

    private static func write(_ drift: DriftValue?, _ measure: Measure, namesMethod: Bool, to object: inout JSONWriter)
    {
        object.member("value", drift?.value)
        guard let drift else { return }
        switch measure {
        case .ks:
            object.member("p_value", drift.pValue)
            object.member("error_bound", drift.errorBound)
        case .wasserstein:
            object.member("normalised", drift.normalised)
            object.member("error_bound", drift.errorBound)
        case .chi2:
            object.member("p_value", drift.pValue)
            object.member("df", drift.degreesOfFreedom)
        default: break
        }
        if namesMethod, let method = drift.method { object.member("method", method) }
    }
}

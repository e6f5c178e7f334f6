import JSON
import Monitoring

/// The drift measures of a column.
extension WindowDocument {
    private static let numericMeasures: [Measure] = [
        .ks, .psi, .kl, .klReverse, .jsDistance, .hellinger, .totalVariation, .wasserstein, .energy, .cramerVonMises,
        .andersonDarling, .meanShift, .spreadShift,
    ]
    private static let categoricalMeasures: [Measure] = [
        .chi2, .g, .psi, .kl, .klReverse, .jsDistance, .hellinger, .lInfinity, .totalVariation, .cramersV,
    ]

    /// `reading` counts the cells once for all measures; nil without a reference.
    func writeDrift(_ reading: DriftReading?, _ column: ColumnName, _ kind: FeatureKind, to object: inout JSONWriter) {
        let standard = summary.schema.driftMethod
        for measure in kind == .numeric ? Self.numericMeasures : Self.categoricalMeasures {
            object.object(measure.rawValue) { part in
                Self.write(reading?.value(measure, standard), measure, to: &part)
                part.member("method", standard.text(measure: measure, kind: kind))
                writeVerdict(measure, column, to: &part)
            }
        }
        for method in methods {
            guard
                let definition = DriftMethod(method.text, measure: method.measure, kind: kind, standard: standard)
            else { continue }
            object.object(method.key) { part in
                Self.write(reading?.value(method.measure, definition), method.measure, to: &part)
                part.member("method", definition.text(measure: method.measure, kind: kind))
                writeVerdict(method.measure, column, method: definition, to: &part)
            }
        }
    }

    private static func write(_ drift: DriftValue?, _ measure: Measure, to object: inout JSONWriter) {
        object.member("value", drift?.value)
        guard let drift else { return }
        switch measure {
        case .ks:
            object.member("p_value", drift.pValue)
            if let exact = drift.exactPValue { object.member("p_value_exact", exact) }
            object.member("error_bound", drift.errorBound)
        case .cramerVonMises:
            object.member("p_value", drift.pValue)
            object.member("error_bound", drift.errorBound)
        case .andersonDarling:
            object.member("p_value", drift.pValue)
            object.member("p_value_clipped", drift.isPValueClipped)
            object.member("error_bound", drift.errorBound)
        case .meanShift, .spreadShift: object.member("p_value", drift.pValue)
        case .energy: object.member("error_bound", drift.errorBound)
        case .wasserstein:
            object.member("normalised", drift.normalised)
            object.member("error_bound", drift.errorBound)
        case .chi2, .g:
            object.member("p_value", drift.pValue)
            object.member("df", drift.degreesOfFreedom)
        default: break
        }
    }
}

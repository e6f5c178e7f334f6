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
                write(reading, measure, standard, column, to: &part)
                part.member("method", standard.text(measure: measure, kind: kind))
                writeVerdict(measure, column, to: &part)
            }
        }
        for method in methods {
            guard
                let definition = DriftMethod(method.text, measure: method.measure, kind: kind, standard: standard)
            else { continue }
            object.object(method.key) { part in
                write(reading, method.measure, definition, column, to: &part)
                part.member("method", definition.text(measure: method.measure, kind: kind))
                writeVerdict(method.measure, column, method: definition, to: &part)
            }
        }
    }

    private func write(
        _ reading: DriftReading?, _ measure: Measure, _ method: DriftMethod, _ column: ColumnName,
        to object: inout JSONWriter
    ) {
        let drift = reading?.value(measure, method)
        object.member("value", drift?.value, or: summary.gap(measure, column, method, reading))
        guard let reading, let drift else { return }
        switch measure {
        case .ks:
            object.member("p_value", drift.pValue, or: reading.pValueGap)
            if let exact = drift.exactPValue { object.member("p_value_exact", exact) }
            object.member("error_bound", drift.errorBound, or: .tooLarge)
        case .cramerVonMises:
            object.member("p_value", drift.pValue, or: reading.pValueGap)
            object.member("error_bound", drift.errorBound, or: .tooLarge)
        case .andersonDarling:
            object.member("p_value", drift.pValue, or: reading.pValueGap)
            object.member("p_value_clipped", drift.isPValueClipped)
            object.member("error_bound", drift.errorBound, or: .tooLarge)
        case .meanShift, .spreadShift: object.member("p_value", drift.pValue, or: reading.pValueGap)
        case .energy: object.member("error_bound", drift.errorBound, or: .tooLarge)
        case .wasserstein:
            object.member("normalised", drift.normalised, or: reading.normalisedGap)
            object.member("error_bound", drift.errorBound, or: .tooLarge)
        case .chi2, .g:
            object.member("p_value", drift.pValue, or: reading.pValueGap)
            object.member("df", drift.degreesOfFreedom, or: .undefined)
        default: break
        }
    }
}

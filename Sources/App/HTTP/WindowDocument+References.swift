import JSON
import Monitoring
import Statistics

/// A window against several references at once.
extension WindowDocument {
    /// Writes `references` and `joint`; nothing where no further references were asked for.
    func writeReferences(to object: inout JSONWriter) {
        guard !others.isEmpty else { return }
        let columns = others[0].comparedColumns
        let drifted = others.map { $0.drifted(columns) }
        object.array("references") { array in
            for (other, drifted) in zip(others, drifted) {
                array.object { Self.write(other, columns, drifted, to: &$0) }
            }
        }
        object.object("joint") { joint in
            for column in columns {
                let reading = JointReading(
                    zip(others, drifted).map { other, drifted in
                        JointReading.Part(
                            name: other.referenceName, role: other.referenceRole, isDrifted: drifted[column])
                    })
                joint.object(column.address) { Self.write(reading, to: &$0) }
            }
        }
    }

    private static func write(
        _ summary: WindowSummary, _ columns: [ColumnName], _ drifted: [ColumnName: Bool], to object: inout JSONWriter
    ) {
        writeReference(of: summary, to: &object)
        object.member("drifted", columns.filter { drifted[$0] == true }.map(\.address))
        let values = columns.compactMap { column in
            summary.value(of: .psi, column: column).map { (column: column, psi: $0) }
        }
        guard let strongest = values.max(by: { $0.psi < $1.psi }) else {
            return object.null("strongest", columns.lazy.compactMap(summary.comparisonGap).first ?? .noReference)
        }
        object.object("strongest") { part in
            part.member("feature", strongest.column.address)
            part.member("measure", Measure.psi.rawValue)
            part.member("value", strongest.psi)
        }
    }

    private static func write(_ reading: JointReading, to object: inout JSONWriter) {
        object.member("verdict", reading.verdict.rawValue)
        object.member("reading", reading.sentence)
        object.member("differs", reading.differs.map(\.string))
        object.member("equals", reading.equals.map(\.string))
        object.member("undecided", reading.undecided.map(\.string))
    }
}

extension WindowSummary {
    /// The columns that are compared: the features, and of the others those that were ever given.
    fileprivate var comparedColumns: [ColumnName] {
        let layout = ColumnLayout(schema)
        return (layout.numericNames + layout.categoricalNames).sorted().filter { column in
            column.featureName != nil || hasOutput(column)
        }
    }

    /// The name of the reference, whether it is compared with or not.
    fileprivate var referenceName: ByteText { reference?.name ?? gap?.name ?? "" }

    /// What the reference stands for.
    fileprivate var referenceRole: ReferenceRole { (reference?.kind ?? gap?.kind ?? .rows).role }
}

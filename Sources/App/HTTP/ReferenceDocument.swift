import JSON
import Monitoring
import Statistics

/// A reference as JSON.
enum ReferenceDocument {
    /// Writes a version as members of the object that is open.
    ///
    /// `rowsToGrid` says how many rows its grid still waits for, if it does.
    static func write(_ version: ReferenceVersion, rowsToGrid: Int?, to object: inout JSONWriter) {
        object.member("name", version.name)
        object.member("version", version.version)
        object.member("kind", version.definition.kind.rawValue)
        object.member("definition", .object(version.definition.members))
        let summary = version.summary
        object.member("count", summary?.count, or: .perWindow)
        if let pane = summary?.pane { WindowDocument.writeWeight(of: pane, to: &object) }
        object.member("effective_from", version.effectiveFrom?.rfc3339)
        object.member("created_at", version.createdAt.rfc3339)
        if version.definition.rolling != nil, let rowsToGrid { object.member("waits_for_rows", rowsToGrid) }
        object.object("features") { features in
            if let summary { writeColumns(of: summary, to: &features) }
        }
        if let summary { writeMultivariate(of: summary, to: &object) }
    }

    private static func writeColumns(of summary: Reference, to features: inout JSONWriter) {
        for (column, values) in summary.pane.numeric
        where values.count > 0 && !column.isDerived {
            features.object(column.address) { write(values, summary.grids.grid(of: column), to: &$0) }
        }
        for (column, values) in summary.pane.categorical.sorted(by: { $0.key < $1.key }) where values.count > 0 {
            features.object(column.address) { entry in
                entry.member("kind", "categorical")
                entry.member("count", values.count)
                entry.member("missing", values.missing)
                entry.member("type_errors", values.typeErrors)
            }
        }
        writeDerived(of: summary, to: &features)
    }

    /// Writes a numeric column as members of the object that is open.
    static func write(_ values: NumericSummary, _ grid: RankGrid, to entry: inout JSONWriter) {
        entry.member("kind", "numeric")
        entry.member("count", values.count)
        entry.member("missing", values.missing)
        entry.member("type_errors", values.typeErrors)
        entry.member("mean", values.moments.mean, or: values.valueGap)
        entry.member("std", values.moments.std, or: values.valueGap)
        entry.member("min", values.extremes.minimum, or: values.valueGap)
        entry.member("max", values.extremes.maximum, or: values.valueGap)
        entry.member("grid_points", grid.count)
        entry.member("deciles", grid.deciles)
    }
}

import JSON
import Monitoring
import Statistics

/// A reference as JSON.
enum ReferenceDocument {
    /// Writes a version as members of the object that is open.
    static func write(_ version: ReferenceVersion, to object: inout JSONWriter) {
        let summary = version.summary
        object.member("name", version.name)
        object.member("version", version.version)
        object.member("count", summary.count)
        object.member("effective_from", version.effectiveFrom?.rfc3339)
        object.member("created_at", version.createdAt.rfc3339)
        object.object("features") { features in
            for (column, values) in summary.pane.numeric.sorted(by: { $0.key < $1.key }) where values.count > 0 {
                features.object(column.address) { entry in
                    entry.member("kind", "numeric")
                    entry.member("count", values.count)
                    entry.member("missing", values.missing)
                    entry.member("type_errors", values.typeErrors)
                    entry.member("mean", values.moments.mean)
                    entry.member("std", values.moments.std)
                    entry.member("min", values.extremes.minimum)
                    entry.member("max", values.extremes.maximum)
                    entry.member("grid_points", summary.grids.grid(of: column).count)
                    entry.member("deciles", summary.grids.grid(of: column).deciles)
                }
            }
            for (column, values) in summary.pane.categorical.sorted(by: { $0.key < $1.key }) where values.count > 0 {
                features.object(column.address) { entry in
                    entry.member("kind", "categorical")
                    entry.member("count", values.count)
                    entry.member("missing", values.missing)
                    entry.member("type_errors", values.typeErrors)
                }
            }
        }
    }
}

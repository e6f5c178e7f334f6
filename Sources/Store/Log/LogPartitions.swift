package import Monitoring
import Postgres
import Synchronization

/// The weekly partitions of the log, made before the first row of a week is written.
///
/// A week is a stretch of seven days since 1970-01-01. Which weeks exist is remembered, so that the usual group asks nothing.
package final class LogPartitions: Sendable {
    /// Seven days in microseconds.
    package static let width: Int64 = 7 * 86_400 * 1_000_000

    private let known = Mutex<Set<Int64>>([])

    package init() {}

    /// The number of the week that holds an instant.
    package static func week(of time: Time) -> Int64 {
        let (quotient, remainder) = time.microseconds.quotientAndRemainder(dividingBy: width)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// Where a week begins.
    package static func start(of week: Int64) -> Time {
        let (product, overflow) = week.multipliedReportingOverflow(by: width)
        return Time(microseconds: overflow ? (week < 0 ? .min : .max) : product)
    }

    /// The names of a week's partitions.
    package static func names(of week: Int64) -> [(parent: String, child: String)] {
        let suffix = week < 0 ? "m\(-week)" : "\(week)"
        return [("prediction", "prediction_w\(suffix)"), ("outcome", "outcome_w\(suffix)")]
    }

    /// The week of a partition by its name, nil for a table of another name.
    static func week(ofPartition name: String) -> Int64? {
        let suffix = name.split(separator: "_w").last.map(String.init) ?? ""
        return suffix.hasPrefix("m") ? Int64(suffix.dropFirst()).map { -$0 } : Int64(suffix)
    }

    /// Forgets what exists, after partitions were dropped.
    package func forget() {
        known.withLock { $0.removeAll() }
    }

    /// Makes the partitions of the weeks that hold these instants where they are missing.
    func prepare(for times: [Time], on pool: PostgresPool) async throws(PostgresError) {
        for week in missing(for: times) {
            try await pool.withTransaction("partition.make") { tx throws(PostgresError) in
                try await Self.make(week, tx)
            }
            known.withLock { _ = $0.insert(week) }
        }
    }

    /// Makes, inside a group, the partitions that outcomes of old predictions need again after retention dropped them.
    func prepareInside(for times: [Time], _ tx: PostgresConnection) async throws(PostgresError) {
        for week in missing(for: times) { try await Self.make(week, tx) }
    }

    private func missing(for times: [Time]) -> [Int64] {
        let weeks = Set(times.map(Self.week))
        return known.withLock { weeks.subtracting($0) }.sorted()
    }

    private static func make(_ week: Int64, _ tx: PostgresConnection) async throws(PostgresError) {
        let from = start(of: week).rfc3339
        let to = start(of: week + 1).rfc3339
        for (parent, child) in names(of: week) {
            try await tx.script(
                Statement(
                    "partition.make",
                    "CREATE TABLE IF NOT EXISTS \(child) PARTITION OF \(parent) FOR VALUES FROM ('\(from)') TO ('\(to)')"
                ))
        }
    }
}

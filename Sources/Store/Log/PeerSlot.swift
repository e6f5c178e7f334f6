package import Monitoring
package import Postgres
import Statistics

/// What a process, alive or gone, has committed and saved in its slot.
package struct PeerSlot: Sendable, Equatable {
    package let slot: Int32
    /// The last committed group.
    package let position: Int64
    /// The last group that saved panes include.
    package let checkpoint: Int64
    /// Whether somebody holds it.
    package let isLive: Bool
    /// Up to which removal of rows the saved panes are right.
    package let foldedRemovals: Int64
    /// The last removal of rows that there was.
    package let removals: Int64

    /// Whether the saved panes are right after every removal.
    package var isWhole: Bool { foldedRemovals == removals }
}

/// A pane that another slot saved.
package struct ChangedPane: Sendable {
    package let model: Int32
    package let generation: Int32
    /// Where it is, and the pane for which it stands.
    package let keys: [PaneKey]
}

/// What processes learn of each other.
extension Store {
    private static let slots = Statement(
        "slot.list",
        """
        SELECT slot, position, checkpoint, expires_at >= clock_timestamp(), folded_removals, removals FROM writer_slot
        WHERE project = $1 ORDER BY slot
        """)

    private static let changed = Statement(
        "pane.changed",
        """
        SELECT model, generation, segment, version, start, sole FROM pane
        WHERE project = $1 AND slot = $2 AND position > $3 AND position <= $4
        """)

    /// All writer slots.
    package func writerSlots() async throws(PostgresError) -> [PeerSlot] {
        try await pool.query(Self.slots, [.int32(project)]) { row throws(PostgresError) in
            PeerSlot(
                slot: try row.int32(0), position: try row.int64(1), checkpoint: try row.int64(2),
                isLive: try row.bool(3), foldedRemovals: try row.int64(4), removals: try row.int64(5))
        }
    }

    /// The panes that a slot saved after one position and up to another, with those for which pooled ones stand.
    package func changedPanes(
        of slot: Int32, after: Int64, upTo: Int64
    ) async throws(PostgresError) -> [ChangedPane] {
        try await settle()
        return try await pool.query(
            Self.changed, [.int32(project), .int32(slot), .int64(after), .int64(upTo)]
        ) { row throws(PostgresError) in
            ChangedPane(model: try row.int32(0), generation: try row.int32(1), keys: try Self.paneKeys(row, 2))
        }
    }
}

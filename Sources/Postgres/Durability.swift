/// The settings of a server on which "acknowledged means committed" rests.
package struct Durability: Hashable, Sendable {
    /// Whether the server flushes to disk at all.
    package let fsync: Bool
    /// Whether torn pages can be repaired after a power cut.
    package let fullPageWrites: Bool
    /// When COMMIT answers: `on`, `off`, `local`, `remote_write` or `remote_apply`.
    package let synchronousCommit: String
    /// Whether a standby follows that COMMIT does not wait for.
    package let hasLaggingStandby: Bool

    package init(fsync: Bool, fullPageWrites: Bool, synchronousCommit: String, hasLaggingStandby: Bool = false) {
        self.fsync = fsync
        self.fullPageWrites = fullPageWrites
        self.synchronousCommit = synchronousCommit
        self.hasLaggingStandby = hasLaggingStandby
    }

    /// What may be lost although nothing is set wrongly; nil for nothing.
    package var reservation: String? {
        guard hasLaggingStandby else { return nil }
        return
            "durability: async: a standby follows that commits do not wait for; when it takes over, what was answered last may "
            + "be lost. Set synchronous_standby_names, or accept it."
    }

    /// Whether a commit that was answered survives a crash of the server and its machine.
    package var isSafe: Bool { fsync && fullPageWrites && synchronousCommit != "off" }

    /// What to change, one sentence per setting; empty when all is well.
    package var shortcomings: [String] {
        var list: [String] = []
        if !fsync { list.append("PostgreSQL runs with fsync=off: set fsync=on, or a crash loses the database.") }
        if !fullPageWrites {
            list.append("PostgreSQL runs with full_page_writes=off: set it to on, or a crash may damage tables.")
        }
        if synchronousCommit == "off" {
            list.append("PostgreSQL runs with synchronous_commit=off: set it to on, or a crash loses answered commits.")
        }
        return list
    }
}

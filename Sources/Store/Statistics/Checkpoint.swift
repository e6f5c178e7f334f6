/// What a checkpoint saves: everything folded up to a position that was not saved before.
package struct Checkpoint: Sendable {
    package var position: Int64
    /// Up to which removal of rows the panes are right.
    package var removals: Int64
    package var panes: [StoredPane] = []
    package var categories: [StoredCategory] = []

    package init(position: Int64, removals: Int64) {
        self.position = position
        self.removals = removals
    }

    /// Whether there is nothing to save but the position.
    package var isEmpty: Bool { panes.isEmpty && categories.isEmpty }
}

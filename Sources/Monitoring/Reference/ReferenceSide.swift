package import Statistics

/// What a window is compared with: the counts of a reference on the same grids, for the same slice.
package struct ReferenceSide: Sendable {
    /// The reference's name.
    package let name: ByteText

    /// The version that values name.
    package let version: Int

    /// Its rows, summarised.
    package let pane: Pane

    /// One side of a comparison; for a rolling reference the merged panes of an earlier stretch.
    package init(name: ByteText, version: Int, pane: Pane) {
        self.name = name
        self.version = version
        self.pane = pane
    }

    /// How many rows it has.
    package var count: Int { pane.predictions }
}

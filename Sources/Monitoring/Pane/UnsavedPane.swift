package import Statistics

/// A pane that is not saved as it is.
package struct UnsavedPane: Sendable {
    /// Where it belongs.
    package let key: PaneKey
    /// The pane as it is now, as bytes where it is kept as these.
    package let held: HeldPane
    /// The version for which it stands, of a pooled pane.
    package let sole: ByteText?
    /// Whether more than its outcomes and its revision changed.
    package let differsInRows: Bool

    /// The pane ready to be read. O(its bytes) where it is kept as these.
    package var pane: Pane { held.content }
}

package import Monitoring
import Statistics

/// A pane that is to be saved, with its place.
///
/// As it was at the checkpoint; its bytes are made when they are written, so that the committer does not wait for that.
package struct StoredPane: Sendable {
    package let model: Int32
    package let generation: Int32
    package let key: PaneKey
    private let pane: Pane
    /// Whether anything but the outcomes and the revision must be written.
    let needsContent: Bool

    /// A pane of which all must be saved, or where nothing else `differsInRows` its outcomes.
    package init(model: Int32, generation: Int32, key: PaneKey, pane: Pane, differsInRows: Bool = true) {
        self.model = model
        self.generation = generation
        self.key = key
        self.pane = pane
        needsContent = differsInRows || pane.outcomeHalf == nil
    }

    /// How many predictions it holds, beside the bytes so that long stretches can be counted without reading these.
    var predictions: Int { pane.predictions }

    /// Its newest event; nil without rows.
    var newestEvent: Time? { pane.newestEvent }

    /// The pane, without its outcomes where these are saved by themselves.
    var content: [UInt8] {
        pane.outcomes.isEmpty || pane.outcomeHalf == nil ? pane.encoded() : pane.rowHalf.encoded()
    }

    /// The outcomes and the revision; nil where they are part of the content.
    var outcomes: [UInt8]? {
        needsContent && pane.outcomes.isEmpty ? nil : pane.outcomeHalf?.encoded()
    }
}

package import Monitoring
import Statistics
import Synchronization

/// A pane that is to be saved, with its place.
///
/// As it was at the checkpoint; its bytes are made when they are written, so that the committer does not wait for that. From then
/// on only the bytes are held: a checkpoint of many panes takes a while, and memory that others need.
package final class StoredPane: Sendable {
    /// What is written of a pane.
    struct Parts: Sendable {
        /// The pane, without its outcomes where these are saved by themselves; nil where only these changed.
        let content: [UInt8]?
        /// The outcomes and the revision; nil where they are part of the content.
        let outcomes: [UInt8]?
    }

    private enum Form: Sendable {
        case held(HeldPane)
        case parts(Parts)
    }

    package let model: Int32
    package let generation: Int32
    package let key: PaneKey
    /// The version for which a pooled pane stands.
    let sole: ByteText?
    /// How many predictions it holds, beside the bytes so that long stretches can be counted without reading these.
    let predictions: Int
    /// Its newest event; nil without rows.
    let newestEvent: Time?
    /// Whether anything but the outcomes and the revision must be written.
    let needsContent: Bool
    private let form: Mutex<Form>

    /// A pane of a model's generation.
    package init(model: Int32, generation: Int32, _ pane: UnsavedPane) {
        self.model = model
        self.generation = generation
        key = pane.key
        sole = pane.sole
        predictions = pane.held.predictions
        newestEvent = pane.held.newestEvent
        // Weights lie across both halves, which are saved as one then.
        needsContent = pane.differsInRows || pane.held.hasWeights
        form = Mutex(.held(pane.held))
    }

    /// What is written. O(the pane) the first time.
    var parts: Parts {
        form.withLock { form in
            switch form {
            case .parts(let parts): return parts
            case .held(let held):
                let parts = Self.parts(of: held, needsContent: needsContent)
                form = .parts(parts)
                return parts
            }
        }
    }

    private static func parts(of held: HeldPane, needsContent: Bool) -> Parts {
        guard held.hasOutcomes, !held.hasWeights else {
            return Parts(
                content: needsContent ? held.bytes : nil,
                outcomes: needsContent ? nil : held.content.outcomeHalf?.encoded())
        }
        let pane = held.content
        return Parts(content: needsContent ? pane.rowHalf.encoded() : nil, outcomes: pane.outcomeHalf?.encoded())
    }
}

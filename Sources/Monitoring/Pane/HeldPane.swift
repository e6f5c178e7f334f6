import Statistics

/// A pane that somebody holds on to: ready to be counted in, or as bytes until it is needed again.
///
/// Bytes take a fifth of the memory. They are shared with whoever else has them.
struct HeldPane: Sendable {
    /// The pane; where it is packed, what is asked of it at every step.
    private var rest: Pane
    /// The bytes of the whole pane; nil where ``rest`` is the whole.
    private var packed: [UInt8]?

    /// A pane as it is.
    init(_ pane: Pane) {
        rest = pane
    }

    /// A pane as the bytes that it is encoded to, where somebody has them.
    init(_ pane: Pane, packed: [UInt8]?) {
        rest = pane
        if let packed { pack(as: packed) }
    }

    /// The whole pane. O(its bytes) where it is packed.
    var content: Pane {
        guard let packed else { return rest }
        do throws(CodecError) {
            return try Pane(decoding: packed)
        } catch {
            preconditionFailure("a pane that was packed in this process can be read: \(error)")
        }
    }

    /// Whether only its bytes are held.
    var isPacked: Bool { packed != nil }
    /// How many predictions there are; known without reading the bytes, as what follows.
    var predictions: Int { rest.predictions }
    var newestEvent: Time? { rest.newestEvent }
    var outcomes: Outcomes { rest.outcomes }
    var weights: RowWeights { rest.weights }

    /// About how many bytes it takes in memory, without the bytes of a packed one, which others may hold as well. O(columns).
    var ownFootprint: Int { isPacked ? 256 : rest.footprint }

    /// Holds the bytes only; `known` are those where somebody else has them.
    mutating func pack(as known: [UInt8]? = nil) {
        guard packed == nil else { return }
        packed = known ?? rest.encoded()
        var kept = Pane()
        kept.predictions = rest.predictions
        kept.newestEvent = rest.newestEvent
        kept.outcomes = rest.outcomes
        kept.weights = rest.weights
        rest = kept
    }
}

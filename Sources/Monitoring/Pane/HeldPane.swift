import Statistics

/// A pane that somebody holds on to: ready to be counted in, or as bytes until it is needed again.
///
/// Bytes take a fifth of the memory. They are shared with whoever else has them. A pane lies behind a reference, so that many can
/// stand in one array or dictionary.
package struct HeldPane: Sendable {
    private indirect enum Boxed {
        case pane(Pane)
    }

    /// The pane; where it is packed, what labels and weights say, which is asked of it at every step, nil where they say nothing.
    private var rest: Boxed?
    /// The bytes of the whole pane; nil where ``rest`` is the whole.
    private(set) var packed: [UInt8]?
    /// How many predictions there are.
    package private(set) var predictions = 0
    /// The newest event time; nil without rows.
    package private(set) var newestEvent: Time?
    /// Whether labels say anything; known without reading the bytes, as what follows.
    package private(set) var hasOutcomes = false
    /// Whether rows have weights other than one.
    package private(set) var hasWeights = false

    /// An empty pane.
    static let none = HeldPane(predictions: 0)

    private init(predictions: Int) {
        self.predictions = predictions
    }

    /// A pane as it is.
    package init(_ pane: Pane) {
        rest = .pane(pane)
        predictions = pane.predictions
        newestEvent = pane.newestEvent
        hasOutcomes = !pane.outcomes.isEmpty
        hasWeights = !pane.weights.isEmpty
    }

    /// A pane as the bytes that it is encoded to, where somebody has them.
    package init(_ pane: Pane, packed: [UInt8]?) {
        self.init(pane)
        if let packed { pack(as: packed) }
    }

    /// The pane with what labels and weights say ready to be read. O(its bytes) where it was packed wholly.
    var withRest: HeldPane {
        guard let packed, rest == nil, hasOutcomes || hasWeights else { return self }
        return HeldPane(content, packed: packed)
    }

    /// The whole pane. O(its bytes) where it is packed.
    package var content: Pane {
        guard let packed else { return unpacked }
        do throws(CodecError) {
            return try Pane(decoding: packed)
        } catch {
            preconditionFailure("a pane that was packed in this process can be read: \(error)")
        }
    }

    /// The bytes of the whole pane, made where they are not held.
    package var bytes: [UInt8] { packed ?? unpacked.encoded() }

    private var unpacked: Pane {
        guard case .pane(let pane) = rest else { return Pane() }
        return pane
    }

    /// Whether only its bytes are held.
    var isPacked: Bool { packed != nil }
    /// What labels say, where it is not packed wholly.
    var outcomes: Outcomes { unpacked.outcomes }
    var weights: RowWeights { unpacked.weights }

    /// About how many bytes it takes in memory, without the bytes of a packed one, which others may hold as well. O(columns).
    var ownFootprint: Int {
        guard case .pane(let pane) = rest else { return MemoryLayout<Self>.size }
        return MemoryLayout<Self>.size + pane.footprint
    }

    /// About how many bytes it takes in memory. O(columns).
    var footprint: Int { ownFootprint + (packed?.count ?? 0) }

    /// Changes the pane, unpacked if need be.
    mutating func change(_ body: (inout Pane) -> Void) {
        var pane = content
        // Nobody else holds what is in it now, so that it is changed in its place.
        self = .none
        body(&pane)
        self = HeldPane(pane)
    }

    /// Holds the bytes only; `known` are those where somebody else has them.
    mutating func pack(as known: [UInt8]? = nil) {
        guard packed == nil else { return }
        let pane = unpacked
        packed = known ?? pane.encoded()
        rest = nil
        guard hasOutcomes || hasWeights else { return }
        var kept = Pane()
        kept.outcomes = pane.outcomes
        kept.weights = pane.weights
        rest = .pane(kept)
    }

    /// Holds the bytes only, also of what labels and weights say: for those who never ask that by itself.
    mutating func packWholly() {
        pack()
        rest = nil
    }
}

import Statistics

/// A pane that somebody holds on to: ready to be counted in, or as bytes until it is needed again.
///
/// Bytes take a fifth of the memory. They are shared with whoever else has them.
package struct HeldPane: Sendable {
    /// The pane; where it is packed, what labels and weights say, which is asked of it at every step, none where they say nothing.
    ///
    /// An array of at most one, so that it lies behind a reference, many can stand in one dictionary, and it changes in its place.
    private var rest: [Pane] = []
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
        rest = [pane]
        note()
    }

    /// Notes what is asked of it without reading its bytes.
    private mutating func note() {
        predictions = rest[0].predictions
        newestEvent = rest[0].newestEvent
        hasOutcomes = !rest[0].outcomes.isEmpty
        hasWeights = !rest[0].weights.isEmpty
    }

    /// A pane as the bytes that it is encoded to, where somebody has them.
    package init(_ pane: Pane, packed: [UInt8]?) {
        self.init(pane)
        if let packed { pack(as: packed) }
    }

    /// The pane with what labels and weights say ready to be read. O(its bytes) where it was packed wholly.
    var withRest: HeldPane {
        guard let packed, rest.isEmpty, hasOutcomes || hasWeights else { return self }
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

    private var unpacked: Pane { rest.first ?? Pane() }

    /// Whether only its bytes are held.
    var isPacked: Bool { packed != nil }
    /// What labels say, where it is not packed wholly.
    var outcomes: Outcomes { unpacked.outcomes }
    var weights: RowWeights { unpacked.weights }

    /// About how many bytes it takes in memory, without the bytes of a packed one, which others may hold as well. O(columns).
    var ownFootprint: Int {
        rest.indices.reduce(MemoryLayout<Self>.size) { $0 + rest[$1].footprint }
    }

    /// About how many bytes it takes in memory. O(columns).
    var footprint: Int { ownFootprint + (packed?.count ?? 0) }

    /// Changes the pane, unpacked if need be.
    mutating func change(_ body: (inout Pane) -> Void) {
        if packed != nil {
            rest = [content]
            packed = nil
        } else if rest.isEmpty {
            rest = [Pane()]
        }
        body(&rest[0])
        note()
    }

    /// Holds the bytes only; `known` are those where somebody else has them.
    mutating func pack(as known: [UInt8]? = nil) {
        guard packed == nil else { return }
        let pane = unpacked
        packed = known ?? pane.encoded()
        rest = []
        guard hasOutcomes || hasWeights else { return }
        var kept = Pane()
        kept.outcomes = pane.outcomes
        kept.weights = pane.weights
        rest = [kept]
    }

    /// Holds the bytes only, also of what labels and weights say: for those who never ask that by itself.
    mutating func packWholly() {
        pack()
        rest = []
    }
}

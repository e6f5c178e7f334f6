import Statistics

/// Small panes that nobody uses are kept as bytes: ready to be counted in they take five times as much memory.
extension PaneSet {
    /// When it was last looked which panes nobody uses.
    struct Rest: Sendable {
        /// The set's clock then.
        var clock: UInt64 = 0
        /// How often ``PaneSet/rest()`` was called since.
        var calls = 0
        /// Whether nothing came since that may have to be packed.
        var isDone = true
    }

    /// So many calls go by until it is looked again; a pane rests for one to two such turns before it is packed.
    private static let turn = 16
    /// Panes of more predictions stay as they are: they are mostly counts, and reading them would take longer.
    private static let mostPredictions = 512

    /// To be called every few seconds: packs saved panes that nobody used for a while.
    ///
    /// A packed pane is read without being unpacked for the next reader; folding into it unpacks it.
    /// - Complexity: O(panes) once in a turn in which anything changed.
    package mutating func rest() {
        rested.calls += 1
        guard rested.calls >= Self.turn else { return }
        rested.calls = 0
        guard !rested.isDone else { return }
        rested.isDone = true
        for (key, entry) in entries where entry.packed == nil && entry.pane.predictions <= Self.mostPredictions {
            if entry.state == .clean, entry.lastUse <= rested.clock {
                entries[key]?.pack()
            } else {
                rested.isDone = false
            }
        }
        rested.clock = clock
    }

    /// How many panes are kept as bytes.
    package var packedCount: Int { entries.values.count { $0.packed != nil } }
}

extension PaneSet.Entry {
    /// The pane as it was folded.
    var content: Pane {
        guard let packed else { return pane }
        do throws(CodecError) {
            return try Pane(decoding: packed)
        } catch {
            preconditionFailure("a pane that was packed in this process can be read: \(error)")
        }
    }

    fileprivate mutating func pack() {
        packed = pane.encoded()
        var rest = Pane()
        rest.predictions = pane.predictions
        rest.newestEvent = pane.newestEvent
        pane = rest
    }

    mutating func unpack() {
        guard packed != nil else { return }
        pane = content
        packed = nil
    }
}

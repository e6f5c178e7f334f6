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
    static let mostPackedPredictions = 512

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
        for (key, entry) in entries where !entry.held.isPacked && entry.held.predictions <= Self.mostPackedPredictions {
            if entry.state == .clean, entry.lastUse <= rested.clock {
                pack(key)
            } else {
                rested.isDone = false
            }
        }
        rested.clock = clock
    }

    /// Packs every small pane that is saved, for want of memory; also those that are not, whose bytes are then what is saved.
    package mutating func pack(withUnsaved: Bool = false) {
        for (key, entry) in entries where !entry.held.isPacked && (withUnsaved || entry.state == .clean) {
            if entry.held.predictions <= Self.mostPackedPredictions { pack(key) }
        }
    }

    /// Forgets every pane that is saved, for want of memory.
    package mutating func shed() {
        for key in entries.filter({ $0.value.state == .clean }).map(\.key) { remove(key) }
    }

    /// A pane in memory over all writers, as bytes where it is kept as these; nil where it is not loaded.
    package func shared(_ key: PaneKey) -> HeldPane? {
        guard !others.isEmpty, others[key] != nil else { return held(key) }
        return self[key].map { HeldPane($0) }
    }

    /// The bytes of a pane that is kept as these and in which, as far as was read, nobody else counted anything.
    package func packed(_ key: PaneKey) -> [UInt8]? {
        others[key] == nil && isReadable(key) ? held(key)?.packed : nil
    }

    private mutating func pack(_ key: PaneKey) {
        guard var entry = entries[key] else { return }
        footprint -= entry.footprint
        entry.held.packWholly()
        entry.footprint = entry.held.footprint
        footprint += entry.footprint
        entries[key] = entry
    }

    /// Puts in an entry where there is none, and keeps count of the memory.
    mutating func put(_ entry: Entry, for key: PaneKey) {
        var entry = entry
        entry.footprint = entry.held.footprint
        footprint += entry.footprint
        entries[key] = entry
    }

    /// Forgets the clean panes that are beyond the budget, the least recently used first.
    ///
    /// - Complexity: O(n log n) when something goes, which then is a tenth of the budget.
    package mutating func evict() {
        guard entries.count > budget else { return }
        let clean = entries.filter { $0.value.state == .clean }.sorted { $0.value.lastUse < $1.value.lastUse }
        let surplus = entries.count - budget + budget / 10
        for (key, _) in clean.prefix(surplus) { remove(key) }
    }

    /// Forgets a pane.
    mutating func remove(_ key: PaneKey) {
        if let own = pane(representedBy: key) { keep(others: nil, of: own) }
        footprint -= entries.removeValue(forKey: key)?.footprint ?? 0
        keep(others: nil, of: key)
        behind.remove(key)
    }

    /// How many panes are kept as bytes.
    package var packedCount: Int { entries.values.count(where: \.held.isPacked) }
}

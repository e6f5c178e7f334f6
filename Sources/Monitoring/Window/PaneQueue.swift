/// The panes of a sliding window, oldest first.
struct PaneQueue: Sendable {
    /// A pane with its place in event time.
    struct Entry: Sendable {
        let start: Time
        /// Where it ends, so that panes and day panes stand side by side.
        let end: Time
        var pane: HeldPane
    }

    private var storage: [Entry] = []
    private var head = 0

    /// The panes in order.
    var entries: ArraySlice<Entry> { storage[head...] }

    /// The oldest one.
    var first: Entry? { head < storage.count ? storage[head] : nil }

    /// The pane that starts then.
    subscript(start: Time) -> HeldPane? {
        entries.first { $0.start == start }?.pane
    }

    /// Adds the newest.
    mutating func append(_ pane: HeldPane, from start: Time, to end: Time) {
        storage.append(Entry(start: start, end: end, pane: pane))
    }

    /// Drops the oldest; O(1) on average. What it held is let go at once.
    mutating func removeFirst() {
        storage[head].pane = HeldPane(Pane())
        head += 1
        guard head > 64, head > storage.count / 2 else { return }
        storage.removeFirst(head)
        head = 0
    }

    /// Puts a pane at its place, instead of the one that starts at the same time if there is one.
    mutating func put(_ pane: HeldPane, from start: Time, to end: Time) {
        let place = storage[head...].firstIndex { $0.start >= start } ?? storage.count
        if place < storage.count, storage[place].start == start {
            storage[place].pane = pane
        } else {
            storage.insert(Entry(start: start, end: end, pane: pane), at: place)
        }
    }

    /// Holds the bytes of small panes only; `known` gives those that somebody has already.
    mutating func pack(_ known: (_ start: Time, _ end: Time) -> [UInt8]?) {
        for place in storage.indices.dropFirst(head) where !storage[place].pane.isPacked {
            guard storage[place].pane.predictions <= PaneSet.mostPackedPredictions else { continue }
            storage[place].pane.pack(as: known(storage[place].start, storage[place].end))
        }
    }

    /// About how many bytes the panes take in memory, without those bytes that others hold as well.
    var footprint: Int {
        entries.reduce(0) { $0 + ($1.pane.isPacked ? 256 : $1.pane.footprint) }
    }
}

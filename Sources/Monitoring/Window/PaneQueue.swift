/// The panes of a sliding window, oldest first.
struct PaneQueue: Sendable {
    /// A pane with its place in event time.
    struct Entry: Sendable {
        let start: Time
        /// Where it ends, so that panes and day panes stand side by side.
        let end: Time
        var pane: Pane
    }

    private var storage: [Entry] = []
    private var head = 0

    /// The panes in order.
    var entries: ArraySlice<Entry> { storage[head...] }

    /// The oldest one.
    var first: Entry? { head < storage.count ? storage[head] : nil }

    /// The pane that starts then.
    subscript(start: Time) -> Pane? {
        entries.first { $0.start == start }?.pane
    }

    /// Adds the newest.
    mutating func append(_ pane: Pane, from start: Time, to end: Time) {
        storage.append(Entry(start: start, end: end, pane: pane))
    }

    /// Drops the oldest; O(1) on average.
    mutating func removeFirst() {
        head += 1
        guard head > 64, head > storage.count / 2 else { return }
        storage.removeFirst(head)
        head = 0
    }

    /// Puts a pane at its place, instead of the one that starts at the same time if there is one.
    mutating func put(_ pane: Pane, from start: Time, to end: Time) {
        let place = storage[head...].firstIndex { $0.start >= start } ?? storage.count
        if place < storage.count, storage[place].start == start {
            storage[place].pane = pane
        } else {
            storage.insert(Entry(start: start, end: end, pane: pane), at: place)
        }
    }
}

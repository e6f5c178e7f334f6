/// The categories of a column, beyond those of its reference, that are counted by name: at most `cap` of them.
///
/// It keeps the names with the smallest hashes ever seen, so that which names it holds depends neither on the order in
/// which they came nor on how they were split over batches, and a name that left never comes back.
package struct CategoryNames: Hashable, Sendable {
    /// A name beside its hash; ordered by hash, then by bytes.
    private struct Entry: Hashable, Comparable, Sendable {
        let hash: UInt64
        let name: ByteText

        init(_ name: ByteText) {
            hash = CategoryHash.value(of: name)
            self.name = name
        }

        static func < (left: Entry, right: Entry) -> Bool {
            left.hash == right.hash ? left.name < right.name : left.hash < right.hash
        }
    }

    /// How many names are kept by default.
    package static let defaultCap = 10_000

    /// The most names kept.
    package let cap: Int
    private var entries: [Entry] = []

    /// No names yet.
    package init(cap: Int = CategoryNames.defaultCap) {
        self.cap = max(cap, 0)
    }

    /// How many names are kept.
    package var count: Int { entries.count }

    /// The names in the order of their bytes. O(n log n).
    package var names: [ByteText] { entries.map(\.name).sorted() }

    /// Whether a name is kept. O(log n).
    package func contains(_ name: ByteText) -> Bool {
        let entry = Entry(name)
        let position = position(of: entry)
        return position < entries.count && entries[position] == entry
    }

    /// Shows a name, which may push another out. Returns whether anything changed. O(n), for most names O(log n).
    @discardableResult
    package mutating func insert(_ name: ByteText) -> Bool {
        let entry = Entry(name)
        let position = position(of: entry)
        guard position < cap else { return false }
        if position < entries.count, entries[position] == entry { return false }
        entries.insert(entry, at: position)
        if entries.count > cap { entries.removeLast() }
        return true
    }

    /// Shows the names that another set of the same column kept.
    package mutating func merge(_ other: CategoryNames) {
        for entry in other.entries { insert(entry.name) }
    }

    private func position(of entry: Entry) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] < entry { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

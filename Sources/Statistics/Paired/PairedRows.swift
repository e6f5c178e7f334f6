/// Rows that two classifiers judged: all of them, and those on which exactly one was right.
package struct PairedRows: Hashable, Sendable {
    /// All rows.
    package private(set) var all = WeighedRows()
    /// Those that only the first got right.
    package private(set) var onlyFirst = WeighedRows()
    /// Those that only the second got right.
    package private(set) var onlySecond = WeighedRows()

    /// No rows yet.
    package init() {}

    /// Rows that all count once; nil where they cannot be.
    package init?(onlyFirst: Int, onlySecond: Int, count: Int) {
        guard onlyFirst >= 0, onlySecond >= 0, onlyFirst <= count, onlySecond <= count - onlyFirst else { return nil }
        all = WeighedRows(count: count)
        self.onlyFirst = WeighedRows(count: onlyFirst)
        self.onlySecond = WeighedRows(count: onlySecond)
    }

    /// Adds a row of so many parts of a row.
    package mutating func fold(first: Bool, second: Bool, parts: Int = WeighedRows.parts) {
        all.add(parts: parts)
        if first, !second { onlyFirst.add(parts: parts) }
        if second, !first { onlySecond.add(parts: parts) }
    }
}

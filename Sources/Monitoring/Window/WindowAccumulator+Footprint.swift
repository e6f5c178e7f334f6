import Statistics

/// How much memory a total takes, and how it makes itself small.
extension WindowAccumulator {
    /// Holds the bytes of its small panes only, and its counts in their smallest form; `known` gives the bytes of a pane that
    /// somebody has already.
    package mutating func pack(_ known: (Time) -> [UInt8]?) {
        let width = grid.width
        // A day pane begins with the first pane of its day, whose bytes are not its own.
        panes.pack { start, end in end - start == width ? known(start) : nil }
        makeTotalSmall()
    }

    /// About how many bytes it takes in memory.
    package var footprint: Int {
        let sketches =
            columns.distinct ? distinct.values.reduce(contents.partCount * 512) { $0 + $1.partCount * 256 } : 0
        return total.footprint + panes.footprint + sketches + extremes.values.reduce(0) { $0 + $1.partCount * 16 }
    }
}

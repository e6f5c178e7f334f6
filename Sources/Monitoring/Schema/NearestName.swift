/// Finds the known name that a misspelt one was most likely meant to be.
package enum NearestName {
    /// The name with the fewest edits of bytes, where two neighbours that changed places are one (Damerau 1964, each byte edited
    /// once); nil where none is within a third of the length.
    ///
    /// - Complexity: O(names x length squared); only the first 64 bytes count.
    package static func of(_ name: String, among known: some Sequence<String>) -> String? {
        let wanted = Array(name.utf8.prefix(64))
        let limit = max(2, wanted.count / 3)
        let distances = known.map { (name: $0, edits: edits(wanted, Array($0.utf8.prefix(64)))) }
        guard let best = distances.min(by: { $0.edits < $1.edits }), best.edits <= limit else { return nil }
        return best.name
    }

    private static func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (byte == other ? 0 : 1)
                var fewest = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, byte == right[column - 1], other == left[row - 1] {
                    fewest = min(fewest, before[column - 1] + 1)
                }
                current.append(fewest)
            }
            (before, previous) = (previous, current)
        }
        return previous[right.count]
    }
}

/// The different keys of a group in order, and where the key of each of its rows stands among them.
struct IdentityPlaces: Sendable {
    /// The keys, ascending, each once.
    private(set) var keys: [IdentityKey] = []
    /// For each submission the places of its rows in ``keys``.
    private(set) var places: [[Int]]

    /// - Complexity: O(n log n) in the rows of the group.
    init(_ group: [LogSubmission]) {
        places = group.map { [Int](repeating: 0, count: $0.keys.count) }
        var rows: [(key: IdentityKey, submission: Int32, row: Int32)] = []
        rows.reserveCapacity(group.reduce(0) { $0 + $1.keys.count })
        for (number, submission) in group.enumerated() {
            for (row, key) in submission.keys.enumerated() {
                rows.append((key, Int32(clamping: number), Int32(clamping: row)))
            }
        }
        rows.sort { $0.key < $1.key }
        keys.reserveCapacity(rows.count)
        for row in rows {
            if keys.last != row.key { keys.append(row.key) }
            places[Int(row.submission)][Int(row.row)] = keys.count - 1
        }
    }
}

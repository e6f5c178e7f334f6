import JSON

/// One value for every window end.
struct Series: Sendable, Equatable {
    /// The windows' ends, as they were written.
    let ends: [String]

    /// The values, nil for null.
    let values: [Double?]

    init(_ document: JSONNode) throws {
        guard let ends = document["end"]?.elements, let values = document["value"]?.elements,
            let counts = document["count"]?.elements, ends.count == values.count, counts.count == ends.count
        else { throw Unexpected(description: "no series: \(document.text.prefix(300))") }
        self.ends = ends.map { $0.string ?? "?" }
        self.values = values.map(\.double)
    }

    /// The values by the ends of their windows.
    var byEnd: [String: Double?] { Dictionary(zip(ends, values)) { $1 } }

    /// The sum of the values that there are.
    var sum: Double { values.reduce(0) { $0 + ($1 ?? 0) } }
}

import JSON

/// What became of the rows of one kind.
struct ReplayTotals {
    /// Rows that were sent.
    private(set) var sent = 0
    /// Rows that were new.
    private(set) var accepted = 0
    /// Rows that were there already.
    private(set) var duplicates = 0
    /// Rows that were refused.
    private(set) var rejected = 0
    /// Labels that replaced others.
    private(set) var corrections = 0
    /// The first refusals, each with file and line.
    private(set) var refusals: [String] = []

    /// How many refusals are kept for the summary.
    private static let mostRefusals = 10

    /// Adds the receipt of a chunk.
    mutating func add(_ receipt: JSONNode, of chunk: RowChunk, from path: String) {
        sent += chunk.lines.count
        accepted += Self.count(receipt, "accepted")
        duplicates += Self.count(receipt, "duplicates")
        rejected += Self.count(receipt, "rejected")
        corrections += Self.count(receipt, "corrections")
        for error in receipt["errors"]?.elements ?? [] where refusals.count < Self.mostRefusals {
            let index = error["index"]?.int64.flatMap { Int(exactly: $0) } ?? -1
            let line = chunk.lines.indices.contains(index) ? "\(chunk.lines[index])" : "?"
            let place = error["pointer"]?.string ?? ""
            refusals.append(PlainText.line("\(path):\(line): \(place): \(error["detail"]?.string ?? "refused")"))
        }
    }

    private static func count(_ receipt: JSONNode, _ name: String) -> Int {
        receipt[name]?.int64.flatMap { Int(exactly: min(max($0, 0), 1 << 32)) } ?? 0
    }
}

/// Rows that a sender made up, and what they add to the sums.
struct RowBatch: Sendable {
    /// The predictions, one JSON document a line.
    private(set) var rows = ""
    /// The labels of some of them, one JSON document a line.
    private(set) var labels = ""
    /// How many predictions there are.
    let size: Int
    /// What the batch adds.
    private(set) var totals: RowTotals

    init(sender: Int, from first: Int, size: Int, using random: inout SeededNumbers) {
        self.size = size
        totals = RowTotals()
        totals.rows = size
        for index in first..<first + size {
            let x = Int.random(in: 0..<100, using: &random)
            let predicted = Int.random(in: 0...1, using: &random)
            let actual = Int.random(in: 0...1, using: &random)
            let second = Int.random(in: 0..<86_400, using: &random)
            rows += """
                {"prediction_id":"s\(sender)-\(index)","timestamp":"\(Self.time(second))","features":{"x":\(x),\
                "c":"\(predicted == 0 ? "a" : "b")"},"prediction":"\(predicted)","score":\(Double(x) / 100)}

                """
            totals.x += x
            guard Bool.random(using: &random) else { continue }
            labels += """
                {"prediction_id":"s\(sender)-\(index)","actual":"\(actual)","timestamp":"\(Self.time(second + 60))"}

                """
            totals.labels += 1
            totals.hits += predicted == actual ? 1 : 0
        }
    }

    private static func time(_ second: Int) -> String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
        let rest = second % 86_400
        return "2026-01-0\(1 + second / 86_400)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }
}

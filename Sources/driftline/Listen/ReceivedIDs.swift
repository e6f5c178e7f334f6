/// The ids of the deliveries that were taken, as many as fit.
struct ReceivedIDs {
    private var counts: [String: Int] = [:]
    private var order: [String] = []
    private var oldest = 0

    /// How many ids are remembered.
    private static let most = 100_000

    /// Counts a delivery.
    ///
    /// - Returns: how often its id has come now, this time included.
    /// - Complexity: O(1) amortised.
    mutating func add(_ id: String) -> Int {
        let count = (counts[id] ?? 0) + 1
        counts[id] = count
        if count == 1 {
            order.append(id)
            if order.count - oldest > Self.most { forgetOldest() }
        }
        return count
    }

    private mutating func forgetOldest() {
        counts[order[oldest]] = nil
        oldest += 1
        if oldest > Self.most {
            order.removeFirst(oldest)
            oldest = 0
        }
    }
}

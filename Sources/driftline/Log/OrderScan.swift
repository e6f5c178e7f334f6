import Monitoring

/// What one look at all times of a log tells.
struct OrderScan {
    /// How many rows were seen.
    private(set) var count = 0

    /// The least and the greatest time.
    private(set) var times: ClosedRange<Time>?

    /// Whether no time came before the one in front of it.
    private(set) var isInOrder = true

    /// Takes note of the next row; one without a readable time counts, and does not disturb the order.
    mutating func add(_ time: Time?) {
        count += 1
        guard let time else { return }
        guard let known = times else {
            times = time...time
            return
        }
        if time < known.upperBound { isInOrder = false }
        times = min(known.lowerBound, time)...max(known.upperBound, time)
    }
}

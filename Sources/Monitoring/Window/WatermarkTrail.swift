/// How far the watermark of a model had come before each group of rows was committed.
///
/// Folding the groups again then tells changes behind the watermark from ordinary ones, as folding them for the first time did. It
/// knows event times alone: what a client stated meanwhile, and the wall clock of a live model, are left out.
package struct WatermarkTrail: Sendable {
    private let start: Time?
    private var positions: [Int64] = []
    private var times: [Time] = []

    /// The trail after a position in the log at which the watermark was somewhere, nil for nowhere yet.
    package init(start: Time?) {
        self.start = start
    }

    /// Adds the next group that moved the watermark, or could have: `reached` is its greatest event time less the delay.
    package mutating func append(position: Int64, reached: Time) {
        precondition(positions.last.map { $0 < position } ?? true, "groups come in the order of their positions")
        positions.append(position)
        times.append(max(newest ?? reached, reached))
    }

    /// How far it came in the end.
    package var newest: Time? { times.last ?? start }

    /// Where the watermark was when the group at a position came; nil for nowhere yet. O(log groups).
    package func time(before position: Int64) -> Time? {
        var (low, high) = (0, positions.count)
        while low < high {
            let middle = (low + high) / 2
            if positions[middle] < position { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? times[low - 1] : start
    }

    /// Whether the group at a position changed a pane that the watermark had passed.
    package func isLate(_ position: Int64, paneEnd: Time) -> Bool {
        guard let newest, paneEnd <= newest, let time = time(before: position) else { return false }
        return paneEnd <= time
    }
}

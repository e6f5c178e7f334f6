import Monitoring

/// Labels that will become known later, handed out in the order in which they do.
struct LabelQueue {
    /// A label on its way.
    private struct Waiting {
        let time: Time
        let line: String
    }

    /// By the hour in which they become known, from the start.
    private var hours: [Int: [Waiting]] = [:]

    /// Adds a line of the labels file that becomes known at a time, in an hour counted from the start.
    mutating func add(_ line: String, at time: Time, hour: Int) {
        hours[hour, default: []].append(Waiting(time: time, line: line))
    }

    /// Whether all labels have been handed out.
    var isEmpty: Bool { hours.isEmpty }

    /// Takes the lines of an hour, those of one second in the order in which they were added.
    ///
    /// - Complexity: O(n log n) for n labels of the hour.
    mutating func take(hour: Int) -> [String] {
        let waiting = hours.removeValue(forKey: hour) ?? []
        let order = waiting.indices.sorted { (waiting[$0].time, $0) < (waiting[$1].time, $1) }
        return order.map { waiting[$0].line }
    }
}

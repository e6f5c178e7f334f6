import Statistics
import Testing

/// One of the logs beside the repository, cut into days, with what is expected of its 7-day windows.
struct WindowLog {
    enum Name: String, CaseIterable, Sendable { case elec2, bikeshare }

    let name: Name
    let expected: JSONValue
    let reference: [String: [String]]
    let predictions: [String: [String]]
    let labels: [String: [String]]
    /// For every day, the rows of `predictions` in it.
    let rowsOfDay: [[Int32]]
    let windowCount: Int

    init(_ name: Name) throws {
        self.name = name
        expected = try SharedFiles.json("expected/windows_\(name.rawValue).json")
        reference = try SharedFiles.csv("data/\(name.rawValue)/reference.csv")
        predictions = try SharedFiles.csv("data/\(name.rawValue)/predictions.csv")
        labels = try SharedFiles.csv("data/\(name.rawValue)/labels.csv")
        let starts = expected["windows"]["start"].array.compactMap { $0.text?.prefix(10) }
        let ends = expected["windows"]["end"].array.compactMap { $0.text?.prefix(10) }
        windowCount = starts.count
        let days = Dictionary(uniqueKeysWithValues: zip(starts + ends.suffix(7).dropLast(), 0...))
        var rows = [[Int32]](repeating: [], count: days.count)
        for (row, time) in try #require(predictions["timestamp"]).enumerated() {
            if let day = days[time.prefix(10)] { rows[day].append(Int32(row)) }
        }
        rowsOfDay = rows
    }

    /// The names of the columns of a kind.
    func features(_ kind: String) -> [String] {
        expected["features"].object.filter { $0.value["kind"].text == kind }.keys.sorted()
    }

    static func numbers(_ table: [String: [String]], _ name: String) throws -> [Double] {
        try #require(table[name]).map { Double($0) ?? .nan }
    }

    /// Slides a window of seven days over day summaries, by adding the newest and subtracting the oldest.
    static func slide<Summary: MergeableSummary>(
        _ days: [Summary], count: Int, visit: (Int, Summary) throws -> Void
    ) rethrows {
        var total = days[0]
        for day in days[1..<7] { total.merge(day) }
        for window in 0..<count {
            try visit(window, total)
            guard window + 1 < count else { return }
            total.merge(days[window + 7])
            total.subtract(days[window])
        }
    }
}

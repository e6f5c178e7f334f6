import Monitoring

/// Writes the files of the demo.
struct ScenarioLog {
    /// The folder.
    let folder: String
    /// What everything is drawn from.
    let seed: UInt64
    /// How many days are monitored.
    let days: Int
    /// How many predictions an hour has on average.
    let rowsPerHour: Double

    private let story = CreditStory()

    /// 2026-01-01T00:00:00Z, a Thursday.
    static let start = Time(microseconds: 1_767_225_600_000_000)

    /// How many rows the reference has.
    static let referenceRows = 20_000

    private static let hourLength = 3600
    private static let second: Int64 = 1_000_000

    /// The files of a folder.
    init(folder: String, seed: UInt64, days: Int, rowsPerHour: Double) {
        self.folder = folder
        self.seed = seed
        self.days = days
        self.rowsPerHour = rowsPerHour
    }

    /// How many predictions and labels were written.
    struct Counts {
        var predictions = 0
        var labels = 0
    }

    /// Writes the rows that the model was made from, spread over the 30 days before the start.
    func writeReference() throws(CommandFailure) {
        var random = SplitMix64(seed: seed, stream: 1)
        var file = try OutputFile(folder: folder, name: "reference.csv")
        try file.line("prediction_id,timestamp,\(Self.columns),actual")
        let spacing = 30 * 24 * Self.hourLength / Self.referenceRows
        for row in 0..<Self.referenceRows {
            let time = Self.time(seconds: (row - Self.referenceRows) * spacing)
            let application = LoanApplication(on: -1, of: story, from: &random)
            try file.line("\(Self.id("r", row)),\(time.rfc3339),\(application.fields),\(application.isDefault ? 1 : 0)")
        }
        try file.close()
    }

    /// Writes predictions in order of time, and labels in the order in which they become known.
    func writeTraffic() throws(CommandFailure) -> Counts {
        var random = SplitMix64(seed: seed, stream: 2)
        var predictions = try OutputFile(folder: folder, name: "predictions.csv")
        var labels = try OutputFile(folder: folder, name: "labels.csv")
        var counts = Counts()
        var queue = LabelQueue()
        try predictions.line("prediction_id,timestamp,model_version,\(Self.columns)")
        try labels.line("prediction_id,label_timestamp,actual")
        var hour = 0
        while hour < days * 24 || !queue.isEmpty {
            if hour < days * 24 {
                for second in seconds(inHour: hour, &random) {
                    let id = Self.id("c", counts.predictions)
                    let application = LoanApplication(on: Double(second) / 86_400, of: story, from: &random)
                    try predictions.line("\(id),\(Self.time(seconds: second).rfc3339),3,\(application.fields)")
                    counts.predictions += 1
                    let line = "\(application.isDefault ? 1 : 0)"
                    if let known = Self.labelSecond(after: second, &random) {
                        let time = Self.time(seconds: known)
                        queue.add("\(id),\(time.rfc3339),\(line)", at: time, hour: known / Self.hourLength)
                        counts.labels += 1
                    }
                }
            }
            for line in queue.take(hour: hour) { try labels.line(line) }
            hour += 1
        }
        try predictions.close()
        try labels.close()
        return counts
    }

    /// Writes the model's description in the form of the service's `PUT` body.
    func writeSchema() throws(CommandFailure) {
        var file = try OutputFile(folder: folder, name: "schema.json")
        try file.line("{")
        try file.line("  \"task\": \"binary\",")
        try file.line("  \"features\": {")
        for (place, feature) in LoanApplication.features.enumerated() {
            let comma = place < LoanApplication.features.count - 1 ? "," : ""
            try file.line("    \"\(feature.name)\": \(feature.declaration)\(comma)")
        }
        try file.line("  },")
        try file.line("  \"classes\": [\"0\", \"1\"],")
        try file.line("  \"positive_class\": \"1\",")
        try file.line("  \"threshold\": 0.5,")
        try file.line(
            "  \"windows\": [{\"length\": \"24h\", \"step\": \"1h\"}, {\"length\": \"7d\", \"step\": \"1d\"}],")
        try file.line("  \"segments\": [[\"region\"]],")
        try file.line("  \"allowed_lateness\": \"1h\",")
        try file.line("  \"label_horizon\": \"30d\",")
        try file.line("  \"retention\": {\"rows\": \"400d\", \"panes\": \"800d\"}")
        try file.line("}")
        try file.close()
    }

    private static let columns =
        LoanApplication.features.map(\.name).joined(separator: ",") + ",score,prediction"

    /// The seconds from the start at which applications of an hour come, in order.
    private func seconds(inHour hour: Int, _ random: inout SplitMix64) -> [Int] {
        let count = random.poisson(mean: rowsPerHour * story.traffic(inHour: hour))
        var seconds: [Int] = []
        seconds.reserveCapacity(count)
        for _ in 0..<count { seconds.append(hour * Self.hourLength + Int(random.uniform() * Double(Self.hourLength))) }
        return seconds.sorted()
    }

    /// When the outcome becomes known, in seconds from the start: after 2 to 9 days, mostly early; for 6 % never.
    private static func labelSecond(after second: Int, _ random: inout SplitMix64) -> Int? {
        let lag = 2 + 7 * min(random.uniform(), random.uniform())
        guard random.uniform() >= 0.06 else { return nil }
        return second + Int(lag * 86_400)
    }

    private static func time(seconds: Int) -> Time {
        Time(microseconds: start.microseconds + Int64(seconds) * second)
    }

    private static func id(_ prefix: String, _ number: Int) -> String {
        let digits = "\(number + 1)"
        return prefix + "-" + String(repeating: "0", count: max(0, 7 - digits.utf8.count)) + digits
    }
}

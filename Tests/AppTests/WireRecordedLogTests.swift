import Foundation
import Monitoring
import Testing

@testable import App

/// Whole logs, as they were recorded.
struct WireRecordedLogTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")

    private static let isThere =
        ProcessInfo.processInfo.environment["CI"] == "true" || FileManager.default.fileExists(atPath: folder.path)

    @Test(
        .enabled(if: isThere, "needs the recorded logs"),
        arguments: [
            ("elec2", ModelSchema.Task.binary, 12_960, 32_352, 32_017), ("bikeshare", .regression, 8645, 8734, 8689),
        ])
    func `a recorded log is read whole`(
        name: String, task: ModelSchema.Task, references: Int, predictions: Int, labels: Int
    ) throws {
        func chunks(_ file: String) throws -> [[UInt8]] {
            let text = try String(
                contentsOf: Self.folder.appendingPathComponent("\(name)/\(file).csv"), encoding: .utf8)
            let lines = text.split(separator: "\n")
            return stride(from: 1, to: lines.count, by: 5000).map { start in
                Array((lines[0] + "\n" + lines[start..<min(start + 5000, lines.count)].joined(separator: "\n")).utf8)
            }
        }
        var reference = try ReferencePayload(encoding: .csv, schema: WireSchema.schema(task, features: nil))
        try reference.append(
            Array(
                try String(contentsOf: Self.folder.appendingPathComponent("\(name)/reference.csv"), encoding: .utf8)
                    .utf8))
        let rows = try reference.finish()
        #expect(rows.count == references)
        #expect(rows.rejectionCount == 0)
        #expect(rows.warningCount == 0)
        var counts = (0, 0)
        for chunk in try chunks("predictions") {
            let payload = try PredictionPayload(chunk, encoding: .csv, schema: rows.schema, now: WireSchema.now)
            #expect(payload.rejections.isEmpty)
            #expect(payload.warningCount == 0)
            counts.0 += payload.batch.count
        }
        for chunk in try chunks("labels") {
            let payload = try LabelPayload(chunk, encoding: .csv, schema: rows.schema, now: WireSchema.now)
            #expect(payload.rejections.isEmpty)
            counts.1 += payload.batch.count
        }
        #expect(counts == (predictions, labels))
    }
}

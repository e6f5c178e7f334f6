import Foundation
import Testing

/// The files of `driftline scenario`.
@Suite(.timeLimit(.minutes(5)))
struct ScenarioTests {
    private let names = ["schema.json", "reference.csv", "predictions.csv", "labels.csv"]

    private func contents(_ folder: String, seed: Int, days: Int = 3) throws -> [Data] {
        let result = try DriftlineProcess.run(["scenario", "--out", folder, "--seed", "\(seed)", "--days", "\(days)"])
        #expect(result.status == 0)
        return try names.map { try Data(contentsOf: URL(filePath: "\(folder)/\($0)")) }
    }

    private func rows(_ data: Data) -> [[Substring]] {
        String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }

    @Test
    func `the same seed gives the same bytes and another seed others`() async throws {
        try await TemporaryFolder.with { folder in
            let first = try contents("\(folder)/a", seed: 7)
            #expect(try contents("\(folder)/b", seed: 7) == first)
            let other = try contents("\(folder)/c", seed: 8)
            #expect(other[0] == first[0])
            for file in 1...3 { #expect(other[file] != first[file]) }
        }
    }

    @Test
    func `predictions are in order of time, labels in the order in which they become known`() async throws {
        try await TemporaryFolder.with { folder in
            let files = try contents(folder, seed: 7)
            let predictions = rows(files[2])
            let labels = rows(files[3])
            #expect(predictions.count > 2000)
            #expect(predictions.map { $0[1] } == predictions.map { $0[1] }.sorted())
            #expect(labels.map { $0[1] } == labels.map { $0[1] }.sorted())
            #expect(Set(predictions.map { $0[0] }).count == predictions.count)
            let share = Double(labels.count) / Double(predictions.count)
            #expect(share > 0.9 && share < 0.98)
            #expect(Set(labels.map { $0[0] }).isSubset(of: predictions.map { $0[0] }))
        }
    }

    @Test
    func `the story happens: a broken column, a new category and a model that is no longer right`() async throws {
        try await TemporaryFolder.with { folder in
            let files = try contents(folder, seed: 7, days: 30)
            let predictions = rows(files[2])
            let actual = Dictionary(uniqueKeysWithValues: rows(files[3]).map { ($0[0], $0[2]) })
            func of(_ days: ClosedRange<Int>) -> [[Substring]] {
                let texts = Set(days.map { "2026-01-" + ($0 < 10 ? "0" : "") + "\($0)" })
                return predictions.filter { texts.contains(String($0[1].prefix(10))) }
            }
            func accuracy(_ rows: [[Substring]]) -> Double {
                let known = rows.filter { actual[$0[0]] != nil }
                return Double(known.count { actual[$0[0]] == $0.last }) / Double(known.count)
            }
            let broken = predictions.filter { ("2026-01-15T00:00:00Z"..<"2026-01-15T18:00:00Z").contains($0[1]) }
            #expect(!broken.isEmpty && broken.allSatisfy { $0[5].isEmpty })
            #expect(!of(1...21).contains { $0[11] == "partner_api" })
            #expect(of(22...30).contains { $0[11] == "partner_api" })
            #expect(accuracy(of(1...18)) > 0.75)
            #expect(accuracy(of(22...30)) < 0.72)
        }
    }

    @Test(arguments: [["--days", "0"], ["--days", "3651"], ["--rows-per-hour", "0"]])
    func `numbers out of range are refused before anything is written`(arguments: [String]) async throws {
        try await TemporaryFolder.with { folder in
            let result = try DriftlineProcess.run(["scenario", "--out", "\(folder)/none"] + arguments)
            #expect(result.status != 0)
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/none"))
        }
    }
}

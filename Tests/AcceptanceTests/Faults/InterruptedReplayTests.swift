import Foundation
import JSON
import Testing

extension AcceptanceSuite {
    /// A log whose replay is disturbed, against the same log left in peace.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct InterruptedReplayTests {
        private static let rules = """
            groups:
              - name: drift
                interval: 6h
                rules:
                  - alert: SharesMoved
                    expr: driftline_psi{window="24h", segment="", version=""} >= 0.02
                  - alert: LessRight
                    expr: driftline_accuracy{window="24h", segment="", version=""} < 0.8
                    for: 12h
            """

        /// Everything that can be read of the model, as text.
        private func everything(_ client: ServiceClient) async throws -> [String: String] {
            let span = ["from": "2026-01-01T01:00:00Z", "to": "2026-01-10T00:00:00Z"]
            var found: [String: String] = [:]
            func read(_ measure: String, _ query: [String: String] = [:]) async throws {
                let series = try await client.series("credit", measure, "24h", span.merging(query) { $1 })
                found["\(measure) \(query.sorted { $0.key < $1.key })"] = "\(series.values)"
            }
            for measure in ["predictions", "labels", "corrections", "accuracy", "roc_auc", "log_loss", "brier"] {
                try await read(measure)
                try await read(measure, ["segment": "region=east"])
            }
            try await read("accuracy", ["known_at": "end"])
            let columns = ["age", "income", "utilisation", "loan_amount", "months_employed", "num_accounts", "score"]
            for column in columns {
                for measure in ["ks", "psi", "wasserstein", "mean", "std", "missing", "type_errors", "out_of_range"] {
                    try await read(measure, ["feature": column])
                }
            }
            for column in ["purpose", "region", "channel", "prediction"] {
                for measure in ["psi", "js_distance", "chi2", "unseen"] { try await read(measure, ["feature": column]) }
            }
            for alert in try await AlertHistory.all(of: "credit", on: client) {
                let changes = alert.changes.filter { $0.to != "corrected" }.map { "\($0.at) \($0.to)" }
                // One that never fired is there for its correction.
                guard !changes.isEmpty else { continue }
                found["\(alert.alertname) \(alert.fingerprint)"] = changes.joined(separator: ", ")
            }
            return found
        }

        private func replay(_ folder: String, to service: Service) -> [String] {
            [
                "replay", "--quiet", "--model", "credit", "--url", service.client.url,
                "--schema", "\(folder)/schema.json", "--reference", "\(folder)/reference.csv",
                "--predictions", "\(folder)/predictions.csv", "--labels", "\(folder)/labels.csv",
            ]
        }

        @Test
        func `a replay over a service that is killed three times ends with the same values and alerts`() async throws {
            let files = Service.Files(rules: Self.rules)
            try await Service.with(files) { calm in
                let log = "\(calm.folder)/credit"
                let made = try await calm.run(["scenario", "--out", log, "--days", "9"])
                try #require(made.status == 0, "\(made.output)")
                let whole = try await calm.run(replay(log, to: calm))
                try #require(whole.status == 0, "\(whole.output)")
                let expected = try await everything(calm.client)
                #expect(expected.keys.contains { $0.hasPrefix("SharesMoved") }, "an alert has fired")
                try await calm.stop()

                try await Service.with(files) { service in
                    try await replayDisturbed(log, service)
                    let again = try await service.run(replay(log, to: service))
                    #expect(again.status == 0, "\(again.output)")
                    #expect(again.output.contains(" sent, 0 new, "), "\(again.output)")
                    let found = try await everything(service.client)
                    for key in Set(expected.keys).union(found.keys).sorted() where found[key] != expected[key] {
                        Issue.record(
                            "\(key): \(found[key]?.prefix(600) ?? "nothing") for \(expected[key]?.prefix(600) ?? "nothing")"
                        )
                    }
                }
            }
        }

        /// Replays while the service is killed at random moments.
        private func replayDisturbed(_ log: String, _ service: Service) async throws {
            let path = "/v1/models/credit"
            let running = try RunningProcess(replay(log, to: service), log: "\(service.folder)/disturbed.log")
            var random = SystemRandomNumberGenerator()
            for _ in 0..<3 {
                let before = try await evaluated(path, service.client)
                let isMoving = try await Waiting.until(within: .seconds(30)) {
                    try await evaluated(path, service.client) > before || !running.isRunning
                }
                #expect(isMoving)
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...400, using: &random)))
                #expect(running.isRunning, "the replay is still at it")
                try await service.kill()
                try await service.start()
            }
            let status = try await running.status(within: .seconds(120))
            let output = try running.log
            #expect(status == 0, "\(output)")
        }

        /// How far rules have come, empty before the model is there.
        private func evaluated(_ path: String, _ client: ServiceClient) async throws -> String {
            let answer = try await client.send("GET", path)
            return answer.isSuccess ? try answer.document["evaluated_to"]?.string ?? "" : ""
        }
    }
}

import Addresses
import Curl
import Foundation
import JSON
import Testing

/// `driftline replay` against a service of its own.
@Suite(.timeLimit(.minutes(5)), .serialized)
struct ReplayTests {
    private static let rule = """
        groups:
          - name: volume
            interval: 1h
            rules:
              - alert: ManyPredictions
                expr: driftline_predictions{window="24h", segment="", version=""} > 100
        """

    /// A service with one rule in a folder, where it keeps its data.
    private struct Service {
        let folder: String
        let port: Int
        var url: String { "http://127.0.0.1:\(port)" }

        func start() async throws -> DriftlineProcess {
            let process = try DriftlineProcess([
                "serve", "--listen", "127.0.0.1:\(port)", "--data", "\(folder)/data", "--rules", "\(folder)/rules",
            ])
            try await awaitAnswer()
            return process
        }

        private func awaitAnswer() async throws {
            let sender = try HTTPSender()
            let end = ContinuousClock.now + .seconds(60)
            var isReady = false
            while !isReady, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(50))
                isReady = await answers(sender)
            }
            await sender.close()
            try #require(isReady, "the service is ready within a minute")
        }

        private func answers(_ sender: HTTPSender) async -> Bool {
            do {
                let policy = try AddressPolicy(allowing: ["127.0.0.0/8"])
                let request = HTTPRequest(method: "GET", url: "\(url)/readyz")
                return try await sender.send(request, policy: policy).status == 200
            } catch {
                return false
            }
        }

        /// The command that replays the log of the folder.
        var replay: [String] {
            let log = "\(folder)/log"
            return [
                "replay", "--model", "credit", "--url", url, "--schema", "\(log)/schema.json",
                "--reference", "\(log)/reference.csv", "--predictions", "\(log)/predictions.csv",
                "--labels", "\(log)/labels.csv",
            ]
        }
    }

    private func withService(_ body: (Service) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            let made = try DriftlineProcess.run(["scenario", "--out", "\(folder)/log", "--days", "3"])
            try #require(made.status == 0)
            try FileManager.default.createDirectory(atPath: "\(folder)/rules", withIntermediateDirectories: true)
            try Data(Self.rule.utf8).write(to: URL(filePath: "\(folder)/rules/volume.yaml"))
            try await body(Service(folder: folder, port: FreePort.next()))
        }
    }

    private func rows(_ service: Service, _ name: String) throws -> Int {
        let data = try Data(contentsOf: URL(filePath: "\(service.folder)/log/\(name).csv"))
        return data.count { $0 == UInt8(ascii: "\n") } - 1
    }

    private func grouped(_ count: Int) -> String {
        count < 1000 ? "\(count)" : "\(count / 1000)," + String("\(1000 + count % 1000)".dropFirst())
    }

    private func table(_ output: String) -> Substring? {
        output.firstRange(of: "alerts that fired").map { output[$0.lowerBound...] }
    }

    @Test
    func `a log is stored once, its alert is told, and a repeat finds everything there`() async throws {
        try await withService { service in
            let process = try await service.start()
            defer { #expect(process.stop() == 0) }
            let (predictions, labels) = (
                grouped(try rows(service, "predictions")), grouped(try rows(service, "labels"))
            )
            let first = try DriftlineProcess.run(service.replay)
            #expect(first.status == 0)
            #expect(
                first.output.contains(
                    "predictions: \(predictions) sent, \(predictions) new, 0 there already, 0 refused"))
            #expect(first.output.contains("labels: \(labels) sent, \(labels) new, 0 there already, 0 refused"))
            #expect(first.output.contains("ManyPredictions"))
            let second = try DriftlineProcess.run(service.replay)
            #expect(second.status == 0)
            #expect(second.output.contains("predictions: \(predictions) sent, 0 new, \(predictions) there already"))
            #expect(table(second.output) == table(first.output))
        }
    }

    @Test
    func `a service that is killed in the middle and started again has the whole log`() async throws {
        try await withService { service in
            let killed = try await service.start()
            let replay = try DriftlineProcess(service.replay)
            try replay.output(with: "reference training of")
            killed.kill()
            let process = try await service.start()
            defer { #expect(process.stop() == 0) }
            #expect(replay.finish().status == 0)
            let again = try DriftlineProcess.run(service.replay)
            #expect(again.output.contains("sent, 0 new, \(grouped(try rows(service, "predictions"))) there already"))
            #expect(again.output.contains("sent, 0 new, \(grouped(try rows(service, "labels"))) there already"))
        }
    }

    /// A model with weighted rows: the weights of predictions and of the reference stand in column `w`.
    private func writeWeighedLog(_ folder: String) throws {
        let files = [
            "schema.json": """
            {"name": "sampled", "task": "binary", "features": {"x": {"type": "numeric"}},
             "windows": [{"length": "1h", "step": "1h"}]}
            """,
            "predictions.csv": """
            prediction_id,timestamp,x,w,prediction,score
            a,2026-02-01T00:10:00Z,1,3,1,0.9
            b,2026-02-01T00:20:00Z,5,,1,0.8

            """,
            "reference.csv": "x,w\n2,0.5\n4,1.5\n",
            "labels.csv": """
            prediction_id,label_timestamp,actual
            a,2026-02-01T00:30:00Z,1
            b,2026-02-01T00:40:00Z,0

            """,
        ]
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
    }

    @Test
    func `a column of weights weighs predictions and reference, and one that is not there stops the replay`()
        async throws
    {
        try await withService { service in
            try writeWeighedLog(service.folder)
            let process = try await service.start()
            defer { #expect(process.stop() == 0) }
            let replay = [
                "replay", "--url", service.url, "--schema", "\(service.folder)/schema.json",
                "--reference", "\(service.folder)/reference.csv",
                "--predictions", "\(service.folder)/predictions.csv", "--labels", "\(service.folder)/labels.csv",
            ]
            let refused = try DriftlineProcess.run(replay + ["--weight", "v"])
            #expect(refused.status != 0)
            #expect(refused.output.contains("has no column v"))
            let done = try DriftlineProcess.run(replay + ["--weight", "w"])
            #expect(done.status == 0, "\(done.output)")
            #expect(done.output.contains("predictions: 2 sent, 2 new, 0 there already, 0 refused"))
            let sender = try HTTPSender()
            let policy = try AddressPolicy(allowing: ["127.0.0.0/8"])
            let path = "/v1/models/sampled/windows?length=1h&end=2026-02-01T01:00:00Z"
            let answer = try await sender.send(HTTPRequest(method: "GET", url: service.url + path), policy: policy)
            await sender.close()
            let window = try JSONNode(parsing: answer.body)
            #expect(window["weight"]?.double == 4)
            #expect(window["effective_count"]?.double == 1.6)
            #expect(window["features"]?["x"]?["mean"]?.double == 2)
            #expect(window["features"]?["w"] == nil)
            #expect(window["reference"]?["weight"]?.double == 2)
            let accuracy = try #require(window["performance"]?["accuracy"]?.double)
            #expect(abs(accuracy - 0.75) < 1e-12)
        }
    }
}

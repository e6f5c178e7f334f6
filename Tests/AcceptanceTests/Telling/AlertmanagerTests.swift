import Foundation
import JSON
import Testing

extension AcceptanceSuite {
    /// Debian's Alertmanager as a receiver: it hears what fires, keeps it while it does, and hears of its end.
    @Suite(
        .serialized, .timeLimit(.minutes(4)),
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: "/usr/bin/prometheus-alertmanager"),
            "needs prometheus-alertmanager"))
    struct AlertmanagerTests {
        /// A running Alertmanager that tells a receiver.
        private struct Peer {
            let process: Process
            let client: ServiceClient

            init(folder: String, port: Int, hook: String) throws {
                let config = """
                    route: {receiver: out, group_by: [alertname], group_wait: 0s, group_interval: 1s}
                    receivers: [{name: out, webhook_configs: [{url: "\(hook)"}]}]
                    """
                try Data(config.utf8).write(to: URL(filePath: "\(folder)/am.yaml"))
                process = Process()
                process.executableURL = URL(filePath: "/usr/bin/prometheus-alertmanager")
                process.arguments = [
                    "--config.file=\(folder)/am.yaml", "--storage.path=\(folder)/am", "--cluster.listen-address=",
                    "--web.listen-address=127.0.0.1:\(port)",
                ]
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                try process.run()
                client = try ServiceClient(url: "http://127.0.0.1:\(port)")
            }

            /// The alerts that it knows; none while it starts.
            func alerts() async -> [JSONNode] {
                do {
                    return try await client.call("GET", "/api/v2/alerts").elements ?? []
                } catch {
                    return []
                }
            }

            func stop() {
                process.terminate()
                process.waitUntilExit()
            }
        }

        @Test
        func `an Alertmanager holds what fires, also after it forgot, and lets go of what is over`() async throws {
            let receiver = WebhookReceiver()
            let port = FreePort.next()
            let files = Service.Files(
                rules: DriftingLog.rules,
                notifications: """
                    route: {receiver: am, group_by: [model, alertname, feature], group_wait: 0s, group_interval: 1m}
                    receivers: [{name: am, alertmanager_configs: [{url: "http://127.0.0.1:\(port)/"}]}]
                    outgoing: {allow_addresses: [127.0.0.0/8]}
                    """)
            try await Service.with(files) { service in
                var peer = try Peer(folder: service.folder, port: port, hook: receiver.url("/am"))
                defer { peer.process.terminate() }
                let log = DriftingLog(drifted: ["x": [2..<4]], hours: 6)
                try await DriftingLog.prepare(service.client)
                try await log.live(through: 0..<3, on: service.client)
                var alerts: [JSONNode] = []
                let fires = try await Waiting.until(within: .seconds(40)) {
                    alerts = await peer.alerts()
                    return !alerts.isEmpty
                }
                try #require(fires)
                #expect(alerts[0]["labels"]?["feature"]?.string == "x")
                #expect(alerts[0]["status"]?["state"]?.string == "active")
                #expect(alerts[0]["startsAt"]?.string?.hasPrefix("2026-01-01T03:00:00") == true)
                let address = alerts[0]["generatorURL"]?.string ?? ""
                #expect(address.contains("/pages/models/watched?length=1h&end=2026-01-01T03%3A00%3A00Z"), "\(address)")
                // An Alertmanager keeps alerts in memory alone; what fires is told again within a minute.
                peer.stop()
                peer = try Peer(folder: service.folder, port: port, hook: receiver.url("/am"))
                let isBack = try await Waiting.until(within: .seconds(90)) { await !peer.alerts().isEmpty }
                #expect(isBack)
                try await log.live(through: 3..<6, on: service.client)
                let isOver = try await Waiting.until(within: .seconds(40)) {
                    try receiver.requests.contains { try $0.document["status"]?.string == "resolved" }
                }
                #expect(isOver)
                peer.stop()
            }
        }
    }
}

import Foundation
import JSON
import Testing

extension AcceptanceSuite {
    /// The same alerts posted to Debian's Alertmanager and to ours: the same messages, up to their times.
    @Suite(
        .serialized, .timeLimit(.minutes(3)),
        .enabled(if: ForeignTool.areThere("prometheus-alertmanager"), "prometheus-alertmanager is not installed"))
    struct AlertmanagerPeerTests {
        /// Both sides with what they were told to send where.
        private struct Pair: Sendable {
            let ours: ServiceClient
            let theirs: ServiceClient
            let receiver: WebhookReceiver

            func heard(_ side: String, _ scenario: String) -> [ReceivedRequest] {
                receiver.requests.filter { $0.path == "/\(side)/\(scenario)" }
            }

            /// Posts alerts to both: name, severity, and whether each fires.
            func post(_ scenario: String, _ alerts: [(name: String, instance: String, fires: Bool)]) async throws {
                let now = Date()
                let start = now.addingTimeInterval(-60)
                let body = JSONNode.array(
                    alerts.map { alert in
                        let end = alert.fires ? now.addingTimeInterval(3600) : now
                        return [
                            "labels": [
                                "alertname": .string(alert.name), "model": "m", "scenario": .string(scenario),
                                "instance": .string(alert.instance),
                            ],
                            "annotations": ["summary": .string("about \(alert.instance)"), "runbook": "http://r/"],
                            "startsAt": .string(start.formatted(.iso8601)), "endsAt": .string(end.formatted(.iso8601)),
                            "generatorURL": "http://rules/1",
                        ]
                    })
                for client in [ours, theirs] {
                    let answer = try await client.send("POST", "/api/v2/alerts", body.bytes)
                    #expect(answer.status == 200, "\(answer)")
                }
            }

            /// Waits until both have sent so many messages.
            func await(_ count: Int, _ scenario: String) async throws {
                let isThere = try await Waiting.until(within: .seconds(25)) {
                    heard("ours", scenario).count >= count && heard("theirs", scenario).count >= count
                }
                #expect(
                    isThere,
                    "\(scenario): \(heard("ours", scenario).count) of ours and \(heard("theirs", scenario).count) of theirs, not \(count)"
                )
            }

            /// Waits until both say that an alert is suppressed.
            func awaitSuppressed(_ scenario: String, _ name: String) async throws {
                for client in [ours, theirs] {
                    let isHeld = try await Waiting.until(within: .seconds(20)) {
                        let path = "/api/v2/alerts?filter=scenario=\(scenario)&filter=alertname=\(name)"
                        let alerts = try await client.call("GET", path).elements ?? []
                        return alerts.contains { $0["status"]?["state"]?.string == "suppressed" }
                    }
                    #expect(isHeld, "\(scenario): \(name) is not suppressed")
                }
            }

            /// Makes a silence on both and returns their ids.
            func silence(_ scenario: String) async throws -> (ours: String, theirs: String) {
                let now = Date()
                let body: JSONNode = [
                    "matchers": [["name": "scenario", "value": .string(scenario), "isRegex": false, "isEqual": true]],
                    "startsAt": .string(now.addingTimeInterval(-1).formatted(.iso8601)),
                    "endsAt": .string(now.addingTimeInterval(3600).formatted(.iso8601)), "createdBy": "test",
                    "comment": "c",
                ]
                func id(_ client: ServiceClient) async throws -> String {
                    try #require(try await client.call("POST", "/api/v2/silences", body)["silenceID"]?.string)
                }
                return (try await id(ours), try await id(theirs))
            }
        }

        private static let scenarios = [
            "single", "group", "flap", "inhibit", "silence", "again", "quiet", "most",
        ]

        private static func configuration(_ side: String, _ receiver: WebhookReceiver) -> String {
            var text = """
                route:
                  receiver: none
                  group_by: [alertname, model]
                  group_wait: 1s
                  group_interval: 2s
                  repeat_interval: 1h
                  routes:

                """
            for scenario in scenarios {
                let repetition = scenario == "again" ? ", repeat_interval: 3s" : ""
                text += "    - {matchers: ['scenario=\"\(scenario)\"'], receiver: \(scenario)\(repetition)}\n"
            }
            text += "receivers:\n  - name: none\n"
            for scenario in scenarios {
                let more = scenario == "quiet" ? ", send_resolved: false" : scenario == "most" ? ", max_alerts: 1" : ""
                text +=
                    "  - name: \(scenario)\n    webhook_configs: [{url: '\(receiver.url("/\(side)/\(scenario)"))'\(more)}]\n"
            }
            text += """
                inhibit_rules:
                  - source_matchers: ['alertname="Cause"']
                    target_matchers: ['alertname="Effect"']
                    equal: [scenario]

                """
            return side == "ours" ? text + "outgoing: {allow_addresses: [127.0.0.0/8]}\n" : text
        }

        /// A message without its times and its sender's address; the alerts in the order in which they were sent.
        private static func essence(_ request: ReceivedRequest) throws -> String {
            let body = try request.document
            var lines = ["receiver", "status", "groupKey", "version", "truncatedAlerts"].map { key in
                "\(key)=\(body[key]?.text ?? "nothing")"
            }
            for key in ["groupLabels", "commonLabels", "commonAnnotations"] { lines.append(text(body[key])) }
            for alert in body["alerts"]?.elements ?? [] {
                lines.append(
                    "\(alert["status"]?.text ?? "") \(text(alert["labels"])) \(text(alert["annotations"])) "
                        + "\(alert["fingerprint"]?.text ?? "") \(alert["generatorURL"]?.text ?? "") "
                        + "\(alert["endsAt"]?.string == "0001-01-01T00:00:00Z")")
            }
            return lines.joined(separator: "\n")
        }

        private static func text(_ node: JSONNode?) -> String {
            (node?.members ?? []).map { "\($0.name)=\($0.value.text)" }.sorted().joined(separator: ",")
        }

        @Test
        func `the streams of webhooks agree over firing, grouping, flapping, inhibition, silences and repeats`()
            async throws
        {
            let receiver = WebhookReceiver()
            let tool = try #require(ForeignTool("prometheus-alertmanager"))
            try await Service.with(Service.Files(notifications: Self.configuration("ours", receiver))) { service in
                let file = "\(service.folder)/alertmanager.yml"
                try Data(Self.configuration("theirs", receiver).utf8).write(to: URL(filePath: file))
                let port = FreePort.next()
                let process = try tool.start([
                    "--config.file=\(file)", "--storage.path=\(service.folder)/alertmanager",
                    "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=", "--log.level=error",
                ])
                defer {
                    process.terminate()
                    process.waitUntilExit()
                }
                let theirs = try ServiceClient(url: "http://127.0.0.1:\(port)")
                let isReady = try await Waiting.until(within: .seconds(20)) {
                    do { return try await theirs.send("GET", "/-/ready").status == 200 } catch { return false }
                }
                try #require(isReady)
                let pair = Pair(ours: service.client, theirs: theirs, receiver: receiver)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for play in Self.plays { group.addTask { try await play(pair) } }
                    try await group.waitForAll()
                }
                for scenario in Self.scenarios {
                    let ours = try Self.streams(pair.heard("ours", scenario))
                    let theirs = try Self.streams(pair.heard("theirs", scenario))
                    #expect(!theirs.isEmpty && Set(ours.keys) == Set(theirs.keys), "\(scenario)")
                    for (group, messages) in theirs {
                        let own = ours[group] ?? []
                        // Repeats go on for as long as anybody looks.
                        let count = scenario == "again" ? 3 : max(own.count, messages.count)
                        #expect(Array(own.prefix(count)) == Array(messages.prefix(count)), "\(scenario)")
                    }
                }
            }
        }

        /// The messages of each group, in order; groups are told side by side.
        private static func streams(_ requests: [ReceivedRequest]) throws -> [String: [String]] {
            var streams: [String: [String]] = [:]
            for request in requests {
                streams[try request.document["groupKey"]?.string ?? "", default: []].append(try essence(request))
            }
            return streams
        }

        private static let plays: [@Sendable (Pair) async throws -> Void] = [
            { pair in
                try await pair.post("single", [("A", "1", true)])
                try await pair.await(1, "single")
                try await pair.post("single", [("A", "1", false)])
                try await pair.await(2, "single")
                try await pair.post("single", [("A", "1", true)])
                try await pair.await(3, "single")
            },
            { pair in
                try await pair.post("group", [("A", "1", true), ("A", "2", true), ("B", "1", true)])
                try await pair.await(2, "group")
                try await pair.post("group", [("A", "1", false)])
                try await pair.await(3, "group")
                try await pair.post("group", [("A", "3", true)])
                try await pair.await(4, "group")
                try await pair.post("group", [("A", "2", false), ("A", "3", false)])
                try await pair.await(5, "group")
            },
            { pair in
                try await pair.post("flap", [("A", "1", true)])
                try await pair.await(1, "flap")
                // Over and back before the group is looked at again: nobody hears of it.
                try await pair.post("flap", [("A", "1", false)])
                try await pair.post("flap", [("A", "1", true)])
                try await pair.post("flap", [("A", "2", true)])
                try await pair.await(2, "flap")
                try await pair.post("flap", [("A", "1", false), ("A", "2", false)])
                try await pair.await(3, "flap")
            },
            { pair in
                try await pair.post("inhibit", [("Cause", "1", true)])
                try await pair.await(1, "inhibit")
                try await pair.post("inhibit", [("Effect", "1", true)])
                try await pair.awaitSuppressed("inhibit", "Effect")
                try await pair.post("inhibit", [("Cause", "1", false)])
                try await pair.await(3, "inhibit")
            },
            { pair in
                let ids = try await pair.silence("silence")
                try await pair.post("silence", [("A", "1", true)])
                try await pair.awaitSuppressed("silence", "A")
                _ = try await pair.ours.send("DELETE", "/api/v2/silence/\(ids.ours)")
                _ = try await pair.theirs.send("DELETE", "/api/v2/silence/\(ids.theirs)")
                try await pair.await(1, "silence")
            },
            { pair in
                try await pair.post("again", [("A", "1", true)])
                try await pair.await(3, "again")
            },
            { pair in
                try await pair.post("quiet", [("A", "1", true)])
                try await pair.await(1, "quiet")
                try await pair.post("quiet", [("A", "1", false)])
                // The end is not told; another alert shows that the group was looked at.
                try await pair.post("quiet", [("A", "2", true)])
                try await pair.await(2, "quiet")
            },
            { pair in
                try await pair.post("most", [("A", "1", true), ("A", "2", true), ("A", "3", true)])
                try await pair.await(1, "most")
            },
        ]
    }
}

import JSON
import Testing

extension AcceptanceSuite {
    /// What a receiver hears while a log is replayed.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct NotificationTests {
        private static func files(_ receiver: WebhookReceiver) -> Service.Files {
            Service.Files(
                rules: DriftingLog.rules,
                notifications: """
                    route:
                      receiver: team
                      group_by: [model, alertname, feature]
                      group_wait: 0s
                      group_interval: 1m
                      repeat_interval: 30d
                    receivers:
                      - name: team
                        webhook_configs: [{url: "\(receiver.url("/hook"))", signing_secret: "\(WebhookReceiver.secret)"}]
                    outgoing: {allow_addresses: [127.0.0.0/8]}
                    """)
        }

        private let log = DriftingLog(
            drifted: ["x": [10..<14, 20..<23, 30..<31, 46..<48], "y": [12..<20]], hours: 48)

        /// Waits until nothing is on its way any more, and returns the outbox.
        private func settled(_ client: ServiceClient) async throws -> [JSONNode] {
            var deliveries: [JSONNode] = []
            let isSettled = try await Waiting.until(within: .seconds(40)) {
                deliveries = try await client.call("GET", "/v1/deliveries")["deliveries"]?.elements ?? []
                return deliveries.allSatisfy { $0["state"]?.string != "ready" }
            }
            #expect(isSettled, "\(deliveries.filter { $0["state"]?.string == "ready" }.map { $0.text.prefix(500) })")
            return deliveries
        }

        @Test
        func `a receiver hears every change of every alert once, signed, in order, although it failed at first`()
            async throws
        {
            let receiver = WebhookReceiver { _, earlier in earlier.isEmpty ? 503 : 200 }
            try await Service.with(Self.files(receiver)) { service in
                try log.write(to: service.folder)
                let replay = try await service.run(DriftingLog.replay(from: service.folder, to: service.client))
                try #require(replay.status == 0, "\(replay.output)")
                let deliveries = try await settled(service.client)
                #expect(deliveries.allSatisfy { $0["state"]?.string == "delivered" })

                let requests = receiver.requests
                for request in requests {
                    #expect(request.fault(secret: WebhookReceiver.secret) == nil)
                    #expect(
                        request.fault(secret: "whsec_" + String(WebhookReceiver.secret.dropFirst(6).reversed())) != nil)
                }
                let refused = try #require(requests.first { $0.status == 503 })
                let again = requests.filter { $0.id == refused.id }
                #expect(again.map(\.status) == [503, 200])
                #expect(again.allSatisfy { $0.body == refused.body })
                let taken = receiver.taken(on: "/hook")
                #expect(taken.count == requests.count - 1, "nothing came twice")
                #expect(Set(taken.map(\.id)) == Set(deliveries.compactMap { $0["id"]?.string }))

                let histories = try await AlertHistory.all(of: DriftingLog.model, on: service.client)
                #expect(histories.map { $0.label("feature") }.sorted() == ["x", "y"])
                for history in histories { try expectTold(history, taken) }
            }
        }

        /// Compares an alert's history with what it must be, and with what was heard of it.
        private func expectTold(_ history: AlertHistory, _ taken: [ReceivedRequest]) throws {
            let feature = history.label("feature")
            let changes = history.changes.filter { ["firing", "resolved"].contains($0.to) }
            #expect(changes == log.changes(feature), "\(feature)")
            var heard: [AlertHistory.Change] = []
            for request in taken {
                let body = try request.document
                guard body["groupLabels"]?["feature"]?.string == feature else { continue }
                #expect(body["version"]?.string == "4" && body["receiver"]?.string == "team")
                #expect(body["replayed"]?.bool == true)
                let alerts = try #require(body["alerts"]?.elements)
                try #require(alerts.count == 1)
                #expect(alerts[0]["status"]?.string == body["status"]?.string)
                #expect(alerts[0]["fingerprint"]?.string == history.fingerprint)
                #expect(alerts[0]["annotations"]?["summary"]?.string == "\(feature) has moved")
                let isFiring = body["status"]?.string == "firing"
                heard.append(
                    AlertHistory.Change(
                        at: try #require(alerts[0][isFiring ? "startsAt" : "endsAt"]?.string),
                        to: try #require(body["status"]?.string)))
            }
            #expect(heard == changes, "\(feature)")
        }
    }
}

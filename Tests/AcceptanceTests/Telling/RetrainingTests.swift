import JSON
import Testing

extension AcceptanceSuite {
    /// Requests for a new model, and what their jobs say.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct RetrainingTests {
        private static func files(_ receiver: WebhookReceiver, onReplay: Bool) -> Service.Files {
            Service.Files(
                rules: DriftingLog.rules,
                notifications: """
                    route: {receiver: nobody}
                    receivers: [{name: nobody}]
                    outgoing: {allow_addresses: [127.0.0.0/8]}
                    """,
                retraining: """
                    policies:
                      - name: daily
                        model: \(DriftingLog.model)
                        matchers: ['alertname="ShapeMoved"', 'feature="x"']
                        cooldown: 24h
                        on_replay: \(onReplay)
                        launcher: {webhook: {url: "\(receiver.url("/retrain"))", signing_secret: "\(WebhookReceiver.secret)"}}
                    """)
        }

        private let log = DriftingLog(drifted: ["x": [10..<12, 20..<22, 40..<42], "y": [2..<6]], hours: 48)

        private func runs(_ client: ServiceClient) async throws -> [JSONNode] {
            try #require(try await client.call("GET", "/v1/retraining/runs")["runs"]?.elements)
        }

        private func request(_ number: Int, at receiver: WebhookReceiver) async throws -> ReceivedRequest {
            let isThere = try await Waiting.until(within: .seconds(20)) {
                receiver.taken(on: "/retrain").count >= number
            }
            try #require(isThere, "request \(number) for retraining has come")
            return receiver.taken(on: "/retrain")[number - 1]
        }

        /// Sends a call-back and returns its status.
        private func report(_ state: JSONNode, to url: String, token: String, _ client: ServiceClient) async throws
            -> Int
        {
            let path = try #require(url.hasPrefix(client.url) ? String(url.dropFirst(client.url.count)) : nil)
            return try await client.send("POST", path, state.bytes, headers: ["Authorization": "Bearer \(token)"])
                .status
        }

        @Test
        func `a run is asked for once, reports with its token only, and the cooldown holds the next`() async throws {
            let receiver = WebhookReceiver()
            try await Service.with(Self.files(receiver, onReplay: true)) { service in
                let client = service.client
                try await DriftingLog.prepare(client)
                try await log.live(through: 0..<9, on: client)
                #expect(try await runs(client).isEmpty, "an alert that no matcher selects asks for nothing")
                try await log.live(through: 9..<15, on: client)

                let first = try await request(1, at: receiver)
                #expect(first.fault(secret: WebhookReceiver.secret) == nil)
                let body = try first.document
                #expect(body["type"]?.string == "driftline.retraining.requested")
                let data = try #require(body["data"])
                #expect(data["policy"]?.string == "daily")
                #expect(data["model"]?.string == DriftingLog.model)
                #expect(data["reason"]?.elements?.first?["labels"]?["feature"]?.string == "x")
                #expect(data["window"]?["end"]?.string == DriftingLog.time(11))
                let url = try #require(data["callback_url"]?.string)
                let token = try #require(data["callback_token"]?.string)

                #expect(try await report(["state": "running"], to: url, token: token + "x", client) == 401)
                #expect(try await report(["state": "running"], to: url, token: "", client) == 401)
                #expect(try await runs(client).first?["state"]?.string == "requested")
                #expect(try await report(["state": "running"], to: url, token: token, client) == 200)
                #expect(try await runs(client).first?["state"]?.string == "running")
                let success: JSONNode = ["state": "succeeded", "model_version": "4", "metrics": ["auc": 0.9]]
                #expect(try await report(success, to: url, token: token, client) == 200)
                #expect(try await report(success, to: url, token: token, client) == 200, "a repeat is harmless")
                #expect(try await report(["state": "failed"], to: url, token: token, client) == 409)

                try await log.live(through: 15..<33, on: client)
                let held = try await runs(client)
                #expect(held.count == 1, "the cooldown holds: \(held.map { $0.text })")
                #expect(held.first?["run_id"]?.string == data["run_id"]?.string)
                #expect(held.first?["state"]?.string == "succeeded")
                #expect(held.first?["model_version"]?.string == "4")

                try await log.live(through: 33..<48, on: client)
                let second = try await request(2, at: receiver)
                #expect(try second.document["data"]?["run_id"]?.string != data["run_id"]?.string)
                #expect(try second.document["data"]?["window"]?["end"]?.string == DriftingLog.time(41))
                #expect(receiver.requests.count == 2)
                let other = try #require(try second.document["data"]?["callback_url"]?.string)
                #expect(try await report(["state": "running"], to: other, token: token, client) == 401)
            }
        }

        @Test
        func `a policy that is not for replays records its run and asks nobody`() async throws {
            let receiver = WebhookReceiver()
            try await Service.with(Self.files(receiver, onReplay: false)) { service in
                try await DriftingLog.prepare(service.client)
                try await log.live(through: 0..<15, on: service.client)
                let runs = try await runs(service.client)
                #expect(runs.map { $0["state"]?.string } == ["recorded"])
                #expect(runs.first?["event_time"]?.string == DriftingLog.time(11))
                let deliveries = try await service.client.call("GET", "/v1/deliveries")["deliveries"]?.elements
                #expect(deliveries?.isEmpty == true)
                #expect(receiver.requests.isEmpty)
            }
        }
    }
}

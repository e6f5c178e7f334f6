import Foundation
import JSON
import Synchronization
import Testing

extension AcceptanceSuite {
    /// Deliveries to a receiver that fails in every way, from a service that is killed.
    @Suite(.serialized, .timeLimit(.minutes(20 + KillCount.value)))
    struct DeliveryFaultTests {
        private static func expectWhole(_ receiver: WebhookReceiver, _ client: ServiceClient) async throws {
            var deliveries: [JSONNode] = []
            // A delivery that was cut off by a kill and then failed waits for its third attempt, five minutes and a fifth.
            let isSettled = try await Waiting.until(within: .seconds(420)) {
                deliveries = try await client.call("GET", "/v1/deliveries")["deliveries"]?.elements ?? []
                return !deliveries.isEmpty && deliveries.allSatisfy { $0["state"]?.string == "delivered" }
            }
            #expect(isSettled, "\(deliveries.count { $0["state"]?.string != "delivered" }) are not delivered")
            let requests = receiver.requests
            for request in requests { #expect(request.fault(secret: WebhookReceiver.secret) == nil) }
            // The same body under the same id, however often it came.
            for (id, repeats) in Dictionary(grouping: requests, by: \.id) {
                #expect(Set(repeats.map(\.body)).count == 1, "\(id)")
            }
            let taken = receiver.taken(on: "/hook")
            #expect(Set(taken.map(\.id)) == Set(deliveries.compactMap { $0["id"]?.string }))
            var told: [String: String] = [:]
            for request in taken {
                let body = try request.document
                let feature = body["groupLabels"]?["feature"]?.string ?? ""
                let status = try #require(body["status"]?.string)
                #expect(status == (told[feature] == "firing" ? "resolved" : "firing"), "\(feature)")
                told[feature] = status
            }
            print("\(taken.count) deliveries in \(requests.count) attempts, 0 lost")
        }

        private static let log = DriftingLog(
            drifted: ["x": (0..<15).map { $0 * 6 + 1..<$0 * 6 + 3 }, "y": (0..<15).map { $0 * 6 + 2..<$0 * 6 + 5 }],
            hours: 96)

        @Test
        func
            `a receiver that fails a third of the time, hangs, resets and answers late gets everything once, in order`()
            async throws
        {
            let receiver = WebhookReceiver { request, earlier in
                // Each message meets its own faults at its first attempts, so that the schedule stays short.
                guard !earlier.contains(where: { $0.id == request.id }) else { return 200 }
                return [200, 503, WebhookReceiver.late, 200, WebhookReceiver.reset, 200, 429, 200, 200, 200][
                    earlier.count % 10]
            }
            try await Service.with(DriftingLog.files(telling: receiver, timeout: "1s")) { service in
                try Self.log.write(to: service.folder)
                let replay = try await service.run(DriftingLog.replay(from: service.folder, to: service.client))
                try #require(replay.status == 0, "\(replay.output)")
                try await Self.expectWhole(receiver, service.client)
            }
        }

        @Test
        func `a service killed between commit and send, and between send and settle, loses nothing and repeats ids`()
            async throws
        {
            let isSeen = Mutex(false)
            let receiver = WebhookReceiver { request, earlier in
                // Every seventh first attempt hangs, which is when the service is killed.
                let isFirst = !earlier.contains { $0.id == request.id }
                guard isFirst, earlier.count % 7 == 3 else { return 200 }
                isSeen.withLock { $0 = true }
                return WebhookReceiver.late
            }
            try await Service.withFolder(DriftingLog.files(telling: receiver, timeout: "1s")) { service in
                try await service.start()
                try Self.log.write(to: service.folder)
                // At the same time: what hangs is tried again within seconds, and must be met before.
                let (arguments, log) = (
                    DriftingLog.replay(from: service.folder, to: service.client), service.folder + "/replay.log"
                )
                async let replay = RunningProcess.run(arguments, log: log, within: .seconds(300))
                var slowest = 0.0
                for _ in 0..<min(KillCount.value, 3) {
                    // What hung before has been tried again meanwhile.
                    isSeen.withLock { $0 = false }
                    let isSent = try await Waiting.until(within: .seconds(30)) {
                        isSeen.withLock { seen in
                            defer { seen = false }
                            return seen
                        }
                    }
                    guard isSent else { break }
                    let killedAt = Date().timeIntervalSince1970
                    let stuck = try #require(receiver.requests.last { $0.status == WebhookReceiver.late }).id
                    try await service.kill()
                    try await service.start()
                    let isTaken = try await Waiting.until(within: .seconds(60)) {
                        receiver.requests.contains { $0.id == stuck && $0.arrival > killedAt }
                    }
                    #expect(isTaken)
                    let again = try #require(receiver.requests.first { $0.id == stuck && $0.arrival > killedAt })
                    slowest = max(slowest, again.arrival - killedAt)
                }
                #expect(slowest > 0, "the service was killed while it sent")
                // The lease of 38 s, and the start of the service in between.
                #expect(slowest <= 40)
                print("a stuck delivery was claimed again after \(slowest) s")
                let end = try await replay
                try #require(end.status == 0, "\(end.output)")
                try await Self.expectWhole(receiver, service.client)
                try await service.stop()
            }
        }

        @Test
        func `a service ends in time although a receiver hangs, and delivers after the next start`() async throws {
            let isHanging = Mutex(true)
            let receiver = WebhookReceiver { _, _ in isHanging.withLock { $0 } ? WebhookReceiver.late : 200 }
            try await Service.withFolder(DriftingLog.files(telling: receiver, timeout: "30s")) { service in
                try await service.start()
                try await DriftingLog.prepare(service.client)
                try await DriftingLog(drifted: ["x": [1..<4]], hours: 4).live(through: 0..<3, on: service.client)
                let isSent = try await Waiting.until(within: .seconds(30)) { !receiver.requests.isEmpty }
                #expect(isSent)
                try await service.stop()
                isHanging.withLock { $0 = false }
                try await service.start()
                try await Self.expectWhole(receiver, service.client)
                try await service.stop()
            }
        }
    }
}

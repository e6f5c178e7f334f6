import Foundation
import JSON
import Synchronization
import Testing

extension AcceptanceSuite {
    /// Deliveries to a receiver that fails three times of ten at random, from a service that is killed at random moments.
    ///
    /// `DRIFTLINE_KILLS` says how often it is killed, as for rows.
    @Suite(
        .serialized, .timeLimit(.minutes(10 + KillCount.value / 4)),
        .enabled(if: ForeignTool.areThere("psql"), "psql is not installed"))
    struct RandomDeliveryFaultTests {
        /// What a receiver does instead of taking a message: answers, resets, or is silent until nobody listens any more.
        private static let faults = [500, 503, 429, 408, WebhookReceiver.reset, WebhookReceiver.late]

        /// Counts of what happened.
        private struct Counts {
            var kills = 0
            /// Kills after which something was still to be delivered.
            var untimely = 0
            var failed = 0
        }

        @Test
        func `nothing is lost, ids stay, and no end comes before its beginning, over kills and a receiver that fails`()
            async throws
        {
            let random = Mutex(SeededNumbers(7))
            let receiver = WebhookReceiver { _, _ in
                random.withLock { numbers in
                    guard Int.random(in: 0..<10, using: &numbers) < 3 else { return 200 }
                    return Self.faults.randomElement(using: &numbers) ?? 500
                }
            }
            // Enough to be busy between the kills; a list of deliveries ends at 1,000.
            let episodes = 0..<min(max(40, KillCount.value * 6 / 5), 240)
            let log = DriftingLog(
                drifted: [
                    "x": episodes.map { $0 * 6 + 1..<$0 * 6 + 3 }, "y": episodes.map { $0 * 6 + 2..<$0 * 6 + 5 },
                ], hours: episodes.count * 6)
            var counts = Counts()
            try await Service.withFolder(DriftingLog.files(telling: receiver, timeout: "500ms")) { service in
                try await service.start()
                try log.write(to: service.folder)
                let replay = try RunningProcess(
                    DriftingLog.replay(from: service.folder, to: service.client), log: "\(service.folder)/replay.log")
                var moments = SeededNumbers(11)
                for _ in 0..<KillCount.value {
                    try await Task.sleep(for: .milliseconds(Int.random(in: 100...1500, using: &moments)))
                    try await service.kill()
                    counts.kills += 1
                    try OutboxTimeLapse(service: service).passLeases()
                    try await service.start()
                    if try await !Self.areSettled(service) { counts.untimely += 1 }
                    try OutboxTimeLapse(service: service).passWaiting()
                }
                let status = try await replay.status(within: .seconds(300))
                let output = try replay.log
                try #require(status == 0, "\(output)")
                let deliveries = try await Self.settled(service)
                counts.failed = receiver.requests.count { $0.status != 200 }
                #expect(deliveries.count == episodes.count * 4)
                try Self.expectInOrder(receiver.requests, deliveries)
                let lost = deliveries.count - receiver.taken(on: "/hook").count
                #expect(lost == 0)
                print(
                    "\(counts.kills) kills, \(counts.untimely) of them before all was delivered, \(deliveries.count) deliveries in \(receiver.requests.count) requests, "
                        + "\(counts.failed) of them failed, \(lost) lost")
                #expect(counts.failed * 10 > receiver.requests.count)
                try await service.stop()
            }
        }

        /// Whether all deliveries that there are, are delivered.
        private static func areSettled(_ service: Service) async throws -> Bool {
            let deliveries = try await service.client.call("GET", "/v1/deliveries")["deliveries"]?.elements ?? []
            return !deliveries.isEmpty && deliveries.allSatisfy { $0["state"]?.string == "delivered" }
        }

        /// The deliveries when all are settled; time passes for those that wait.
        private static func settled(_ service: Service) async throws -> [JSONNode] {
            var deliveries: [JSONNode] = []
            let isSettled = try await Waiting.until(within: .seconds(240)) {
                try OutboxTimeLapse(service: service).passWaiting()
                deliveries = try await service.client.call("GET", "/v1/deliveries")["deliveries"]?.elements ?? []
                return !deliveries.isEmpty && deliveries.allSatisfy { $0["state"]?.string == "delivered" }
            }
            let states = Dictionary(grouping: deliveries) { $0["state"]?.string ?? "" }.mapValues(\.count)
            #expect(isSettled, "\(states)")
            return deliveries
        }

        private static func expectInOrder(_ requests: [ReceivedRequest], _ deliveries: [JSONNode]) throws {
            var places: [String: (stream: String, sequence: Int64)] = [:]
            for delivery in deliveries {
                let id = try #require(delivery["id"]?.string)
                places[id] = (delivery["stream"]?.string ?? "", delivery["sequence"]?.int64 ?? 0)
            }
            var bodies: [String: [UInt8]] = [:]
            var taken: [String: Int64] = [:]
            var isFiring: [String: Bool] = [:]
            for request in requests {
                #expect(request.fault(secret: WebhookReceiver.secret) == nil)
                // The same bytes under the same id at every attempt.
                #expect(bodies.updateValue(request.body, forKey: request.id).map { $0 == request.body } ?? true)
                let place = try #require(places[request.id], "an id that no delivery has")
                // Nothing is even tried before what comes before it was taken.
                #expect(place.sequence <= taken[place.stream, default: 0] + 1, "\(place)")
                guard request.status == 200, place.sequence > taken[place.stream, default: 0] else { continue }
                taken[place.stream] = place.sequence
                let fires = try request.document["status"]?.string == "firing"
                #expect(fires != isFiring[place.stream, default: false], "\(place)")
                isFiring[place.stream] = fires
            }
        }
    }
}

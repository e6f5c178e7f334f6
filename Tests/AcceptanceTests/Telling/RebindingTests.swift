import Foundation
import JSON
import Testing

extension AcceptanceSuite {
    /// Names that lead elsewhere when they are asked again. 127.0.0.2, which the settings allow, stands for a public address.
    ///
    /// The service runs with a resolver of its own, in a mount namespace, which only root may make.
    @Suite(.serialized, .timeLimit(.minutes(5)), .enabled(if: geteuid() == 0, "only root may make a mount namespace"))
    struct RebindingTests {
        private static let allowed: [UInt8] = [127, 0, 0, 2]
        private static let forbidden: [UInt8] = [127, 0, 0, 1]
        private static let names = ["public", "private", "metadata", "both", "turning", "mapped", "redirecting"]

        private static func addresses(_ name: String, _ earlier: Int) -> [[UInt8]] {
            switch name {
            case "public.rebind.test", "redirecting.rebind.test": [allowed]
            case "private.rebind.test": [forbidden]
            case "metadata.rebind.test": [[169, 254, 169, 254]]
            case "both.rebind.test": earlier % 2 == 0 ? [forbidden, allowed] : [allowed, forbidden]
            case "turning.rebind.test": earlier == 0 ? [allowed] : [forbidden]
            case "mapped.rebind.test": [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + forbidden]
            default: []
            }
        }

        @Test
        func `no byte reaches a forbidden address, whatever a name or a redirection says at the next question`()
            async throws
        {
            let server = try #require(NameServer(Self.addresses), "port 53 of 127.0.0.77 is taken")
            let inner = WebhookReceiver()
            let outer = WebhookReceiver(host: 2, port: inner.port) { request, _ in
                request.path == "/redirecting" ? 302 : 200
            }
            outer.location = "http://127.0.0.1:\(inner.port)/stolen"
            let hooks = Self.names.map { "{url: \"http://\($0).rebind.test:\(inner.port)/\($0)\", timeout: 2s}" }
            let files = Service.Files(
                rules: DriftingLog.rules,
                notifications: """
                    route: {receiver: team, group_by: [model, alertname, feature], group_wait: 0s, group_interval: 1m, repeat_interval: 30d}
                    receivers: [{name: team, webhook_configs: [\(hooks.joined(separator: ", "))]}]
                    outgoing: {allow_addresses: [127.0.0.2/32]}
                    """)
            try await Service.withFolder(files) { service in
                try Data("nameserver \(NameServer.address)\noptions timeout:1 attempts:1\n".utf8)
                    .write(to: URL(filePath: "\(service.folder)/resolv.conf"))
                service.program = [
                    "/usr/bin/unshare", "--mount", "/bin/sh", "-c",
                    "mount --bind \(service.folder)/resolv.conf /etc/resolv.conf && exec \"$@\"", "sh",
                ]
                try await service.start()
                try await DriftingLog.prepare(service.client)
                let log = DriftingLog(drifted: ["x": [1..<3, 4..<6], "y": [2..<4]], hours: 8)
                try await log.live(through: 0..<8, on: service.client)
                var deliveries: [JSONNode] = []
                let isTried = try await Waiting.until(within: .seconds(60)) {
                    deliveries = try await service.client.call("GET", "/v1/deliveries")["deliveries"]?.elements ?? []
                    let first = deliveries.filter { $0["sequence"]?.int64 == 1 }
                    return first.count == Self.names.count * 2
                        && first.allSatisfy { !($0["attempts"]?.elements ?? []).isEmpty }
                }
                #expect(isTried)
                func states(_ name: String) -> Set<String> {
                    let channel = "webhook/\(Self.names.firstIndex(of: name) ?? -1)"
                    // Later ones of a stream may still wait for the first.
                    let first = deliveries.filter { $0["channel"]?.string == channel && $0["sequence"]?.int64 == 1 }
                    return Set(first.compactMap { $0["state"]?.string })
                }
                #expect(states("public").contains("delivered"))
                for name in ["private", "metadata", "mapped"] { #expect(states(name) == ["dead"], "\(name)") }
                #expect(!states("redirecting").contains("delivered"))
                #expect(outer.requests.contains { $0.path == "/redirecting" })
                // Turned after the first answer: what was asked again is refused, or the first answer still holds.
                #expect(server.questions(about: "turning.rebind.test") > 0)
                #expect(inner.connections == 0)
                print(
                    "\(deliveries.count) deliveries to \(Self.names.count) names, \(inner.connections) connections to 127.0.0.1"
                )
                try await service.stop()
            }
        }
    }
}

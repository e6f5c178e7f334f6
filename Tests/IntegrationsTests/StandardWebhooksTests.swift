import Alerting
import Foundation
import Integrations
import Monitoring
import Testing

/// The independent verifier: the package `standardwebhooks` of PyPI, in the Python that `STANDARDWEBHOOKS_PYTHON` names.
///
/// Without the variable `python3` is tried; where the package is missing the tests are skipped, and say so.
struct StandardWebhooksTests {
    private static let python = ProcessInfo.processInfo.environment["STANDARDWEBHOOKS_PYTHON"] ?? "python3"
    private static let isInstalled = run("import standardwebhooks", []) == 0

    private static let program = """
        import sys, standardwebhooks
        secret, id, timestamp, signature, body = sys.argv[1:6]
        standardwebhooks.Webhook(secret).verify(bytes.fromhex(body), {
            'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature})
        """

    private static func run(_ program: String, _ arguments: [String]) -> Int32? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, "-c", program] + arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return nil
        }
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test(
        .enabled(if: isInstalled, "pip install standardwebhooks"),
        arguments: ["{}", "[\"\u{e9}<&>\"]\n", "[" + String(repeating: " ", count: 20_000) + "]"])
    func `the reference verifier believes our requests and no others`(text: String) throws {
        let old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        let new = "whsec_" + Base64.encoded((0..<32).map { UInt8($0) })
        let now = Time(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
        let target = WebhookTarget(
            url: try WebhookURL("http://x/"), keys: try SigningKey.keys(in: Secret("\(new) \(old)")),
            timeout: WebhookSettings.standardTimeout)
        let channel = WebhookChannel(target: target, identity: SenderIdentity(version: "1", externalURL: ""))
        let delivery = Delivery(
            id: "msg_" + ULID.text(time: now, high: 1, low: 2), kind: .notification,
            destination: Destination(name: "a", channel: "webhook/0"), stream: "s", sequence: 1,
            payload: Array(text.utf8), createdAt: now, eventTime: now, replayed: false)
        let request = channel.request(for: delivery, at: now)
        let headers = try ["webhook-id", "webhook-timestamp", "webhook-signature"].map {
            try #require(request.header($0))
        }
        let hex = request.body.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        for secret in [old, new] {
            #expect(Self.run(Self.program, [secret] + headers + [hex]) == 0)
            #expect(Self.run(Self.program, [secret] + headers + [hex + "20"]) != 0)
        }
        let stranger = "whsec_" + Base64.encoded([UInt8](repeating: 3, count: 32))
        #expect(Self.run(Self.program, [stranger] + headers + [hex]) != 0)
    }
}

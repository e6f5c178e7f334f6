import Alerting
import Foundation
import Integrations
import Monitoring
import Testing

/// The independent verifiers: the packages `standardwebhooks` and `cryptography` of PyPI.
///
/// Where a package is missing its test is skipped, and says so.
struct StandardWebhooksTests {
    private static let program = """
        import sys, standardwebhooks
        secret, id, timestamp, signature, body = sys.argv[1:6]
        standardwebhooks.Webhook(secret).verify(bytes.fromhex(body), {
            'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature})
        """

    private static func run(_ program: String, _ arguments: [String]) -> Int32? {
        PythonPeer.run(program, arguments)?.status
    }

    /// Standard Webhooks, section "Signature scheme": ed25519 over id, timestamp and body.
    private static let asymmetricProgram = """
        import base64, sys
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        key, id, timestamp, signature, body = sys.argv[1:6]
        assert key.startswith('whpk_') and signature.startswith('v1a,')
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key[5:])).verify(
            base64.b64decode(signature[4:]), f'{id}.{timestamp}.'.encode() + bytes.fromhex(body))
        """

    @Test(.enabled(if: PythonPeer.has("cryptography"), "pip install cryptography"))
    func `another verifier believes our asymmetric signatures and no others`() throws {
        let seed = "whsk_" + Base64.encoded((0..<32).map { UInt8($0) })
        let key = try #require(try SigningKey.keys(in: Secret(seed)).first)
        let now = Time(microseconds: 1_614_265_330_000_000)
        let body = Array("[\"\u{e9}\"]\n".utf8)
        let signature = WebhookSignature(id: "msg_1", at: now, body: body, keys: [key])
        let arguments = [
            try #require(key.publicText), signature.id, signature.timestamp, try #require(signature.signature),
        ]
        #expect(Self.run(Self.asymmetricProgram, arguments + [PythonPeer.hex(body)]) == 0)
        #expect(Self.run(Self.asymmetricProgram, arguments + [PythonPeer.hex(body + [32])]) != 0)
    }

    @Test(
        .enabled(if: PythonPeer.has("standardwebhooks"), "pip install standardwebhooks"),
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
        let request = try #require(channel.message(for: delivery, at: now).http)
        let headers = try ["webhook-id", "webhook-timestamp", "webhook-signature"].map {
            try #require(request.header($0))
        }
        let hex = PythonPeer.hex(request.body)
        for secret in [old, new] {
            #expect(Self.run(Self.program, [secret] + headers + [hex]) == 0)
            #expect(Self.run(Self.program, [secret] + headers + [hex + "20"]) != 0)
        }
        let stranger = "whsec_" + Base64.encoded([UInt8](repeating: 3, count: 32))
        #expect(Self.run(Self.program, [stranger] + headers + [hex]) != 0)
    }
}

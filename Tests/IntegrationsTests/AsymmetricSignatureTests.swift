import Alerting
import Integrations
import Monitoring
import Testing

struct AsymmetricSignatureTests {
    /// Seeds and public keys of RFC 8032, section 7.1.
    private static let vectors = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        ),
    ]
    private static let now = Time(microseconds: 1_614_265_330_000_000)

    private static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }

    private static func key(_ prefix: String, _ hex: String) throws -> SigningKey {
        try #require(
            try SigningKey.verificationKeys(in: Secret(prefix + Base64.encoded(bytes(hex)))).first)
    }

    @Test(arguments: vectors)
    func `the public key is that of the standard's examples`(seed: String, publicKey: String) throws {
        let expected = "whpk_" + Base64.encoded(Self.bytes(publicKey))
        #expect(try Self.key("whsk_", seed).publicText == expected)
        #expect(try Self.key("whsk_", seed + publicKey).publicText == expected)
        #expect(try Self.key("whpk_", publicKey).publicText == expected)
    }

    @Test(arguments: vectors)
    func `whoever has the public key can check and cannot sign`(seed: String, publicKey: String) throws {
        let body = Array("{\"test\": 2432232314}".utf8)
        let signature = WebhookSignature(id: "msg_1", at: Self.now, body: body, keys: [try Self.key("whsk_", seed)])
        #expect(signature.signature?.hasPrefix("v1a,") == true)
        let verifier = try Self.key("whpk_", publicKey)
        try signature.verify(body: body, keys: [verifier], now: Self.now)
        for bit in 0..<body.count * 8 {
            var changed = body
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: WebhookSignatureError.wrongSignature) {
                try signature.verify(body: changed, keys: [verifier], now: Self.now)
            }
        }
        #expect(WebhookSignature(id: "msg_1", at: Self.now, body: body, keys: [verifier]).signature == nil)
    }

    @Test func `during a change each secret of either kind is enough`() throws {
        let (first, second) = (Self.vectors[0], Self.vectors[1])
        let symmetric = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        let keys = [
            try Self.key("whsk_", first.0), try Self.key("whsk_", second.0),
            try #require(try SigningKey.keys(in: Secret(symmetric)).first),
        ]
        let signature = WebhookSignature(id: "msg_1", at: Self.now, body: [1], keys: keys)
        #expect(signature.signature?.split(separator: " ").map { $0.prefix { $0 != "," } } == ["v1a", "v1a", "v1"])
        for key in [try Self.key("whpk_", first.1), try Self.key("whpk_", second.1), keys[2]] {
            try signature.verify(body: [1], keys: [key], now: Self.now)
        }
        let stranger = try Self.key("whpk_", String(repeating: "00", count: 32))
        #expect(throws: WebhookSignatureError.wrongSignature) {
            try signature.verify(body: [1], keys: [stranger], now: Self.now)
        }
    }
}
